"""A published programme on its way to becoming data: read, corrected, adopted."""

from dataclasses import replace
from functools import lru_cache
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify

from actionplan.services.wordings import Paper
from indicators import kinds, programme_reader
from indicators.models import ProgrammeDocument
from indicators.programme_file import ProgrammeFileError, ProgrammeSpec, parse, write
from indicators.programme_reader.sources import lines_of
from indicators.services import programmes, rewording, seen, standing
from indicators.services.desk_words import told_at_the_desk
from indicators.services.programmes import Loaded
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, User
from unions.services import evidence, journal
from unions.vietnamese import fold, tidy

SUFFIXES = (".txt", ".docx", ".pdf")


@transaction.atomic
def take_in(union: Union, upload: "UploadedFile[bytes]", *, by: User) -> ProgrammeDocument:
    """Read an uploaded programme (tải lên) and keep it; one that is no programme leaves nothing.

    Questions and titles of the programme in force stay where the document's wording is the same.
    """
    require(by, Permission.MANAGE_PROGRAMMES, union)
    name = tidy(PurePath(upload.name or "").name)[-200:]
    content = _content(upload, name)
    with evidence.PDFIUM:
        reading = programme_reader.read(content, name)
    known = standing.in_force(union, reading.spec)
    document = ProgrammeDocument(
        union=union,
        name=name,
        text=_numbered_text(content, name),
        unplaced=[number for number, _ in reading.unplaced],
        notes=list(reading.notes),
        source=write(
            rewording.keep(reading.spec, known) if known else reading.spec, kinds.REGISTRY
        ),
        uploaded_by=by,
    )
    document.file.save(name, ContentFile(content), save=False)
    document.save()
    journal.record(f"Tải lên văn bản chương trình “{name}”", by=by, about=document)
    return document


@transaction.atomic
def correct(
    document: ProgrammeDocument,
    spec: ProgrammeSpec,
    *,
    by: User | None,
    shown: str | None = None,
) -> ProgrammeDocument:
    """Keep a person's correction of what was read; a programme in force stays as it is.

    `shown` is the mark of the reading that the page showed: Stale if somebody corrected it since.
    """
    document = _locked(document, by=by)
    seen.reading_as_shown(document, shown)
    source = write(spec, kinds.REGISTRY)
    _parsed(source)
    if source != document.source:
        document.source = source
        document.save(update_fields=["source"])
        journal.record(f"Sửa bản đọc của văn bản “{document.name}”", by=by, about=document)
    return document


@transaction.atomic
def adopt(
    document: ProgrammeDocument,
    *,
    by: User | None,
    meant: bool = False,
    paper: Paper | None = None,
    shown: str | None = None,
) -> Loaded:
    """Make the corrected reading the union's programme in force (ban hành trên cổng).

    A programme of the same union and term is amended, not doubled; what was reworded on the
    portal since it was loaded stays. The words in force so far are kept: they are amended by the
    `paper`, or by the document itself if it is a later one. RuleBroken if it is quite another
    programme than the one in force, unless that is `meant`; Stale unless the reading is the one
    `shown`.
    """
    document = _locked(document, by=by)
    seen.reading_as_shown(document, shown)
    spec = _parsed(document.source)
    if not meant and (told := standing.another(spec, document.union)):
        raise RuleBroken(told)
    known = standing.in_force(document.union, spec)
    since = standing.last_loaded(known) if known else None
    if known and since:
        spec = rewording.keep(spec, known, since)
    code = slugify(f"{fold(document.union.code)}-{spec.term_from}-{spec.term_to}")
    loaded = _loaded(spec, code, document.union, by, paper)
    if loaded.changes or document.programme != loaded.programme:
        document.programme = loaded.programme
        document.save(update_fields=["programme"])
        sentence = f"Ban hành trên cổng chương trình đọc từ “{document.name}”"
        journal.record(sentence, by=by, about=document)
    return loaded


def amends(document: ProgrammeDocument) -> bool:
    """Whether there is a programme in force that adopting would amend."""
    return standing.in_force(document.union, spec_of(document)) is not None


def would_change(document: ProgrammeDocument, *, by: User | None) -> Loaded:
    """What adopting would change and warn about, in sentences; nothing is changed yet."""
    with transaction.atomic():
        loaded = adopt(document, by=by, meant=True)
        transaction.set_rollback(True)
    warnings = [told_at_the_desk(warning) for warning in loaded.warnings]
    return replace(loaded, warnings=warnings)


def spec_of(document: ProgrammeDocument, source: str = "") -> ProgrammeSpec:
    """What was read and corrected so far, or until an earlier `source`; it may lack much."""
    return _parsed(source or document.source, draft=True)


def another_of(document: ProgrammeDocument) -> str:
    """A sentence if adopting would replace quite another programme in force; else empty."""
    return standing.another(spec_of(document), document.union)


def warnings_of(document: ProgrammeDocument) -> list[str]:
    """What in the corrected reading does not add up though it can be adopted, in sentences."""
    return [told_at_the_desk(warning) for warning in spec_of(document).warnings]


def _content(upload: "UploadedFile[bytes]", name: str) -> bytes:
    most = settings.EVIDENCE_MAX_BYTES
    if PurePath(name).suffix.lower() not in SUFFIXES:
        raise RuleBroken(f"Tệp “{name}” không đọc được: hãy chọn tệp {', '.join(SUFFIXES)}.")
    if not upload.size:
        raise RuleBroken(f"Tệp “{name}” rỗng. Hãy chọn lại tệp có nội dung.")
    if upload.size > most:
        raise RuleBroken(f"Tệp “{name}” lớn hơn {most // 1024**2} MB. Hãy chọn tệp nhỏ hơn.")
    content: bytes = upload.read()
    return content


def _numbered_text(content: bytes, name: str) -> str:
    """The text with each line at its own number; cells side by side stand on one line."""
    lines: dict[int, str] = {}
    for line in lines_of(content, name):
        lines[line.number] = (
            f"{lines[line.number]} | {line.text}" if line.number in lines else line.text
        )
    return "\n".join(lines.get(number, "") for number in range(1, max(lines) + 1))


def _locked(document: ProgrammeDocument, *, by: User | None) -> ProgrammeDocument:
    rows = ProgrammeDocument.objects.select_for_update(of=("self",))
    document = rows.select_related("union__current").get(pk=document.pk)
    require(by, Permission.MANAGE_PROGRAMMES, document.union)
    return document


def _loaded(
    spec: ProgrammeSpec, code: str, union: Union, by: User | None, paper: Paper | None
) -> Loaded:
    try:
        return programmes.load(spec, code, union, by=by, paper=paper)
    except RuleBroken as problem:
        raise RuleBroken(told_at_the_desk(str(problem))) from problem


@lru_cache(maxsize=16)
def _parsed(source: str, *, draft: bool = False) -> ProgrammeSpec:
    """A page asks several times of the same text, and a spec never changes."""
    try:
        return parse(source, kinds.REGISTRY, draft=draft)
    except ProgrammeFileError as problem:
        raise RuleBroken(told_at_the_desk(str(problem))) from problem
