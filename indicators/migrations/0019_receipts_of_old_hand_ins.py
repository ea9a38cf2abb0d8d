"""What was handed in before there were receipts has one, and its signed copy is tied to it."""

from collections import Counter
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 500
STILL_ENTERED = ("draft", "returned")


def issue(apps: Any, editor: BaseDatabaseSchemaEditor | None) -> None:
    """A receipt of the last handing in, for each submission that has none."""
    receipts = apps.get_model("indicators", "Receipt").objects
    old = apps.get_model("indicators", "Submission").objects.filter(
        stands_for=None, submitted_at__isnull=False, receipts=None
    )
    issued = Counter(receipts.values_list("submission__union", "submission__period__year"))
    written = []
    for row in old.select_related("union", "period").order_by("submitted_at", "pk"):
        of_year = row.union_id, row.period.year
        issued[of_year] += 1
        written.append(
            receipts.model(
                submission=row,
                number=f"BN-{row.period.year}-{row.union.code}-{issued[of_year]}",
                revision=row.revision,
                at=row.submitted_at,
                by_id=row.submitted_by_id,
            )
        )
    receipts.bulk_create(written, batch_size=BATCH)
    tie(apps.get_model("indicators", "SignedCopy").objects, written)


def tie(copies: Any, written: list[Any]) -> None:
    """A copy was taken only of what then stood: of what is not open since, it is the paper."""
    handed_in = {one.submission_id: one for one in written}
    closed = copies.filter(receipt=None, printed__submission__receipts__isnull=False)
    closed = closed.exclude(printed__submission__state__in=STILL_ENTERED)
    for copy in closed.select_related("printed"):
        receipt = handed_in.get(copy.printed.submission_id)
        if receipt is not None and copy.added_at >= receipt.at:
            copy.receipt = receipt
            copy.save(update_fields=["receipt"])


class Migration(migrations.Migration):
    dependencies = [("indicators", "0018_remarks_on_words")]

    operations = [migrations.RunPython(issue, migrations.RunPython.noop)]
