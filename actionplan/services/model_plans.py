"""What a province writes into its model plans: a year, a due day, items; then it issues them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from actionplan.calendar import first_day, last_day
from actionplan.models import ModelItem, ModelPlan, Programme, TaskGroup
from unions.access import Permission, require
from unions.errors import Gone, RuleBroken
from unions.models import Calendar, User
from unions.services import journal
from unions.services.days import must_be_of_our_time
from unions.vietnamese import trimmed, written


@dataclass(frozen=True, slots=True)
class Proposal:
    """A model item as it is typed; `offered_to` and `asked_of` are types of union."""

    group: TaskGroup
    what: str
    who: str
    starts_on: date
    due_on: date
    offered_to: Sequence[str] = ()
    asked_of: Sequence[str] = ()

    def stored(self) -> dict[str, Any]:
        """As the row keeps it; what is asked of a type need not be offered to it."""
        return {
            "group": self.group,
            "what": trimmed(self.what),
            "who": trimmed(self.who),
            "starts_on": self.starts_on,
            "due_on": self.due_on,
            "offered_to": [one for one in self.offered_to if one not in self.asked_of],
            "asked_of": list(self.asked_of),
        }


@transaction.atomic
def set_up(programme: Programme, year: int, due_on: date, *, by: User | None) -> ModelPlan:
    """Begin the model plan of a year (lập kế hoạch mẫu); no union sees it yet."""
    require(by, Permission.DIRECT, programme.union)
    must_be_of_our_time(due_on, "Ngày gửi kế hoạch", about="due_on")
    if year not in programme.years:
        raise RuleBroken(f"Năm {year} không thuộc các năm của chương trình.", about="year")
    model, created = ModelPlan.objects.get_or_create(
        programme=programme, year=year, defaults={"due_on": due_on}
    )
    if not created:
        raise RuleBroken(f"Năm {year} đã có kế hoạch mẫu. Hãy sửa bản đó.", about="year")
    _tell(f"Lập {model}, đơn vị gửi trước ngày {written(due_on)}", model, by=by)
    return model


@transaction.atomic
def move_due_day(model: ModelPlan, due_on: date, *, by: User | None) -> None:
    """Let unions hand their plans in by another day."""
    require(by, Permission.DIRECT, model.union)
    must_be_of_our_time(due_on, "Ngày gửi kế hoạch", about="due_on")
    before, model.due_on = model.due_on, due_on
    model.save(update_fields=["due_on"])
    _tell(f"Đổi ngày gửi của {model} từ {written(before)} thành {written(due_on)}", model, by=by)


@transaction.atomic
def issue(model: ModelPlan, *, by: User | None) -> None:
    """Let unions see it (ban hành): from now on what is asked of them has to stand in their plans.

    RuleBroken while it has no item.
    """
    require(by, Permission.DIRECT, model.union)
    if not model.items.exists():
        raise RuleBroken(f"Chưa thể ban hành: {model} chưa có việc nào.")
    count = ModelPlan.objects.filter(pk=model.pk, issued_at=None).update(issued_at=timezone.now())
    if count:
        _tell(f"Ban hành {model}", model, by=by)


@transaction.atomic
def propose(model: ModelPlan, proposal: Proposal, *, by: User | None) -> ModelItem:
    """Put an item into a model plan (thêm việc mẫu)."""
    require(by, Permission.DIRECT, model.union)
    _must_fit(model, proposal)
    item = ModelItem.objects.create(model=model, **proposal.stored())
    _tell(f"Thêm việc “{item}” vào {model}", model, by=by)
    return item


@transaction.atomic
def amend(item: ModelItem, proposal: Proposal, *, by: User | None) -> None:
    """Let a model item say something else; what unions took from it stays as they took it."""
    item = _locked(item, by=by)
    _must_fit(item.model, proposal)
    for name, value in proposal.stored().items():
        setattr(item, name, value)
    item.save()
    _tell(f"Sửa việc “{item}” của {item.model}", item.model, by=by)


@transaction.atomic
def take_out(item: ModelItem, *, by: User | None) -> None:
    """Take an item out that no union has answered to yet."""
    item = _locked(item, by=by)
    if item.taken.exists() or item.reasons.exists():
        raise RuleBroken(
            f"Không thể bỏ “{item}”: đã có đơn vị đưa vào kế hoạch hoặc ghi lý do. Hãy sửa việc để"
            " không loại hình nào bắt buộc nữa."
        )
    _tell(f"Bỏ việc “{item}” khỏi {item.model}", item.model, by=by)
    item.delete()


def _locked(item: ModelItem, *, by: User | None) -> ModelItem:
    rows = ModelItem.objects.select_for_update(of=("self",))
    row = rows.select_related("model__programme__union__current").filter(pk=item.pk).first()
    if row is None:
        raise Gone("Việc mẫu này đã được bỏ.")
    require(by, Permission.DIRECT, row.union)
    return row


def _must_fit(model: ModelPlan, proposal: Proposal) -> None:
    if proposal.group.programme_id != model.programme_id or proposal.group.dropped:
        raise RuleBroken("Chương trình không có nhóm nhiệm vụ này.", about="group")
    if not (proposal.offered_to or proposal.asked_of):
        raise RuleBroken(
            "Hãy chọn ít nhất một loại hình đơn vị, để chọn hoặc bắt buộc.", about="offered_to"
        )
    if proposal.due_on < proposal.starts_on:
        raise RuleBroken("“Đến ngày” ở trước “từ ngày”.", about="due_on")
    # of either calendar: what a union takes over is brought into its own year
    first = first_day(model.year, Calendar.SCHOOL_YEAR)
    last = last_day(model.year, Calendar.CALENDAR_YEAR)
    for name in ("starts_on", "due_on"):
        day = getattr(proposal, name)
        if not first <= day <= last:
            raise RuleBroken(
                f"Ngày {written(day)} ở ngoài năm {model.year}, từ {written(first)} đến"
                f" {written(last)}.",
                about=name,
            )


def _tell(sentence: str, model: ModelPlan, *, by: User | None) -> None:
    journal.record(sentence, by=by, about=model, union_id=model.union.pk)
