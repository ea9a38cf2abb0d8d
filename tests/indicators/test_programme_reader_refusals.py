"""Files that are no programme are refused with a sentence that says what to do."""

import copy
import io
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
import weasyprint

from indicators.programme_reader import read
from unions.errors import RuleBroken


def refusal_of(content: bytes) -> str:
    with pytest.raises(RuleBroken) as refusal:
        read(content)
    return str(refusal.value)


def packed(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def pdf(body: str, **how: pikepdf.Encryption) -> bytes:
    written = weasyprint.HTML(string=body).write_pdf()
    assert written is not None
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(written)) as document:
        document.save(content, **how)
    return content.getvalue()


@pytest.mark.parametrize("content", [b"", b"  \n\t\n"])
def test_an_empty_file(content: bytes):
    assert refusal_of(content) == "Tệp rỗng, không có gì để đọc; hãy chọn đúng tệp chương trình."


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(RuleBroken, match=r"^Không mở được tệp “.*/none\.txt”; hãy kiểm tra"):
        read(tmp_path / "none.txt")


def test_a_folder(tmp_path: Path):
    with pytest.raises(RuleBroken, match=r"^Không mở được tệp"):
        read(tmp_path)


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 99]
)
def test_bytes_that_are_no_text(content: bytes):
    assert refusal_of(content).startswith("Tệp không phải văn bản đọc được")


def test_a_font_of_before_unicode():
    old = "Ch\u00ad¬ng tr×nh hµnh ®éng cña C«ng ®oµn Viªn chøc tØnh"
    assert refusal_of(old.encode()).startswith("Tệp dùng phông chữ cũ (TCVN3 hoặc VNI)")


def test_a_file_that_is_too_big():
    assert refusal_of(b"a" * 20_000_001).startswith("Tệp lớn hơn 20 MB")


def test_a_text_that_is_too_long():
    assert refusal_of(b"I. a\n" * 20_001).startswith("Tệp quá dài")


@pytest.mark.parametrize(
    "text",
    ["Danh sách phòng họp\n1. Phòng A\n2. Phòng B", "I. Kết quả\n- Tốt.\nII. Hạn chế\n- Ít."],
)
def test_a_text_without_indicators_and_tasks(text: str):
    assert refusal_of(text.encode()).startswith("Không thấy chỉ tiêu hay nhiệm vụ nào trong tệp")


def test_a_report_is_no_programme():
    text = "BÁO CÁO\nKết quả năm 2024\nI. NHIỆM VỤ\n1. Tuyên truyền\n- Đã mở chuyên mục."
    assert refusal_of(text.encode()).startswith("Văn bản này là “BÁO CÁO”, không phải")


def test_a_broken_word_document():
    document = io.BytesIO()
    docx.Document().save(document)
    broken = document.getvalue()[:2000]
    assert refusal_of(broken).startswith("Tệp Word bị hỏng")
    assert refusal_of(packed({"a.txt": b"a"})).startswith("Tệp Word bị hỏng")


def test_a_word_document_that_asks_for_what_no_reader_knows():
    package = bytearray(packed({"word/document.xml": b"<a/>"}))
    package[package.index(b"PK\x01\x02") + 6] = 255  # the version needed to unpack
    assert refusal_of(bytes(package)).startswith("Tệp Word bị hỏng")
    package = bytearray(packed({"word/document.xml": b"<a/>"}))
    package[package.index(b"PK\x01\x02") + 10] = 99  # the way it is packed
    assert refusal_of(bytes(package)).startswith("Tệp Word bị hỏng")


def test_a_word_document_of_an_old_version_or_with_a_password():
    assert refusal_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600).startswith(
        "Tệp Word có đặt mật khẩu hoặc thuộc dạng cũ (.doc)"
    )


def test_a_package_that_unpacks_to_too_much():
    bomb = packed({"word/document.xml": b"0" * 50_000_001})
    assert len(bomb) < 100_000
    assert refusal_of(bomb).startswith("Tệp Word giải nén ra quá lớn")


def test_a_word_document_as_long_as_a_book_is_refused_before_its_paragraphs_are_read():
    document = docx.Document()
    sheet = document.element.body
    paragraph = document.add_paragraph("Một đoạn.")._p
    sheet.extend(copy.deepcopy(paragraph) for _ in range(20_000))
    content = io.BytesIO()
    document.save(content)
    assert refusal_of(content.getvalue()).startswith("Tệp Word dài quá 20.000 đoạn")


def test_a_broken_pdf():
    assert refusal_of(b"%PDF-1.7\n1 0 obj\n<<").startswith("Tệp PDF bị hỏng")


def test_a_pdf_with_a_page_that_is_none():
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.Pages.Kids[0] = pikepdf.Dictionary(Type=pikepdf.Name.Font)
    content = io.BytesIO()
    document.save(content)
    assert refusal_of(content.getvalue()).startswith("Tệp PDF ")


def test_a_pdf_with_a_password():
    locked = pdf("<p>a</p>", encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refusal_of(locked) == "Tệp PDF có đặt mật khẩu; hãy bỏ mật khẩu rồi tải lại."


def test_a_pdf_whose_page_holds_a_book():
    book = f"<style>@page {{ size: 90cm 900cm }}</style><p>{'Một trang sách. ' * 6_400}</p>"
    assert refusal_of(pdf(book)).startswith("Tệp PDF có trang quá nhiều chữ")


def test_a_scan_without_text():
    picture = "<div style='width: 9cm; height: 9cm; background: #333'></div>"
    assert refusal_of(pdf(picture)).startswith("Tệp PDF là ảnh chụp, không có lớp văn bản")
