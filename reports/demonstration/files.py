"""Evidence of the demonstration: small real files, made here and kept like any other."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from indicators.models import Figure
from reports.demonstration.traces import BATCH
from unions.models import Evidence, Union, User

_SIZE = (320, 240)


@dataclass(frozen=True, slots=True)
class Proof:
    """A figure that somebody gave evidence for."""

    figure: Figure
    by: User
    moment: datetime


@dataclass(frozen=True, slots=True)
class _Sample:
    name: str
    content_type: str
    content: bytes


def attach(proofs: Iterable[Proof]) -> None:
    """Give every proof a file of its own, PDF, JPEG and PNG in turn.

    The last step of the demonstration: what was written to storage cannot be rolled back.
    """
    samples = (_pdf(), _picture("JPEG", "anh-hoi-nghi.jpg"), _picture("PNG", "anh-van-ban.png"))
    pairs = [
        (_evidence(samples[place % len(samples)], proof), proof.figure)
        for place, proof in enumerate(proofs)
    ]
    Evidence.objects.bulk_create((file for file, _ in pairs), batch_size=BATCH)
    link = Figure.evidence.through
    link.objects.bulk_create(
        (link(figure_id=figure.pk, evidence_id=file.pk) for file, figure in pairs),
        batch_size=BATCH,
    )


def page(union: Union, name: str, by: User) -> Evidence:
    """A page to stand for a document of the library."""
    sample = replace(_pdf(), name=name)
    kept = _file(sample, union.pk, by, timezone.now())
    kept.save()
    return kept


def _evidence(sample: _Sample, proof: Proof) -> Evidence:
    return _file(sample, proof.figure.submission.union_id, proof.by, proof.moment)


def _file(sample: _Sample, union: int, by: User, moment: datetime) -> Evidence:
    return Evidence(
        union_id=union,
        file=ContentFile(sample.content, name=sample.name),
        name=sample.name,
        content_type=sample.content_type,
        size=len(sample.content),
        sha256=hashlib.sha256(sample.content).hexdigest(),
        added_by=by,
        added_at=moment,
    )


def _picture(form: str, name: str) -> _Sample:
    """A picture of a sheet of paper with lines on it."""
    image = Image.new("RGB", _SIZE, "#9db2c4")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 20, 260, 220), fill="white")
    for height in range(45, 200, 14):
        draw.line((80, height, 240, height), fill="#444444", width=3)
    kept = io.BytesIO()
    image.save(kept, form)
    return _Sample(name, f"image/{form.lower()}", kept.getvalue())


def _pdf() -> _Sample:
    """The same as a PDF of one page."""
    kept = io.BytesIO()
    Image.new("L", _SIZE, 245).save(kept, "PDF")
    return _Sample("quy-che-dan-chu.pdf", "application/pdf", kept.getvalue())
