"""The signed and stamped copy of a printed form, as it is sent."""

from django import forms

from indicators.services.signed_copies import Sent
from unions.errors import RuleBroken
from unions.forms import EvidenceField, FilesInput, dress


class SignedForm(forms.Form):
    """The files; and for a code that cannot be read, which version they show."""

    use_required_attribute = False

    scans = EvidenceField(
        label="Ảnh chụp hoặc bản quét của phiếu đã ký, đóng dấu",
        help_text="Một tệp PDF, hoặc ảnh của từng trang (JPEG, PNG). Chụp rõ, đủ bốn góc giấy.",
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,.pdf"}),
        required=False,
    )
    code = forms.CharField(
        label="Mã bản in (dưới mã QR trên giấy)",
        help_text="Chỉ cần khi máy không đọc được mã QR trong ảnh.",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    confirmed = forms.BooleanField(
        label="Tôi đã đối chiếu: giấy đã ký, đóng dấu đúng là bản in có mã trên", required=False
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        dress(self.fields.values())

    @property
    def sent(self) -> Sent:
        """What came."""
        said = self.cleaned_data
        return Sent(said["scans"], said["code"], said["confirmed"])

    def refuse(self, broken: RuleBroken) -> None:
        """Tell a broken rule beside the field that is to blame, or above the form."""
        self.add_error(broken.about if broken.about in self.fields else None, str(broken))
