"""What can happen to programmes, periods and submissions as far as figures are concerned."""
