"""What was handed in on behalf says so until the union hands in the whole form itself."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def stand(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """By what was known so far: that which a submission was last handed in with."""
    rows = apps.get_model("indicators", "OnBehalf").objects
    rows.filter(receipt__at=models.F("submission__submitted_at")).update(stands=True)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0019_receipts_of_old_hand_ins")]

    operations = [
        migrations.AddField(
            model_name="onbehalf",
            name="stands",
            field=models.BooleanField(
                db_default=False, default=False, editable=False, verbose_name="còn số nhập thay"
            ),
        ),
        migrations.RunPython(stand, migrations.RunPython.noop),
    ]
