"""Addresses of the pages of plans."""

from django.urls import path

from actionplan.views import (
    breakthroughs,
    briefings,
    directives,
    items,
    library,
    plans,
    starting,
)

app_name = "actionplan"
urlpatterns = [
    path("", plans.index, name="plans"),
    path("lap/<str:code>/<int:year>/", plans.begin, name="plan-begin"),
    path("<int:pk>/", plans.read, name="plan"),
    path("<int:pk>/gui/", plans.hand_in, name="plan-hand-in"),
    path("<int:pk>/nam-truoc/", starting.from_last_year, name="plan-last-year"),
    path("<int:pk>/mau/", starting.from_model, name="plan-model"),
    path("<int:pk>/mau/<int:key>/", starting.without_model_item, name="model-reason"),
    path("<int:pk>/viec/", items.add, name="item-add"),
    path("<int:pk>/viec/<int:key>/", items.work_off, name="item"),
    path("<int:pk>/viec/<int:key>/sua/", items.change, name="item-change"),
    path("<int:pk>/viec/<int:key>/xoa/", items.remove, name="item-remove"),
    path("<int:pk>/nhom/<int:number>/", items.leave_empty, name="group-reason"),
    path("quan-triet/", briefings.index, name="briefings"),
    # no code of a union is in small letters
    path("quan-triet/buoi/<int:pk>/", briefings.change, name="briefing"),
    path("quan-triet/buoi/<int:pk>/bo/", briefings.remove, name="briefing-remove"),
    path("quan-triet/<str:code>/<int:year>/", briefings.of_year, name="briefings-of-year"),
    path("quan-triet/<str:code>/<int:year>/them/", briefings.add, name="briefing-add"),
    path("van-ban/", library.index, name="documents"),
    path("van-ban/<int:pk>/", library.show, name="document"),
    path("van-ban/<int:pk>/tep/", library.download, name="document-file"),
    path("van-ban/<int:pk>/da-doc/", library.confirm, name="document-read"),
    path("chi-dao/", directives.index, name="directives"),
    path("chi-dao/<int:pk>/", directives.show, name="directive"),
    path("chi-dao/<int:pk>/da-nhan/", directives.acknowledge, name="directive-acknowledge"),
    path("chi-dao/<int:pk>/van-ban/<int:key>/", directives.paper, name="directive-paper"),
    path("khau-dot-pha/", breakthroughs.index, name="breakthroughs"),
    path("khau-dot-pha/<int:pk>/", breakthroughs.show, name="breakthrough"),
    path("moc/<int:pk>/", breakthroughs.milestone, name="milestone"),
    path("moc/<int:pk>/minh-chung/<int:key>/", breakthroughs.proof, name="milestone-proof"),
    path("dong-gop/<int:pk>/bo/", breakthroughs.take_back, name="contribution-take-back"),
]
