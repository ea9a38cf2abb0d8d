"""django-import-export with registers that judge and write many rows at once."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from import_export import fields, resources, widgets
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult
from tablib import Dataset

from unions import workbooks
from unions.services.lists.lines import Line, Outcome, Register, Verdict
from unions.workbooks import Column, Sheet

_NUMBER = "dòng"
_TYPES = {
    Verdict.NEW: RowResult.IMPORT_TYPE_NEW,
    Verdict.CHANGED: RowResult.IMPORT_TYPE_UPDATE,
    Verdict.SAME: RowResult.IMPORT_TYPE_SKIP,
    Verdict.WRONG: RowResult.IMPORT_TYPE_INVALID,
}


class AsItIs(widgets.Widget):
    """A value goes into the workbook as it is: a day as a day, a number as a number."""

    def render(self, value: Any, obj: Any = None, **options: Any) -> Any:
        """The value; nothing is an empty cell."""
        return value


def field(attribute: str, column: Column) -> fields.Field:
    """Where the value of a column is found when it is written."""
    return fields.Field(attribute, column.label, AsItIs())


class ListResource(resources.Resource):
    """Rows of one kind; the library runs the import, the register knows the rules.

    The register plans every row in a few statements before the first is looked at, and writes the
    good ones together after the last, if `may_keep` finds the outcomes right.
    """

    columns: ClassVar[tuple[Column, ...]] = ()
    title: ClassVar[str] = ""

    class Meta:
        use_bulk = True
        report_skipped = True
        # rows are found by the register, all at once
        instance_loader_class = BaseInstanceLoader

    def __init__(
        self,
        register: Register | None = None,
        *,
        may_keep: Callable[[Sequence[Outcome]], bool] = lambda outcomes: False,
    ) -> None:
        super().__init__()
        self.register, self.may_keep, self.has_kept = register, may_keep, False
        self.outcomes: list[Outcome] = []

    def before_import(self, dataset: Dataset, **options: Any) -> None:
        """Lay all rows beside what the portal knows."""
        _, *keys = dataset.headers
        lines = [Line(int(said), dict(zip(keys, rest, strict=True))) for said, *rest in dataset]
        if self.register is not None:
            self.outcomes = self.register.plan(lines)
            self._blame()
        self.coming = iter(self.outcomes)

    def _blame(self) -> None:
        """Let every fault name a column: where a rule blames none, whom the row is about."""
        known = {column.key for column in self.columns}
        first = self.columns[0].key
        for outcome in self.outcomes:
            outcome.faults = [
                (key if key in known else first, sentence) for key, sentence in outcome.faults
            ]

    def import_row(self, row: Any, instance_loader: Any, **options: Any) -> RowResult:
        """What the register found of the row."""
        outcome = next(self.coming)
        result = RowResult()
        result.import_type = _TYPES[outcome.verdict]
        if outcome.faults:
            said: dict[str, list[str]] = {}
            for key, sentence in outcome.faults:
                said.setdefault(key or NON_FIELD_ERRORS, []).append(sentence)
            result.validation_error = ValidationError(said)
        return result

    def bulk_create(self, *args: Any, **options: Any) -> None:
        """After the last row: write what is good."""
        if self.register is not None and self.may_keep(self.outcomes):
            self.register.write()
            self.has_kept = True

    def workbook(self, rows: Any) -> bytes:
        """`rows` as a workbook that can be read again."""
        dataset = self.export(rows)
        return workbooks.write(self.title, dataset.headers, dataset)


def dataset_of(sheet: Sheet) -> Dataset:
    """The rows of a sheet that could be read, as the library takes them."""
    wrong = {fault.row for fault in sheet.faults}
    keys = list(sheet.places)
    return Dataset(
        *(
            [row.number, *(row.cells[key] for key in keys)]
            for row in sheet.rows
            if row.number not in wrong
        ),
        headers=[_NUMBER, *keys],
    )
