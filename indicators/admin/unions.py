"""The page of a union at the desk, its submissions included."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.decorators import display

from indicators.models import Submission
from unions.admin.desk import DeskInline
from unions.admin.headcounts import HeadcountInline
from unions.admin.unions import JournalInline, PeopleInline, PlacementInline, UnionDesk
from unions.models import Union


class SubmissionInline(DeskInline):
    model = Submission
    fk_name = "union"
    verbose_name_plural = "Phiếu số liệu"
    fields = ["page", "state", "submitted_at", "verified_at", "approved_at"]
    tab = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("period", "placement")

    @display(description="kỳ báo cáo")
    def page(self, submission: Submission) -> SafeString:
        address = reverse("admin:indicators_submission_change", args=[submission.pk])
        return format_html('<a class="desk-anchor" href="{}">{}</a>', address, submission.period)


@admin.register(Union)
class UnionAdmin(UnionDesk):
    """Đơn vị công đoàn."""

    inlines = [SubmissionInline, PlacementInline, HeadcountInline, PeopleInline, JournalInline]
