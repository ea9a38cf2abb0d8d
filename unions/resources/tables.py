"""What the workbooks of each kind say, column by column, read and written alike."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings

from unions.access import Permission, Role
from unions.models import (
    Appointment,
    Calendar,
    Headcount,
    Intake,
    Level,
    OrgEvent,
    Union,
    UnionType,
    User,
)
from unions.resources.engine import ListResource, field
from unions.resources.erasing import erasable, lasting
from unions.services.events import Decision
from unions.services.lists.headcount_lines import HeadcountList
from unions.services.lists.lines import Register
from unions.services.lists.person_lines import PersonList
from unions.services.lists.union_lines import UnionList
from unions.workbooks import Column, code, count, day, one_of, phone

CODE = Column("code", "Mã đơn vị", ("Mã", "Mã CĐCS"), required=True, read=code)
UNION = Column("union", "Mã đơn vị", ("Mã", "Mã CĐCS"), required=True, read=code)
NAME = Column(
    *("name", "Tên đơn vị", ("Tên", "Đơn vị", "Tên công đoàn", "Công đoàn cơ sở")), read=lasting()
)
SHORT_NAME = Column("short_name", "Tên ngắn", ("Tên viết tắt",), read=erasable())
TYPE = Column("type", "Loại hình", ("Loại hình đơn vị",), read=one_of(UnionType.choices))
LEVEL = Column("level", "Cấp", ("Cấp công đoàn",), read=one_of(Level.choices))
CALENDAR = Column("calendar", "Năm báo cáo", read=one_of(Calendar.choices))
PARENT = Column(
    "parent", "Mã đơn vị cấp trên", ("Mã cấp trên", "Trực thuộc", "Cấp trên"), read=code
)
CLUSTER = Column(
    "cluster", "Cụm thi đua", ("Cụm", "Khối thi đua", "Cụm, khối thi đua"), read=erasable()
)
PLACE = Column("place", "Địa bàn", ("Địa chỉ",), read=erasable())
FOUNDED = Column("founded_on", "Ngày thành lập", ("Thành lập ngày", "Thành lập"), read=day)
DECISION = Column("decision_number", "Số quyết định thành lập", ("Số quyết định", "Quyết định số"))

USERNAME = Column("username", "Tên đăng nhập", ("Tài khoản",), required=True)
FULL_NAME = Column("full_name", "Họ và tên", ("Họ tên",), read=lasting())
POSITION = Column("position", "Chức vụ", ("Chức danh",), read=erasable())
PHONE = Column("phone", "Điện thoại", ("Số điện thoại", "Di động", "SĐT"), read=erasable(phone))
EMAIL = Column("email", "Thư điện tử", ("Email", "E-mail", "Thư"), read=erasable())
ROLE = Column("role", "Vai trò", read=one_of(Role.choices), required=True)
SINCE = Column("since", "Từ ngày", ("Phân công từ ngày",), read=day)

COUNTED = Column("counted_on", "Tính đến ngày", ("Ngày", "Đến ngày"), required=True, read=day)
MEMBERS = Column("members", "Đoàn viên", ("Số đoàn viên",), required=True, read=count)
FEMALE = Column("female", "Đoàn viên nữ", ("Số đoàn viên nữ", "Nữ"), read=erasable(count))
WORKERS = Column(
    "workers", "Người lao động", ("Số người lao động", "Lao động"), read=erasable(count)
)
COMMITTEE = Column("committee", "Ủy viên ban chấp hành", ("Ủy viên BCH",), read=erasable(count))


class UnionResource(ListResource):
    """Đơn vị: what it is called and is, under whom, since when, by which decision."""

    title = "Đơn vị"
    columns = (
        *(CODE, NAME, SHORT_NAME, TYPE, LEVEL, CALENDAR, PARENT),
        *(CLUSTER, PLACE, FOUNDED, DECISION),
    )
    code = field("code", CODE)
    name = field("current__name", NAME)
    short_name = field("current__short_name", SHORT_NAME)
    type = field("current__get_type_display", TYPE)
    level = field("current__get_level_display", LEVEL)
    calendar = field("current__get_calendar_display", CALENDAR)
    parent = field("current__parent__code", PARENT)
    cluster = field("current__cluster", CLUSTER)
    place = field("current__place", PLACE)
    founded_on = field("founded_on", FOUNDED)
    decision_number = field("founded_by", DECISION)


class ClusterResource(ListResource):
    """Cụm thi đua: which unions stand in which."""

    title = "Cụm thi đua"
    columns = (CODE, CLUSTER)
    code = field("code", CODE)
    name = field("current__name", NAME)
    cluster = field("current__cluster", CLUSTER)


class PersonResource(ListResource):
    """Người dùng: one row for each role that a person holds."""

    title = "Người dùng"
    columns = (USERNAME, FULL_NAME, POSITION, PHONE, EMAIL, UNION, ROLE, SINCE)
    username = field("user__username", USERNAME)
    full_name = field("user__full_name", FULL_NAME)
    position = field("user__position", POSITION)
    phone = field("user__phone", PHONE)
    email = field("user__email", EMAIL)
    union = field("union__code", UNION)
    role = field("get_role_display", ROLE)
    since = field("valid_from", SINCE)


class HeadcountResource(ListResource):
    """Số đoàn viên, người lao động: one row for each union and day."""

    title = "Số đoàn viên"
    columns = (UNION, COUNTED, MEMBERS, FEMALE, WORKERS, COMMITTEE)
    union = field("union__code", UNION)
    name = field("union__current__name", NAME)
    counted_on = field("counted_on", COUNTED)
    members = field("members", MEMBERS)
    female = field("female", FEMALE)
    workers = field("workers", WORKERS)
    committee = field("committee", COMMITTEE)


RESOURCES: dict[str, type[ListResource]] = {
    Intake.Kind.UNIONS: UnionResource,
    Intake.Kind.CLUSTERS: ClusterResource,
    Intake.Kind.PEOPLE: PersonResource,
    Intake.Kind.HEADCOUNTS: HeadcountResource,
}


def resource_of(kind: str) -> type[ListResource]:
    """What the workbooks of a kind say; of an app above, what its module in LISTS_ABOVE says."""
    if kind in RESOURCES:
        return RESOURCES[kind]
    resource: type[ListResource] = _above(kind).RESOURCE
    return resource


def register_of(kind: str, decision: Decision, *, by: User | None) -> Register:
    """Who judges and writes the rows of a kind; `decision` matters to unions alone."""
    if kind not in RESOURCES:
        register: Register = _above(kind).register(by=by)
        return register
    if kind == Intake.Kind.PEOPLE:
        return PersonList(by=by)
    if kind == Intake.Kind.HEADCOUNTS:
        return HeadcountList(by=by)
    return UnionList(decision, by=by, founds=kind == Intake.Kind.UNIONS)


def rows_of(kind: str, *, by: User) -> Iterable[Any]:
    """What `by` may take out of the portal as a workbook of a kind. Two statements at most."""
    if kind not in RESOURCES:
        rows: Iterable[Any] = _above(kind).rows(by=by)
        return rows
    if kind == Intake.Kind.PEOPLE:
        unions = Union.objects.visible_to(by, Permission.MANAGE_PEOPLE)
        held = Appointment.objects.filter(union__in=unions.values("pk"), valid_to=None)
        return held.select_related("user", "union").order_by("union__code", "user__name_key", "pk")
    if kind == Intake.Kind.HEADCOUNTS:
        counts = Headcount.objects.visible_to(by, Permission.MANAGE_UNIONS)
        return counts.select_related("union__current").order_by("union__code", "counted_on")
    return _unions(by)


@cache
def _above(kind: str) -> Any:
    """The module of an app above that knows a kind: RESOURCE, register(by), rows(by)."""
    return import_module(settings.LISTS_ABOVE[kind])


def _unions(by: User) -> Iterator[Union]:
    """Unions with the number of the decision that founded each.

    The numbers are asked for once: asked for union by union, PostgreSQL took minutes for ten
    thousand that had just been written.
    """
    foundings = OrgEvent.successors.through.objects.filter(orgevent__kind=OrgEvent.Kind.FOUND)
    said = foundings.order_by("-orgevent").values_list("union", "orgevent__decision_number")
    numbers = dict(said)
    unions = Union.objects.visible_to(by, Permission.MANAGE_UNIONS).filter(ended_on=None)
    for union in unions.select_related("current__parent").order_by("code").iterator():
        union.founded_by = numbers.get(union.pk)  # type: ignore[attr-defined]
        yield union
