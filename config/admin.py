"""The admin site of the provincial desk: one log-in for the whole portal, one first page."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from unfold.sites import UnfoldAdminSite

from config import cockpit
from unions.access import Permission, can_anywhere

View = Callable[..., HttpResponseBase]


class DeskSite(UnfoldAdminSite):
    """The theme's site without its own log-in; who has no desk is refused, not asked again."""

    index_title = "Tổng quan"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Not Django's own groups: what a person may do follows from appointments alone."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models if model is not Group]
        super().register(ours, admin_class, **options)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """403 for a person who has no desk; Django's site would ask them to log in once more."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied("Bàn làm việc chỉ dành cho cán bộ cấp tỉnh.")
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    @method_decorator([never_cache, login_not_required])
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The portal's own log-in page; who is in already goes to the desk."""
        if request.user.is_authenticated:
            return redirect("admin:index")
        after = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(after, resolve_url("login"))

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Out of the whole portal, by POST alone: a link elsewhere must not end a session."""
        if request.method == "POST":
            logout(request)
        return redirect("login" if request.method == "POST" else "admin:index")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The portal's own page for it."""
        return redirect("password_change")

    def password_change_done(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The portal's own page for it."""
        return redirect("password_change_done")

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """How the open periods stand, and what to do next."""
        return super().index(request, {**(extra_context or {}), **cockpit.of(request.user)})

    def search(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The theme's search in the menu; a page that there is not is not found."""
        try:
            return super().search(request, extra_context)
        except InvalidPage as problem:
            raise Http404 from problem


def reads_journal(request: HttpRequest) -> bool:
    """Whether the menu offers the journal."""
    return can_anywhere(request.user, Permission.VIEW_JOURNAL)


def lists_plans(request: HttpRequest) -> bool:
    """Whether the menu shows the plans as here, which the matrix and the agenda are beside."""
    here = reverse("admin:actionplan_plan_changelist")
    beside = ("admin:actionplan_plan_matrix", "admin:actionplan_plan_agenda")
    return here in request.path and request.path not in map(reverse, beside)


def lists_reports(request: HttpRequest) -> bool:
    """Whether the menu shows that the reader is at the reports, which the words are beside."""
    here = reverse("admin:reports_report_changelist")
    return here in request.path and request.path != reverse("admin:reports_report_deeds")


def lists_unions(request: HttpRequest) -> bool:
    """Whether the menu shows that the reader is at the list of unions, which the tree is beside."""
    here = reverse("admin:unions_union_changelist")
    return here in request.path and request.path != reverse("admin:unions_union_tree")
