"""Directives: to whom they go, what unions answer, who is late, who is reminded, who goes on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from actionplan.models import Directive, DirectiveCopy
from actionplan.queries.directives import Where, of_where, recipients, tallies, waiting_for
from actionplan.services import directive_answers, directives, reorganisation
from actionplan.services.directive_answers import Outdated, Told, mark_of
from actionplan.services.directive_reminders import remind
from tests.actionplan.directing import answer, copy_of, give, order, soon
from tests.builders import PDF, Province, make_province, make_union, make_user
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import JournalEntry, Notice, OrgEvent, Union, UnionType
from unions.services import changes, undoing, unions
from unions.services.events import Decision

TODAY = timezone.localdate


@pytest.fixture
def larger(province: Province) -> Province:
    """Besides health (Cụm 1) and interior (Cụm 2): a school, one that rests, one within health."""
    root, within = province.root, province.health
    school = UnionType.PUBLIC_SERVICE_FULL
    make_union(root, code="THPT", name="Ấp trường", type=school, cluster="Cụm 1")
    resting = make_union(root, code="NGHI", name="Đơn vị nghỉ", cluster="Cụm 1")
    changes.suspend(resting, Decision(date(2025, 1, 1)), by=None)
    make_union(within, code="TTYT", name="Trung tâm y tế", cluster="Cụm 1")
    return province


def _told(title: str) -> list[str]:
    rows = Notice.objects.filter(title__contains=title).order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


CHOSEN = [
    ({"everyone": True}, ["SNV", "SYT", "THPT"]),
    ({"clusters": ["Cụm 1"]}, ["SYT", "THPT"]),
    ({"types": [UnionType.PUBLIC_SERVICE_FULL]}, ["THPT"]),
    ({"clusters": ["Cụm 2"], "types": [UnionType.PUBLIC_SERVICE_FULL]}, ["SNV", "THPT"]),
    ({"named": ["TTYT", "NGHI"], "clusters": ["Cụm 2"]}, ["SNV", "TTYT"]),
    ({"named": ["SYT"], "clusters": ["Cụm 1"]}, ["SYT", "THPT"]),
    ({"clusters": ["Cụm 9"]}, []),
]


def test_it_goes_to_those_chosen_by_the_tree_of_the_day(larger, django_assert_num_queries):
    for chosen, expected in CHOSEN:
        named = Union.objects.filter(code__in=chosen.get("named", []))
        said = {"everyone": False} | chosen | {"named": named}
        directive = directives.write(larger.root, order(**said), by=None)
        with django_assert_num_queries(1):
            found = recipients(directive)
        assert sorted(row.union.code for row in found.placements) == expected
        assert sum(count for _, count in found.by_cluster) == len(expected)
        assert sum(count for _, count in found.by_type) == len(expected)
        rests = "Cụm 1" in chosen.get("clusters", []) or "everyone" in chosen or "named" in chosen
        assert [row.union.code for row in found.resting] == (["NGHI"] if rests else [])


WRONG = [
    ({"title": " \u200b"}, "title", "trích yếu"),
    ({"text": ""}, "text", "nội dung việc phải làm"),
    ({"everyone": False}, "everyone", "chọn nơi nhận"),
    ({"due_on": date(202, 5, 1)}, "due_on", "01/05/0202"),
    ({"issued_on": date(2026, 3, 2), "due_on": date(2026, 3, 1)}, "due_on", "trước ngày văn"),
    ({"issued_on": date(2199, 1, 1)}, "issued_on", "chưa đến"),
]


def test_what_cannot_be_a_directive_is_told_at_its_field(province):
    for wrong, field, told in WRONG:
        with pytest.raises(RuleBroken, match=told) as broken:
            directives.write(province.root, order(**wrong), by=province.officer)
        assert broken.value.about == field
    assert not Directive.objects.exists()


def test_a_task_group_is_of_the_provinces_own_programme(province):
    group = province.programme.task_groups.get(number=4)
    assert give(province, group=group).group == group
    other = make_province(code="KHAC", name="Công đoàn Viên chức tỉnh khác")
    with pytest.raises(RuleBroken, match="của đơn vị khác"):
        directives.write(other, order(group=group), by=None)
    group.dropped = True
    group.save()
    with pytest.raises(RuleBroken, match="không còn nhóm nhiệm vụ"):
        directives.write(province.root, order(group=group), by=province.officer)


def test_who_directs_nobody_is_refused(province):
    directive = give(province)
    copy = copy_of(directive, province.health)
    for who in ("leader", "inspector", "viewer", "chair_of_health"):
        person = getattr(province, who)
        for act in (
            lambda by=person: directives.write(province.root, order(), by=by),
            lambda by=person: directives.withdraw(directive, "Nhầm", by=by),
            lambda by=person: directive_answers.extend(copy, soon(20), "Bão", by=by),
            lambda by=person: directive_answers.accept(copy, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_it_is_sent_once_to_those_that_were_shown_and_tells_their_people(province):
    paper = SimpleUploadedFile("công văn.pdf", PDF)
    draft = directives.write(province.root, order(uploads=[paper]), by=province.officer)
    seen = recipients(draft).mark
    new = make_union(province.root, code="MOI", name="Đơn vị mới")
    with pytest.raises(RuleBroken, match="danh sách đơn vị nhận đã thay đổi"):
        directives.send(draft, by=province.officer, shown=seen)
    assert _told("Chỉ đạo mới") == []
    found = directives.send(draft, by=province.officer, shown=recipients(draft).mark)
    assert [row.union.code for row in found.placements] == ["SNV", "SYT", "MOI"]
    assert _told("Chỉ đạo mới") == ["chutich.noivu", "chutich.yte", "nhaplieu.yte"]
    for again in (
        lambda: directives.send(draft, by=province.officer),
        lambda: directives.amend(draft, order(), by=province.officer),
        lambda: directives.discard(draft, by=province.officer),
    ):
        with pytest.raises(RuleBroken, match="trạng thái hiện nay là “Đã gửi”"):
            again()
    assert draft.papers.get().name == "công văn.pdf"
    line = JournalEntry.objects.get(union=new, subject="actionplan.directivecopy")
    assert line.sentence == "Gửi chỉ đạo “Rà soát quy chế” giao cho Đơn vị mới"


def test_a_draft_is_changed_and_thrown_away(province):
    draft = directives.write(province.root, order(), by=province.officer)
    directives.amend(draft, order(title="Khác", clusters=["Cụm 2"]), by=province.officer)
    stored = Directive.objects.get()
    assert (stored.title, stored.clusters) == ("Khác", ["Cụm 2"])
    directives.discard(draft, by=province.officer)
    assert not Directive.objects.exists()
    with pytest.raises(RuleBroken, match="đã bị bỏ"):
        directives.send(draft, by=province.officer)


def test_what_reaches_nobody_in_time_is_not_sent(province):
    for wrong, told in (
        ({"due_on": date(2024, 1, 1)}, "đã qua"),
        ({"everyone": False, "clusters": ["Cụm 9"]}, "không có đơn vị nào"),
    ):
        draft = directives.write(province.root, order(**wrong), by=province.officer)
        with pytest.raises(RuleBroken, match=told):
            directives.send(draft, by=province.officer)
    assert not DirectiveCopy.objects.exists()


def test_a_union_receives_drafts_and_answers(province):
    chair, clerk = province.chair_of_health, province.clerk_of_health
    directive = give(province)
    copy = copy_of(directive, province.health)
    with pytest.raises(PermissionDenied):
        directive_answers.acknowledge(copy, by=clerk)
    copy = directive_answers.acknowledge(copy, by=chair)
    assert (copy.state, copy.acknowledged_by) == ("acknowledged", chair)
    at = copy.acknowledged_at
    assert directive_answers.acknowledge(copy, by=chair).acknowledged_at == at
    upload = SimpleUploadedFile("biên bản.pdf", PDF)
    directive_answers.draft(copy, Told("Đang rà soát", [upload], seen=""), by=clerk)
    with pytest.raises(PermissionDenied):
        answer(copy, clerk)
    with pytest.raises(Outdated, match="người khác của đơn vị đã lưu bản khác"):
        directive_answers.give(copy, Told("Xong", seen=""), by=chair)
    with pytest.raises(RuleBroken, match="Hãy ghi kết quả"):
        answer(copy, chair, " ")
    copy = directive_answers.give(copy, Told("Xong", seen=mark_of(copy)), by=chair)
    assert copy.state == "reported"
    result = copy.results.get()
    assert (result.text, result.given_by, result.evidence.count()) == ("Xong", chair, 1)
    assert _told("báo kết quả chỉ đạo") == ["canbo", "quantri"]
    with pytest.raises(RuleBroken, match="không sửa được"):
        directive_answers.draft(copy, Told("Thêm"), by=chair)


def test_the_province_asks_for_more_until_the_result_stands(province):
    officer, chair = province.officer, province.chair_of_health
    copy = answer(copy_of(give(province), province.health), chair, "Xong")
    copy = directive_answers.ask_more(copy, "Thiếu quy chế", by=officer)
    assert (copy.state, copy.reason, copy.reported_at) == ("more", "Thiếu quy chế", None)
    assert _told("Cần bổ sung") == ["chutich.yte", "nhaplieu.yte"]
    copy = directive_answers.accept(answer(copy, chair, "Đã gửi đủ"), by=officer)
    assert copy.state == "accepted"
    said = copy.results.order_by("pk").values_list("text", "answer")
    assert list(said) == [("Xong", "Thiếu quy chế"), ("Đã gửi đủ", "")]
    with pytest.raises(RuleBroken, match="trạng thái hiện nay là “Đã xong”"):
        answer(copy, chair)


def test_who_answers_at_once_has_received_it(province):
    copy = answer(copy_of(give(province), province.health), province.chair_of_health)
    assert copy.acknowledged_by == province.chair_of_health
    with pytest.raises(PermissionDenied):
        answer(copy, province.chair_of_interior)


def test_more_time_is_later_and_has_a_reason(province):
    copy = copy_of(give(province), province.health)
    for until, reason, told in (
        (10, "Bão", "không sau hạn"),
        (20, " ", "Cần ghi lý do"),
        (99999, "Bão", "không thể đúng"),
    ):
        with pytest.raises(RuleBroken, match=told):
            directive_answers.extend(copy, soon(until), reason, by=province.officer)


def test_a_copy_is_late_from_the_morrow_of_its_own_day(province):
    directive = give(province)
    health = copy_of(directive, province.health)
    directive_answers.extend(health, soon(20), "Bão số 3", by=province.officer)
    interior = copy_of(directive, province.interior)
    given, late = ("given", "Chưa nhận"), ("late", "Quá hạn – chưa nhận")
    health = copy_of(directive, province.health)
    for days, of_interior, of_health in (
        (10, given, given),
        (11, late, given),
        (20, late, given),
        (21, late, late),
    ):
        assert (interior.where(soon(days)), health.where(soon(days))) == (of_interior, of_health)
        expected = {copy for copy in (interior, health) if copy.is_late(soon(days))}
        assert set(DirectiveCopy.objects.late(soon(days))) == expected
    assert _told("được gia hạn chỉ đạo") == ["chutich.yte", "nhaplieu.yte"]


def test_the_desk_counts_what_its_lists_show(province, django_assert_num_queries):
    directive = give(province)
    answer(copy_of(directive, province.health), province.chair_of_health)
    copies = DirectiveCopy.objects.all()
    for day, expected in (
        (soon(10), {Where.GIVEN: 1, Where.REPORTED: 1}),
        (soon(11), {Where.GIVEN: 1, Where.REPORTED: 1, Where.LATE: 1}),
    ):
        with django_assert_num_queries(1):
            counted = tallies(copies, day)
        assert {where: count for where, count in counted.items() if count} == expected
        assert counted == {where: of_where(copies, where, day).count() for where in Where}
    assert of_where(copies, "la", soon(0)).count() == 2


def test_what_is_withdrawn_binds_nobody(province):
    directive = give(province)
    done = answer(copy_of(directive, province.health), province.chair_of_health)
    directive_answers.accept(done, by=province.officer)
    with pytest.raises(RuleBroken, match="Cần ghi lý do"):
        directives.withdraw(directive, "", by=province.officer)
    directives.withdraw(directive, "Có văn bản thay", by=province.officer)
    left = copy_of(directive, province.interior)
    assert left.where(soon(99)) == ("withdrawn", "Đã thu hồi")
    copies, day = DirectiveCopy.objects.all(), soon(99)
    counted = tallies(copies, day)
    assert counted == {where: of_where(copies, where, day).count() for where in Where}
    assert sum(counted.values()) == counted[Where.ACCEPTED] == 1
    assert _told("Thu hồi chỉ đạo") == ["chutich.noivu"]
    assert not waiting_for(province.chair_of_interior, TODAY())
    with pytest.raises(RuleBroken, match="đã được thu hồi: Có văn bản thay"):
        answer(left, province.chair_of_interior)
    with pytest.raises(RuleBroken, match="“Đã thu hồi”"):
        directives.withdraw(directive, "Lần nữa", by=province.officer)


def test_unions_are_reminded_once_before_and_once_after_and_anew_of_a_new_day(province):
    directive = give(province)
    Directive.objects.update(sent_at=timezone.now() - timedelta(1))
    answer(copy_of(directive, province.health), province.chair_of_health)
    steps = [(6, 0), (7, 1), (7, 0), (10, 0), (11, 1), (11, 0), (40, 0)]
    assert [remind(soon(days)) for days, _ in steps] == [count for _, count in steps]
    assert _told("Sắp đến hạn") == _told("Quá hạn báo kết quả") == ["chutich.noivu"]
    copy = copy_of(directive, province.interior)
    directive_answers.extend(copy, soon(50), "Bão", by=province.officer)
    assert [remind(soon(days)) for days in (40, 47, 48, 51, 52)] == [0, 1, 0, 1, 0]


def test_what_was_sent_today_is_not_told_again_today(province):
    give(province, due_on=soon(1))
    assert [remind(soon(0)), remind(soon(1)), remind(soon(1))] == [0, 2, 0]


def test_the_first_page_is_told_of_what_waits_the_next_due_first(
    province, django_assert_num_queries
):
    later = give(province)
    first = give(province, due_on=soon(2))
    clerk = province.clerk_of_health
    assert clerk.roles  # asked once for a page, whatever it shows
    with django_assert_num_queries(1):
        found = list(waiting_for(clerk, TODAY()))
    assert [copy.directive for copy in found] == [first, later]
    answer(copy_of(first, province.health), province.chair_of_health)
    assert [one.directive for one in waiting_for(province.clerk_of_health, TODAY())] == [later]
    assert not waiting_for(province.officer, TODAY())


def test_the_heir_answers_for_a_union_that_ended(province):
    directive, chair = give(province), province.chair_of_interior
    copy = copy_of(directive, province.health)
    decision = Decision(TODAY(), hand_over_by=TODAY())
    unions.merge_into(province.health, province.interior, decision, by=None)
    merged = OrgEvent.objects.latest("pk")
    assert reorganisation.plan(merged) == [
        "1 chỉ đạo chưa xong của Công đoàn cơ sở Sở Y tế do Công đoàn cơ sở Sở Nội vụ trả lời."
    ]
    assert "chutich.noivu" in _told("Chỉ đạo nay do Công đoàn cơ sở Sở Nội vụ trả lời")
    assert {one.union.code for one in waiting_for(chair, TODAY())} == {"SYT", "SNV"}
    assert DirectiveCopy.objects.visible_to(chair).count() == 2
    assert answer(copy_of(directive, province.health), chair).state == "reported"
    undoing.undo(merged, by=None)
    assert copy_of(directive, province.health).caretaker is None
    with pytest.raises(PermissionDenied):
        directive_answers.acknowledge(copy, by=chair)
    assert reorganisation.faults() == []


def test_a_union_that_ended_without_an_heir_owes_nothing(province):
    directive = give(province)
    unions.dissolve(province.health, Decision(TODAY(), hand_over_by=TODAY()), by=None)
    assert reorganisation.plan(OrgEvent.objects.latest("pk")) == [
        "1 chỉ đạo chưa xong của Công đoàn cơ sở Sở Y tế được ghi là đơn vị đã kết thúc: không có"
        " đơn vị kế thừa để trả lời."
    ]
    copy = copy_of(directive, province.health)
    assert copy.where(soon(99)) == ("ended", "Đơn vị đã kết thúc")
    copies = DirectiveCopy.objects.all()
    assert list(of_where(copies, Where.ENDED, TODAY())) == [copy]
    counted = tallies(copies, soon(11))
    assert {where: count for where, count in counted.items() if count} == {
        **{Where.GIVEN: 1, Where.LATE: 1, Where.ENDED: 1}
    }
    assert remind(soon(11)) == 1


def test_a_result_of_a_union_that_ended_is_judged_all_the_same(province):
    copy = answer(copy_of(give(province), province.health), province.chair_of_health)
    unions.dissolve(province.health, Decision(TODAY(), hand_over_by=TODAY()), by=None)
    copy = copy_of(copy.directive, province.health)
    assert copy.where(soon(99)) == ("reported", "Đã báo kết quả")
    copies = DirectiveCopy.objects.all()
    assert tallies(copies, TODAY())[Where.REPORTED] == 1
    assert list(of_where(copies, Where.REPORTED, TODAY())) == [copy]
    assert directive_answers.accept(copy, by=province.officer).state == "accepted"


def test_each_person_knows_of_the_copies_of_their_unions(province):
    directive = give(province)
    stranger = make_user(
        "la", Role.ADMINISTRATOR, make_province(code="KHAC", name="Tỉnh khác"), full_name="Lạ"
    )
    known = {
        who: DirectiveCopy.objects.visible_to(person).count()
        for who, person in {
            "officer": province.officer,
            "leader": province.leader,
            "chair": province.chair_of_health,
            "viewer": province.viewer,
            "stranger": stranger,
        }.items()
    }
    assert known == {"officer": 2, "leader": 2, "chair": 1, "viewer": 0, "stranger": 0}
    assert directive.copies.count() == 2
