"""Unions, people, clusters and headcounts from and to workbooks."""
