"""What a decision about unions says, and the service that records it: new unions and last days."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from unions.admin import fields
from unions.admin.events.forms import PAPER, VIA, EventForm, ProfileForm
from unions.models import OrgEvent, Union, UnionType, User
from unions.quantities import NotANumber, read_number
from unions.services import unions
from unions.services.founding import Newcomer, Profile

_KEPT = "Đơn vị kết thúc hoạt động từ ngày có hiệu lực. Số liệu đã nộp được giữ nguyên."
_MOST_PARTS = 12
_OF_A_PART = ("code", "name", "short_name", "type", "share")


class FoundForm(ProfileForm):
    """A founding."""

    heading, button = "Thành lập đơn vị", "Ghi nhận thành lập"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("unions", None)

    @classmethod
    def known_of(cls, union: Union) -> dict[str, Any]:
        return {"parent": union.pk, "type": union.current.type}

    def record(self, *, by: User) -> OrgEvent:
        new = self.newcomer()
        union = unions.found(new.code, new.parent, new.profile, self.decision(), by=by)
        return union.current.opened_by


class MergeForm(EventForm):
    """The union that goes on."""

    heading, button, warning = "Sáp nhập", "Ghi nhận sáp nhập", _KEPT
    finders: ClassVar[dict[str, str]] = {"successor": "Sáp nhập vào"}

    def record(self, *, by: User) -> OrgEvent:
        successor = self.cleaned_data["successor"]
        return unions.merge(self.chosen(), successor, self.decision(), by=by)


class GatherForm(ProfileForm):
    """The unions that become one, and what becomes of each."""

    heading, button = "Hợp nhất", "Ghi nhận hợp nhất"
    warning = "Các đơn vị dưới đây hợp nhất thành một đơn vị mới. Số liệu đã nộp được giữ nguyên."
    outcome = fields.pick(
        "Sau khi hợp nhất",
        [
            ("end", "Các đơn vị kết thúc hoạt động, đơn vị mới kế thừa"),
            ("divisions", "Các đơn vị trở thành công đoàn bộ phận của đơn vị mới"),
        ],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = options["known"]
        if self.alone is not None:
            self.fields["unions"] = fields.unions("Các đơn vị", known, VIA)
        self.fields["ending"] = fields.unions(
            "Đơn vị không thành công đoàn bộ phận",
            known,
            VIA,
            required=False,
            help_text="Những đơn vị này kết thúc hoạt động, do đơn vị mới kế thừa. Để trống nếu mọi"
            " đơn vị đều kết thúc, hoặc mọi đơn vị đều thành công đoàn bộ phận.",
        )
        self.order_fields(["unions", "outcome", "ending"])

    @classmethod
    def known_of(cls, union: Union) -> dict[str, Any]:
        placement = union.current
        kept = {"parent": placement.parent_id, "type": placement.type, "place": placement.place}
        return kept | {"unions": [union.pk], "cluster": placement.cluster}

    def clean(self) -> dict[str, Any]:
        """Who ends must be among those that are named."""
        said = super().clean()
        named, ending = said.get("unions") or [], said.get("ending") or []
        if strangers := [union for union in ending if union not in named]:
            self.add_error("ending", f"{strangers[0]} không nằm trong các đơn vị được hợp nhất.")
        if ending and said.get("outcome") == "end":
            self.add_error("ending", "Đã chọn tất cả kết thúc hoạt động: hãy để trống mục này.")
        return said

    def record(self, *, by: User) -> OrgEvent:
        said = self.cleaned_data
        chosen, ending = list(said["unions"]), said["ending"]
        divisions = [one for one in chosen if one not in ending]
        return unions.gather(
            chosen,
            self.newcomer(),
            self.decision(),
            divisions=divisions if said["outcome"] == "divisions" else (),
            by=by,
        )


class DissolveForm(EventForm):
    """An end."""

    heading, button, warning = "Giải thể", "Ghi nhận giải thể", _KEPT

    def record(self, *, by: User) -> OrgEvent:
        return unions.dissolve_all(self.chosen(), self.decision(), by=by)


class SplitForm(EventForm):
    """The new unions, and how much of the old one each is."""

    heading, button = "Chia tách", "Ghi nhận chia tách"
    warning = (
        "Các đơn vị mới được thành lập cùng quyết định này. Tỷ lệ cho biết số liệu cũ được tính cho"
        " mỗi đơn vị mới bao nhiêu khi xem theo tổ chức hiện nay."
    )
    template = "admin/event_split.html"
    second = ("more", "Thêm đơn vị mới")
    finders: ClassVar[dict[str, str]] = {"parent": "Đơn vị mới trực thuộc"}
    ends = fields.pick(
        "Đơn vị cũ",
        [("yes", "Kết thúc hoạt động"), ("no", "Tiếp tục hoạt động với phần còn lại")],
    )
    shares = fields.pick(
        "Tỷ lệ", [("stated", "Ghi cho mỗi đơn vị mới"), ("unknown", "Không xác định")]
    )

    def __init__(self, *args: Any, parts: int = 2, **options: Any) -> None:
        super().__init__(*args, **options)
        self.parts = min(max(parts, 2), _MOST_PARTS)
        self.general = [name for name in self.fields if name not in PAPER]
        for number in range(1, self.parts + 1):
            self.fields |= _part(number)

    @classmethod
    def known_of(cls, union: Union) -> dict[str, Any]:
        placement = union.current
        types = {f"type_{number}": placement.type for number in range(1, _MOST_PARTS + 1)}
        return types | {"parent": placement.parent_id}

    def general_fields(self) -> list[forms.BoundField]:
        """What is said of all the new unions."""
        return [self[name] for name in self.general]

    def paper_fields(self) -> list[forms.BoundField]:
        """What is said of the paper."""
        return [self[name] for name in PAPER]

    def part_fields(self) -> list[list[forms.BoundField]]:
        """What is said of each new union."""
        return [
            [self[f"{name}_{number}"] for name in _OF_A_PART] for number in range(1, self.parts + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """A line is filled in or left empty; at least one is filled in."""
        said = super().clean()
        for number in range(1, self.parts + 1):
            if self._is_named(number):
                self._check_part(number, said)
        return said

    def _is_named(self, number: int) -> bool:
        names = ("code", "name", "short_name", "share")
        return any(self.cleaned_data.get(f"{name}_{number}") for name in names)

    def _check_part(self, number: int, said: dict[str, Any]) -> None:
        for name, label in (("code", "mã"), ("name", "tên")):
            if not said.get(f"{name}_{number}") and f"{name}_{number}" not in self.errors:
                self.add_error(f"{name}_{number}", f"Hãy ghi {label} của đơn vị mới.")
        typed = said.get(f"share_{number}") or ""
        if said.get("shares") == "unknown":
            if typed:
                self.add_error(f"share_{number}", "Đã chọn không xác định: hãy để trống.")
            return
        try:
            said[f"part_{number}"] = read_number(typed) / 100
        except NotANumber as problem:
            self.add_error(f"share_{number}", str(problem))

    def _newcomers(self) -> list[tuple[Newcomer, Decimal | None]]:
        said = self.cleaned_data
        kept = self.alone.current
        return [
            (
                Newcomer(
                    said[f"code_{number}"],
                    said["parent"],
                    Profile(
                        said[f"name_{number}"],
                        said[f"type_{number}"],
                        said[f"short_name_{number}"],
                        kept.level,
                        kept.calendar,
                        kept.cluster,
                        kept.place,
                    ),
                ),
                said.get(f"part_{number}"),
            )
            for number in range(1, self.parts + 1)
            if self._is_named(number)
        ]

    def record(self, *, by: User) -> OrgEvent:
        ends = self.cleaned_data["ends"] == "yes"
        return unions.split_anew(self.alone, self._newcomers(), self.decision(), ends=ends, by=by)


def _part(number: int) -> dict[str, forms.Field]:
    code = ProfileForm.base_fields["code"]
    return {
        f"code_{number}": fields.line(
            "Mã", max_length=20, required=False, validators=code.validators
        ),
        f"name_{number}": fields.line("Tên đơn vị mới", max_length=200, required=False),
        f"short_name_{number}": fields.line("Tên ngắn", max_length=80, required=False),
        f"type_{number}": fields.pick("Loại hình", UnionType.choices),
        f"share_{number}": fields.line("Tỷ lệ (%)", max_length=12, required=False),
    }
