"""A year in which two unions told what they did, in each of the four ways."""

from datetime import date

from actionplan.models import PlanItem
from actionplan.services import directive_answers, milestones, progress
from actionplan.services.milestones import Goal, Share
from actionplan.services.progress import Note
from actionplan.workflow import Status
from indicators.models import Narrative
from tests.actionplan.directing import answer, copy_of, give
from tests.actionplan.planning import YEAR, accepted
from tests.builders import Province, approve

BEGUN, DONE = date(YEAR, 2, 10), date(YEAR, 3, 20)


def telling(province: Province) -> PlanItem:
    """Health works off one item and contributes to a milestone; both answer and hand in."""
    _, item = accepted(province)
    for on, status, text in (
        (BEGUN, Status.UNDER_WAY, "Đã lập\nkế hoạch"),
        (DONE, Status.DONE, "Mở hai lớp, 120 người dự."),
    ):
        progress.report(item, Note(on, status, text), by=province.chair_of_health)
    directed(province)
    goal = Goal(_breakthrough(province), "Đối thoại ở mọi đơn vị", "Ban Chính sách", DONE)
    share = Share(DONE, "Ký thỏa ước")
    milestone = milestones.set_up(goal, by=province.officer)
    milestones.contribute(milestone, province.health, share, by=province.chair_of_health)
    approve(province.interior_submission)
    first = Narrative.objects.filter(task_group__number=1)
    Narrative.objects.exclude(pk__in=first.values("pk")).update(text="")
    first.update(text="Quán triệt nghị quyết ở ba phòng")
    return item


def directed(province: Province) -> None:
    """One directive under the second group, answered by health and accepted, by interior late."""
    group = province.programme.task_groups.get(number=2)
    directive = give(province, group=group, number="12/CĐVC")
    directive.due_on = date(YEAR, 6, 1)
    directive.save(update_fields=["due_on"])
    told = answer(copy_of(directive, province.health), province.chair_of_health)
    directive_answers.accept(told, by=province.officer)


def _breakthrough(province: Province):
    return province.programme.breakthroughs.get(number=1)
