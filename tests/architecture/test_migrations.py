"""The models and their migrations are one."""

from io import StringIO

from django.core.management import call_command


def test_no_migration_is_missing(db):
    """Run manage.py makemigrations."""
    told = StringIO()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=told)
    except SystemExit:
        raise AssertionError(told.getvalue()) from None
