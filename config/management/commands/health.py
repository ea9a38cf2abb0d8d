"""Says whether the portal's services are alive."""

import sys
from typing import Any

from django.core.management.base import CommandParser

from config.health import CHECKS, problems
from unions.errors import RuleBroken
from unions.management.operating import OperatorCommand


class Command(OperatorCommand):
    help = "Nói dịch vụ nào không trả lời; mã thoát 1 nếu có."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which service to ask; without it, all."""
        asked = f"dịch vụ cần hỏi ({', '.join(CHECKS)}); không ghi thì hỏi tất cả"
        parser.add_argument("--service", action="append", metavar="TÊN", help=asked)

    def handle(self, *_arguments: Any, service: list[str] | None, **_options: Any) -> None:
        """Print one sentence for each service that does not answer."""
        for name in service or []:
            if name not in CHECKS:
                known = ", ".join(CHECKS)
                raise RuleBroken(f"Không có dịch vụ “{name}”. Các dịch vụ: {known}.")
        found = problems(service or list(CHECKS))
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            sys.exit(1)
        self.stdout.write("Mọi dịch vụ được hỏi đều hoạt động.")
