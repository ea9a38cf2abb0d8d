"""Where each key of a TOML text stands: tomllib tells the values, not their lines."""

import tomllib

Path = tuple[str | int, ...]

_BARE_END = set(" \t\r\n=.]#,}")
_QUOTES = ('"""', "'''", '"', "'")


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
        while self.at < len(self.source):
            if self._peek() == "#":
                self.at = self._line_end()
            elif self._peek().isspace():
                self.at += 1
            else:
                return True
        return False

    def _line_end(self) -> int:
        end = self.source.find("\n", self.at)
        return len(self.source) if end < 0 else end

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
            self._string()
            literal = self.source[start : self.at]
            return next(iter(tomllib.loads(f"{literal} = 0")))
        while self._peek() and self._peek() not in _BARE_END:
            self.at += 1
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
            self._string()
        else:
            self._scalar()

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

    def _string(self) -> None:
        quote = next(mark for mark in _QUOTES if self.source.startswith(mark, self.at))
        self.at += len(quote)
        while not self.source.startswith(quote, self.at):
            self.at += 2 if quote[0] == '"' and self._peek() == "\\" else 1
        self.at += len(quote)
        while len(quote) == len(_QUOTES[0]) and self._peek() == quote[0]:
            self.at += 1  # a long string may end in one or two quotes of its own

    def _scalar(self) -> None:
        while self._peek() and self._peek() not in {",", "]", "}", "#", "\n"}:
            self.at += 1
