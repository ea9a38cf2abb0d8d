"""A union changes its chair in one step: the one goes and the other comes on the same day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from unions.access import NAMED_BY_CHAIR, Permission, Role, can, require
from unions.errors import RuleBroken
from unions.models import Appointment, Invitation, Union, User
from unions.services import invitations, journal, passing_on, people
from unions.services.days import must_be_of_our_time
from unions.services.invitations import Guest


@dataclass(frozen=True, slots=True)
class Planned:
    """A hand-over of a day to come: who goes, and who comes."""

    outgoing: list[Appointment]
    incoming: Appointment

    @property
    def on(self) -> date:
        """The day on which the one goes and the other comes."""
        return self.incoming.valid_from


@transaction.atomic
def hand_over(
    union: Union, successor: User | Guest, *, on: date, by: User | None
) -> Invitation | None:
    """Give the chair's role to `successor` from `on`, or invite who has no account yet.

    The old chair's role ends on that day; where somebody is invited, only once that person has
    accepted, so that the union is never without a chair. What the chair worked at belongs to the
    union, and so passes on by itself; what was done keeps the name of who did it. The officers of
    the province are told. The chair does it for days to come; the administrator also for a day that
    is past.
    """
    _may(union, by)
    _must_be_a_day(union, on, by)
    # two at once: the second finds the first one's chair
    Union.objects.select_for_update().get(pk=union.pk)
    _must_not_be_planned(union)
    outgoing = passing_on.outgoing_on(union, on)
    if not outgoing:
        raise RuleBroken(
            f"{union} hiện không có Chủ tịch để bàn giao. Hãy phân công hoặc mời Chủ tịch mới."
        )
    if isinstance(successor, User):
        passing_on.pass_on(union, successor, on, by=by)
        return None
    return _invite(union, successor, outgoing, on, by)


def planned(union: Union) -> Planned | None:
    """The hand-over of a day to come, if somebody with an account is to take over. One statement.

    Where somebody was invited and has not accepted, nothing is decided yet.
    """
    rows = passing_on.chairs(union, timezone.localdate())
    for incoming in rows:
        outgoing = [row for row in rows if row.valid_to == incoming.valid_from]
        if outgoing and incoming.valid_from > timezone.localdate():
            return Planned(outgoing, incoming)
    return None


@transaction.atomic
def take_back(union: Union, *, by: User | None) -> Planned:
    """Let a hand-over of a day to come not be: the chair stays, and the other never was.

    What the other was besides, deputy or clerk, goes on.
    """
    _may(union, by)
    Union.objects.select_for_update().get(pk=union.pk)
    found = planned(union)
    if found is None:
        raise RuleBroken(f"{union} không có việc bàn giao chức danh Chủ tịch nào chưa đến ngày.")
    on, incoming = found.on, found.incoming
    people.end(incoming, on, by=by)
    besides = Appointment.objects.filter(
        union=union, user=incoming.user_id, role__in=NAMED_BY_CHAIR, valid_to=on
    )
    for row in (*found.outgoing, *besides):
        row.valid_to = None
        row.save()
    keys = {"old_chairs": [row.user_id for row in found.outgoing], "new_chair": incoming.user_id}
    sentence = f"Bỏ việc bàn giao chức danh Chủ tịch của {union} từ ngày {on:%d/%m/%Y}"
    journal.record(sentence, by=by, about=union, union_id=union.pk, details=keys)
    codes = ("office_kept", "office_kept_at_desk")
    passing_on.tell(
        union, found.outgoing, [incoming], by, codes=codes, on=on, name=incoming.user.full_name
    )
    return found


def _may(union: Union, by: User | None) -> None:
    """The administrator may, and the chair who is in office."""
    if by is None or not can(by, Permission.NAME_PEOPLE, union):
        require(by, Permission.MANAGE_PEOPLE, union)


def _must_be_a_day(union: Union, on: date, by: User | None) -> None:
    must_be_of_our_time(on, "Ngày bàn giao")
    if by is None or can(by, Permission.MANAGE_PEOPLE, union):
        return
    if on < timezone.localdate():
        raise RuleBroken("Ngày bàn giao không được trước hôm nay.")


def _must_not_be_planned(union: Union) -> None:
    """One hand-over at a time; an invitation that has ended stands in nobody's way."""
    if found := planned(union):
        raise RuleBroken(
            f"{union} đã bàn giao chức danh Chủ tịch cho {found.incoming.user} từ ngày"
            f" {found.on:%d/%m/%Y}. Hãy bỏ việc bàn giao đó trước."
        )
    open_ones = Invitation.objects.filter(union=union, hands_over=True)
    if waiting := open_ones.in_state(Invitation.State.WAITING).first():
        raise RuleBroken(
            f"Đã mời {waiting.invited} nhận bàn giao chức danh Chủ tịch của {union}. Hãy thu hồi"
            " lời mời đó trước."
        )
    expired = open_ones.in_state(Invitation.State.EXPIRED)
    expired.update(withdrawn_at=timezone.now())


def _invite(
    union: Union, guest: Guest, outgoing: Sequence[Appointment], on: date, by: User | None
) -> Invitation:
    """Hold out the office; it is the chair's until somebody has accepted."""
    made = invitations.issue(guest, Role.CHAIR, union, by=by, since=on, hands_over=True)
    keys = {"old_chairs": [row.user_id for row in outgoing]}
    sentence = f"Mời nhận bàn giao chức danh Chủ tịch của {union} từ ngày {on:%d/%m/%Y}"
    journal.record(sentence, by=by, about=union, union_id=union.pk, details=keys)
    passing_on.tell(union, outgoing, [], by, on=on, name=guest.full_name, invited=True)
    return made
