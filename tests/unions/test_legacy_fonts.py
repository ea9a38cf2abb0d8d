"""Text of old fonts: recognised, and read in Unicode as it was drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unions.workbooks.legacy_fonts import (
    TCVN3,
    VNI,
    alphabet_of_font,
    draws_capitals,
    from_tcvn3,
    from_vni,
    is_vietnamese,
    recognise,
)

# small letters, each with the sign that the fonts draw it over: typed from the published tables
TO_TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏ\u00d0ÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ",
        strict=True,
    )
)
IN_VNI = """
    aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä ñ eø eû eõ eù eï eâ eà eå eã eá eä
    ì æ ó í ò oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï uø uû uõ uù uï ö öø öû öõ öù öï
    yø yû yõ yù î
"""
TO_VNI = dict(zip(TO_TCVN3, IN_VNI.split(), strict=True))
SENTENCES = """
    công đoàn cơ sở viên chức tỉnh phú thọ y tế giáo dục đào tạo nông nghiệp môi trường
    nguyễn thị hường khuyết ngoằn ngoèo quýt thuở giặt hươu yêu uỷ ban kiểm tra nghiêng
    rượu khuỷu xoong bưởi ẩm ướt ỳ ạch ưu ngã nhị sĩ mỵ
"""
WORDS = SENTENCES.split()
SYLLABLES = st.sampled_from(WORDS)


@pytest.mark.parametrize(
    ("typed", "alphabet", "drawn"),
    [
        ("C«ng ®oµn", TCVN3, "Công đoàn"),
        ("C¤NG §OµN", TCVN3, "CÔNG ĐOÀN"),
        ("Së Y tÕ", TCVN3, "Sở Y tế"),
        ("H§ND tØnh Phó Thä", TCVN3, "HĐND tỉnh Phú Thọ"),
        ("NguyÔn ThÞ H\u00ad¬ng", TCVN3, "Nguyễn Thị Hương"),
        ("Coâng ñoaøn", VNI, "Công đoàn"),
        ("COÂNG ÑOAØN", VNI, "CÔNG ĐOÀN"),
        ("Sôû Y teá", VNI, "Sở Y tế"),
        ("Ñaëng Thò Öùng", VNI, "Đặng Thị Ứng"),
        ("chaøo caùc baïn", VNI, "chào các bạn"),
    ],
)
def test_text_of_an_old_font_is_recognised_and_read(typed, alphabet, drawn):
    found = recognise(typed)
    assert found is alphabet
    assert found.read(typed) == drawn


@pytest.mark.parametrize(
    "typed",
    [
        *("Sở Y tế", "Công đoàn cơ sở Hoà Bình", "hoá học", "CÂU LẠC BỘ", "Hà Nội", "khoá"),
        *("HĐND", "Café", "Müller", "so 5", "", "12 m²", "Trà Vinh", "An Giang – Cà Mau"),
    ],
)
def test_unicode_and_other_languages_are_left_alone(typed):
    assert recognise(typed) is None


@given(st.lists(SYLLABLES, min_size=1, max_size=6).map(" ".join))
def test_what_was_typed_in_either_font_comes_back(drawn):
    assert from_tcvn3("".join(TO_TCVN3.get(sign, sign) for sign in drawn)) == drawn
    assert from_vni("".join(TO_VNI.get(sign, sign) for sign in drawn)) == drawn


@given(st.lists(SYLLABLES, min_size=1, max_size=6).map(" ".join))
def test_capitals_of_vni_come_back(drawn):
    typed = "".join(TO_VNI.get(sign, sign) for sign in drawn).upper()
    assert from_vni(typed) == drawn.upper()


@given(st.lists(SYLLABLES, min_size=1, max_size=6).map(" ".join))
def test_a_font_of_capitals_draws_small_letters_as_capitals(drawn):
    typed = "".join(TO_TCVN3.get(sign, sign) for sign in drawn)
    assert from_tcvn3(typed, capitals=True) == drawn.upper()


@given(st.lists(SYLLABLES, min_size=2, max_size=6).map(" ".join))
def test_vietnamese_in_unicode_is_never_taken_for_an_old_font(drawn):
    assert recognise(drawn) is None


@pytest.mark.parametrize("word", WORDS)
def test_words_of_vietnamese_are_syllables(word):
    assert is_vietnamese(word)


@pytest.mark.parametrize("word", ["ñoaøn", "müller", "wolf", "strasse", "ấm\u0301", "zinc"])
def test_what_no_vietnamese_word_is_written_like_is_none(word):
    assert not is_vietnamese(word)


@pytest.mark.parametrize(
    ("font", "alphabet", "capitals"),
    [
        (".VnTime", TCVN3, False),
        (".VnTimeH", TCVN3, True),
        (".VnArial NarrowH", TCVN3, True),
        ("VNI-Times", VNI, False),
        ("VNI-HelveH", VNI, False),
        ("Times New Roman", None, False),
    ],
)
def test_a_font_says_its_alphabet_by_its_name(font, alphabet, capitals):
    assert alphabet_of_font(font) is alphabet
    assert draws_capitals(font) is capitals
