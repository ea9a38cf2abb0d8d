"""People are listed by given name, then middle names, then family name."""

from django.db import migrations, models

from unions.vietnamese import person_key


def fill(apps, schema_editor):
    user_model = apps.get_model("unions", "User")
    people = list(user_model.objects.order_by())
    for person in people:
        person.name_key = person_key(person.full_name)
    user_model.objects.bulk_update(people, ["name_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("unions", "0003_events"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="name_key",
            field=models.CharField(blank=True, default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AlterModelOptions(
            name="user",
            options={
                "ordering": ["name_key", "pk"],
                "verbose_name": "người dùng",
                "verbose_name_plural": "người dùng",
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
