"""What is made before the portal is served."""

import gettext
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings as configured

from config.assets import compile_catalogues

CATALOGUES = Path(configured.LOCALE_PATHS[0], "vi/LC_MESSAGES")


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """The catalogues as they come with the sources, not compiled."""
    settings.LOCALE_PATHS = [tmp_path]
    copied = tmp_path / "vi/LC_MESSAGES"
    copied.mkdir(parents=True)
    for source in CATALOGUES.glob("*.po"):
        shutil.copy(source, copied)
    return copied


def _told(folder: Path, domain: str, text: str) -> str:
    with (folder / f"{domain}.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled).gettext(text)


def test_what_packages_say_is_compiled_where_it_was_not_yet(folder):
    compile_catalogues()
    assert _told(folder, "django", "Filters") == "Bộ lọc"
    assert {made.stem for made in folder.glob("*.mo")} == {"django", "djangojs"}


def test_it_is_compiled_again_only_if_it_changed(folder):
    compile_catalogues()
    source, made = folder / "django.po", folder / "django.mo"
    first = made.stat().st_mtime_ns
    compile_catalogues()
    assert made.stat().st_mtime_ns == first
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace('"Bộ lọc"', '"Lọc"'), encoding="utf-8")
    os.utime(source, ns=(first + 10**9, first + 10**9))
    compile_catalogues()
    assert _told(folder, "django", "Filters") == "Lọc"
