"""The desk's own admin: pages that only show, and acts that each call one service."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action
from unfold.enums import ActionVariant

from unions.access import Permission, Place, can_anywhere, require
from unions.admin.lists import DeskList, TakenOut
from unions.errors import RuleBroken
from unions.queries import history_of
from unions.vietnamese import sought

Sentence = str


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def act(
    description: str,
    *,
    path: str,
    icon: str,
    variant: ActionVariant = ActionVariant.DEFAULT,
    permission: str = "write",
) -> Callable[..., Any]:
    """A page of its own, with a button that leads to it, for those who may write here.

    For others `permission` names the two methods that say so: has_…_permission and check_….
    """

    def decorate(method: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(method)
        def guarded(
            self: "DeskAdmin", request: HttpRequest, object_id: str | None = None
        ) -> HttpResponse:
            if object_id is None:
                return method(self, request)
            row = self.row(request, object_id)
            getattr(self, f"check_{permission}")(request, row)
            return method(self, request, row)

        dress = action(
            description=description,
            permissions=[permission],
            url_path=path,
            icon=icon,
            variant=variant,
        )
        return dress(guarded)

    return decorate


def refuse(form: forms.BaseForm, broken: RuleBroken) -> None:
    """Tell a broken rule beside the field that is to blame, or above the form."""
    form.add_error(broken.about if broken.about in form.fields else None, str(broken))


class DeskAdmin(TakenOut, ModelAdmin):
    """Rows that the reader may see, none of them to be changed: what writes is an act.

    `reads` opens the pages; `writes` opens the acts, at the place of the row.
    """

    reads = Permission.USE_DESK
    writes: Permission | None = None
    folded_fields: tuple[str, ...] = ()
    # what links of the portal filter by, besides the filters beside the list
    linked_lookups: tuple[str, ...] = ()
    actions: list[str] | None = None
    list_per_page = 50
    list_filter_sheet = True
    compressed_fields = True
    view_on_site = False
    # draws the page of one row, in place of the theme's table of its fields
    show: Callable[..., HttpResponse] | None = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return can_anywhere(request.user, self.reads)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_write_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whether to show the buttons of acts; the act itself asks at the row's place."""
        return self.writes is not None and can_anywhere(request.user, self.writes)

    def check_write(self, request: HttpRequest, row: Any) -> None:
        """Stop with PermissionDenied who may not write this row."""
        require(request.user, self.writes, self.place_of(row, request))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return list(self.fields or ())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.visible(super().get_queryset(request), request)

    def visible(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        """The rows that the reader may know of; a page of unscoped rows says how."""
        return rows.visible_to(request.user, self.reads)

    def place_of(self, row: Any, request: HttpRequest) -> Place:
        """Where in the tree permission to write `row` is asked."""
        return row

    def row(self, request: HttpRequest, object_id: str) -> Any:
        """The row, or 404 for one that the reader may not know of."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of one row."""
        if self.show is None:
            return super().change_view(request, object_id, form_url, extra_context)
        return self.show(request, self.row(request, object_id))

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponseRedirect:
        raise Http404

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[DeskList]:
        return DeskList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Rows with the term in one of the fields, accents and capitals set aside."""
        term = sought(search_term)
        if not term:
            return queryset, False
        found = Q(pk__in=())
        for field in self.search_fields:
            found |= Q(**{f"{field}__folded__contains": term})
        for field in self.folded_fields:
            found |= Q(**{f"{field}__contains": term})
        return queryset.filter(found), False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the journal says about one row, for those who may read the journal."""
        row = self.row(request, object_id)
        if not can_anywhere(request.user, Permission.VIEW_JOURNAL):
            raise PermissionDenied
        return self.page(
            request,
            "admin/journal_of_row.html",
            title=f"Lịch sử: {row}",
            original=row,
            entries=self.history_of(row),
        )

    def history_of(self, row: Any) -> QuerySet[Any]:
        """The journal's lines about a row, newest first."""
        return history_of(self.opts.label_lower, row.pk)

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        """A page of the desk that is no list and no form of Django's."""
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            template,
            {**self.admin_site.each_context(request), "opts": self.opts, **context},
        )

    def buttons(self, request: HttpRequest, row: Model) -> list[Any]:
        """The acts of one row that its page offers this reader, as the theme draws them."""
        offered = self.get_actions_detail(request, row.pk)
        return self._get_actions_navigation(self.actions_detail, offered, row.pk)

    def ask(
        self,
        request: HttpRequest,
        form: forms.BaseForm,
        do: Callable[[], Sentence | HttpResponse],
        **texts: Any,
    ) -> HttpResponse:
        """Show `form`; once it is filled in right, do it. For a broken rule see `refuse`.

        `texts`: title, button, and if wanted note, back (where to go afterwards), danger, second
        (name and label of a button that only fills the form in anew), template (one that goes on
        from admin/act.html, with what it shows besides).
        """
        back = texts.setdefault("back", self.list_url())
        template = texts.pop("template", "admin/act.html")
        if form.is_valid():
            try:
                done = do()
            except RuleBroken as broken:
                refuse(form, broken)
            else:
                return self._after(request, done, back)
        return self.page(request, template, form=form, **texts)

    def _after(
        self, request: HttpRequest, done: Sentence | HttpResponse, back: str
    ) -> HttpResponse:
        if isinstance(done, HttpResponse):
            return done
        messages.success(request, done)
        return redirect(back)

    def list_url(self) -> str:
        """The list of these rows."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def row_url(self, row: Model) -> str:
        """The page of one row."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])


class DeskInline(TabularInline):
    """Rows that belong to the row of the page, to be read."""

    extra = 0
    max_num = 0
    can_delete = False
    hide_title = True

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return list(self.fields or ())

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
