"""Formats that replace Django's own."""
