"""Indicators and targets at the desk."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

from actionplan.admin.parts import PaperForm, earlier
from actionplan.queries import known_to
from actionplan.services.programmes import seat
from indicators.admin import targets
from indicators.admin.aiming import AssignmentForm, TargetForm, typed_target
from indicators.admin.filters import GONE, HOLDS, InForce, OfProgramme
from indicators.admin.marks import shown_on
from indicators.admin.sources import SourcesForm
from indicators.aggregation import Goal, Operator
from indicators.models import Indicator, Target
from indicators.queries.assigned import distribution, told_taken_back
from indicators.queries.definitions import told_how
from indicators.services import indicators, seen
from indicators.services.assignment_lists import assign_list
from indicators.services.assignments import Assigned
from indicators.services.telling import told_whom
from unions.access import Permission, Place
from unions.admin import fields
from unions.admin.desk import DeskAdmin, act, typed
from unions.models import Union
from unions.quantities import Style

_REMOVED = "-"


class WordingForm(PaperForm):
    """What an indicator is called, and how a chair is asked."""

    name = fields.words("Tên chỉ tiêu", rows=3, max_length=500)
    text = fields.words("Nguyên văn trong chương trình", rows=4, required=False)
    question = fields.words("Câu hỏi cho đơn vị", rows=3, required=False)

    field_order = ["name", "text", "question", "number", "in_force_on"]


@admin.register(Indicator)
class IndicatorAdmin(DeskAdmin):
    """Chỉ tiêu."""

    writes = Permission.MANAGE_PROGRAMMES
    list_display = ["code", "name", "of_programme", "kind", "audience", "target", "standing"]
    list_display_links = ["code", "name"]
    list_filter = [InForce, OfProgramme, "audience", "kind"]
    search_fields = ["code", "name"]
    fields = [
        *("programme", "code", "name", "text", "question", "kind", "audience", "horizon", "unit"),
        *("due_year", "put_together", "denominator", "condition", "reached_when", "parent"),
        *(
            "may_not_arise",
            "target",
            "headcount",
            "counted_from",
            "past_targets",
            "dropped",
            "earlier",
        ),
    ]
    actions_detail = ["reword", "aim", "assign", "start_from"]

    def visible(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        seen = known_to(request.user, self.reads)
        found = rows.filter(programme__in=seen.values("pk"))
        return found.select_related("programme__union__current", "parent").prefetch_related(
            "targets"
        )

    def place_of(self, row: Indicator, request: HttpRequest) -> Place:
        return seat(row.programme, request.user)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only people are counted from a headcount, and amounts are assigned of sums and plans."""
        found = super().get_actions_detail(request, object_id)
        indicator = self.get_object(request, object_id)
        if indicator is None:
            return found
        offered = {"_start_from": "headcount" in indicator.rule.takes}
        offered["_assign"] = indicator.rule.assignable
        away = tuple(name for name, there in offered.items() if not there)
        return [action for action in found if not away or not action.action_name.endswith(away)]

    @display(description="tính là đạt khi")
    def reached_when(self, indicator: Indicator) -> str:
        return indicator.rule.reached_when

    @display(description="cách gộp các năm")
    def put_together(self, indicator: Indicator) -> str:
        return told_how(indicator)

    @display(description="chương trình", ordering="programme")
    def of_programme(self, indicator: Indicator) -> str:
        return f"{indicator.programme.number}, nhiệm kỳ {indicator.programme.term}"

    @display(description="tình trạng", label={GONE: "warning", HOLDS: "success"})
    def standing(self, indicator: Indicator) -> str:
        return GONE if indicator.dropped else HOLDS

    @display(description="lời văn trước đây")
    def earlier(self, indicator: Indicator) -> SafeString | str:
        return earlier(indicator)

    @display(description="mức phấn đấu")
    def target(self, indicator: Indicator) -> str:
        return "; ".join(_told(indicator, one) for one in indicator.targets.all())

    @display(description="các mức phấn đấu đã đặt")
    def past_targets(self, indicator: Indicator) -> SafeString:
        rows = Target.history.filter(indicator=indicator).select_related("history_user")
        lines = [
            (
                f"{row.history_date.astimezone():%d/%m/%Y}",
                "bỏ " if row.history_type == _REMOVED else "",
                _told(indicator, row),
                row.history_user or "",
            )
            for row in rows
        ]
        return format_html_join("", "<p>{}: {}{} {}</p>", lines)

    @act("Sửa lời văn", path="sua", icon="edit")
    def reword(self, request: HttpRequest, indicator: Indicator) -> HttpResponse:
        known = {name: getattr(indicator, name) for name in ("name", "text", "question")}
        form = WordingForm(typed(request), initial=known)

        def do() -> str:
            said = form.cleaned_data
            indicators.amend(
                indicator,
                name=said["name"],
                question=said["question"],
                text=said["text"] if "text" in form.data else None,
                by=request.user,
                paper=form.paper(),
            )
            return "Đã lưu chỉ tiêu."

        return self.ask(
            request,
            form,
            do,
            title=f"Sửa chỉ tiêu {indicator.code}",
            button="Lưu",
            back=self.row_url(indicator),
        )

    @act("Nguồn số liệu", path="nguon-mau-so", icon="groups")
    def start_from(self, request: HttpRequest, indicator: Indicator) -> HttpResponse:
        known = {name: getattr(indicator, name) for name in SourcesForm.base_fields}
        form = SourcesForm(typed(request), initial=known)

        def do() -> str:
            said = form.cleaned_data
            indicators.start_from(indicator, said["headcount"], by=request.user)
            indicators.count_from(indicator, said["counted_from"], by=request.user)
            return "Đã lưu nguồn của mẫu số và tử số."

        return self.ask(
            request,
            form,
            do,
            title=f"Nguồn số liệu của chỉ tiêu {indicator.code}",
            button="Lưu",
            note=f"{indicator.name}. Phiếu số liệu điền sẵn mẫu số của đơn vị tại ngày gần ngày"
            " chốt số liệu nhất; đơn vị sửa được, khác nhiều thì phải giải trình. Tử số chỉ được đề"
            " nghị, đơn vị bấm lấy.",
            back=self.row_url(indicator),
        )

    @act("Đặt mức phấn đấu", path="muc-phan-dau", icon="target")
    def aim(self, request: HttpRequest, indicator: Indicator) -> HttpResponse:
        """One target at a time; those there are stand beneath, each a link that fills it in."""
        known = list(indicator.targets.all())
        chosen = _chosen(known, request.GET.get("muc", ""))
        initial = typed_target(indicator, chosen)
        form = TargetForm(typed(request), initial=initial, indicator=indicator)
        form.shown = shown_on(request, seen.of_targets(indicator))

        def do() -> str:
            said = form.cleaned_data
            goal = targets.goal(said["operator"], said["first"], said["last"])
            shown, form.shown = form.shown, seen.of_targets(indicator)
            indicators.set_target(indicator, goal, form.whom, by=request.user, shown=shown)
            return "Đã lưu mức phấn đấu."

        return self.ask(
            request,
            form,
            do,
            template="admin/aiming.html",
            title=f"Mức phấn đấu của chỉ tiêu {indicator.code}",
            button="Lưu",
            note=f"{indicator.name}. {_unit_note(indicator)} Để trống nếu không đặt, hoặc để bỏ mức"
            " phấn đấu của năm và nhóm đã chọn.",
            known=[(one, _told(indicator, one)) for one in known],
            back=self.row_url(indicator),
        )

    @act("Giao chỉ tiêu", path="giao-chi-tieu", icon="assignment")
    def assign(self, request: HttpRequest, indicator: Indicator) -> HttpResponse:
        """A whole list at once: nothing is set while a line of it is wrong."""
        year = _year(indicator, request.GET.get("nam", ""))
        form = AssignmentForm(typed(request), initial={"year": str(year)}, indicator=indicator)
        form.shown = shown_on(request, seen.of_amounts(indicator))

        def do() -> HttpResponse:
            said = form.cleaned_data
            decision = (said["decision_number"], said["decided_on"])
            given = {
                union: None if one is None else Assigned(one, *decision)
                for union, one in said["amounts"].items()
            }
            of_year = int(said["year"])
            shown, form.shown = form.shown, seen.of_amounts(indicator)
            changed = assign_list(indicator, of_year, given, by=request.user, shown=shown)
            messages.success(request, _told_given(indicator, of_year, changed, given))
            return redirect(f"{request.path}?nam={of_year}")

        return self.ask(
            request,
            form,
            do,
            template="admin/assigning.html",
            title=f"Giao chỉ tiêu {indicator.code}",
            button="Giao",
            note=f"{indicator.name}. Mỗi dòng một đơn vị: mã đơn vị; số giao. Có thể dán hai cột từ"
            f" Excel. {_amount_note(indicator)} Số đã giao trước vẫn được giữ lại bên dưới. Để thu"
            " hồi số đã giao nhầm, ghi “bỏ” thay cho số: đơn vị không còn số giao nào của năm đó."
            " Quyết định trước không tự có hiệu lực lại; muốn dùng lại thì giao lại số và quyết"
            " định đó, hoặc ghi thẳng số đúng mà không cần “bỏ”.",
            distribution=distribution(indicator, year),
            years=indicator.programme.reporting_years,
            back=self.row_url(indicator),
        )


def _told_given(
    indicator: Indicator, year: int, changed: list[Union], given: dict[Union, Assigned | None]
) -> str:
    taken = [union for union in changed if given[union] is None]
    count = len(changed) - len(taken)
    told = [
        *([f"Đã giao cho {count} đơn vị."] if count else []),
        *([told_taken_back(indicator, year, taken)] if taken else []),
    ]
    return " ".join(told) or "Không có gì thay đổi: các đơn vị đã được giao đúng số này."


def _told(indicator: Indicator, target: Any) -> str:
    """A target, or what history keeps of one, with its year and group."""
    goal = Goal(Operator(target.operator), target.low, target.high)
    whom = told_whom(target.year, target.group).removeprefix(", ")
    text = indicator.rule.goal_told(goal)
    return f"{whom}: {text}" if whom else text


def _unit_note(indicator: Indicator) -> str:
    if indicator.rule.style is Style.PERCENT:
        return "Tỷ lệ ghi bằng phần trăm, ví dụ 85."
    return f"Đơn vị tính: {indicator.unit}." if indicator.unit else ""


def _amount_note(indicator: Indicator) -> str:
    money = indicator.rule.style is Style.MONEY
    unit = indicator.unit if money else indicator.rule.assigned_in(indicator.unit)
    return f"Đơn vị tính: {unit}, ví dụ 1.250." if unit else ""


def _chosen(known: list[Target], key: str) -> Target | None:
    """The target that was chosen; else the one for everyone in every year."""
    chosen = next((one for one in known if str(one.pk) == key), None)
    return chosen or next((one for one in known if one.year is None and not one.group), None)


def _year(indicator: Indicator, asked: str) -> int:
    """The year that was asked for; else this year, or the last one that is reported on."""
    years = indicator.programme.reporting_years
    this = timezone.localdate().year
    wanted = (year for year in years if str(year) == asked)
    return next(wanted, this if this in years else max(years))
