"""The journal: one sentence an act, kept with it or not at all, and never changed."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.builders import make_union
from unions.errors import RuleBroken
from unions.models import JournalEntry, Union
from unions.services import journal, people, unions
from unions.services.events import Decision
from unions.services.unions import Profile

CLOSED = {
    "postgresql": "CREATE TRIGGER journal_is_closed BEFORE INSERT ON unions_journalentry"
    " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "sqlite": "CREATE TRIGGER journal_is_closed BEFORE INSERT ON unions_journalentry"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
}
OPENED = {
    "postgresql": "DROP TRIGGER journal_is_closed ON unions_journalentry",
    "sqlite": "DROP TRIGGER journal_is_closed",
}
CHANGES = {
    "another sentence": "UPDATE unions_journalentry SET sentence = 'khác'",
    "another person": "UPDATE unions_journalentry SET by_id = NULL",
    "nothing new": "UPDATE unions_journalentry SET sentence = sentence",
    "one line less": "DELETE FROM unions_journalentry WHERE id = (SELECT MAX(id)"
    " FROM unions_journalentry)",
    "no line at all": "DELETE FROM unions_journalentry",
}
FORGED = (
    "INTO unions_journalentry (id, at, sentence, reason, subject, subject_key, details)"
    " SELECT id, at, 'khác', reason, subject, subject_key, details FROM unions_journalentry"
)
# changes that only one of the databases knows
OWN_CHANGES = {
    "postgresql": {"an empty table": "TRUNCATE unions_journalentry CASCADE"},
    "sqlite": {
        "a line written over": f"INSERT OR REPLACE {FORGED}",
        "the same, in short": f"REPLACE {FORGED}",
        "a line updated over": "UPDATE OR REPLACE unions_journalentry SET id = id + 1",
    },
}


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def lines():
    return list(JournalEntry.objects.order_by("pk").values_list("pk", "sentence", "by"))


def test_the_database_itself_refuses_every_change_of_a_line(province):
    before = lines()
    connection.check_constraints()  # nothing else is left to stop a TRUNCATE
    for sql in (CHANGES | OWN_CHANGES[connection.vendor]).values():
        with pytest.raises(DatabaseError, match="append-only"):
            run(sql)
    assert lines() == before
    journal.record("Một việc nữa", by=province.officer, about=province.root)
    assert len(lines()) == len(before) + 1


def test_our_own_code_cannot_change_a_line_either(province):
    before = lines()
    entry = JournalEntry.objects.earliest("pk")
    entry.sentence = "khác"
    for change in (
        entry.save,
        entry.delete,
        JournalEntry.objects.all().delete,
        lambda: JournalEntry.objects.update(reason="khác"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert lines() == before


def test_an_act_whose_line_cannot_be_written_does_not_happen(province):
    run(CLOSED[connection.vendor])
    with pytest.raises(DatabaseError, match="append-only"):
        make_union(province.root, code="MOI", name="Công đoàn mới")
    assert not Union.objects.filter(code="MOI").exists()
    run(OPENED[connection.vendor])
    assert make_union(province.root, code="MOI", name="Công đoàn mới").pk


def test_a_line_falls_with_the_act_that_fails_after_it(province):
    before = lines()
    appointment = province.clerk_of_health.appointments.get()

    @transaction.atomic
    def relieve_twice():
        again = people.relieve(appointment, by=province.administrator)
        people.relieve(again, by=province.administrator)

    with pytest.raises(RuleBroken):
        relieve_twice()
    assert lines() == before
    appointment.refresh_from_db()
    assert appointment.valid_to is None


def test_a_line_keeps_who_where_about_what_and_why(province):
    journal.record(
        "Sửa tên đơn vị",
        by=province.administrator,
        about=province.health.current,
        reason="Đổi tên theo quyết định",
        details={"decision": "15/QĐ"},
    )
    entry = JournalEntry.objects.latest("pk")
    assert (entry.sentence, entry.by, entry.union, entry.reason) == (
        "Sửa tên đơn vị",
        province.administrator,
        province.health,
        "Đổi tên theo quyết định",
    )
    assert (entry.subject, entry.subject_key) == ("unions.placement", province.health.current_id)
    assert entry.details == {"decision": "15/QĐ"}


def test_text_is_composed_and_a_long_sentence_is_cut(province):
    journal.record("ê" * 600, by=None, about=province.root, reason="ê")
    entry = JournalEntry.objects.latest("pk")
    assert (entry.sentence, entry.reason) == ("ê" * 500, "ê")


def test_a_sentence_keeps_the_name_of_its_day(province):
    decision = Decision(date(2025, 1, 1))
    unions.found("CU", province.root, Profile("Tên cũ", "agency"), decision, by=None)
    union = Union.objects.get(code="CU")
    union.current.name = "Tên mới"
    union.current.save()
    event = union.events_as_successor.get()
    entry = JournalEntry.objects.get(subject="unions.orgevent", subject_key=event.pk)
    assert entry.sentence == "Thành lập Tên cũ từ ngày 01/01/2025"


def test_people_stand_in_the_journal_as_keys_never_as_names(province):
    clerk = province.clerk_of_health
    appointment = clerk.appointments.get()
    people.relieve(appointment, by=province.administrator)
    people.one_time_link(clerk, by=province.administrator, union=province.health)
    names = {clerk.full_name, clerk.username, province.administrator.full_name}
    said = " ".join(f"{one.sentence} {one.reason} {one.details}" for one in _all())
    assert not [name for name in names if name in said]
    assert {"unions.appointment", "unions.user"} <= {one.subject for one in _all()}


def _all():
    return JournalEntry.objects.all()
