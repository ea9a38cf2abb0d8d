"""A programme closed early keeps every year that has approved figures."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from actionplan.models import Programme
from indicators.models import Submission
from indicators.services import early_end, submissions
from tests.builders import Province, approve, hand_in, make_period

END, NEXT = date(2025, 6, 30), date(2026, 1, 1)
WHY = "Sáp nhập tỉnh"
SENTENCE = (
    "Không kết thúc chương trình từ ngày 30/06/2025 được, vì đã có số liệu được duyệt của các năm"
    " sau: năm 2026 có 2 phiếu. Hãy chọn ngày từ 01/01/2026 trở đi, hoặc trả lại các phiếu đó"
    " trước."
)


@pytest.fixture
def approved(province: Province) -> list[Submission]:
    """Two submissions of 2026 that were approved."""
    period = make_period(province.programme, year=2026)
    asked = period.submissions.filter(union__in=[province.health, province.interior])
    return [approve(one) for one in asked.order_by("pk")]


def test_a_year_with_approved_figures_is_not_lost(client, province: Province, approved):
    """Neither looked at nor done; from a day of that year on it is."""
    client.force_login(province.administrator)
    address = reverse("admin:actionplan_programme_close", args=[province.programme.pk])
    sent = {"on": "30/06/2025", "reason": WHY}
    for more in ({}, {"preview": "1"}):
        refused = client.post(address, sent | more)
        assert SENTENCE in refused.content.decode()
        assert Programme.objects.get().closed_on is None
    client.post(address, sent | {"on": "01/01/2026"})
    assert Programme.objects.get().closed_on == NEXT


def test_what_is_only_handed_in_holds_nothing_back(province: Province):
    period = make_period(province.programme, year=2026)
    hand_in(period.submissions.get(union=province.health))
    told = early_end.preview(province.programme, END)
    assert told[0] == "Không còn báo cáo các năm 2026, 2027, 2028."
    by = province.administrator
    assert early_end.close_early(province.programme, END, WHY, by=by) == told


def test_what_was_sent_back_holds_nothing_back_any_more(province: Province, approved):
    for one in approved:
        submissions.send_back(one, reason="Nhập nhầm năm", by=province.officer)
    early_end.close_early(province.programme, END, WHY, by=province.administrator)
    assert Programme.objects.get().closed_on == END


def test_who_may_not_close_learns_nothing_of_figures(province: Province, approved):
    with pytest.raises(PermissionDenied):
        early_end.close_early(province.programme, END, WHY, by=province.officer)
