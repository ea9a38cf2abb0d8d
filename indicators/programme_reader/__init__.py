"""Plain: an official document (txt, docx, pdf) into the values of a programme file."""

from indicators.programme_reader.reading import Reading, read

__all__ = ["Reading", "read"]
