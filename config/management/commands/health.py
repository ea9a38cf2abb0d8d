"""Says whether the portal's services are alive."""

import sys
from typing import Any

from django.core.management import BaseCommand
from django.core.management.base import CommandParser

from config.health import CHECKS, problems


class Command(BaseCommand):
    help = "Says what does not answer; exit status 1 if anything does not."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which service to ask; without it, all."""
        parser.add_argument("--service", choices=list(CHECKS), action="append")

    def handle(self, *_arguments: Any, service: list[str] | None, **_options: Any) -> None:
        """Print one sentence for each service that does not answer."""
        found = problems(service or list(CHECKS))
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            sys.exit(1)
        self.stdout.write("Mọi dịch vụ được hỏi đều hoạt động.")
