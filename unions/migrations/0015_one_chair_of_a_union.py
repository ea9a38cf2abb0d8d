"""A union has one chair that is still to end: of several the newest stays."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def end_the_older(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """End all but the newest when that one begins, not before today; a line says so of each."""
    journal = apps.get_model("unions", "JournalEntry")
    rows = apps.get_model("unions", "Appointment").objects.filter(role="chair", valid_to=None)
    newest: dict[int, Any] = {}
    for row in rows.select_related("union__current").order_by("-valid_from", "-pk"):
        stays = newest.setdefault(row.union_id, row)
        if stays is row:
            continue
        row.valid_to = max(timezone.localdate(), stays.valid_from)
        row.save()
        name = row.union.current.name if row.union.current else row.union.code
        journal.objects.create(
            sentence=f"Thôi phân công “Chủ tịch công đoàn cơ sở” ở {name}: đơn vị có Chủ tịch mới",
            union_id=row.union_id,
            subject="unions.appointment",
            subject_key=row.pk,
        )


class Migration(migrations.Migration):
    dependencies = [("unions", "0014_changes_of_one_day")]

    operations = [
        migrations.RunPython(end_the_older, migrations.RunPython.noop),
        migrations.AddConstraint(
            "appointment",
            models.UniqueConstraint(
                fields=["union"],
                condition=models.Q(role="chair", valid_to__isnull=True),
                name="one_open_chair_of_a_union",
                violation_error_message="Đơn vị đã có Chủ tịch.",
            ),
        ),
    ]
