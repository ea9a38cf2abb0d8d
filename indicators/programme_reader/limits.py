"""Plain: who is counted at all, from what number on, and with a target of whose own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.programme_file import LeastSpec, TargetSpec
from indicators.programme_reader.figures import HUNDRED, PERCENT, bounded, decimal
from indicators.programme_reader.wording import fold

_WORKERS = re.compile(
    r"\btu (?P<least>[\d.]+) (?P<whom>lao dong|nguoi lao dong|cong nhan|doan vien)( tro len)?"
)
_OF_THOSE = re.compile(
    r"\btren tong so (?P<first>[^,;.()%]*?\b(?:dang ky|du dieu kien|co nhu cau)\b[^,;.()%]*)"
    r"|\b(?P<second>du dieu kien|co nhu cau|da dang ky)\b"
)
_MONEY_FROM = re.compile(
    r"(?:\btu|\bit nhat|\btoi thieu|≥)\s+(?P<least>\d[\d.]*)\s*(?P<unit>nghin |ngan |trieu )?dong\b"
)
_PER = {"nghin ": 10**3, "ngan ": 10**3, "trieu ": 10**6}
# a part of the economy as offices name it, and the types of unions that it is made of
_STATE = ("agency", "public_service_full", "public_service_partial", "state_enterprise")
_BODIES = r"(?:cdcs|cong doan co so|don vi|khu vuc|khoi|thanh phan)"
_SECTORS = (
    (
        "Doanh nghiệp ngoài nhà nước",
        r"doanh nghiep (?:ngoai|tu nhan)(?: khu vuc)?(?: nha nuoc)?",
        ("non_state",),
    ),
    ("Khu vực ngoài nhà nước", r"ngoai (?:khu vuc )?nha nuoc", ("non_state", "non_public")),
    ("Ngoài công lập", r"ngoai cong lap", ("non_public",)),
    ("Doanh nghiệp nhà nước", r"doanh nghiep nha nuoc", ("state_enterprise",)),
    ("Khu vực nhà nước", rf"{_BODIES}(?: thuoc| trong| khoi| khu vuc)* nha nuoc", _STATE),
)
# words that name a sector only beside another one
_BESIDE = (
    (
        "Đơn vị sự nghiệp công lập",
        r"don vi su nghiep(?: cong lap)?|cong lap",
        ("public_service_full", "public_service_partial"),
    ),
    ("Cơ quan", r"co quan", ("agency",)),
    ("Khu vực nhà nước", r"nha nuoc", _STATE),
    ("Doanh nghiệp ngoài nhà nước", r"doanh nghiep", ("non_state",)),
)
# words that may stand between two sectors without saying what they are to do
_BETWEEN = {
    *("va", "it", "nhat", "toi", "thieu", "tren", "hon", "tu", "dat", "con", "tro", "len"),
    *("cdcs", "cong", "doan", "co", "so", "cac", "khu", "vuc", "khoi", "thuoc", "trong"),
    *("doi", "voi", "o", "tai"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """In the words of the document: who is counted, and the numbers that decide it."""

    condition: str = ""
    basis: LeastSpec | None = None
    threshold: LeastSpec | None = None


def limits_of(text: str) -> Limits:
    """What a wording says of who stands in the denominator and who has done it."""
    folded = fold(text)
    workers, those, money = (
        pattern.search(folded) for pattern in (_WORKERS, _OF_THOSE, _MONEY_FROM)
    )
    condition = text[slice(*workers.span())] if workers else _those(text, those)
    return Limits(
        condition,
        LeastSpec(f"Số {text[slice(*workers.span('whom'))]}", _whole(workers)) if workers else None,
        LeastSpec("Mức đạt được (đồng)", _whole(money) * _PER.get(money["unit"] or "", 1))
        if money
        else None,
    )


def _those(text: str, found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    return text[slice(*found.span("first" if found["first"] else "second"))].strip()


def _whole(found: re.Match[str]) -> int:
    return max(int(decimal(found["least"])), 1)


def targets_of_groups(folded: str) -> tuple[TargetSpec, ...]:
    """A target for each sector, where every share of the wording is said of one of its own.

    All of them are said of one matter, so it stands with the last: where another share has words
    of its own, there are two matters, and none is proposed.
    """
    shares = list(PERCENT.finditer(folded))
    if not shares:
        return ()
    ends = [*(share.start() for share in shares[1:]), len(folded)]
    spoken = [folded[share.end() : end] for share, end in zip(shares, ends, strict=True)]
    spoken = spoken if len(shares) > 1 else [folded]
    sectors = _SECTORS if len(shares) == 1 else (*_SECTORS, *_BESIDE)
    found = [_group(said, sectors) for said in spoken]
    groups = [group for group, _ in found]
    types = [name for _, names in groups for name in names]
    if (
        any(_says_more(rest) for _, rest in found[:-1])
        or not all(names for _, names in groups)
        or len(set(types)) < len(types)
    ):
        return ()
    return tuple(
        replace(bounded(folded, share, HUNDRED), group=group, types=names)
        for share, (group, names) in zip(shares, groups, strict=True)
    )


def _says_more(rest: str) -> bool:
    return any(word not in _BETWEEN for word in re.findall(r"[^\W\d_]+", rest))


def _group(
    said: str, sectors: Sequence[tuple[str, str, tuple[str, ...]]]
) -> tuple[tuple[str, tuple[str, ...]], str]:
    """The sectors that are named, as one group; and the words left."""
    labels: list[str] = []
    types: list[str] = []
    for label, wording, names in sectors:
        said, times = re.subn(rf"\b(?:{wording})\b", "#", said)
        if times:
            labels.append(label)
            types += [name for name in names if name not in types]
    return (", ".join(labels), tuple(types)), said
