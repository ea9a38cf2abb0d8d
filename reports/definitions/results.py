"""How results are written, the same on paper and on screen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from indicators.aggregation import Verdict
from indicators.kinds.amount_of_money import in_full
from indicators.models import Audience, Denominator, Indicator
from indicators.queries import Cut, Outcome, Result
from indicators.queries.left_out import told_of_left_out
from reports.definitions.verdicts import because, told
from reports.letterhead import written_date
from unions.models import OrgEvent, UnionType
from unions.quantities import NO_BREAK_SPACE, NOTHING, Quantity, Style

BY_GROUP = "theo từng nhóm"

_WIDE = 21


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of results: an indicator, or a group of unions with its own target.

    `code` is empty for a group. `depth` is how many lines it stands beneath. `years` are the
    years of a range, each as it stands for itself.
    """

    outcome: Outcome
    code: str
    name: str
    goal: str
    depth: int = 0
    years: tuple["YearRow", ...] = ()

    @property
    def early(self) -> bool:
        """True where it was missed before its day."""
        return self.outcome.early

    @property
    def unit(self) -> str:
        """What it is measured in."""
        return self.outcome.indicator.unit

    @property
    def achieved(self) -> str:
        """The sums and what they come to."""
        return achieved(self.outcome)

    @property
    def sums(self) -> tuple[str, str]:
        """What the numerators and the denominators come to; nothing if the value is none of them.

        A mean of years is not the quotient of the sums of all its years.
        """
        total, exact = self.outcome.total, self.outcome.exact
        if exact is not None and exact != self.outcome.indicator.rule.value(total):
            return NOTHING, NOTHING
        return str(Quantity(total.numerator)), str(Quantity(total.denominator))

    @property
    def added_up(self) -> str:
        """The same beneath its addends, in one line."""
        return added_up(self.outcome).replace("/\n", "/").replace("\n", " ")

    @property
    def told_goal(self) -> str:
        """The target with its unit, where the number does not say it."""
        unit = self.outcome.indicator.rule.unit_told
        return f"{self.goal} {unit}" if unit and self.outcome.goal_text == self.goal else self.goal

    @property
    def completion(self) -> str:
        """The value against the target."""
        return completion(self.outcome)

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.outcome.verdict

    @property
    def told_verdict(self) -> str:
        """The verdict, and beneath it what has to be known of it."""
        return told(self.outcome)

    @property
    def because(self) -> str:
        """What has to be known of the verdict; mostly nothing."""
        return because(self.outcome)

    @property
    def badge(self) -> str:
        """The code of the verdict's badge."""
        return "running" if self.early else self.outcome.verdict.name.lower()

    @property
    def missing(self) -> str:
        """How much is missing to the target."""
        return missing(self.outcome)

    @property
    def reported(self) -> str:
        """Answered out of asked."""
        return reported(self.outcome)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of a range."""

    year: int
    row: Row


def table_rows(results: Iterable[Result]) -> list[Row]:
    """The lines of the table, the same on screen and on paper, groups beneath their indicator."""
    return [row for result in results for row in _rows(result)]


def _rows(result: Result) -> Iterator[Row]:
    split = bool(result.parts) and result.goal is None
    indicator = result.indicator
    yield Row(
        result,
        indicator.code,
        _called(indicator, result.depth),
        BY_GROUP if split else result.goal_text or NOTHING,
        result.depth,
        _year_rows(result),
    )
    for part in result.parts:
        goal = part.outcome.goal_text or NOTHING
        yield Row(part.outcome, "", part.group, goal, result.depth + 1)


def _called(indicator: Indicator, depth: int) -> str:
    """Its name; of a part, that it is one, unless the name says so."""
    said = not depth or indicator.name.casefold().startswith("trong đó")
    return indicator.name if said else f"Trong đó: {indicator.name}"


def _year_rows(result: Result) -> tuple[YearRow, ...]:
    """The years of a range that were asked; of a single year there is no more to tell."""
    asked = [one for one in result.years if one.outcome.total.expected]
    if len(asked) < 2:  # noqa: PLR2004 - a year is itself
        return ()
    name = result.indicator.name
    return tuple(
        YearRow(one.year, Row(one.outcome, "", name, one.outcome.goal_text or NOTHING))
        for one in asked
    )


def achieved(outcome: Outcome) -> str:
    """A total as it is written: the sums, and what they come to."""
    sums, equals, value = outcome.summed.rpartition(" = ")
    if not equals:
        return value
    # sums of money are too wide for one line of a table
    line = "\n" if len(sums) > _WIDE else " "
    return f"{sums.replace('/', '/' + line.strip(' '))}{line}={NO_BREAK_SPACE}{value}"


def added_up(outcome: Outcome) -> str:
    """A total beneath its addends: in whole đồng as they are, so that they come to it."""
    rule = outcome.indicator.rule
    if rule.style is not Style.MONEY:
        return achieved(outcome)
    if outcome.exact == rule.value(outcome.total):
        return in_full(outcome.exact)
    return f"{achieved(outcome)} {outcome.indicator.unit}"


def completion(outcome: Outcome) -> str:
    """The value against the target (tỷ lệ hoàn thành): 120,44% and how far above."""
    share = outcome.completion
    if share is None:
        return NOTHING
    if outcome.verdict is not Verdict.EXCEEDED:
        return str(share)
    above = Quantity(Fraction(share.value or 0) - 1, Style.PERCENT, 0)
    return f"{share}\nvượt {above}"


def missing(outcome: Outcome) -> str:
    """How much is missing to the target, or is too much, with its unit."""
    if outcome.gap is None:
        return NOTHING
    amount = outcome.gap.amount
    written = f"{Quantity(abs(amount))} {outcome.indicator.rule.missing_unit}"
    return written if amount > 0 else f"cần bớt {written}"


def reported(outcome: Outcome) -> str:
    """How many answered out of those that were asked."""
    return f"{Quantity(outcome.total.answered)}/{Quantity(outcome.total.expected)}"


def of_the_union(results: Iterable[Result], *, own: bool) -> list[Result]:
    """What concerns a union: what only the province answers stands in the province's results."""
    return [result for result in results if own or result.indicator.audience == Audience.GRASSROOTS]


def span(cut: Cut) -> str:
    """The years of a cut in words."""
    if cut.first == cut.last:
        return f"năm {cut.first}"
    return f"từ năm {cut.first} đến năm {cut.last}"


def in_words(cut: Cut) -> str:
    """Which unions and years a table is of."""
    narrowed = [
        *([f"cụm thi đua “{cut.cluster}”"] if cut.cluster else []),
        *([f"loại hình “{UnionType(cut.type).label}”"] if cut.type else []),
        *([f"theo tổ chức {cut.structure.label}"] if cut.now else []),
    ]
    return ", ".join([f"{cut.node.name}, {span(cut)}", *narrowed])


def counting_rules(results: Sequence[Result]) -> list[str]:
    """Which unions stand in each denominator, and how many left it; how years become one value."""
    rules: dict[str, list[str]] = {}
    for result in results:
        rules.setdefault(_counting(result), []).append(result.indicator.code)
    left = [
        f"Chỉ tiêu {result.indicator.code}: {Quantity(_outside(result))} đơn vị"
        f" {lowered(result.indicator.rule.leaves_as)}, không tính vào mẫu số."
        for result in results
        if _outside(result)
    ]
    return [*(rule.format(", ".join(listed)) for rule, listed in rules.items()), *left]


def _counting(result: Result) -> str:
    only = result.indicator.rule.told_condition.replace("{", "{{").replace("}", "}}")
    if result.indicator.rule.additive:
        return f"Chỉ tiêu {{}}: cộng số đã được duyệt của các đơn vị{only}."
    rule = lowered(str(result.indicator.get_denominator_display()))
    return f"Mẫu số của chỉ tiêu {{}}: {rule}{only}{result.indicator.rule.told_threshold}."


def years_rules(results: Sequence[Result]) -> list[str]:
    """How the years of a range were put together, and since when a running total runs."""
    ways: dict[str, list[str]] = {}
    for result in results:
        if result.indicator.cumulative and result.years:
            how = f"lũy kế từ năm {result.years[0].year}"
        elif len(result.years) > 1:
            how = result.how.label
        else:
            continue
        due = result.indicator.due_year
        if due and result.over and max(result.over) <= due < result.years[-1].year:
            how += f", tính đến năm {due}"
        ways.setdefault(how, []).append(result.indicator.code)
    joined = [f"Chỉ tiêu {', '.join(codes)}: {how}." for how, codes in ways.items()]
    return [*joined, *told_of_left_out(results)]


def _outside(result: Result) -> int:
    """How many of those asked stand outside the denominator for a reason, silence apart."""
    indicator, total = result.indicator, result.total
    if indicator.rule.counts_unions and indicator.denominator != Denominator.REPORTED:
        return int(total.expected - total.denominator)
    return result.left


def ending(name: str, end: OrgEvent | None) -> list[str]:
    """Of a union that has ended: when, and in whom it goes on."""
    if end is None:
        return []
    heirs = ", ".join(union.name for union in end.successors.all())
    how = f" do sáp nhập vào {heirs}" if heirs else f" ({end.get_kind_display().lower()})"
    return [f"{name} kết thúc hoạt động từ {written_date(end.effective_on)}{how}."]


def lowered(text: str) -> str:
    """The text inside a sentence: its first letter small, names left as they are."""
    return text[:1].lower() + text[1:]
