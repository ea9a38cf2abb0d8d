"""A list of unions laid beside the tree: which are new, which change, what forbids it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from unions.access import Permission
from unions.errors import RuleBroken
from unions.models import OrgEvent, Placement, Union, User
from unions.scoping import keys_of
from unions.services import levels, placing
from unions.services.days import must_be_of_our_time
from unions.services.events import Decision
from unions.services.lists import union_words, union_writing
from unions.services.lists.lines import Outcome, Register, Verdict
from unions.services.lists.refusals import remembering
from unions.services.lists.union_names import Borne
from unions.services.lists.union_words import Change, Newcomer
from unions.services.managing import must_manage
from unions.services.turns import wait_for_turn
from unions.vietnamese import written

_DEEPEST = 20


class UnionList(Register):
    """Many unions by one decision: the unknown are founded, the known are changed by events.

    The rules are those of `unions.services.unions.found` and `unions.services.changes`: a line may
    do what the form may. What a line does not say stays as it is. With a union whose line is wrong
    all that was to be founded beneath it is left out. Four statements to plan, whatever the number
    of lines, and some more for each parent that is not simply in place and for each union that was
    decided upon; `write` takes some for each thousand foundings and each fifty changes. A list that
    does not found (`founds`) knows the unions of the tree alone.
    """

    def __init__(self, decision: Decision, *, by: User | None, founds: bool = True) -> None:
        self.decision, self.by, self.founds = decision, by, founds
        self.newcomers: dict[str, Newcomer] = {}
        self.changes: dict[int, Change] = {}

    def judge(self, outcomes: Sequence[Outcome]) -> None:
        """Find the verdict of every outcome."""
        self._look()
        self.fresh: dict[str, Outcome] = {}
        for outcome in outcomes:
            if self.founds and _code(outcome) not in self.taken:
                self.fresh.setdefault(_code(outcome), outcome)
        met: dict[str, int] = {}
        for outcome in self.watched(outcomes):
            first = met.setdefault(_code(outcome), outcome.line.number)
            if first != outcome.line.number:
                outcome.refuse(f"Mã “{_code(outcome)}” đã có ở dòng {first}.", "code")
            else:
                self._judge(outcome)
        self._keep_apart(outcomes)
        self._remark_names(outcomes)

    def write(self) -> None:
        """Found and change what was planned; inside the caller's transaction."""
        union_writing.found(list(self.newcomers.values()), by=self.by)
        for _, change in self._moving():
            parent = change.changes["parent"]
            lasting = self.lasting.get(parent.pk)
            above = lasting.path if lasting else self.newcomers[parent.code].placement.path
            change.changes["path"] = f"{above}{change.was.union_id}."
        beneath = {key: self._beneath(change) for key, change in self._moving()}
        union_writing.change(self.changes, beneath, self.decision, by=self.by)

    def _look(self) -> None:
        """The tree as it stands from the day on, every code taken, and what `by` manages."""
        if self.holds:
            wait_for_turn()
        rows = Union.objects.all()
        if self.by is not None:
            rows = Union.objects.visible_to(self.by, Permission.MANAGE_UNIONS)
        later = OrgEvent.predecessors.through.objects.filter(
            orgevent__undone_at=None, orgevent__effective_on__gte=self.decision.effective_on
        )
        rows = rows.annotate(decided=Q(pk__in=later.values("union")))
        rows = rows.select_related("current__parent").order_by("pk")
        held = rows.select_for_update(of=("self",), no_key=True) if self.holds else rows
        self.unions = {union.code: union for union in held}
        self.taken = set(Union.objects.values_list("code", flat=True))
        after = Placement.objects.ending_after(self.decision.effective_on)
        places = after.select_related("parent__current").order_by("path")
        self.places: list[Placement] = list(places)
        self.paths = [placement.path for placement in self.places]
        self.lasting = {one.union_id: one for one in self.places if one.valid_to is None}
        # each asked of the database only where memory does not settle it
        self.must_last = remembering(placing.must_last)
        self.refused: set[str] = set()

    def _judge(self, outcome: Outcome) -> None:
        code = _code(outcome)
        try:
            if code in self.fresh:
                new = self._found(code, ())
                outcome.verdict, outcome.told = Verdict.NEW, union_words.told_of_founding(new)
            elif code in self.unions:
                self._compare(outcome, self.unions[code])
            elif not self.founds:
                outcome.refuse(f"Không có đơn vị nào mang mã “{code}”.", "code")
            else:
                outcome.refuse(f"Mã “{code}” đã được đơn vị khác dùng. Hãy chọn mã khác.", "code")
        except RuleBroken as broken:
            self.refused.add(code)
            outcome.refuse(broken)

    def _found(self, code: str, below: tuple[str, ...]) -> Newcomer:
        """The newcomer of this code, with those above it; RuleBroken says why there is none."""
        if code in self.newcomers:
            return self.newcomers[code]
        said = self.fresh[code].line.said
        union_words.must_say_enough(said)
        decision = self._founding(said)
        parent = self._parent(said["parent"], decision.effective_on, (*below, code))
        new = union_words.newcomer(said, parent, decision)
        self._must_fit(new.placement, {"parent": parent}, about="level")
        lasting = self.lasting.get(parent.pk or 0)
        new.above = lasting.path if lasting else ""
        self.newcomers[code] = new
        return new

    def _founding(self, said: dict[str, Any]) -> Decision:
        """The paper of one founding: what the line does not say is that of the whole list."""
        day = said.get("founded_on") or self.decision.effective_on
        must_be_of_our_time(day, "Ngày thành lập", about="founded_on")
        number = said.get("decision_number") or self.decision.number
        return Decision(day, number, self.decision.note, self.decision.signer)

    def _parent(self, code: str, day: date, below: tuple[str, ...] = ()) -> Union:
        """The union above, which lasts from `day` on: one of the tree, or a newcomer itself."""
        if code in below or len(below) > _DEEPEST:
            raise RuleBroken(f"Đơn vị “{code}” không thể trực thuộc chính nó.", about="parent")
        if code in self.fresh:
            return self._new_parent(code, day, below)
        if code not in self.unions:
            raise RuleBroken(f"Không có đơn vị cấp trên nào mang mã “{code}”.", about="parent")
        parent = self.unions[code]
        lasting = self.lasting.get(parent.pk)
        if lasting is None or parent.ended_on or lasting.valid_from > day:
            self.must_last(parent, day)
        self._must_be_ours_by(day, parent)
        return parent

    def _new_parent(self, code: str, day: date, below: tuple[str, ...]) -> Union:
        try:
            parent = None if code in self.refused else self._found(code, below).union
        except RuleBroken:
            parent = None
        if parent is None:
            number = self.fresh[code].line.number
            raise RuleBroken(f"Đơn vị cấp trên “{code}” ở dòng {number} có lỗi.", about="parent")
        placing.must_be_in_place(parent, day, about="parent")
        return parent

    def _compare(self, outcome: Outcome, union: Union) -> None:
        """A known union: as it stands, changed by an event, or not to be changed so."""
        said, day = outcome.line.said, self.decision.effective_on
        if union.current and not union_words.differences(union.current, union, said):
            return
        must_be_of_our_time(day, "Ngày có hiệu lực")
        self._must_be_ours_by(day, union)
        was = self.lasting.get(union.pk)
        decided = union.decided  # type: ignore[attr-defined]
        if was is None or union.ended_on or was.valid_from >= day or decided:
            was = placing.standing(union, day)
        was.union = union
        changes = union_words.differences(was, union, said)
        if not changes:
            return
        union_words.must_be_changeable(changes)
        if "parent" in changes:
            changes["parent"] = self._parent(changes["parent"], day)
            self._must_not_turn_back(was, changes["parent"])
        self._must_fit(was, changes, about="parent" if "parent" in changes else "level")
        outcome.verdict, outcome.told = Verdict.CHANGED, union_words.told_of(was, changes)
        self.changes[union.pk] = Change(was, union_words.kind_of(was, changes), changes)

    def _must_be_ours_by(self, day: date, union: Union) -> None:
        """RuleBroken where it will belong to others; only asked of one that is decided to move."""
        lasting = self.lasting.get(union.pk)
        if lasting is not None and lasting.valid_from > timezone.localdate():
            must_manage(self.by, [union], day)

    def _must_not_turn_back(self, was: Placement, parent: Union) -> None:
        if was.union_id in self._above(parent):
            raise RuleBroken(
                f"Không thể đặt {was.union} dưới chính nó hoặc dưới đơn vị trực thuộc nó.",
                about="parent",
            )

    def _must_fit(self, was: Placement, changes: dict[str, Any], *, about: str) -> None:
        """RuleBroken where a union comes, or is raised or lowered, under one of the wrong level."""
        parent = changes.get("parent", was.parent)
        if parent is None or not {"parent", "level"} & changes.keys():
            return
        new, lasting = self.newcomers.get(parent.code), self.lasting.get(parent.pk or 0)
        above = new.placement if new else lasting
        level = changes.get("level", was.level)
        levels.must_fit(was.name, level, parent, above.level if above else "", about=about)

    def _above(self, union: Union) -> list[int]:
        """The keys of a union of the tree and of those above it; of a newcomer, of the latter."""
        while union.code in self.newcomers:
            union = self.newcomers[union.code].parent
        lasting = self.lasting.get(union.pk)
        path = lasting.path if lasting else union.path
        return keys_of(path)

    def _moving(self) -> Iterator[tuple[int, Change]]:
        yield from ((key, one) for key, one in self.changes.items() if "parent" in one.changes)

    def _beneath(self, change: Change) -> list[Placement]:
        """What moves along with a union that comes under another."""
        path = change.was.path
        first = bisect_left(self.paths, path)
        last = bisect_left(self.paths, f"{path}:")  # the sign after the last digit
        return [one for one in self.places[first:last] if one.union_id != change.was.union_id]

    def _keep_apart(self, outcomes: Sequence[Outcome]) -> None:
        """Refuse what would stand above or beneath what moves by the same list."""
        moving = dict(self._moving())
        for key, change in moving.items():
            self._must_move_along(key, change, outcomes)
        for outcome in outcomes:
            if outcome.verdict not in {Verdict.NEW, Verdict.CHANGED}:
                continue
            above = [key for key in self._all_above(_code(outcome)) if key in moving]
            if above:
                name = moving[above[0]].was.name
                outcome.refuse(
                    f"{name} ở phía trên cũng được chuyển trong tệp này. Hãy nhập hai việc vào hai"
                    " ngày khác nhau.",
                    "parent",
                )
                self._forget(_code(outcome))

    def _all_above(self, code: str) -> list[int]:
        """Everything above the union of a line, as it stands and as it is to stand."""
        if code in self.newcomers:
            return self._above(self.newcomers[code].parent)
        union = self.unions[code]
        change = self.changes[union.pk]
        parent = change.changes.get("parent")
        return [*self._above(union)[:-1], *(self._above(parent) if parent else [])]

    def _must_move_along(self, key: int, change: Change, outcomes: Sequence[Outcome]) -> None:
        """A union moves only with all beneath it: none of them may be decided upon already."""
        day = self.decision.effective_on
        for one in self._beneath(change):
            if one.valid_from >= day or one.valid_to is not None:
                code = change.was.union.code
                outcome = next(line for line in outcomes if _code(line) == code)
                outcome.refuse(
                    f"{one.name} trực thuộc đơn vị này đã có thay đổi từ ngày"
                    f" {written(max(one.valid_from, one.valid_to or one.valid_from))}."
                    " Hãy chọn ngày muộn hơn, hoặc huỷ thay đổi đó trước.",
                    "parent",
                )
                self._forget(code)
                return

    def _remark_names(self, outcomes: Sequence[Outcome]) -> None:
        """Say of new names who bears them already."""
        places = [(self.lasting.get(union.pk), union) for union in self.unions.values()]
        borne = Borne((keys_of(p.path)[0], p.name, u.code) for p, u in places if p)
        for outcome in outcomes:
            code = _code(outcome)
            if outcome.verdict == Verdict.NEW:
                new = self.newcomers[code]
                remark = borne.give(self._above(new.parent)[0], new.placement.name, code)
            elif outcome.verdict == Verdict.CHANGED and "name" in self._changes_of(code):
                union = self.unions[code]
                remark = borne.give(self._above(union)[0], self._changes_of(code)["name"], code)
            else:
                continue
            outcome.told = " ".join(filter(None, [outcome.told, remark]))

    def _changes_of(self, code: str) -> dict[str, Any]:
        return self.changes[self.unions[code].pk].changes

    def _forget(self, code: str) -> None:
        self.newcomers.pop(code, None)
        if code in self.unions:
            self.changes.pop(self.unions[code].pk, None)


def _code(outcome: Outcome) -> str:
    return str(outcome.line.said["code"])
