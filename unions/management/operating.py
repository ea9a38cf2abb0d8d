"""What every command of the operator shares: options, refusals in Vietnamese, exit status 2."""

import errno
import os
import re
import sys
from argparse import SUPPRESS, Action, ArgumentTypeError
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
    SystemCheckError,
)
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError
from django.utils.dateparse import parse_date

from unions.errors import RuleBroken

_MEGA = 1_000_000
_NO_DATABASE = (
    "Không dùng được cơ sở dữ liệu. Hãy kiểm tra DATABASE_URL, máy chủ cơ sở dữ liệu có đang chạy"
    " không, và đã chạy “manage.py migrate” chưa."
)
# what argparse says, and what is told instead
_TOLD = (
    (r"the following arguments are required: (.+)", "Lệnh còn thiếu: {}."),
    (r"unrecognized arguments: (.+)", "Lệnh không có: {}."),
    (r"argument (\S+): expected .+", "Sau {} phải ghi một giá trị."),
    (r"argument \S+: ignored explicit argument (.+)", "Không được ghi {} ở đây."),
    (r"argument \S+: (.+)", "{}"),
)
_CAUSES = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EISDIR: "đây là thư mục",
    errno.ENOTDIR: "đường dẫn đi qua một tệp không phải thư mục",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENAMETOOLONG: "tên tệp quá dài",
}


# what every command of Django can be told besides
_EVERYWHERE = {
    "help": "in hướng dẫn này rồi thôi",
    "version": "in phiên bản của Django rồi thôi",
    "verbosity": "nói nhiều hay ít: 0 ít nhất, 1 bình thường, 2 nhiều, 3 rất nhiều",
    "settings": "mô-đun thiết lập; mặc định lấy ở biến DJANGO_SETTINGS_MODULE",
    "pythonpath": "thêm một thư mục vào đường tìm mô-đun Python",
    "traceback": "khi không làm được thì in cả dấu vết lỗi",
    "no_color": "in không màu",
    "force_color": "luôn in có màu",
    "skip_checks": "không kiểm tra hệ thống trước",
}


class Formatter(DjangoHelpFormatter):
    """Instructions in Vietnamese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        told = {"positional arguments": "tham số", "options": "lựa chọn"}
        super().start_section(told.get(heading or "", heading))

    def add_argument(self, action: Action) -> None:
        if action.help is not SUPPRESS:
            action.help = _EVERYWHERE.get(action.dest, action.help)
        super().add_argument(action)


class Parser(CommandParser):
    """Explains and refuses in Vietnamese."""

    def error(self, message: str) -> NoReturn:
        sentence = f"{_told(message)} Cách dùng: {self.prog} --help"
        if self.called_from_command_line:
            self.exit(2, f"{sentence}\n")
        raise CommandError(sentence, returncode=2)


class OperatorCommand(BaseCommand):
    """A command whose every refusal is one sentence and exit status 2."""

    at_the_shell = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        given = {"formatter_class": Formatter} | kwargs
        parser = super().create_parser(prog_name, subcommand, **given)
        parser.__class__ = Parser
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """Run as typed at the shell."""
        self.at_the_shell = True
        super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run; at the shell a refusal is the sentence alone, unless the traceback was asked for."""
        try:
            return self._run(*args, **options)
        except SystemCheckError:
            raise
        except CommandError as refusal:
            if not self.at_the_shell or options.get("traceback"):
                raise
            self.stderr.write(str(refusal))
            sys.exit(refusal.returncode)

    def _run(self, *args: Any, **options: Any) -> str | None:
        """Run; a broken rule or an unreachable database is told, a closed pipe ends quietly."""
        try:
            told = super().execute(*args, **options)
            self.stdout.flush()
        except RuleBroken as problem:
            raise CommandError(str(problem), returncode=2) from problem
        except (IntegrityError, DataError):
            # the database is there: what was asked of it is wrong
            raise
        except (DatabaseError, InterfaceError) as problem:
            raise CommandError(_NO_DATABASE, returncode=2) from problem
        except BrokenPipeError:
            # whoever read has read enough; nothing is left to be flushed at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        return told


def year(typed: str) -> int:
    """A year of four digits."""
    if re.fullmatch("[0-9]{4}", typed) is None:
        raise ArgumentTypeError(f"Năm “{typed}” chưa đúng: hãy viết bốn chữ số, ví dụ 2025.")
    return int(typed)


def day(typed: str) -> date:
    """A day that the calendar has, as 2024-01-31."""
    try:
        found = parse_date(typed)
    except ValueError:
        found = None
    if found is None:
        raise ArgumentTypeError(f"Ngày “{typed}” chưa đúng: hãy viết như 2024-01-31.")
    return found


def content_of(file: Path, most: int, what: str) -> bytes:
    """What stands in a file of at most so many bytes; `what` it is to be, “một tệp chương trình”.

    RuleBroken names the file and why; a device that never ends is too big like any other.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(most + 1)
    except (OSError, ValueError) as problem:
        why = cause(problem) if isinstance(problem, OSError) else "tên tệp không hợp lệ"
        raise RuleBroken(f"Không đọc được tệp {file}: {why}.") from problem
    if len(content) > most:
        size = f"{most // _MEGA} MB" if most >= _MEGA else f"{most // 1000} KB"
        raise RuleBroken(f"Tệp {file} lớn hơn {size}, không phải {what}. Hãy chọn đúng tệp.")
    return content


def cause(problem: OSError) -> str:
    """Why a file could not be read or written."""
    return _CAUSES.get(problem.errno or 0, f"máy báo lỗi {problem.errno}")


def _told(message: str) -> str:
    for pattern, sentence in _TOLD:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(found[1])
    return "Lệnh viết chưa đúng."
