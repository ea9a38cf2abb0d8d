"""A believable province for demonstrations, tests of size and first steps: the same seed, the same rows."""
