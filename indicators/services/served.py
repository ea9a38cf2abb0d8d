"""Which indicator an item of a yearly plan serves: said, changed, taken back."""

from django.db import transaction

from actionplan.models import PlanItem
from actionplan.services import changes, plans
from indicators.models import Indicator, ServedIndicator
from unions.errors import RuleBroken
from unions.models import User


@transaction.atomic
def serve(
    row: PlanItem,
    indicator: Indicator | None,
    *,
    by: User | None,
    reason: str = "",
    revision: int | None = None,
) -> None:
    """Let an item serve an indicator of its programme, or none; once handed in with a reason.

    Outdated as for every change of a plan.
    """
    plan = plans.locked(row.plan, by=by, revision=revision)
    row = PlanItem.objects.get(pk=row.pk)
    served = ServedIndicator.objects.filter(item=row).select_related("indicator").first()
    before = served.indicator if served else None
    if before == indicator:
        return
    if indicator is None:
        ServedIndicator.objects.filter(item=row).delete()
    else:
        _must_fit(plan.programme_id, indicator)
        ServedIndicator.objects.update_or_create(item=row, defaults={"indicator": indicator})
    told = changes.said(before), changes.said(indicator)
    sentence = f"Sửa việc “{row.what}”: chỉ tiêu từ “{told[0]}” thành “{told[1]}”"
    changes.keep(plan, row, sentence, reason, by=by, differences=(("chỉ tiêu", *told),))


def _must_fit(programme: int, indicator: Indicator) -> None:
    if indicator.programme_id != programme:
        raise RuleBroken("Chỉ tiêu này thuộc chương trình khác.", about="indicator")
    if indicator.dropped:
        raise RuleBroken(
            f"Chương trình không còn chỉ tiêu “{indicator}”. Hãy chọn lại.", about="indicator"
        )
