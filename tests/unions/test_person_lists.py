"""Lists of people and of headcounts: by the rules of the forms."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.builders import FOUNDED, Province, make_province, make_user
from unions.access import Role
from unions.models import Appointment, Headcount, JournalEntry, User
from unions.services import unions
from unions.services.events import Decision
from unions.services.headcounts import Count, record
from unions.services.lists.headcount_lines import HeadcountList
from unions.services.lists.lines import Erasure, Line, Verdict
from unions.services.lists.person_lines import PersonList

TODAY = timezone.localdate()
PERSON = {
    **{"username": "dang.on", "full_name": "Đặng Thị Ổn", "position": "Phó Chủ tịch"},
    **{"phone": "0912 000 111", "email": "On@Vidu.vn", "union": "SYT", "role": "clerk"},
}


def person(number: int = 2, **said) -> Line:
    return Line(number, PERSON | said)


def kept(*lines: Line, by=None, register=PersonList):
    made = register(by=by)
    outcomes = made.plan(lines)
    made.write()
    return outcomes


def verdicts(outcomes) -> list[str]:
    return [str(outcome.verdict) for outcome in outcomes]


def test_a_list_opens_accounts_as_the_form_does(province: Province):
    outcome = kept(person(since=date(2025, 1, 1)), by=province.administrator)[0]
    assert outcome.verdict == Verdict.NEW
    assert outcome.told == (
        "Đặng Thị Ổn (dang.on): tạo tài khoản; phân công “Cán bộ nhập số liệu” ở Công đoàn cơ sở"
        " Sở Y tế từ ngày 01/01/2025."
    )
    user = User.objects.get(username="dang.on")
    assert (user.full_name, user.phone, user.email) == ("Đặng Thị Ổn", "0912000111", "on@vidu.vn")
    assert not user.has_usable_password()
    copy = User(full_name=user.full_name)
    copy.username = "khac"
    copy.save()
    assert user.name_key == copy.name_key
    role = user.appointments.get()
    assert (role.role, role.union, role.valid_from) == ("clerk", province.health, date(2025, 1, 1))
    lines = JournalEntry.objects.filter(by=province.administrator).order_by("pk")
    assert [(line.sentence, line.union) for line in lines][-2:] == [
        ("Tạo tài khoản", province.health),
        ("Phân công “Cán bộ nhập số liệu” ở Công đoàn cơ sở Sở Y tế", province.health),
    ]


def test_the_same_again_changes_nothing(province: Province):
    kept(person())
    before = JournalEntry.objects.count()
    assert verdicts(kept(person())) == ["same"]
    assert JournalEntry.objects.count() == before


def test_what_is_otherwise_is_corrected_and_named(province: Province):
    kept(person())
    line = Line(2, {"username": "dang.on", "phone": "0912000112", "union": "SYT", "role": "clerk"})
    outcome = kept(line, by=province.administrator)[0]
    assert (outcome.verdict, outcome.told) == (
        Verdict.CHANGED,
        "Đặng Thị Ổn (dang.on): sửa điện thoại “0912000111” thành “0912000112”.",
    )
    user = User.objects.get(username="dang.on")
    assert (user.phone, user.position) == ("0912000112", "Phó Chủ tịch")
    assert JournalEntry.objects.filter(sentence="Sửa tài khoản: điện thoại").count() == 1


def test_an_empty_cell_leaves_what_is_known_of_a_person(province: Province):
    kept(person())
    empty = dict.fromkeys(["full_name", "position", "phone", "email"], "")
    assert verdicts(kept(person(**empty), person(3, union="SNV", position=None))) == [
        "same",
        "changed",
    ]
    user = User.objects.get(username="dang.on")
    assert (user.full_name, user.position) == ("Đặng Thị Ổn", "Phó Chủ tịch")
    assert (user.phone, user.email) == ("0912000111", "on@vidu.vn")


def test_what_a_list_takes_away_from_a_person_is_said_by_word_and_told(province: Province):
    kept(person())
    gone = {"position": Erasure("-"), "email": Erasure("xoá"), "full_name": "Đặng Thị Ơn"}
    outcome = kept(person(**gone))[0]
    assert outcome.told == (
        "Đặng Thị Ơn (dang.on): sửa họ và tên “Đặng Thị Ổn” thành “Đặng Thị Ơn”; xoá chức vụ"
        " “Phó Chủ tịch”; xoá thư điện tử “on@vidu.vn”."
    )
    user = User.objects.get(username="dang.on")
    assert (user.position, user.email, user.phone) == ("", None, "0912000111")
    assert verdicts(kept(person(**gone))) == ["same"]
    assert JournalEntry.objects.filter(
        sentence="Sửa tài khoản: họ và tên, chức vụ, thư điện tử"
    ).exists()


def test_what_is_no_phone_number_is_refused_and_not_taken_for_none(province: Province):
    kept(person())
    outcome = kept(person(phone="không có"))[0]
    assert [about for about, _ in outcome.faults] == ["phone"]
    assert User.objects.get(username="dang.on").phone == "0912000111"


def test_a_person_of_two_roles_stands_in_two_lines(province: Province):
    outcomes = kept(person(2), person(3, union="SNV"))
    assert verdicts(outcomes) == ["new", "changed"]
    held = Appointment.objects.filter(user__username="dang.on")
    assert {row.union for row in held} == {province.health, province.interior}
    assert verdicts(kept(person(2), person(3, union="SNV"))) == ["same", "same"]


@pytest.mark.parametrize(
    ("said", "about", "told"),
    [
        ({"username": "ông a"}, "username", "chữ thường không dấu"),
        ({"username": "123"}, "username", "ít nhất một chữ cái"),
        ({"username": "an-danh-1"}, "username", "dành cho tài khoản đã ẩn danh"),
        ({"full_name": ""}, "full_name", ""),
        ({"full_name": "x" * 121}, "full_name", "120"),
        ({"phone": "12"}, "phone", "10 chữ số"),
        ({"email": "khong"}, "email", ""),
        ({"email": "canbo@vidu.vn"}, "email", "đã có người dùng"),
        ({"union": "KHONG"}, "union", "Không có đơn vị nào mang mã “KHONG”"),
        ({"role": "officer"}, "role", "chỉ có ở công đoàn cấp trên"),
        ({"role": "vua"}, "role", "vai trò"),
        ({"since": date(24, 1, 1)}, "since", "năm phải từ 1900"),
    ],
)
def test_what_the_form_refuses_the_list_refuses(province: Province, said, about, told):
    User.objects.filter(pk=province.officer.pk).update(email="canbo@vidu.vn")
    outcomes = kept(person(2, **said), person(3, username="tot", phone="", email=""))
    assert verdicts(outcomes) == ["wrong", "new"]
    assert outcomes[0].faults[0][0] == about
    assert told in outcomes[0].faults[0][1]
    assert User.objects.filter(username="tot").exists()


@pytest.mark.parametrize("since", [date(2025, 6, 1), date(2025, 6, 15), TODAY, None])
def test_nobody_comes_to_a_union_that_has_ended(province: Province, since):
    unions.dissolve(province.health, Decision(date(2025, 6, 15)), by=None)
    other = person(3, username="tot", union="SNV", phone="", email="")
    outcomes = kept(person(2, since=since), other)
    assert verdicts(outcomes) == ["wrong", "new"]
    assert outcomes[0].faults == [
        ("union", "Công đoàn cơ sở Sở Y tế đã kết thúc hoạt động từ ngày 15/06/2025.")
    ]
    assert not User.objects.filter(username="dang.on").exists()


def test_people_come_to_a_union_that_is_yet_to_end(province: Province):
    unions.dissolve(province.health, Decision(TODAY + timedelta(days=30)), by=None)
    assert verdicts(kept(person())) == ["new"]
    late = person(3, username="muon", phone="", email="", since=TODAY + timedelta(days=30))
    assert verdicts(kept(late)) == ["wrong"]


def test_a_list_gives_a_union_no_second_chair(province: Province):
    told = (
        "Nguyễn Văn Ước là Chủ tịch của Công đoàn cơ sở Sở Y tế, và mỗi đơn vị chỉ có một Chủ tịch."
        " Hãy dùng “Bàn giao chức danh Chủ tịch” ở trang của người đó."
    )
    outcome = kept(person(role="chair"))[0]
    assert outcome.faults == [("role", told)]
    assert not User.objects.filter(username="dang.on").exists()
    Appointment.objects.filter(user=province.chair_of_health).update(valid_to=TODAY)
    second = person(3, role="chair", username="hai", full_name="Hai", phone="", email="")
    outcomes = kept(person(2, role="chair"), second)
    assert verdicts(outcomes) == ["new", "wrong"]
    assert outcomes[1].faults[0][1].startswith("Đặng Thị Ổn là Chủ tịch của")
    assert verdicts(kept(person(role="chair"))) == ["same"]


@pytest.mark.parametrize("field", ["phone", "email"])
def test_two_lines_cannot_share_a_phone_or_an_address(province: Province, field):
    other = {"phone": "", "email": ""} | {field: PERSON[field]}
    outcomes = kept(person(2), person(3, username="khac.nguoi", **other))
    assert verdicts(outcomes) == ["new", "wrong"]
    assert outcomes[1].faults[0][0] == field


def test_lines_about_one_person_agree(province: Province):
    outcomes = kept(person(2), person(3, union="SNV", position="Chủ tịch"))
    assert outcomes[1].faults == [
        ("position", "Dòng 2 ghi khác về người này. Hãy ghi như nhau ở mọi dòng.")
    ]


def test_the_day_of_a_role_that_is_held_stays(province: Province):
    kept(person(since=FOUNDED))
    assert verdicts(kept(person(since=FOUNDED))) == ["same"]
    outcome = kept(person(since=TODAY))[0]
    assert outcome.faults[0][0] == "since"


def test_people_and_unions_of_others_are_not_known(province: Province):
    elsewhere = make_province(code="KHAC", name="Tỉnh khác")
    make_user("la", Role.ADMINISTRATOR, elsewhere, full_name="Người Lạ")
    outcomes = kept(person(2, username="la"), person(3, union="KHAC"), by=province.administrator)
    assert [outcome.faults[0][0] for outcome in outcomes] == ["username", "union"]
    assert User.objects.get(username="la").full_name == "Người Lạ"


def test_many_people_take_as_many_statements_as_few(province: Province):
    def statements(count: int) -> int:
        lines = [
            person(number, username=f"n{count}-{number}", phone="", email="")
            for number in range(count)
        ]
        with CaptureQueriesContext(connection) as asked:
            kept(*lines)
        return sum(not query["sql"].startswith("INSERT") for query in asked.captured_queries)

    assert statements(100) == statements(5)


def counted(number: int = 2, **said) -> Line:
    words = {"union": "SYT", "counted_on": date(2025, 6, 30), "members": 120, "female": 60}
    return Line(number, words | said)


def test_headcounts_are_recorded_corrected_and_left(province: Province):
    assert verdicts(kept(counted(), register=HeadcountList)) == ["new"]
    assert verdicts(kept(counted(), register=HeadcountList)) == ["same"]
    outcomes = kept(counted(members=121), register=HeadcountList)
    assert verdicts(outcomes) == ["changed"]
    row = Headcount.objects.get()
    assert (row.members, row.female, row.workers) == (121, 60, None)


def test_numbers_are_told_as_they_were_and_as_they_are_to_be(province: Province):
    named = "Công đoàn cơ sở Sở Y tế (SYT)"
    assert kept(counted(members=1200), register=HeadcountList)[0].told == (
        f"{named}: ghi số liệu ngày 30/06/2025; đoàn viên 1.200; đoàn viên nữ 60."
    )
    said = {"members": 1201, "female": Erasure("-"), "workers": 1300, "committee": None}
    assert kept(counted(**said), register=HeadcountList)[0].told == (
        f"{named}: sửa số liệu ngày 30/06/2025; đoàn viên 1.200 thành 1.201; xoá đoàn viên nữ 60;"
        " người lao động – thành 1.300."
    )
    row = Headcount.objects.get()
    assert (row.members, row.female, row.workers) == (1201, None, 1300)
    empty = {"members": 1201, "female": None, "workers": None}
    assert verdicts(kept(counted(**empty), register=HeadcountList)) == ["same"]


def test_a_number_that_a_list_does_not_say_stays(province: Province):
    record(Count(province.health, date(2025, 6, 30), 120, 60, 200), by=None)
    assert verdicts(kept(counted(), register=HeadcountList)) == ["same"]
    assert Headcount.objects.get().workers == 200


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ({"union": "KHONG"}, "union"),
        ({"female": 121}, "female"),
        ({"workers": 10_000_001}, "workers"),
        ({"counted_on": TODAY + timedelta(days=1)}, "counted_on"),
        ({"counted_on": date(2019, 1, 1)}, "counted_on"),
        ({"counted_on": date(24, 1, 1)}, "counted_on"),
    ],
)
def test_headcounts_that_cannot_be_are_refused_alone(province: Province, said, about):
    outcomes = kept(counted(2, **said), counted(3, union="SNV"), register=HeadcountList)
    assert verdicts(outcomes) == ["wrong", "new"]
    assert [key for key, _ in outcomes[0].faults] == [about]
    assert Headcount.objects.get().union == province.interior


def test_a_number_of_another_sheet_is_not_to_blame(province: Province):
    record(Count(province.health, date(2025, 6, 30), 120, 60), by=None)
    line = Line(2, {"union": "SYT", "counted_on": date(2025, 6, 30), "members": 50})
    outcome = kept(line, register=HeadcountList)[0]
    assert [key for key, _ in outcome.faults] == ["members"]


def test_one_headcount_of_a_union_and_day_stands_in_a_list(province: Province):
    outcomes = kept(counted(2), counted(3, members=5), register=HeadcountList)
    assert verdicts(outcomes) == ["new", "wrong"]


@pytest.mark.parametrize(
    ("ended_on", "verdict"), [(None, "wrong"), (TODAY, "changed"), (TODAY + timedelta(9), "wrong")]
)
def test_a_list_corrects_no_account_that_answers_to_others_too(
    province: Province, ended_on: date | None, verdict: str
):
    clerk = province.clerk_of_health
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    clerk.appointments.create(role=Role.OFFICER, union=other, valid_from=FOUNDED, valid_to=ended_on)
    said = {"username": clerk.username, "email": "bo@vidu.vn", "union": "SYT", "role": "clerk"}
    outcome = kept(Line(2, said), by=province.administrator)[0]
    assert outcome.verdict == verdict
    if verdict == "wrong":
        assert outcome.faults[0][0] == "email"
        assert "đơn vị mà bạn không quản lý" in outcome.faults[0][1]
    clerk.refresh_from_db()
    assert clerk.email == (None if verdict == "wrong" else "bo@vidu.vn")
    # a role at a union of one's own is given all the same
    given = Line(2, {"username": clerk.username, "union": "SNV", "role": "clerk"})
    assert kept(given, by=province.administrator)[0].verdict == Verdict.CHANGED
