"""What is noted of items, and where they stand by it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from actionplan.calendar import first_day, last_day, year_of
from actionplan.models import Progress
from actionplan.services import progress
from actionplan.services.progress import Note, Standing, standing
from actionplan.workflow import Status
from tests.actionplan.planning import YEAR, drawn_up
from tests.builders import PDF, Province
from unions.errors import RuleBroken

DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 5))
NOTES = st.lists(st.tuples(DAYS, st.sampled_from(Status.values)), max_size=6)


def noted(rows: list[tuple[date, str]]) -> list[Progress]:
    """Notes in the order in which they were written."""
    return [
        Progress(pk=key, on=on, status=status, text=f"{key}")
        for key, (on, status) in enumerate(rows, start=1)
    ]


@given(NOTES, st.randoms())
def test_where_an_item_stands_is_what_its_last_day_says_in_whatever_order_it_is_read(rows, chance):
    notes = noted(rows)
    found = standing(notes)
    chance.shuffle(notes)
    assert standing(notes) == found
    last = max(notes, key=lambda one: (one.on, one.pk), default=None)
    assert found.status == (last.status if last else Status.NOT_STARTED)
    assert (found.done_on is None) == (found.status != Status.DONE)
    assert bool(found.because) == (found.status == Status.DROPPED)


@pytest.mark.parametrize(
    ("rows", "done_on"),
    [
        ([(3, "done")], 3),
        ([(3, "done"), (5, "done")], 3),
        ([(5, "done"), (3, "done")], 3),
        ([(2, "done"), (3, "under_way"), (5, "done")], 5),
        ([(2, "done"), (3, "under_way")], None),
        ([(4, "under_way"), (2, "done")], None),
        ([(3, "done"), (3, "under_way"), (3, "done")], 3),
        ([], None),
    ],
)
def test_it_was_done_on_the_first_day_from_which_every_note_says_so(rows, done_on):
    notes = noted([(date(2025, 1, day), status) for day, status in rows])
    assert standing(notes).done_on == (date(2025, 1, done_on) if done_on else None)


@given(
    st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from(["calendar_year", "school_year"])
)
def test_a_day_falls_in_the_year_whose_days_go_around_it(day, calendar):
    year = year_of(day, calendar)
    assert first_day(year, calendar) <= day <= last_day(year, calendar)


def test_a_note_is_of_a_day_of_the_plan_that_has_come_and_says_something(province: Province):
    _, row = drawn_up(province)
    by, day = province.chair_of_health, date(YEAR, 3, 1)
    cases = [
        (timezone.localdate() + timedelta(1), Status.DONE, "Xong", "on", "chưa đến"),
        (date(YEAR - 1, 12, 31), Status.DONE, "Xong", "on", "trước năm của kế hoạch"),
        (date(25, 1, 1), Status.DONE, "Xong", "on", "năm phải từ"),
        (day, Status.DONE, " ", "text", "kết quả"),
        (day, Status.DROPPED, "", "text", "lý do thôi làm"),
        (day, Status.DONE, "a" * 2001, "text", "2001"),
    ]
    for on, status, text, about, sentence in cases:
        with pytest.raises(RuleBroken, match=sentence) as refused:
            progress.report(row, Note(on, status, text), by=by)
        assert refused.value.about == about, (on, text)
    with pytest.raises(PermissionDenied):
        progress.report(row, Note(day, Status.DONE, "Xong"), by=province.officer)
    assert not Progress.objects.exists()
    told = progress.report(row, Note(date(YEAR, 1, 1), Status.DONE, "Xong"), by=by)
    row.refresh_from_db()
    assert (row.status, row.done_on, told.by) == (Status.DONE, date(YEAR, 1, 1), by)


def test_what_is_sent_twice_is_noted_once_with_its_evidence(province: Province):
    _, row = drawn_up(province)
    by = province.chair_of_health
    for _ in range(2):
        upload = SimpleUploadedFile("biên bản.pdf", PDF)
        note = Note(date(YEAR, 3, 1), Status.DROPPED, "Không còn kinh phí", [upload])
        told = progress.report(row, note, by=by)
    assert list(row.progress.all()) == [told]
    assert [file.name for file in told.evidence.all()] == ["biên bản.pdf"]
    row.refresh_from_db()
    assert (row.status, row.dropped_because) == (Status.DROPPED, "Không còn kinh phí")


def test_nothing_was_noted_of_what_was_not_begun():
    assert standing([]) == Standing(Status.NOT_STARTED, None, "")
