"""How the portal draws a field: named for readers of the screen, and never with typed markup."""

import pytest
from django import forms
from django.test.html import parse_html

from unions.templatetags.fields import labelled

WORDS = [("", "Chọn"), ("a", "Tốt & khá"), ("b", "Đạt")]


class Form(forms.Form):
    text = forms.CharField(label="Số < 5", help_text="Ví dụ 12")
    long = forms.CharField(label="Lý do", required=False, widget=forms.Textarea({"rows": 2}))
    tick = forms.BooleanField(label="Không có", required=False)
    pick = forms.ChoiceField(label="Mức", choices=WORDS, required=False)
    answer = forms.ChoiceField(label="Trả lời", choices=WORDS[1:], widget=forms.RadioSelect)
    day = forms.DateField(label="Ngày", required=False)


SENT = {"text": '1"><b>', "long": "</textarea><b>", "tick": "on", "pick": "a", "answer": "b"}


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        (
            "text",
            '<label class="form-label" for="id_text">Số &lt; 5</label>'
            '<input type="text" name="text" id="id_text" value="1&quot;&gt;&lt;b&gt;" required'
            ' aria-describedby="id_text_helptext">'
            '<p class="form-text" id="id_text_helptext">Ví dụ 12</p>',
        ),
        (
            "long",
            '<label class="form-label" for="id_long">Lý do</label>'
            '<textarea name="long" id="id_long" rows="2" cols="40">\n'
            "&lt;/textarea&gt;&lt;b&gt;</textarea>",
        ),
        (
            "tick",
            '<div class="check"><input type="checkbox" name="tick" id="id_tick" checked>'
            '<label for="id_tick">Không có</label></div>',
        ),
        (
            "pick",
            '<label class="form-label" for="id_pick">Mức</label><select name="pick" id="id_pick">'
            '<option value="">Chọn</option><option value="a" selected>Tốt &amp; khá</option>'
            '<option value="b">Đạt</option></select>',
        ),
        (
            "answer",
            '<fieldset><legend class="form-label">Trả lời</legend><div class="choices"'
            ' id="id_answer"><label for="id_answer_0"><input type="radio" id="id_answer_0"'
            ' name="answer" value="a"> Tốt &amp; khá</label><label for="id_answer_1"><input'
            ' type="radio" id="id_answer_1" name="answer" value="b" checked> Đạt</label></div>'
            "</fieldset>",
        ),
        (
            "day",
            '<label class="form-label" for="id_day">Ngày</label>'
            '<input type="text" name="day" id="id_day">',
        ),
    ],
)
def test_a_field_is_drawn_under_its_label_with_what_was_typed(name, drawn):
    assert parse_html(labelled(Form(SENT)[name])) == parse_html(f'<div class="field">{drawn}</div>')


def test_what_is_wrong_is_tied_to_the_field_and_escaped():
    form = Form(SENT | {"pick": "<x>", "answer": ""})
    assert parse_html(labelled(form["pick"], "visually-hidden")) == parse_html(
        '<div class="field"><label class="visually-hidden" for="id_pick">Mức</label>'
        '<select name="pick" id="id_pick" aria-invalid="true" aria-describedby="id_pick_error">'
        '<option value="">Chọn</option><option value="a">Tốt &amp; khá</option>'
        '<option value="b">Đạt</option></select>'
        '<p class="invalid-feedback" id="id_pick_error">'
        f"{form.errors['pick'][0].replace('<x>', '&lt;x&gt;')}</p></div>"
    )
    assert '<fieldset aria-describedby="id_answer_error">' in labelled(form["answer"])
