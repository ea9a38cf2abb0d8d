"""What a form on paper says, and in what two versions of it differ."""

from dataclasses import replace

import pytest

from indicators.queries.printed import Change, Content, Line, Words, changes, read_back

SHARE = Line("2.1.1", "Tuyên truyền", 0, "≥ 85%", "90/100 = 90%", [["Số lớp", "3"]], "Tăng lớp")
PLAN = Words("Khâu đột phá", "1", "Đổi mới", "Đã làm")
CONTENT = Content("Phiếu số liệu", "CĐCS Sở Y tế", "năm 2025", "CTr", False, [SHARE], [PLAN])


def test_a_row_keeps_it_whole():
    assert read_back(CONTENT.stored()) == CONTENT
    assert read_back(CONTENT.stored()).digest == CONTENT.digest


def test_two_that_say_the_same_have_the_same_digest():
    assert replace(CONTENT, lines=[replace(SHARE)]).digest == CONTENT.digest
    assert changes(CONTENT, replace(CONTENT)) == []


LATER = [
    (replace(CONTENT, estimate=True), "Số ước thực hiện", "không đánh dấu", "có đánh dấu"),
    (replace(CONTENT, union="CĐCS Y tế"), "Tên đơn vị", "CĐCS Sở Y tế", "CĐCS Y tế"),
    *(
        (replace(CONTENT, lines=[replace(SHARE, **{name: now})]), where, *told)
        for name, now, where, told in [
            ("written", "", "Chỉ tiêu 2.1.1", ("90/100 = 90%", "Chưa nhập")),
            ("goal", "≥ 90%", "Chỉ tiêu 2.1.1, mức phấn đấu", ("≥ 85%", "≥ 90%")),
            ("remark", "", "Chỉ tiêu 2.1.1, giải trình", ("Tăng lớp", "Chưa nhập")),
            ("name", "Học tập", "Chỉ tiêu 2.1.1, tên chỉ tiêu", ("Tuyên truyền", "Học tập")),
            (
                *("extras", [["Số lớp", "4"]], "Chỉ tiêu 2.1.1, số liệu kèm theo"),
                ("Số lớp: 3", "Số lớp: 4"),
            ),
        ]
    ),
    (replace(CONTENT, lines=[]), "Chỉ tiêu 2.1.1", "có", "không còn"),
    (replace(CONTENT, words=[]), "Khâu đột phá 1", "có", "không còn"),
    (replace(CONTENT, words=[replace(PLAN, text="")]), "Khâu đột phá 1", "Đã làm", "Không có"),
    (replace(CONTENT, words=[replace(PLAN, text=None)]), "Khâu đột phá 1", "Đã làm", "Chưa nhập"),
    (
        replace(CONTENT, words=[replace(PLAN, title="Mới")]),
        *("Khâu đột phá 1, tên", "Đổi mới", "Mới"),
    ),
]


@pytest.mark.parametrize(("now", "where", "was", "becomes"), LATER)
def test_every_difference_is_named_with_both_values(now, where, was, becomes):
    assert changes(CONTENT, now) == [Change(where, was, becomes)]
    assert now.digest != CONTENT.digest


def test_what_was_added_since_is_named():
    more = replace(CONTENT, lines=[SHARE, replace(SHARE, code="2.1.2")])
    assert changes(CONTENT, more) == [Change("Chỉ tiêu 2.1.2", "không có", "mới có")]
