"""A published programme on its way to becoming data: uploaded, corrected, adopted."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from actionplan.models import Action, Programme, TaskGroup
from actionplan.queries import earlier_wordings
from indicators import kinds
from indicators.admin.correction import Correction
from indicators.admin.indicator_rows import IndicatorForm, typed_indicator
from indicators.models import Assignment, Indicator, ProgrammeDocument
from indicators.programme_file import (
    AssignmentSpec,
    IndicatorSpec,
    LeastSpec,
    ProgrammeSpec,
    TargetSpec,
    write,
)
from indicators.services import documents, indicators, programmes, seen
from tests.builders import Province, client_programme, make_province, make_union, make_user
from tests.support.replay import replayed
from unions.access import Role
from unions.errors import RuleBroken
from unions.models import JournalEntry, Union, User

PUBLISHED = Path("tests/indicators/documents/phu-tho-2023-2028.txt")
ADOPT = "admin:indicators_programmedocument_adopt"
UPLOAD = "admin:indicators_programmedocument_upload"


@dataclass(frozen=True)
class Office:
    """A provincial union that has no programme on the portal yet, and what it took in."""

    head: Union
    administrator: User
    document: ProgrammeDocument | None = None


def _make_office() -> Office:
    head = make_province()
    return Office(head, make_user("quantri", Role.ADMINISTRATOR, head, full_name="Đỗ Quản Trị"))


def _make_reader() -> Office:
    """It takes long to read a programme: it is read once for all tests that begin with one."""
    office = _make_office()
    document = documents.take_in(office.head, _file(), by=office.administrator)
    return replace(office, document=document)


@pytest.fixture
def office(db, request: pytest.FixtureRequest) -> Office:
    return replayed(_make_reader if "document" in request.fixturenames else _make_office)


@pytest.fixture
def head(office: Office) -> Union:
    return office.head


@pytest.fixture
def administrator(office: Office) -> User:
    return office.administrator


@pytest.fixture
def document(office: Office) -> ProgrammeDocument:
    file = office.document.file
    if not file.storage.exists(file.name):
        file.storage.save(file.name, _file())
    return office.document


def _file(content: bytes | None = None, name: str = "chuong-trinh.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PUBLISHED.read_bytes() if content is None else content)


def _page(document: ProgrammeDocument) -> str:
    return reverse("admin:indicators_programmedocument_change", args=[document.pk])


def _shown(client: Client, document: ProgrammeDocument) -> dict[str, str]:
    """What a browser would send back if nothing were touched."""
    document.refresh_from_db()
    correction = Correction(documents.spec_of(document), None)
    shown = [correction.head, *(form for *_, rows in correction.parts for form in rows)]
    managed = [rows.management_form for *_, rows in correction.parts]
    typed = _mark(document)
    for form in [*managed, *shown]:
        for field in form:
            value = field.value()
            if isinstance(field.field.widget, forms.CheckboxInput):
                typed |= {field.html_name: "on"} if value else {}
            elif value is not None:
                typed[field.html_name] = _sent(field.field.widget.format_value(value))
    return typed


def _mark(document: ProgrammeDocument) -> dict[str, str]:
    """What a page of the reading brings back of itself."""
    document.refresh_from_db()
    return {"shown": seen.of_reading(document)}


def _adopt(client: Client, document: ProgrammeDocument, typed: dict[str, str]) -> list[str]:
    """Save, look at what would change, confirm; the changes that were listed."""
    asked = client.post(_page(document), typed | {"adopt": "1"}, follow=True)
    assert asked.redirect_chain[-1][0] == reverse(ADOPT, args=[document.pk])
    done = client.post(asked.redirect_chain[-1][0], _mark(document))
    programme = Programme.objects.get()
    assert done.url == reverse("admin:actionplan_programme_change", args=[programme.pk])
    return asked.context["changes"]


def _sent(value: object) -> str:
    """What a browser sends for a value: a select holds a list of one."""
    return str(value[0] if isinstance(value, list) else value or "")


def test_an_upload_is_read_and_kept_with_its_text_and_numbered_lines(client, head, administrator):
    client.force_login(administrator)
    response = client.post(reverse(UPLOAD), {"union": head.pk, "file": _file()})
    document = ProgrammeDocument.objects.get()
    assert response.url == _page(document)
    assert (document.name, document.union, document.unplaced) == ("chuong-trinh.txt", head, [])
    with document.file.open() as kept:
        assert kept.read() == PUBLISHED.read_bytes()
    text = PUBLISHED.read_text(encoding="utf-8").split("\n")
    numbered = document.text.split("\n")
    assert numbered[text.index("CHƯƠNG TRÌNH HÀNH ĐỘNG")] == "CHƯƠNG TRÌNH HÀNH ĐỘNG"
    assert JournalEntry.objects.first().sentence == (
        "Tải lên văn bản chương trình “chuong-trinh.txt”"
    )
    assert not Programme.objects.exists()


def test_the_way_to_the_page_names_the_file_as_it_is_called(client, administrator, document):
    client.force_login(administrator)
    page = client.get(_page(document)).content.decode()
    assert "Văn bản chuong-trinh.txt" in page
    assert "Chuong-trinh.txt" not in page


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (_file("Kính gửi các đơn vị.\nMời dự họp.".encode()), "đây không phải một chương trình"),
        (_file(b"x" * (10 * 1024**2 + 1)), "lớn hơn 10 MB"),
        (_file(name="chuong-trinh.exe"), "hãy chọn tệp .txt, .docx, .pdf"),
        (_file(b"%PDF-1.4 broken", "chuong-trinh.pdf"), "PDF"),
    ],
)
def test_what_is_no_programme_is_refused_and_nothing_is_kept(
    client, head, administrator, upload, sentence, settings
):
    client.force_login(administrator)
    upload.seek(0)
    page = client.post(reverse(UPLOAD), {"union": head.pk, "file": upload})
    (told,) = page.context["form"].non_field_errors()
    assert sentence in told
    assert not ProgrammeDocument.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_a_reading_amends_by_the_document_that_is_typed(client, administrator, document):
    client.force_login(administrator)
    typed = _shown(client, document)
    address = reverse(ADOPT, args=[document.pk])
    assert "Theo văn bản số" not in client.get(address).content.decode()
    _adopt(client, document, typed)
    old = Indicator.objects.get(code="2.1.1").name
    client.post(_page(document), typed | {"chi-tieu-0-name": "Tên đã sửa"})
    assert "Theo văn bản số" in client.get(address).content.decode()
    mark = _mark(document)
    half = client.post(address, mark | {"number": "05/CTr"}, follow=True)
    assert "ghi cả số và ngày có hiệu lực" in half.content.decode()
    unread = client.post(address, mark | {"number": "05/CTr", "in_force_on": "mồng một"})
    assert unread.context["form"].errors
    assert Indicator.objects.get(code="2.1.1").name == old
    client.post(address, mark | {"number": "05/CTr", "in_force_on": "01/03/2026"})
    (wording,) = earlier_wordings(Indicator.objects.get(code="2.1.1"))
    assert (wording.words, wording.amendment.number) == ({"name": old}, "05/CTr")
    assert wording.amendment.in_force_on == date(2026, 3, 1)


def test_only_who_manages_programmes_uploads_corrects_and_adopts(client, head, document):
    for role, status in [(Role.OFFICER, 403), (Role.INSPECTOR, 403), (Role.ADMINISTRATOR, 302)]:
        client.force_login(make_user(f"mot.{role}", role, head, full_name=f"Một {role}"))
        assert client.get(_page(document)).status_code == 200
        uploaded = client.post(reverse(UPLOAD), {"union": head.pk, "file": _file()})
        assert uploaded.status_code == status
        assert client.post(_page(document), _shown(client, document)).status_code == status


def test_saving_without_a_correction_changes_nothing(client, administrator, document):
    client.force_login(administrator)
    lines = JournalEntry.objects.count()
    client.post(_page(document), _shown(client, document))
    before = document.source
    document.refresh_from_db()
    assert document.source == before
    assert JournalEntry.objects.count() == lines


def test_the_official_document_becomes_the_programme_in_force(client, administrator, document):
    client.force_login(administrator)
    changes = _adopt(client, document, _shown(client, document))
    programme = Programme.objects.get()
    assert changes[0] == "Thêm chương trình."
    assert (programme.code, programme.number, programme.number_proposed) == (
        "cdvc-2023-2028",
        "01/CTr-CDVC",
        "01/CTr-CĐVC",
    )
    assert programme.indicators.count() == 7
    assert programme.breakthroughs.count() == 3
    assert [group.actions.count() for group in programme.task_groups.all()] == [
        *(3, 5, 3, 5, 3, 4, 4, 2, 2, 3)
    ]
    document.refresh_from_db()
    assert document.programme == programme
    assert JournalEntry.objects.first().sentence == (
        "Ban hành trên cổng chương trình đọc từ “chuong-trinh.txt”"
    )


def test_a_correction_is_what_is_adopted(client, administrator, document):
    client.force_login(administrator)
    typed = _shown(client, document) | {
        "chung-place": "Việt Trì",
        "chi-tieu-0-name": "Đoàn viên được học tập nghị quyết",
        "chi-tieu-0-first": "87,5",
        "chi-tieu-2-DELETE": "on",
        "chi-tieu-7-code": "2.1.7",
        "chi-tieu-7-name": "Hồ sơ được số hoá",
        "chi-tieu-7-kind": "share_of_unions",
        "chi-tieu-7-first": "90",
        "nhiem-vu-0-actions": "Việc thứ nhất\n\n  Việc   thứ hai ",
    }
    _adopt(client, document, typed)
    programme = Programme.objects.get()
    assert programme.place == "Việt Trì"
    assert [one.code for one in programme.indicators.all()] == [
        *("2.1.1", "2.1.2", "2.1.4", "2.1.5a", "2.1.5b", "2.1.6", "2.1.7")
    ]
    first, *_, added = programme.indicators.all()
    assert first.name == "Đoàn viên được học tập nghị quyết"
    assert first.text.startswith("85% trở lên đoàn viên")
    assert [str(one.targets.get()) for one in (first, added)] == ["≥ 0.875000", "≥ 0.900000"]
    group = programme.task_groups.first()
    assert [action.title for action in group.actions.all()] == ["Việc thứ nhất", "Việc thứ hai"]


def test_an_action_that_was_left_alone_keeps_its_full_wording(client, administrator, document):
    client.force_login(administrator)
    _adopt(client, document, _shown(client, document))
    action = Programme.objects.get().task_groups.first().actions.first()
    assert len(action.text) > len(action.title)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"chung-term_to": "2020"}, "chung-term_to", "Năm kết thúc nhiệm kỳ phải sau năm bắt đầu."),
        ({"chung-reporting_years": "2024, hai"}, "chung-reporting_years", "Hãy ghi các năm cách"),
        ({"chung-reporting_years": "2024, 2040"}, "chung-reporting_years", "Các năm báo cáo phải"),
        ({"chung-issued_on": "31/02/2024"}, "chung-issued_on", ""),
        ({"chi-tieu-0-first": "8x"}, "chi-tieu-0-first", "“8x” không phải là số"),
        ({"chi-tieu-0-operator": "range"}, "chi-tieu-0-last", "Trong khoảng cần đủ hai mức."),
        ({"chi-tieu-7-code": "9"}, "chi-tieu-7-name", ""),
        ({"chi-tieu-0-first": "850"}, "chi-tieu-0-first", "Tỷ lệ phấn đấu không được lớn hơn 100%"),
        ({"chi-tieu-0-first": "0,85"}, "chi-tieu-0-first", "“0,85” là 0,85%, có phải ý là 85%?"),
        ({"chi-tieu-0-last": "90"}, "chi-tieu-0-last", "Chỉ ghi khi chọn “trong khoảng”"),
        (
            {"chi-tieu-0-operator": "range", "chi-tieu-0-last": "80"},
            "chi-tieu-0-first",
            "Mức phấn đấu “đến” phải từ mức “từ” trở lên.",
        ),
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_is_kept(
    client, administrator, document, changed, field, sentence
):
    client.force_login(administrator)
    typed = _shown(client, document) | changed | {"adopt": "1"}
    correction = client.post(_page(document), typed).context["correction"]
    shown = [correction.head, *(form for *_, rows in correction.parts for form in rows)]
    errors = {form.add_prefix(name): told for form in shown for name, told in form.errors.items()}
    assert errors[field][0].startswith(sentence)
    kept = document.source
    document.refresh_from_db()
    assert document.source == kept
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"chi-tieu-1-code": "2.1.1"}, "Chỉ tiêu 2.1.1 trùng “Ký hiệu” với một mục"),
        ({"chi-tieu-1-parent": "9"}, "Chỉ tiêu 2.1.2 là một phần của “9”"),
    ],
)
def test_a_fault_of_the_whole_is_told_without_the_line_of_a_file_nobody_sees(
    client, administrator, document, changed, sentence
):
    client.force_login(administrator)
    page = client.post(_page(document), _shown(client, document) | changed)
    (told,) = map(str, page.context["messages"])
    assert told.startswith(sentence)


def test_adopting_twice_changes_nothing_and_a_correction_amends(client, administrator, document):
    client.force_login(administrator)
    typed = _shown(client, document)
    _adopt(client, document, typed)
    lines = JournalEntry.objects.count()
    assert _adopt(client, document, typed) == []
    assert JournalEntry.objects.count() == lines
    assert _adopt(client, document, typed | {"chi-tieu-0-first": "90"}) == [
        "Sửa chương trình: tệp chương trình.",
        "Sửa mức phấn đấu 2.1.1: từ ≥ 85% thành ≥ 90%.",
    ]
    assert Programme.objects.count() == 1
    assert Indicator.objects.count() == 7


def test_what_would_change_is_listed_and_nothing_is_changed_yet(client, administrator, document):
    client.force_login(administrator)
    lines = JournalEntry.objects.count()
    page = client.get(reverse(ADOPT, args=[document.pk]))
    assert page.context["changes"][0] == "Thêm chương trình."
    assert "Thêm chỉ tiêu 2.1.1." in page.content.decode()
    assert not Programme.objects.exists()
    assert JournalEntry.objects.count() == lines
    document.refresh_from_db()
    assert document.programme is None


def _formerly_worded() -> ProgrammeSpec:
    """The client's programme with other words for its second indicator."""
    spec = client_programme()
    old = replace(spec.indicators[1], text="Lời văn cũ", question="Câu hỏi cũ")
    return replace(spec, indicators=(spec.indicators[0], old, *spec.indicators[2:]))


def test_questions_and_short_titles_in_force_stay_where_the_document_says_the_same(
    province: Province,
):
    by = province.administrator
    first, second = province.programme.indicators.all()[:2]
    indicators.amend(first, name=first.name, question="Bao nhiêu người đã học?", by=by)
    programmes.load(_formerly_worded(), "cdvc", province.root, by=by)
    titles = list(Action.objects.order_by("pk").values_list("title", flat=True))
    document = documents.take_in(province.root, _file(), by=by)
    documents.adopt(document, by=by)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.question == "Bao nhiêu người đã học?"
    assert second.text != "Lời văn cũ"
    assert second.question != "Câu hỏi cũ"
    assert list(Action.objects.order_by("pk").values_list("title", flat=True)) == titles
    indicators.amend(first, name=first.name, question="Hỏi lần nữa?", by=by)
    TaskGroup.objects.filter(number=2).update(title="Nhóm đã đặt tên lại")
    assert documents.would_change(document, by=by).changes == [
        "Sửa chương trình: tệp chương trình."
    ]
    spec = documents.spec_of(document)
    asked = replace(spec.indicators[0], question="Người sửa bản đọc hỏi?")
    corrected = replace(spec, indicators=(asked, *spec.indicators[1:]))
    documents.adopt(documents.correct(document, corrected, by=by), by=by)
    first.refresh_from_db()
    assert first.question == "Người sửa bản đọc hỏi?"
    assert TaskGroup.objects.get(number=2).title == "Nhóm đã đặt tên lại"


def test_a_draft_without_a_number_can_be_looked_at_but_not_adopted(client, administrator, document):
    client.force_login(administrator)
    number = documents.spec_of(document).number
    ProgrammeDocument.objects.update(source=document.source.replace(number, ""))
    assert client.get(_page(document)).status_code == 200
    refused = client.post(reverse(ADOPT, args=[document.pk]), _mark(document), follow=True)
    assert [str(told) for told in refused.context["messages"]] == [
        "Chương trình để trống trường “Số, ký hiệu”."
    ]
    assert not Programme.objects.exists()


# every field that few indicators have, in two indicators of a document
WIDE = IndicatorSpec(
    code="9",
    name="Công đoàn cơ sở ký thỏa ước",
    text="Công đoàn cơ sở ký thỏa ước",
    question="Đã ký chưa?",
    kind="share_of_unions",
    audience="grassroots",
    horizon="by_year",
    unit="%",
    denominator="in_place",
    targets=(
        TargetSpec(">=", Decimal("0.8")),
        TargetSpec(">=", Decimal("0.9"), year=2025),
        TargetSpec(">=", Decimal("0.7"), group="Ngoài nhà nước", types=("non_state",)),
    ),
    due_year=2027,
    years="last",
    condition="từ 25 lao động trở lên",
    basis=LeastSpec("Số lao động", 25),
    threshold=LeastSpec("Mức bữa ăn ca (đồng)", 15000),
    labels=(("number", "Mức bữa ăn ca"),),
    jump=Decimal("0.5"),
)
PART = replace(WIDE, code="9a", name="Trong đó thỏa ước nhóm", parent="9", shares_answer=True)
COUNTED = replace(
    WIDE,
    code="10",
    name="Kết nạp đoàn viên",
    kind="count_per_year",
    unit="người",
    denominator="reported",
    horizon="annual",
    due_year=None,
    threshold=None,
    labels=(),
    targets=(TargetSpec(">=", Decimal(300)),),
    assignments=(AssignmentSpec("SYT", 2025, Decimal(220), "12/QĐ", date(2025, 1, 15)),),
)


@pytest.fixture
def wide(head: Union, document: ProgrammeDocument, administrator: User) -> ProgrammeDocument:
    """A document of three indicators that have all the fields there are."""
    make_union(head, code="SYT", name="Công đoàn cơ sở Sở Y tế")
    spec = replace(documents.spec_of(document), indicators=(WIDE, PART, COUNTED))
    return documents.correct(document, spec, by=administrator)


def test_what_the_forms_do_not_ask_stays_as_it_was(client, administrator, wide):
    client.force_login(administrator)
    client.post(_page(wide), _shown(client, wide) | {"chi-tieu-0-first": "75"})
    first, part, counted = documents.spec_of(wide.__class__.objects.get()).indicators
    aims = (TargetSpec(">=", Decimal("0.75")), *WIDE.targets[1:])
    assert first == replace(WIDE, targets=aims)
    assert (part, counted) == (PART, COUNTED)


def test_kind_horizon_and_years_are_chosen_and_what_the_kind_has_not_goes(
    client, administrator, wide
):
    client.force_login(administrator)
    typed = _shown(client, wide) | {
        "chi-tieu-0-code": "8",
        "chi-tieu-0-kind": "count_over_term",
        "chi-tieu-0-horizon": "by_year",
        "chi-tieu-0-due_year": "2026",
        "chi-tieu-0-years": "sum",
        "chi-tieu-0-first": "1.500",
        "chi-tieu-0-unit": "CĐCS",
        "chi-tieu-0-denominator": "reported",
        "chi-tieu-1-DELETE": "on",
        "chi-tieu-2-parent": "9",
        "chi-tieu-2-condition": "",
    }
    page = client.post(_page(wide), typed | {"chi-tieu-0-years": "last"})
    assert (
        "có “Gộp các năm” là “lấy năm cuối” không hợp với cách tính “Số lượng lũy kế nhiệm kỳ”,"
        " phải là một trong: cộng các năm"
    ) in page.content.decode()
    page = client.post(_page(wide), typed)
    assert page.status_code == 302
    first, counted = documents.spec_of(wide.__class__.objects.get()).indicators
    assert (first.kind, first.horizon, first.due_year) == ("count_over_term", "by_year", 2026)
    assert first.targets == (TargetSpec(">=", Decimal(1500)),)
    assert (first.threshold, first.labels, first.basis) == (None, WIDE.labels, WIDE.basis)
    assert (counted.parent, counted.basis, counted.assignments) == ("8", None, COUNTED.assignments)


def test_a_named_year_is_asked_for_beside_its_field(client, administrator, wide):
    client.force_login(administrator)
    typed = _shown(client, wide) | {"chi-tieu-0-due_year": ""}
    rows = client.post(_page(wide), typed).context["correction"].indicators
    assert rows[0].errors["due_year"] == ["Thời hạn đến một năm đã định thì cần ghi năm."]


def test_amounts_that_do_not_add_up_are_warned_about_and_can_be_adopted(
    client, administrator, wide
):
    client.force_login(administrator)
    warning = (
        "Chỉ tiêu 10, năm 2025: tổng số giao cho các đơn vị là 220 người, khác mức phấn đấu ≥ 300"
        " người."
    )
    assert warning in client.get(_page(wide)).content.decode()
    assert warning in client.get(reverse(ADOPT, args=[wide.pk])).content.decode()
    _adopt(client, wide, _shown(client, wide))
    assert Assignment.objects.get().amount == 220
    part = Indicator.objects.get(code="9a")
    assert (part.parent.code, part.shares_answer) == ("9", True)
    assert _adopt(client, wide, _shown(client, wide)) == []


def test_the_sentences_around_the_parts_are_shown_and_corrected(client, administrator, document):
    client.force_login(administrator)
    typed = _shown(client, document)
    assert typed["chung-closing"].startswith("Trên đây là Chương trình hành động")
    client.post(_page(document), typed | {"chung-opening": "Gồm:\r\ncác phần sau"})
    document.refresh_from_db()
    assert documents.spec_of(document).opening == "Gồm:\ncác phần sau"


def test_rows_beyond_all_measure_are_refused(client, administrator, document):
    client.force_login(administrator)
    typed = _shown(client, document) | {"chi-tieu-TOTAL_FORMS": "99999999"}
    rows = client.post(_page(document), typed).context["correction"].indicators
    assert len(rows.forms) == 101
    assert rows.non_form_errors()


@pytest.mark.parametrize("count", ["-1", "0", "3"])
@pytest.mark.parametrize("part", ["chi-tieu", "nhiem-vu", "dot-pha", "to-chuc"])
def test_no_row_vanishes_by_a_number_of_rows_that_was_forged(
    client, administrator, document, part: str, count: str
):
    client.force_login(administrator)
    typed = _shown(client, document)
    before = documents.spec_of(document)
    answer = client.post(_page(document), typed | {f"{part}-TOTAL_FORMS": count})
    assert answer.status_code == 302
    document.refresh_from_db()
    assert documents.spec_of(document) == before
    client.post(_page(document), typed | {f"{part}-TOTAL_FORMS": count, f"{part}-0-DELETE": "on"})
    document.refresh_from_db()
    assert documents.spec_of(document) != before


def test_a_programme_loaded_from_a_file_is_amended_not_doubled(province: Province):
    document = documents.take_in(province.root, _file(), by=province.administrator)
    assert documents.adopt(document, by=province.administrator).programme == province.programme


ANOTHER = (
    "Đây là chương trình khác: số 07/CTr-CĐN của Công đoàn ngành Giáo dục, sẽ thay chương trình"
    " đang có hiệu lực số 01/CTr-CDVC của Công đoàn Viên chức tỉnh Phú Thọ, nhiệm kỳ 2023-2028."
)


def _of_another_union(document: ProgrammeDocument, by: User) -> ProgrammeDocument:
    elsewhere = {"issuer": "Công đoàn ngành Giáo dục", "number": "07/CTr-CĐN"}
    spec = replace(documents.spec_of(document), number_proposed="", **elsewhere)
    return documents.correct(document, spec, by=by)


def test_another_unions_programme_is_told_first_and_adopted_only_if_it_is_meant(
    client, province: Province
):
    by = province.administrator
    client.force_login(by)
    document = _of_another_union(documents.take_in(province.root, _file(), by=by), by)
    address = reverse(ADOPT, args=[document.pk])
    page = client.get(address)
    assert page.context["another"] == ANOTHER
    content = page.content.decode()
    assert content.index(ANOTHER) < content.index("Đây là những gì sẽ thay đổi")
    refused = client.post(address, _mark(document))
    assert [str(told) for told in refused.context["messages"]] == [
        "Chưa ban hành. Hãy đánh dấu xác nhận rằng đúng là muốn thay chương trình đang có hiệu lực."
    ]
    with pytest.raises(RuleBroken, match=r"^Đây là chương trình khác"):
        documents.adopt(document, by=by)
    province.programme.refresh_from_db()
    assert province.programme.number == "01/CTr-CDVC"
    assert client.post(address, _mark(document) | {"meant": "on"}).status_code == 302
    province.programme.refresh_from_db()
    assert province.programme.number == "07/CTr-CĐN"


@pytest.mark.parametrize(
    "head",
    [
        {"issuer": "CÔNG ĐOÀN  viên chức tỉnh Phú Thọ", "number": "09/CTr"},
        {"issuer": "Công đoàn ngành Giáo dục", "number": "01/ctr-cdvc"},
    ],
)
def test_a_corrected_issuer_or_number_alone_is_no_other_programme(province: Province, head):
    by = province.administrator
    document = documents.take_in(province.root, _file(), by=by)
    spec = replace(documents.spec_of(document), number_proposed="", **head)
    documents.adopt(documents.correct(document, spec, by=by), by=by)
    assert documents.another_of(document) == ""


def test_a_reading_without_indicators_can_be_looked_at_but_not_adopted(
    client, administrator, document
):
    client.force_login(administrator)
    source = documents.spec_of(document)
    bare = write(replace(source, indicators=(), task_groups=()), kinds.REGISTRY)
    ProgrammeDocument.objects.update(source=bare)
    assert client.get(_page(document)).status_code == 200
    refused = client.post(reverse(ADOPT, args=[document.pk]), _mark(document), follow=True)
    assert [str(told) for told in refused.context["messages"]] == [
        "Chương trình không có chỉ tiêu nào; tệp có thể bị cắt. Hãy lấy tệp đầy đủ rồi nạp lại."
    ]
    assert not Programme.objects.exists()


def test_a_year_with_submissions_cannot_be_corrected_away(client, province: Province):
    by = province.administrator
    document = documents.take_in(province.root, _file(), by=by)
    spec = replace(documents.spec_of(document), reporting_years=(2026, 2027, 2028))
    with pytest.raises(RuleBroken, match=r"^Chương trình bỏ năm 2025 khỏi các năm báo cáo"):
        documents.adopt(documents.correct(document, spec, by=by), by=by)


def test_a_source_that_was_tampered_with_is_not_adopted(administrator, document):
    source = write(documents.spec_of(document), kinds.REGISTRY)
    broken = source.replace("share_of_people", "share_of_love")
    ProgrammeDocument.objects.update(source=broken)
    with pytest.raises(RuleBroken, match="share_of_love"):
        documents.adopt(document, by=administrator)
    assert not Programme.objects.exists()


def test_the_file_can_be_fetched_as_it_came(client, administrator, document):
    client.force_login(administrator)
    address = reverse("admin:indicators_programmedocument_fetch", args=[document.pk])
    response = client.get(address)
    assert b"".join(response.streaming_content) == PUBLISHED.read_bytes()
    assert "chuong-trinh.txt" in response.headers["Content-Disposition"]


def _drawn(client: Client, document: ProgrammeDocument) -> dict[str, str]:
    """What a browser would send back of the page as it is drawn now, with its marks."""
    correction = client.get(_page(document)).context["correction"]
    return _shown(client, document) | {"shown": correction.shown, "drawn": correction.drawn}


def test_an_older_page_does_not_overwrite_what_somebody_corrected_since(
    client, administrator, document
):
    client.force_login(administrator)
    mine, others = _drawn(client, document), _drawn(client, document)
    client.post(_page(document), others | {"chung-place": "Việt Trì", "chi-tieu-0-first": "90"})
    page = client.post(_page(document), mine | {"chi-tieu-1-name": "Tên tôi sửa"})
    *_, told = [str(message) for message in page.context["messages"]]
    assert "đã thay đổi sau khi bạn mở trang" in told
    assert "Đỗ Quản Trị" in told
    assert page.context["correction"].elsewhere == [
        "Thông tin chung, ô “Địa danh”: Việt Trì.",
        "Chỉ tiêu “2.1.1”, ô “Mức phấn đấu”: 90%.",
    ]
    assert "Tên tôi sửa" in page.content.decode()
    stored = documents.spec_of(ProgrammeDocument.objects.get())
    assert stored.place == "Việt Trì"
    assert stored.indicators[1].name != "Tên tôi sửa"


def test_a_refused_page_is_saved_once_it_was_compared(client, administrator, document):
    client.force_login(administrator)
    mine = _drawn(client, document) | {"chi-tieu-1-name": "Tên tôi sửa"}
    row = {"code": "9", "name": "Thêm", "kind": "share_of_unions", "first": "90"}
    added = {f"chi-tieu-7-{name}": said for name, said in row.items()}
    assert client.post(_page(document), _drawn(client, document) | added).status_code == 302
    refused = client.post(_page(document), mine).context["correction"]
    (told,) = refused.elsewhere
    assert told.startswith("Chỉ tiêu: thêm “Thêm (")
    assert len([row for row in refused.indicators if row.initial]) == 7
    again = mine | {"shown": refused.shown, "drawn": refused.drawn}
    assert client.post(_page(document), again).status_code == 302
    stored = documents.spec_of(ProgrammeDocument.objects.get())
    assert [one.name for one in stored.indicators][1] == "Tên tôi sửa"
    assert len(stored.indicators) == 7


def test_a_page_with_a_forged_reading_is_drawn_from_the_stored_one(client, administrator, document):
    client.force_login(administrator)
    typed = _drawn(client, document) | {"drawn": "forged", "chung-place": "Việt Trì"}
    assert client.post(_page(document), typed).status_code == 302
    assert documents.spec_of(ProgrammeDocument.objects.get()).place == "Việt Trì"


def test_what_is_adopted_is_what_was_listed(client, administrator, document):
    client.force_login(administrator)
    address = reverse(ADOPT, args=[document.pk])
    shown = client.get(address).context["shown"]
    client.post(_page(document), _shown(client, document) | {"chung-place": "Việt Trì"})
    refused = client.post(address, {"shown": shown}, follow=True)
    assert refused.redirect_chain == [(address, 302)]
    assert "đã thay đổi sau khi bạn mở trang" in refused.content.decode()
    assert not Programme.objects.exists()
    client.post(address, {"shown": refused.context["shown"]})
    assert Programme.objects.get().place == "Việt Trì"


def test_a_page_without_its_mark_is_an_old_page(client, administrator, document):
    client.force_login(administrator)
    typed = _shown(client, document) | {"chung-place": "Việt Trì"}
    del typed["shown"]
    page = client.post(_page(document), typed)
    assert "đã thay đổi sau khi bạn mở trang" in str(*page.context["messages"])
    assert documents.spec_of(ProgrammeDocument.objects.get()).place != "Việt Trì"
    page = client.post(reverse(ADOPT, args=[document.pk]), follow=True)
    assert "đã thay đổi sau khi bạn mở trang" in str(*page.context["messages"])
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("kind", "unit", "target", "told"),
    [
        ("share_of_people", "%", TargetSpec("range", Decimal("0.45"), Decimal(1)), "45% – 100%"),
        ("count_per_year", "vụ", TargetSpec("range", Decimal(100), Decimal(200)), "100 – 200 vụ"),
        ("count_per_year", "vụ", TargetSpec("range", Decimal(100)), "100"),
        ("milestone", "", TargetSpec(">=", Decimal(1)), "Đạt"),
        ("amount_of_money", "triệu đồng", TargetSpec(">=", Decimal(5 * 10**8)), "≥ 500 triệu đồng"),
        ("chua_ro", "vụ", TargetSpec(">=", Decimal(5)), "≥ 5"),
    ],
)
def test_the_gist_of_a_read_indicator_tells_its_whole_target(kind, unit, target, told):
    spec = replace(client_programme().indicators[0], kind=kind, unit=unit, targets=(target,))
    initial = typed_indicator(spec)
    assert IndicatorForm(initial=initial).gist.endswith(f"mức phấn đấu {told})")
