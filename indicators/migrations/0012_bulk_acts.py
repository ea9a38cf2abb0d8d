import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0011_grading"),
        ("unions", "0015_one_chair_of_a_union"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[("verify", "Thẩm định"), ("approve", "Duyệt")],
                        max_length=20,
                        verbose_name="việc",
                    ),
                ),
                ("narrowed_by", models.TextField(blank=True, verbose_name="danh sách lọc theo")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="lúc"
                    ),
                ),
                (
                    "undone_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="hoàn tác lúc"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người thực hiện",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người hoàn tác",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="unions.union",
                        verbose_name="công đoàn",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt xử lý hàng loạt",
                "verbose_name_plural": "lượt xử lý hàng loạt",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="BulkTaken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(verbose_name="lần thay đổi")),
                ("undone", models.BooleanField(default=False, verbose_name="đã hoàn tác")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken",
                        to="indicators.bulkact",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulk_takings",
                        to="indicators.submission",
                        verbose_name="phiếu số liệu",
                    ),
                ),
            ],
            options={
                "verbose_name": "phiếu của lượt xử lý",
                "verbose_name_plural": "phiếu của lượt xử lý",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="bulkact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                    _connector="OR",
                ),
                name="bulk_act_undone_at_and_by_together",
                violation_error_message="Người hoàn tác và thời điểm phải đi cùng nhau.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulktaken",
            constraint=models.UniqueConstraint(
                fields=("act", "submission"), name="one_taking_of_a_submission_in_an_act"
            ),
        ),
    ]
