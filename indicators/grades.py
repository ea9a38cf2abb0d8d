"""Plain: the scales by which unions are graded (xếp loại), as data: levels, ranks and waiting."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grade:
    """A level of a scale; `rank` is what a figure counts, the more the better."""

    code: str
    label: str
    rank: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels, best first, as offices list them.

    `good` is where “tốt trở lên” begins. A union is graded once it has worked for
    `months_after_founding`, and `months_after_merger` after it was merged or split.
    """

    code: str
    label: str
    grades: tuple[Grade, ...]
    good: str
    months_after_founding: int = 12
    months_after_merger: int = 6

    def grade(self, code: str) -> Grade:
        """The level with this code; ValueError if the scale has none."""
        for grade in self.grades:
            if grade.code == code:
                return grade
        raise ValueError(f"scale {self.code} has no grade {code}")

    def of_rank(self, rank: int) -> Grade:
        """The level that counts as `rank`; ValueError if there is none."""
        for grade in self.grades:
            if grade.rank == rank:
                return grade
        raise ValueError(f"scale {self.code} has no rank {rank}")


SINCE_2019 = Scale(
    code="2019",
    label="Bốn mức từ năm 2019 (HD 1294/HD-TLĐ)",
    grades=(
        Grade("excellent", "Hoàn thành xuất sắc nhiệm vụ", 4),
        Grade("good", "Hoàn thành tốt nhiệm vụ", 3),
        Grade("completed", "Hoàn thành nhiệm vụ", 2),
        Grade("not_completed", "Không hoàn thành nhiệm vụ", 1),
    ),
    good="good",
)

UNTIL_2018 = Scale(
    code="2014",
    label="Bốn mức đến năm 2018 (HD 1931/HD-TLĐ)",
    grades=(
        Grade("strong", "Vững mạnh", 4),
        Grade("fair", "Khá", 3),
        Grade("average", "Trung bình", 2),
        Grade("weak", "Yếu", 1),
    ),
    good="strong",
)

SCALES = {scale.code: scale for scale in (SINCE_2019, UNTIL_2018)}
