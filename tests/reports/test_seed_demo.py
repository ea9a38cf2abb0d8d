"""The demonstration keeps every rule that the services keep, though it goes past them."""

import hashlib
import io
import re
from collections import Counter
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from django.test import override_settings

from actionplan.models import (
    Dissemination,
    DocumentKind,
    LibraryDocument,
    Period,
    Plan,
    PlanChange,
    PlanItem,
    Programme,
    Reading,
)
from actionplan.queries import groups_left
from actionplan.queries.briefings import attendance_of
from actionplan.services.fitting import Item, must_fit
from actionplan.services.progress import standing
from actionplan.workflow import PlanState
from indicators import queries
from indicators.models import Answer, Figure, Narrative, Submission
from indicators.queries import Cut
from indicators.services.submissions import missing
from indicators.workflow import State
from reports.demonstration.people import opened_by_its_password
from reports.management.commands.seed_demo import DEMO_LOGINS
from reports.models import Stationery
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import (
    Appointment,
    Calendar,
    Evidence,
    JournalEntry,
    Notice,
    OrgEvent,
    Placement,
    Union,
    User,
)
from unions.queries import event_faults, find_union, node, tree_faults
from unions.services import events, evidence, undoing
from unions.vietnamese import composed

UNIONS = 60

# each test's own savepoint stands within the province; without the mark, nobody asks for a database
# one of the parallel runs makes the province, not each
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demonstration")]


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    """Where this province's files lie."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, media):
    """Sixty unions over two years, made once for this file and rolled back at its end."""
    files = override_settings(MEDIA_ROOT=media)
    with django_db_blocker.unblock(), files, transaction.atomic():
        call_command("seed_demo", "--unions", str(UNIONS), "--years", "2024-2025", verbosity=0)
        yield Programme.objects.get()
        transaction.set_rollback(True)


def handed_in():
    return Submission.objects.exclude(state=State.DRAFT).select_related(
        "period__programme", "placement", "union"
    )


def test_the_province_stands_above_as_many_unions_as_were_asked_for(demo):
    province = find_union("CDVC")
    assert demo.union == province
    assert Union.objects.count() == UNIONS + 1
    assert Placement.objects.filter(parent=province).count() == UNIONS
    assert Stationery.objects.get().union == province
    assert not Placement.objects.exclude(path__startswith=province.path).exists()


def test_unions_differ_in_name_and_fit_their_type(demo):
    names = Placement.objects.values_list("name", flat=True)
    assert len(set(names)) == UNIONS + 1
    assert all(name == composed(name) for name in names)
    schools = Placement.objects.filter(calendar=Calendar.SCHOOL_YEAR)
    assert schools.exists()
    assert all("Trường" in school.name for school in schools)


@pytest.mark.parametrize(("role", "username", "password"), DEMO_LOGINS)
def test_every_log_in_that_is_printed_opens_the_role_it_names(demo, role, username, password):
    person = authenticate(None, username=username, password=password)
    assert [Role(held.role).label for held in person.roles] == [role]


def test_only_log_ins_that_still_open_are_told(demo):
    names = [username for _, username, _ in DEMO_LOGINS]
    assert opened_by_its_password([*names, "khong-co-ai"]) == set(names)
    changed, left = User.objects.get(username="canbo"), User.objects.get(username="lanhdao")
    changed.set_password("mot-cum-tu-khac")
    changed.save()
    left.is_active = False
    left.save()
    assert opened_by_its_password(names) == set(names) - {"canbo", "lanhdao"}


def test_every_submission_that_was_handed_in_is_whole(demo):
    rows = list(handed_in())
    assert len(rows) > UNIONS
    assert [row for row in rows if missing(row)] == []


def test_a_form_just_begun_is_not_whole_and_an_untouched_one_is_empty(demo):
    drafts = Submission.objects.filter(state=State.DRAFT).annotate(given=Count("figures"))
    assert {row.given > 0 for row in drafts} == {True, False}
    assert all(missing(row) for row in drafts)
    untouched = [row.pk for row in drafts if not row.given]
    assert not Narrative.objects.filter(submission__in=untouched).exists()


def test_every_figure_is_the_pair_that_its_kind_counts(demo):
    figures = Figure.objects.select_related("indicator").exclude(answer=Answer.NOT_ARISING)
    assert figures.exists()
    for figure in figures:
        rule = figure.indicator.rule
        rule.check(figure.answers)
        assert (figure.numerator, figure.denominator) == rule.count(figure.answers)
        is_zero = bool(rule.measured) and figure.answers[rule.measured] == 0
        assert (figure.answer == Answer.ZERO) == is_zero


def test_every_answer_would_be_taken_by_the_field_that_asks_it(demo):
    for figure in Figure.objects.select_related("indicator").exclude(answer=Answer.NOT_ARISING):
        fields = figure.indicator.rule.fields()
        extras = {f"{queries.EXTRA}{extra['code']}" for extra in figure.indicator.extras}
        assert set(figure.answers) <= set(fields) | extras
        for name, field in fields.items():
            assert field.clean(figure.answers.get(name)) == figure.answers.get(name, "")


def test_only_what_may_not_arise_is_left_out_and_always_with_a_reason(demo):
    left = Figure.objects.filter(answer=Answer.NOT_ARISING).select_related("indicator")
    assert left.exists()
    assert all(row.indicator.may_not_arise and row.reason for row in left)


def test_each_union_is_asked_once_a_year_at_its_place_on_the_cut_off(demo):
    for period in Period.objects.all():
        in_place = {
            row.pk
            for row in Placement.objects.all()
            if row.valid_from <= period.cut_off_on
            and (row.valid_to is None or row.valid_to > period.cut_off_on)
            and row.calendar == period.calendar
        }
        asked = period.submissions.filter(closing=False).values_list("placement", flat=True)
        assert sorted(asked) == sorted(in_place)
        for row in period.submissions.select_related("placement"):
            assert row.union_id == row.placement.union_id
            assert row.closing is (row.placement_id not in in_place)


def test_unions_younger_than_a_year_cannot_be_graded_and_say_so(demo):
    young = [
        row
        for row in handed_in().filter(period__year=2025)
        if row.union.founded_on > date(2024, 11, 30)
    ]
    assert young
    assert not any(row.gradable for row in young)
    grades = Figure.objects.filter(submission__in=young, indicator__denominator="gradable")
    assert {grade.answer for grade in grades} == {Answer.NOT_ARISING}


def test_a_year_that_is_over_is_approved_but_for_a_few_who_never_handed_in(demo):
    states = Counter(Submission.objects.filter(period__year=2024).values_list("state", flat=True))
    assert set(states) == {State.APPROVED, State.DRAFT}
    assert 0 < states[State.DRAFT] < states[State.APPROVED] / 10


def test_the_last_year_shows_every_state_and_can_still_be_filled_in(demo):
    rows = Submission.objects.filter(period__year=2025)
    assert set(rows.values_list("state", flat=True)) == set(State.values)
    for row in rows.filter(state=State.RETURNED):
        assert row.reason
        assert row.verified_by is row.approved_by is None
    assert all(
        period.accepts_entries(date(2026, 11, 22)) for period in Period.objects.filter(year=2025)
    )


def test_some_hand_in_late(demo):
    days = [(row.submitted_at.date(), row.period.due_on) for row in handed_in()]
    late = sum(day > due for day, due in days)
    assert 0 < late < len(days) / 4


def test_one_union_merged_and_one_was_dissolved_and_their_past_stays(demo):
    ended = OrgEvent.objects.exclude(kind=OrgEvent.Kind.FOUND).order_by("kind")
    assert [event.kind for event in ended] == ["dissolve", "merge_into"]
    assert [event.successors.count() for event in ended] == [0, 1]
    for event in ended:
        union = event.predecessors.get()
        assert union.ended_on == event.effective_on == union.current.valid_to
        years = union.submissions.order_by("period__year").values_list("period__year", "closing")
        assert list(years) == [(2024, False), (2025, True)]
        assert not Appointment.objects.in_force(event.effective_on).filter(union=union).exists()


def test_the_tree_of_the_province_is_proved(demo):
    out = io.StringIO()
    call_command("check_tree", stdout=out)
    assert (
        out.getvalue()
        == f"Cây tổ chức đúng: {UNIONS + 1} đơn vị, {UNIONS + 1} vị trí, 63 sự kiện.\n"
    )


def test_the_dissolution_can_be_taken_back_and_the_merger_tells_what_rests_on_it(demo):
    """The officer finds at the desk what the services do; the chair comes back with the union."""
    by = User.objects.get(username="quantri")
    dissolution, merger = OrgEvent.objects.exclude(kind=OrgEvent.Kind.FOUND).order_by("kind")
    union = dissolution.predecessors.get()
    with events.rehearsed():
        undoing.undo(dissolution, by=by)
        union.refresh_from_db()
        assert (union.ended_on, union.current.valid_to) == (None, None)
        assert Appointment.objects.in_force().filter(union=union, role=Role.CHAIR).count() == 1
        assert [*tree_faults(), *event_faults()] == []
    with pytest.raises(RuleBroken, match="Đã duyệt phiếu kết thúc hoạt động năm 2025"):
        undoing.undo(merger, by=by)


def test_a_founding_with_figures_stays(demo):
    founding = OrgEvent.objects.filter(kind=OrgEvent.Kind.FOUND).latest("pk")
    with pytest.raises(RuleBroken, match="Đã có phiếu số liệu"):
        undoing.undo(founding, by=None)


def test_the_heir_handed_in_for_the_merged_union_and_the_dissolved_one_was_excused(demo):
    merged, dissolved = Submission.objects.filter(closing=True).order_by("excuse")
    assert (merged.state, merged.excuse) == (State.APPROVED, "")
    assert merged.caretaker is not None
    assert merged.submitted_by.appointments.filter(union=merged.caretaker).exists()
    assert (dissolved.state, dissolved.caretaker) == (State.DRAFT, None)
    assert dissolved.excuse


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_provinces_own_words_count_the_unions_that_its_report_counts(demo, year):
    in_place = Submission.objects.filter(period__year=year, closing=False)
    asked = in_place.filter(audience="grassroots").count()
    own = Narrative.objects.filter(submission__audience="province", submission__period__year=year)
    told = " ".join(own.values_list("text", flat=True))
    assert set(re.findall(r"(\d+) công đoàn cơ sở", told)) == {str(asked)}


def test_whoever_handed_in_held_a_role_there_on_that_day(demo):
    for row in handed_in():
        held = Appointment.objects.in_force(row.submitted_at.date())
        where = [row.union_id, row.caretaker_id]
        assert held.filter(user=row.submitted_by, union__in=where).exists()


def test_whatever_was_handed_in_has_its_receipt(demo):
    rows = list(handed_in().prefetch_related("receipts"))
    given = [[(one.at, one.by_id) for one in row.receipts.all()] for row in rows]
    assert given == [[(row.submitted_at, row.submitted_by_id)] for row in rows]
    numbers = [(row.receipts.get().number, row) for row in rows[:5]]
    assert all(number == f"BN-{row.period.year}-{row.union.code}-1" for number, row in numbers)


def test_steps_follow_each_other_and_two_people_review(demo):
    approved = Submission.objects.filter(state=State.APPROVED)
    assert approved.exists()
    for row in approved:
        assert row.submitted_at < row.verified_at < row.approved_at
        assert row.verified_by != row.approved_by


def test_the_history_holds_each_figure_and_placement_as_it_stands(demo):
    for model, named in ((Figure, ["answers", "numerator"]), (Placement, ["name", "valid_to"])):
        newest = {row.id: row for row in model.history.order_by("history_date", "history_id")}
        rows = list(model.objects.all())
        assert len(newest) == len(rows)
        for row in rows:
            assert [getattr(newest[row.pk], name) for name in named] == [
                getattr(row, name) for name in named
            ]


def test_the_journal_tells_of_every_step_in_order_of_time(demo):
    for row in handed_in():
        lines = JournalEntry.objects.filter(subject_key=row.pk, subject="indicators.submission")
        told = [line.sentence for line in lines.order_by("pk")]
        steps = {
            State.SUBMITTED: ["Nộp"],
            State.VERIFIED: ["Nộp", "Thẩm định"],
            State.APPROVED: ["Nộp", "Thẩm định", "Duyệt"],
            State.RETURNED: ["Nộp", "Trả lại"],
        }[row.state]
        assert told == [f"{step} {row}" for step in ["Lưu", *steps]]
    moments = list(JournalEntry.objects.order_by("pk").values_list("at", "sentence"))
    told_late = [one for one in moments if one[1].startswith("Nạp chương trình")]
    rest = [moment for moment, sentence in moments if (moment, sentence) not in told_late]
    assert rest == sorted(rest)


def test_notices_wait_for_readers_only_where_somebody_has_to_act(demo):
    assert not Notice.objects.filter(mail=Notice.Mail.WAITING).exists()
    unread = set(Notice.objects.filter(read_at=None).values_list("link", flat=True))
    waiting = Submission.objects.filter(state__in=[State.SUBMITTED, State.VERIFIED, State.RETURNED])
    last = {State.SUBMITTED: "submit", State.VERIFIED: "verify", State.RETURNED: "send_back"}
    assert unread == {row.address_after(last[row.state]) for row in waiting}


def test_every_evidence_file_is_what_its_row_says(demo, media, settings):
    settings.MEDIA_ROOT = media
    files = list(Evidence.objects.all())
    assert 0 < len(files) < UNIONS
    for row in files:
        with row.file.open() as kept:
            content = kept.read()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (row.size, row.sha256)
        evidence.check(SimpleUploadedFile(row.name, content))
        of_library = row.librarydocument_set.exists()
        assert of_library or row.figure_set.get().submission.union == row.union


def test_the_people_whom_sessions_reached_are_possible_and_those_that_were_answered(demo):
    rows = Dissemination.objects.exclude(people=None)
    assert rows.count() > UNIONS
    for row in rows:
        assert attendance_of(row).fault(row.people) == ""
        figure = Figure.objects.get(
            indicator__code="2.1.1", submission__union=row.union, submission__period__year=row.year
        )
        assert figure.answers["done"] == row.people
    assert {doc.kind for doc in LibraryDocument.objects.all()} == set(DocumentKind) - {"other"}
    assert {row.read_at is None for row in Reading.objects.all()} == {True, False}


def test_plans_keep_to_their_rules_and_stand_as_far_as_they_may(demo):
    plans = Plan.objects.select_related(*Plan.reads_with)
    assert {plan.state for plan in plans} == set(PlanState)
    assert plans.filter(union__code="CDVC").count() == 1
    for plan in plans:
        assert plan.placement.union_id == plan.union_id
        assert plan.state == PlanState.DRAFT or not groups_left(plan), plan
    rows = PlanItem.objects.select_related("plan__placement", "group", "action", "breakthrough")
    for row in rows.prefetch_related("progress"):
        said = {name: getattr(row, name) for name in Item.__dataclass_fields__}
        must_fit(row.plan, Item(**said))
        stands = standing(row.progress.all())
        assert (row.status, row.done_on) == (stands.status, stands.done_on), row
    assert PlanChange.objects.filter(seen_at=None, plan__state=PlanState.ACCEPTED).exists()


def test_no_text_tells_of_a_number_that_was_never_filled_in(demo):
    texts = set(Narrative.objects.values_list("text", flat=True))
    assert "" in texts
    assert not any("{" in text or "}" in text for text in texts)


def test_the_totals_of_a_whole_year_look_like_a_province(demo):
    results = {
        row.indicator.code: row.value
        for row in queries.scorecard(demo, Cut.of_year(node(find_union("CDVC")), 2024))
    }
    assert 0.85 < results["2.1.1"] < 0.97
    assert 0.90 < results["2.1.2"] <= 1
    assert 0.8 < results["2.1.3"] < 1.7
    assert 0.95 < results["2.1.4"] <= 1
    assert results["2.1.5a"] in {3, 4}
    assert 0.78 < results["2.1.5b"] < 0.98
    assert 0.95 < results["2.1.6"] < 1.08


def test_people_without_a_printed_log_in_are_people_too(demo):
    chairs = Appointment.objects.in_force(date(2026, 1, 1)).filter(role=Role.CHAIR)
    in_place = Placement.objects.on(date(2026, 1, 1)).exclude(parent=None)
    assert sorted(chairs.values_list("union", flat=True)) == sorted(
        in_place.values_list("union", flat=True)
    )
    assert User.objects.filter(full_name="").count() == 0
