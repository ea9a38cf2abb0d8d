"""Sums of pairs: what many unions bring together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Self

Pair = tuple[Decimal, Decimal]

# enough digits for any sum of parts of whole numbers: nothing is rounded
EXACT = Context(prec=80)


@dataclass(frozen=True, slots=True)
class Total:
    """The approved figures of many unions, added together.

    `paired` of the `answered` stand in the sum, the others left it with a reason; `least` is the
    smallest numerator among them, None where nobody stands.
    """

    numerator: Decimal
    denominator: Decimal
    answered: int
    expected: int
    paired: int = 0
    least: Decimal | None = None

    @classmethod
    def of(cls, pair: Pair) -> Self:
        """What one union brings."""
        return cls(*pair, answered=1, expected=1, paired=1, least=pair[0])

    @property
    def ratio(self) -> Fraction | None:
        """Numerator over denominator, exact; None while there is nothing to divide by."""
        if not self.denominator:
            return None
        # what is divided need not be whole; one fraction instead of three, since pages read many
        top, of = self.numerator.as_integer_ratio()
        bottom, per = self.denominator.as_integer_ratio()
        return Fraction(top * per, of * bottom)

    @property
    def complete(self) -> bool:
        """True if everyone who was asked has answered."""
        return self.answered == self.expected

    @property
    def left(self) -> int:
        """How many answered and stand outside the sum."""
        return self.answered - self.paired

    def with_silent(self, unions: int) -> "Total":
        """The same total with `unions` silent ones counted as the pair (0, 1) each."""
        if not unions:
            return self
        return Total(
            self.numerator,
            EXACT.add(self.denominator, unions),
            self.answered,
            self.expected,
            self.paired,
            Decimal(0),
        )

    def __add__(self, other: "Total") -> "Total":
        known = [one for one in (self.least, other.least) if one is not None]
        return Total(
            EXACT.add(self.numerator, other.numerator),
            EXACT.add(self.denominator, other.denominator),
            self.answered + other.answered,
            self.expected + other.expected,
            self.paired + other.paired,
            min(known, default=None),
        )


NOBODY = Total(Decimal(0), Decimal(0), 0, 0)


def added(totals: Sequence[Total]) -> Total:
    """All of them together; one alone is what it is."""
    first, *rest = totals or (NOBODY,)
    return sum(rest, first)
