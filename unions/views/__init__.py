"""Pages of accounts, notices and evidence."""
