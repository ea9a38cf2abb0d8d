"""The runner of the test suite and the throw-away servers it needs."""
