"""The client's document: what is read from it, in every format and however it is broken."""

import html
import io
import re
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
import weasyprint
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from indicators import kinds
from indicators.programme_file import (
    ExtraSpec,
    ProgrammeSpec,
    SignerSpec,
    TargetSpec,
    parse,
    write,
)
from indicators.programme_reader import read

PATH = Path("tests/indicators/documents/phu-tho-2023-2028.txt")
TEXT = PATH.read_text()
COUNTS = """\
purposes 3
objectives 1
indicators 7
breakthroughs 3
task_groups 10
actions 3 5 3 5 3 4 4 2 2 3
duties 2
recipients 4
unplaced 0
"""


@pytest.fixture(scope="module")
def spec() -> ProgrammeSpec:
    return read(PATH).spec


def same(content: str | bytes, spec: ProgrammeSpec) -> bool:
    """Whether nothing is different and nothing is left over."""
    reading = read(content if isinstance(content, bytes) else content.encode())
    return (reading.spec, reading.unplaced) == (spec, ())


def test_the_command_prints_counts(capsys: pytest.CaptureFixture[str]):
    call_command("read_programme", str(PATH), "--check")
    assert capsys.readouterr() == (COUNTS, "")


def test_the_command_prints_the_programme_file(capsys: pytest.CaptureFixture[str], spec):
    call_command("read_programme", str(PATH))
    printed = capsys.readouterr()
    assert parse(printed.out, kinds.REGISTRY) == spec
    assert printed.err == ""


def test_the_command_names_a_line_without_place(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    document = tmp_path / "programme.txt"
    document.write_text(TEXT + "\nPHỤ LỤC KÈM THEO")
    call_command("read_programme", str(document), "--check")
    printed = capsys.readouterr()
    assert printed.out == COUNTS.replace("unplaced 0", "unplaced 1")
    assert printed.err == "Dòng 167 chưa xếp được vào phần nào: PHỤ LỤC KÈM THEO\n"


def test_the_command_refuses_with_a_sentence_and_status_two(tmp_path: Path):
    with pytest.raises(CommandError, match=r"^Không mở được tệp “.*none\.txt”") as refusal:
        call_command("read_programme", str(tmp_path / "none.txt"))
    assert refusal.value.returncode == 2


def test_the_heading_is_read_from_letterhead_body_and_signature(spec: ProgrammeSpec):
    subject = (
        "Thực hiện Nghị quyết Đại hội Công đoàn tỉnh Phú Thọ lần thứ XVII - Nhiệm kỳ 2023 - 2028"
    )
    assert spec.title == f"Chương trình hành động t{subject[1:]}"
    assert spec.subject == subject
    assert (spec.number, spec.number_proposed) == ("01/CTr-CDVC", "01/CTr-CĐVC")
    assert (spec.issued_on, spec.place) == (date(2024, 3, 13), "Phú Thọ")
    assert spec.issuer == "Công đoàn Viên chức tỉnh Phú Thọ"
    assert spec.parent_body == "Liên đoàn Lao động tỉnh Phú Thọ"
    assert (spec.term_from, spec.term_to) == (2023, 2028)
    assert spec.reporting_years == (2024, 2025, 2026, 2027, 2028)
    assert spec.legal_bases == (
        "Căn cứ Chương trình hành động số 25/Ctr- LĐLĐ ngày 24/01/2024 của Ban Thường vụ Liên"
        " đoàn Lao động tỉnh Phú Thọ về thực hiện Nghị quyết Đại hội XVII Công đoàn tỉnh Phú Thọ,"
        " nhiệm kỳ 2023-2028",
    )
    assert spec.signer == SignerSpec("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Trần Thiện Điệp")
    assert spec.recipients == (
        "TT Đảng ủy Khối CCQ tỉnh",
        "TT LĐLĐ tỉnh",
        "Các CĐCS trực thuộc",
        "Lưu: CĐVC tỉnh",
    )


def test_the_sentences_around_the_parts_are_kept(spec: ProgrammeSpec):
    assert spec.opening == (
        "Ban Thường vụ Công đoàn Viên chức tỉnh xây dựng Chương trình hành động thực hiện Nghị"
        " quyết Đại hội XVII Công đoàn tỉnh Phú Thọ gồm các nội dung chủ yếu như sau:"
    )
    assert spec.closing == (
        "Trên đây là Chương trình hành động thực hiện Nghị quyết Đại hội XVII Công đoàn tỉnh Phú"
        " Thọ, nhiệm kỳ 2023-2028. Ban Thường vụ Công đoàn Viên chức tỉnh đề nghị các công đoàn cơ"
        " sở nghiêm túc, tổ chức, triển khai thực hiện. Báo cáo kết quả về Công đoàn Viên chức tỉnh"
        " theo quy định."
    )


def test_every_word_of_the_document_is_in_the_programme_file(spec: ProgrammeSpec):
    kept = set(re.findall(r"\w+", write(spec, kinds.REGISTRY).lower()))
    of_titles_and_date = {"i", "ii", "iii", "iv", "đích", "yêu", "khâu", "đột"} | {"13", "3"}
    assert set(re.findall(r"\w+", TEXT.lower())) - kept <= of_titles_and_date


def test_seven_indicators_are_proposed_from_six_lines(spec: ProgrammeSpec):
    read_as = [
        (item.code, item.kind, item.audience, item.denominator, item.not_arising, item.targets)
        for item in spec.indicators
    ]
    all_of, most_of = TargetSpec(">=", Decimal(1)), TargetSpec(">=", Decimal("0.85"))
    good = TargetSpec(">=", Decimal(3))
    assert read_as == [
        ("2.1.1", "share_of_people", "grassroots", "reported", False, (most_of,)),
        ("2.1.2", "share_of_unions", "grassroots", "in_place", False, (all_of,)),
        ("2.1.3", "average_per_union", "grassroots", "in_place", True, (all_of,)),
        ("2.1.4", "share_of_people", "grassroots", "reported", False, (all_of,)),
        ("2.1.5a", "own_grade", "province", "own", False, (good,)),
        ("2.1.5b", "share_of_unions_rated", "grassroots", "gradable", True, (most_of,)),
        ("2.1.6", "plan_fulfilment", "province", "own", False, (all_of,)),
    ]
    assert {item.horizon for item in spec.indicators} == {"annual"}
    assert [item.extras for item in spec.indicators if item.extras] == [
        (ExtraSpec("admitted", "Số đoàn viên ưu tú được kết nạp"),)
    ]
    assert spec.indicators[4].text == "Công đoàn Viên chức tỉnh xếp loại hoàn thành tốt nhiệm vụ"


def test_a_paragraph_that_a_page_end_broke_is_whole_again(spec: ProgrammeSpec):
    text = spec.task_groups[3].actions[0].text
    assert "người lao động theo hướng thiết thực, dễ tiếp cận" in text
    assert text.endswith("đời sống vật chất, tinh thần cho đoàn viên, người lao động.")
    assert "biểu dương khen thưởng kịp thời các tập thể" in spec.task_groups[4].actions[2].text


def test_every_word_of_the_tasks_is_kept(spec: ProgrammeSpec):
    part = TEXT.split("III. NHIỆM VỤ VÀ GIẢI PHÁP CHỦ YẾU")[1].split("IV. TỔ CHỨC THỰC HIỆN")[0]
    kept = [
        line
        for group in spec.task_groups
        for line in (f"{group.number}. {group.title}", *(f"- {one.text}" for one in group.actions))
    ]
    assert " ".join(kept).split() == part.split()


def test_duties_belong_to_their_levels(spec: ProgrammeSpec):
    assert [(duty.level, len(duty.items)) for duty in spec.duties] == [
        ("Công đoàn Viên chức tỉnh", 2),
        ("Công đoàn cơ sở", 2),
    ]
    assert spec.duties[1].items[1] == (
        "Định kỳ báo cáo đánh giá kết quả thực hiện theo chỉ đạo của công đoàn cấp trên."
    )


# --- formats ---


def word_of(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def pdf_of(body: str, style: str) -> bytes:
    page = f"<style>body {{ font-family: 'Liberation Serif' }} {style}</style>{body}"
    content = weasyprint.HTML(string=page).write_pdf()
    assert content is not None
    return content


def paragraphs(text: str) -> str:
    lines = [html.escape(line) for line in text.split("\n") if line.strip()]
    return "".join(f"<p>{line}</p>" for line in lines)


def test_the_word_document_reads_the_same(spec: ProgrammeSpec):
    assert same(word_of(TEXT.split("\n")), spec)
    assert same(word_of([line for line in TEXT.split("\n") if line.strip()]), spec)


@pytest.mark.parametrize(
    "style",
    [
        "p { margin: 6pt 0 }",
        "p { margin: 0; font-size: 13pt }",
        "p { text-align: justify; text-indent: 1cm; margin: 6pt 0; line-height: 1.4 }",
        "@page { @top-center { content: counter(page) } } p { margin: 3pt 0; font-size: 14pt }",
    ],
)
def test_the_pdf_reads_the_same(style: str, spec: ProgrammeSpec):
    assert same(pdf_of(paragraphs(TEXT), style), spec)


def test_a_letterhead_in_a_word_table_is_read(spec: ProgrammeSpec):
    document = docx.Document()
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text = "LIÊN ĐOÀN LAO ĐỘNG TỈNH PHÚ THỌ\nCÔNG ĐOÀN VIÊN CHỨC TỈNH\nSố: 01/CTr-CDVC"
    row.cells[1].text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Phú Thọ, ngày 13 tháng 3 năm 2024"
    )
    for line in TEXT.split("\n")[6:]:
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    assert same(content.getvalue(), spec)


def test_the_numbers_word_keeps_apart_are_counted():
    lines = [
        "CHƯƠNG TRÌNH HÀNH ĐỘNG",
        "Nhiệm kỳ 2023-2028",
        "I. NHIỆM VỤ",
        "Tuyên truyền",
        "Mở chuyên mục hỏi đáp.",
        "Chăm lo",
        "Thăm hỏi đoàn viên.",
        "Tặng quà Tết.",
    ]
    document = docx.Document()
    for at, line in enumerate(lines):
        style = ("List Number" if at in {3, 5} else "List Bullet") if at > 2 else None
        document.add_paragraph(line, style)
    content = io.BytesIO()
    document.save(content)
    groups = read(content.getvalue()).spec.task_groups
    assert [(group.title, len(group.actions)) for group in groups] == [
        ("Tuyên truyền", 1),
        ("Chăm lo", 2),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_from_windows_reads_the_same(encoding: str, spec: ProgrammeSpec):
    assert same(TEXT.replace("\n", "\r\n").encode(encoding), spec)


def test_text_in_the_old_windows_encoding_reads_the_same():
    text = TEXT.replace("“", '"').replace("”", '"')
    letters = unicodedata.normalize("NFC", text)
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    old = "".join(_in_cp1258(letter, tones) for letter in letters).encode("cp1258")
    assert read(old).spec == read(text.encode()).spec


def _in_cp1258(letter: str, tones: set[str]) -> str:
    """CP1258 has vowels such as ê, and tones as marks of their own."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in tones)
    rest = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
    return rest + tone


# --- habits ---


@pytest.mark.parametrize("bullet", ["– ", "— ", "• ", "+ ", "* ", "-", "–", "\uf0b7 ", "-\t"])
def test_bullets_of_any_kind_read_the_same(bullet: str, spec: ProgrammeSpec):
    assert same(re.sub(r"(?m)^- ", lambda _: bullet, TEXT), spec)


def test_numbers_with_a_bracket_or_a_stroke_read_the_same(spec: ProgrammeSpec):
    assert same(re.sub(r"(?m)^(\d+)\. ", r"\1) ", TEXT), spec)
    assert same(re.sub(r"(?m)^(\d+(\.\d+)?)\. ", r"\1/ ", TEXT), spec)
    assert same(re.sub(r"(?m)^([IV]+)\. ", r"Phần \1. ", TEXT), spec)


def test_titles_in_small_letters_read_the_same(spec: ProgrammeSpec):
    small = re.sub(r"(?m)^([IV]+\. )(.*)$", lambda line: line[1] + line[2].capitalize(), TEXT)
    assert small != TEXT
    assert same(small, spec)


def test_the_other_way_to_set_tones_is_read_alike():
    other = TEXT.replace("hóa", "hoá").replace("uỷ", "ủy").replace("Ủy", "Uỷ").replace("òa", "oà")
    reading = read(other.encode())
    assert [item.kind for item in reading.spec.indicators] == [
        item.kind for item in read(PATH).spec.indicators
    ]
    assert reading.unplaced == ()


def test_the_nation_s_motto_and_page_numbers_are_furniture(spec: ProgrammeSpec):
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n--------\n"
    numbered = TEXT.replace("người lao động theo\n", "người lao động theo\n\n- 4 -\n")
    assert same(motto + numbered.replace("khen thưởng\n", "khen thưởng\n5\n"), spec)


BETWEEN_WORDS = [found.start() for found in re.finditer(r"(?<=\w) (?=\w)", TEXT)]
LONG = [
    at
    for at in BETWEEN_WORDS
    if at - TEXT.rfind("\n", 0, at) > 60 and TEXT.find("\n", at) - at > 20
]


@given(
    st.lists(st.sampled_from(LONG), max_size=4, unique=True),
    st.sampled_from(["\n", "\n\n", "\f", "\n- 3 -\n\f"]),
    st.sampled_from(["\n", "\n\n", "\n\n\n"]),
    st.sampled_from(["NFC", "NFD"]),
)
def test_page_ends_blank_lines_and_decomposed_letters_change_nothing(
    places: list[int], page_end: str, paragraph_end: str, form: str
):
    text = TEXT
    for at in sorted(places, reverse=True):
        text = text[:at] + page_end.replace("\n", "\r") + text[at + 1 :]
    text = re.sub(r"\n+", paragraph_end, text).replace("\r", "\n")
    assert same(unicodedata.normalize(form, text), SPEC)


SPEC = read(PATH).spec
PARAGRAPHS = [at for at, line in enumerate(TEXT.split("\n")) if line.strip()]


@given(st.sampled_from(PARAGRAPHS))
def test_a_line_from_elsewhere_is_kept_or_named(at: int):
    lines = TEXT.split("\n")
    lines.insert(at, "Bảng giá vật tư quý ba.")
    reading = read("\n".join(lines).encode())
    unplaced = [text for _, text in reading.unplaced]
    kept = write(reading.spec, kinds.REGISTRY)
    assert "Bảng giá vật tư quý ba" in kept + "\n".join(unplaced)


def test_a_part_s_title_over_two_lines_reads_the_same(spec: ProgrammeSpec):
    wrapped = TEXT.replace("CHỈ TIÊU VÀ KHÂU", "CHỈ TIÊU\nVÀ KHÂU")
    wrapped = wrapped.replace("VÀ GIẢI PHÁP CHỦ YẾU", "VÀ GIẢI\nPHÁP CHỦ YẾU")
    wrapped = wrapped.replace(
        "tuyên truyền Nghị quyết Đại hội XVII Công đoàn tỉnh Phú Thọ\n",
        "tuyên truyền Nghị quyết\nĐại hội XVII Công đoàn tỉnh Phú Thọ\n",
    )
    assert wrapped.count("\n") == TEXT.count("\n") + 3
    assert same(wrapped, spec)


def test_a_strange_line_below_a_part_s_title_is_named():
    text = TEXT.replace("CHỦ YẾU\n\n1. Tổ chức", "CHỦ YẾU\nGIÁ VẬT TƯ\n1. Tổ chức")
    assert read(text.encode()).unplaced == ((45, "GIÁ VẬT TƯ"),)


@pytest.mark.parametrize(
    ("before", "paragraph", "told"),
    [
        (
            "3. Khâu đột phá",
            "Dòng lạ không thuộc đâu cả nhé.",
            "chỉ tiêu 2.1.6: có hơn một câu",
        ),
        (
            "III. NHIỆM VỤ",
            "Ghi chú: các chỉ tiêu trên được rà soát hằng năm.",
            "khâu đột phá 3: có hơn một câu",
        ),
    ],
)
def test_a_sentence_after_a_list_is_kept_with_its_last_item_and_told(before, paragraph, told):
    assert TEXT.count(f"\n{before}") == 1
    reading = read(TEXT.replace(f"\n{before}", f"\n{paragraph}\n\n{before}").encode())
    assert [note for note in reading.notes if told in note]
    assert read(TEXT.encode()).notes == ()
