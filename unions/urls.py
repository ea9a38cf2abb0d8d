"""Addresses of accounts, of a union's people, of notices and evidence."""

from django.contrib.auth.views import (
    LogoutView,
    PasswordChangeDoneView,
    PasswordResetCompleteView,
    PasswordResetDoneView,
)
from django.urls import path

from unions.views import account, evidence, invitations, notices, people, profile

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
    path("tai-khoan/", profile.show, name="profile"),
    path("tai-khoan/du-lieu/", profile.export, name="profile-export"),
    path("nhan-loi-moi/<str:token>/", invitations.accept, name="invitation"),
    path("loi-moi/<int:pk>/phieu/", invitations.slip, name="invitation-slip"),
    path("loi-moi/<int:pk>/gui-lai/", invitations.send_again, name="invitation-again"),
    path("loi-moi/<int:pk>/thu-hoi/", invitations.withdraw, name="invitation-withdraw"),
    path("nguoi-cua-don-vi/", people.index, name="people-index"),
    path("nguoi-cua-don-vi/<str:code>/", people.show, name="people"),
    path("nguoi-cua-don-vi/<str:code>/moi/", people.invite, name="people-invite"),
    path("nguoi-cua-don-vi/<str:code>/ban-giao/", people.hand_over, name="people-hand-over"),
    path("nguoi-cua-don-vi/<str:code>/bo-ban-giao/", people.keep_chair, name="people-keep-chair"),
    path("phan-cong/<int:pk>/thoi/", people.release, name="appointment-end"),
    path("phan-cong/<int:pk>/vang-mat/", people.leave, name="absence"),
    path("vang-mat/<int:pk>/tro-lai/", people.come_back, name="absence-end"),
    path("thong-bao/", notices.index, name="notices"),
    path("thong-bao/doc-het/", notices.read_all, name="notices-read"),
    path("thong-bao/<int:pk>/", notices.follow, name="notice"),
    path("minh-chung/<int:pk>/", evidence.download, name="evidence"),
    path("minh-chung/<int:pk>/trang-dau/", evidence.page, name="evidence-page"),
    path("minh-chung/<int:pk>/thu-nho/", evidence.thumbnail, name="evidence-thumbnail"),
]
