"""Every step of a workflow has a service, a notice and a button."""

import pytest
from django.template.loader import get_template
from django.urls import reverse

from indicators.services import submissions
from indicators.workflow import STEPS
from tests.builders import fill_in, hand_in


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.code)
def test_a_step_has_a_service_and_the_text_of_its_notice(step):
    """Add it to TAKE in indicators/services, and a templates/emails/<code>.txt."""
    assert callable(submissions.TAKE[step.code])
    title, _, text = get_template(f"emails/{step.code}.txt").template.source.partition("\n")
    assert title
    assert text.strip()


def test_no_service_takes_a_step_that_the_workflow_does_not_know():
    assert sorted(submissions.TAKE) == sorted(step.code for step in STEPS)


def test_every_step_has_a_button_in_the_portal_or_at_the_desk(province, client):
    """The page of a submission offers what leads on from its state."""
    submission = fill_in(province.health_submission, by=province.chair_of_health)
    client.force_login(province.chair_of_health)
    page = client.get(submission.get_absolute_url()).content.decode()
    offered = {"submit"} & {
        step.code
        for step in STEPS
        if reverse("indicators:submission-submit", args=[submission.pk]) in page
    }
    client.force_login(province.officer)
    at_the_desk = reverse("admin:indicators_submission_change", args=[submission.pk])
    submission = hand_in(submission)
    for take in (submissions.verify, submissions.approve):
        page = client.get(at_the_desk).content.decode()
        offered |= {
            step.code
            for step in STEPS
            if reverse("admin:indicators_submission_step", args=[submission.pk, step.code]) in page
        }
        submission = take(submission, by=province.officer)
    assert offered == {step.code for step in STEPS}
