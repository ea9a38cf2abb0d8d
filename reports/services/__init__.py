"""What can happen to reports and their renderings."""
