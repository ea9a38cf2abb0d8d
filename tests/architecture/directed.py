"""A directive that was sent and a milestone, with what unions did about them."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from actionplan.models import Contribution, DirectiveCopy
from actionplan.services import milestones
from actionplan.services.milestones import Goal, Outcome, Share
from actionplan.workflow import Status
from tests.actionplan.directing import answer, copy_of, give
from tests.builders import PDF, Province
from unions.models import Union


def directed(province: Province) -> dict[str, Any]:
    """What stands behind the addresses: health has still to answer, the interior has."""
    directive = give(province, uploads=[SimpleUploadedFile("công văn.pdf", PDF)])
    answer(copy_of(directive, province.interior), province.chair_of_interior)
    breakthrough = province.programme.breakthroughs.get(number=1)
    goal = Goal(breakthrough, "Đối thoại ở mọi đơn vị", "Ban Chính sách", date(2026, 6, 30))
    milestone = milestones.set_up(goal, by=province.officer)
    proof = SimpleUploadedFile("báo cáo mốc.pdf", PDF)
    milestones.stand(milestone, Outcome(Status.UNDER_WAY, uploads=[proof]), by=province.officer)
    share = Share(date(2025, 5, 1), "Tổ chức một hội nghị đối thoại")
    noted = milestones.contribute(milestone, province.health, share, by=province.chair_of_health)
    return {
        "directive-copy": copy_of(directive, province.health).pk,
        "paper": directive.papers.get().pk,
        "breakthrough": breakthrough.pk,
        "milestone": milestone.pk,
        "proof": milestone.evidence.get().pk,
        "contribution": noted.pk,
    }


def directed_too(union: Union) -> None:
    """The same directive for another union, and what it did for the milestone."""
    for row in (DirectiveCopy.objects.earliest("pk"), Contribution.objects.earliest("pk")):
        row.pk, row._state.adding = None, True
        row.union, row.placement = union, union.current
        row.save()
