"""What a programme file is refused for, in the words of the desk."""

import pytest

from indicators.services.desk_words import told_at_the_desk


@pytest.mark.parametrize(
    ("of_file", "at_the_desk"),
    [
        (
            "Dòng 12: chỉ tiêu “2.1” có “unit” là “%” không hợp với cách tính “count_per_year”.",
            "Chỉ tiêu “2.1” có “Đơn vị tính” là “%” không hợp với cách tính “Số lượng trong năm”.",
        ),
        (
            "Chương trình để trống trường “number”.",
            "Chương trình để trống trường “Số, ký hiệu”.",
        ),
        ("Dòng 3: mục “zzz” lạ.", "Mục “zzz” lạ."),
        (
            "Dòng 9: chỉ tiêu 8 có “years” là “mean”, phải là một trong: sum, all_met",
            "Chỉ tiêu 8 có “Gộp các năm” là “bình quân các năm”, phải là một trong: cộng các năm,"
            " từng năm đều phải đạt",
        ),
    ],
)
def test_no_line_and_no_word_of_the_file_is_told(of_file, at_the_desk):
    assert told_at_the_desk(of_file) == at_the_desk
