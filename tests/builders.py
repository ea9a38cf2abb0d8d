"""Typed builders of rows for tests: keyword arguments, no surprises."""

import functools
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from actionplan.calendar import Days
from actionplan.models import Period, Programme
from indicators import kinds
from indicators.models import Answer, Indicator, Submission
from indicators.programme_file import ProgrammeSpec, parse
from indicators.queries import sheet
from indicators.services import programmes, submissions
from indicators.services.figures import Entry
from indicators.services.periods import open_period
from indicators.services.submissions import Words
from reports.models import Stationery
from tests.support.replay import replayed
from unions.access import Permission, Role
from unions.models import Calendar, Level, Union, UnionType, User
from unions.prepared import Prepared
from unions.queries import holders
from unions.services import people, unions
from unions.services.events import Decision
from unions.services.unions import Profile

PASSWORD = "Mat-khau-thu-1"
PROGRAMME_FILE = Path("actionplan/programmes/phu-tho-2023-2028.toml")
GRADING_SHEET = Path("indicators/grading/vi-du-hd-1294.toml")
FOUNDED = date(2020, 1, 1)

# the least that opens: one empty page
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)

_WITHIN = {Level.UPPER: Level.GRASSROOTS, Level.GRASSROOTS: Level.MEMBER}

# an answer, or the reason of “không phát sinh”
Given = dict[str, object] | str


def make_province(*, code: str = "CDVC", name: str = "Công đoàn Viên chức tỉnh Phú Thọ") -> Union:
    """The union at the head of a tree."""
    profile = Profile(name, UnionType.AGENCY, level=Level.UPPER, place="Phú Thọ")
    return unions.found_province(code, profile, Decision(FOUNDED))


def make_union(
    parent: Union,
    *,
    code: str,
    name: str,
    founded_on: date = FOUNDED,
    type: str = UnionType.AGENCY,
    calendar: str = Calendar.CALENDAR_YEAR,
    cluster: str = "",
) -> Union:
    """A grassroots union, or beneath one of those what it sets up within itself."""
    profile = Profile(name, type, level=level_within(parent), calendar=calendar, cluster=cluster)
    return unions.found(code, parent, profile, Decision(founded_on), by=None)


def level_within(parent: Union) -> Level:
    """The level of what is commonly founded beneath a union."""
    above = parent.placements.order_by("-valid_from")[0]
    return _WITHIN.get(Level(above.level), Level.DIVISION)


def as_upper(union: Union) -> Union:
    """A union that was always one above grassroots unions."""
    union.placements.update(level=Level.UPPER)
    return union


def make_user(username: str, role: str, union: Union, *, full_name: str, email: str = "") -> User:
    """A person with one role, whose password is PASSWORD."""
    user = User(username=username, full_name=full_name, email=email or None)
    user.set_password(PASSWORD)
    user.save()
    people.appoint(user, role, union, by=None, since=FOUNDED)
    return user


@functools.cache
def client_programme() -> ProgrammeSpec:
    """The client's own programme as plain values, read once."""
    return parse(PROGRAMME_FILE.read_text(encoding="utf-8"), kinds.REGISTRY)


def make_programme(union: Union, *, code: str = "phu-tho-2023-2028") -> Programme:
    """The client's own programme."""
    return programmes.load(client_programme(), code, union, by=None).programme


def make_indicator(
    programme: Programme, code: str, kind: str, *, low: Decimal | None = None, **words: object
) -> Indicator:
    """One indicator more, last in the programme; `low` is the least that is aimed at."""
    indicator = Indicator.objects.create(
        programme=programme,
        code=code,
        position=programme.indicators.count() + 1,
        name=f"Chỉ tiêu {code}",
        kind=kind,
        **{"audience": "grassroots", "unit": "%", "denominator": "reported"} | words,
    )
    if low is not None:
        indicator.targets.create(operator=">=", low=low)
    return indicator


def make_period(
    programme: Programme, *, year: int = 2025, calendar: str = "calendar_year"
) -> Period:
    """A period of `year` that is open today, whatever day the tests run on."""
    today = timezone.localdate()
    days = Days(
        opens_on=min(date(year, 1, 1), today),
        cut_off_on=date(year, 11, 30),
        due_on=max(date(year, 12, 10), today),
        closes_on=max(date(year, 12, 31), today),
    )
    return open_period(programme, year, by=None, calendar=calendar, days=days)


def make_stationery(union: Union) -> Stationery:
    """What the province's papers say around the text."""
    return Stationery.objects.create(
        union=union,
        parent_body="Liên đoàn Lao động tỉnh Phú Thọ",
        issuer="Công đoàn Viên chức tỉnh",
        symbol="CĐVC",
        place="Phú Thọ",
        addressee="Liên đoàn Lao động tỉnh Phú Thọ",
        authority="TM. BAN THƯỜNG VỤ",
        position="CHỦ TỊCH",
        signer="Trần Thiện Điệp",
        recipients=["TT LĐLĐ tỉnh", "Các CĐCS trực thuộc", "Lưu: CĐVC tỉnh"],
        valid_from=FOUNDED,
    )


# one answer to each indicator of the client's programme, by the kind that asks
ANSWERS = {
    "share_of_people": {"done": 90, "total": 100},
    "share_of_unions": {"done": "yes", "paper": "12/QC-CĐCS"},
    "average_per_union": {"number": 2, "extra_admitted": 1},
    "share_of_unions_rated": {"grade": "good"},
    "own_grade": {"grade": "good"},
    "plan_fulfilment": {"collected": 1_050_000_000, "assigned": 1_000_000_000},
    "minimum_per_union": {"number": 2},
    "count_per_year": {"number": 4},
    "count_over_term": {"number": 4},
    "amount_of_money": {"amount": 5_000_000},
    "milestone": {"reached": "yes", "because": "Theo đánh giá của Ban Thường vụ"},
}


def asked(submission: Submission) -> list[Indicator]:
    """The indicators that this submission asks."""
    programme = submission.period.programme
    rows = programme.indicators.filter(audience=submission.audience, dropped=False)
    return list(rows.filter(shares_answer=False))


def fill_in(submission: Submission, *, by: User | None = None, **answers: Given) -> Submission:
    """Answer everything; `answers` replaces an answer by indicator code (dots as underscores).

    A string in place of an answer says “không phát sinh” for that reason.
    """
    entries = [
        _entry(one, answers.get(f"i{one.code.replace('.', '_')}")) for one in asked(submission)
    ]
    programme = submission.period.programme
    subjects = [*programme.breakthroughs.all(), *programme.task_groups.all()]
    words = [Words(subject, f"Đã thực hiện {subject.title}") for subject in subjects]
    return submissions.save(submission, entries, words, estimate=False, by=by)


def hand_in(submission: Submission, **answers: Given) -> Submission:
    """Answer everything and submit, as the union's chair."""
    chair = _someone(submission, Permission.SUBMIT_FIGURES, Role.CHAIR, submission.union)
    return submissions.submit(explain(fill_in(submission, by=chair, **answers)), by=chair)


def explain(submission: Submission) -> Submission:
    """Give a reason for every figure that is unusual."""
    for question in sheet(submission).questions:
        if question.unexplained:
            question.figure.remark = "Đã đối chiếu với sổ theo dõi."
            question.figure.save(update_fields=["remark"])
    return submission


def approve(submission: Submission, **answers: Given) -> Submission:
    """Answer and submit as the chair, verify and approve as the province's officer."""
    handed_in = hand_in(submission, **answers)
    province = submission.period.programme.union
    officer = _someone(submission, Permission.APPROVE_FIGURES, Role.OFFICER, province)
    return submissions.approve(submissions.verify(handed_in, by=officer), by=officer)


def _someone(submission: Submission, permission: Permission, role: str, union: Union) -> User:
    """Whoever may do this already, else a new person who may."""
    found = holders(permission, submission).first()
    return found or make_user(f"{role}-{union.pk}", role, union, full_name=f"Người của {union}")


def _entry(indicator: Indicator, given: Given | None) -> Entry:
    if isinstance(given, str):
        return Entry(indicator, Answer.NOT_ARISING, reason=given)
    answers = given or _usual(indicator)
    measured = answers.get(indicator.rule.measured)
    return Entry(indicator, Answer.ZERO if measured == 0 else Answer.NUMBER, answers)


def _usual(indicator: Indicator) -> dict[str, object]:
    """What answers an indicator so that it counts, whatever its own limits and scale are."""
    definition, answers = indicator.rule.definition, ANSWERS[indicator.kind]
    if "grade" in answers:
        answers = {"grade": definition.scale.good}
    if definition.threshold:
        answers = {"number": definition.threshold.least}
    if definition.basis:
        answers = {"basis": definition.basis.least} | answers
    return answers


@dataclass(frozen=True)
class Province:
    """A small province: one upper union, two grassroots unions, one person for each role."""

    root: Union
    health: Union
    interior: Union
    administrator: User
    officer: User
    leader: User
    inspector: User
    viewer: User
    chair_of_health: User
    clerk_of_health: User
    chair_of_interior: User
    programme: Programme
    period: Period

    def submission_of(self, union: Union) -> Submission:
        """The submission of `union` for the open period."""
        (found,) = _SUBMISSION(union.pk, self.period.pk)
        return found

    @property
    def health_submission(self) -> Submission:
        return self.submission_of(self.health)

    @property
    def interior_submission(self) -> Submission:
        return self.submission_of(self.interior)

    @property
    def own_submission(self) -> Submission:
        return self.submission_of(self.root)


# asked by nearly every test, and again after each step
_SUBMISSION = Prepared(
    lambda union, period: Submission.objects.select_related(
        "placement", "period__programme", "union"
    ).filter(union=union, period=period),
    int,
    int,
)


def make_small_province() -> Province:
    """See Province."""
    return replayed(_make_small_province)


def _make_small_province() -> Province:
    root = make_province()
    health = make_union(root, code="SYT", name="Công đoàn cơ sở Sở Y tế", cluster="Cụm 1")
    interior = make_union(root, code="SNV", name="Công đoàn cơ sở Sở Nội vụ", cluster="Cụm 2")
    make_stationery(root)
    programme = make_programme(root)
    return Province(
        root=root,
        health=health,
        interior=interior,
        administrator=make_user("quantri", Role.ADMINISTRATOR, root, full_name="Đỗ Quản Trị"),
        officer=make_user(
            "canbo", Role.OFFICER, root, full_name="Lê Thị Ánh", email="canbo@vidu.vn"
        ),
        leader=make_user("lanhdao", Role.LEADER, root, full_name="Trần Thiện Điệp"),
        inspector=make_user("kiemtra", Role.INSPECTOR, root, full_name="Phạm Kiểm Tra"),
        viewer=make_user("ldld", Role.VIEWER, root, full_name="Vũ Cấp Trên"),
        chair_of_health=make_user(
            "chutich.yte", Role.CHAIR, health, full_name="Nguyễn Văn Ước", email="yte@vidu.vn"
        ),
        clerk_of_health=make_user("nhaplieu.yte", Role.CLERK, health, full_name="Hà Thị Ân"),
        chair_of_interior=make_user("chutich.noivu", Role.CHAIR, interior, full_name="Bùi Thị Ê"),
        programme=programme,
        period=make_period(programme),
    )
