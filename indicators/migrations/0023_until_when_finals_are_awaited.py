from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0022_why_more_time_was_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkact",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="hạn nộp"),
        ),
        migrations.AddField(
            model_name="submission",
            name="final_due_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="hạn nộp số chính thức"
            ),
        ),
    ]
