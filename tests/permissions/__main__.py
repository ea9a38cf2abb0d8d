"""Print the table of permissions into the docs: python -m tests.permissions"""

from pathlib import Path

from tests.permissions.page import PAGE, written

Path(PAGE).write_text(written(), encoding="utf-8")
