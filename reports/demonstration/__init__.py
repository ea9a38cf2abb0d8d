"""A believable province, for first steps and tests of size: the same seed, the same rows."""
