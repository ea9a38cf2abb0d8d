"""Makes a believable province on an empty database."""

import re
from typing import Any

from django.core.management.base import CommandParser

from reports.demonstration.people import PASSWORD
from reports.demonstration.seeding import Wanted, seed
from unions.access import Role
from unions.errors import RuleBroken
from unions.management.operating import OperatorCommand

# role, user name, password: what is printed, and what whoever starts the portal is told
DEMO_LOGINS: list[tuple[str, str, str]] = [
    (str(role.label), username, PASSWORD)
    for role, username in (
        (Role.ADMINISTRATOR, "quantri"),
        (Role.OFFICER, "canbo"),
        (Role.LEADER, "lanhdao"),
        (Role.INSPECTOR, "kiemtra"),
        (Role.VIEWER, "ldld"),
        (Role.CHAIR, "chutich01"),
        (Role.CLERK, "nhaplieu01"),
    )
]


class Command(OperatorCommand):
    """All of it or nothing; every refusal is one sentence and exit status 2."""

    help = "Tạo một tỉnh trình diễn trên cơ sở dữ liệu trống."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unions", default="60", help="số công đoàn cơ sở, mặc định 60")
        parser.add_argument(
            "--years", default="2024-2025", help="các năm báo cáo, mặc định 2024-2025"
        )
        parser.add_argument("--seed", default="1", help="số gốc: cùng số thì cùng dữ liệu")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the wish, make the province, say how to log in."""
        wanted = Wanted(
            _number("--unions", options["unions"]),
            _years(options["years"]),
            _number("--seed", options["seed"]),
        )
        seed(wanted)
        self.stdout.write(f"Đã tạo tỉnh trình diễn với {wanted.unions} công đoàn cơ sở.")
        for role, username, password in DEMO_LOGINS:
            self.stdout.write(f"  {username:<12} {password}  {role}")


def _number(option: str, typed: Any) -> int:
    if re.fullmatch("[0-9]{1,9}", str(typed)) is None:
        raise RuleBroken(f"{option} “{typed}” chưa đúng: hãy viết một số, ví dụ {option} 60.")
    return int(typed)


def _years(typed: Any) -> range:
    """One year, or the first and the last of several."""
    found = re.fullmatch("([0-9]{4})(?:-([0-9]{4}))?", str(typed))
    if found is None:
        raise RuleBroken(f"--years “{typed}” chưa đúng: hãy viết 2025 hoặc 2024-2025.")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise RuleBroken(f"--years “{typed}” chưa đúng: năm đầu phải trước năm cuối.")
    return range(first, last + 1)
