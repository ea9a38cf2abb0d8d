"""Addresses of accounts, notices and evidence."""

from django.contrib.auth.views import (
    LogoutView,
    PasswordChangeDoneView,
    PasswordResetCompleteView,
    PasswordResetDoneView,
)
from django.urls import path

from unions.views import account, evidence, notices

urlpatterns = [
    path("dang-nhap/", account.Login.as_view(), name="login"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    path("mat-khau/doi/", account.PasswordChange.as_view(), name="password_change"),
    path("mat-khau/doi/xong/", PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("mat-khau/quen/", account.PasswordReset.as_view(), name="password_reset"),
    path("mat-khau/quen/da-gui/", PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "mat-khau/dat-lai/<uidb64>/<token>/",
        account.PasswordResetConfirm.as_view(),
        name="password_reset_confirm",
    ),
    path(
        "mat-khau/dat-lai/xong/",
        PasswordResetCompleteView.as_view(),
        name="password_reset_complete",
    ),
    path("thong-bao/", notices.index, name="notices"),
    path("thong-bao/doc-het/", notices.read_all, name="notices-read"),
    path("thong-bao/<int:pk>/", notices.follow, name="notice"),
    path("minh-chung/<int:pk>/", evidence.download, name="evidence"),
]
