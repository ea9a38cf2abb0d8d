"""Where each key of a TOML text stands: tomllib tells the values, not their lines."""

import re
import tomllib

Path = tuple[str | int, ...]

# Nothing here needs to go back over what it took: the text is valid. Possessive groups would say
# so, but Python's first releases that know them (3.11.0 to 3.11.4) match some of them wrongly.
_BLANK = re.compile(r"(?:\s+|#[^\n]*)*")
_BARE = re.compile(r"[^ \t\r\n=.\]#,}]*")
_SCALAR = re.compile(r"[^,\]}#\n]*")
# a long string may end in one or two quotes of its own
_STRING = re.compile(
    r'''"""(?:[^"\\]+|\\.|"(?!""))*"{3,5}'''
    r"""|'{3}(?:[^']+|'(?!''))*'{3,5}"""
    r'''|"(?:[^"\\]+|\\.)*"'''
    r"""|'[^']*'""",
    re.DOTALL,
)


def locate(source: str) -> dict[Path, int]:
    """The line of every key, table and array element. `source` must be valid TOML."""
    return _Scanner(source).scan()


class _Scanner:
    """Walks over a valid TOML text once and notes the line of every path it passes."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.counted, self.line = 0, 1

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip_blank():
            if self.source.startswith("[[", self.at):
                table = self._array_header()
            elif self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _skip_blank(self) -> bool:
        """Step over white space, line ends and comments; False at the end of the text."""
        self._skip(_BLANK)
        return self.at < len(self.source)

    def _skip(self, what: re.Pattern[str]) -> None:
        if found := what.match(self.source, self.at):
            self.at = found.end()

    def _note(self, path: Path) -> None:
        line = self._line()
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _line(self) -> int:
        """The line one stands on, counted on from where it was counted last."""
        self.line += self.source.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line

    def _header(self) -> Path:
        self.at += 1
        path = self._resolve(self._key())
        self.at += 1
        self._note(path)
        return path

    def _array_header(self) -> Path:
        self.at += 2
        keys = self._key()
        self.at += 2
        path = (*self._resolve(keys[:-1]), keys[-1])
        self.counts[path] = self.counts.get(path, 0) + 1
        path = (*path, self.counts[path] - 1)
        self._note(path)
        return path

    def _resolve(self, keys: list[str]) -> Path:
        """A header's keys as a path: an array of tables means its latest element."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def _key(self) -> list[str]:
        """A key with its dots; stops at the mark that follows it."""
        parts: list[str] = []
        while True:
            self._skip_blank()
            parts.append(self._key_part())
            self._skip_blank()
            if self._peek() != ".":
                return parts
            self.at += 1

    def _key_part(self) -> str:
        start = self.at
        if self._peek() in {'"', "'"}:
            self._skip(_STRING)
            literal = self.source[start : self.at]
            return next(iter(tomllib.loads(f"{literal} = 0")))
        self._skip(_BARE)
        return self.source[start : self.at]

    def _pair(self, table: Path) -> None:
        start = self.at
        path = (*table, *self._key())
        end, self.at = self.at, start
        self._note(path)
        self.at = end + 1
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip_blank()
        self._note(path)
        mark = self._peek()
        if mark == "[":
            self._array(path)
        elif mark == "{":
            self._inline_table(path)
        elif mark in {'"', "'"}:
            self._skip(_STRING)
        else:
            self._skip(_SCALAR)

    def _array(self, path: Path) -> None:
        self.at += 1
        index = 0
        while self._skip_blank() and self._peek() != "]":
            if self._peek() == ",":
                self.at += 1
                continue
            self._value((*path, index))
            index += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while self._skip_blank() and self._peek() != "}":
            if self._peek() == ",":
                self.at += 1
                continue
            self._pair(path)
        self.at += 1
