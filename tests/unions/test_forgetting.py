"""A name is taken out of what was told where it stands whole, and about that person alone."""

import pytest

from tests.builders import Province, make_province, make_union, make_user
from unions.access import Role
from unions.models import Notice, User
from unions.services import personal_data
from unions.services.forgetting import without


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Trần Anh đã nộp phiếu.", "X đã nộp phiếu."),
        ("Trần Anh Tuấn đã nộp phiếu.", "Trần Anh Tuấn đã nộp phiếu."),
        ("từ Trần Anh Tuấn sang Trần Anh từ ngày", "từ Trần Anh Tuấn sang X từ ngày"),
        ("Nguyễn Trần Anh đã nộp", "Nguyễn Trần Anh đã nộp"),
        ("Trần Anhs, Trần Anh, Chủ tịch", "Trần Anhs, X, Chủ tịch"),
        ("Đã nộp. Trần Anh", "Đã nộp. X"),
        ("Phiếu của Sở\nTrần Anh đã nộp", "Phiếu của Sở\nX đã nộp"),
        ("theo đề nghị của Bà Trần Anh", "theo đề nghị của Bà X"),
        ("(Trần Anh)", "(X)"),
        ("Trần Anh, Trần Anh", "X, X"),
        ("Trần Ánh", "Trần Ánh"),
        ("", ""),
    ],
)
def test_a_name_is_taken_out_where_it_stands_whole(text: str, left: str):
    assert without(text, "Trần Anh", "X") == left


def test_a_name_within_itself_is_taken_out_once():
    assert without("An An đã nộp", "An An", "An An An") == "An An An đã nộp"
    assert without("An An An đã nộp", "An An", "X") == "An An An đã nộp"


def told(to: User, text: str, title: str = "Thông báo") -> Notice:
    return Notice.objects.create(recipient=to, title=title, text=text)


def texts(*notices: Notice) -> list[str]:
    return [Notice.objects.get(pk=notice.pk).text for notice in notices]


def test_other_people_keep_their_names_in_what_was_told(province: Province):
    anh = make_user("anh", Role.DEPUTY, province.health, full_name="Trần Anh")
    elsewhere = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    theirs = make_union(elsewhere, code="KHAC1", name="Công đoàn cơ sở Sở khác")
    make_user("anh2", Role.CHAIR, theirs, full_name="Trần Anh")
    stranger = make_user("cb2", Role.OFFICER, elsewhere, full_name="Cán Bộ Khác")
    officer, health, interior = province.officer, province.health.name, province.interior.name
    about_her = told(officer, f"Trần Anh đã nộp phiếu số liệu của {health}.")
    to_her = told(anh, "Trần Anh, Phó Chủ tịch, vắng mặt.")
    others = [
        told(officer, f"Trần Anh Tuấn đã nộp phiếu số liệu của {health}."),
        told(officer, f"Trần Anh đã nộp phiếu số liệu của {interior}."),
        told(stranger, f"Trần Anh đã nộp phiếu số liệu của {theirs.name}."),
    ]
    before = texts(*others)
    personal_data.anonymise(anh, "Đơn", by=province.administrator)
    number = f"Người dùng số {anh.pk} (đã ẩn danh)"
    assert texts(about_her, to_her) == [
        f"{number} đã nộp phiếu số liệu của {health}.",
        f"{number}, Phó Chủ tịch, vắng mặt.",
    ]
    assert texts(*others) == before


def test_a_title_stays_within_its_column(province: Province):
    anh = make_user("anh", Role.DEPUTY, province.health, full_name="Trần Anh")
    title = f"Trần Anh, {province.health.name}: " + "x" * 250
    notice = told(province.officer, "", title)
    personal_data.anonymise(anh, "Đơn", by=province.administrator)
    notice.refresh_from_db()
    assert notice.title.startswith("Người dùng số")
    assert len(notice.title) == 300
