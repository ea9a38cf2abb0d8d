"""What is typed or chosen about reports."""

from django import forms

FORMATS = [("pdf", "PDF")]
_TYPED = {"class": "form-control", "autocomplete": "off"}


class RequestForm(forms.Form):
    """Which report is asked for: behind the one button, so nothing of it is typed."""

    kind = forms.SlugField(widget=forms.HiddenInput)
    union = forms.CharField(max_length=20, widget=forms.HiddenInput)
    year = forms.IntegerField(
        min_value=1000, max_value=9999, localize=False, widget=forms.HiddenInput
    )
    format = forms.ChoiceField(choices=FORMATS, widget=forms.HiddenInput)


class NumberForm(forms.Form):
    """The number and date from the office's register; both may be left empty."""

    number = forms.RegexField(
        r"^0*[1-9][0-9]{0,4}[a-zA-Z]?$",
        label="Số",
        required=False,
        error_messages={"invalid": "Hãy nhập số thứ tự trong sổ văn bản, ví dụ 05."},
        help_text="Số thứ tự trong sổ văn bản đi, ví dụ 05.",
        widget=forms.TextInput(attrs=_TYPED | {"inputmode": "numeric"}),
    )
    signed_on = forms.DateField(
        label="Ngày ký",
        required=False,
        help_text="Viết như 31/12/2025.",
        widget=forms.DateInput(attrs=_TYPED),
    )
