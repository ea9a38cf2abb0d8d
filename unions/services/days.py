"""Days that are typed: of a time that a union can have to do with."""

from datetime import date

from django.utils import timezone

from unions.errors import RuleBroken
from unions.vietnamese import written

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)


def must_be_of_our_time(day: date, what: str, *, about: str = "") -> None:
    """RuleBroken for a slip of the keyboard in the year of `what`: before 1900 or after 2200."""
    if not FIRST <= day <= LAST:
        raise RuleBroken(
            f"{what} {written(day)} không thể đúng: năm phải từ {FIRST.year} đến {LAST.year}."
            " Hãy kiểm tra lại năm.",
            about=about,
        )


def must_be_signed(day: date, what: str, *, about: str = "") -> None:
    """RuleBroken for a day on which nothing can have been signed yet, or of another time."""
    must_be_of_our_time(day, what, about=about)
    if day > timezone.localdate():
        raise RuleBroken(
            f"{what} {written(day)} chưa đến: văn bản được ghi sau khi đã ký. Hãy kiểm tra lại.",
            about=about,
        )
