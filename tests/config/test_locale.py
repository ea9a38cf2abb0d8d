"""Nothing that a package shows stays in English."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django import forms
from django.conf import settings as configured
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.test import RequestFactory
from django.utils import translation
from django.utils.timesince import timesince
from django.utils.timezone import datetime, timedelta
from django.views.i18n import JSONCatalog

from tests.config.message_sources import Message, marked_in, marked_in_scripts

# the sources of the packages are read once, by one process
pytestmark = pytest.mark.xdist_group("locale")

LOCALE = Path(configured.LOCALE_PATHS[0])
DOMAINS = ["django", "djangojs"]
PACKAGES = [
    "django",
    "unfold",
    "import_export",
    "simple_history",
    "crispy_forms",
    "crispy_bootstrap5",
]
SCRIPTED = ["django.contrib.admin", "unfold"]

# parts of Django that the portal does not use, the names of the other languages,
# and pages that only a developer sees
UNUSED = (
    *("conf/", "core/management/", "views/templates/"),
    *(
        f"contrib/{name}/"
        for name in (
            *("admindocs", "flatpages", "gis", "humanize", "postgres", "redirects"),
            *("sitemaps", "sites", "syndication"),
        )
    ),
)
# programming mistakes, never shown to a user
FOR_DEVELOPERS = {
    Message("Form is not validated, call `is_valid` first"),
    Message("use_natural_foreign_keys and key_is_id cannot both be True"),
}
SAME_IN_VIETNAMESE = {
    *map(Message, ("%(class_name)s %(instance)s", ", ", ":", ":?.!", "…", "Email", "IPv4", "IPv6")),
    *(Message(f"%s {unit}") for unit in ("KB", "MB", "GB", "TB", "PB")),
    Message("%(size)d byte", "%(size)d bytes"),
    Message("%(truncated_text)s…", context="String to return when truncating text"),
}
# import-export puts these together as it writes the journal of the admin
PUT_TOGETHER = {Message(f"{kind} through import_export") for kind in ("new", "update", "delete")}


def entries(domain: str) -> Catalog:
    with (LOCALE / "vi/LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, domain=domain, abort_invalid=True)


def texts(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What an entry translates and its translations, with or without plural."""
    return tuple(
        (value,) if isinstance(value, str) else tuple(value) for value in (entry.id, entry.string)
    )


def asked_for(entry: Entry) -> Message:
    message, plural = (*texts(entry)[0], "")[:2]
    return Message(message, plural, entry.context or "")


def translated(message: Message) -> bool:
    if message.plural:
        shown = translation.ngettext(message.message, message.plural, 2)
    elif message.context:
        shown = translation.pgettext(message.context, message.message)
    else:
        shown = translation.gettext(message.message)
    return shown not in {message.message, message.plural}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our catalogue, compiled anew: what the set-up compiled may be older."""
    place = tmp_path_factory.mktemp("locale")
    (place / "vi/LC_MESSAGES").mkdir(parents=True)
    for domain in DOMAINS:
        with (place / "vi/LC_MESSAGES" / f"{domain}.mo").open("wb") as file:
            write_mo(file, entries(domain))
    return place


@pytest.fixture
def vietnamese(settings, compiled: Path) -> Iterator[None]:
    settings.LOCALE_PATHS = [compiled]
    with translation.override("vi"):
        yield


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("package", PACKAGES)
def test_every_text_of_the_package_is_shown_in_vietnamese(package: str) -> None:
    marked = marked_in(package, skipping=UNUSED if package == "django" else ())
    shown = marked - FOR_DEVELOPERS - SAME_IN_VIETNAMESE
    assert {message for message in shown if not translated(message)} == set()


@pytest.mark.parametrize(
    ("package", "message"),
    [
        ("unfold", Message("Apply Filters")),  # in a template
        ("unfold", Message("Welcome")),  # in a string put together in Python
        (
            "import_export",
            Message("Export %(len)s selected item.", "Export %(len)s selected items."),
        ),
        ("simple_history", Message("Revert %s")),
        ("django", Message("%(truncated_text)s…", context="String to return when truncating text")),
    ],
)
def test_the_texts_of_a_package_are_found(package: str, message: Message) -> None:
    assert message in marked_in(package)


@pytest.mark.usefixtures("vietnamese")
def test_an_unknown_text_is_not_taken_for_translated() -> None:
    assert not translated(Message("Never said anywhere"))
    assert not translated(Message("%d never said", "%d never said anywhere"))


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("message", sorted(PUT_TOGETHER))
def test_what_an_import_writes_into_the_journal_is_vietnamese(message: Message) -> None:
    assert translated(message)


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("package", SCRIPTED)
def test_every_text_of_the_admin_scripts_is_sent_in_vietnamese(
    package: str, rf: RequestFactory
) -> None:
    view = JSONCatalog.as_view(packages=["django.contrib.admin"])
    catalogue = json.loads(view(rf.get("/")).content)["catalog"]
    keys = {
        f"{message.context}\x04{message.message}" if message.context else message.message
        for message in marked_in_scripts(package)
    }
    assert keys
    assert keys - catalogue.keys() == set()


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_and_tags_agree_with_the_original(domain: str) -> None:
    catalogue = entries(domain)
    wrong = [(entry.id, errors) for entry, errors in catalogue.check()]
    for entry in catalogue:
        original, ours = texts(entry)
        marks = re.compile(r"\{\w*\}|%\(\w+\)[a-z]|%[a-z]|<[^>]+>|^\n|\n$")
        if entry.id and {*marks.findall(original[-1])} != {*marks.findall(ours[0])}:
            wrong.append((entry.id, ["marks"]))
        if original[-1].count("{}") != ours[0].count("{}"):
            wrong.append((entry.id, ["count"]))
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_entry_is_finished(domain: str) -> None:
    catalogue = entries(domain)
    assert catalogue.num_plurals == 1
    assert not catalogue.obsolete
    unfinished = [entry.id for entry in catalogue if entry.fuzzy or not all(texts(entry)[1])]
    assert unfinished == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_catalogue_is_written_in_composed_letters(domain: str) -> None:
    text = (LOCALE / "vi/LC_MESSAGES" / f"{domain}.po").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)


def test_the_catalogue_holds_only_what_a_package_asks_for() -> None:
    asked = PUT_TOGETHER.union(*map(marked_in, PACKAGES))
    ours = {asked_for(entry) for entry in entries("django") if entry.id}
    assert {(message.context, message.message) for message in ours} <= {
        (message.context, message.message) for message in asked
    }


def test_the_script_catalogue_holds_only_what_a_script_asks_for() -> None:
    asked = set().union(*map(marked_in_scripts, SCRIPTED))
    assert {asked_for(entry) for entry in entries("djangojs") if entry.id} <= asked


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize(
    ("field", "entered", "said"),
    [
        (forms.IntegerField(), "ba", "Hãy nhập một số nguyên."),
        (forms.IntegerField(max_value=100), "101", "Giá trị phải nhỏ hơn hoặc bằng 100."),
        (forms.CharField(), "", "Mục này là bắt buộc."),
        (forms.CharField(max_length=3), "năm chữ", "Chỉ được có nhiều nhất 3 ký tự (hiện có 7)."),
        (forms.DateField(), "31/02/2026", "Hãy nhập một ngày hợp lệ, ví dụ 30/09/2026."),
        (forms.UUIDField(), "x", "Hãy nhập một mã UUID hợp lệ."),
    ],
)
def test_a_form_refuses_in_vietnamese(field: forms.Field, entered: str, said: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        field.clean(entered)
    assert refusal.value.messages == [said]


@pytest.mark.usefixtures("vietnamese")
def test_a_file_of_another_kind_is_refused_in_vietnamese() -> None:
    with pytest.raises(ValidationError) as refusal:
        FileExtensionValidator(["pdf", "jpg"])(Path("bảng.exe"))
    assert refusal.value.messages == [
        "Không nhận tệp có đuôi “exe”. Chỉ nhận tệp có đuôi: pdf, jpg."
    ]


@pytest.mark.usefixtures("vietnamese")
def test_a_short_and_common_password_is_refused_in_vietnamese() -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password("qwerty")
    assert refusal.value.messages == [
        "Mật khẩu quá ngắn. Phải có ít nhất 8 ký tự.",
        "Mật khẩu này quá thông dụng, dễ bị đoán.",
    ]


@pytest.mark.usefixtures("vietnamese")
def test_a_span_of_time_is_vietnamese() -> None:
    noon = datetime(2026, 9, 5, 12)
    assert timesince(noon, noon + timedelta(days=3, hours=2)) == "3\xa0ngày, 2\xa0giờ"
