"""What can happen to programmes and periods."""
