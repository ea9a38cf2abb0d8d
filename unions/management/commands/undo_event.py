"""Take back an event of the organisation: told first, done only once it is confirmed."""

import re
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandParser

from unions.errors import RuleBroken
from unions.management.operating import OperatorCommand
from unions.models import OrgEvent
from unions.services import consequences, events, undoing


class Command(OperatorCommand):
    help = (
        "Huỷ một sự kiện tổ chức, khi chưa có gì dựa vào sự kiện đó: đơn vị trở lại như trước."
        " Không có --confirm thì chỉ in những gì sẽ xảy ra."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=_number, metavar="số", help="số của sự kiện")
        parser.add_argument("--confirm", action="store_true", help="thực hiện")

    def handle(self, *args: Any, number: int, confirm: bool, **options: Any) -> None:
        event = OrgEvent.objects.filter(pk=number).first()
        if event is None:
            raise RuleBroken(f"Không có sự kiện số {number}.")
        self._tell(event)
        if not confirm:
            self.stdout.write("Chưa ghi gì. Thêm --confirm để thực hiện.")
            return
        undoing.undo(event, by=None)
        self.stdout.write(f"Đã huỷ sự kiện số {number}.")

    def _tell(self, event: OrgEvent) -> None:
        """What is no more without the event, and what follows; RuleBroken where it must stay."""
        title, when = events.title(event), consequences.when(event.effective_on)
        changes = consequences.changes(event)
        told = consequences.people(event, by=None).count()
        with events.rehearsed():
            following = events.plan(undoing.undo(event, by=None))
        self.stdout.write(f"Huỷ sự kiện số {event.pk}: {title}. {when}")
        self.stdout.write("Những thay đổi sau sẽ không còn:")
        for sentence in changes:
            self.stdout.write(f"- {sentence}")
        self.stdout.write("Khi huỷ:")
        for sentence in (*following, f"{told} người nhận thông báo."):
            self.stdout.write(f"- {sentence}")


def _number(typed: str) -> int:
    """The number of an event, as its page and the other commands tell it."""
    if re.fullmatch("[0-9]{1,9}", typed) is None:
        raise ArgumentTypeError(f"Số sự kiện “{typed}” chưa đúng: hãy viết một số, ví dụ 41.")
    return int(typed)
