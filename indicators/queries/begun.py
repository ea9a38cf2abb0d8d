"""Whether a submission was begun, read along with it: so it is no statement for each row."""

from django.db.models import BooleanField, Case, Exists, OuterRef, When

from indicators.models import Figure, Narrative

_OF_IT = {"submission": OuterRef("pk")}


def begun() -> Case:
    """To annotate submissions with: whether anything of it is answered or told."""
    some = Exists(Figure.objects.filter(**_OF_IT)) | Exists(Narrative.objects.filter(**_OF_IT))
    return Case(When(some, then=True), default=False, output_field=BooleanField())
