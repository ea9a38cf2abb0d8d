"""What is assigned has one name on every page."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0020_stands_on_behalf"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="assignment",
            options={
                "ordering": ["-year", "pk"],
                "verbose_name": "chỉ tiêu, dự toán giao",
                "verbose_name_plural": "chỉ tiêu, dự toán giao",
            },
        ),
    ]
