"""What unions tell of breakthroughs and task groups, or “không có”."""

from collections.abc import Mapping, Sequence
from random import Random

from actionplan.models import Breakthrough, Programme, TaskGroup
from indicators.models import Narrative, Submission
from reports.demonstration import phrases
from reports.demonstration.province import Member

_NOTHING_IN_100 = 18
_TWO_IN_100 = 35
_PLAIN = ("Triển khai theo kế hoạch của đơn vị với {few} hoạt động, {people} đoàn viên tham gia.",)


class Telling:
    """Writes the narratives of one programme from one stream of chance."""

    def __init__(self, programme: Programme, random: Random) -> None:
        self.random = random
        self.subjects: list[Breakthrough | TaskGroup] = [
            *programme.breakthroughs.filter(dropped=False),
            *programme.task_groups.filter(dropped=False),
        ]

    def of(self, submission: Submission, member: Member, *, whole: bool) -> list[Narrative]:
        """All the narratives of a union, or the first few of one that has only begun."""
        subjects = self.subjects if whole else self.subjects[: len(self.subjects) // 2]
        numbers = {"people": member.headcount, "board": member.committee}
        return [_narrative(submission, one, self._text(one, numbers)) for one in subjects]

    def own(self, submission: Submission, members: Sequence[Member]) -> list[Narrative]:
        """The narratives of the provincial union."""
        numbers = {"unions": len(members), "members": sum(one.headcount for one in members)}
        return [
            _narrative(submission, one, self._fill(_own_phrase(one), numbers))
            for one in self.subjects
        ]

    def _text(self, subject: Breakthrough | TaskGroup, numbers: Mapping[str, int]) -> str:
        chance = self.random.randrange(100)
        if chance < _NOTHING_IN_100:
            return ""
        sentences = _phrases(subject)
        count = 2 if chance >= 100 - _TWO_IN_100 and len(sentences) > 1 else 1
        return " ".join(
            self._fill(sentence, numbers) for sentence in self.random.sample(sentences, count)
        )

    def _fill(self, sentence: str, numbers: Mapping[str, int]) -> str:
        people = numbers.get("people") or numbers["members"]
        return sentence.format(
            few=self.random.randint(2, 5),
            **self._some(people, numbers.get("unions")),
            most=people * self.random.randint(60, 95) // 100,
            share=self.random.randint(88, 100),
            money=_dotted(people * self.random.randint(6, 40) * 10_000),
            **{name: _dotted(number) for name, number in numbers.items()},
        )

    def _some(self, people: int, unions: int | None) -> dict[str, int]:
        """A number of things or people, and one of unions: no more than the province has."""
        some = self.random.randint(3, max(6, min(60, people // 4)))
        return {"some": some, "of_unions": min(some, unions or 1)}


def _dotted(number: int) -> str:
    """With dots for thousands; a Quantity would take a quarter of the whole demonstration."""
    return f"{number:,}".replace(",", ".")


def _phrases(subject: Breakthrough | TaskGroup) -> Sequence[str]:
    known = phrases.TASK_GROUPS if isinstance(subject, TaskGroup) else phrases.BREAKTHROUGHS
    return known.get(subject.number, _PLAIN)


def _own_phrase(subject: Breakthrough | TaskGroup) -> str:
    is_group = isinstance(subject, TaskGroup)
    known = phrases.OWN_TASK_GROUPS if is_group else phrases.OWN_BREAKTHROUGHS
    return known.get(subject.number, "Chỉ đạo {unions} công đoàn cơ sở triển khai theo kế hoạch.")


def _narrative(submission: Submission, subject: Breakthrough | TaskGroup, text: str) -> Narrative:
    is_group = isinstance(subject, TaskGroup)
    return Narrative(
        submission_id=submission.pk,
        task_group_id=subject.pk if is_group else None,
        breakthrough_id=None if is_group else subject.pk,
        text=text,
    )
