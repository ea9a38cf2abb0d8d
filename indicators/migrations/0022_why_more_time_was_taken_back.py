"""Why more time was taken back stands beside it; so far only the journal said so."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TAKEN_BACK = "Thu hồi gia hạn "


def tell(apps: Any, editor: BaseDatabaseSchemaEditor | None) -> None:
    """Each line of the journal belongs to the extension that had ended last by then."""
    extensions = apps.get_model("indicators", "Extension").objects
    lines = apps.get_model("unions", "JournalEntry").objects.filter(
        subject="indicators.submission", sentence__startswith=TAKEN_BACK
    )
    for line in lines.order_by("at", "pk"):
        ended = extensions.filter(submission=line.subject_key, ended_at__lte=line.at)
        if row := ended.order_by("-ended_at").first():
            row.withdrawn_because = line.reason
            row.save(update_fields=["withdrawn_because"])


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0021_one_name_for_what_is_assigned"),
        ("unions", "0017_lists_of_apps_above"),
    ]

    operations = [
        migrations.AddField(
            model_name="extension",
            name="withdrawn_because",
            field=models.TextField(
                blank=True, db_default="", default="", editable=False, verbose_name="lý do thu hồi"
            ),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
