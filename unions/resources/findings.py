"""What was found of the rows of a workbook, as it is kept and shown before they are written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from unions.services.lists.lines import Line, Outcome, Verdict
from unions.workbooks import Sheet, letters


def found(sheet: Sheet, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """What is shown of the sheet, and of the rows that do something or have a remark."""
    hidden = set(sheet.hidden)
    rows = {outcome.line.number: _row(outcome, hidden) for outcome in outcomes}
    for fault in sheet.faults:
        row = rows.setdefault(fault.row, _wrong(fault.row, hidden))
        row["faults"].append([fault.column, fault.sentence])
    for remark in sheet.remarks:
        rows[remark.row].setdefault("remarks", []).append([remark.column, remark.sentence])
    counts = Counter(row["verdict"] for row in rows.values())
    shown = [row for _, row in sorted(rows.items()) if _is_told(row)]
    legacy = sheet.legacy
    return {
        "counts": {str(verdict): counts[verdict] for verdict in Verdict},
        "rows": shown,
        "hidden": sheet.hidden,
        "unknown": list(sheet.unknown),
        "title": sheet.title,
        "columns": {key: letters(place) for key, place in sheet.places.items()},
        "legacy": asdict(legacy) if legacy else None,
    }


def _is_told(row: dict[str, Any]) -> bool:
    return row["verdict"] != Verdict.SAME or "remarks" in row


def _row(outcome: Outcome, hidden: set[int]) -> dict[str, Any]:
    return {
        "number": outcome.line.number,
        "hidden": outcome.line.number in hidden,
        "verdict": str(outcome.verdict),
        "told": outcome.told,
        "faults": [[key, sentence] for key, sentence in outcome.faults],
    }


def _wrong(number: int, hidden: set[int]) -> dict[str, Any]:
    """A row of which a cell could not be read."""
    return _row(Outcome(Line(number, {}), Verdict.WRONG), hidden)
