"""The timetable of recurring work, in code, so that a change of it is reviewed."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    "gửi thông báo còn chờ": {"task": "unions.tasks.deliver_notices", "schedule": 60.0},
    "gửi thư đặt mật khẩu còn chờ": {
        "task": "unions.tasks.deliver_password_letters",
        "schedule": 60.0,
    },
    "gửi lời mời còn chờ": {"task": "unions.tasks.deliver_invitations", "schedule": 60.0},
    "kết xuất báo cáo còn chờ": {"task": "reports.tasks.render_waiting", "schedule": 60.0},
    "thay đổi tổ chức đến ngày": {
        "task": "unions.tasks.let_planned_changes_arrive",
        "schedule": 900.0,
    },
    "thôi phân công ở đơn vị đã kết thúc": {
        "task": "indicators.tasks.release_from_ended",
        "schedule": 3600.0,
    },
    "tệp Excel còn chờ": {"task": "unions.tasks.work_waiting_intakes", "schedule": 60.0},
    "tệp Excel hết hạn lưu giữ": {
        "task": "unions.tasks.clear_overdue_workbooks",
        "schedule": 3600.0,
    },
    "lượt xử lý hàng loạt còn dở": {
        "task": "indicators.tasks.work_waiting_bulk_acts",
        "schedule": 60.0,
    },
    "nhắc chỉ đạo sắp đến hạn, quá hạn": {
        "task": "actionplan.tasks.remind_of_directives",
        "schedule": 3600.0,
    },
    "kế hoạch năm theo tổ chức": {
        "task": "actionplan.tasks.settle_plans",
        "schedule": 3600.0,
    },
    "nhịp của bộ lịch": {"task": "unions.tasks.beat_was_here", "schedule": 60.0},
}
