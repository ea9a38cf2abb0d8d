"""One reporting year: its periods, and what every union handed in."""

from collections import Counter
from datetime import date, datetime
from random import Random

from actionplan.models import Period, Programme
from indicators.models import Figure, Indicator, Narrative, Receipt, Submission
from indicators.services import receipts
from indicators.services.periods import proposed_days, submissions_of
from reports.demonstration import fates
from reports.demonstration.fates import Fate
from reports.demonstration.figures import Answering, season
from reports.demonstration.files import Proof
from reports.demonstration.province import Member, Province
from reports.demonstration.review import Review
from reports.demonstration.traces import BATCH, Traces, at
from reports.demonstration.words import Telling
from unions.models import Calendar, Placement, User

_EXCUSE = "Đơn vị đã giải thể, không có đơn vị kế thừa lập báo cáo."
_PROOF_ONE_UNION_IN = 10


class ReportingYear:
    """Makes the periods, submissions, figures and texts of one year."""

    def __init__(
        self, programme: Programme, province: Province, year: int, random: Random, traces: Traces
    ) -> None:
        self.programme, self.province, self.year = programme, province, year
        self.random, self.traces = random, traces
        self.indicators = list(programme.indicators.filter(dropped=False))
        self.members = {member.union.pk: member for member in province.members}
        self.season = season(year, min(programme.reporting_years))
        self.answering = Answering(self.season, random)
        self.telling = Telling(programme, random)
        self.figures: list[Figure] = []
        self.narratives: list[Narrative] = []
        self.proofs: list[Proof] = []
        # how many receipts each union has in the year
        self.issued: Counter[int] = Counter()

    def make(self, *, last: bool) -> list[Proof]:
        """Write the year; returns the figures that evidence is given for."""
        for calendar in Calendar.values:
            self._make_period(calendar, last=last)
        Figure.objects.bulk_create(self.figures, batch_size=BATCH)
        Figure.history.bulk_history_create(self.figures, batch_size=BATCH)
        Narrative.objects.bulk_create(self.narratives, batch_size=BATCH)
        return self.proofs

    def _make_period(self, calendar: str, *, last: bool) -> None:
        period = self._open(calendar, last=last)
        reviews = [self._review(row, last=last) for row in submissions_of(period)]
        for review in reviews:
            review.sign()
        rows = [review.submission for review in reviews]
        Submission.objects.bulk_create(rows, batch_size=BATCH)
        self._record_excuses(rows)
        self._issue_receipts(rows)
        for review in reviews:
            self._fill(review.submission, review.fate, review.entrants[0])
            review.tell(self.traces, over=not last)

    def _open(self, calendar: str, *, last: bool) -> Period:
        """The last year stays open until the term ends, so that visitors can enter figures."""
        days = proposed_days(self.year, calendar)
        end_of_term = date(self.programme.term_to, 12, 31)
        period = Period.objects.create(
            programme=self.programme,
            year=self.year,
            calendar=calendar,
            opens_on=days.opens_on,
            cut_off_on=days.cut_off_on,
            due_on=days.due_on,
            closes_on=max(days.closes_on, end_of_term) if last else days.closes_on,
            closed_at=None if last else at(days.closes_on, 17),
            closing_reason="" if last else "Đã hết thời hạn; số liệu đã tổng hợp gửi cấp trên.",
        )
        self._record("Mở", period, at(days.opens_on, 7))
        if period.closed_at is not None:
            self._record("Khoá", period, period.closed_at)
        return period

    def _issue_receipts(self, rows: list[Submission]) -> None:
        written = []
        for row in rows:
            if row.submitted_at:
                self.issued[row.union_id] += 1
                place = self.issued[row.union_id]
                written.append(receipts.written(row, place, row.submitted_by))
        Receipt.objects.bulk_create(written, batch_size=BATCH)

    def _record_excuses(self, rows: list[Submission]) -> None:
        for row in rows:
            if row.excuse:
                self.traces.record(
                    f"Cho miễn nộp {row}",
                    at(row.period.opens_on, 9),
                    by=self.province.staff.administrator,
                    about=row,
                    union_id=row.union_id,
                )

    def _record(self, verb: str, period: Period, moment: datetime) -> None:
        self.traces.record(
            f"{verb} kỳ báo cáo {period}",
            moment,
            by=self.province.staff.administrator,
            about=period,
            union_id=self.programme.union_id,
        )

    def _review(self, submission: Submission, *, last: bool) -> Review:
        # the heir of a union that ended hands in what that left open
        member = self.members.get(submission.caretaker_id or submission.union_id)
        staff = self.province.staff
        entrants = member.people if member else staff.entrants
        return Review(submission, self._fate(submission, last=last), entrants, staff)

    def _fate(self, submission: Submission, *, last: bool) -> Fate:
        member, period = self.members.get(submission.union_id), submission.period
        if submission.closing and submission.caretaker_id is None:
            submission.excuse = _EXCUSE
            return fates.UNTOUCHED
        if member is None or member.union.ended_on or not submission.gradable:
            return fates.approved(period, self.random)
        if last:
            return fates.present(period, member.number, self.random)
        if member.number <= fates.STEADY:
            return fates.approved(period, self.random)
        return fates.past(period, self.season.silent, self.random)

    def _fill(self, submission: Submission, fate: Fate, by: User) -> None:
        """Figures and texts: all of them once handed in, half of them in a form just begun."""
        if fate.saved is None:
            return
        asked = [one for one in self.indicators if one.audience == submission.audience]
        member = self.members.get(submission.union_id)
        if member is None:
            figures = self._own_figures(submission, asked)
            self.narratives += self.telling.own(submission, self._asked())
        else:
            asked = asked if fate.whole else asked[: len(asked) // 2]
            figures = [self.answering.figure(submission, one, member) for one in asked]
            self.narratives += self.telling.of(submission, member, whole=fate.whole)
            if member.number % _PROOF_ONE_UNION_IN == 1:
                self.proofs += [Proof(one, by, fate.saved) for one in figures[:1]]
        for figure in figures:
            figure._history_user, figure._history_date = by, fate.saved  # type: ignore[attr-defined]
        self.figures += figures

    def _asked(self) -> list[Member]:
        """The unions that were there at the cut-offs of this year."""
        keys: set[int] = set()
        for calendar in Calendar.values:
            in_place = Placement.objects.on(proposed_days(self.year, calendar).cut_off_on)
            keys.update(in_place.filter(calendar=calendar).values_list("union_id", flat=True))
        return [member for member in self.province.members if member.union.pk in keys]

    def _own_figures(self, submission: Submission, asked: list[Indicator]) -> list[Figure]:
        people = sum(member.headcount for member in self.province.members)
        return [self.answering.own_figure(submission, one, people) for one in asked]
