"""Directives as tests give them."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from actionplan.models import Directive, DirectiveCopy
from actionplan.services import directive_answers, directives
from actionplan.services.directive_answers import Told
from actionplan.services.directives import Order
from tests.builders import Province
from unions.models import Union, User


def soon(days: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days)


def order(**otherwise: object) -> Order:
    """To everyone, for in ten days."""
    plain = Order("Rà soát quy chế", "Gửi quy chế đã rà soát.", soon(10), everyone=True)
    return replace(plain, **otherwise)


def give(province: Province, **otherwise: object) -> Directive:
    """One that the officer wrote and sent."""
    directive = directives.write(province.root, order(**otherwise), by=province.officer)
    directives.send(directive, by=province.officer)
    return Directive.objects.get(pk=directive.pk)


def copy_of(directive: Directive, union: Union) -> DirectiveCopy:
    """A union's own, as it stands now."""
    rows = DirectiveCopy.objects.select_related(*DirectiveCopy.reads_with)
    return rows.get(directive=directive, union=union)


def answer(copy: DirectiveCopy, by: User, text: str = "Đã rà soát, ban hành lại.") -> DirectiveCopy:
    """Give the result."""
    return directive_answers.give(copy, Told(text), by=by)
