"""Addresses of results and reports."""

from django.urls import path

from reports.views import (
    agenda,
    agenda_feed,
    dashboard,
    paper,
    plans,
    renderings,
    reports,
    scorecard,
)

app_name = "reports"
urlpatterns = [
    path("lanh-dao/", dashboard.show, name="dashboard"),
    path("lanh-dao/ke-hoach/<str:code>/<int:year>/", plans.show, name="plans"),
    path("ket-qua/<str:code>/<int:year>/", scorecard.show, name="scorecard"),
    path("ket-qua/<str:code>/<int:year>/<str:indicator>/", scorecard.open_up, name="addends"),
    path("lich/", agenda.index, name="agendas"),
    path("lich/<str:code>/", agenda.of_today, name="agenda"),
    path("lich/<str:code>/<int:year>/<int:number>/", agenda.of_month, name="agenda-of-month"),
    path("lich/<str:code>/dien-thoai/", agenda_feed.ask, name="feed"),
    path("lich/<str:code>/thu-hoi/", agenda_feed.revoke, name="feed-revoke"),
    path(f"{agenda_feed.PREFIX}<str:secret>.ics", agenda_feed.read, name="feed-file"),
    path("phieu/<int:pk>/in/", paper.print_form, name="paper-form"),
    path("bao-cao/lap/", renderings.request_report, name="report-request"),
    path("bao-cao/<int:pk>/", reports.show, name="report"),
    path("bao-cao/tep/<int:pk>/", renderings.download, name="rendering"),
    path("bao-cao/tep/<int:pk>/trang-thai/", renderings.show_state, name="rendering-state"),
    path("bao-cao/tep/<int:pk>/thu-lai/", renderings.restart, name="rendering-restart"),
]
