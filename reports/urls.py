"""Addresses of results and reports."""

from django.urls import path

from reports.views import dashboard, paper, plans, renderings, reports, scorecard

app_name = "reports"
urlpatterns = [
    path("lanh-dao/", dashboard.show, name="dashboard"),
    path("lanh-dao/ke-hoach/<str:code>/<int:year>/", plans.show, name="plans"),
    path("ket-qua/<str:code>/<int:year>/", scorecard.show, name="scorecard"),
    path("ket-qua/<str:code>/<int:year>/<str:indicator>/", scorecard.open_up, name="addends"),
    path("phieu/<int:pk>/in/", paper.print_form, name="paper-form"),
    path("bao-cao/lap/", renderings.request_report, name="report-request"),
    path("bao-cao/<int:pk>/", reports.show, name="report"),
    path("bao-cao/tep/<int:pk>/", renderings.download, name="rendering"),
    path("bao-cao/tep/<int:pk>/trang-thai/", renderings.show_state, name="rendering-state"),
    path("bao-cao/tep/<int:pk>/thu-lai/", renderings.restart, name="rendering-restart"),
]
