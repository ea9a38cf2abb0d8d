"""The look of the provincial desk and its menu: settings of the theme."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy


def _item(title: str, icon: str, page: str, permission: str = "") -> dict[str, Any]:
    item: dict[str, Any] = {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{page}"),
    }
    return item | {"permission": permission} if permission else item


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Bàn làm việc cấp tỉnh",
    "SITE_HEADER": "Chương trình hành động",
    "SITE_SUBHEADER": "Bàn làm việc cấp tỉnh",
    "SITE_SYMBOL": "flag",
    "SITE_URL": reverse_lazy("home"),
    "THEME": "light",
    "BORDER_RADIUS": "6px",
    "STYLES": [lambda request: static("css/desk.css")],
    "SHOW_HISTORY": "config.admin.reads_journal",
    "SHOW_VIEW_ON_SITE": False,
    "ACCOUNT": {"navigation": [{"title": "Đổi mật khẩu", "link": reverse_lazy("password_change")}]},
    "COLORS": {
        "primary": {
            "50": "oklch(97% .014 254.604)",
            "100": "oklch(93.2% .032 255.585)",
            "200": "oklch(88.2% .059 254.128)",
            "300": "oklch(80.9% .105 251.813)",
            "400": "oklch(70.7% .165 254.624)",
            "500": "oklch(54.6% .205 257.5)",
            "600": "oklch(45% .17 258)",
            "700": "oklch(40% .16 259)",
            "800": "oklch(35% .14 260)",
            "900": "oklch(30% .12 261)",
            "950": "oklch(24% .09 262)",
        },
    },
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": [
            {
                "title": "Công việc",
                "items": [
                    _item("Tổng quan", "home", "index"),
                    _item("Phiếu số liệu", "fact_check", "indicators_submission_changelist"),
                    _item("Xử lý hàng loạt", "done_all", "indicators_bulkact_changelist"),
                    _item("Kỳ báo cáo", "event", "actionplan_period_changelist"),
                    _item("Chấm điểm, xếp loại", "military_tech", "indicators_grading_changelist"),
                    _item(
                        "Quyết định xếp loại",
                        "verified",
                        "indicators_gradingdecision_changelist",
                    ),
                    _item("Kế hoạch năm", "checklist", "actionplan_plan_changelist")
                    | {"active": "config.admin.lists_plans"},
                    _item("Ma trận kế hoạch", "grid_on", "actionplan_plan_matrix"),
                    _item("Lịch công tác", "calendar_month", "actionplan_plan_agenda"),
                    _item("Chỉ đạo", "campaign", "actionplan_directive_changelist"),
                    _item(
                        "Thực hiện chỉ đạo",
                        "checklist",
                        "actionplan_directivecopy_changelist",
                    ),
                    _item("Thu tài chính", "payments", "indicators_revenue_table"),
                    _item("Quán triệt", "co_present", "actionplan_unionbriefings_changelist"),
                    _item("Việc đã làm, bằng lời", "format_quote", "reports_report_deeds"),
                    _item("Báo cáo", "description", "reports_report_changelist")
                    | {"active": "config.admin.lists_reports"},
                ],
            },
            {
                "title": "Chương trình",
                "separator": True,
                "items": [
                    _item("Chương trình", "flag", "actionplan_programme_changelist"),
                    _item("Kế hoạch mẫu", "fact_check", "actionplan_modelplan_changelist"),
                    _item("Việc mẫu", "playlist_add_check", "actionplan_modelitem_changelist"),
                    _item("Mốc đột phá", "sports_score", "actionplan_milestone_changelist"),
                    _item(
                        "Đóng góp vào mốc",
                        "volunteer_activism",
                        "actionplan_contribution_changelist",
                    ),
                    _item("Chỉ tiêu", "target", "indicators_indicator_changelist"),
                    _item(
                        "Chỉ tiêu, dự toán giao",
                        "assignment",
                        "indicators_assignment_changelist",
                    ),
                    _item(
                        "Thư viện văn bản",
                        "local_library",
                        "actionplan_librarydocument_changelist",
                    ),
                    _item("Xác nhận đã đọc", "mark_email_read", "actionplan_reading_changelist"),
                    _item("Mẫu chấm điểm", "rule", "indicators_gradingsheet_changelist"),
                    _item(
                        "Văn bản chương trình",
                        "upload_file",
                        "indicators_programmedocument_changelist",
                    ),
                ],
            },
            {
                "title": "Tổ chức",
                "separator": True,
                "items": [
                    _item("Đơn vị", "apartment", "unions_union_changelist")
                    | {"active": "config.admin.lists_unions"},
                    _item("Sơ đồ tổ chức", "account_tree", "unions_union_tree"),
                    _item("Sự kiện tổ chức", "event_repeat", "unions_orgevent_changelist"),
                    _item("Người dùng", "group", "unions_user_changelist"),
                    _item("Lời mời", "mail", "unions_invitation_changelist"),
                    _item("Rà soát tài khoản", "how_to_reg", "unions_appointment_changelist"),
                    _item("Số đoàn viên", "groups", "unions_headcount_changelist"),
                    _item("Nhập, xuất Excel", "table_view", "unions_intake_changelist"),
                    _item("Mẫu văn bản", "history_edu", "reports_stationery_changelist"),
                    _item(
                        "Nhật ký",
                        "history",
                        "unions_journalentry_changelist",
                        "config.admin.reads_journal",
                    ),
                ],
            },
        ],
    },
}
