"""How templates of reports draw what is too long to be drawn piece by piece."""
