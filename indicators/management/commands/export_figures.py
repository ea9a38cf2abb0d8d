"""Print the pairs that were counted, so that anyone can add them up again."""

import csv
from decimal import Decimal
from typing import Any

from django.core.management.base import CommandParser

from indicators import queries
from indicators.management.cutting import add_years, cut_of, not_opened
from indicators.queries import Addend
from indicators.queries.left_out import told_of_left_out
from unions.management.operating import OperatorCommand

COLUMNS = ["union", "indicator", "numerator", "denominator", "answer", "reason", "year"]
# a cell that begins so is a formula to a spreadsheet
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Command(OperatorCommand):
    help = "Xuất các cặp tử số, mẫu số đã tính của từng đơn vị, theo năm."

    def add_arguments(self, parser: CommandParser) -> None:
        add_years(parser)
        parser.add_argument("--union", default="CDVC", help="mã đơn vị (mặc định CDVC)")
        parser.add_argument("--csv", action="store_true", required=True, help="in dạng CSV")

    def handle(self, *args: Any, union: str, **options: Any) -> None:
        programme, cut = cut_of(union, options)
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        for addend in queries.addends(programme, cut):
            writer.writerow(_cells(addend))
        if told := not_opened(programme, cut, named=bool(options["programme"])):
            self.stderr.write(told)
        for sentence in queries.told_of_unasked(queries.unasked(programme, cut)):
            self.stderr.write(sentence)
        if cut.first != cut.last:
            for sentence in told_of_left_out(queries.scorecard(programme, cut)):
                self.stderr.write(sentence)
        for sentence in queries.told_of_heirs(queries.inheritance(programme, cut)):
            self.stderr.write(sentence)


def _cells(addend: Addend) -> tuple[object, ...]:
    return (
        _words(addend.union_code),
        _words(addend.indicator_code),
        _plain(addend.numerator),
        _plain(addend.denominator),
        addend.answer,
        _words("; ".join(filter(None, (addend.reason, addend.heirs)))),
        addend.year,
    )


def _plain(number: Decimal | int | None) -> str:
    """A number with all its decimals, never with an exponent."""
    return "" if number is None else f"{number:f}" if isinstance(number, Decimal) else str(number)


def _words(text: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
