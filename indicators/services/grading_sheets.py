"""Sheets of criteria by which unions are graded: loaded from a file, amended, copied."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from indicators.grading import SheetSpec, plain
from indicators.models import GradingSheet
from unions.access import Permission, require
from unions.errors import RuleBroken
from unions.models import Union, UnionType, User
from unions.services import journal
from unions.vietnamese import tidy

_NAME = 200
_CODE = 40


@transaction.atomic
def load(spec: SheetSpec, union: Union, *, by: User | None) -> GradingSheet:
    """Keep a sheet for the unions of a province; one of the same code is amended, see `amend`."""
    require(by, Permission.MANAGE_PROGRAMMES, union)
    known = GradingSheet.objects.select_for_update().filter(union=union, code=spec.code).first()
    if known is not None:
        return amend(known, spec, by=by)
    sheet = GradingSheet(union=union, code=spec.code, **_content(spec))
    _check(sheet, spec)
    sheet.save()
    journal.record(f"Thêm {sheet}", by=by, about=sheet)
    return sheet


@transaction.atomic
def amend(sheet: GradingSheet, spec: SheetSpec, *, by: User | None) -> GradingSheet:
    """Change a sheet while nobody is graded by it; RuleBroken once somebody is."""
    sheet = GradingSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    require(by, Permission.MANAGE_PROGRAMMES, sheet.union)
    now = _content(spec)
    if all(getattr(sheet, name) == value for name, value in now.items()):
        return sheet
    if sheet.gradings.exists():
        raise RuleBroken(
            f"Đã có đơn vị chấm theo {sheet} nên không sửa được nữa. Hãy sao thành mẫu mới cho các"
            " năm sau."
        )
    for name, value in now.items():
        setattr(sheet, name, value)
    vars(sheet).pop("criteria", None)
    _check(sheet, spec)
    sheet.save()
    journal.record(f"Sửa {sheet}", by=by, about=sheet)
    return sheet


@transaction.atomic
def copy(
    sheet: GradingSheet, code: str, name: str, first_year: int, *, by: User | None
) -> GradingSheet:
    """A sheet with the same criteria from a later year on; the one it is made of ends before."""
    require(by, Permission.MANAGE_PROGRAMMES, sheet.union)
    if first_year <= sheet.first_year:
        raise RuleBroken(f"Năm đầu của mẫu mới phải sau {sheet.first_year}.", about="first_year")
    if GradingSheet.objects.filter(union=sheet.union, code=code).exists():
        raise RuleBroken(f"Ký hiệu “{code}” đã được dùng. Hãy đặt ký hiệu khác.", about="code")
    last = sheet.last_year
    _must_not_be_used_from(sheet, first_year)
    sheet.last_year = first_year - 1
    sheet.save(update_fields=["last_year"])
    later = last if last is None or last >= first_year else None
    return load(
        replace(spec_of(sheet), code=code, name=name, first_year=first_year, last_year=later),
        sheet.union,
        by=by,
    )


def spec_of(sheet: GradingSheet) -> SheetSpec:
    """The sheet as plain values."""
    return SheetSpec(
        sheet.code,
        sheet.name,
        sheet.basis,
        tuple(sheet.types),
        sheet.first_year,
        sheet.last_year,
        sheet.criteria,
    )


def _content(spec: SheetSpec) -> dict[str, Any]:
    return {
        "name": tidy(spec.name),
        "basis": spec.basis,
        "types": list(spec.types),
        "first_year": spec.first_year,
        "last_year": spec.last_year,
        "content": plain(spec.criteria),
    }


def _check(sheet: GradingSheet, spec: SheetSpec) -> None:
    spec.criteria.check()
    if not 0 < len(sheet.code) <= _CODE or not 0 < len(sheet.name) <= _NAME:
        raise RuleBroken(f"Cần ký hiệu không quá {_CODE} chữ và tên không quá {_NAME} chữ.")
    if unknown := set(sheet.types) - set(UnionType.values):
        raise RuleBroken(f"Không có loại hình đơn vị “{'”, “'.join(sorted(unknown))}”.")
    if sheet.last_year is not None and sheet.last_year < sheet.first_year:
        raise RuleBroken("Năm cuối phải từ năm đầu trở đi.", about="last_year")
    for other in GradingSheet.objects.filter(union=sheet.union).exclude(pk=sheet.pk):
        if _overlap(sheet, other):
            raise RuleBroken(
                f"Trong các năm này {other} đã dùng cho loại hình như vậy ({other.told_types};"
                f" {other.told_years.lower()}). Mỗi đơn vị mỗi năm chỉ có một mẫu."
            )


def _overlap(one: GradingSheet, other: GradingSheet) -> bool:
    years = _ends(one) >= other.first_year and _ends(other) >= one.first_year
    types = not one.types or not other.types or bool(set(one.types) & set(other.types))
    return years and types


def _ends(sheet: GradingSheet) -> int:
    return sheet.last_year or 9999


def _must_not_be_used_from(sheet: GradingSheet, year: int) -> None:
    if sheet.gradings.filter(submission__period__year__gte=year).exists():
        raise RuleBroken(
            f"Năm {year} đã có đơn vị chấm theo {sheet}. Hãy chọn năm sau đó.", about="first_year"
        )
