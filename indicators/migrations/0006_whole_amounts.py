"""Assigned amounts become whole numbers: those are added up exactly by every database."""

from typing import Any

from django.db import migrations, models
from django.db.models.functions import Round


def make_whole(apps: Any, schema_editor: Any) -> None:
    """There is no half a person and no part of a đồng: what was typed so is rounded half up."""
    apps.get_model("indicators", "Assignment").objects.update(amount=Round("amount"))


class Migration(migrations.Migration):
    dependencies = [("indicators", "0005_closing_submissions")]

    operations = [
        migrations.RunPython(make_whole, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="assignment",
            name="amount",
            field=models.BigIntegerField(verbose_name="số giao"),
        ),
    ]
