"""Notices: shown in the portal, and waiting as rows until they are mailed."""

from django.db import models
from django.utils import timezone


class Notice(models.Model):
    """Thông báo: written in the transaction of the act it tells of."""

    class Mail(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENDING = "sending", "Đang gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Gửi không được"
        NO_ADDRESS = "no_address", "Không có địa chỉ thư"

    recipient = models.ForeignKey(
        "unions.User", verbose_name="người nhận", on_delete=models.PROTECT, related_name="notices"
    )
    title = models.CharField("tiêu đề", max_length=300)
    text = models.TextField("nội dung")
    link = models.CharField("liên kết", max_length=200, blank=True)
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)
    mail = models.CharField("thư", max_length=20, choices=Mail, default=Mail.WAITING)
    mail_tries = models.PositiveSmallIntegerField("số lần gửi", default=0)
    mail_claimed_at = models.DateTimeField("bắt đầu gửi lúc", null=True, blank=True)
    mailed_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(mail="waiting"),
                name="notices_waiting_for_mail",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Heartbeat(models.Model):
    """The last sign of life of a background process."""

    name = models.CharField("bộ phận", max_length=40, unique=True)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "nhịp hoạt động"
        verbose_name_plural = "nhịp hoạt động"

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M %d/%m/%Y}"
