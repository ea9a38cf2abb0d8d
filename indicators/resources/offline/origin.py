"""From which submission a workbook was taken, and what stood there: signed, in a hidden row."""

from dataclasses import asdict, dataclass, field
from typing import Self

from django.core import signing

from indicators.models import Submission
from unions.errors import RuleBroken

# the key of the row that holds it
ROW = "goc"
_PURPOSE = "where a workbook of a submission comes from"


@dataclass(frozen=True, slots=True)
class Origin:
    """The submission and its revision when the workbook was written, and marks by form.

    `drawn` marks what was stored, `cells` what was written into its cells; `proposed` has the
    numbers of people that were put in for the person.
    """

    submission: int
    revision: int
    told: str
    drawn: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    proposed: dict[str, int] = field(default_factory=dict)

    @classmethod
    def unpacked(cls, packed: str) -> Self:
        """What `packed` wrote; RuleBroken if it did not."""
        try:
            return cls(**signing.loads(packed, salt=_PURPOSE))
        except (signing.BadSignature, TypeError) as forged:
            raise RuleBroken(
                "Mã của tệp đã bị sửa nên không biết tệp thuộc phiếu nào. Hãy tải tệp mới ở trang"
                " này, chép số liệu sang rồi tải lên."
            ) from forged

    @property
    def packed(self) -> str:
        """As the text of one cell."""
        return signing.dumps(asdict(self), salt=_PURPOSE, compress=True)

    def must_be_of(self, submission: Submission) -> None:
        """RuleBroken for the workbook of another union or another period."""
        if self.submission != submission.pk:
            raise RuleBroken(
                f"Tệp này là của {self.told}, không phải của phiếu đang mở. Hãy chọn đúng tệp, hoặc"
                " tải tệp mới ở trang này."
            )
