"""What unions took in month by month, so that the months come to what the province answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from actionplan.models import Programme
from indicators.kinds.plan_fulfilment import PlanFulfilment
from indicators.models import Assignment, Figure, Revenue, RevenueKind
from indicators.models.revenue import last_day_of, months_until
from reports.demonstration.province import Member, Province
from reports.demonstration.traces import BATCH, Traces, at
from unions.models import Union, UnionType

# in a hundred of what a union takes in
_SHARES = {RevenueKind.FUND: 62, RevenueKind.DUES: 38}
# no fund from administrative bodies and units on the budget alone since then (Luật Công đoàn 2024)
_EXEMPT = {UnionType.AGENCY, UnionType.PUBLIC_SERVICE_FULL}
_EXEMPT_SINCE = (2025, 6)
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class _Share:
    """One amount to be: whose, when, of which kind, and its weight among all."""

    union: Union
    month: int
    kind: str
    weight: int


def write(province: Province, programme: Programme, years: range, traces: Traces) -> None:
    """The months until each cut-off, and the plan, of every year that the province answered."""
    answered = Figure.objects.filter(
        indicator__programme=programme,
        indicator__kind=PlanFulfilment.code,
        submission__union=province.root,
        submission__period__year__in=years,
    )
    rows: list[Revenue] = []
    plans: list[Assignment] = []
    for figure in answered.select_related("submission__period", "indicator"):
        period = figure.submission.period
        of_year = list(_of_year(province, period.year, period.cut_off_on, figure))
        rows += of_year
        plans.append(_plan(province, figure))
        _trace(province, period.year, of_year, traces)
    Revenue.objects.bulk_create(rows, batch_size=BATCH)
    Revenue.history.bulk_history_create(rows, batch_size=BATCH)
    Assignment.objects.bulk_create(plans)


def _of_year(province: Province, year: int, cut_off: date, figure: Figure) -> Iterator[Revenue]:
    """By size of the unions, in whole thousands; the rest is the province's own."""
    collected = figure.answers["collected"]
    shares = [one for member in province.members for one in _shares(member, year, cut_off)]
    weights = sum(one.weight for one in shares) or 1
    left = collected
    for one in shares:
        amount = collected * one.weight // weights // _THOUSAND * _THOUSAND
        left -= amount
        yield _row(province, year, one, amount)
    last = months_until(year, cut_off)[-1]
    yield _row(province, year, _Share(province.root, last, RevenueKind.OTHER.value, 0), left)


def _shares(member: Member, year: int, cut_off: date) -> Iterator[_Share]:
    union = member.union
    for month in months_until(year, cut_off):
        before = union.founded_on > last_day_of(year, month)
        if before or (union.ended_on and union.ended_on <= date(year, month, 1)):
            continue
        for kind, share in _SHARES.items():
            exempt = member.name.type in _EXEMPT and (year, month) >= _EXEMPT_SINCE
            if kind == RevenueKind.DUES or not exempt:
                yield _Share(union, month, kind.value, member.headcount * share)


def _row(province: Province, year: int, one: _Share, amount: int) -> Revenue:
    return Revenue(
        union=one.union,
        year=year,
        month=one.month,
        kind=one.kind,
        amount=amount,
        note=f"Bảng tổng hợp thu tháng {one.month}/{year}",
        recorded_by=province.staff.administrator,
    )


def _plan(province: Province, figure: Figure) -> Assignment:
    year = figure.submission.period.year
    return Assignment(
        indicator=figure.indicator,
        union=province.root,
        year=year,
        amount=figure.answers["assigned"],
        decision_number=f"{year - 2000}/QĐ-LĐLĐ",
        decided_on=date(year, 1, 15),
        recorded_by=province.staff.administrator,
    )


def _trace(province: Province, year: int, rows: list[Revenue], traces: Traces) -> None:
    officer = province.staff.administrator
    for month in sorted({row.month for row in rows}):
        unions = {row.union_id for row in rows if row.month == month}
        traces.record(
            f"Ghi số thu tháng {month}/{year} của {len(unions)} đơn vị",
            at(last_day_of(year, month), 16),
            by=officer,
            about=province.root,
            union_id=province.root.pk,
        )
