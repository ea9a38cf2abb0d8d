"""Merge provinces into one: what it brings is printed, and done only once it is confirmed."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from unions.management.operating import OperatorCommand, day
from unions.models import Union
from unions.queries import find_union
from unions.services import provinces
from unions.services.events import Decision, Outlook


class Command(OperatorCommand):
    help = (
        "Sáp nhập các công đoàn cấp tỉnh vào một: mọi đơn vị trực thuộc chuyển sang, giữ nguyên"
        " cấp. Không có --confirm thì chỉ in những gì sẽ xảy ra."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="+", metavar="mã", help="mã đơn vị được sáp nhập")
        parser.add_argument("--into", required=True, help="mã đơn vị nhận; có thể vừa thành lập")
        parser.add_argument("--on", required=True, type=day, help="có hiệu lực từ ngày")
        parser.add_argument("--decision", required=True, help="số quyết định")
        parser.add_argument("--signer", default="", help="người ký quyết định")
        parser.add_argument("--confirm", action="store_true", help="thực hiện")

    def handle(self, *args: Any, confirm: bool, **options: Any) -> None:
        merged = [find_union(code) for code in dict.fromkeys(options["codes"])]
        into = find_union(options["into"])
        decision = Decision(options["on"], options["decision"], signer=options["signer"])
        of_people = list(provinces.told_of_desks(merged, into, decision))
        if not confirm:
            seen = provinces.outlooks(lambda: provinces.merge(merged, into, decision))
            self._tell(seen, of_people)
            self.stdout.write("Chưa ghi gì. Thêm --confirm để thực hiện.")
            return
        seen, numbers = _carry_out(merged, into, decision)
        self._tell(seen, of_people)
        undoing = "; ".join(f"manage.py undo_event {number}" for number in reversed(numbers))
        self.stdout.write(
            f"Đã sáp nhập {len(merged)} đơn vị vào {into}. Muốn bỏ thì huỷ lần lượt: {undoing}"
        )

    def _tell(self, seen: Iterable[Outlook], of_people: Iterable[str]) -> None:
        for one in seen:
            self.stdout.write(f"{one.title}. {one.when}")
            for sentence in (*one.changes, *one.remarks, *one.access, *one.following):
                self.stdout.write(f"- {sentence}")
            self.stdout.write(f"- {len(one.told)} người nhận thông báo.")
        self.stdout.write("Người làm việc ở cấp tỉnh")
        for sentence in of_people:
            self.stdout.write(f"- {sentence}")


@transaction.atomic
def _carry_out(
    merged: list[Union], into: Union, decision: Decision
) -> tuple[list[Outlook], list[int]]:
    """What it has brought, and the numbers of the events."""
    done = provinces.merge(merged, into, decision)
    return provinces.told(done), [event.pk for event in done]
