"""Any tree of unions with any figures, written at once, and added up by hand in plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from actionplan.models import Period, Programme
from indicators.kinds import REGISTRY
from indicators.models import Figure, Indicator, Submission
from indicators.workflow import State
from tests.builders import make_province
from unions.models import Placement, Union
from unions.queries import node
from unions.scoping import Node

YEARS = (2024, 2025, 2026)
CLUSTERS = ("Cụm 1", "Cụm 2", "Cụm 3")
TYPES = ("agency", "public_service_full", "non_state")
RULES = ("in_place", "reported", "gradable")
# one indicator for each way in which pairs are counted and years put together
ASKED = {
    "P": ("share_of_people", "pooled"),
    "A": ("share_of_people", "mean"),
    "U": ("share_of_unions", "pooled"),
    "G": ("share_of_unions_rated", "last"),
    "M": ("average_per_union", "mean"),
    "C": ("count_per_year", "sum"),
    "T": ("count_over_term", "sum"),
    "L": ("minimum_per_union", "all_met"),
}

NOT_ARISING = None
Pair = tuple[int, int]


@dataclass(frozen=True)
class Leaf:
    """One union in one year: where it stands, and what it answered to each indicator.

    An indicator without an answer is not in `answers`; one that did not arise has no pair.
    """

    parent: int
    cluster: str
    type: str
    approved: bool
    gradable: bool
    answers: dict[str, Pair | None]


@dataclass(frozen=True)
class Forest:
    """Each year's unions (`years[year][number]`), and the rule of each denominator."""

    rules: dict[str, str]
    years: dict[int, list[Leaf]]

    def line(self, year: int, number: int) -> list[int]:
        """The numbers of a union and of those above it, itself first; the root is -1."""
        found = [number]
        while found[-1] >= 0:
            found.append(self.years[year][found[-1]].parent)
        return found


@st.composite
def forests(draw: st.DrawFn) -> Forest:
    """A few unions that may change place, type and cluster from year to year."""
    size = draw(st.integers(1, 7))
    opened = draw(st.lists(st.sampled_from(YEARS), min_size=1, unique=True))
    counted = [code for code, (kind, _) in ASKED.items() if REGISTRY[kind].counts_unions]
    return Forest(
        rules={code: draw(st.sampled_from(RULES)) for code in counted},
        years={year: [draw(_leaves(number)) for number in range(size)] for year in sorted(opened)},
    )


@st.composite
def _leaves(draw: st.DrawFn, number: int) -> Leaf:
    gradable = draw(st.booleans())
    return Leaf(
        parent=draw(st.integers(-1, number - 1)),
        cluster=draw(st.sampled_from(CLUSTERS)),
        type=draw(st.sampled_from(TYPES)),
        approved=draw(st.integers(0, 3)) > 0,
        gradable=gradable,
        answers={
            code: pair for code, (kind, _) in ASKED.items() if (pair := draw(_answers(kind))) != ()
        },
    )


def _answers(kind: str) -> st.SearchStrategy[Pair | tuple[()] | None]:
    """A pair such as the kind counts it, nothing, or that it did not arise."""
    if kind == "share_of_people":
        pair = st.integers(1, 10**6).flatmap(
            lambda bottom: st.tuples(st.integers(0, bottom), st.just(bottom))
        )
    else:
        most = 1 if kind.startswith("share") else 10**6
        pair = st.tuples(st.integers(0, most), st.just(1))
    return st.one_of(pair, pair, pair, st.just(NOT_ARISING), st.just(()))


@dataclass(frozen=True)
class Planted:
    """A forest as rows, with the points of its tree: those of its unions, then its root."""

    forest: Forest
    programme: Programme
    nodes: list[Node]


def plant(forest: Forest) -> Planted:
    """Write a forest. What is too young to be graded has not been graded."""
    root = make_province()
    programme = Programme.objects.create(
        code="rung",
        union=root,
        title="Chương trình thử",
        issued_on=date(2024, 1, 1),
        term_from=YEARS[0],
        term_to=YEARS[-1],
        reporting_years=list(YEARS),
    )
    indicators = _indicators(programme, forest)
    size = len(next(iter(forest.years.values())))
    unions = Union.objects.bulk_create(
        [Union(code=f"U{number}", founded_on=date(2020, 1, 1)) for number in range(size)]
    )
    figures = []
    for year in forest.years:
        submissions = _submissions(forest, year, programme, [*unions, root])
        for leaf, submission in zip(forest.years[year], submissions, strict=True):
            figures += list(_figures(leaf, submission, indicators))
    Figure.objects.bulk_create(figures)
    return Planted(forest, programme, [node(union) for union in [*unions, root]])


def _indicators(programme: Programme, forest: Forest) -> dict[str, Indicator]:
    rows = [
        Indicator(
            programme=programme,
            code=code,
            position=position,
            name=code,
            kind=kind,
            audience="grassroots",
            denominator=forest.rules.get(code, "reported"),
            years=years,
        )
        for position, (code, (kind, years)) in enumerate(ASKED.items(), start=1)
    ]
    return {row.code: row for row in Indicator.objects.bulk_create(rows)}


def _submissions(
    forest: Forest, year: int, programme: Programme, unions: list[Union]
) -> list[Submission]:
    days = {"opens_on": date(year, 1, 1), "cut_off_on": date(year, 11, 30)}
    days |= {"due_on": date(year, 12, 10), "closes_on": date(year, 12, 31)}
    period = Period.objects.create(programme=programme, year=year, **days)
    leaves = forest.years[year]
    last = year == max(forest.years)
    places = Placement.objects.bulk_create(
        [
            Placement(
                union=unions[number],
                name=f"Đơn vị {number}",
                name_folded=f"don vi {number}",
                type=leaf.type,
                cluster=leaf.cluster,
                parent=unions[leaf.parent],
                path="".join(f"{unions[at].pk}." for at in reversed(forest.line(year, number))),
                valid_from=date(year, 1, 1),
                valid_to=None if last else date(year + 1, 1, 1),
            )
            for number, leaf in enumerate(leaves)
        ]
    )
    for union, place in zip(unions, places, strict=False):
        union.current = place
    Union.objects.bulk_update(unions[:-1], ["current"])
    return Submission.objects.bulk_create(
        [
            Submission(
                union=place.union,
                period=period,
                placement=place,
                audience="grassroots",
                gradable=leaf.gradable,
                state=State.APPROVED if leaf.approved else State.SUBMITTED,
            )
            for leaf, place in zip(leaves, places, strict=True)
        ]
    )


def _figures(
    leaf: Leaf, submission: Submission, indicators: dict[str, Indicator]
) -> Iterator[Figure]:
    for code, pair in leaf.answers.items():
        indicator = indicators[code]
        out = pair is None or (indicator.denominator == "gradable" and not leaf.gradable)
        top, bottom = (None, None) if out or pair is None else pair
        yield Figure(
            submission=submission,
            indicator=indicator,
            answer="not_arising" if out else "number",
            answers=_typed(indicator.kind, top),
            reason="Không có" if out else "",
            numerator=top,
            denominator=bottom,
        )


def _typed(kind: str, top: int | None) -> dict[str, object]:
    """What a union of that answer typed, as far as it is written in a table."""
    if kind == "share_of_unions":
        return {"done": "yes" if top else "no", "paper": "1/QC"}
    if kind == "share_of_unions_rated":
        return {"grade": "good" if top else "completed"}
    return {"done": top, "total": 10**6, "number": top}


@dataclass(frozen=True)
class Where:
    """A cut in the forest's own numbers; the root is -1."""

    number: int
    first: int
    last: int
    cluster: str = ""
    type: str = ""

    def holds(self, forest: Forest, year: int, number: int) -> bool:
        """True if that union stands in the cut in that year."""
        leaf = forest.years[year][number]
        return (
            self.number in forest.line(year, number)
            and self.cluster in ("", leaf.cluster)
            and self.type in ("", leaf.type)
        )


@dataclass(frozen=True)
class Added:
    """What a year comes to: the pairs that stand, how many were asked, how many answered."""

    pairs: list[Pair]
    asked: int
    answered: int

    @property
    def sums(self) -> Pair:
        """Both columns added up."""
        return sum(top for top, _ in self.pairs), sum(bottom for _, bottom in self.pairs)


def added(forest: Forest, where: Where, code: str, year: int) -> Added:
    """The pairs of an indicator and a year, one union after the other."""
    pairs: list[Pair] = []
    asked = answered = 0
    rule = forest.rules.get(code, "reported")
    for number, leaf in enumerate(forest.years.get(year, [])):
        if not where.holds(forest, year, number):
            continue
        asked += 1
        silent = not leaf.approved or code not in leaf.answers
        answered += not silent
        if rule == "gradable" and not leaf.gradable:
            continue
        pair = (0, 1) if silent and rule != "reported" else leaf.answers.get(code)
        if pair is not None and (rule != "reported" or not silent):
            pairs.append(pair)
    return Added(pairs, asked, answered)


def value(forest: Forest, where: Where, code: str) -> Fraction | None:
    """What an indicator comes to over a range of years, by the words of its rule alone."""
    kind, how = ASKED[code]
    first = YEARS[0] if kind == "count_over_term" else where.first
    years = [added(forest, where, code, year) for year in range(first, where.last + 1)]
    years = [one for one in years if one.asked]
    if how == "last":
        years = years[-1:]
    if not any(one.answered for one in years):
        return None
    pairs = [pair for one in years for pair in one.pairs]
    if how == "sum":
        return Fraction(sum(top for top, _ in pairs)) if pairs else None
    if kind == "minimum_per_union":
        return Fraction(min(top for top, _ in pairs)) if pairs else None
    if how == "mean":
        shares = [Fraction(*one.sums) for one in years if one.answered and one.pairs]
        return sum(shares, Fraction(0)) / len(shares) if shares else None
    bottom = sum(bottom for _, bottom in pairs)
    return Fraction(sum(top for top, _ in pairs), bottom) if bottom else None
