"""Whether a submission was begun, read along with it: so it is no statement for each row."""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, When

from indicators.models import Figure, Narrative

_OF_IT = {"submission": OuterRef("pk")}


def begun() -> Case:
    """To annotate submissions with: whether anything of it is answered or told."""
    return Case(When(something(), then=True), default=False, output_field=BooleanField())


def something() -> Q:
    """The same as a condition."""
    figures, words = Figure.objects.filter(**_OF_IT), Narrative.objects.filter(**_OF_IT)
    return Q(Exists(figures)) | Q(Exists(words))
