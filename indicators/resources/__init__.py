"""Figures, revenue and assigned amounts from and to workbooks."""
