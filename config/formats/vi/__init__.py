"""Formats of Vietnamese offices."""
