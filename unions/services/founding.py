"""A new union: what it is called and is, checked, and put where it begins."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Model

from unions.errors import RuleBroken
from unions.models import Calendar, Level, OrgEvent, Placement, Union, UnionType
from unions.services import levels, placing
from unions.services.events import Decision
from unions.vietnamese import tidy


@dataclass(frozen=True, slots=True)
class Profile:
    """What a union is called and what it is, apart from where it stands."""

    name: str
    type: str
    short_name: str = ""
    level: str = Level.GRASSROOTS
    calendar: str = Calendar.CALENDAR_YEAR
    cluster: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A union that an event brings about: its code, under whom it is to stand, and what it is."""

    code: str
    parent: Union | None
    profile: Profile


def begin(newcomer: Newcomer, decision: Decision) -> Union:
    """The union, and the placement in which it will begin: named, but not yet placed."""
    if Union.objects.filter(code=newcomer.code).exists():
        raise RuleBroken(
            f"Mã đơn vị “{newcomer.code}” đã được dùng. Hãy chọn mã khác.", about="code"
        )
    _known_words(newcomer.profile)
    union = Union(code=newcomer.code, founded_on=decision.effective_on)
    _check_words(union, "founded_on")
    union.save()
    union.current = _first_placement(union, newcomer)
    _check_words(union.current, "union", "name_folded", "parent", "valid_from")
    return union


def place(union: Union, event: OrgEvent) -> None:
    """Put a new union where it is to stand, from its first day on."""
    placement = union.current
    if placement is not None:
        placement.opened_by = event
        placement.save()
        union.current = placement  # named again, now that the row has a key
    union.save()


def _first_placement(union: Union, newcomer: Newcomer) -> Placement:
    profile, parent, path = newcomer.profile, newcomer.parent, ""
    if parent is not None:
        path, above = placing.last_place(parent)
        levels.must_fit(tidy(profile.name), profile.level, parent, above, about="level")
    return Placement(
        union=union,
        name=tidy(profile.name),
        short_name=tidy(profile.short_name),
        level=profile.level,
        type=profile.type,
        calendar=profile.calendar,
        cluster=tidy(profile.cluster),
        place=tidy(profile.place),
        parent=parent,
        path=f"{path}{union.pk}.",
        valid_from=union.founded_on,
    )


def _known_words(profile: Profile) -> None:
    if not tidy(profile.name):
        raise RuleBroken("Đơn vị cần có tên.", about="name")
    for about, word, vocabulary in (
        ("type", profile.type, UnionType),
        ("level", profile.level, Level),
        ("calendar", profile.calendar, Calendar),
    ):
        if word not in vocabulary.values:
            labels = ", ".join(map(str, vocabulary.labels))
            raise RuleBroken(f"“{word}” không thuộc danh mục: {labels}.", about=about)


def _check_words(row: Model, *certain: str) -> None:
    try:
        row.clean_fields(exclude=certain)
    except ValidationError as problem:
        field, messages = next(iter(problem.message_dict.items()))
        label = str(row._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        sentence = f"{label.capitalize()}: {' '.join(messages)}"
        raise RuleBroken(sentence, about=field) from problem
