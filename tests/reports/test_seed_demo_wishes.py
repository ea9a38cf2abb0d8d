"""What can be wished of the demonstration, and what is refused."""

import io
import re
from collections.abc import Iterable
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from indicators.models import Figure, Narrative, Submission
from reports.demonstration.names import MOST_UNIONS, union_names
from reports.demonstration.people import PASSWORD, opened_by_its_password
from reports.management.commands.seed_demo import DEMO_LOGINS
from tests.builders import Province
from unions.models import Placement, Union, User


def made(*options: str) -> tuple[Iterable, ...]:
    """What a run makes, by codes; the run itself is undone."""
    with transaction.atomic():
        call_command("seed_demo", *options, verbosity=0)
        key = "submission__union__code", "submission__period__year"
        found = (
            sorted(Placement.objects.values_list("union__code", "name", "cluster")),
            sorted(User.objects.values_list("username", "full_name", "position")),
            sorted(Submission.objects.values_list("union__code", "period__year", "state")),
            [
                *Figure.objects.order_by(*key, "indicator").values_list(
                    *key, "indicator__code", "answers", "numerator", "denominator", "reason"
                )
            ],
            sorted(Narrative.objects.values_list(*key, "text")),
        )
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_province_and_another_seed_another():
    options = ("--unions", "12", "--years", "2024-2025", "--seed")
    assert made(*options, "7") == made(*options, "7")
    assert made(*options, "7") != made(*options, "8")


@pytest.mark.django_db
@pytest.mark.parametrize(("unions", "years"), [("1", "2024"), ("9", "2024"), ("9", "2025-2026")])
def test_the_tree_of_any_province_is_proved(unions, years):
    call_command("seed_demo", "--unions", unions, "--years", years, verbosity=0)
    call_command("check_tree", stdout=io.StringIO())
    assert Union.objects.count() == int(unions) + 1


@pytest.mark.django_db
@pytest.mark.parametrize("unions", [1, 2, 9, 25])
@pytest.mark.parametrize("years", ["2024", "2025-2028"])
def test_provinces_of_any_size_can_be_made(unions, years):
    placements, _, submissions, figures, _ = made("--unions", str(unions), "--years", years)
    assert len(placements) == unions + 1
    assert {row[1] for row in submissions} == set(range(int(years[:4]), int(years[-4:]) + 1))
    assert figures


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--unions", "0"], "từ 1 đến 3000"),
        (["--unions", "3001"], "từ 1 đến 3000"),
        (["--unions", "-5"], "--unions “-5”"),
        (["--unions", "sáu mươi"], "--unions “sáu mươi”"),
        (["--years", "abc"], "--years “abc”"),
        (["--years", "2025-2024"], "năm đầu phải trước năm cuối"),
        (["--years", "2022-2024"], "các năm 2024, 2025, 2026, 2027, 2028"),
        (["--years", "2028-2029"], "các năm 2024, 2025, 2026, 2027, 2028"),
        (["--seed", "x"], "--seed “x”"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_with_a_sentence_and_nothing_is_written(options, part):
    with pytest.raises(CommandError, match=part) as refused:
        call_command("seed_demo", *options)
    assert refused.value.returncode == 2
    assert not Union.objects.exists()
    assert not User.objects.exists()


def test_a_database_with_a_union_in_it_is_left_alone(province):
    before = (Union.objects.count(), User.objects.count(), Submission.objects.count())
    with pytest.raises(CommandError, match="đã có dữ liệu") as refused:
        call_command("seed_demo")
    assert refused.value.returncode == 2
    assert before == (Union.objects.count(), User.objects.count(), Submission.objects.count())


def test_there_are_as_many_different_names_as_unions_can_be_wished_for():
    names = [name.unit for name in union_names(MOST_UNIONS, Random(3))]
    assert len(set(names)) == MOST_UNIONS


def test_of_a_real_province_no_log_in_is_told_whatever_its_people_chose(province: Province):
    names = [name for _, name, _ in DEMO_LOGINS]
    person = province.administrator
    assert person.username in names
    person.set_password(PASSWORD)
    person.save()
    assert opened_by_its_password(names) == set()


def test_the_province_tells_of_no_more_unions_than_it_has(db):
    call_command("seed_demo", "--unions", "4", "--years", "2024-2025", verbosity=0)
    texts = " ".join(Narrative.objects.values_list("text", flat=True))
    of_unions = r"(\d+) (?:đơn vị; tham gia|đoàn tham gia|cuộc kiểm tra cấp dưới)"
    told = [int(number) for number in re.findall(of_unions, texts)]
    assert len(told) == 6
    assert max(told) <= 4
