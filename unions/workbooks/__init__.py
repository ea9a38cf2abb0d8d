"""Workbooks as offices make them: read, marked, handed back, and written; nothing of Django."""

from unions.workbooks.columns import Column, code, count, day, number, one_of, phone, text
from unions.workbooks.filling import Box, Line, Look, Page, fill_in
from unions.workbooks.marking import mark
from unions.workbooks.markup import letters
from unions.workbooks.old_text import Legacy
from unions.workbooks.reading import Fault, Row, Sheet, open_sheet, open_sheets
from unions.workbooks.unpacking import Limits
from unions.workbooks.writing import Table, Value, write, write_tables

__all__ = [
    "Box",
    "Column",
    "Fault",
    "Legacy",
    "Limits",
    "Line",
    "Look",
    "Page",
    "Row",
    "Sheet",
    "Table",
    "Value",
    "code",
    "count",
    "day",
    "fill_in",
    "letters",
    "mark",
    "number",
    "one_of",
    "open_sheet",
    "open_sheets",
    "phone",
    "text",
    "write",
    "write_tables",
]
