"""What is told: documents, renderings, the archive."""
