"""Sessions of a union and a document of the library, as several tests begin with them."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from actionplan.models import BriefingForm, BriefingSession, DocumentKind, Reading
from actionplan.services import briefings, library
from actionplan.services.briefings import Briefing
from actionplan.services.library import Asked, Paper
from tests.builders import PDF, Province
from unions.models import Union

MARCH, JUNE = date(2025, 3, 5), date(2025, 6, 10)


def briefing(attended: int, on: date = MARCH, what: str = "Nghị quyết", **more: Any) -> Briefing:
    """A session to which as many came as were to."""
    said = {"expected": attended, "form": BriefingForm.IN_PERSON} | more
    return Briefing(held_on=on, what=what, attended=attended, **said)


def held(union: Union, *attended: int) -> list[BriefingSession]:
    """Sessions of 2025, one a day from 5 March on, by nobody in particular."""
    days = [MARCH + timedelta(number) for number in range(len(attended))]
    return [
        briefings.add(union, 2025, briefing(count, day), by=None)
        for count, day in zip(attended, days, strict=True)
    ]


def paper(title: str = "Hướng dẫn lập kế hoạch năm", **more: Any) -> Paper:
    """Guidance of the province."""
    said = {"kind": DocumentKind.GUIDANCE, "number": "11/HD-CĐVC", "issuer": "Công đoàn tỉnh"}
    return Paper(title=title, issued_on=date(2025, 1, 10), **said | more)


def pdf(name: str = "huong-dan.pdf") -> SimpleUploadedFile:
    """A file that is taken."""
    return SimpleUploadedFile(name, PDF)


def soon(days: int = 10) -> date:
    return timezone.localdate() + timedelta(days)


def briefed(province: Province) -> dict[str, int]:
    """A session with a paper, people stated, a document that is to be read; their keys by name."""
    chair = province.chair_of_health
    session = briefings.add(province.health, 2025, briefing(35, uploads=[pdf()]), by=chair)
    briefings.state_people(session.dissemination, 35, by=chair)
    document = library.add(province.root, paper(), pdf(), by=province.officer)
    library.ask_reading(document, Asked(soon()), by=province.officer)
    return {"session": session.pk, "document": document.pk}


def briefed_too(union: Union, document: int) -> None:
    """Three sessions of another union, that is to read the document as well."""
    held(union, 4, 5, 6)
    Reading.objects.create(document_id=document, union=union, due_on=soon())
