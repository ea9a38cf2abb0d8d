"""What a decision about unions says, and the service that records it: unions that go on."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet

from unions.admin import fields
from unions.models import Calendar, Level, OrgEvent, Placement, Union, UnionType, User
from unions.services import changes
from unions.services.events import Decision
from unions.services.founding import Newcomer, Profile

VIA = Placement._meta.get_field("parent")
PAPER = ("number", "signer", "effective_on", "hand_over_by", "note")


class EventForm(forms.Form):
    """The paper that an event rests on, and of which unions it is.

    `alone` is the union whose page the form belongs to; without it the unions are chosen here.
    """

    heading: ClassVar[str] = ""
    button: ClassVar[str] = ""
    warning: ClassVar[str] = ""
    template: ClassVar[str] = "admin/act.html"
    # a button besides: name and label
    second: ClassVar[tuple[str, str] | None] = None
    # other unions that the decision names: field and label
    finders: ClassVar[dict[str, str]] = {}

    number = fields.line("Số quyết định", max_length=60)
    signer = fields.line(
        "Người ký quyết định", max_length=120, required=False, help_text="Họ và tên, chức vụ."
    )
    effective_on = fields.day("Có hiệu lực từ ngày")
    hand_over_by = fields.day(
        "Hạn bàn giao",
        required=False,
        help_text="Tài chính, con dấu, hồ sơ; để trống nếu không phải bàn giao.",
    )
    note = fields.words("Ghi chú", rows=2, required=False)

    def __init__(
        self, *args: Any, known: QuerySet[Union], alone: Union | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.alone = alone
        if alone is None:
            self.fields["unions"] = fields.unions("Các đơn vị", known, VIA)
        for name, label in self.finders.items():
            self.fields[name] = fields.union(label, known, VIA)
        own = [name for name in self.fields if name not in {*PAPER, "unions", *self.finders}]
        self.order_fields(["unions", *self.finders, *own, *PAPER])

    @classmethod
    def known_of(cls, union: Union) -> dict[str, Any]:
        """What the form proposes for a union: as it is now."""
        return {}

    def chosen(self) -> Sequence[Union]:
        """The unions that the decision is about."""
        return [self.alone] if self.alone else list(self.cleaned_data["unions"])

    def decision(self) -> Decision:
        """The paper, as services take it."""
        said = self.cleaned_data
        return Decision(
            said["effective_on"],
            said["number"],
            said["note"],
            said["signer"],
            said["hand_over_by"],
        )

    def record(self, *, by: User) -> OrgEvent:
        """Let the service do it; RuleBroken where a rule forbids."""
        raise NotImplementedError


class RenameForm(EventForm):
    """A new name."""

    heading, button = "Đổi tên", "Ghi nhận đổi tên"
    name = fields.line("Tên mới", max_length=200)
    short_name = fields.line("Tên ngắn mới", max_length=80, required=False)

    @classmethod
    def known_of(cls, union: Union) -> dict[str, Any]:
        return {"name": union.current.name, "short_name": union.current.short_name}

    def record(self, *, by: User) -> OrgEvent:
        said = self.cleaned_data
        names = {"name": said["name"], "short_name": said["short_name"]}
        return changes.rename(self.alone, decision=self.decision(), by=by, **names).opened_by


class TypeForm(EventForm):
    """Another type, another cluster."""

    heading, button = "Đổi loại hình, cụm thi đua", "Ghi nhận thay đổi"
    type = fields.pick("Loại hình", UnionType.choices)
    cluster = fields.line("Cụm thi đua", max_length=80, required=False)

    @classmethod
    def known_of(cls, union: Union) -> dict[str, Any]:
        return {"type": union.current.type, "cluster": union.current.cluster}

    def record(self, *, by: User) -> OrgEvent:
        said = self.cleaned_data
        words = {"type": said["type"], "cluster": said["cluster"]}
        return changes.change_type(self.alone, decision=self.decision(), by=by, **words).opened_by


class TransferForm(EventForm):
    """Under whom the unions come."""

    heading, button = "Chuyển giao", "Ghi nhận chuyển giao"
    warning = "Đơn vị chuyển đi cùng tất cả đơn vị trực thuộc. Số liệu đã nộp được giữ nguyên."
    finders: ClassVar[dict[str, str]] = {"parent": "Chuyển về trực thuộc"}

    def record(self, *, by: User) -> OrgEvent:
        parent = self.cleaned_data["parent"]
        return changes.transfer_all(self.chosen(), parent, self.decision(), by=by)[0].opened_by


class LevelForm(EventForm):
    """Up or down, and under whom."""

    heading, button = "Nâng cấp, hạ cấp", "Ghi nhận"
    level = fields.pick("Cấp mới", [("", "Chọn cấp"), *Level.choices])
    finders: ClassVar[dict[str, str]] = {"parent": "Chuyển về trực thuộc"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].required = False
        self.fields["parent"].help_text = "Để trống nếu vẫn trực thuộc như hiện nay."

    def record(self, *, by: User) -> OrgEvent:
        said = self.cleaned_data
        level, parent = said["level"], said["parent"]
        placements = changes.change_levels(
            self.chosen(), level, self.decision(), by=by, parent=parent
        )
        return placements[0].opened_by


class SuspendForm(EventForm):
    """A rest."""

    heading, button = "Tạm dừng hoạt động", "Ghi nhận tạm dừng"
    warning = "Trong thời gian tạm dừng, đơn vị không phải nộp phiếu số liệu của kỳ mới mở."

    def record(self, *, by: User) -> OrgEvent:
        return changes.suspend(self.alone, self.decision(), by=by).opened_by


class ResumeForm(EventForm):
    """The end of a rest."""

    heading, button = "Hoạt động trở lại", "Ghi nhận"

    def record(self, *, by: User) -> OrgEvent:
        return changes.resume(self.alone, self.decision(), by=by).opened_by


class ProfileForm(EventForm):
    """A new union: what it is called, what it is, and under whom it stands."""

    finders: ClassVar[dict[str, str]] = {"parent": "Trực thuộc"}
    code = fields.line(
        "Mã đơn vị mới",
        max_length=20,
        help_text="Chữ in không dấu và chữ số, ví dụ SYT.",
        validators=[
            RegexValidator(
                r"^[A-Z0-9][A-Z0-9._-]*$",
                "Mã đơn vị chỉ gồm chữ in không dấu, chữ số, dấu chấm và gạch nối.",
            )
        ],
    )
    name = fields.line("Tên đơn vị mới", max_length=200)
    short_name = fields.line("Tên ngắn", max_length=80, required=False)
    type = fields.pick("Loại hình", [("", "Chọn loại hình"), *UnionType.choices])
    level = fields.pick("Cấp", Level.choices, initial=Level.GRASSROOTS)
    calendar = fields.pick("Năm báo cáo", Calendar.choices, initial=Calendar.CALENDAR_YEAR)
    cluster = fields.line("Cụm thi đua", max_length=80, required=False)
    place = fields.line("Địa bàn", max_length=120, required=False)

    def newcomer(self) -> Newcomer:
        """The new union, as services take it."""
        said = self.cleaned_data
        names = ("name", "type", "short_name", "level", "calendar", "cluster", "place")
        profile = Profile(**{name: said[name] for name in names})
        return Newcomer(said["code"], said["parent"], profile)
