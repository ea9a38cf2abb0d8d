"""What was found of the rows of a workbook, as its page shows it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.text import capfirst

from unions.models import Intake
from unions.quantities import Quantity
from unions.resources.tables import resource_of
from unions.services.lists.lines import Verdict

_ROWS_A_PAGE = 100
_TONES = {Verdict.NEW: "approved", Verdict.CHANGED: "submitted", Verdict.WRONG: "returned"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong or to be known, and in which cell."""

    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the workbook as the page shows it."""

    number: int
    is_hidden: bool
    tone: str
    label: str
    told: str
    faults: list[Fault]
    remarks: list[Fault]


def gist(intake: Intake) -> str:
    """How many rows do what, in a sentence."""
    counts = intake.counts
    if not counts:
        return f"{Quantity(intake.total)} dòng."
    told = [
        f"{Quantity(counts.get(verdict, 0))} dòng {Verdict(verdict).label.lower()}"
        for verdict in Verdict
    ]
    return f"{capfirst(', '.join(told))}."


def before_writing(intake: Intake) -> str:
    """What whoever confirms should know."""
    told = f"{gist(intake)} Hoặc ghi được tất cả các dòng đúng, hoặc không ghi dòng nào."
    if intake.findings.get("legacy") and not intake.converts:
        told += " Tệp còn chữ viết bằng phông cũ chưa được chuyển: chữ sẽ được ghi y như trong tệp."
    return told


def after_writing(intake: Intake) -> str:
    """What the rows beneath are, once they are written."""
    wrong = "; các dòng có lỗi không được ghi" if intake.good_only else ""
    return f"Bảng dưới đây là những việc đã làm{wrong}."


def verdicts(intake: Intake) -> list[tuple[str, str, str]]:
    """Key, name and number of rows of each verdict of which rows are shown."""
    shown = (Verdict.NEW, Verdict.CHANGED, Verdict.WRONG)
    return [(one.value, one.label, str(Quantity(intake.counts.get(one, 0)))) for one in shown]


def page(intake: Intake, request: HttpRequest) -> Page:
    """The rows of the page that is asked for, wrong ones first."""
    rows = intake.findings.get("rows", [])
    chosen = request.GET.get("loai")
    if chosen in Verdict.values:
        rows = [row for row in rows if row["verdict"] == chosen]
    else:
        rows = sorted(rows, key=_weight)
    page = Paginator(rows, _ROWS_A_PAGE).get_page(request.GET.get("trang"))
    page.object_list = [_found(intake, row) for row in page.object_list]
    return page


def _weight(row: dict[str, Any]) -> tuple[bool, bool]:
    """Wrong rows first, then those with a remark."""
    return row["verdict"] != Verdict.WRONG, "remarks" not in row


def _found(intake: Intake, row: dict[str, Any]) -> Found:
    return Found(
        number=row["number"],
        is_hidden=row["hidden"],
        tone=_TONES.get(row["verdict"], "draft"),
        label=Verdict(row["verdict"]).label,
        told=row["told"],
        faults=[Fault(_cell(intake, row["number"], key), told) for key, told in row["faults"]],
        remarks=[
            Fault(_cell(intake, row["number"], key), told) for key, told in row.get("remarks", [])
        ],
    )


def _cell(intake: Intake, number: int, key: str) -> str:
    """As “ô C12 (Ngày thành lập)”; of the whole row nothing."""
    letter = intake.findings["columns"].get(key)
    labels = {column.key: column.label for column in resource_of(intake.kind).columns}
    if letter is None:
        return f"Cột “{labels[key]}”" if key in labels else ""
    return f"Ô {letter}{number} ({labels[key]})"
