"""Pages of results and reports."""
