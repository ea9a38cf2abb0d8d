"""Indicators that were there before put their years together as their kind does."""

from django.db import migrations

BY_KIND = {
    "average_per_union": "mean",
    "own_grade": "all_met",
}


def by_kind(apps, schema_editor):
    indicators = apps.get_model("indicators", "Indicator").objects
    for kind, years in BY_KIND.items():
        indicators.filter(kind=kind).update(years=years)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_any_programme")]

    operations = [migrations.RunPython(by_kind, migrations.RunPython.noop)]
