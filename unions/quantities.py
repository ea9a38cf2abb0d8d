"""How numbers, shares, money and grades are written and read, as Vietnamese offices do."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum, auto
from fractions import Fraction

NOTHING = "–"
MAX_DIGITS = 18
_SHOWN_OF_A_REFUSED_TEXT = 40
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_MARKS = str.maketrans(",.", ".,")
# Wide enough that no sum of figures is ever rounded on its way to the paper.
_EXACT = Context(prec=120, rounding=ROUND_HALF_UP)
# A number with so many decimals is one that does not end, as 5/6 does not.
_ENDLESS = 100


class Style(StrEnum):
    """What a quantity is, and so how it is written."""

    NUMBER = auto()
    PERCENT = auto()
    MONEY = auto()
    GRADE = auto()
    WORDS = auto()


class NotANumber(ValueError):
    """What was typed is no number, or could be two; carries one sentence for the person."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact value and how it is written; `str()` writes it, the value itself is never rounded.

    A PERCENT is held as a fraction (0.8525 is written 85,25%), MONEY as whole đồng, a GRADE as
    its rank with its name in `text`. `target` is in the unit of `value`; both are written in
    units of `per` (1.000.000 for triệu đồng). What is `exact`, as a target is, is written with all
    its digits. A `text`, where given, is written as it stands. A value of None is written as a
    dash.
    """

    value: Fraction | Decimal | int | None
    style: Style = Style.NUMBER
    target: Fraction | Decimal | int | None = None
    text: str = ""
    per: int = 1
    exact: bool = False

    def __post_init__(self) -> None:
        for number in (self.value, self.target):
            if isinstance(number, float):
                raise TypeError("a quantity is exact, never a float")
            if isinstance(number, Decimal) and not number.is_finite():
                raise ValueError("a quantity is finite")

    def __str__(self) -> str:
        """Two decimals half up; a whole value has none (89%, 85,50%), money neither.

        Where that would put the written number on another side of the target than the value,
        as many decimals more as it takes: 84,996% against 85%.
        """
        if self.text or self.value is None:
            return self.text or NOTHING
        sign = "%" if self.style is Style.PERCENT else ""
        return f"{_write(self._shown())}{sign}"

    @property
    def number(self) -> Decimal | None:
        """What is written as a number, unrounded; None where there is none, or words instead."""
        return None if self.text or self.value is None else self._scaled(self.value)

    def _shown(self) -> Decimal:
        """The value rounded to the decimals it is written with."""
        value = self._scaled(self.value)
        places = self._all_places(value) if self.exact else self._places(value)
        if self.target is None:
            return _rounded(value, places)
        target = self._scaled(self.target)
        if value == target and _decimals(value) > _ENDLESS:
            return _rounded(value, places)
        while _rounded(value, places).compare(target) != value.compare(target):
            places += 1
        return _rounded(value, places)

    def _scaled(self, number: Fraction | Decimal | int | None) -> Decimal:
        scale = 2 if self.style is Style.PERCENT else 0
        if isinstance(number, int) and self.per == 1:
            return Decimal(number * 10**scale)
        if isinstance(number, Decimal) and self.per == 1:
            return number.scaleb(scale, context=_EXACT)
        exact = Fraction(number or 0) / self.per
        decimal = _EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator))
        return decimal.scaleb(scale, context=_EXACT)

    def _places(self, value: Decimal) -> int:
        whole = value == value.to_integral_value()
        return 0 if whole or (self.style is Style.MONEY and self.per == 1) else 2

    def _all_places(self, value: Decimal) -> int:
        """As many as it has; of one that does not end, as many as show that it is not whole."""
        places, had = self._places(value), _decimals(value)
        if had <= _ENDLESS:
            return max(places, had and max(had, 2))
        while _rounded(value, places) == value.to_integral_value(ROUND_HALF_UP):
            places += 1
        return places


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize(_EXACT).as_tuple().exponent))


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), context=_EXACT)


def _write(number: Decimal) -> str:
    """Dots between thousands, a comma before decimals; nothing is written as minus zero."""
    written = f"{number if number else abs(number):,f}"
    return written.translate(_MARKS)


# The office types what its keyboard and its spreadsheet give it.
_SPELLINGS = str.maketrans(
    "０１２３４５６７８９，．"
    "\N{MINUS SIGN}\N{EN DASH}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}",
    "0123456789,.--   ",
)
_GROUP = r"[1-9][0-9]{0,2}"
_UNGROUPED = r"(?:0|[1-9][0-9]*)"
# One mark before exactly three digits: a thousand or a fraction? Only 1.234 is settled by custom.
_TWO_READINGS = re.compile(
    rf"{_GROUP},[0-9]{{3}}"
    r"|[1-9][0-9]{3,}\.[0-9]{3}"
    rf"|{_GROUP}(?: [0-9]{{3}})+[.,][0-9]{{3}}"
)
# Each with the mark between thousands and the mark before decimals; the first that fits is meant.
_READINGS = tuple(
    (re.compile(pattern), thousands, decimal)
    for pattern, thousands, decimal in (
        (r"[0-9]+", "", ""),
        (rf"{_GROUP}(?:\.[0-9]{{3}})+(?:,[0-9]+)?", ".", ","),
        (rf"{_GROUP}(?:,[0-9]{{3}})+(?:\.[0-9]+)?", ",", "."),
        (rf"{_GROUP}(?: [0-9]{{3}})+(?:,[0-9]+)?", " ", ","),
        (rf"{_GROUP}(?: [0-9]{{3}})+\.[0-9]+", " ", "."),
        (rf"{_UNGROUPED},[0-9]+", "", ","),
        (rf"{_UNGROUPED}\.[0-9]+", "", "."),
    )
)


def read_number(text: str, *, whole: bool = False, most: int = MAX_DIGITS) -> Decimal:
    """What an office typed, exactly: 85,5 85.5 1.234 (a thousand) 1.234,5 1,234.5 1 234 −5.

    One dot before exactly three digits marks thousands. What could be read in two ways is refused
    rather than guessed: 1,234, 1234.567 and 1 234,567. Raises NotANumber with a sentence that
    names what was typed; so does an empty text, a percent sign and more than `most` digits. Where
    only a `whole` number will do, the sentence advises whole numbers alone.
    """
    typed = " ".join(text.split())
    spelled = text.translate(_SPELLINGS).strip()
    sign, digits = ("-", spelled[1:]) if spelled.startswith("-") else ("", spelled)
    _refuse(typed, sign, digits, whole, most)
    for pattern, thousands, decimal in _READINGS:
        if pattern.fullmatch(digits):
            plain = digits.replace(thousands, "") if thousands else digits
            return Decimal(sign + (plain.replace(decimal, ".") if decimal else plain)) or Decimal(0)
    raise NotANumber(f"“{_cut(typed)}” không phải là số: hãy viết như {_examples(whole)}.")


def _examples(whole: bool) -> str:
    return "1.234" if whole else "1.234 hoặc 85,5"


def _refuse(typed: str, sign: str, digits: str, whole: bool, most: int) -> None:
    if not digits:
        raise NotANumber(f"Chưa nhập số: hãy viết như {_examples(whole)}.")
    if "%" in digits:
        example = "85" if whole else "85,5"
        raise NotANumber(f"“{_cut(typed)}”: hãy bỏ dấu % và chỉ viết số, ví dụ {example}.")
    if sum(character.isdigit() for character in digits) > most:
        raise NotANumber(f"“{_cut(typed)}” có quá {most} chữ số: hãy kiểm tra lại.")
    if _TWO_READINGS.fullmatch(digits):
        raise NotANumber(_ask_which(typed, sign, digits, whole))


def _ask_which(typed: str, sign: str, digits: str, whole: bool) -> str:
    front, fraction = digits.replace(" ", "").replace(",", ".").split(".")
    thousands = f"{sign}{_write(Decimal(front + fraction))}"
    if whole:
        return f"“{typed}” chưa rõ: ô này chỉ nhận số nguyên, nếu đúng là vậy hãy viết {thousands}."
    decimal = f"{sign}{_write(Decimal(front))},{fraction}0"
    return f"“{typed}” có thể hiểu là hai số: hãy viết {thousands} hoặc {decimal}."


def _cut(typed: str) -> str:
    shown = typed[:_SHOWN_OF_A_REFUSED_TEXT]
    return shown if shown == typed else f"{shown}…"
