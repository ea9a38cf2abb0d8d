import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0009_presence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=60, unique=True, verbose_name="số biên nhận"),
                ),
                ("revision", models.PositiveIntegerField(verbose_name="lần thay đổi")),
                ("at", models.DateTimeField(verbose_name="nộp lúc")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nộp",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="indicators.submission",
                        verbose_name="phiếu số liệu",
                    ),
                ),
            ],
            options={
                "verbose_name": "biên nhận",
                "verbose_name_plural": "biên nhận",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "revision"), name="one_receipt_of_a_version"
                    )
                ],
            },
        ),
    ]
