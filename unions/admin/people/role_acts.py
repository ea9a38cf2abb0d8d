"""What is done at the desk with a person's roles."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from unions.access import Role
from unions.admin.desk import act, typed
from unions.admin.people.forms import AbsenceForm, HandOverForm, HeldForm, RelieveForm, RoleForm
from unions.models import Absence, Appointment, Invitation, User
from unions.services import absences, handing_over, people
from unions.tasks import wake_for_invitations


class RoleActs:
    """Acts on the page of one person; goes before DeskAdmin."""

    @act("Phân công", path="phan-cong", icon="badge")
    def appoint(self, request: HttpRequest, user: User) -> HttpResponse:
        form = RoleForm(typed(request), unions=self._unions(request))

        def do() -> str:
            said = form.cleaned_data
            people.appoint(
                user, said["role"], said["union"], by=request.user, since=said["valid_from"]
            )
            return "Đã phân công."

        return self._ask_of(request, form, do, user, title=f"Phân công {user}", button="Phân công")

    @act("Thôi phân công", path="thoi-phan-cong", icon="person_remove")
    def relieve(self, request: HttpRequest, user: User) -> HttpResponse:
        form = RelieveForm(typed(request), held=self._held(user))

        def do() -> str:
            row = form.appointment()
            people.relieve(row, by=request.user, on=form.cleaned_data["valid_to"])
            return "Đã thôi phân công."

        return self._ask_of(
            request, form, do, user, title=f"Thôi phân công {user}", button="Thôi phân công"
        )

    @act("Bàn giao chức danh Chủ tịch", path="ban-giao", icon="swap_horiz")
    def hand_over(self, request: HttpRequest, user: User) -> HttpResponse:
        held = self._held(user).filter(role=Role.CHAIR)
        form = HandOverForm(
            typed(request), held=held, people=self.get_queryset(request).filter(is_active=True)
        )

        def do() -> HttpResponse:
            union, on = form.appointment().union, form.cleaned_data["on"]
            made = handing_over.hand_over(union, form.new_chair(), on=on, by=request.user)
            if made is not None:
                return after_inviting(request, made)
            messages.success(request, f"Đã bàn giao chức danh Chủ tịch của {union}.")
            self._warn(request, people.alone_without_submitter(union, on))
            return redirect(self.row_url(user))

        return self._ask_of(
            request,
            form,
            do,
            user,
            title=f"Bàn giao chức danh Chủ tịch của {user}",
            button="Bàn giao",
            note="Quyền của Chủ tịch cũ chấm dứt từ ngày bàn giao; mời người chưa có tài khoản thì"
            " từ khi người đó nhận lời. Phiếu đang nhập, số liệu và lịch"
            " sử của đơn vị tiếp tục với Chủ tịch mới; việc đã làm vẫn mang tên người đã làm.",
        )

    @act("Bỏ việc bàn giao chưa đến ngày", path="bo-ban-giao", icon="undo")
    def keep_chair(self, request: HttpRequest, user: User) -> HttpResponse:
        today = timezone.localdate()
        offices = user.appointments.ending_after(today).filter(role=Role.CHAIR)
        form = HeldForm(typed(request), held=offices.select_related("union__current"))

        def do() -> str:
            handing_over.take_back(form.appointment().union, by=request.user)
            return "Đã bỏ việc bàn giao: Chủ tịch hiện nay tiếp tục."

        return self._ask_of(
            request,
            form,
            do,
            user,
            title="Bỏ việc bàn giao chức danh Chủ tịch",
            button="Bỏ bàn giao",
            note="Chủ tịch hiện nay tiếp tục giữ chức danh; người định nhận bàn giao giữ vai trò"
            " như trước. Việc bàn giao đang chờ người được mời nhận lời thì bỏ bằng cách thu hồi"
            " lời mời.",
        )

    @act("Ghi vắng mặt", path="vang-mat", icon="event_busy")
    def leave(self, request: HttpRequest, user: User) -> HttpResponse:
        form = AbsenceForm(typed(request), held=self._held(user))

        def do() -> str:
            row, said = form.appointment(), form.cleaned_data
            absences.leave(row, said["since"], said["until"], by=request.user)
            self._warn(request, people.alone_without_submitter(row.union, said["since"]))
            return "Đã ghi vắng mặt."

        return self._ask_of(
            request,
            form,
            do,
            user,
            title=f"Ghi vắng mặt: {user}",
            button="Ghi vắng mặt",
            note="Trong thời gian vắng mặt vai trò này tạm dừng; người đó có thể trở lại sớm hơn.",
        )

    @act("Trở lại làm việc", path="tro-lai", icon="event_available")
    def come_back(self, request: HttpRequest, user: User) -> HttpResponse:
        away = self._held(user).filter(pk__in=absences.to_come().values("appointment"))
        form = HeldForm(typed(request), held=away)

        def do() -> str:
            first = absences.to_come().filter(appointment=form.appointment()).earliest("valid_from")
            absences.come_back(_whole(first), by=request.user)
            return "Đã ghi trở lại làm việc."

        return self._ask_of(
            request, form, do, user, title=f"Trở lại làm việc: {user}", button="Trở lại làm việc"
        )

    def _held(self, user: User) -> QuerySet[Appointment]:
        return user.appointments.filter(valid_to__isnull=True).select_related("union__current")

    def _ask_of(
        self, request: HttpRequest, form: Any, do: Any, user: User, **texts: Any
    ) -> HttpResponse:
        """As `ask`, on the way from and to the page of one person."""
        return self.ask(request, form, do, back=self.row_url(user), **texts)

    def _warn(self, request: HttpRequest, sentence: str) -> None:
        if sentence:
            messages.warning(request, sentence)


def after_inviting(request: HttpRequest, made: Invitation) -> HttpResponse:
    """To the slip of an invitation on paper; the other is mailed at once."""
    if not made.email:
        return redirect("admin:unions_invitation_slip", made.pk)
    wake_for_invitations()
    messages.success(request, f"Đã ghi lời mời; thư tới {made.email} được gửi trong ít phút.")
    return redirect(reverse("admin:unions_invitation_changelist"))


def _whole(absence: Absence) -> Absence:
    rows = Absence.objects.select_related("appointment__union__current", "appointment__user")
    return rows.get(pk=absence.pk)
