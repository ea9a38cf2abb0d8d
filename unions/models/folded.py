"""Text compared without accents and capitals, by the database itself: `field__folded__contains`."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, TextField, Transform
from django.db.models.sql.compiler import SQLCompiler

from unions.vietnamese import FOLD, letters_to_fold

_FROM, _TO = letters_to_fold()


@CharField.register_lookup
@TextField.register_lookup
class Folded(Transform):
    """What `unions.vietnamese.fold` makes of stored text, which is composed (NFC)."""

    lookup_name = "folded"
    function = FOLD

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """Letter by letter, since its own accents are an extension that not every server has."""
        template = f"translate(%(expressions)s, '{_FROM}', '{_TO}')"
        return self.as_sql(compiler, connection, template=template, **context)
