"""Blocks into files; each format knows blocks and nothing else."""
