"""What waits to be mailed by itself: letters to set a forgotten password, and what they share."""

from django.db import models


class Posted(models.Model):
    """A row that waits while it is not settled; `claimed_at` is when a worker began to mail it."""

    tries = models.PositiveSmallIntegerField("số lần gửi", default=0)
    claimed_at = models.DateTimeField("bắt đầu gửi lúc", null=True, blank=True)
    settled_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        abstract = True


class PasswordLetter(Posted):
    """Thư đặt lại mật khẩu: somebody asked for one at this address, whether a person has it or not.

    The address is all that is kept.
    """

    address = models.EmailField("địa chỉ thư", unique=True)
    asked_at = models.DateTimeField("yêu cầu lúc")

    class Meta:
        verbose_name = "thư đặt lại mật khẩu"
        verbose_name_plural = "thư đặt lại mật khẩu"

    def __str__(self) -> str:
        return self.address
