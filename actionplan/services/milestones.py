"""What happens to milestones: set, changed, how they stand; what unions contribute to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from actionplan.models import Breakthrough, Contribution, Milestone
from actionplan.workflow import Status
from unions.access import Permission, require
from unions.errors import Gone, RuleBroken
from unions.models import Evidence, Union, User
from unions.scoping import keys_of
from unions.services import evidence, journal
from unions.services.days import must_be_of_our_time
from unions.vietnamese import trimmed, written

_OVER = {Status.DONE, Status.DROPPED}


@dataclass(frozen=True, slots=True)
class Goal:
    """A milestone as it is typed."""

    breakthrough: Breakthrough
    title: str
    owner: str
    due_on: date
    text: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a milestone stands: the result of one that was reached, why one was given up."""

    status: Status
    done_on: date | None = None
    result: str = ""
    uploads: Sequence["UploadedFile[bytes]"] = ()
    removed: Sequence[Evidence] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What a union says it did for a milestone by a day."""

    on: date
    text: str
    uploads: Sequence["UploadedFile[bytes]"] = ()


@transaction.atomic
def set_up(goal: Goal, *, by: User | None) -> Milestone:
    """Set a milestone of a breakthrough (đặt mốc)."""
    require(by, Permission.DIRECT, goal.breakthrough.programme.union)
    _must_be_right(goal)
    milestone = Milestone.objects.create(**_fields(goal))
    _tell_journal(f"Đặt {milestone}, hạn {written(goal.due_on)}", milestone, by=by)
    return milestone


@transaction.atomic
def amend(milestone: Milestone, goal: Goal, *, by: User | None) -> Milestone:
    """Let a milestone say something else; where its day moves, the journal keeps the old one."""
    milestone = locked(milestone, by=by)
    require(by, Permission.DIRECT, goal.breakthrough.programme.union)
    _must_be_right(goal)
    before = milestone.due_on
    for name, value in _fields(goal).items():
        setattr(milestone, name, value)
    milestone.save()
    moved = f", hạn từ {written(before)} thành {written(goal.due_on)}"
    _tell_journal(f"Sửa {milestone}{moved if before != goal.due_on else ''}", milestone, by=by)
    return milestone


@transaction.atomic
def stand(milestone: Milestone, outcome: Outcome, *, by: User | None) -> Milestone:
    """Say how a milestone stands (ghi tình trạng), with what proves it."""
    milestone = locked(milestone, by=by)
    _must_be_told(outcome)
    milestone.status, milestone.result = outcome.status, trimmed(outcome.result)
    milestone.done_on = outcome.done_on if outcome.status == Status.DONE else None
    milestone.save()
    milestone.evidence.remove(*outcome.removed)
    for upload in outcome.uploads:
        beside = milestone.evidence.all()
        milestone.evidence.add(evidence.keep(milestone.union, upload, by=by, beside=beside))
    label = milestone.get_status_display().lower()
    _tell_journal(f"Ghi tình trạng {milestone}: {label}", milestone, by=by)
    return milestone


@transaction.atomic
def contribute(
    milestone: Milestone, union: Union, share: Share, *, by: User | None
) -> Contribution:
    """Note what a union did for a milestone (ghi đóng góp): the union itself, of its province's."""
    require(by, Permission.DRAW_UP_PLANS, union)
    if milestone.union.pk not in keys_of(union.path)[:-1] or union.current is None:
        raise RuleBroken(f"{union} không thuộc đơn vị đặt {milestone}.")
    _must_be_done(union, share)
    noted = Contribution.objects.create(
        milestone=milestone,
        union=union,
        placement=union.current,
        on=share.on,
        text=trimmed(share.text),
        by=by,
    )
    for upload in share.uploads:
        noted.evidence.add(evidence.keep(union, upload, by=by, beside=noted.evidence.all()))
    journal.record(f"Ghi đóng góp của {union} vào {milestone}", by=by, about=noted)
    return noted


@transaction.atomic
def take_back(noted: Contribution, *, by: User | None) -> None:
    """Take a contribution back that was noted by mistake; the journal keeps what it said."""
    require(by, Permission.DRAW_UP_PLANS, noted)
    journal.record(
        f"Bỏ đóng góp của {noted.union} vào {noted.milestone}: {noted.text}", by=by, about=noted
    )
    noted.delete()


def locked(milestone: Milestone, *, by: User | None) -> Milestone:
    """The milestone as it stands, held until the transaction ends, for who directs there."""
    rows = Milestone.objects.select_related("breakthrough__programme__union__current")
    found = rows.select_for_update(of=("self",)).filter(pk=milestone.pk).first()
    if found is None:
        raise Gone("Mốc này không còn nữa. Chưa ghi gì vào cổng.")
    require(by, Permission.DIRECT, found.union)
    return found


def _fields(goal: Goal) -> dict[str, object]:
    return {
        "breakthrough": goal.breakthrough,
        "title": trimmed(goal.title),
        "owner": trimmed(goal.owner),
        "due_on": goal.due_on,
        "text": trimmed(goal.text),
        "asked": trimmed(goal.asked),
    }


def _must_be_right(goal: Goal) -> None:
    if goal.breakthrough.dropped:
        raise RuleBroken("Chương trình không còn khâu đột phá này.", about="breakthrough")
    if not trimmed(goal.title):
        raise RuleBroken("Hãy ghi mốc phải đạt.", about="title")
    if not trimmed(goal.owner):
        raise RuleBroken("Hãy ghi người hoặc bộ phận phụ trách.", about="owner")
    must_be_of_our_time(goal.due_on, "Ngày hoàn thành", about="due_on")
    first, last = goal.breakthrough.programme.term_from, goal.breakthrough.programme.term_to
    if not first <= goal.due_on.year <= last:
        raise RuleBroken(
            f"Ngày hoàn thành {written(goal.due_on)} ở ngoài nhiệm kỳ {first}-{last} của chương"
            " trình.",
            about="due_on",
        )


def _must_be_told(outcome: Outcome) -> None:
    if outcome.status in _OVER and not trimmed(outcome.result):
        what = "kết quả đạt được" if outcome.status == Status.DONE else "lý do thôi làm"
        raise RuleBroken(f"Hãy ghi {what}.", about="result")
    if outcome.status != Status.DONE:
        return
    if outcome.done_on is None:
        raise RuleBroken("Hãy ghi ngày đạt mốc.", about="done_on")
    must_be_of_our_time(outcome.done_on, "Ngày đạt", about="done_on")
    if outcome.done_on > timezone.localdate():
        raise RuleBroken(f"Ngày đạt {written(outcome.done_on)} chưa đến.", about="done_on")


def _must_be_done(union: Union, share: Share) -> None:
    if not trimmed(share.text):
        raise RuleBroken("Hãy ghi một câu về việc đơn vị đã làm.", about="text")
    must_be_of_our_time(share.on, "Ngày", about="on")
    if share.on > timezone.localdate():
        raise RuleBroken(
            f"Ngày {written(share.on)} chưa đến. Hãy ghi ngày việc đã làm.", about="on"
        )
    if share.on < union.founded_on:
        raise RuleBroken(
            f"Ngày {written(share.on)} ở trước ngày {union} được thành lập.", about="on"
        )


def _tell_journal(sentence: str, milestone: Milestone, *, by: User | None) -> None:
    journal.record(sentence, by=by, about=milestone, union_id=milestone.union.pk)
