from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0007_dissemination_and_library"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="planitem",
            index=models.Index(
                condition=models.Q(("status", "dropped"), _negated=True),
                fields=["plan", "group", "status", "due_on"],
                name="cells_of_a_plan",
            ),
        ),
    ]
