"""The days of a reporting year, as union offices keep them, and the months of a year."""

from calendar import Calendar as Weeks
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONDAY = 0
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Days:
    """When a period opens, counts, is due and closes."""

    opens_on: date
    cut_off_on: date
    due_on: date
    closes_on: date


def calendar_year(year: int) -> Days:
    """Days proposed for a calendar year: data as of 30 November (QĐ 1454/QĐ-TLĐ, Mẫu 1-HĐCĐ)."""
    return Days(date(year, 11, 1), date(year, 11, 30), date(year, 12, 10), date(year, 12, 31))


def school_year(year: int) -> Days:
    """Days proposed for the school year that ends in `year`: data as of 31 May (QĐ 1454/QĐ-TLĐ)."""
    return Days(date(year, 5, 15), date(year, 5, 31), date(year, 6, 10), date(year, 6, 30))


def first_day(year: int, calendar: str) -> date:
    """The day on which a reporting year begins; a school year in September (Luật Giáo dục 2019).

    A union that ended before it did nothing in that year.
    """
    return date(year - 1, 9, 1) if calendar == "school_year" else date(year, 1, 1)


def last_day(year: int, calendar: str) -> date:
    """The day with which a reporting year ends."""
    return first_day(year + 1, calendar) - timedelta(days=1)


def year_of(day: date, calendar: str) -> int:
    """The reporting year that a day falls in."""
    return day.year + (day >= first_day(day.year + 1, calendar))


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of one year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day falls in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"tháng {self.number}/{self.year}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def before(self) -> "Month":
        """The month before it."""
        return self._moved(-1)

    @property
    def after(self) -> "Month":
        """The month after it."""
        return self._moved(1)

    @property
    def weeks(self) -> list[list[date]]:
        """Its days by weeks from Monday on, filled up with days of the months beside it."""
        return Weeks(_MONDAY).monthdatescalendar(self.year, self.number)

    def _moved(self, months: int) -> "Month":
        year, number = divmod(self.year * _MONTHS + self.number - 1 + months, _MONTHS)
        return Month(year, number + 1)
