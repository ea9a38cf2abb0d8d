"""The people of a union on its own page: named, released, away, and the chair handed over."""

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from unions.access import NAMED_BY_CHAIR, OF_THE_UNION, Permission, Role, can, require
from unions.authentication import SignedInRequest
from unions.forms import AbsenceForm, HandOverForm, InviteForm
from unions.models import Absence, Appointment, Invitation, Union, User
from unions.queries.colleagues import invitations_to, people_of
from unions.services import absences, handing_over, invitations, people
from unions.tasks import wake_for_invitations
from unions.views.filling_in import ask, once_right, typed

_KEPT = (
    "Chủ tịch hiện nay tiếp tục giữ chức danh; người định nhận bàn giao giữ vai trò như trước. Công"
    " đoàn tỉnh và hai người được báo tin."
)

shown_and_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The unions that a person answers for: one is led to, of several the person chooses."""
    found = list(_own_unions(request.user))
    if len(found) == 1:
        return redirect("people", found[0].code)
    return render(request, "unions/people_index.html", {"unions": found})


@require_safe
def show(request: SignedInRequest, code: str) -> HttpResponse:
    """Who answers for a union, to those who do; what the chair may do with them, to the chair."""
    union = _own_union(request, code)
    names = can(request.user, Permission.NAME_PEOPLE, union)
    shown = {
        "union": union,
        "colleagues": people_of(union),
        "invitations": invitations_to(union) if names else [],
        "names": names,
        "planned": handing_over.planned(union),
        "named_by_chair": NAMED_BY_CHAIR,
    }
    return render(request, "unions/people.html", shown)


@shown_and_sent
def invite(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask somebody to be deputy or clerk: by mail, else on paper."""
    union = _named_by(request, code)
    form = InviteForm(typed(request))

    def do() -> Invitation:
        said = form.cleaned_data
        return invitations.invite(form.guest(), said["role"], union, by=request.user)

    made = once_right(form, do)
    if made is not None:
        return after_inviting(request, made)
    return ask(
        request, form, title="Mời người", under=union.name, button="Mời", back=_page_of(union)
    )


@shown_and_sent
def hand_over(request: SignedInRequest, code: str) -> HttpResponse:
    """Hand the chair over to a colleague, or to somebody who is invited with it."""
    union = _named_by(request, code)
    rows = [colleague.appointment for colleague in people_of(union)]
    form = HandOverForm(typed(request), colleagues=[row for row in rows if row.role != Role.CHAIR])
    done = once_right(form, lambda: _hand_over(request, union, form))
    return done or ask(
        request,
        form,
        title="Bàn giao chức danh Chủ tịch",
        under=union.name,
        note="Mời người khác thì Chủ tịch hiện nay giữ quyền đến khi người được mời nhận lời."
        " Phiếu đang nhập, số liệu các năm và lịch sử của đơn vị tiếp tục với Chủ tịch mới;"
        " những việc đã làm vẫn mang tên người đã làm. Công đoàn tỉnh được báo tin.",
        button="Bàn giao",
        back=_page_of(union),
    )


@shown_and_sent
def keep_chair(request: SignedInRequest, code: str) -> HttpResponse:
    """Take back a hand-over of a day to come."""
    union = _named_by(request, code)
    form = forms.Form(typed(request))
    taken = once_right(form, lambda: handing_over.take_back(union, by=request.user))
    if taken is not None:
        messages.success(request, "Đã bỏ việc bàn giao: Chủ tịch hiện nay tiếp tục.")
        return redirect("people", code)
    texts = {"title": "Bỏ việc bàn giao chức danh Chủ tịch", "button": "Bỏ bàn giao"}
    return ask(request, form, under=union.name, note=_KEPT, back=_page_of(union), **texts)


@shown_and_sent
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    """End the role of a deputy or a clerk today."""
    row = _appointment(request, pk)
    people.require_naming(request.user, row.role, row.union)
    form = forms.Form(typed(request))
    if once_right(form, lambda: people.relieve(row, by=request.user)):
        messages.success(request, f"Đã thôi phân công {row.user}.")
        return redirect("people", row.union.code)
    title, under = f"Thôi phân công {row.user}", f"{row.get_role_display()}, {row.union}"
    note = "Quyền ở đơn vị chấm dứt từ hôm nay. Tài khoản và những việc đã làm vẫn giữ nguyên."
    back = _page_of(row.union)
    return ask(
        request, form, title=title, under=under, note=note, button="Thôi phân công", back=back
    )


@shown_and_sent
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say from when until when oneself, or a deputy or clerk of one's own, is away."""
    row = _appointment(request, pk)
    absences.must_be_theirs(row, request.user)
    form = AbsenceForm(typed(request))
    done = once_right(form, lambda: _leave(request, row, form))
    return done or ask(
        request,
        form,
        title=f"Ghi vắng mặt: {row.user}",
        under=f"{row.get_role_display()}, {row.union}",
        note="Trong thời gian vắng mặt quyền ở đơn vị tạm dừng; Phó Chủ tịch tiếp tục công việc."
        " Có thể trở lại sớm hơn bất cứ lúc nào.",
        button="Ghi vắng mặt",
        back=_back_from(request, row),
    )


@require_POST
def come_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """End an absence today."""
    rows = Absence.objects.select_related("appointment__union__current", "appointment__user")
    theirs = _known_appointments(request.user).values("pk")
    absence = get_object_or_404(rows, pk=pk, appointment__in=theirs)
    absences.come_back(absence, by=request.user)
    messages.success(request, f"{absence.appointment.user} đã trở lại làm việc.")
    return redirect(_back_from(request, absence.appointment))


def after_inviting(request: SignedInRequest, made: Invitation) -> HttpResponse:
    """To the slip of an invitation on paper; the other is mailed at once."""
    if not made.email:
        return redirect("invitation-slip", made.pk)
    wake_for_invitations()
    messages.success(request, f"Đã ghi lời mời; thư tới {made.email} được gửi trong ít phút.")
    return redirect("people", made.union.code)


def _own_unions(user: User) -> QuerySet[Union]:
    """The unions that a person answers for today."""
    own = [held.union_id for held in user.roles if held.role in OF_THE_UNION]
    return Union.objects.filter(pk__in=own).select_related("current").order_by("code")


def _own_union(request: SignedInRequest, code: str) -> Union:
    return get_object_or_404(_own_unions(request.user), code=code)


def _named_by(request: SignedInRequest, code: str) -> Union:
    union = _own_union(request, code)
    require(request.user, Permission.NAME_PEOPLE, union)
    return union


def _known_appointments(user: User) -> QuerySet[Appointment]:
    """A person's own roles, resting ones too, and those at the unions the person answers for."""
    beside = Q(union__in=_own_unions(user).values("pk"), role__in=OF_THE_UNION)
    return Appointment.objects.filter(Q(user=user) | beside)


def _appointment(request: SignedInRequest, pk: int) -> Appointment:
    rows = _known_appointments(request.user).select_related("user", "union__current")
    return get_object_or_404(rows, pk=pk)


def _hand_over(request: SignedInRequest, union: Union, form: HandOverForm) -> HttpResponse:
    on = form.cleaned_data["on"]
    made = handing_over.hand_over(union, form.new_chair(), on=on, by=request.user)
    if made is not None:
        messages.success(
            request, f"Đã mời {made.invited}; bạn vẫn là Chủ tịch đến khi người đó nhận lời."
        )
        return after_inviting(request, made)
    messages.success(request, f"Đã bàn giao chức danh Chủ tịch từ ngày {on:%d/%m/%Y}.")
    _warn(request, people.alone_without_submitter(union, on))
    return redirect("home")


def _leave(request: SignedInRequest, row: Appointment, form: AbsenceForm) -> HttpResponse:
    said = form.cleaned_data
    absences.leave(row, said["since"], said["until"], by=request.user)
    messages.success(request, "Đã ghi vắng mặt.")
    _warn(request, people.alone_without_submitter(row.union, said["since"]))
    return redirect(_back_from(request, row))


def _warn(request: SignedInRequest, sentence: str) -> None:
    if sentence:
        messages.warning(request, sentence)


def _back_from(request: SignedInRequest, row: Appointment) -> str:
    return reverse("profile") if row.user_id == request.user.pk else _page_of(row.union)


def _page_of(union: Union) -> str:
    return reverse("people", args=[union.code])
