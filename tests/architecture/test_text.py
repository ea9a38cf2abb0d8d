"""All text is composed (NFC) and without signs that nobody sees."""

import re
import unicodedata

from tests.architecture.sources import named, texts

# Documents for the reader of programmes are as irregular as unions publish them.
AS_PUBLISHED = ("tests/indicators/documents/",)
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control signs, carriage returns
    "\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff"  # spaces and marks without ink
    "\u00d0\u00f0\ufffd]"  # Icelandic letters that look like Đ đ; what could not be decoded
)


def test_every_text_is_composed_and_shows_all_it_holds():
    """Write an unseen sign as an escape (\\u00a0); compose text with unions.vietnamese.composed."""
    found = []
    for path in texts():
        if named(path).startswith(AS_PUBLISHED):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line):
                found.append(f"{named(path)}:{number} is not NFC")
            if sign := UNSEEN.search(line):
                found.append(f"{named(path)}:{number} has an unseen U+{ord(sign.group()):04X}")
    assert not found, "\n".join(found)


def test_every_text_ends_with_one_end_of_line():
    found = [
        named(path)
        for path in texts()
        if (text := path.read_text(encoding="utf-8"))
        and not named(path).startswith(AS_PUBLISHED)
        and (not text.endswith("\n") or text.endswith("\n\n"))
    ]
    assert not found, "\n".join(found)
