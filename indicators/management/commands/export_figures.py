"""Print the pairs that were counted, so that anyone can add them up again."""

import csv
from typing import Any

from django.core.management.base import CommandParser

from actionplan.queries import programme_for
from indicators import queries
from unions.management.operating import OperatorCommand, year
from unions.queries import find_union, node

COLUMNS = ["union", "indicator", "numerator", "denominator", "answer", "reason"]
# a cell that begins so is a formula to a spreadsheet
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Command(OperatorCommand):
    help = "Xuất các cặp tử số, mẫu số đã tính của từng đơn vị trong một năm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", required=True, type=year, help="năm báo cáo")
        parser.add_argument("--union", default="CDVC", help="mã đơn vị (mặc định CDVC)")
        parser.add_argument("--csv", action="store_true", required=True, help="in dạng CSV")

    def handle(self, *args: Any, year: int, union: str, **options: Any) -> None:
        found = find_union(union)
        addends = queries.addends(programme_for(found, year), year, node(found))
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        for addend in addends:
            pair = (addend.numerator, addend.denominator)
            codes = (_words(addend.union_code), _words(addend.indicator_code))
            writer.writerow((*codes, *pair, addend.answer, _words(addend.reason)))


def _words(text: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
