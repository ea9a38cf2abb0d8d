"""Which reports there are, and what each is told of: a union, a programme, a year."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.utils import timezone
from django.utils.text import slugify

from actionplan.models import Programme
from indicators.queries import Cut, Structure
from reports import queries
from reports.document import Document
from reports.letterhead import Letterhead, Recipients, Signature
from reports.models import Report, Stationery
from unions.errors import RuleBroken
from unions.models import Union
from unions.queries import node as node_of
from unions.scoping import Node
from unions.vietnamese import fold

AS_ABOVE = "Như trên"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is told of; number and date stay empty until the office has typed them."""

    union: Union
    node: Node
    programme: Programme
    year: int
    stationery: Stationery
    number: str = ""
    signed_on: date | None = None
    structure: Structure = Structure.THEN

    @property
    def cut(self) -> Cut:
        """Everything beneath the union in the year."""
        return Cut.of_year(self.node, self.year, self.structure)

    def letterhead(self, abbreviation: str = "BC") -> Letterhead:
        """Who issues it, with the abbreviation of the document's type in its symbol."""
        paper = self.stationery
        return Letterhead(
            issuer=paper.issuer,
            symbol=f"{abbreviation}-{paper.symbol}",
            place=paper.place,
            parent_body=paper.parent_body,
            issuer_in_text=self.node.name,
            number=self.number,
            signed_on=self.signed_on,
        )

    def signature(self) -> Signature:
        """Who signs it."""
        paper = self.stationery
        return Signature(paper.position, paper.signer, paper.authority)

    def recipients(self) -> Recipients:
        """Who gets it; what has an addressee begins with “Như trên” (NĐ 30/2020, Appendix I)."""
        names = list(self.stationery.recipients)
        if self.stationery.addressee and not any(name.startswith(AS_ABOVE) for name in names):
            names.insert(0, AS_ABOVE)
        return Recipients(tuple(names))

    def addressees(self) -> tuple[str, ...]:
        """Whom it is for (kính gửi), if anybody."""
        return (self.stationery.addressee,) if self.stationery.addressee else ()


Compose: TypeAlias = Callable[[Scope], Document]


@dataclass(frozen=True, slots=True)
class Definition:
    """A kind of report: its code, what it is called, and how it is composed."""

    code: str
    title: str
    compose: Compose

    def file_name(self, report: Report, suffix: str) -> str:
        """bao-cao-nam-2025-CDVC.pdf"""
        today = "-to-chuc-hien-nay" if report.now else ""
        return f"{slugify(fold(self.title))}-{report.year}-{report.union.code}{today}.{suffix}"


_CATALOGUE: dict[str, Definition] = {}


def report(code: str, title: str) -> Callable[[Compose], Compose]:
    """Enter a compose function in the catalogue under `code`."""

    def enter(compose: Compose) -> Compose:
        if code in _CATALOGUE:
            raise ValueError(f"two reports have the code {code!r}")
        _CATALOGUE[code] = Definition(code, title, compose)
        return compose

    return enter


def entries() -> list[Definition]:
    """Every kind of report, for a person to choose from."""
    return list(_CATALOGUE.values())


def find(code: str) -> Definition:
    """The kind of report with this code; RuleBroken names those there are."""
    if code not in _CATALOGUE:
        known = ", ".join(f"{each.code} ({each.title})" for each in _CATALOGUE.values())
        raise RuleBroken(f"Không có loại báo cáo “{code}”. Các loại hiện có: {known}.")
    return _CATALOGUE[code]


def scope_of(report: Report) -> Scope:
    """What an entered report is told of, on the stationery of its date, or of today."""
    day = report.signed_on or timezone.localdate()
    union, node = report.union, node_of(report.union, day)
    return Scope(
        union=union,
        node=node,
        programme=report.programme,
        year=report.year,
        stationery=queries.stationery_of(union, node, day),
        number=report.number,
        signed_on=report.signed_on,
        structure=Structure(report.structure),
    )
