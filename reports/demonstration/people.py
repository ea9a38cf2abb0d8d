"""People of the demonstration, and the roles they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from reports.demonstration.names import UnionName, person_name
from reports.demonstration.traces import BATCH, Traces, at
from unions.access import Role
from unions.models import Appointment, Union, User
from unions.vietnamese import person_key

PASSWORD = "Trinh-dien-2025"
_MAIL = "cdvc-phutho.example"

# role, user name, position; the chair of the province signs reports
_STAFF = (
    (Role.ADMINISTRATOR, "quantri", "Chuyên viên công nghệ thông tin"),
    (Role.OFFICER, "canbo", "Chuyên viên tổng hợp"),
    (Role.OFFICER, "canbo02", "Phó Chủ tịch"),
    (Role.LEADER, "lanhdao", "Chủ tịch"),
    (Role.INSPECTOR, "kiemtra", "Ủy viên Ủy ban kiểm tra"),
    (Role.VIEWER, "ldld", "Chuyên viên Liên đoàn Lao động tỉnh"),
)
_ONE_IN = 6


def opened_by_its_password(names: Iterable[str]) -> set[str]:
    """Which of these people the password of the demonstration still lets in.

    Nobody of a real province, whatever they chose: none has a person with an address of ours.
    """
    if not User.objects.filter(email__endswith=f"@{_MAIL}").exists():
        return set()
    people = User.objects.filter(username__in=names, is_active=True)
    return {person.username for person in people if person.check_password(PASSWORD)}


@dataclass(frozen=True, slots=True)
class Staff:
    """Those who work at the province, as far as later steps name them."""

    administrator: User
    verifier: User
    approver: User

    @property
    def reviewers(self) -> list[User]:
        """Those who may verify and approve, and who enter for the province itself."""
        return [self.administrator, self.verifier, self.approver]

    @property
    def entrants(self) -> list[User]:
        """The same people, the one first who hands in for the province."""
        return [self.verifier, self.administrator, self.approver]


class Register:
    """Gathers people and appointments, so that each kind of row is written at once."""

    def __init__(self, random: Random, first_day: date) -> None:
        self.random = random
        self.first_day = first_day
        self.users: list[User] = []
        self.appointments: list[Appointment] = []
        self._hash = make_password(PASSWORD)

    def staff(self, union: Union) -> Staff:
        """The people at the province."""
        named = {}
        for role, username, position in _STAFF:
            named[username] = self._person(username, position)
            named[username].email = f"{username}@{_MAIL}"
            self._appoint(named[username], role, union, self.first_day)
        return Staff(named["quantri"], named["canbo"], named["canbo02"])

    def union_people(self, number: int, union: Union, name: UnionName) -> list[User]:
        """A chair and in some unions a clerk; the first one hands in.

        A former chair left before the first reporting year.
        """
        since = max(union.founded_on, self.first_day)
        chair = self._person(f"chutich{number:02d}", f"Chủ tịch CĐCS {name.unit}"[:120])
        chair.phone = f"0999{number:06d}"
        if number % 2:
            chair.email = f"{chair.username}@{_MAIL}"
        self._appoint(chair, Role.CHAIR, union, since)
        people = [chair]
        if number % _ONE_IN == 1:
            people.append(self._person(f"nhaplieu{number:02d}", "Kế toán, cán bộ công đoàn"))
            self._appoint(people[-1], Role.CLERK, union, since)
        if number % _ONE_IN == 2 and since == self.first_day:  # noqa: PLR2004 - any other sixth
            self._appoint_before(number, union)
        return people

    def write(self, traces: Traces, by: User) -> None:
        """Write people first, then what they were appointed to, with its journal lines."""
        User.objects.bulk_create(self.users, batch_size=BATCH)
        Appointment.objects.bulk_create(self.appointments, batch_size=BATCH)
        for one in self.appointments:
            what = f"“{one.get_role_display()}” ở {one.union}"
            begun = at(one.valid_from, 8)
            traces.record(f"Phân công {what}", begun, by=by, about=one)
            if one.valid_to is not None:
                self._told_of_end(one, what, traces, by)

    def _told_of_end(self, one: Appointment, what: str, traces: Traces, by: User) -> None:
        """Who went with the union comes back with it; see people.release_from_ended."""
        gone = one.union.ended_on is not None and one.valid_to == one.union.ended_on
        ended = f"{what} đã kết thúc hoạt động" if gone else what
        details = {"details": {"union_ended": True}} if gone else {}
        moment = at(one.valid_to or one.valid_from, 8)
        traces.record(f"Thôi phân công {ended}", moment, by=by, about=one, **details)

    def _person(self, username: str, position: str) -> User:
        name = person_name(self.random)
        person = User(
            username=username,
            full_name=name,
            name_key=person_key(name),
            position=position,
            password=self._hash,
            date_joined=at(self.first_day, 7, 30),
        )
        self.users.append(person)
        return person

    def _appoint_before(self, number: int, union: Union) -> None:
        """Somebody who was chair until the present one."""
        before = self._person(f"nguyenchutich{number:02d}", "Nguyên Chủ tịch công đoàn cơ sở")
        before.is_active = False
        year = self.first_day.year - 2
        self._appoint(before, Role.CHAIR, union, date(year, 1, 15), until=self.first_day)

    def _appoint(
        self, user: User, role: Role, union: Union, since: date, *, until: date | None = None
    ) -> None:
        self.appointments.append(
            Appointment(
                user=user,
                union=union,
                role=role,
                valid_from=since,
                valid_to=until or union.ended_on,
            )
        )
