"""Plausible answers, kind by kind: most unions do well, a few do not."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from indicators.models import Answer, Denominator, Figure, Indicator, Submission
from indicators.queries import EXTRA
from reports.demonstration.province import Member

Answers = dict[str, Any]

_NO_CANDIDATES = (
    "Đơn vị không còn quần chúng trong diện xem xét giới thiệu cho Đảng",
    "Toàn bộ đoàn viên đã là đảng viên",
    "Trong năm không có đoàn viên đủ điều kiện giới thiệu",
)
_TOO_YOUNG = "Công đoàn cơ sở mới thành lập, chưa đủ 12 tháng hoạt động tại thời điểm xếp loại"
_JUST_MERGED = "Công đoàn cơ sở mới tiếp nhận sáp nhập, chưa đủ 6 tháng tại thời điểm xếp loại"
_GRADES = ("excellent",) * 21 + ("good",) * 68 + ("completed",) * 9 + ("not_completed",) * 2
_INTRODUCED = (0,) * 20 + (1,) * 48 + (2,) * 21 + (3,) * 8 + (5,) * 3
_WEAK_IN_100 = 7
_NO_CANDIDATES_IN_100 = 12
# đồng of union fund and dues a year
_ASSIGNED_EACH = 1_850_000
_COMMITTEE = "ban chấp hành"


@dataclass(frozen=True, slots=True)
class Season:
    """What sets one year apart from another, in thousandths unless it says otherwise."""

    silent: int
    informed: int
    regulation: int
    trained: int
    introduced: int
    collected: int
    grade: str


# In turn from the programme's first reporting year: some targets are missed, some met or passed.
_SEASONS = (
    Season(20, 0, 972, 930, 0, 1026, "good"),
    Season(15, 10, 985, 950, 10, 983, "good"),
    Season(0, 25, 1000, 1000, 20, 1073, "excellent"),
    Season(25, -15, 960, 900, -45, 965, "good"),
    Season(10, 15, 990, 1000, 15, 1000, "excellent"),
)


def season(year: int, first_year: int) -> Season:
    """The season of a reporting year, the same whichever years are asked for."""
    return _SEASONS[(year - first_year) % len(_SEASONS)]


class Answering:
    """Answers for one year, from one stream of chance."""

    def __init__(self, of_year: Season, random: Random) -> None:
        self.season = of_year
        self.random = random
        self._by_kind: dict[str, Callable[[Indicator, Member], Answers]] = {
            "share_of_people": self._share_of_people,
            "share_of_unions": self._share_of_unions,
            "average_per_union": self._average,
            "share_of_unions_rated": self._grade,
        }

    def figure(self, submission: Submission, indicator: Indicator, member: Member) -> Figure:
        """One answer of a grassroots union."""
        if reason := self._not_arising(submission, indicator):
            return Figure(
                submission=submission,
                indicator=indicator,
                answer=Answer.NOT_ARISING,
                reason=reason,
            )
        answers = self._by_kind[indicator.kind](indicator, member)
        return counted(submission, indicator, answers)

    def own_figure(self, submission: Submission, indicator: Indicator, people: int) -> Figure:
        """One answer of the provincial union, whose unions have so many `people`."""
        answers: Answers = {"grade": self.season.grade}
        if indicator.kind == "plan_fulfilment":
            assigned = people * _ASSIGNED_EACH
            collected = assigned * self.season.collected // 1000
            answers = {"collected": collected, "assigned": assigned}
        return counted(submission, indicator, answers)

    def _not_arising(self, submission: Submission, indicator: Indicator) -> str:
        if not indicator.may_not_arise:
            return ""
        if indicator.denominator == Denominator.GRADABLE:
            return "" if submission.gradable else _why_ungradable(submission)
        if self.random.randrange(100) < _NO_CANDIDATES_IN_100:
            return self.random.choice(_NO_CANDIDATES)
        return ""

    def _share_of_people(self, indicator: Indicator, member: Member) -> Answers:
        if _COMMITTEE in indicator.name.casefold():
            absent = self.random.randrange(1000) >= self.season.trained
            missing = self.random.randint(1, 2) if absent else 0
            return {"done": member.committee - missing, "total": member.committee}
        # no further from the headcount than needs no reason
        total = member.headcount + min(self.random.randint(-2, 3), member.headcount // 5)
        weak = self.random.randrange(100) < _WEAK_IN_100
        low, high = (640, 820) if weak else (870, 1000)
        share = min(1000, self.random.randint(low, high) + self.season.informed)
        return {"done": total * share // 1000, "total": total}

    def _share_of_unions(self, indicator: Indicator, member: Member) -> Answers:
        if self.random.randrange(1000) >= self.season.regulation:
            return {"done": "no"}
        return {"done": "yes", "paper": f"{self.random.randint(1, 60):02d}/QC-CĐCS"}

    def _average(self, indicator: Indicator, member: Member) -> Answers:
        number = self.random.choice(_INTRODUCED)
        if self.random.randrange(100) < abs(self.season.introduced):
            number = max(0, number + (1 if self.season.introduced > 0 else -1))
        answers = {"number": number}
        for extra in indicator.extras:
            answers[f"{EXTRA}{extra['code']}"] = self.random.randint(0, number)
        return answers

    def _grade(self, indicator: Indicator, member: Member) -> Answers:
        return {"grade": self.random.choice(_GRADES)}


def counted(submission: Submission, indicator: Indicator, answers: Answers) -> Figure:
    """A figure with the pair its kind counts; a measured 0 was confirmed."""
    rule = indicator.rule
    numerator, denominator = rule.count(answers)
    zero = bool(rule.measured) and answers[rule.measured] == 0
    return Figure(
        submission=submission,
        indicator=indicator,
        answer=Answer.ZERO if zero else Answer.NUMBER,
        answers=answers,
        numerator=int(numerator),
        denominator=int(denominator),
    )


def _why_ungradable(submission: Submission) -> str:
    founded, cut_off = submission.placement.valid_from, submission.period.cut_off_on
    young = founded > cut_off.replace(year=cut_off.year - 1)
    return _TOO_YOUNG if young else _JUST_MERGED
