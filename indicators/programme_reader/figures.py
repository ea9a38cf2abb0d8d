"""Plain: the shares, numbers of things and amounts of money in a wording, and what they bound."""

import re
from dataclasses import dataclass
from decimal import Decimal

from indicators.programme_file import TargetSpec

_NUMBER = r"\d+(?:\.\d{3})+|\d+(?:,\d+)?|\d+"
_TO = r"\s*(?:-|–|den)\s*"
_NO_DATE = r"(?<![\w/.-])(?<!nam )(?<!thang )(?<!ngay )(?<!so )(?<!dieu )(?!20\d\d\s*[-–]\s*20\d\d)"
PERCENT = re.compile(rf"(?:(?P<low>{_NUMBER})\s*%?{_TO})?(?P<high>{_NUMBER})\s*(?:%|phan tram)")
COUNT = re.compile(
    rf"{_NO_DATE}(?:(?P<low>{_NUMBER}){_TO})?(?P<high>{_NUMBER})(?![\w/%-])\s+(?=[^\W\d_])"
)
MONEY = re.compile(
    rf"{_NO_DATE}(?:(?P<low>{_NUMBER}){_TO})?(?P<high>{_NUMBER})"
    r"\s*(?P<unit>(?:nghin |ngan |trieu |ty )?dong|trieu|ty)\b"
)
# how a unit of money is written, and how much of a đồng it is
_MONEY = {
    "nghin": ("nghìn đồng", 10**3),
    "ngan": ("nghìn đồng", 10**3),
    "trieu": ("triệu đồng", 10**6),
    "ty": ("tỷ đồng", 10**9),
}
_LESS = re.compile(r"(khong qua|toi da|nhieu nhat|duoi|khong vuot qua|giam con|≤|<=?)\s*$")
_MORE = re.compile(r"(tren|hon|vuot|>)\s*$")
_EXACTLY = re.compile(r"(?<!xay )(?<!su )\b(dung|bang)\s*$")
_LEAST_AFTER = re.compile(r"\s*(tro len|hoac hon)")
HUNDRED, ONE = Decimal(100), Decimal(1)


@dataclass(frozen=True, slots=True)
class Money:
    """A unit of money: how it is written, and how many đồng it is."""

    unit: str
    per: int


def money_of(found: re.Match[str]) -> Money:
    """The unit in which MONEY found an amount."""
    return Money(*_MONEY.get(found["unit"].split()[0], ("đồng", 1)))


def has_money(folded: str) -> bool:
    return bool(MONEY.search(folded))


def figures_of(folded: str) -> list[str]:
    """Shares and numbers of things in the order of the wording: "45%", "50%", "200"."""
    found: list[tuple[int, str]] = []
    for share in PERCENT.finditer(folded):
        found += [(share.start(), f"{plain(decimal(one))}%") for one in share.groups() if one]
    for count in COUNT.finditer(PERCENT.sub(_blank, folded)):
        found += [(count.start(), plain(decimal(one))) for one in count.groups() if one]
    return [figure for _, figure in sorted(found, key=lambda one: one[0])]


def bounded(folded: str, found: re.Match[str], scale: Decimal) -> TargetSpec:
    """The target that a figure and the words around it set; `scale` is what one is written as."""
    before, after = folded[: found.start()], folded[found.end() :]
    value = decimal(found["high"]) / scale
    low = found["low"]
    if low:
        return TargetSpec("range", decimal(low) / scale, value)
    if _LESS.search(before):
        return TargetSpec("<=", None, value)
    if _EXACTLY.search(before):
        return TargetSpec("=", value)
    more = _MORE.search(before) and not _LEAST_AFTER.match(after)
    return TargetSpec(">" if more else ">=", value)


def decimal(text: str) -> Decimal:
    """A number as offices write it: 1.500 or 85,5."""
    return Decimal(text.replace(".", "").replace(",", "."))


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _blank(found: re.Match[str]) -> str:
    return "%" * len(found[0])
