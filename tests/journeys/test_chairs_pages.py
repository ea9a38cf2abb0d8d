"""The chair's pages hold photographs."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from indicators.models import Submission
from tests.builders import Province, fill_in, make_small_province
from tests.journeys.people import PHONE, PHONE_WITHOUT_SCRIPT, figure, logged_in


@pytest.fixture
def province(transactional_db) -> Province:
    return make_small_province()


@pytest.mark.parametrize("how", [PHONE, PHONE_WITHOUT_SCRIPT])
def test_photographs_are_kept_with_the_figure_and_shown_small(
    browser: Browser, live_server, province: Province, tmp_path, how
):
    fill_in(province.health_submission)
    for name in ("mot.jpg", "hai.jpg"):
        picture = io.BytesIO()
        Image.new("RGB", (3000, 2000), "blue" if name == "mot.jpg" else "red").save(picture, "JPEG")
        (tmp_path / name).write_bytes(picture.getvalue())
    with logged_in(browser, live_server.url, "chutich.yte", **how) as page:
        page.goto(province.health_submission.get_absolute_url())
        card = figure(page, "2.1.1")
        card.get_by_label("Thêm minh chứng").set_input_files([*tmp_path.glob("*.jpg")])
        if how is PHONE_WITHOUT_SCRIPT:
            page.get_by_role("button", name="Lưu", exact=True).click()
        expect(card.get_by_role("link", name="mot.jpg")).to_be_visible()
        expect(card.locator("img.thumbnail")).to_have_count(2)
        shown = card.locator("img.thumbnail").first
        shown.scroll_into_view_if_needed()
        expect(shown).not_to_have_js_property("naturalWidth", 0)
        card.get_by_label("Gỡ khi lưu tệp mot.jpg").check()
        if how is PHONE_WITHOUT_SCRIPT:
            page.get_by_role("button", name="Lưu", exact=True).click()
        expect(card.get_by_role("link", name="mot.jpg")).to_have_count(0)
        expect(card.get_by_role("link", name="hai.jpg")).to_be_visible()
    (kept,) = province.health_submission.figures.get(indicator__code="2.1.1").evidence.all()
    assert (kept.name, Submission.objects.count()) == ("hai.jpg", 3)
