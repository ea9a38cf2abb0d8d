"""The scales of grades, as offices list them."""

import pytest

from indicators.grades import SCALES, SINCE_2019, UNTIL_2018, Scale


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_a_scale_has_four_levels_best_first(scale: Scale):
    assert [grade.rank for grade in scale.grades] == [4, 3, 2, 1]
    assert len({grade.code for grade in scale.grades}) == 4
    for grade in scale.grades:
        assert scale.grade(grade.code) == grade
        assert scale.of_rank(grade.rank) == grade


@pytest.mark.parametrize(
    ("scale", "good", "counts"),
    [
        # since 2019 “tốt trở lên” is the two best, before it “vững mạnh” stood alone
        (SINCE_2019, "Hoàn thành tốt nhiệm vụ", 2),
        (UNTIL_2018, "Vững mạnh", 1),
    ],
)
def test_where_good_begins(scale: Scale, good: str, counts: int):
    least = scale.grade(scale.good)
    assert least.label == good
    assert sum(grade.rank >= least.rank for grade in scale.grades) == counts


def test_what_a_scale_does_not_have_is_refused():
    with pytest.raises(ValueError, match="scale 2014 has no grade excellent"):
        UNTIL_2018.grade("excellent")
    with pytest.raises(ValueError, match="scale 2019 has no rank 5"):
        SINCE_2019.of_rank(5)


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_a_union_is_graded_after_a_year_or_half_a_year_after_a_merger(scale: Scale):
    assert (scale.months_after_founding, scale.months_after_merger) == (12, 6)
