"""What a programme said before it was amended (sửa đổi, bổ sung): kept, never written over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from actionplan.models import Amendment, Programme, Wording
from unions.errors import RuleBroken
from unions.models import User
from unions.services.days import must_be_of_our_time
from unions.vietnamese import tidy

# the fields that are words of a programme or of a part of it, and whether the part is there
WORDS = frozenset(
    {"title", "subject", "number", "number_proposed", "issued_on", "issuer", "legal_bases"}
    | {"purposes", "objectives", "name", "text", "question", "dropped"}
)


@dataclass(frozen=True, slots=True)
class Paper:
    """The document by which a programme is amended, and the day from which it holds."""

    number: str
    in_force_on: date

    @property
    def told(self) -> str:
        """As it stands behind a sentence."""
        return f" theo văn bản số {tidy(self.number)}"


def by_paper(number: str, in_force_on: date | None) -> Paper | None:
    """The document, as typed: both or neither; none is the correction of a slip."""
    number = tidy(number)
    if bool(number) != bool(in_force_on):
        raise RuleBroken(
            "Sửa theo văn bản thì ghi cả số và ngày có hiệu lực; chỉ sửa lỗi câu chữ thì để trống"
            " cả hai."
        )
    return Paper(number, in_force_on) if in_force_on else None


class Keeper:
    """Keeps what the parts of one programme said; the amendment is made once it is needed."""

    def __init__(self, paper: Paper | None, *, by: User | None) -> None:
        self.paper, self.by = paper, by
        self._amendment: Amendment | None = None

    def keep(self, row: Model, was: Mapping[str, Any], programme: Programme, part: str) -> None:
        """Keep what `row` said in the fields that changed; what is no words is let be.

        RuleBroken if it was amended from a later day already: its words of that day are known.
        """
        words = {name: old for name, old in was.items() if name in WORDS}
        if not words:
            return
        subject = {"subject": row._meta.label_lower, "subject_key": row.pk}
        if self.paper is not None:
            _must_not_be_amended_since(subject, self.paper, part)
        amendment = self._amendment or self._amend(programme)
        Wording.objects.create(amendment=amendment, part=part[:600], words=words, **subject)

    def _amend(self, programme: Programme) -> Amendment:
        paper = self.paper
        if paper is not None:
            must_be_of_our_time(paper.in_force_on, "Ngày có hiệu lực")
            _must_have_come(paper)
        self._amendment = Amendment.objects.create(
            programme=programme,
            number=tidy(paper.number) if paper else "",
            in_force_on=paper.in_force_on if paper else None,
            made_by=self.by,
        )
        return self._amendment


def _must_have_come(paper: Paper) -> None:
    if paper.in_force_on > timezone.localdate():
        raise RuleBroken(
            f"Văn bản số {tidy(paper.number)} có hiệu lực từ ngày {paper.in_force_on:%d/%m/%Y},"
            " chưa đến. Hãy sửa chương trình khi văn bản có hiệu lực."
        )


def _must_not_be_amended_since(subject: Mapping[str, Any], paper: Paper, part: str) -> None:
    later = Amendment.objects.filter(
        wordings__subject=subject["subject"],
        wordings__subject_key=subject["subject_key"],
        in_force_on__gt=paper.in_force_on,
    )
    if last := later.first():
        raise RuleBroken(
            f"{part[:1].upper()}{part[1:]} đã sửa theo {last}. Hãy ghi ngày không sớm hơn ngày đó."
        )
