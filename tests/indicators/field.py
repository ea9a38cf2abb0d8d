"""A small province with two branches, and what its unions reported for 2024."""

from datetime import date
from decimal import Decimal

from actionplan.models import Period, Programme
from indicators import queries
from indicators.models import Figure, Submission
from indicators.queries import Cut, Result, Structure
from tests.builders import make_indicator, make_province, make_union
from unions.models import Union
from unions.queries import node


class Field:
    """A province with two unions above others, and what was reported for 2024."""

    def __init__(self) -> None:
        self.root = make_province()
        self.north = make_union(self.root, code="BAC", name="Công đoàn miền Bắc")
        self.south = make_union(self.root, code="NAM", name="Công đoàn miền Nam")
        self.programme = Programme.objects.create(
            code="thu",
            union=self.root,
            title="Chương trình thử",
            issued_on=date(2024, 1, 1),
            term_from=2024,
            term_to=2026,
            reporting_years=[2024, 2025, 2026],
        )
        of_unions = {"denominator": "in_place"}
        self.indicators = {
            "P": make_indicator(self.programme, "P", "share_of_people", low=Decimal("0.9")),
            "C": make_indicator(self.programme, "C", "count_per_year", unit="cuộc"),
            "U": make_indicator(self.programme, "U", "share_of_unions", **of_unions),
            "L": make_indicator(self.programme, "L", "minimum_per_union", unit="cuộc", **of_unions),
        }
        days = {"opens_on": date(2024, 1, 1), "cut_off_on": date(2024, 11, 30)}
        days |= {"due_on": date(2024, 12, 10), "closes_on": date(2024, 12, 31)}
        self.period = Period.objects.create(programme=self.programme, year=2024, **days)
        self.a = self.member(self.north, "A", done=41, total=100, cases=7, did=1)
        self.b = self.member(self.north, "B", done=30, total=50, cases=5, did=0)
        self.c = self.member(self.south, "C", done=10, total=10, cases=3, did=1)

    def member(self, parent: Union, code: str, *, cluster: str = "", type: str = "agency", **said):
        """A grassroots union with what it reported."""
        union = make_union(parent, code=code, name=f"CĐCS {code}", cluster=cluster, type=type)
        self.report(union, **said)
        return union

    def report(self, union: Union, *, done: int, total: int, cases: int, did: int) -> Submission:
        """An approved submission of 2024."""
        submission = Submission.objects.create(
            union=union,
            period=self.period,
            placement=union.current,
            audience="grassroots",
            state="approved",
        )
        pairs = {"P": (done, total), "C": (cases, 1), "U": (did, 1), "L": (cases, 1)}
        typed = {"done": done, "total": total, "number": cases, "paper": "1/QC"}
        Figure.objects.bulk_create(
            Figure(
                submission=submission,
                indicator=self.indicators[code],
                answer="number",
                answers=typed | ({"done": "yes" if did else "no"} if code == "U" else {}),
                numerator=top,
                denominator=bottom,
            )
            for code, (top, bottom) in pairs.items()
        )
        return submission

    def new(self, parent: Union, code: str, **words: str) -> Union:
        """A union founded since, for a division."""
        return make_union(
            parent, code=code, name=f"CĐCS {code}", founded_on=date(2025, 1, 2), **words
        )

    def cut(self, union: Union, structure: Structure = Structure.NOW, **narrowed: str) -> Cut:
        """What was reported for 2024 at or beneath a union."""
        there = Union.objects.select_related("current").get(pk=union.pk)
        return Cut(node(there), 2024, 2024, structure=structure, **narrowed)

    def card(
        self, union: Union, structure: Structure = Structure.NOW, **narrowed: str
    ) -> dict[str, Result]:
        """The results by the code of their indicator."""
        found = queries.scorecard(self.programme, self.cut(union, structure, **narrowed))
        return {result.indicator.code: result for result in found}

    def sums(
        self, union: Union, structure: Structure = Structure.NOW, **narrowed: str
    ) -> dict[str, tuple]:
        """Both columns of people, the cases, and the unions that did out of those in place."""
        card = {code: one.total for code, one in self.card(union, structure, **narrowed).items()}
        return {
            "P": (plain(card["P"].numerator), plain(card["P"].denominator)),
            "C": plain(card["C"].numerator),
            "U": (plain(card["U"].numerator), plain(card["U"].denominator)),
            "n/m": (card["P"].answered, card["P"].expected),
        }


def plain(number: Decimal) -> str:
    """A number without zeros at its end."""
    return f"{number.normalize():f}"
