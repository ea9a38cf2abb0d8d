"""Which unions can be assigned an amount, and which amounts (giao chỉ tiêu, giao dự toán)."""

from decimal import Decimal

from indicators import kinds
from indicators.models import Audience, Indicator
from indicators.programme_file import amount_fault
from unions.models import Level, Union


def fault(indicator: Indicator, union: Union, amount: Decimal | int) -> str:
    """Why `union` cannot be assigned `amount`, without a full stop; empty if it can.

    What a union is never asked it cannot bring, and people, cases and đồng are whole numbers.
    """
    head = indicator.programme.union
    if not union.path.startswith(head.path):
        return f"{union} không trực thuộc {head}"
    if not _answers(indicator, union):
        asked = indicator.get_audience_display().lower()
        return f"{union} không trả lời chỉ tiêu {indicator.code}: chỉ giao được cho {asked}"
    told = amount_fault(Decimal(amount), indicator.unit, kinds.REGISTRY[indicator.kind])
    return f"{union}: {told}" if told else ""


def _answers(indicator: Indicator, union: Union) -> bool:
    own = union.pk == indicator.programme.union_id
    if indicator.audience == Audience.PROVINCE or own:
        return own and indicator.audience == Audience.PROVINCE
    return union.current is not None and union.current.level == Level.GRASSROOTS
