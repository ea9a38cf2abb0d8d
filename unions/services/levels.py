"""Which level of unions may stand beneath which: one rule for every way into the tree."""

from unions.errors import RuleBroken
from unions.models import Level, Placement, Union

_BELONGS = {
    Level.UPPER: "một công đoàn cấp trên trực tiếp cơ sở khác",
    Level.GRASSROOTS: "một công đoàn cấp trên trực tiếp cơ sở",
    Level.MEMBER: "một công đoàn cơ sở",
    Level.DIVISION: "một công đoàn cơ sở, công đoàn cơ sở thành viên hoặc công đoàn bộ phận",
}


def must_fit(named: object, level: str, parent: Union, above: str, *, about: str) -> None:
    """RuleBroken unless a union of `level` can stand beneath `parent`, which is of level `above`.

    `named` is what the union itself is called. A word that is no level breaks another rule.
    """
    if level not in Level.values or above not in Level.values:
        return
    own, over = Level(level), Level(above)
    if own.may_stand_beneath(over):
        return
    raise RuleBroken(
        f"{named} là {own.label.lower()} nên phải trực thuộc {_BELONGS[own]}; {parent} là"
        f" {over.label.lower()}. Hãy chọn đơn vị cấp trên khác, hoặc cấp khác cho đơn vị này.",
        about=about,
    )


def told_of_misfit(row: Placement, above: Placement) -> str:
    """The remark on a union that stands where its level does not belong."""
    return (
        f"{row.name} là {row.get_level_display().lower()} nhưng vẫn trực thuộc {above.name}, là"
        f" {above.get_level_display().lower()}. Hãy chuyển giao hoặc đổi cấp đơn vị này."
    )
