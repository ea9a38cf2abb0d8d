"""How the database finds rows, after very many were written at once."""

from django.db import connection


def renew() -> None:
    """Let PostgreSQL count its tables now: until it does so by itself it plans as for few rows.

    Outside a transaction, so that others find the new plans at once; a second or two. SQLite plans
    without counting.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        names = connection.introspection.django_table_names(only_existing=True)
        quoted = ", ".join(map(connection.ops.quote_name, names))
        cursor.execute(f"ANALYZE {quoted}")
