"""Names that a list gives to unions while others of the province bear them already."""

from collections.abc import Iterable

from unions.services.remarks import told_of_namesakes


class Borne:
    """Who of a province bears which name, by its code; names given by the list are added."""

    def __init__(self, borne: Iterable[tuple[int, str, str]]) -> None:
        """`borne` has the key of the province, the name and the code of every union."""
        self.codes: dict[tuple[int, str], list[str]] = {}
        for province, name, code in borne:
            self.codes.setdefault((province, name.casefold()), []).append(code)

    def give(self, province: int, name: str, code: str) -> str:
        """The remark on a name that is given to a union, empty where no other bears it."""
        codes = self.codes.setdefault((province, name.casefold()), [])
        others = [one for one in codes if one != code]
        codes.append(code)
        return told_of_namesakes(name, others) if others else ""
