"""A union has one chair at a time; another comes by handing over."""

from collections.abc import Iterable
from datetime import date

from unions.access import Role
from unions.errors import RuleBroken
from unions.models import Appointment, Union
from unions.vietnamese import written


def must_be_free(role: str, union: Union, day: date) -> None:
    """RuleBroken if `role` is the chair's and somebody is chair on `day` or later on.

    Who asks at the same time waits until the transaction ends.
    """
    if role != Role.CHAIR:
        return
    Union.objects.select_for_update(of=("self",), no_key=True).get(pk=union.pk)
    rows = Appointment.objects.ending_after(day).filter(union=union, role=role)
    must_follow(rows.select_related("user"), union, day)


def must_follow(others: Iterable[Appointment], union: Union, day: date) -> None:
    """RuleBroken if one of the `others` that were chair of `union` is so on `day` or later on."""
    for other in others:
        if other.valid_to is None:
            since = f" từ ngày {written(other.valid_from)}" if other.valid_from > day else ""
            raise RuleBroken(
                f"{other.user} là Chủ tịch của {union}{since}, và mỗi đơn vị chỉ có một Chủ tịch."
                " Hãy dùng “Bàn giao chức danh Chủ tịch” ở trang của người đó.",
                about="role",
            )
        # one that ends as it begins was taken back
        if other.valid_to > max(day, other.valid_from):
            raise RuleBroken(
                f"{other.user} là Chủ tịch của {union} đến trước ngày {written(other.valid_to)}, và"
                " mỗi đơn vị chỉ có một Chủ tịch. Hãy chọn từ ngày đó trở đi.",
                about="role",
            )
