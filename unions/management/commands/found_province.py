"""Found the first union of a tree and its first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from unions.access import Role
from unions.errors import RuleBroken
from unions.models import Level, UnionType, User
from unions.services import people, unions
from unions.services.unions import Decision, Profile


class Command(BaseCommand):
    help = "Thành lập công đoàn cấp tỉnh và tài khoản quản trị đầu tiên."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã đơn vị, ví dụ CDVC")
        parser.add_argument("name", help="tên đơn vị")
        parser.add_argument("username", help="tên đăng nhập của người quản trị")
        parser.add_argument("full_name", help="họ và tên người quản trị")
        parser.add_argument("--since", type=parse_date, default=timezone.localdate())

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(username=options["username"]).exists():
            raise CommandError(
                f"Tên đăng nhập “{options['username']}” đã có người dùng.", returncode=2
            )
        try:
            province = unions.found_province(
                options["code"],
                Profile(options["name"], UnionType.AGENCY, level=Level.UPPER),
                Decision(options["since"]),
            )
        except RuleBroken as problem:
            raise CommandError(str(problem), returncode=2) from problem
        user = User(username=options["username"], full_name=options["full_name"])
        user.set_unusable_password()
        user.save()
        people.appoint(user, Role.ADMINISTRATOR, province, by=None)
        link = people.one_time_link(user, by=None, union=province)
        self.stdout.write(f"Đã thành lập {province}. Đặt mật khẩu cho {user} tại: {link}")
