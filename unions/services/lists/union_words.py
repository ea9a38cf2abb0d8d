"""What one line of a list says of a union: the row to be founded, or what is to be otherwise."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from unions.errors import RuleBroken
from unions.models import Calendar, Level, OrgEvent, Placement, Union, UnionType
from unions.services.events import Decision
from unions.services.lists.lines import settled
from unions.vietnamese import fold, written

# what a decision can make otherwise, and what is said once, at the founding
_CHANGEABLE = ("name", "short_name", "type", "level", "cluster")
_FIXED = ("calendar", "place")
_CHOICES = {"type": UnionType, "level": Level, "calendar": Calendar}
_LABELS = {
    **{"name": "tên", "short_name": "tên ngắn", "type": "loại hình", "level": "cấp"},
    **{"calendar": "năm báo cáo", "cluster": "cụm thi đua", "place": "địa bàn"},
    **{"parent": "đơn vị cấp trên", "founded_on": "ngày thành lập"},
}
_NEEDED = ("name", "type", "parent")
_LONGEST = {
    name: Placement._meta.get_field(name).max_length  # type: ignore[union-attr]
    for name in ("name", "short_name", "cluster", "place")
}
_CODE = Union._meta.get_field("code")


@dataclass(slots=True)
class Newcomer:
    """A union to be founded, the union above it (which may be new too), and by which paper.

    `above` is the path of the union above, where that stands already.
    """

    union: Union
    placement: Placement
    parent: Union
    decision: Decision
    above: str = ""


@dataclass(slots=True)
class Change:
    """A union that goes on otherwise, from where it stands, and by which kind of event."""

    was: Placement
    kind: OrgEvent.Kind
    changes: dict[str, Any]


def must_say_enough(said: dict[str, Any]) -> None:
    """RuleBroken if a union that is to be founded lacks its name, type or the union above."""
    for key in _NEEDED:
        if not said.get(key):
            raise RuleBroken(f"Đơn vị mới “{said['code']}” cần có {_LABELS[key]}.", about=key)


def newcomer(said: dict[str, Any], parent: Union, decision: Decision) -> Newcomer:
    """The rows of a union to be founded; RuleBroken for words that cannot be kept."""
    union = Union(code=said["code"], founded_on=decision.effective_on)
    _must_be_a_code(union)
    words = {key: settled(said.get(key), "") for key in (*_CHANGEABLE, *_FIXED)}
    words["level"] = words["level"] or Level.GRASSROOTS
    words["calendar"] = words["calendar"] or Calendar.CALENDAR_YEAR
    must_fit(words)
    placement = Placement(**words, valid_from=decision.effective_on)
    placement.name_folded = fold(f"{placement.name} {placement.short_name}").strip()
    union.current = placement
    return Newcomer(union, placement, parent, decision)


def differences(was: Placement, union: Union, said: dict[str, Any]) -> dict[str, Any]:
    """What a line says otherwise than it stands; of `parent` the code."""
    settling = {key: settled(said.get(key), getattr(was, key)) for key in (*_CHANGEABLE, *_FIXED)}
    found = {key: value for key, value in settling.items() if value != getattr(was, key)}
    parent = was.parent.code if was.parent else ""
    if said.get("parent") and said["parent"] != parent:
        found["parent"] = said["parent"]
    if said.get("founded_on") and said["founded_on"] != union.founded_on:
        found["founded_on"] = said["founded_on"]
    return found


def must_be_changeable(changes: dict[str, Any]) -> None:
    """RuleBroken for what no event changes, and for words that cannot be kept."""
    for key in (*_FIXED, "founded_on"):
        if key in changes:
            raise RuleBroken(
                f"Không đổi được {_LABELS[key]} của đơn vị đã có bằng tệp Excel. Hãy ghi như trên"
                " phần mềm, hoặc để trống ô này.",
                about=key,
            )
    must_fit(changes)


def must_fit(words: dict[str, Any]) -> None:
    """RuleBroken for a text that is too long, or a word outside its vocabulary."""
    for key, longest in _LONGEST.items():
        if len(words.get(key) or "") > (longest or 0):
            told = f"{_LABELS[key].capitalize()} dài quá {longest} ký tự. Hãy rút gọn."
            raise RuleBroken(told, about=key)
    for key, vocabulary in _CHOICES.items():
        if key in words and words[key] not in vocabulary.values:
            labels = ", ".join(map(str, vocabulary.labels))
            raise RuleBroken(f"“{words[key]}” không thuộc danh mục: {labels}.", about=key)


def kind_of(was: Placement, changes: dict[str, Any]) -> OrgEvent.Kind:
    """The one kind of event that such changes are entered as: the weightiest."""
    if "level" in changes:
        up = Level(changes["level"]).is_higher_than(was.level)
        return OrgEvent.Kind.UPGRADE if up else OrgEvent.Kind.DOWNGRADE
    if "parent" in changes:
        return OrgEvent.Kind.TRANSFER
    renamed = {"name", "short_name"} & changes.keys()
    return OrgEvent.Kind.RENAME if renamed else OrgEvent.Kind.CHANGE_TYPE


def told_of_founding(new: Newcomer) -> str:
    """A founding in a sentence."""
    day = written(new.decision.effective_on)
    return f"Thành lập {_named(new.placement, new.union)} từ ngày {day}, trực thuộc {new.parent}."


def told_of(was: Placement, changes: dict[str, Any]) -> str:
    """Changes in a sentence: what it is now, what it is to be, what is taken away."""
    changed = [
        f"{_LABELS[key]} “{_shown(was, key)}” thành “{_shown(Placement(**{key: value}), key)}”"
        for key, value in changes.items()
        if value and key != "path"
    ]
    erased = [f"{_LABELS[key]} “{_shown(was, key)}”" for key, value in changes.items() if not value]
    told = [
        f"{verb} {'; '.join(clauses)}"
        for verb, clauses in (("đổi", changed), ("xoá", erased))
        if clauses
    ]
    return f"{_named(was, was.union)}: {'; '.join(told)}."


def _named(placement: Placement, union: Union) -> str:
    return f"{placement.name} ({union.code})"


def _shown(placement: Placement, key: str) -> str:
    if key in _CHOICES:
        return str(getattr(placement, f"get_{key}_display")())
    return str(getattr(placement, key) or "–")


def _must_be_a_code(union: Union) -> None:
    try:
        _CODE.clean(union.code, union)
    except ValidationError as problem:
        raise RuleBroken(" ".join(problem.messages), about="code") from problem
