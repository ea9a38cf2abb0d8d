"""Settings: what all share in `base`, then three short lists of differences."""
