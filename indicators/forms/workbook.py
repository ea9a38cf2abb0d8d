"""The workbook that somebody filled in."""

from django import forms


class WorkbookForm(forms.Form):
    """One file; what it holds is judged by its reader."""

    use_required_attribute = False

    file = forms.FileField(
        label="Tệp đã điền (.xlsx)",
        widget=forms.FileInput(attrs={"accept": ".xlsx", "class": "form-control"}),
        error_messages={
            "required": "Hãy chọn tệp Excel đã điền.",
            "empty": "Tệp rỗng. Hãy chọn tệp Excel đã điền.",
        },
    )
