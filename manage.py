#!/usr/bin/env python
"""Django's entry point for operators."""

import os
import sys
from difflib import get_close_matches

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, ManagementUtility, get_commands


class Operator(ManagementUtility):
    """Says in Vietnamese, with exit status 2, that there is no such command."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """The command of this name."""
        commands = get_commands() if settings.INSTALLED_APPS else {}
        if subcommand not in commands:
            meant = get_close_matches(subcommand, commands, n=1)
            guess = f" Có phải là “{meant[0]}”?" if meant else ""
            sys.stderr.write(
                f"Không có lệnh “{subcommand}”.{guess} Các lệnh: {self.prog_name} help\n"
            )
            sys.exit(2)
        return super().fetch_command(subcommand)


def main() -> None:
    """Run the named command with the development settings unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    try:
        Operator(sys.argv).execute()
    except ImproperlyConfigured as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
