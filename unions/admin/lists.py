"""Every list of the desk: what it may be filtered by, and the workbook of exactly what it shows."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.text import capfirst, slugify
from django.views.decorators.http import require_safe
from unfold.views import ChangeList

from unions.quantities import NOTHING, Quantity, Style
from unions.services import journal
from unions.vietnamese import fold
from unions.workbooks import Value, write

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# what a workbook takes at most: beyond it, nobody reads line by line
MOST_ROWS = 20_000
_AT_ONCE = 1000
# what a spreadsheet keeps of a number; further digits would become zeros
_DIGITS = 15


class DeskList(ChangeList):
    """A list that filters by what it offers and by what the portal itself links to, alone.

    Django lets an address compare any field of the row, a password's hash too: whoever may read
    the list would find it out sign by sign.
    """

    def get_filters(self, request: HttpRequest) -> tuple[Any, ...]:
        """The filters; DisallowedModelAdminLookup (400) for a lookup that none of them reads."""
        filters = super().get_filters(request)
        for lookup in filters[2]:
            if lookup not in self.model_admin.linked_lookups:
                raise DisallowedModelAdminLookup(f"Filtering by {lookup} not allowed")
        return filters

    @property
    def excel_address(self) -> str:
        """Where the workbook of all pages of this list is taken, as it is filtered and sorted."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_excel"
        # not `remove`, which takes away whatever begins like the page's “p”: period, placement
        return reverse(name) + self.get_query_string({PAGE_VAR: None})

    @property
    def narrowed_by(self) -> list[str]:
        """By what the list is narrowed, in words: “trạng thái: Đã nộp”; empty if it is not."""
        linked = self.model_admin.words_of_links(self.params)
        chosen = [
            f"{spec.title}: {choice['display']}"
            for spec in self.filter_specs
            for choice in list(spec.choices(self))[1:]
            if choice.get("selected")
        ]
        return [*linked, *chosen, *([f"tìm “{self.query}”"] if self.query else [])]


class TakenOut:
    """A page of a list that hands it out as a workbook; goes before ModelAdmin."""

    # columns that only lead somewhere
    not_taken_out: tuple[str, ...] = ("download",)
    # columns that are kept otherwise than they are read: by the fields and columns that say it
    taken_as: Mapping[str, tuple[str, ...]] = MappingProxyType({"of_year": ("year",)})
    # lists of people: who took one out stands in the journal (Luật Bảo vệ dữ liệu cá nhân)
    names_people = False

    def get_urls(self) -> list[URLPattern]:
        """The workbook, before the pages of the rows."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_excel"
        return [path("tai-excel/", self.admin_site.admin_view(self.excel), name=name)] + (
            super().get_urls()
        )

    def words_of_links(self, params: dict[str, Any]) -> list[str]:
        """What `linked_lookups` narrow the list by, in words."""
        return []

    @method_decorator(require_safe)
    def excel(self, request: HttpRequest) -> HttpResponse:
        """All rows of the list, not of a page alone, with its columns, filter, search and order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(f"{self.list_url()}?e=1")
        if shown.result_count > MOST_ROWS:
            messages.error(request, too_many(shown.result_count))
            return redirect(self.list_url() + shown.get_query_string())
        if self.names_people:
            self._tell_journal(request, shown)
        return self._workbook(shown)

    def _workbook(self, shown: DeskList) -> HttpResponse:
        columns = [
            kept
            for name in shown.list_display
            if name not in {"action_checkbox", *self.not_taken_out}
            for kept in self.taken_as.get(name, (name,))
        ]
        labels = [capfirst(str(label_for_field(one, self.model, self))) for one in columns]
        title = capfirst(str(self.opts.verbose_name_plural))
        rows = ([value(one, row, self) for one in columns] for row in _rows(shown))
        name = f"{slugify(fold(title))}-{timezone.localdate():%Y-%m-%d}.xlsx"
        headers = {
            "Content-Type": EXCEL,
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
        }
        return HttpResponse(write(title, labels, rows), headers=headers)

    def _tell_journal(self, request: HttpRequest, shown: DeskList) -> None:
        held = next(one for one in request.user.roles if one.grants(self.reads))
        by = "; ".join(shown.narrowed_by) or "không lọc"
        journal.record(
            f"Tải Excel danh sách {self.opts.verbose_name_plural}:"
            f" {shown.result_count} dòng ({by})",
            by=request.user,
            about=request.user,
            union_id=held.union_id,
        )


def _rows(shown: DeskList) -> Iterator[Model]:
    # in pieces, so that what is fetched along with the rows is fetched for each piece at once
    return shown.queryset.iterator(chunk_size=_AT_ONCE)


def value(column: str, row: Model, page: Any) -> Value:
    """What a column says of a row, as a workbook keeps it: days and numbers as such."""
    field, _, said = lookup_field(column, row, page)
    if field is not None and getattr(field, "flatchoices", None):
        said = dict(field.flatchoices).get(said, said)
    return _plain(said)


def _plain(said: Any) -> Value:
    if said is None or str(said) == NOTHING:
        return None
    if isinstance(said, bool):
        return "Có" if said else "Không"
    if isinstance(said, datetime):
        return timezone.localtime(said).replace(tzinfo=None, microsecond=0)
    if isinstance(said, Quantity | int | Decimal):
        return _number_of(said if isinstance(said, Quantity) else Quantity(said, exact=True))
    if isinstance(said, date):
        return said
    return unescape(strip_tags(said)) if isinstance(said, SafeString) else str(said)


def _number_of(said: Quantity) -> Value:
    """A number to reckon with; as text a share, a grade, and what a spreadsheet would round."""
    number = said.number if said.style in {Style.NUMBER, Style.MONEY} else None
    if number is None:
        return str(said)
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return number if len(digits) <= _DIGITS else str(said)


def too_many(count: int) -> str:
    """What is said of a list that no workbook takes."""
    return (
        f"Danh sách có {Quantity(count)} dòng, nhiều hơn mức {Quantity(MOST_ROWS)} dòng của một tệp"
        " Excel tải về. Hãy lọc hoặc tìm bớt rồi tải lại."
    )
