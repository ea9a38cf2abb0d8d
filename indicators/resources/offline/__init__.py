"""A submission as a workbook: taken along, filled in offline, sent in again."""
