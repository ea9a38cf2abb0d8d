"""Vietnamese text: composed, folded and sorted."""

import random
import unicodedata

import pytest
from django.db.models.functions import Collate
from hypothesis import given
from hypothesis import strategies as st

from unions.models import User
from unions.vietnamese import compare, composed, fold, person_key, sort_key, tidy, trimmed

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
words = st.text(LETTERS + LETTERS.upper() + " 019", max_size=12)

# As a dictionary and a register of members order them: letters first (a ă â, d đ, e ê, o ô ơ,
# u ư), then tones (không dấu, huyền, hỏi, ngã, sắc, nặng), small letters before capitals.
IN_ORDER = [
    "An",
    "An Bình",
    "An Khê",
    "Ang",
    "ánh",
    "Ánh",
    "Ăng",
    "Ân",
    "Bùi Ân",
    "Bùi Văn Ba",
    "Bùi Văn Bà",
    "Bùi Văn Bả",
    "Bùi Văn Bã",
    "Bùi Văn Bá",
    "Bùi Văn Bạ",
    "Bùi Văn Bay",
    "Bùi Văn Băng",
    "Bùi Văn Bân",
    "Dung",
    "Dũng",
    "Dụng",
    "Dương",
    "dzung",
    "Đan",
    "đào",
    "Đào",
    "Đặng",
    "Đinh",
    "Đỗ",
    "Em",
    "Én",
    "Êm",
    "Hoa",
    "Hòa",
    "Hóa",
    "Hoàn",
    "Hoán",
    "Nga",
    "Ngà",
    "Ngân",
    "Nguyễn Văn An",
    "Nguyễn Văn Ước",
    "Nhung",
    "Oanh",
    "Ôn",
    "Ơn",
    "Thanh",
    "Thành",
    "Trần",
    "Uyên",
    "Ưng",
    "Vũ",
    "Xuân",
    "Yên",
]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Ước", "dang thi uoc"),
        ("CĐCS Sở Y tế", "cdcs so y te"),
        ("ĐIỆP", "diep"),
        (unicodedata.normalize("NFD", "Nguyễn Thuỳ"), "nguyen thuy"),
        ("hoà = hòa", "hoa = hoa"),
        ("2023-2028", "2023-2028"),
        ("", ""),
    ],
)
def test_folding_takes_accents_and_capitals_away(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  Sở\u00a0Y \t tế\n", "Sở Y tế"),
        (unicodedata.normalize("NFD", "Sở Y tế"), "Sở Y tế"),
        ("\u3000", ""),
    ],
)
def test_tidied_text_is_composed_with_single_spaces(text, tidied):
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\u200b", ""),
        (" \u200b\ufeff\u2060\u00ad\u3164\u2800\n", ""),
        ("\u200b\ufe0f", ""),
        ("\ufe00\U000e0100 \u180b\u180f\u17b4\u034f", ""),
        ("Đạt ✔\ufe0f", "Đạt ✔"),
        ("\ufe0f1", "1"),
        ("", ""),
        ("\u200b Thiếu số\nquyết định \u200b", "Thiếu số\nquyết định"),
        ("a\u200bb", "a\u200bb"),
    ],
)
def test_what_nobody_sees_is_cut_off_the_ends(text, left):
    assert trimmed(text) == left


@given(st.text("\u200b\ufe0f\ufe00\U000e01ef\u2060\ufeff\u3164\u180d \n\t\u00a0"))
def test_signs_that_nobody_sees_are_no_text_however_many_they_are(nothing: str):
    assert (trimmed(nothing), tidy(nothing)) == ("", "")
    assert tidy(f"{nothing}Sở Y tế{nothing}") == "Sở Y tế"


@given(st.text())
def test_composing_folding_and_tidying_twice_changes_nothing_more(text):
    for change in (composed, tidy, fold):
        assert change(change(text)) == change(text)


@given(words)
def test_the_form_in_which_accents_are_typed_does_not_matter(text):
    decomposed = unicodedata.normalize("NFD", text)
    assert composed(decomposed) == text
    assert fold(decomposed) == fold(text)
    assert sort_key(decomposed) == sort_key(text)


@given(words)
def test_folded_vietnamese_is_plain(text):
    assert fold(text).isascii()


def test_names_are_sorted_as_a_vietnamese_register_orders_them():
    shuffled = random.Random(2028).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


@given(words, words, words)
def test_the_order_is_an_order(first, second, third):
    assert compare(first, second) == -compare(second, first)
    assert (compare(first, second) == 0) == (first == second)
    if compare(first, second) <= 0 and compare(second, third) <= 0:
        assert compare(first, third) <= 0


# by given name, then the middle names word by word, then the family name
PEOPLE = [
    "An",
    "Nguyễn An",
    "Trần An",
    "Bùi Văn An",
    "Trần Thị Hà",
    "Bùi Thị An Hà",
    "Cao Văn Hà",
    "Đỗ Văn Hà",
    "Bùi An Hạ",
    "Trần Hải Hân",
    "Lý Đình Ước",
    "Lê Văn Ước",
]


def test_people_are_listed_by_given_name_then_middle_names_then_family_name():
    shuffled = random.Random(28).sample(PEOPLE, len(PEOPLE))
    assert sorted(shuffled, key=person_key) == PEOPLE


@given(words)
def test_the_key_of_a_person_is_digits_that_sort_alike_everywhere_and_fit(text):
    key = person_key(text[:120])
    assert set(key) <= set("0123456789")
    assert len(key) <= User._meta.get_field("name_key").max_length
    assert key == person_key(f" {unicodedata.normalize('NFD', text[:120])} ")


def test_the_database_sorts_names_by_the_same_order(db):
    """Run on SQLite and on PostgreSQL: one list, so both have the same order."""
    for place, name in enumerate(random.Random(17).sample(IN_ORDER, len(IN_ORDER))):
        User.objects.create(username=f"nguoi{place}", full_name=name)
    rows = User.objects.order_by(Collate("full_name", "vi-x-icu"))
    assert list(rows.values_list("full_name", flat=True)) == IN_ORDER


def test_the_database_lists_people_by_their_given_names(db):
    for place, name in enumerate(random.Random(28).sample(PEOPLE, len(PEOPLE))):
        User.objects.create(username=f"nguoi{place}", full_name=name)
    assert [one.full_name for one in User.objects.all()] == PEOPLE
    renamed = User.objects.get(full_name="An")
    renamed.full_name = "Lê Văn Vũ"
    renamed.save()
    assert [one.full_name for one in User.objects.all()] == [*PEOPLE[1:], "Lê Văn Vũ"]
