"""Three programmes of quite different shape: a TOML file each, and no line of code for them."""

import json
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from indicators import queries
from indicators.aggregation import Gap, Verdict
from indicators.forms.figure import FigureForm
from indicators.models import Indicator, Submission
from indicators.queries import Cut, Result
from tests.builders import (
    approve,
    asked,
    make_period,
    make_province,
    make_stationery,
    make_union,
    make_user,
)
from tests.reports.years import text_of
from unions.access import Role
from unions.models import Union, UnionType
from unions.queries import node

PROGRAMMES = Path("tests/indicators/programmes")

Answers = dict[str, dict[str, Any] | str]


@dataclass(frozen=True)
class Case:
    """A programme, the unions that answer it, and what their answers come to, by hand."""

    file: str
    # code and type; the codes of those founded in the reporting year itself
    unions: dict[str, str]
    # by year, union and indicator; an answer in words says that it did not arise
    answers: dict[int, dict[str, Answers]]
    # by year and indicator: value, target, verdict
    results: dict[int, dict[str, tuple[str, str, Verdict]]]
    printed: list[str]
    young: tuple[str, ...] = ()
    clusters: dict[str, str] = field(default_factory=dict)


def _numbers(**given: int) -> Answers:
    return {code: {"number": number} for code, number in given.items()}


AGENCY, NON_STATE = UnionType.AGENCY, UnionType.NON_STATE
MET, NOT_MET, EXCEEDED = Verdict.MET, Verdict.NOT_MET, Verdict.EXCEEDED

COUNTS = Case(
    file="assigned-counts.toml",
    unions={"MOT": AGENCY, "HAI": AGENCY, "BA": AGENCY},
    clusters={"MOT": "Cụm 1", "HAI": "Cụm 1", "BA": "Cụm 2"},
    answers={
        2025: {
            "MOT": _numbers(K2=5, K3=300, K4=1) | {"K1": {"number": 70, "extra_women": 41}},
            "HAI": _numbers(K2=4, K3=150, K4=0) | {"K1": {"number": 35, "extra_women": 20}},
            "BA": _numbers(K2=2, K3=40, K4=2) | {"K1": {"number": 15, "extra_women": 9}},
        }
    },
    results={
        2025: {
            # 70 + 35 + 15, as many as 60 + 40 + 20 that were assigned
            "K1": ("120", "≥ 120", MET),
            # 5 + 4 + 2 of 5 + 4 + 3 that were assigned: the programme names no number
            "K2": ("11", "≥ 12", NOT_MET),
            "K3": ("490", "≥ 500", NOT_MET),
            "K4": ("3", "≤ 3", MET),
        }
    },
    printed=["120", "≥ 120", "490", "≥ 500", "≥ 12", "≤ 3"],
)


def _graded(grade: str, *, paper: str, workers: int, meal: int, helped: str | tuple[int, int]):
    return {
        "1": {"done": "yes", "paper": paper} if paper else {"done": "no", "paper": ""},
        "2": {"grade": grade},
        "3": {"basis": workers, "number": meal},
        "4": helped if isinstance(helped, str) else {"done": helped[0], "total": helped[1]},
    }


SECTORS = Case(
    file="sectors-and-parts.toml",
    unions={
        "A1": AGENCY,
        "A2": AGENCY,
        "A3": AGENCY,
        "MOI": AGENCY,
        "N1": NON_STATE,
        "N2": NON_STATE,
    },
    young=("MOI",),
    answers={
        2025: {
            "A1": _graded("excellent", paper="1/QC", workers=30, meal=20_000, helped=(9, 10)),
            "A2": _graded("good", paper="2/QC", workers=24, meal=30_000, helped=(45, 50)),
            "A3": _graded("good", paper="3/QC", workers=25, meal=14_999, helped="Không ai cần"),
            "MOI": _graded("good", paper="4/QC", workers=3, meal=20_000, helped="Không ai cần"),
            "N1": _graded("good", paper="5/QC", workers=100, meal=15_000, helped=(18, 20)),
            "N2": _graded("completed", paper="", workers=26, meal=10_000, helped=(9, 10)),
        }
    },
    results={
        2025: {
            # 4 of 4 of the state's, but 1 of 2 of the others
            "1": (
                "83,33%",
                "Khu vực nhà nước: ≥ 100%; Khu vực ngoài nhà nước: ≥ 85%",
                NOT_MET,
            ),
            # four good or better of five; the new one cannot be graded, whatever it says
            "2": ("80%", "≥ 80%", MET),
            "2a": ("20%", "≥ 20%", MET),
            # A1 and N1 of A1, A3, N1, N2; A2 and MOI have fewer than 25 workers
            "3": ("50%", "> 50%", NOT_MET),
            # 9 + 45 + 18 + 9 of 10 + 50 + 20 + 10
            "4": ("90%", "≥ 90%", MET),
        }
    },
    printed=["5/6 = 83,33%", "4/5 = 80%", "1/5 = 20%", "2/4 = 50%", "81/90 = 90%"],
)


def _year(share: int, fund: int, shelves: int, ideas: int, paid: tuple[int, int]) -> Answers:
    return _numbers(T1=share, T3=shelves, T4=ideas) | {
        "T2": {"amount": fund},
        "T6": {"collected": paid[0] * 10**6, "assigned": paid[1] * 10**6},
    }


def _judged(reached: str) -> Answers:
    return {"T5": {"reached": reached, "because": "Kiểm tra thực tế tại các đơn vị"}}


TERM = Case(
    file="whole-term.toml",
    unions={"MOT": AGENCY, "HAI": AGENCY, "BA": AGENCY},
    answers={
        2024: {
            "MOT": _year(20, 40_000_000, 1, 2, (95, 100)),
            "HAI": _year(10, 30_000_000, 2, 3, (105, 100)),
            "BA": _year(15, 20_000_000, 1, 2, (98, 100)),
            "CDVC": _judged("no"),
        },
        2025: {
            "MOT": _year(25, 60_500_000, 2, 2, (120, 100)),
            "HAI": _year(20, 50_000_000, 2, 1, (100, 110)),
            "BA": _year(9, 49_750_000, 1, 4, (130, 120)),
            "CDVC": _judged("yes"),
        },
    },
    results={
        2024: {
            "T1": ("45", "100 – 150 (đến hết nhiệm kỳ)", NOT_MET),
            "T2": ("90", "≥ 250 (đến hết nhiệm kỳ)", NOT_MET),
            "T3": ("4", "≥ 4 (đến năm 2026)", MET),
            "T4": ("2", "≥ 2", MET),
            "T5": ("Chưa đạt", "Đạt (đến năm 2026)", NOT_MET),
            # 95 + 105 + 98 of 300
            "T6": ("99,33%", "≥ 100%", NOT_MET),
        },
        2025: {
            # 45 + 25 + 20 + 9
            "T1": ("99", "100 – 150 (đến hết nhiệm kỳ)", NOT_MET),
            # 60,5 + 50 + 49,75 million
            # 90 of the year before + 60,5 + 50 + 49,75 million
            "T2": ("250,25", "≥ 250 (đến hết nhiệm kỳ)", EXCEEDED),
            # 4 + 5 shelves, 10 by then
            "T3": ("9", "≥ 10 (đến năm 2026)", NOT_MET),
            # the second union has one idea
            "T4": ("1", "≥ 2", NOT_MET),
            "T5": ("Đã đạt", "Đạt (đến năm 2026)", MET),
            # 350 of 330
            "T6": ("106,06%", "≥ 100%", EXCEEDED),
        },
    },
    printed=["99", "250,25", "thấp nhất 1", "350.000.000/330.000.000 = 106,06%", "Đã đạt"],
)

CASES = [pytest.param(case, id=case.file.removesuffix(".toml")) for case in (COUNTS, SECTORS, TERM)]


@dataclass(frozen=True)
class Loaded:
    """A province that has a programme, its unions, and the periods that were opened."""

    case: Case
    root: Union
    unions: dict[str, Union]

    def card(self, first: int, last: int, **narrowed: str) -> dict[str, Result]:
        """The scorecard of the province, or of the union named."""
        code = narrowed.pop("union", "CDVC")
        cut = Cut(node(Union.objects.get(code=code)), first, last, **narrowed)
        programme = self.root.programmes.get()
        return {one.indicator.code: one for one in queries.scorecard(programme, cut)}


def load(case: Case) -> Loaded:
    """Found the unions, load the file by its command and open the periods."""
    root = make_province()
    make_stationery(root)
    unions = {
        code: make_union(
            root,
            code=code,
            name=f"Công đoàn cơ sở {code}",
            type=type,
            cluster=case.clusters.get(code, ""),
            **({"founded_on": date(2025, 6, 1)} if code in case.young else {}),
        )
        for code, type in case.unions.items()
    }
    out = StringIO()
    call_command("load_programme", str(PROGRAMMES / case.file), stdout=out)
    assert "Thêm chương trình." in out.getvalue()
    for year in case.answers:
        make_period(root.programmes.get(), year=year)
    return Loaded(case, root, unions)


def collect(loaded: Loaded) -> None:
    """Let every union answer, submit and be approved, year after year."""
    for year, answers in loaded.case.answers.items():
        for code, given in answers.items():
            submission = Submission.objects.get(union__code=code, period__year=year)
            approve(submission, **{f"i{name}": answer for name, answer in given.items()})


@pytest.fixture
def collected(request, db) -> Loaded:
    loaded = load(request.param)
    collect(loaded)
    return loaded


@pytest.mark.parametrize("collected", CASES, indirect=True)
def test_a_programme_is_loaded_collected_added_up_and_printed(collected, tmp_path: Path):
    for year, results in collected.case.results.items():
        card = collected.card(year, year)
        assert {
            code: (str(one.quantity), one.goal_text, one.verdict) for code, one in card.items()
        } == results
    output = tmp_path / "bao-cao.pdf"
    words = ["--union", "CDVC", "--year", "2025", "--output", str(output)]
    call_command("render_report", "annual", *words, stdout=StringIO())
    paper = _close(text_of(output.read_bytes()))
    for text in collected.case.printed:
        assert _close(text) in paper
    for text in collected.card(2025, 2025).values():
        assert _close(text.indicator.name) in paper


def _close(text: str) -> str:
    """A text without its spaces: a cell of a table may break anywhere."""
    return "".join(text.split())


@pytest.mark.parametrize("case", CASES)
def test_the_page_of_a_union_asks_everything_and_keeps_it(case: Case, client, db):
    loaded = load(case)
    code = next(iter(case.unions))
    chair = make_user("chutich", Role.CHAIR, loaded.unions[code], full_name="Đào Thị Chủ Tịch")
    client.force_login(chair)
    submission = Submission.objects.get(union=loaded.unions[code], period__year=2025)
    address = submission.get_absolute_url()
    response = client.get(address)
    assert response.status_code == 200
    page = response.content.decode()
    questions = asked(submission)
    assert questions
    for indicator in questions:
        assert indicator.question in page
    given = case.answers[2025][code]
    sent = {"whole": "het", "revision": str(submission.revision)}
    for indicator in questions:
        sent |= _typed(indicator, given[indicator.code])
    response = client.post(address, sent, follow=True)
    assert response.status_code == 200
    parts = loaded.root.programmes.get().indicators.filter(shares_answer=True)
    kept = {row.indicator.code for row in submission.figures.select_related("indicator")}
    assert kept == {one.code for one in [*questions, *parts]}


def _typed(indicator: Indicator, given: dict[str, Any] | str) -> dict[str, str]:
    """An answer as the page sends it."""
    prefix = f"i{indicator.pk}"
    if isinstance(given, str):
        return {f"{prefix}-answer": "not_arising", f"{prefix}-reason": given}
    sent = {f"{prefix}-{name}": str(value) for name, value in given.items()}
    form = FigureForm(queries.Question(indicator))
    return sent | ({f"{prefix}-answer": "number"} if form.answer_field else {})


@pytest.mark.parametrize("collected", [COUNTS], indirect=True)
def test_what_was_assigned_is_the_target_of_a_union_and_of_a_cluster(collected: Loaded):
    def said(code: str, **where: str) -> tuple[str, str, Verdict, Gap | None]:
        one = collected.card(2025, 2025, **where)[code]
        return str(one.quantity), one.goal_text, one.verdict, one.gap

    assert said("K1", union="MOT") == ("70", "≥ 60", EXCEEDED, None)
    assert said("K1", union="HAI") == ("35", "≥ 40", NOT_MET, Gap(5))
    assert said("K1", union="BA") == ("15", "≥ 20", NOT_MET, Gap(5))
    # 70 + 35 of 60 + 40, whatever the other cluster did
    assert said("K1", cluster="Cụm 1") == ("105", "≥ 100", EXCEEDED, None)
    assert said("K1", cluster="Cụm 2") == ("15", "≥ 20", NOT_MET, Gap(5))
    assert said("K1", type="agency") == ("120", "≥ 120", MET, None)
    assert said("K2", cluster="Cụm 1") == ("9", "≥ 9", MET, None)
    assert said("K2") == ("11", "≥ 12", NOT_MET, Gap(1))
    # the province's number is nobody else's
    assert said("K3", cluster="Cụm 1") == ("450", "", Verdict.NOT_APPLICABLE, None)
    assert said("K3") == ("490", "≥ 500", NOT_MET, Gap(10))


@pytest.mark.parametrize("collected", [COUNTS], indirect=True)
def test_targets_of_years_to_come_are_added_to_a_sum(collected: Loaded):
    # 2024 has neither a target nor a period; 120 + 150
    one = collected.card(2024, 2026)["K1"]
    assert (str(one.quantity), one.goal_text, one.gap) == ("120", "≥ 270", Gap(150))


@pytest.mark.parametrize("collected", [SECTORS], indirect=True)
def test_sectors_and_parts_have_a_verdict_of_their_own(collected: Loaded):
    card = collected.card(2025, 2025)
    assert [
        (part.group, str(part.outcome.quantity), part.outcome.verdict, part.outcome.gap)
        for part in card["1"].parts
    ] == [
        ("Khu vực nhà nước", "100%", MET, None),
        ("Khu vực ngoài nhà nước", "50%", NOT_MET, Gap(1)),
    ]
    assert (card["2"].depth, card["2a"].depth) == (0, 1)
    # the new union of "2"; the two that are too small for "3"; the two that nobody asked in "4"
    assert [card[code].left for code in ("2", "2a", "3", "4")] == [1, 1, 2, 2]
    # more than half of four is three
    assert card["3"].gap == Gap(1)
    only = collected.card(2025, 2025, type=NON_STATE)["1"]
    assert (str(only.quantity), only.goal_text, only.verdict) == ("50%", "≥ 85%", NOT_MET)


@pytest.mark.parametrize("collected", [TERM], indirect=True)
def test_a_term_is_added_up_year_by_year(collected: Loaded):
    card = collected.card(2024, 2026)
    assert {code: (str(one.quantity), one.verdict) for code, one in card.items()} == {
        "T1": ("99", NOT_MET),
        # the same, whatever year the range begins with
        "T2": ("250,25", EXCEEDED),
        # 15 by the end of 2026, which has not been opened
        "T3": ("9", NOT_MET),
        "T4": ("1", NOT_MET),
        "T5": ("Đã đạt", MET),
        # 298 + 350 of 300 + 330
        "T6": ("102,86%", EXCEEDED),
    }
    assert (card["T1"].gap, card["T3"].gap) == (Gap(1), Gap(6))
    assert [one.outcome.verdict for one in card["T4"].years] == [
        MET,
        NOT_MET,
        Verdict.NOT_APPLICABLE,
    ]
    missing = collected.card(2024, 2024)["T6"].gap
    assert missing == Gap(2_000_000)


@pytest.mark.parametrize("collected", CASES, indirect=True)
def test_the_command_prints_what_the_query_says(collected: Loaded):
    out = StringIO()
    words = ["--union", "CDVC", "--from", "2024", "--to", "2025", "--json"]
    call_command("scorecard", *words, stdout=out)
    rows = {row["code"]: row for row in json.loads(out.getvalue())}
    card = collected.card(2024, 2025)
    assert list(rows) == list(card)
    for code, one in card.items():
        assert rows[code]["verdict"] == one.verdict.value
        assert rows[code]["target"] == one.goal_text
        assert rows[code]["rule"] == one.rule_text
        assert rows[code]["numerator"] == one.total.numerator
