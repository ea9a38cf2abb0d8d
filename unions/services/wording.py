"""Words that are typed: none longer than what keeps them."""

from django.db.models import Model

from unions.errors import RuleBroken


def must_fit(row: Model, **abouts: str) -> None:
    """RuleBroken where a text of `row` is longer than its column; each field with its form's."""
    for name, about in abouts.items():
        field, text = row._meta.get_field(name), str(getattr(row, name) or "")
        most = getattr(field, "max_length", None)
        if most is not None and len(text) > most:
            label = str(getattr(field, "verbose_name", name)).capitalize()
            raise RuleBroken(
                f"{label} dài {len(text)} ký tự, nhiều nhất {most}. Hãy viết ngắn hơn.",
                about=about,
            )
