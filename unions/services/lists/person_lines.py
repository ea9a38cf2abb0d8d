"""A list of people laid beside the accounts: who is new, what changes, which roles are given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from unions.access import Permission, Role
from unions.errors import RuleBroken
from unions.models import Appointment, JournalEntry, Union, User
from unions.models.person import phone_digits
from unions.services import accounts, chairs, journal, people
from unions.services.lists.lines import Erasure, Outcome, Register, Verdict, settled
from unions.vietnamese import person_key, written

_BATCH = 1000
# what is known of a person, and what stands where nothing is known
_PROFILE = {"full_name": "", "position": "", "phone": None, "email": None}
_UNIQUE = ("phone", "email")
# what a sheet calls the fields of the form by
_CELLS = {"valid_from": "since"}


@dataclass(slots=True)
class _Person:
    """An account of the list: as it is to be, what was otherwise, and the roles to be given."""

    user: User
    home: Union
    line: int
    before: dict[str, Any] = field(default_factory=dict)
    roles: list[Appointment] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether the account is to be opened."""
        return self.user.pk is None


class PersonList(Register):
    """Many people: unknown user names get an account and a role, known ones what is otherwise.

    A person may stand in several lines, one for each role. Nobody loses a role by a list. The
    rules are those of `unions.services.accounts` and `unions.services.people`. Four statements to
    plan, and five a thousand to write.
    """

    def __init__(self, *, by: User | None) -> None:
        self.by = by
        self.people: dict[str, _Person] = {}

    def judge(self, outcomes: Sequence[Outcome]) -> None:
        """Find the verdict of every outcome."""
        self._look()
        for outcome in self.watched(outcomes):
            try:
                self._judge(outcome)
            except RuleBroken as broken:
                outcome.refuse(broken, _CELLS.get(broken.about, broken.about))
            except ValidationError as problem:
                for name, sentences in problem.message_dict.items():
                    outcome.refuse(" ".join(sentences), name)

    def write(self) -> None:
        """Open accounts, correct them and give roles; inside the caller's transaction."""
        everyone = self.people.values()
        new = [one for one in everyone if one.is_new]
        User.objects.bulk_create([one.user for one in new], batch_size=_BATCH)
        amended = [one for one in everyone if one.before]
        fields = [*_PROFILE, "name_key"]
        User.objects.bulk_update([one.user for one in amended], fields, batch_size=_BATCH)
        given = [role for one in everyone for role in one.roles]
        for role in given:
            role.user = role.user  # named again, now that the row has a key
        Appointment.objects.bulk_create(given, batch_size=_BATCH)
        lines = [*map(_opened, new), *map(_amended, amended), *map(_given, given)]
        for line in lines:
            line.by = self.by
        JournalEntry.objects.bulk_create(lines, batch_size=_BATCH)

    def _look(self) -> None:
        """What `by` manages, every account, every role still to end."""
        rows = Union.objects.all()
        if self.by is not None:
            rows = Union.objects.visible_to(self.by, Permission.MANAGE_PEOPLE)
        self.unions = {union.code: union for union in rows.select_related("current")}
        users = User.objects.select_for_update() if self.holds else User.objects.all()
        self.users = {user.username: user for user in users}
        self.used = {
            name: {getattr(user, name): key for key, user in self.users.items()} for name in _UNIQUE
        }
        keys = {union.pk: union for union in self.unions.values()}
        self.homes: dict[int, Union] = {}
        self.held: dict[tuple[int, str, int], Appointment] = {}
        self.roles: dict[int, list[Appointment]] = {}
        self.chairs: dict[int, list[Appointment]] = {}
        by_key = {user.pk: user for user in self.users.values()}
        for row in Appointment.objects.order_by("valid_from", "pk"):
            self.roles.setdefault(row.user_id, []).append(row)
            if row.union_id in keys:
                self.homes[row.user_id] = keys[row.union_id]
            if row.role == Role.CHAIR:
                row.user = by_key[row.user_id]
                self.chairs.setdefault(row.union_id, []).append(row)
            if row.valid_to is None:
                self.held[row.user_id, row.role, row.union_id] = row

    def _judge(self, outcome: Outcome) -> None:
        said = outcome.line.said
        profile = _profile(said)
        union = self._union(said)
        person = self.people.get(profile["username"])
        if person is None:
            person = self._person(profile, union, outcome.line.number)
        elif others := _others(person.user, profile):
            raise RuleBroken(
                f"Dòng {person.line} ghi khác về người này. Hãy ghi như nhau ở mọi dòng.",
                about=others[0],
            )
        role = self._role(person, said, union)
        is_first = profile["username"] not in self.people
        self.people[profile["username"]] = person
        _tell(outcome, person, role, is_first=is_first)
        if role is not None:
            person.roles.append(role)
        if role is not None and role.role == Role.CHAIR:
            self.chairs.setdefault(union.pk, []).append(role)

    def _union(self, said: dict[str, Any]) -> Union:
        code = said.get("union") or ""
        if code not in self.unions:
            raise RuleBroken(f"Không có đơn vị nào mang mã “{code}”.", about="union")
        return self.unions[code]

    def _person(self, profile: dict[str, Any], union: Union, line: int) -> _Person:
        """The account of a user name that the list names for the first time."""
        username = profile["username"]
        accounts.must_be_a_user_name(username)
        known = self.users.get(username)
        if known is not None and known.pk not in self.homes:
            raise RuleBroken("Tên đăng nhập này đã có người dùng.", about="username")
        user = _copy(known) if known else _stranger(username)
        home = self.homes[known.pk] if known else union
        before = {name: getattr(user, name) for name in _others(user, profile)}
        if known and before:
            self._must_be_theirs(known, list(before))
        for name, value in before.items():
            setattr(user, name, settled(profile[name], value, _PROFILE[name]))
        self._must_be_valid(user, list(before) if known else [*_PROFILE, "username"])
        return _Person(user, home, line, before if known else {})

    def _must_be_theirs(self, user: User, changed: Sequence[str]) -> None:
        """RuleBroken unless `by` manages every role that counts: see `people.roles_that_count`."""
        managed = {union.pk for union in self.unions.values()}
        if any(row.union_id not in managed for row in people.those_that_count(self.roles[user.pk])):
            raise RuleBroken(
                "Người này có vai trò ở đơn vị mà bạn không quản lý nên bạn không sửa được tài"
                " khoản. Hãy để trống ô này.",
                about=changed[0],
            )

    def _must_be_valid(self, user: User, names: Sequence[str]) -> None:
        """ValidationError for what no form would take; RuleBroken for what somebody else has."""
        if not names:
            return
        every = {one.name for one in User._meta.concrete_fields}
        user.clean_fields(exclude=every - set(names))
        for name in set(_UNIQUE) & set(names):
            value = getattr(user, name)
            owner = self.used[name].setdefault(value, user.username) if value else user.username
            if owner != user.username:
                messages = User._meta.get_field(name).error_messages  # type: ignore[union-attr]
                raise RuleBroken(str(messages["unique"]), about=name)
        user.name_key = person_key(user.full_name)

    def _role(self, person: _Person, said: dict[str, Any], union: Union) -> Appointment | None:
        """The role that a line gives; None if the person holds it already."""
        role, since = said.get("role") or "", said.get("since")
        if role not in Role.values:
            raise RuleBroken(
                "Chưa ghi vai trò, hoặc vai trò không có trong danh mục.", about="role"
            )
        held = self.held.get((person.user.pk or 0, role, union.pk))
        if held is not None:
            if since and since != held.valid_from:
                raise RuleBroken(
                    f"Người này giữ vai trò đó từ ngày {written(held.valid_from)}; không đổi được"
                    " ngày bằng tệp Excel.",
                    about="since",
                )
            return None
        day = since or timezone.localdate()
        people.must_be_open(role, union, day)
        if any((one.role, one.union_id) == (role, union.pk) for one in person.roles):
            raise RuleBroken("Vai trò này đã có ở một dòng phía trên.", about="role")
        if role == Role.CHAIR:
            chairs.must_follow(self.chairs.get(union.pk, ()), union, day)
        return Appointment(user=person.user, union=union, role=role, valid_from=day)


def _profile(said: dict[str, Any]) -> dict[str, Any]:
    """What the line says of the person, as accounts keep it; an empty cell says nothing."""
    profile = {name: _as_kept(name, said[name]) for name in _PROFILE if said.get(name)}
    return profile | {"username": (said.get("username") or "").lower()}


def _as_kept(name: str, said: str) -> str:
    if isinstance(said, Erasure):
        return said
    if name == "phone":
        return phone_digits(said) or said
    return said.lower() if name == "email" else said


def _others(user: User, profile: dict[str, Any]) -> list[str]:
    """The names of what the line says otherwise than it stands."""
    standing = {name: getattr(user, name) for name in _PROFILE if name in profile}
    return [
        name
        for name, value in standing.items()
        if settled(profile[name], value, _PROFILE[name]) != value
    ]


def _stranger(username: str) -> User:
    user = User(username=username)
    user.set_unusable_password()
    return user


def _copy(user: User) -> User:
    """The account once more, so that a line that is refused leaves the one at hand alone."""
    fields = [one.attname for one in User._meta.concrete_fields]
    return User.from_db(None, fields, [getattr(user, name) for name in fields])


def _tell(outcome: Outcome, person: _Person, role: Appointment | None, *, is_first: bool) -> None:
    clauses = []
    if is_first and person.is_new:
        clauses.append("tạo tài khoản")
    elif is_first:
        clauses += _told_of(person)
    if role is not None:
        day = written(role.valid_from)
        clauses.append(f"phân công “{role.get_role_display()}” ở {role.union} từ ngày {day}")
    if clauses:
        outcome.verdict = Verdict.NEW if is_first and person.is_new else Verdict.CHANGED
        name = f"{person.user.full_name} ({person.user.username})"
        outcome.told = f"{name}: {'; '.join(clauses)}."


def _told_of(person: _Person) -> Iterator[str]:
    """What was and what is to be of what the list says otherwise, and what it takes away."""
    for name, was in person.before.items():
        if value := getattr(person.user, name):
            yield f"sửa {_label(name)} “{was or '–'}” thành “{value}”"
        else:
            yield f"xoá {_label(name)} “{was}”"


def _label(name: str) -> str:
    return str(User._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _opened(person: _Person) -> JournalEntry:
    return journal.entry("Tạo tài khoản", by=None, about=person.user, union_id=person.home.pk)


def _amended(person: _Person) -> JournalEntry:
    sentence = f"Sửa tài khoản: {', '.join(map(_label, person.before))}"
    return journal.entry(sentence, by=None, about=person.user, union_id=person.home.pk)


def _given(role: Appointment) -> JournalEntry:
    sentence = f"Phân công “{role.get_role_display()}” ở {role.union}"
    return journal.entry(sentence, by=None, about=role)
