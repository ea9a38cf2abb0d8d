"""Names of unions and of people: Vietnamese, fitting their type, and never the same twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, product
from random import Random

from reports.demonstration.places import BRANDS, COMMUNES, DISTRICTS, TRADES
from unions.models import Calendar, UnionType

_AGENCIES = (
    "Sở Nội vụ", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Tài chính", "Sở Kế hoạch và Đầu tư",
    "Sở Y tế", "Sở Giáo dục và Đào tạo", "Ban Tổ chức Tỉnh ủy", "Sở Tư pháp",
    "Sở Nông nghiệp và Phát triển nông thôn", "Sở Lao động - Thương binh và Xã hội",
    "Sở Tài nguyên và Môi trường", "Văn phòng Tỉnh ủy", "Sở Giao thông vận tải", "Sở Xây dựng",
    "Sở Công Thương", "Sở Văn hóa, Thể thao và Du lịch", "Sở Khoa học và Công nghệ",
    "Sở Thông tin và Truyền thông", "Thanh tra tỉnh", "Ban Tuyên giáo Tỉnh ủy",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Hội Liên hiệp Phụ nữ tỉnh", "Hội Nông dân tỉnh",
    "Tỉnh đoàn", "Hội Cựu chiến binh tỉnh", "Đảng ủy Khối các cơ quan tỉnh",
    "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "Tòa án nhân dân tỉnh",
    "Viện kiểm sát nhân dân tỉnh", "Cục Thi hành án dân sự tỉnh", "Kho bạc Nhà nước tỉnh",
    "Cục Thống kê tỉnh", "Cục Thuế tỉnh", "Bảo hiểm xã hội tỉnh", "Ban Dân tộc tỉnh",
    "Ủy ban Kiểm tra Tỉnh ủy", "Ban Nội chính Tỉnh ủy", "Ban Dân vận Tỉnh ủy",
    "Ban Quản lý các khu công nghiệp tỉnh", "Liên minh Hợp tác xã tỉnh", "Hội Chữ thập đỏ tỉnh",
    "Liên hiệp các hội Khoa học và Kỹ thuật tỉnh", "Cục Quản lý thị trường tỉnh",
    "Chi cục Kiểm lâm tỉnh", "Chi cục Thủy lợi tỉnh",
)  # fmt: skip
_FULLY_PAID = (
    "Trường Chính trị tỉnh", "Trường THPT Chuyên Hùng Vương", "Trường THPT Việt Trì",
    "Trung tâm Kiểm soát bệnh tật tỉnh", "Trường THPT Công nghiệp Việt Trì", "Bảo tàng Hùng Vương",
    "Trường Phổ thông Dân tộc nội trú tỉnh", "Thư viện tỉnh", "Trung tâm Bảo trợ xã hội tỉnh",
    "Trung tâm Lưu trữ lịch sử tỉnh", "Trung tâm Trợ giúp pháp lý nhà nước tỉnh",
    "Trường THPT Trần Phú", "Báo Phú Thọ", "Khu di tích lịch sử Đền Hùng",
)  # fmt: skip
_SELF_PAID = (
    "Bệnh viện Đa khoa tỉnh", "Trường Đại học Hùng Vương", "Bệnh viện Sản Nhi tỉnh",
    "Trường Cao đẳng Y tế Phú Thọ", "Đài Phát thanh và Truyền hình tỉnh",
    "Trường Cao đẳng nghề Phú Thọ", "Bệnh viện Y dược cổ truyền tỉnh", "Bệnh viện Mắt tỉnh",
    "Trung tâm Quan trắc và Bảo vệ môi trường", "Bệnh viện Tâm thần tỉnh",
    "Trung tâm Kiểm nghiệm tỉnh", "Trung tâm Dịch vụ việc làm tỉnh",
    "Ban Quản lý dự án đầu tư xây dựng tỉnh",
)  # fmt: skip
_STATE_OWNED = (
    "Công ty TNHH MTV Xổ số kiến thiết tỉnh", "Công ty TNHH MTV Khai thác công trình thủy lợi tỉnh",
    "Công ty TNHH MTV Lâm nghiệp Xuân Đài", "Công ty TNHH MTV Lâm nghiệp Yên Lập",
)  # fmt: skip

_OF_A_DISTRICT = {
    UnionType.AGENCY: (
        "Văn phòng Huyện ủy {}", "Chi cục Thi hành án dân sự huyện {}", "Chi cục Thuế huyện {}",
        "Tòa án nhân dân huyện {}", "Viện kiểm sát nhân dân huyện {}", "Kho bạc Nhà nước {}",
        "Bảo hiểm xã hội huyện {}", "Hạt Kiểm lâm huyện {}", "Chi cục Thống kê huyện {}",
        "Phòng Nội vụ huyện {}", "Phòng Giáo dục và Đào tạo huyện {}",
        "Phòng Tài chính - Kế hoạch huyện {}", "Phòng Nông nghiệp huyện {}",
        "Phòng Tư pháp huyện {}", "Thanh tra huyện {}",
    ),
    UnionType.PUBLIC_SERVICE_FULL: (
        "Trường THPT {}", "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên {}",
        "Trung tâm Chính trị huyện {}", "Trung tâm Văn hóa, Thể thao huyện {}",
        "Trung tâm Bồi dưỡng nghiệp vụ {}",
    ),
    UnionType.PUBLIC_SERVICE_PARTIAL: (
        "Trung tâm Y tế huyện {}", "Trung tâm Dịch vụ nông nghiệp huyện {}",
        "Ban Quản lý dự án huyện {}", "Trung tâm Phát triển quỹ đất {}",
    ),
    UnionType.STATE_ENTERPRISE: ("Điện lực {}", "Xí nghiệp Thủy nông {}", "Bưu điện huyện {}"),
}  # fmt: skip
_OF_A_COMMUNE = {
    UnionType.AGENCY: ("Ủy ban nhân dân xã {}",),
    UnionType.PUBLIC_SERVICE_FULL: (
        "Trường THCS {}", "Trường Tiểu học {}", "Trường Mầm non {}", "Trạm Y tế xã {}",
    ),
    UnionType.NON_STATE: ("Hợp tác xã Dịch vụ nông nghiệp {}", "Quỹ tín dụng nhân dân {}"),
}  # fmt: skip
_PRIVATE_HOUSES = ("Trường Mầm non tư thục {}", "Phòng khám đa khoa {}", "Trung tâm Ngoại ngữ {}")

MOST_UNIONS = 3000

# One turn of the mix that a civil servants' union has: mostly agencies and public units.
_MIX = (
    [UnionType.AGENCY, UnionType.AGENCY, UnionType.PUBLIC_SERVICE_FULL, UnionType.AGENCY]
    + [UnionType.PUBLIC_SERVICE_PARTIAL, UnionType.AGENCY, UnionType.NON_STATE, UnionType.AGENCY]
    + [UnionType.PUBLIC_SERVICE_FULL, UnionType.AGENCY, UnionType.PUBLIC_SERVICE_PARTIAL]
    + [UnionType.AGENCY, UnionType.STATE_ENTERPRISE, UnionType.AGENCY, UnionType.NON_PUBLIC]
)
_CENTRE = "thành phố Việt Trì"

_SURNAMES = (
    ("Nguyễn",) * 10 + ("Trần",) * 4 + ("Lê",) * 3 + ("Phạm", "Phạm", "Hoàng", "Hoàng", "Bùi")
    + ("Vũ", "Đỗ", "Hà", "Đặng", "Phan", "Đinh", "Ngô", "Dương", "Lương", "Tạ", "Cao", "Triệu")
)  # fmt: skip
_WOMEN = (
    ("Thị", "Thị Thu", "Thị Thanh", "Thị Minh", "Thị Bích", "Thị Hồng", "Thị Kim", "Thị Ngọc"),
    ("Hà", "Hương", "Lan", "Hoa", "Thủy", "Hằng", "Nga", "Yến", "Tuyết", "Oanh", "Phượng", "Liên"),
)
_MEN = (
    ("Văn", "Đức", "Quang", "Minh", "Xuân", "Hữu", "Mạnh", "Ngọc", "Thanh", "Anh", "Trung"),
    (
        "Hùng",
        "Dũng",
        "Tuấn",
        "Sơn",
        "Thắng",
        "Cường",
        "Bình",
        "Long",
        "Hải",
        "Khánh",
        "Đạt",
        "Toàn",
    ),
)


@dataclass(frozen=True, slots=True)
class UnionName:
    """What a union is called after its unit, what it is, where it lies, whose year it keeps."""

    unit: str
    type: str
    place: str = _CENTRE

    @property
    def calendar(self) -> str:
        """Schools report by the school year."""
        is_school = self.unit.startswith("Trường ") and self.unit != "Trường Chính trị tỉnh"
        return Calendar.SCHOOL_YEAR if is_school else Calendar.CALENDAR_YEAR


def union_names(count: int, random: Random) -> list[UnionName]:
    """`count` different names, well-known bodies first, in the mix of types a real union has."""
    waiting = {kind: _candidates(kind, random) for kind in UnionType.values}
    turns = (next(waiting[kind], None) for _ in range(count) for kind in _MIX)
    return list(islice(filter(None, turns), count))


def person_name(random: Random) -> str:
    """A full name, as common names are common."""
    middles, givens = random.choice((_WOMEN, _MEN))
    return f"{random.choice(_SURNAMES)} {random.choice(middles)} {random.choice(givens)}"


def _candidates(kind: str, random: Random) -> Iterator[UnionName]:
    known = {
        UnionType.AGENCY: _AGENCIES,
        UnionType.PUBLIC_SERVICE_FULL: _FULLY_PAID,
        UnionType.PUBLIC_SERVICE_PARTIAL: _SELF_PAID,
        UnionType.STATE_ENTERPRISE: _STATE_OWNED,
    }
    made = [*_local(kind, _OF_A_DISTRICT, DISTRICTS, "huyện"), *_branded(kind)]
    made += _local(kind, _OF_A_COMMUNE, COMMUNES, "xã")
    random.shuffle(made)
    return chain((UnionName(unit, kind) for unit in known.get(UnionType(kind), ())), made)


def _local(
    kind: str, patterns: dict[UnionType, tuple[str, ...]], places: tuple[str, ...], word: str
) -> Iterator[UnionName]:
    for pattern, place in product(patterns.get(UnionType(kind), ()), places):
        yield UnionName(pattern.format(place), kind, f"{word} {place}")


def _branded(kind: str) -> Iterator[UnionName]:
    if kind == UnionType.NON_STATE:
        for form, trade, brand in product(("Cổ phần", "TNHH"), TRADES, BRANDS):
            yield UnionName(f"Công ty {form} {trade} {brand}", kind)
    if kind == UnionType.NON_PUBLIC:
        for pattern, brand in product(_PRIVATE_HOUSES, BRANDS):
            yield UnionName(pattern.format(brand), kind)
