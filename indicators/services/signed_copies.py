"""The signed and stamped copy (bản ký, đóng dấu) of a printed form: checked, kept, handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from indicators.models import PrintedForm, Receipt, SignedCopy, Submission
from indicators.models.printed_form import CODE_LENGTH
from indicators.services import printed_forms, submissions
from unions.errors import RuleBroken
from unions.models import User
from unions.services import codes, evidence, journal, moves

MOST = 10
_TOLD = 5
_TYPES = {".pdf", ".jpg", ".jpeg", ".png"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What came: the files, the code that was typed, and that a person held it to the paper."""

    uploads: Sequence["UploadedFile[bytes]"]
    code: str = ""
    confirmed: bool = False


@transaction.atomic
def attach(submission: Submission, sent: Sent, *, by: User | None) -> SignedCopy:
    """Keep the signed copy of what the submission says now.

    The QR code in the files says which version it is; where none can be read, the person does.
    RuleBroken for another form's paper, or if the form has changed since it was printed.
    """
    submission = moves.lock(submission)
    printed_forms.must_handle_paper(by, submission)
    _must_be_pages(sent.uploads)
    read = _codes(sent.uploads)
    printed = _printed(submission, sent, read, by)
    _must_still_stand(printed, submission)
    copy = SignedCopy.objects.create(
        printed=printed, code_read=bool(read), added_by=by, receipt=_handed_in(submission)
    )
    copy.files.set([evidence.keep(submission.union, one, by=by) for one in sent.uploads])
    told = f"Gửi bản ký, đóng dấu của {submission}, mã bản in {printed}"
    journal.record(told, by=by, about=submission)
    return copy


@transaction.atomic
def hand_in(submission: Submission, sent: Sent, *, by: User | None, revision: int) -> Submission:
    """Keep the signed copy and submit the form, both or neither (nộp bản giấy)."""
    attach(submission, sent, by=by)
    return submissions.submit(submission, by=by, revision=revision)


def _must_be_pages(uploads: Sequence["UploadedFile[bytes]"]) -> None:
    if not uploads:
        raise RuleBroken("Hãy chọn ảnh chụp hoặc tệp PDF của bản đã ký, đóng dấu.", about="scans")
    if len(uploads) > MOST:
        raise RuleBroken(
            f"Gửi một lần nhiều nhất {MOST} tệp. Hãy bỏ bớt, hoặc quét thành một tệp PDF.",
            about="scans",
        )
    for one in uploads:
        evidence.check(one)
        if PurePath(one.name or "").suffix.lower() not in _TYPES:
            raise RuleBroken(
                f"Tệp “{one.name}” không phải là ảnh hay PDF: hãy chụp hoặc quét bản đã ký.",
                about="scans",
            )


def _codes(uploads: Sequence["UploadedFile[bytes]"]) -> list[str]:
    """The codes of printed forms that can be read in the files."""
    found = set()
    for one in uploads:
        content = one.read()
        one.seek(0)
        kind = evidence.TYPES[PurePath(one.name or "").suffix.lower()][1]
        found |= {printed_forms.code_in(text) for text in codes.codes_in(content, kind)}
    return sorted(found - {""})


def _printed(
    submission: Submission, sent: Sent, read: Sequence[str], by: User | None
) -> PrintedForm:
    """The version that the files show; RuleBroken if that cannot be said."""
    typed = printed_forms.code_typed(sent.code)
    if len(read) > 1:
        raise RuleBroken(
            f"Các tệp là của {len(read)} bản in khác nhau (mã {', '.join(map(_shown, read))}). Mỗi"
            " lần hãy gửi một bản.",
            about="scans",
        )
    if not read and not (typed and sent.confirmed):
        raise RuleBroken(
            "Không đọc được mã QR trong tệp. Hãy chọn lại tệp, nhập mã in dưới mã QR và đánh dấu"
            " xác nhận; hoặc chụp lại cho rõ, đủ bốn góc giấy.",
            about="code",
        )
    if typed and not printed_forms.is_code(typed):
        raise RuleBroken(
            f"Mã bản in gồm {CODE_LENGTH} chữ hoặc số, không có 0, O, 1, I, L. Hãy xem lại mã dưới"
            " mã QR trên giấy.",
            about="code",
        )
    if read and typed and typed != read[0]:
        raise RuleBroken(
            f"Mã QR trong tệp là {_shown(read[0])}, khác mã đã nhập {_shown(typed)}. Hãy kiểm tra"
            " lại.",
            about="code",
        )
    return _of_this(submission, read[0] if read else typed, by)


def _of_this(submission: Submission, code: str, by: User | None) -> PrintedForm:
    """The printed form with this code; RuleBroken, which names whose it is, if of another."""
    found = PrintedForm.objects.filter(code=code).select_related("submission__placement").first()
    if found is not None and found.submission_id == submission.pk:
        return found
    known = found is not None and (
        by is None or PrintedForm.objects.visible_to(by).filter(pk=found.pk).exists()
    )
    whose = f": là {found.submission}" if found and known else ""
    raise RuleBroken(
        f"Bản in mã {_shown(code)} không phải của {submission}{whose}. Hãy chọn đúng bản đã ký.",
        about="scans",
    )


def _must_still_stand(printed: PrintedForm, submission: Submission) -> None:
    found = printed_forms.changes_since(printed, submission)
    if not found:
        return
    told = "; ".join(f"{one.where}: {one.printed} → {one.now}" for one in found[:_TOLD])
    more = f" và {len(found) - _TOLD} chỗ khác" if len(found) > _TOLD else ""
    raise RuleBroken(
        f"Phiếu đã thay đổi sau khi in bản {printed}: {told}{more}. Hãy in lại, ký, đóng dấu rồi"
        " gửi bản mới.",
        about="scans",
    )


def _handed_in(submission: Submission) -> Receipt | None:
    """The receipt of what stands; None while it is still entered."""
    return None if submission.editable else submission.receipts.first()


def _shown(code: str) -> str:
    return str(PrintedForm(code=code))
