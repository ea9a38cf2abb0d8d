"""Plain: what is unusual about a figure, in one sentence a check; a reason is asked, no more."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from unions.quantities import Quantity, Style

# the change against last year from which on a reason is asked, unless the indicator says otherwise
JUMP = Decimal("0.5")
# below this a number says nothing by its change: from 1 to 3 is no jump
LARGE = 10
# how far a denominator may be from the headcount it starts from, as a share of that
UNLIKE = Decimal("0.2")
# more people than any grassroots union has
MOST_PEOPLE = 100_000
# between one unit of money and the next (đồng, nghìn đồng, triệu đồng)
_UNIT = 1000

# numerator and denominator as they are added up
Counted = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Number:
    """One number that was typed, under its question, beside last year's approved one."""

    label: str
    now: int
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One answered indicator as the checks look at it.

    `pair` is what it adds; `whole` what the indicator adds of which it is a part, where the two
    can be compared, and `whole_left` why that one stands in no sum. `parts` are the numerators of
    its own parts, `beside` its largest number, and `extras` those asked beside it. `assigned` is
    what was typed as the amount assigned, `in_force` what the last decision says. `headcount` is
    what the denominator starts from, `counted` of whom and when. `of_people` where heads of one
    grassroots union are counted.
    """

    numbers: Sequence[Number] = ()
    jump: Decimal = JUMP
    pair: Counted = (0, 1)
    whole: Counted | None = None
    whole_left: str = ""
    parts: Sequence[int] = ()
    beside: Number | None = None
    extras: Sequence[Number] = ()
    assigned: int | None = None
    in_force: Decimal | int | None = None
    headcount: int | None = None
    counted: str = ""
    of_people: bool = False


def explains(remark: str) -> bool:
    """True if a remark says something: a full stop or a single word is no reason."""
    return len(_WORD.findall(remark)) >= _FEWEST_WORDS


def unusual(answered: Answered) -> list[str]:
    """A sentence for everything that is unusual; empty if nothing is."""
    return [sentence for check in CHECKS if (sentence := check(answered))]


def jumped(answered: Answered) -> str:
    """A number changed against last year by more than the set share."""
    changes = [
        f"“{one.label}” từ {Quantity(one.last)} thành {Quantity(one.now)}"
        for one in answered.numbers
        if one.last is not None and one.now and _jumped(one.last, one.now, answered.jump)
    ]
    if not changes:
        return ""
    share = Quantity(answered.jump, Style.PERCENT)
    return f"Thay đổi quá {share} so với năm trước: {'; '.join(changes)}."


def fell_to_zero(answered: Answered) -> str:
    """Nought this year where last year was large."""
    fallen = [
        f"“{one.label}” năm trước {Quantity(one.last)}, năm nay 0"
        for one in answered.numbers
        if not one.now and one.last is not None and one.last >= LARGE
    ]
    return f"Năm nay bằng 0: {'; '.join(fallen)}." if fallen else ""


def more_than_its_whole(answered: Answered) -> str:
    """A part (“trong đó”) that is larger than what it is a part of."""
    if answered.whole is None:
        return ""
    for now, whole in zip(answered.pair, answered.whole, strict=True):
        if now > whole:
            return (
                f"Phần “trong đó” là {Quantity(now)}, lớn hơn {Quantity(whole)} của chỉ tiêu trên."
            )
    return ""


def without_its_whole(answered: Answered) -> str:
    """A part of something that, by the answer above it, is not there."""
    if not answered.whole_left or not answered.pair[0]:
        return ""
    return f"Phần “trong đó” có số liệu nhưng chỉ tiêu trên trả lời “{answered.whole_left}”."


def less_than_its_parts(answered: Answered) -> str:
    """Several parts that come to more than the whole, though each would fit into it."""
    together, whole = sum(answered.parts), answered.pair[0]
    if len(answered.parts) < _SEVERAL or together <= whole or max(answered.parts) > whole:
        return ""
    return (
        f"Các phần “trong đó” cộng lại là {Quantity(together)}, lớn hơn {Quantity(whole)} của chỉ"
        " tiêu này."
    )


def more_than_it_stands_beside(answered: Answered) -> str:
    """A number asked beside the answer (số liệu kèm theo) that is larger than any in it."""
    beside = answered.beside
    larger = [one for one in answered.extras if beside is not None and one.now > beside.now]
    if beside is None or not larger:
        return ""
    named = "; ".join(f"“{one.label}” là {Quantity(one.now)}" for one in larger)
    return f"Số liệu kèm theo {named}, lớn hơn {Quantity(beside.now)} của “{beside.label}”."


def unlike_its_assignment(answered: Answered) -> str:
    """An amount typed as assigned that is not the one of the decision in force."""
    typed, in_force = answered.assigned, answered.in_force
    if typed is None or in_force is None or typed == in_force:
        return ""
    return (
        f"Số được giao ghi {Quantity(typed)}, quyết định đang có hiệu lực là {Quantity(in_force)}."
    )


def far_from_its_assignment(answered: Answered) -> str:
    """An answer a thousand times the assigned amount, or a thousandth: đồng taken for triệu."""
    done, in_force = answered.pair[0], answered.in_force
    if not in_force or not done or in_force / _UNIT < done < in_force * _UNIT:
        return ""
    return (
        f"Số liệu là {Quantity(done)}, lệch từ {Quantity(_UNIT)} lần trở lên so với số được giao"
        f" {Quantity(in_force)}: có thể nhầm đơn vị tính."
    )


def too_many_people(answered: Answered) -> str:
    """More people than a grassroots union can have."""
    if not answered.of_people:
        return ""
    most = max(answered.numbers, key=lambda one: one.now, default=None)
    if most is None or most.now <= MOST_PEOPLE:
        return ""
    return f"“{most.label}” là {Quantity(most.now)}, quá lớn đối với một công đoàn cơ sở."


def unlike_its_headcount(answered: Answered) -> str:
    """A denominator that is far from the headcount nearest to the cut-off."""
    whole, headcount = answered.pair[1], answered.headcount
    if headcount is None or not _jumped(headcount, whole, UNLIKE):
        return ""
    return (
        f"Mẫu số là {Quantity(whole)}, khác quá {Quantity(UNLIKE, Style.PERCENT)} so với"
        f" {Quantity(headcount)} {answered.counted}."
    )


# a check more is a function above, its name here, and a row in the table of its test
CHECKS: tuple[Callable[[Answered], str], ...] = (
    jumped,
    fell_to_zero,
    more_than_its_whole,
    without_its_whole,
    less_than_its_parts,
    more_than_it_stands_beside,
    unlike_its_assignment,
    far_from_its_assignment,
    too_many_people,
    unlike_its_headcount,
)

_SEVERAL = 2
_FEWEST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]+")


def _jumped(last: int, now: int, share: Decimal) -> bool:
    """Counted exactly; a number that was and is small is let pass."""
    return max(last, now) >= LARGE and abs(now - last) > Fraction(share) * last
