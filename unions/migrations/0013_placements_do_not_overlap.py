"""A union stands at one place at a time: held by the database itself, on both databases."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Ranges of one key stand for equality, so that no extension is needed.
POSTGRESQL_GUARD = """
ALTER TABLE unions_placement ADD CONSTRAINT placements_of_a_union_do_not_overlap
EXCLUDE USING gist (
    int8range(union_id, union_id, '[]') WITH &&, daterange(valid_from, valid_to, '[)') WITH &&
)
"""
POSTGRESQL_LIFT = """
ALTER TABLE unions_placement DROP CONSTRAINT placements_of_a_union_do_not_overlap
"""
SQLITE_GUARD = """
CREATE TRIGGER {name} BEFORE {act} ON unions_placement
WHEN EXISTS (
    SELECT 1 FROM unions_placement WHERE union_id = NEW.union_id AND id IS NOT NEW.id
    AND valid_from < COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(valid_to, '9999-12-31') > NEW.valid_from
)
BEGIN SELECT RAISE(ABORT, 'placements of a union do not overlap'); END
"""
# a later migration that lets SQLite make the table anew must put them in place again
SQLITE_TRIGGERS = {
    "placement_begins_in_a_gap": "INSERT",
    "placement_stays_in_its_gap": "UPDATE OF union_id, valid_from, valid_to",
}


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the constraint, or the triggers, in place."""
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_GUARD)
        return
    for name, act in SQLITE_TRIGGERS.items():
        editor.execute(SQLITE_GUARD.format(name=name, act=act))


def lift(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_LIFT)
        return
    for name in SQLITE_TRIGGERS:
        editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("unions", "0012_invitations_hand_over")]
    operations = [migrations.RunPython(guard, lift)]
