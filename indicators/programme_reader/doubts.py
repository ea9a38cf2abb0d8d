"""Plain: what a person must look at in a proposed indicator: the figures and words left out."""

import re
from collections.abc import Iterator
from decimal import Decimal

from indicators.programme_file import ONLY_A_MINIMUM, IndicatorSpec
from indicators.programme_reader.figures import figures_of, plain
from indicators.programme_reader.measures import grades_otherwise, names_subject
from indicators.programme_reader.wording import fold

SHARE_KINDS = ("share_of_people", "share_of_unions", "share_of_unions_rated")

_PER = (1, 10**3, 10**6, 10**9)  # money is held in đồng
_YEAR = re.compile(r"20\d\d")
_HEADER = re.compile(
    r"(so |s)?tt\b.{0,40}\bchi tieu\b|.{0,60}\b(don vi tinh|dvt)\b.{0,40}\b(muc|ke hoach)\b"
)
_OF_ONE_TYPE = re.compile(
    r"(%|phan tram) (tro len )?(so |cac )*(co quan, )?(doanh nghiep|don vi su nghiep)\b"
)
_PART_OF = re.compile(r"trong do\b")
_SECOND_SENTENCE = re.compile(r"[^\W\d_]{2,}[.!?] +[A-ZĐÀ-Ỹ][^\W\d_]* [^\W\d_]")


def doubts_of(spec: IndicatorSpec) -> Iterator[str]:
    """Why the proposal may say less than the wording, in sentences; often nothing."""
    folded = fold(spec.text)
    if _HEADER.match(folded):
        yield (
            "là một bảng mà các hàng bị gộp làm một; hãy tách từng chỉ tiêu,"
            " hoặc đọc lại từ tệp Word có bảng này"
        )
    if tells_twice(spec.text):
        yield "có hơn một câu; hãy xem câu sau có thuộc chỉ tiêu không"
    least = spec.kind == "minimum_per_union"
    if least and any(one.operator not in (">=", ">") for one in spec.targets):
        yield ONLY_A_MINIMUM
    yield from _doubts_of_figures(spec, folded)
    if grades_otherwise(folded) and spec.kind in SHARE_KINDS and not spec.grade:
        yield (
            "câu nói đến một mức xếp loại khác với “hoàn thành tốt nhiệm vụ trở lên”; hãy xem lại"
            " loại chỉ tiêu và mức được tính"
        )
    if spec.kind in SHARE_KINDS and not spec.condition and _speaks_of_one_type(spec, folded):
        yield "câu chỉ nói đến một loại hình đơn vị; hãy xem có cần mức riêng cho loại hình đó"
    if _PART_OF.match(folded):
        yield "là một phần của chỉ tiêu đứng trên; hãy xem tính trên tổng số nào"
    elif spec.kind in SHARE_KINDS and spec.targets and not names_subject(folded):
        yield "không rõ tính trên số người hay trên số đơn vị; hãy xem lại loại chỉ tiêu"


def tells_twice(text: str) -> bool:
    """Whether a second sentence follows: a paragraph of its own may have been taken for it."""
    return bool(_SECOND_SENTENCE.search(text))


def _speaks_of_one_type(spec: IndicatorSpec, folded: str) -> bool:
    grouped = any(one.group for one in spec.targets)
    return not grouped and bool(_OF_ONE_TYPE.search(folded))


def _doubts_of_figures(spec: IndicatorSpec, folded: str) -> Iterator[str]:
    written = _figures(folded)
    if not spec.targets:
        yield "không thấy mức phấn đấu; hãy điền hoặc bỏ chỉ tiêu này"
    elif spec.kind == "plan_fulfilment" and not any("%" in figure for figure in written):
        yield (
            f"câu đặt ra số lượng ({', '.join(written)}) cho khoản thu, nộp; tạm đề xuất tỷ lệ thực"
            " hiện so với số được giao, hãy xem lại loại và mức phấn đấu"
        )
    elif left := [figure for figure in written if figure not in _proposed(spec)]:
        yield f"mức phấn đấu đề xuất không gồm {', '.join(left)}; hãy tách hoặc bổ sung"


def _figures(folded: str) -> list[str]:
    """Every share and number of things in the wording, as "85%" and "200"."""
    figures = figures_of(folded)
    return [text for text in dict.fromkeys(figures) if not _YEAR.fullmatch(text)]


def _proposed(spec: IndicatorSpec) -> set[str]:
    """Every figure that the proposal holds, as it may be written."""
    bounds = [bound for one in spec.targets for bound in (one.low, one.high) if bound is not None]
    bounds += [Decimal(least.least) for least in (spec.basis, spec.threshold) if least]
    in_percent = {f"{plain(bound * 100)}%" for bound in bounds}
    in_units = {plain(bound / per) for bound in bounds for per in _PER}
    return in_percent | in_units
