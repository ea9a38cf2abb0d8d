"""The acts by which the organisation changes: on the page of one union, and for several."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.enums import ActionVariant

from unions.admin.desk import act
from unions.admin.events import ending_forms, forms
from unions.admin.events.deciding import Deciding
from unions.models import Union

OF_ONE = [
    {
        "title": "Thay đổi",
        "icon": "edit_note",
        "items": ["rename", "change_type", "transfer", "change_level", "suspend", "resume"],
    },
    {
        "title": "Sắp xếp tổ chức",
        "icon": "account_tree",
        "items": ["merge", "gather", "split", "found_beneath", "dissolve"],
    },
]
OF_SEVERAL = [
    "found",
    {
        "title": "Nhiều đơn vị",
        "icon": "account_tree",
        "items": [
            *("transfer_several", "gather_several", "merge_several"),
            *("change_levels", "dissolve_several"),
        ],
    },
]
OF_CHOSEN = [
    *("transfer_chosen", "gather_chosen", "merge_chosen"),
    *("change_level_of_chosen", "dissolve_chosen"),
]


class ActsOfOne(Deciding):
    """Decisions about the union of the page."""

    @act("Đổi tên", path="doi-ten", icon="edit")
    def rename(self, request: HttpRequest, union: Union) -> HttpResponse:
        return self.decide(request, forms.RenameForm, union)

    @act("Đổi loại hình, cụm", path="doi-loai-hinh", icon="category")
    def change_type(self, request: HttpRequest, union: Union) -> HttpResponse:
        return self.decide(request, forms.TypeForm, union)

    @act("Chuyển giao", path="chuyen-giao", icon="move_up")
    def transfer(self, request: HttpRequest, union: Union) -> HttpResponse:
        return self.decide(request, forms.TransferForm, union)

    @act("Nâng cấp, hạ cấp", path="doi-cap", icon="swap_vert")
    def change_level(self, request: HttpRequest, union: Union) -> HttpResponse:
        return self.decide(request, forms.LevelForm, union)

    @act("Tạm dừng hoạt động", path="tam-dung", icon="pause")
    def suspend(self, request: HttpRequest, union: Union) -> HttpResponse:
        return self.decide(request, forms.SuspendForm, union)

    @act("Hoạt động trở lại", path="tro-lai", icon="play_arrow")
    def resume(self, request: HttpRequest, union: Union) -> HttpResponse:
        return self.decide(request, forms.ResumeForm, union)

    @act("Sáp nhập vào…", path="sap-nhap", icon="merge")
    def merge(self, request: HttpRequest, union: Union) -> HttpResponse:
        return self.decide(request, ending_forms.MergeForm, union)

    @act("Hợp nhất với…", path="hop-nhat", icon="join")
    def gather(self, request: HttpRequest, union: Union) -> HttpResponse:
        return self.decide(request, ending_forms.GatherForm, union)

    @act("Chia tách", path="chia-tach", icon="call_split")
    def split(self, request: HttpRequest, union: Union) -> HttpResponse:
        typed = request.POST.get("parts", "")
        parts = int(typed) if typed in {str(number) for number in range(2, 13)} else 2
        more = 1 if "more" in request.POST else 0
        return self.decide(request, ending_forms.SplitForm, union, parts=parts + more)

    @act("Thành lập đơn vị trực thuộc", path="thanh-lap-truc-thuoc", icon="add_business")
    def found_beneath(self, request: HttpRequest, union: Union) -> HttpResponse:
        return self.decide(request, ending_forms.FoundForm, union)

    @act("Giải thể", path="giai-the", icon="block", variant=ActionVariant.DANGER)
    def dissolve(self, request: HttpRequest, union: Union) -> HttpResponse:
        return self.decide(request, ending_forms.DissolveForm, union)


class ActsOfSeveral(Deciding):
    """Decisions about several unions, named on the page itself or ticked in the list."""

    @act("Thành lập đơn vị", path="thanh-lap", icon="add_business", variant=ActionVariant.PRIMARY)
    def found(self, request: HttpRequest) -> HttpResponse:
        return self.decide(request, ending_forms.FoundForm)

    @act("Chuyển giao nhiều đơn vị", path="chuyen-giao-nhieu", icon="move_up")
    def transfer_several(self, request: HttpRequest) -> HttpResponse:
        return self.decide(request, forms.TransferForm)

    @act("Hợp nhất nhiều đơn vị", path="hop-nhat-nhieu", icon="join")
    def gather_several(self, request: HttpRequest) -> HttpResponse:
        return self.decide(request, ending_forms.GatherForm)

    @act("Sáp nhập nhiều đơn vị", path="sap-nhap-nhieu", icon="merge")
    def merge_several(self, request: HttpRequest) -> HttpResponse:
        return self.decide(request, ending_forms.MergeForm)

    @act("Nâng cấp, hạ cấp nhiều đơn vị", path="doi-cap-nhieu", icon="swap_vert")
    def change_levels(self, request: HttpRequest) -> HttpResponse:
        return self.decide(request, forms.LevelForm)

    @act("Giải thể nhiều đơn vị", path="giai-the-nhieu", icon="block")
    def dissolve_several(self, request: HttpRequest) -> HttpResponse:
        return self.decide(request, ending_forms.DissolveForm)

    @admin.action(description="Chuyển giao các đơn vị đã chọn", permissions=["write"])
    def transfer_chosen(self, request: HttpRequest, chosen: QuerySet[Union]) -> HttpResponse:
        return self.propose(request, forms.TransferForm, "transfer_several", chosen)

    @admin.action(description="Hợp nhất các đơn vị đã chọn", permissions=["write"])
    def gather_chosen(self, request: HttpRequest, chosen: QuerySet[Union]) -> HttpResponse:
        return self.propose(request, ending_forms.GatherForm, "gather_several", chosen)

    @admin.action(description="Sáp nhập các đơn vị đã chọn", permissions=["write"])
    def merge_chosen(self, request: HttpRequest, chosen: QuerySet[Union]) -> HttpResponse:
        return self.propose(request, ending_forms.MergeForm, "merge_several", chosen)

    @admin.action(description="Nâng cấp, hạ cấp các đơn vị đã chọn", permissions=["write"])
    def change_level_of_chosen(self, request: HttpRequest, chosen: QuerySet[Union]) -> HttpResponse:
        return self.propose(request, forms.LevelForm, "change_levels", chosen)

    @admin.action(description="Giải thể các đơn vị đã chọn", permissions=["write"])
    def dissolve_chosen(self, request: HttpRequest, chosen: QuerySet[Union]) -> HttpResponse:
        return self.propose(request, ending_forms.DissolveForm, "dissolve_several", chosen)
