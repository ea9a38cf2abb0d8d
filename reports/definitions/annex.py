"""The annex of a report: what each union answered, in tables that add up and fit the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.text import capfirst

from indicators.queries import Addend, Result
from reports.definitions.results import added_up, counting_rules, lowered, years_rules
from reports.document import Align, Annex, Block, BulletList, Column, Table
from unions.models import Evidence
from unions.quantities import NOTHING
from unions.vietnamese import sort_key

# with more columns than this words break
_MOST = 6


@dataclass(frozen=True, slots=True)
class Answered:
    """What unions answered in a year, silence included, and which submissions are estimates."""

    year: int
    results: Sequence[Result]
    addends: Sequence[Addend]
    estimated: set[int]
    # by the key of the figure that they prove
    files: Mapping[int, Sequence[Evidence]] = field(default_factory=dict)

    def shares(self) -> list["Answered"]:
        """The same unions with so many indicators each as one table can show."""
        tables = -(-len(self.results) // _MOST) or 1
        size = -(-len(self.results) // tables) or 1
        starts = range(0, len(self.results) or 1, size)
        return [replace(self, results=self.results[start : start + size]) for start in starts]

    @property
    def corrected(self) -> set[int]:
        """Which submissions count as they were approved while something in them is put right."""
        return {part.submission for part in self.addends if part.correcting}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """A row a union: its number, its name and what it answered."""
        codes = [one.indicator.code for one in self.results if not _is_over(one, self.year)]
        cells: dict[tuple[str, int], dict[str, str]] = {}
        corrected = self.corrected
        for part in self.addends:
            mark = " (*)" if part.submission in self.estimated else ""
            mark += " (**)" if part.submission in corrected else ""
            heirs = f" ({part.heirs})" if part.heirs else ""
            row = cells.setdefault((f"{part.union_name}{heirs}{mark}", part.submission), {})
            if part.indicator_code in codes:
                row[part.indicator_code] = part.written or capfirst(part.reason)
        ordered = sorted(cells, key=lambda key: sort_key(key[0]))
        for number, key in enumerate(ordered, start=1):
            told = (cells[key].get(one.indicator.code, NOTHING) for one in self.results)
            yield (str(number), key[0], *told)

    def proofs(self) -> Iterator[tuple[str, ...]]:
        """A row a union that proved something: its number, its name, its files by indicator."""
        found: dict[tuple[str, int], list[str]] = {}
        for part in self.addends:
            if named := [_named(file) for file in self.files.get(part.figure or 0, ())]:
                told = f"{part.indicator_code}: {', '.join(named)}"
                found.setdefault((part.union_name, part.submission), []).append(told)
        ordered = sorted(found, key=lambda key: sort_key(key[0]))
        for number, key in enumerate(ordered, start=1):
            yield (str(number), key[0], "; ".join(found[key]))

    def totals(self) -> Iterator[tuple[str, ...]]:
        """What running totals brought before, of unions that have ended too; and the sums."""
        before = [_before(one, self.year) for one in self.results]
        if any(told != NOTHING for told in before):
            yield ("", "Các năm trước", *before)
        yield ("", "Cộng", *map(added_up, self.results))


def figures_annex(answered: Answered) -> Annex:
    """The answers of every union: with the years before they make up each sum."""
    names = tuple(f"Chỉ tiêu {r.indicator.code}: {r.indicator.name}" for r in answered.results)
    shares = answered.shares()
    *tables, last = [_table(one, split=len(shares) > 1) for one in shares]
    closing = replace(last, notes=tuple(_notes(answered)))
    title = f"Số liệu của từng đơn vị năm {answered.year}"
    blocks: tuple[Block, ...] = (BulletList(names), *tables, closing, *_proofs(answered))
    return Annex(title, blocks, landscape=True)


def _proofs(answered: Answered) -> list[Table]:
    """The files behind the answers, where there are any."""
    rows = tuple(answered.proofs())
    columns = (
        Column("TT", 5, Align.CENTRE),
        Column("Đơn vị", 29),
        Column("Chỉ tiêu: tệp minh chứng (số của tệp trên cổng)", 66),
    )
    return [Table(columns, rows, caption="Minh chứng kèm theo số liệu")] if rows else []


def _named(file: Evidence) -> str:
    return f"{file.name} (số {file.pk})"


def _table(answered: Answered, *, split: bool) -> Table:
    codes = [one.indicator.code for one in answered.results]
    width, name = (73, 22) if split else (66, None)
    return Table(
        columns=(
            Column("TT", 5, Align.CENTRE),
            Column("Đơn vị", name),
            *(Column(f"Chỉ tiêu {code}", width // len(codes), Align.CENTRE) for code in codes),
        ),
        rows=tuple(answered.rows()),
        totals=tuple(answered.totals()),
        caption=f"Chỉ tiêu {', '.join(codes)}" if split else "",
    )


def _is_over(result: Result, year: int) -> bool:
    """True of a running total in which the year counts no more: its day has passed."""
    return result.indicator.cumulative and year not in result.over


def _before(result: Result, year: int) -> str:
    if not result.indicator.cumulative:
        return NOTHING
    earlier = [one.outcome for one in result.years if one.year < year]
    return added_up(earlier[-1]) if earlier else NOTHING


def _notes(answered: Answered) -> list[str]:
    starred = ["(*) Đơn vị báo cáo bằng số ước thực hiện."] if answered.estimated else []
    if answered.corrected:
        starred.append("(**) Đơn vị đang đính chính số liệu; bảng ghi số đã duyệt trước đó.")
    return [
        "“Chưa báo cáo”: chưa có câu trả lời được duyệt.",
        *starred,
        *_off_plan(answered.addends),
        *counting_rules(answered.results),
        *years_rules(answered.results),
    ]


def _off_plan(addends: Sequence[Addend]) -> list[str]:
    """Where an answer names another assigned amount than the decision of that day."""
    return [
        f"Chỉ tiêu {one.indicator_code}, {one.union_name}: {lowered(one.plan)}."
        for one in addends
        if one.off_plan
    ]
