"""Evidence: kept as it came if it is what its name says, else refused in a sentence."""

import hashlib
import io
import struct
import unicodedata
import zipfile
import zlib

import openpyxl
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from tests.builders import make_province
from unions.errors import RuleBroken
from unions.models import Evidence, User
from unions.services import evidence, pictures

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def written(save):
    """The bytes that `save` writes."""
    file = io.BytesIO()
    save(file)
    return file.getvalue()


def picture(format, size=(40, 30)):
    return written(lambda file: Image.new("RGB", size, "red").save(file, format))


def package(**parts):
    """A zip archive whose parts are called as given, with a dot for each _."""

    def save(file):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts.items():
                archive.writestr(name.replace("__", "/").replace("_", "."), content)

    return written(save)


def understated():
    """A package whose main part says that it is shorter than it unpacks to."""
    content = bytearray(package(word__document_xml=b"a" * 5_000_000))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.index(mark) + place
        content[start : start + 4] = struct.pack("<I", 100)
    return bytes(content)


def huge_png(width, height):
    """A valid PNG of a few bytes that would unpack to width × height pixels."""

    def chunk(kind, content):
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" * ((width + 7) // 8 + 1)
    content = zlib.compress(row * min(height, 100))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", content)
        + chunk(b"IEND", b"")
    )


def blank_pdf(file):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)


def locked_pdf(file):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))


def twice(file):
    """A package with two lists of types; which of them counts, each reader decides."""
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("[CONTENT_TYPES].xml", old.read("[Content_Types].xml"))


PDF = written(blank_pdf)
LOCKED = written(locked_pdf)
PNG, JPEG, GIF = picture("PNG"), picture("JPEG"), picture("GIF")
WORD = written(Document().save)
TWICE = written(twice)
EXCEL = written(openpyxl.Workbook().save)
EXE = b"MZ\x90\x00" + b"\0" * 400
BOMB = package(word__document_xml=b"\0" * (201 * 1024 * 1024))
NEWER = WORD.replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff")
GOOD = {"so.pdf": PDF, "so.png": PNG, "so.jpg": JPEG, "so.docx": WORD, "so.xlsx": EXCEL}


@pytest.fixture
def union(db):
    return make_province()


def upload(name, content):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("nghị quyết.pdf", PDF, "application/pdf"),
        ("danh sách.docx", WORD, DOCX),
        ("danh sách.xlsx", EXCEL, XLSX),
    ],
)
def test_a_file_that_is_what_it_is_called_is_kept_as_it_came(union, name, content, content_type):
    person = User.objects.create(username="nguoinop", full_name="Người nộp")
    kept = evidence.keep(union, upload(name, content), by=person)
    row = Evidence.objects.get(pk=kept.pk)
    assert (row.name, row.content_type, row.size) == (name, content_type, len(content))
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert row.file.read() == content
    assert (row.union, row.added_by) == (union, person)
    row.file.close()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("rỗng.pdf", b"", "Tệp “rỗng.pdf” rỗng. Hãy chọn lại tệp có nội dung."),
        (
            "to.pdf",
            PDF + b"\0" * (10 * 1024 * 1024),
            "Tệp “to.pdf” lớn hơn 10 MB. Hãy chọn tệp nhỏ hơn.",
        ),
        *(
            (
                name,
                content,
                f"Tệp “{name}” không thuộc loại nhận được: PDF, JPEG, PNG, Word, Excel.",
            )
            for name, content in [
                ("a.exe", EXE),
                ("a.gif", GIF),
                ("a.pdf.exe", EXE),
                ("không đuôi", PDF),
                (".pdf", PDF),
                ("a.svg", b"<svg/>"),
                ("a.html", b"<html>"),
                ("a.docm", WORD),
                ("a.zip", package(a_txt="a")),
            ]
        ),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_what_to_do(union, name, content, sentence):
    with pytest.raises(RuleBroken) as refusal:
        evidence.keep(union, upload(name, content), by=None)
    assert str(refusal.value) == sentence
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.pdf", "chỉ là chữ".encode(), id="text called pdf"),
        pytest.param("a.pdf", EXE, id="program called pdf"),
        pytest.param("a.pdf", PNG, id="picture called pdf"),
        pytest.param("a.pdf", b"GIF89a" + PDF, id="pdf behind another head"),
        pytest.param("a.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF", id="pdf that does not open"),
        pytest.param("a.pdf", LOCKED, id="pdf behind a password"),
        pytest.param("a.pdf", PDF[:200], id="pdf cut short"),
        pytest.param("a.jpg", EXE, id="program called jpg"),
        pytest.param("a.jpg", PNG, id="png called jpg"),
        pytest.param("a.png", JPEG, id="jpg called png"),
        pytest.param("a.png", GIF, id="gif called png"),
        pytest.param("a.png", b"<svg onload='alert(1)'/>", id="script called png"),
        pytest.param("a.png", PNG[: len(PNG) // 2], id="png cut in two"),
        pytest.param("a.png", PNG[:40], id="only the head of a png"),
        pytest.param("a.jpg", JPEG[:20], id="only the head of a jpg"),
        pytest.param("a.docx", package(a_txt="a"), id="zip that is no docx"),
        pytest.param("a.docx", package(word__document_xml="<a/>"), id="docx without types"),
        pytest.param("a.docx", TWICE, id="docx with two lists of types"),
        pytest.param("a.docx", EXCEL, id="xlsx called docx"),
        pytest.param("a.xlsx", WORD, id="docx called xlsx"),
        pytest.param("a.docx", WORD[: len(WORD) // 2], id="docx cut in two"),
        pytest.param("a.docx", b"PK\x03\x04", id="only the head of a zip"),
        pytest.param("a.docx", NEWER, id="docx that needs a version of zip yet to come"),
        pytest.param("a.docx", understated(), id="docx that is longer than it says"),
        pytest.param("a.docx", BOMB, id="docx that unpacks to 201 MB"),
        pytest.param("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, id="old Word called docx"),
    ],
)
def test_a_file_that_lies_about_its_type_is_refused(union, name, content):
    with pytest.raises(RuleBroken, match="như tên gọi, hoặc đã hỏng"):
        evidence.keep(union, upload(name, content), by=None)
    assert Evidence.objects.count() == 0


def repacked(content, types=lambda listed: listed, **parts):
    """An Office file with its list of types changed, and with parts more."""

    def save(file):
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        ):
            for name in old.namelist():
                read = old.read(name)
                new.writestr(name, types(read) if name == "[Content_Types].xml" else read)
            for name, part in parts.items():
                new.writestr(name.replace("__", "/").replace("_", "."), part)

    return written(save)


def typed(kind, name):
    """The list of types with one line more, for a part that is called harmlessly."""
    line = f'<Override PartName="/{name}" ContentType="application/{kind}"/></Types>'
    return lambda listed: listed.replace(b"</Types>", line.encode())


VBA, SHEET = "vnd.ms-office.vbaProject", "vnd.ms-excel.intlmacrosheet+xml"
MACROS = {
    "by name": ("a.docx", repacked(WORD, word__VbaProject_bin="Sub A()")),
    "by name in Excel": ("a.xlsx", repacked(EXCEL, xl__vbaProject_bin="Sub A()")),
    "by folder": ("a.xlsx", repacked(EXCEL, xl__macrosheets__sheet1_xml="<a/>")),
    "by type": ("a.docx", repacked(WORD, typed(VBA, "word/anh.bin"), word__anh_bin="Sub A()")),
    "by type of sheet": ("a.xlsx", repacked(EXCEL, typed(SHEET, "xl/b.xml"), xl__b_xml="<a/>")),
    "by type in UTF-16": (
        "a.docx",
        repacked(
            WORD,
            lambda listed: (
                typed(VBA.upper(), "word/anh.bin")(listed)
                .decode()
                .partition("?>")[2]
                .encode("utf-16")
            ),
            word__anh_bin="Sub A()",
        ),
    ),
    "by type of the whole": (
        "a.docx",
        repacked(
            WORD,
            lambda listed: listed.replace(
                b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"vnd.ms-word.document.macroEnabled.main+xml",
            ),
        ),
    ),
}


@pytest.mark.parametrize(("name", "content"), MACROS.values(), ids=MACROS)
def test_a_document_with_macros_is_refused_with_what_to_do(union, name, content):
    with pytest.raises(RuleBroken) as refusal:
        evidence.keep(union, upload(name, content), by=None)
    assert str(refusal.value) == (
        f"Tệp “{name}” có chứa macro nên không nhận được. Hãy lưu lại bỏ macro."
    )


def test_a_document_with_a_part_more_is_no_document_with_macros(union):
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    content = repacked(WORD, typed(kind, "word/macro.xml"), word__macro_xml="<a/>")
    assert evidence.keep(union, upload("a.docx", content), by=None).size == len(content)


@pytest.mark.parametrize(("more", "kept"), [(1900, True), (2001, False)])
def test_a_document_of_too_many_parts_is_refused_before_any_is_read(union, more, kept, monkeypatch):
    content = repacked(WORD, **{f"word__media__{number}": "a" for number in range(more)})
    opened = []
    read = zipfile.ZipFile.open

    def noted(*asked, **how):
        opened.append(asked)
        return read(*asked, **how)

    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    if kept:
        assert evidence.keep(union, upload("a.docx", content), by=None).size == len(content)
    else:
        with pytest.raises(RuleBroken, match="như tên gọi, hoặc đã hỏng"):
            evidence.keep(union, upload("a.docx", content), by=None)
    assert bool(opened) is kept


@pytest.mark.parametrize(
    ("width", "height"), [(8000, 7501), (10_000, 10_000), (20_000, 20_000), (200_000, 200_000)]
)
def test_a_picture_of_too_many_pixels_is_refused_with_what_to_do(union, width, height):
    with pytest.raises(RuleBroken, match=r"quá nhiều điểm ảnh \(hơn 60 triệu\). Hãy thu nhỏ"):
        evidence.keep(union, upload("a.png", huge_png(width, height)), by=None)
    assert Evidence.objects.count() == 0


def test_a_picture_of_sixty_million_pixels_is_still_kept(union):
    kept = evidence.keep(union, upload("to.png", huge_png(8000, 7500)), by=None)
    assert opened(kept).size == (2000, 1875)


def opened(row):
    """The picture that is kept."""
    with row.file.open() as file:
        return Image.open(io.BytesIO(file.read()))


def photograph(size, *, turned=1):
    """A JPEG, blue above and red below as it lies in the file, as a telephone takes it."""
    taken = Image.new("RGB", size, "red")
    taken.paste("blue", (0, 0, size[0], size[1] // 2))
    noted = Image.Exif()
    noted[ExifTags.Base.Orientation] = turned
    noted[ExifTags.Base.Make] = "Hãng máy ảnh"
    noted.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (21.0, 18.0, 30.0)
    return written(lambda file: taken.save(file, "JPEG", exif=noted))


@pytest.mark.parametrize(
    ("name", "size", "kept_size"),
    [
        ("a.jpg", (4000, 3000), (2000, 1500)),
        ("a.jpeg", (1000, 4000), (500, 2000)),
        ("a.jpg", (2000, 10), (2000, 10)),
        ("ẢNH.JPG", (40, 30), (40, 30)),
    ],
)
def test_a_picture_is_made_smaller_and_never_larger(union, name, size, kept_size):
    kept = evidence.keep(union, upload(name, photograph(size)), by=None)
    assert opened(kept).size == kept_size
    assert opened(kept).format == "JPEG"
    with kept.file.open() as file:
        content = file.read()
    assert (kept.size, kept.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "LA", "I;16"])
def test_a_png_of_any_colours_stays_a_png(union, mode):
    content = written(lambda file: Image.new(mode, (3000, 30)).save(file, "PNG"))
    picture = opened(evidence.keep(union, upload("a.png", content), by=None))
    assert (picture.format, picture.size) == ("PNG", (2000, 20))


# by the number with which a camera says how it was held: its width and height change places, and
# which corner the blue half is found in
@pytest.mark.parametrize(
    ("turned", "size", "blue", "red"),
    [
        (1, (60, 40), (5, 5), (5, 35)),
        (3, (60, 40), (5, 35), (5, 5)),
        (6, (40, 60), (35, 5), (5, 5)),
        (8, (40, 60), (5, 5), (35, 5)),
    ],
)
def test_a_picture_is_kept_upright_and_says_nothing_of_where_it_was_taken(
    union, turned, size, blue, red
):
    kept = evidence.keep(union, upload("a.jpg", photograph((60, 40), turned=turned)), by=None)
    picture = opened(kept)
    assert picture.size == size
    for spot, colour in ((blue, (0, 0, 254)), (red, (254, 0, 0))):
        assert all(abs(a - b) < 12 for a, b in zip(picture.getpixel(spot), colour, strict=True))
    assert dict(picture.getexif()) == {}
    with kept.file.open() as file:
        assert "Hãng".encode() not in file.read()


def test_a_png_keeps_no_words_of_whoever_made_it(union):
    words = PngInfo()
    words.add_text("Author", "Nguyen Van An")
    content = written(lambda file: Image.new("RGB", (9, 9)).save(file, "PNG", pnginfo=words))
    assert b"Nguyen" in content
    with evidence.keep(union, upload("a.png", content), by=None).file.open() as file:
        assert b"Nguyen" not in file.read()


@pytest.mark.parametrize("lenient", [False, True])
def test_a_picture_that_was_cut_off_on_its_way_is_refused(union, monkeypatch, lenient):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    content = photograph((900, 900))
    with pytest.raises(RuleBroken, match="không mở được trọn vẹn"):
        evidence.keep(union, upload("a.jpg", content[: len(content) // 2]), by=None)


def test_what_was_sent_again_is_kept_once(union):
    beside = Evidence.objects.all()
    first = evidence.keep(union, upload("a.jpg", JPEG), by=None, beside=beside)
    assert evidence.keep(union, upload("a.jpg", JPEG), by=None, beside=beside) == first
    other = evidence.keep(union, upload("b.jpg", JPEG), by=None, beside=beside)
    assert list(beside) == [first, other]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "P", "L", "CMYK"])
def test_a_thumbnail_is_a_small_jpeg_of_any_picture(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    small = pictures.thumbnail(written(lambda file: Image.new(mode, (640, 480)).save(file, kind)))
    with Image.open(io.BytesIO(small)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (320, 240))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("/srv/a.pdf", "a.pdf"),
        ("C:\\Users\\An\\a.pdf", "a.pdf"),
        ("  a\u00a0 b .pdf", "a b .pdf"),
        ("a\nb\t.pdf", "a b .pdf"),
        ("a\x00\x1b\u202eb.pdf", "ab.pdf"),
        (unicodedata.normalize("NFD", "Nghị quyết.pdf"), "Nghị quyết.pdf"),
        ("ê" * 300 + ".pdf", "ê" * 196 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_its_folders_and_tricks(union, typed, name):
    file = upload("a.pdf", PDF)
    file._name = typed  # as a client that is no browser sends it
    kept = evidence.keep(union, file, by=None)
    kept.refresh_from_db()
    assert kept.name == name


def test_the_bytes_lie_under_a_name_of_our_own_in_one_folder(union, settings):
    for _ in range(2):
        evidence.keep(union, upload("../../Nghị quyết.PDF", PDF), by=None)
    files = sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())
    assert len(files) == 2
    assert {path.parent for path in files} == {settings.MEDIA_ROOT / "evidence"}
    assert all(len(path.stem) == 32 and path.suffix == ".pdf" for path in files)


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_damaged_file_is_kept_or_refused_but_never_a_fault(name, data):
    content = bytearray(GOOD[name])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    try:
        evidence.check(upload(name, bytes(content[:cut])))
    except RuleBroken as refusal:
        assert name in str(refusal)  # noqa: PT017


@given(st.sampled_from(sorted(GOOD)), st.binary(min_size=1, max_size=200))
def test_no_chance_bytes_pass_for_a_document(name, content):
    with pytest.raises(RuleBroken):
        evidence.check(upload(name, content))
