"""Found the first union of a tree and its first administrator."""

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from unions.access import Role
from unions.errors import RuleBroken
from unions.management.operating import OperatorCommand, day
from unions.models import Level, UnionType
from unions.services import accounts, people, unions
from unions.services.events import Decision
from unions.services.founding import Profile
from unions.vietnamese import trimmed

_ASKED = {
    "code": ("mã", "mã đơn vị, ví dụ CDVC"),
    "name": ("tên", "tên đơn vị"),
    "username": ("tên-đăng-nhập", "tên đăng nhập của người quản trị"),
    "full_name": ("họ-và-tên", "họ và tên người quản trị"),
}

# today would be after every period and every union that is to be founded beneath it
_SINCE = "ngày thành lập công đoàn tỉnh, trước mọi đơn vị và kỳ báo cáo của tỉnh"


class Command(OperatorCommand):
    help = "Thành lập công đoàn cấp tỉnh và tài khoản quản trị đầu tiên."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, (called, meant) in _ASKED.items():
            parser.add_argument(name, metavar=called, help=meant)
        parser.add_argument("--since", required=True, type=day, help=_SINCE)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Found it, and print the link by which the administrator sets a password."""
        for name, (_, meant) in _ASKED.items():
            if not trimmed(options[name]):
                raise RuleBroken(f"Chưa ghi {meant}.")
        province = unions.found_province(
            options["code"],
            Profile(options["name"], UnionType.AGENCY, level=Level.UPPER),
            Decision(options["since"]),
        )
        person = accounts.Profile(options["username"], options["full_name"])
        user = accounts.open_account(person, Role.ADMINISTRATOR, province, by=None)
        link = people.one_time_link(user, by=None, union=province)
        self.stdout.write(f"Đã thành lập {province}. Đặt mật khẩu cho {user} tại: {link}")
