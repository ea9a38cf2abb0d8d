"""What an event does to the organisation itself: who moves, ends, begins, loses access, is told."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from unions.access import GRANTS, OF_THE_UNION, Permission, Role
from unions.models import Appointment, OrgEvent, Placement, Succession, User
from unions.quantities import Quantity, Style
from unions.scoping import keys_of
from unions.services.changed_places import Turn, clauses, turns
from unions.vietnamese import sort_key, written

# what people above a union are told of, besides its own people
_OF_THE_DESK = {Role.ADMINISTRATOR, Role.OFFICER}
_WITH_ACCESS = [role for role, granted in GRANTS.items() if Permission.VIEW in granted]
_NAMES = 12


def changes(event: OrgEvent) -> list[str]:
    """What becomes of each union, in sentences; those of whom the same is to be said in one."""
    return [*_sentences(event, turns(event)), *_parts_given_away(event)]


def access(event: OrgEvent) -> list[str]:
    """Who loses access to what by an event, who gains it, and from which day, in sentences."""
    found = turns(event)
    day = written(max(event.effective_on, timezone.localdate()))
    return [*_of_ended(found, day), *_of_moved(found, day)]


def people(event: OrgEvent, *, by: User | None) -> QuerySet[User]:
    """Whom an event is told: both sides, without the person who recorded it. Three statements.

    The people of every union that it touches or moves along, and the desks of the unions above
    that give one away or take one in, or will have it by the day of a planned event.
    """
    found = turns(event)
    own = {turn.last.union_id for turn in found}
    own |= {*event.predecessors.values_list("pk", flat=True)}
    own |= {*event.successors.values_list("pk", flat=True)}
    sides = {
        placement.parent_id
        for turn in found
        if turn.moves
        for placement in (turn.before, turn.after)
        if placement
    }
    sides |= _parents_by_then(event, found)
    roles = [*OF_THE_UNION, *_OF_THE_DESK]
    held = Appointment.objects.in_force().filter(union__in=own | sides, role__in=roles)
    users = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return users.exclude(pk=by.pk) if by else users


def _parents_by_then(event: OrgEvent, found: Sequence[Turn]) -> set[int | None]:
    """Beneath whom unions are to stand until a planned event, where they do not stand yet."""
    if not event.is_planned:
        return set()
    before = [turn.before for turn in found if turn.before and not turn.follows]
    rows = Placement.objects.on(timezone.localdate()).filter(union__placements__in=before)
    today = dict(rows.values_list("union", "parent"))
    return {row.parent_id for row in before if row.parent_id != today.get(row.union_id)}


def at_desk(users: Sequence[User]) -> set[int]:
    """The keys of those of these people who have a desk. One statement."""
    roles = [role for role, granted in GRANTS.items() if Permission.USE_DESK in granted]
    held = Appointment.objects.in_force().filter(user__in=users, role__in=roles)
    return set(held.values_list("user", flat=True))


def named(names: Sequence[str]) -> str:
    """A few names one after the other; of many, how many they are besides."""
    if len(names) <= 1:
        return "".join(names)
    return f"{len(names)} đơn vị ({'; '.join(names)})"


def _sentences(event: OrgEvent, found: Sequence[Turn]) -> Iterator[str]:
    heirs = _heirs(event)
    alike: dict[str, list[Turn]] = {}
    for turn in sorted(found, key=lambda turn: (turn.before is not None, turn.after is None)):
        if not turn.follows:
            alike.setdefault(_becomes(turn, heirs), []).append(turn)
    for words, group in alike.items():
        along = sum(_beneath(turn, found) for turn in group)
        besides = f", cùng {along} đơn vị bên dưới" if along else ""
        names = sorted((turn.name for turn in group), key=sort_key)
        yield f"{named(names)} {words}{besides}."


def _becomes(turn: Turn, heirs: dict[int, list[Succession]]) -> str:
    if turn.before is None:
        place = turn.last
        parent = f", trực thuộc {place.parent}" if place.parent else ""
        level, kind = place.get_level_display().lower(), place.get_type_display().lower()
        return f"được thành lập (mã {place.union.code}): {level}, {kind}{parent}"
    if turn.after is None:
        return f"kết thúc hoạt động, {_inherited(heirs.get(turn.before.union_id, []))}"
    return ", ".join(clauses(turn.before, turn.after))


def _heirs(event: OrgEvent) -> dict[int, list[Succession]]:
    heirs: dict[int, list[Succession]] = {}
    for row in event.successions.select_related("successor__current").order_by("pk"):
        heirs.setdefault(row.predecessor_id, []).append(row)
    return heirs


def _inherited(heirs: list[Succession]) -> str:
    if not heirs:
        return "không có đơn vị kế thừa"
    if len(heirs) == 1 and heirs[0].share == 1:
        return f"do {heirs[0].successor} kế thừa"
    if heirs[0].share is None:
        names = ", ".join(str(row.successor) for row in heirs)
        return f"do {names} kế thừa, không xác định tỷ lệ"
    return f"do {', '.join(f'{row.successor} ({share(row)})' for row in heirs)} kế thừa"


def share(row: Succession) -> str:
    """How much of the one is in the other, as offices write it."""
    if row.share is None:
        return "không xác định"
    return str(Quantity(row.share, Style.PERCENT))


def _parts_given_away(event: OrgEvent) -> Iterator[str]:
    """A union that is split may live on with the rest."""
    if event.kind != OrgEvent.Kind.SPLIT:
        return
    rows = event.successions.select_related("predecessor__current", "successor__current")
    for row in rows.order_by("pk"):
        if row.predecessor.ended_on is None:
            yield (
                f"{row.successor} tách ra từ {row.predecessor}, tỷ lệ {share(row)};"
                f" {row.predecessor} tiếp tục hoạt động."
            )


def _beneath(turn: Turn, found: Sequence[Turn]) -> int:
    if turn.before is None or turn.after is None:
        return 0
    path = turn.before.path
    return sum(
        one.follows and one.before is not None and one.before.path.startswith(path) for one in found
    )


def _of_ended(found: Sequence[Turn], day: str) -> Iterator[str]:
    """The people of a union that ends go with it, once nothing more is to be done there."""
    ended = [turn.last.union_id for turn in found if turn.after is None]
    held = _held(Q(union__in=ended)) if ended else []
    if held:
        yield (
            f"{_who(held)} thôi truy cập theo đơn vị đã kết thúc từ ngày {day}; còn phiếu số liệu"
            " chưa duyệt thì giữ quyền đến khi phiếu được duyệt."
        )


def _of_moved(found: Sequence[Turn], day: str) -> Iterator[str]:
    for was, now, count in _ways(found):
        lost, gained = _held(_at(was - now)), _held(_at(now - was))
        if lost:
            yield f"{_who(lost)} không còn truy cập {count} đơn vị chuyển đi từ ngày {day}."
        if gained:
            yield f"{_who(gained)} được truy cập {count} đơn vị chuyển đến từ ngày {day}."


def _ways(found: Sequence[Turn]) -> Iterator[tuple[frozenset[int], frozenset[int], int]]:
    """From under which unions to under which others, and how many units go that way."""
    ways: dict[tuple[frozenset[int], frozenset[int]], int] = {}
    for turn in found:
        if turn.moves and turn.before and turn.after:
            way = _above(turn.before), _above(turn.after)
            ways[way] = ways.get(way, 0) + 1 + _beneath(turn, found)
    for (was, now), count in ways.items():
        yield was, now, count


def _above(placement: Placement) -> frozenset[int]:
    return frozenset(keys_of(placement.path)[:-1])


def _at(unions: frozenset[int]) -> Q:
    return Q(union__in=unions, role__in=_WITH_ACCESS)


def _held(where: Q) -> list[Appointment]:
    """Appointments in force today, people by given name. One statement."""
    rows = Appointment.objects.in_force().filter(where, user__is_active=True)
    return list(rows.select_related("user", "union__current").order_by("user__name_key", "pk"))


def _who(held: Sequence[Appointment]) -> str:
    shown = [f"{row.user} ({row.get_role_display()}, {row.union})" for row in held[:_NAMES]]
    rest = len(held) - len(shown)
    return "; ".join(shown) + (f" và {rest} người khác" if rest else "")


def when(day: date) -> str:
    """What the day of effect means today: planned, of today, or recorded afterwards."""
    today = timezone.localdate()
    if day > today:
        return (
            f"Dự kiến: có hiệu lực từ ngày {written(day)}. Đến ngày đó cổng tự thực hiện; trước đó"
            " tổ chức giữ nguyên như hiện nay."
        )
    if day < today:
        return f"Có hiệu lực từ ngày {written(day)}, là ngày đã qua."
    return f"Có hiệu lực từ hôm nay, ngày {written(day)}."
