"""Pages where figures are entered and read."""
