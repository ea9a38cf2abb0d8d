"""Plain: the four grades of a union (xếp loại chất lượng hoạt động) and their ranks."""

from enum import StrEnum


class Grade(StrEnum):
    """Best first, as offices list them; `rank` is what a figure counts."""

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def rank(self) -> int:
        return RANKS[self]

    @classmethod
    def of_rank(cls, rank: int) -> "Grade":
        """The grade that counts as `rank`; ValueError if there is none."""
        for grade in cls:
            if grade.rank == rank:
                return grade
        raise ValueError(f"no grade has rank {rank}")


LABELS = {
    Grade.EXCELLENT: "Hoàn thành xuất sắc nhiệm vụ",
    Grade.GOOD: "Hoàn thành tốt nhiệm vụ",
    Grade.COMPLETED: "Hoàn thành nhiệm vụ",
    Grade.NOT_COMPLETED: "Không hoàn thành nhiệm vụ",
}

RANKS = {Grade.EXCELLENT: 4, Grade.GOOD: 3, Grade.COMPLETED: 2, Grade.NOT_COMPLETED: 1}
