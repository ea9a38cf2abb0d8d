"""The journal refuses every change of a line: by trigger, on both databases."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL_GUARD = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE ON unions_journalentry
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_is_not_emptied BEFORE TRUNCATE ON unions_journalentry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
SQLITE_GUARD = """
CREATE TRIGGER journal_is_append_only BEFORE UPDATE ON unions_journalentry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_not_emptied BEFORE DELETE ON unions_journalentry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_not_written_over BEFORE INSERT ON unions_journalentry
WHEN EXISTS (SELECT 1 FROM unions_journalentry WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
TRIGGERS = {
    "postgresql": ("journal_is_append_only", "journal_is_not_emptied"),
    # REPLACE fires no trigger for the line that it removes
    "sqlite": ("journal_is_append_only", "journal_is_not_emptied", "journal_is_not_written_over"),
}


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_GUARD)
        return
    for statement in SQLITE_GUARD.split("END;")[:-1]:
        editor.execute(f"{statement}END;")


def lift(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away: backwards, and in the test runner to empty its tables."""
    on_table = " ON unions_journalentry" if editor.connection.vendor == "postgresql" else ""
    for trigger in TRIGGERS[editor.connection.vendor]:
        editor.execute(f"DROP TRIGGER {trigger}{on_table}")


class Migration(migrations.Migration):
    dependencies = [("unions", "0001_initial")]
    operations = [migrations.RunPython(guard, lift)]
