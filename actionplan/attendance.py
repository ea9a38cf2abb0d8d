"""How many people several sessions have reached: what the numbers of those sessions allow."""

from dataclasses import dataclass
from datetime import date

from unions.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Roll:
    """How many people a union has on record: of whom the number is, and of which day."""

    number: int
    whom: str
    on: date

    @property
    def told(self) -> str:
        """As it stands in a sentence: 120 người lao động của đơn vị theo số ghi ngày 30/11/2025."""
        return f"{Quantity(self.number)} {self.whom} của đơn vị theo số ghi ngày {self.on:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Attendance:
    """What the sessions of a union in a year come to.

    `largest` is the attendance of the fullest, `sum` that of all (lượt): it counts whoever came
    twice as two. `roll` is None where no headcount is on record.
    """

    sessions: int = 0
    largest: int = 0
    sum: int = 0
    roll: Roll | None = None

    @property
    def most(self) -> int:
        """More people than that were not reached: no more came, and no more are there."""
        return self.sum if self.roll is None else min(self.sum, self.roll.number)

    def fault(self, people: int) -> str:
        """Why so many people (người) cannot be, in a sentence with the numbers; empty if they can.

        Whoever came to the fullest session is one of them; nobody is counted twice, and nobody who
        is not of the union.
        """
        if not self.sessions:
            return "Chưa ghi buổi quán triệt nào: hãy ghi các buổi trước, rồi nêu số người."
        if self.largest > self.most and self.roll:
            return (
                f"Buổi đông nhất có {Quantity(self.largest)} người dự, nhiều hơn {self.roll.told},"
                " nên chưa số người nào là đúng. Hãy sửa buổi đó, hoặc báo công đoàn tỉnh sửa số"
                " người của đơn vị."
            )
        if people < self.largest:
            return (
                f"{Quantity(people)} người là ít hơn buổi đông nhất ({Quantity(self.largest)} người"
                f" dự). {self._within}"
            )
        if people > self.sum:
            return (
                f"{Quantity(people)} người là nhiều hơn tổng số lượt dự ({Quantity(self.sum)} lượt)"
                f" của các buổi. {self._within}"
            )
        if self.roll and people > self.roll.number:
            return (
                f"{Quantity(people)} người là nhiều hơn {self.roll.told}. Có thể đã cộng lượt: mỗi"
                f" người chỉ đếm một lần. {self._within}"
            )
        return ""

    @property
    def span(self) -> str:
        """The numbers of people that are possible, in words; empty if none is."""
        if not self.sessions or self.largest > self.most:
            return ""
        if self.largest == self.most:
            return f"{Quantity(self.most)} người"
        return f"từ {Quantity(self.largest)} đến {Quantity(self.most)} người"

    @property
    def _within(self) -> str:
        return f"Số đúng: {self.span}."
