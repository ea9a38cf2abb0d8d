"""What is typed or chosen about reports."""

from django import forms

FORMATS = [("pdf", "PDF")]


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

    number = forms.CharField(
        label="Số",
        max_length=7,
        required=False,
        help_text="Số thứ tự trong sổ văn bản đi, ví dụ 05.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    signed_on = forms.DateField(
        label="Ngày ký",
        required=False,
        help_text="Viết như 31/12/2025.",
        widget=forms.DateInput(attrs={"autocomplete": "off"}),
    )
