"""Whatever file holds a programme, as cleaned and numbered lines."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from indicators.programme_reader.outline import Line
from indicators.programme_reader.pdf import lines_of_pdf
from indicators.programme_reader.plain_text import columns, lines_of_text
from indicators.programme_reader.wording import clean
from unions.errors import RuleBroken

_LARGEST = 20_000_000
_MOST_LINES = 5_000
_MOST_LETTERS = 500_000
_WORD_BEFORE_2007 = b"\xd0\xcf\x11\xe0"


def lines_of(source: Path | str | bytes, name: str = "") -> list[Line]:
    """The non-blank lines with their numbers; RuleBroken for a file that cannot be read."""
    content = source if isinstance(source, bytes) else _content(Path(source))
    _refuse_size(content)
    raw_lines = _raw_lines(content)
    if len(raw_lines) > _MOST_LINES or sum(map(len, raw_lines)) > _MOST_LETTERS:
        raise RuleBroken("Tệp quá dài, không phải một chương trình hành động; hãy chọn đúng tệp.")
    return list(_cleaned(raw_lines))


def _cleaned(raw_lines: Sequence[str]) -> Iterator[Line]:
    """A form feed begins a page; it is all that is left of where the pages ended."""
    page = 0
    for number, raw in enumerate(raw_lines, 1):
        for at, piece in enumerate(raw.split("\f")):
            page += at > 0
            yield from (Line(number, text, page) for text in map(clean, columns(piece)) if text)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except OSError as error:
        raise RuleBroken(
            f"Không mở được tệp “{path}”; hãy kiểm tra đường dẫn và quyền đọc."
        ) from error


def _refuse_size(content: bytes) -> None:
    if not content.strip():
        raise RuleBroken("Tệp rỗng, không có gì để đọc; hãy chọn đúng tệp chương trình.")
    if len(content) > _LARGEST:
        raise RuleBroken("Tệp lớn hơn 20 MB; hãy bỏ bớt hình ảnh rồi tải lại.")


def _raw_lines(content: bytes) -> list[str]:
    """The content decides the format: names lie."""
    if content.startswith(_WORD_BEFORE_2007):
        raise RuleBroken(
            "Tệp Word có đặt mật khẩu hoặc thuộc dạng cũ (.doc);"
            " hãy bỏ mật khẩu, lưu lại dạng .docx rồi tải lại."
        )
    if content.startswith(b"PK"):
        # python-docx takes a tenth of a second to load: every command would pay for it
        from indicators.programme_reader.word import lines_of_word  # noqa: PLC0415

        return lines_of_word(content)
    if content[:1024].lstrip().startswith(b"%PDF"):
        return lines_of_pdf(content)
    return lines_of_text(content)
