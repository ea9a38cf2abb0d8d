"""What pages of results are asked for: a union, a programme, a cut; and years to turn to."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from actionplan.models import Programme
from indicators.queries import Cut, Structure
from reports import queries
from reports.definitions.results import in_words, span
from reports.forms import CutForm
from unions.access import Permission
from unions.authentication import SignedInRequest
from unions.errors import RuleBroken
from unions.models import Level, Union, User
from unions.scoping import Node

_PROGRAMME = "chuong-trinh"


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year of the programme and the page that shows it."""

    year: int
    address: str


@dataclass(frozen=True, slots=True)
class ProgrammeLink:
    """A programme of the year and the page that shows it."""

    programme: Programme
    address: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A union within reach, the programme that holds there, and the part that was chosen.

    `held` are all programmes of that year, the chosen one among them.
    """

    union: Union
    programme: Programme
    cut: Cut
    form: CutForm
    held: tuple[Programme, ...] = ()

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        cut = self.cut
        chosen = {"tu": cut.first, "den": cut.last} if cut.first != cut.last else {}
        return self._encoded(chosen)

    @property
    def query_of_a_year(self) -> str:
        """The same unions, in the year of the address."""
        return self._encoded({})

    @property
    def own(self) -> bool:
        """True where the province itself is asked for, and what it answers for itself counts."""
        return self.cut.whole and self.union.pk == self.programme.union_id

    def page(self) -> dict[str, Any]:
        """What every page of results shows of it."""
        return {
            "union": self.union,
            "programme": self.programme,
            "held": self._held_links,
            "year": self.cut.last,
            "several": self.cut.first != self.cut.last,
            "form": self.form,
            "query": self.query,
            "span": span(self.cut),
            "in_words": in_words(self.cut),
        }

    @property
    def _held_links(self) -> list[ProgrammeLink]:
        """The programmes to choose from; of a single one there is no choice."""
        if len(self.held) == 1:
            return []
        return [
            ProgrammeLink(one, f"?{self._encoded({_PROGRAMME: one.code})}") for one in self.held
        ]

    def _encoded(self, chosen: dict[str, Any]) -> str:
        theo = self.cut.structure.value if self.cut.now else ""
        narrowed = {"cum": self.cut.cluster, "loai": self.cut.type, "theo": theo}
        kept = {name: value for name, value in narrowed.items() if value}
        return urlencode({_PROGRAMME: self.programme.code, **chosen, **kept})


def asked(request: SignedInRequest, code: str, year: int, *, apart: bool = False) -> Asked:
    """What an address asks for; Http404 outside of reach or without a programme.

    `apart`: what single unions brought is shown too. A choice that cannot be is told by the form,
    and the whole union in `year` shown. Four statements.
    """
    union, node = _place(request.user, code, apart)
    held = queries.programmes_at(node)
    programme = _programme(held, node, year, request.GET.get(_PROGRAMME, ""))
    places = queries.places_beneath(node)
    form = CutForm(_typed(request.GET, year), years=programme.years, places=places)
    of_year = tuple(one for one in held if year in one.years)
    return Asked(union, programme, _cut(node, year, form), form, of_year)


def _typed(sent: QueryDict, year: int) -> dict[str, Any]:
    """What was chosen; an empty or missing year is that of the address, and unions stood then."""
    chosen = {name: sent.get(name, "") for name in ("tu", "den", "cum", "loai", "theo")}
    missing = {"tu": year, "den": year, "theo": Structure.THEN}
    return {name: said or missing.get(name, "") for name, said in chosen.items()}


def _cut(node: Node, year: int, form: CutForm) -> Cut:
    if not form.is_valid():
        return Cut.of_year(node, year)
    chosen = form.cleaned_data
    return Cut(node, chosen["tu"], chosen["den"], chosen["cum"], chosen["loai"], chosen["theo"])


def _place(user: User, code: str, apart: bool) -> tuple[Union, Node]:
    """Who may not read what unions handed in sees totals of those above them alone."""
    reach = Union.objects.visible_to(user, Permission.VIEW_TOTALS)
    read = Q(pk__in=Union.objects.visible_to(user).values("pk"))
    open_to = read if apart else read | Q(current__level=Level.UPPER)
    return queries.place(get_object_or_404(reach.filter(open_to), code=code).pk)


def _programme(held: list[Programme], node: Node, year: int, code: str) -> Programme:
    try:
        return queries.one_of(held, node, year, code)
    except RuleBroken as problem:
        raise Http404(str(problem)) from problem
