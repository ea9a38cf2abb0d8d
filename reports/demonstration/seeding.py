"""The whole demonstration, in one transaction, on an empty database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from random import Random

from django.db import transaction

from actionplan.models import Programme
from indicators import kinds
from indicators.programme_file import ProgrammeSpec, parse
from indicators.services import programmes
from reports.demonstration import (
    briefings,
    directives,
    headcounts,
    library,
    model_plans,
    plans,
    province,
    revenues,
)
from reports.demonstration import files as evidence
from reports.demonstration.names import MOST_UNIONS
from reports.demonstration.traces import Traces
from reports.demonstration.year import ReportingYear
from reports.models import Stationery
from unions.errors import RuleBroken
from unions.models import Union, User

PROGRAMME = "phu-tho-2023-2028"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How large a province, over which reporting years, from which chance."""

    unions: int
    years: range
    seed: int = 1


@transaction.atomic
def seed(wanted: Wanted) -> None:
    """Make the province; RuleBroken if the database is not empty or the wish cannot be met.

    The same wish always gives the same province. Evidence comes last: files are not rolled back.
    """
    spec = parse(_source(), kinds.REGISTRY)
    _check(wanted, spec)
    chance = _streams(wanted.seed)
    traces = Traces()
    made = province.make(wanted.unions, wanted.years, next(chance), traces)
    programme = programmes.load(spec, PROGRAMME, made.root, by=None).programme
    _stationery(made.root, spec)
    proofs = []
    for year in wanted.years:
        reporting = ReportingYear(programme, made, year, next(chance), traces)
        proofs += reporting.make(last=year == wanted.years[-1])
    headcounts.write(made, wanted.years, next(chance), traces)
    revenues.write(made, programme, wanted.years, traces)
    briefings.write(made, programme, next(chance), traces)
    library.write(made, programme, traces)
    directives.write(made, programme, wanted.years[-1], traces)
    plans.write(made, programme, wanted.years[-1], traces)
    model_plans.write(made, programme, wanted.years[-1] + 1, traces)
    traces.write()
    evidence.attach(proofs)


def _source() -> str:
    folder = files("actionplan") / "programmes"
    return (folder / f"{PROGRAMME}.toml").read_text(encoding="utf-8")


def _check(wanted: Wanted, spec: ProgrammeSpec) -> None:
    if not 1 <= wanted.unions <= MOST_UNIONS:
        raise RuleBroken(
            f"Số công đoàn cơ sở phải từ 1 đến {MOST_UNIONS}; đã yêu cầu {wanted.unions}."
        )
    if not set(wanted.years) <= set(spec.reporting_years):
        years = ", ".join(map(str, spec.reporting_years))
        raise RuleBroken(
            f"Chương trình chỉ báo cáo các năm {years}; hãy chọn --years trong các năm đó."
        )
    if any(model.objects.exists() for model in (Union, User, Programme)):
        raise RuleBroken(
            "Cơ sở dữ liệu đã có dữ liệu nên không tạo tỉnh trình diễn. Hãy dùng một cơ sở dữ"
            " liệu trống."
        )


def _streams(seed_number: int) -> Iterator[Random]:
    """A stream of chance for each part, so that one part does not shift the next."""
    first = Random(seed_number)
    while True:
        yield Random(first.getrandbits(64))


def _stationery(root: Union, spec: ProgrammeSpec) -> None:
    """The letterhead: parent plain above the issuer in bold (NĐ 30/2020, QĐ 933/QĐ-TLĐ)."""
    Stationery.objects.create(
        union=root,
        parent_body="Liên đoàn Lao động tỉnh Phú Thọ",
        issuer="Công đoàn Viên chức tỉnh",
        symbol="CĐVC",
        place=spec.place,
        addressee="Liên đoàn Lao động tỉnh Phú Thọ",
        authority=spec.signer.authority,
        position=spec.signer.position,
        signer=spec.signer.name,
        recipients=["Như trên", "Thường trực LĐLĐ tỉnh", "Các CĐCS trực thuộc", "Lưu: CĐVC tỉnh"],
        valid_from=date(spec.term_from, 1, 1),
    )
