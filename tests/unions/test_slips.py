"""Slips of paper: the code is the link, one for each person."""

from xml.etree import ElementTree

import pytest
import segno

from tests.builders import Province
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import JournalEntry, User
from unions.services import invitations, slips
from unions.services.invitations import Guest


def test_the_picture_is_the_code_of_the_address(db):
    """The drawing has as many dark squares as the code: its lines, measured, come to them."""
    address = "https://cong.vidu.vn/nhan-loi-moi/1.1~abc/"
    code = segno.make(address, error="m", micro=False)
    drawing = ElementTree.fromstring(slips.picture(address))
    commands = "".join(path.get("d") for path in drawing.iter("{http://www.w3.org/2000/svg}path"))
    commands = commands or "".join(path.get("d") for path in drawing.iter("path"))
    drawn = sum(int(part.split("m")[0].split("M")[0]) for part in commands.split("h")[1:])
    assert drawn == sum(sum(row) for row in code.matrix)
    assert "style=" not in slips.picture(address)
    assert "<script" not in slips.picture(address)


def test_a_slip_of_an_invitation_says_who_what_and_until_when(province: Province, settings):
    settings.PUBLIC_URL = "https://cong.vidu.vn"
    chair = province.chair_of_health
    row = invitations.invite(Guest("Lò Thị Mới"), Role.CLERK, province.health, by=chair)
    slip = slips.of_invitation(row, by=chair)
    assert (slip.name, slip.purpose, slip.until) == (
        "Lò Thị Mới",
        "Mời làm Cán bộ nhập số liệu, Công đoàn cơ sở Sở Y tế",
        row.expires_at,
    )
    assert slip.address == invitations.link(row)
    assert slip.address.startswith("https://cong.vidu.vn/nhan-loi-moi/")


def test_an_invitation_by_mail_is_not_put_on_paper(province: Province):
    """Else whoever prints it could stand in for the owner of the mail box."""
    guest = Guest("Lò Thị Mới", email="lo@vidu.vn")
    chair = province.chair_of_health
    row = invitations.invite(guest, Role.CLERK, province.health, by=chair)
    with pytest.raises(RuleBroken, match="chỉ chủ hộp thư nhận được liên kết"):
        slips.of_invitation(row, by=chair)


def test_what_is_over_is_not_put_on_paper(province: Province):
    chair = province.chair_of_health
    row = invitations.invite(Guest("Lò Thị Mới"), Role.CLERK, province.health, by=chair)
    assert slips.of_invitation(row, by=chair)
    with pytest.raises(RuleBroken, match="đã bị thu hồi"):
        slips.of_invitation(invitations.withdraw(row, by=chair), by=chair)


def test_each_account_gets_its_own_slip_and_line(province: Province):
    chosen = [province.chair_of_health, province.clerk_of_health]
    before = JournalEntry.objects.count()
    made = slips.of_accounts(chosen, by=province.officer)
    assert [slip.account for slip in made] == ["chutich.yte", "nhaplieu.yte"]
    assert len({slip.address for slip in made}) == 2
    assert JournalEntry.objects.count() == before + 2


def test_one_who_may_not_be_given_a_link_stops_all_slips(province: Province):
    before = JournalEntry.objects.count()
    chosen = [province.chair_of_health, province.administrator]
    with pytest.raises(RuleBroken, match="không cấp được liên kết cho Đỗ Quản Trị"):
        slips.of_accounts(chosen, by=province.officer)
    User.objects.filter(pk=province.clerk_of_health.pk).update(is_active=False)
    locked = User.objects.get(pk=province.clerk_of_health.pk)
    with pytest.raises(RuleBroken, match="đang khoá"):
        slips.of_accounts([locked], by=province.administrator)
    assert JournalEntry.objects.count() == before
    assert len(slips.of_accounts(chosen, by=province.administrator)) == 2


def test_too_many_at_once_are_refused(province: Province):
    with pytest.raises(RuleBroken, match="nhiều nhất 200 phiếu"):
        slips.of_accounts([province.clerk_of_health] * 201, by=province.administrator)
