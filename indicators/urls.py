"""Addresses of the pages where figures are entered and read."""

from django.urls import path

from indicators.views import (
    behalf,
    cards,
    closed,
    collected,
    corrections,
    entry,
    gradings,
    paper,
    presence,
    receipt,
    served,
    submissions,
    workbook,
)

app_name = "indicators"
urlpatterns = [
    path("", submissions.index, name="submissions"),
    path("<int:pk>/", entry.edit, name="submission"),
    path("<int:pk>/dinh-chinh/", corrections.ask, name="correction-ask"),
    path("<int:pk>/dinh-chinh/<int:key>/rut/", corrections.withdraw, name="correction-withdraw"),
    path("<int:pk>/excel/", workbook.offer, name="workbook"),
    path("<int:pk>/excel/tai/", workbook.download, name="workbook-download"),
    path("<int:pk>/excel/luu/", workbook.confirm, name="workbook-confirm"),
    path("<int:pk>/gia-han/", closed.ask_extension, name="submission-ask-extension"),
    path("<int:pk>/luu/<slug:card>/", cards.save, name="submission-card"),
    path("<int:pk>/dang-mo/", presence.speak_up, name="submission-presence"),
    path("<int:pk>/so-thu/<int:indicator>/", collected.take, name="submission-take-revenue"),
    path(
        "<int:pk>/so-nguoi/<int:indicator>/", collected.take_people, name="submission-take-people"
    ),
    path("<int:pk>/nop/", receipt.submit, name="submission-submit"),
    path("<int:pk>/ban-ky/", paper.send, name="signed-copy"),
    path("<int:pk>/nhap-thay/thoi/", behalf.take_back, name="behalf-take-back"),
    path("<int:pk>/nhap-thay/y-kien/", behalf.contest, name="behalf-contest"),
    path("ban-in/<slug:code>/", paper.printed, name="printed-form"),
    path("xep-loai/", gradings.index, name="gradings"),
    path("xep-loai/<int:pk>/", gradings.edit, name="grading"),
    path("viec/<int:pk>/<int:key>/", served.serve, name="item-indicator"),
    path("bien-nhan/<int:pk>/", receipt.show, name="receipt"),
]
