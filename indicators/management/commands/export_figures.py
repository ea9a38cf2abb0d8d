"""Print the pairs that were counted, so that anyone can add them up again."""

import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from actionplan.queries import programme_for
from indicators import queries
from unions.errors import RuleBroken
from unions.queries import find_union, node

COLUMNS = ["union", "indicator", "numerator", "denominator", "answer", "reason"]


class Command(BaseCommand):
    help = "Xuất các cặp tử số, mẫu số đã tính của từng đơn vị trong một năm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", required=True, type=int, help="năm báo cáo")
        parser.add_argument("--union", default="CDVC", help="mã đơn vị (mặc định CDVC)")
        parser.add_argument("--csv", action="store_true", required=True, help="in dạng CSV")

    def handle(self, *args: Any, year: int, union: str, **options: Any) -> None:
        try:
            found = find_union(union)
            addends = queries.addends(programme_for(found, year), year, node(found))
        except RuleBroken as problem:
            raise CommandError(str(problem), returncode=2) from problem
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        for addend in addends:
            pair = (addend.numerator, addend.denominator)
            row = (addend.union_code, addend.indicator_code, *pair, addend.answer, addend.reason)
            writer.writerow(row)
