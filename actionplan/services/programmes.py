"""What becomes of a programme: its words corrected or amended, closed early, succeeded."""

from collections.abc import Mapping
from copy import copy
from datetime import date

from django.db import transaction

from actionplan.models import Action, Breakthrough, Period, Programme, TaskGroup
from actionplan.queries import heirs
from actionplan.services.wordings import Keeper, Paper
from unions.access import Permission, Place, can, require
from unions.errors import RuleBroken
from unions.models import User
from unions.services import journal
from unions.services.days import must_be_of_our_time
from unions.vietnamese import tidy, trimmed

Part = Programme | TaskGroup | Action | Breakthrough

_LONGEST_REASON = 500


def rename(part: Part, title: str, *, by: User | None, paper: Paper | None = None) -> None:
    """Give a programme or a part of it another title (đổi tên). See reword."""
    reword(part, {"title": title}, by=by, paper=paper)


@transaction.atomic
def reword(
    part: Part, said: Mapping[str, str | list[str]], *, by: User | None, paper: Paper | None = None
) -> None:
    """Let a programme or a part of it say otherwise (sửa lời văn), field by field; the old is kept.

    By a `paper` it is amended from a day on; without one a slip is corrected. RuleBroken for an
    empty title, and for one that is too long.
    """
    programme = programme_of(part)
    require(by, Permission.MANAGE_PROGRAMMES, seat(programme, by))
    new = {name: _tidied(part, name, words) for name, words in said.items()}
    was = {name: old for name in new if (old := getattr(part, name)) != new[name]}
    if not was:
        return
    Keeper(paper, by=by).keep(part, was, programme, _called(part))
    for name in was:
        setattr(part, name, new[name])
    part.save(update_fields=list(was))
    verb = "Đổi tên" if list(was) == ["title"] else "Sửa lời văn"
    journal.record(
        f"{verb} {part._meta.verbose_name} của chương trình {programme.code}"
        f"{paper.told if paper else ''}",
        by=by,
        about=part,
        union_id=programme.union_id,
        details={"trước": was, "sau": {name: new[name] for name in was}},
    )


@transaction.atomic
def close_early(programme: Programme, on: date, reason: str, *, by: User | None) -> list[str]:
    """End a programme before its term does (kết thúc sớm), from a day on, for a reason.

    The sentences say which years it then does not reach, and which periods of them are open.
    """
    programme = _locked(programme, by=by)
    if programme.closed_on is not None:
        raise RuleBroken(
            f"Chương trình đã kết thúc sớm ngày {programme.closed_on:%d/%m/%Y}. Hãy bỏ việc kết"
            " thúc đó trước."
        )
    reason = trimmed(reason)
    if not reason:
        raise RuleBroken("Hãy ghi lý do kết thúc sớm chương trình.")
    _must_be_within(programme, on)
    programme.closed_on, programme.closed_because = on, reason[:_LONGEST_REASON]
    told = consequences(programme)
    programme.save(update_fields=["closed_on", "closed_because"])
    journal.record(
        f"Kết thúc sớm chương trình {programme.code} từ ngày {on:%d/%m/%Y}",
        by=by,
        about=programme,
        reason=reason,
        details={"told": told},
    )
    return told


def closing_preview(programme: Programme, on: date) -> list[str]:
    """What closing a programme on a day would mean, in sentences; nothing is changed."""
    _must_be_within(programme, on)
    closed = copy(programme)
    closed.closed_on = on
    return consequences(closed)


@transaction.atomic
def take_back_closing(programme: Programme, *, by: User | None) -> Programme:
    """Let an early end not have been, while no programme succeeds this one."""
    programme = _locked(programme, by=by)
    if programme.closed_on is None:
        raise RuleBroken("Chương trình không có việc kết thúc sớm để bỏ.")
    if programme.succeeded_by is not None:
        raise RuleBroken(
            f"Đã có chương trình kế tiếp: “{programme.succeeded_by}”. Hãy bỏ việc kế tiếp trước."
        )
    was = {"closed_on": f"{programme.closed_on}", "closed_because": programme.closed_because}
    programme.closed_on, programme.closed_because = None, ""
    programme.save(update_fields=["closed_on", "closed_because"])
    sentence = f"Bỏ việc kết thúc sớm chương trình {programme.code}"
    journal.record(sentence, by=by, about=programme, details=was)
    return programme


@transaction.atomic
def succeed(programme: Programme, old: Programme, *, by: User | None) -> None:
    """Let `programme` go on where `old` ended (kế tiếp).

    RuleBroken unless both are of one union, or that of the old has become that of the new; unless
    the new was issued later; and while both would report on the same years.
    """
    programme, old = _locked(programme, by=by), _locked(old, by=by)
    _must_follow(programme, old)
    if old.succeeded_by_id == programme.pk:
        return
    if old.succeeded_by is not None:
        raise RuleBroken(
            f"Chương trình “{old}” đã được kế tiếp bởi “{old.succeeded_by}”. Hãy bỏ việc kế tiếp"
            " đó trước."
        )
    old.succeeded_by = programme
    old.save(update_fields=["succeeded_by"])
    _record_succession("kế tiếp", programme, old, by)


@transaction.atomic
def take_back_succession(programme: Programme, old: Programme, *, by: User | None) -> None:
    """Let `programme` not succeed `old` any more."""
    programme, old = _locked(programme, by=by), _locked(old, by=by)
    if old.succeeded_by_id != programme.pk:
        raise RuleBroken(f"Chương trình này không kế tiếp “{old}”.")
    old.succeeded_by = None
    old.save(update_fields=["succeeded_by"])
    _record_succession("không còn kế tiếp", programme, old, by)


def consequences(programme: Programme) -> list[str]:
    """The years that a programme closed early does not reach, and their open periods."""
    if not programme.years_lost:
        return ["Chương trình vẫn báo cáo đủ các năm đã định."]
    told = [f"Không còn báo cáo {_of_years(programme.years_lost)}."]
    rows = Period.objects.filter(programme=programme, year__in=programme.years_lost)
    opened = [str(period) for period in rows.order_by("year", "calendar") if not period.closed_at]
    if opened:
        told.append(
            f"Đang mở kỳ báo cáo {', '.join(opened)}, nay không thuộc chương trình: số liệu của kỳ"
            " đó không được tính. Hãy khoá kỳ."
        )
    return told


def seat(programme: Programme, by: User | None) -> Place:
    """Where permission for a programme is asked: at its union, or at the one that this became.

    Of a union that has ended, where `by` may manage programmes.
    """
    union = programme.union
    if by is None or union.ended_on is None or can(by, Permission.MANAGE_PROGRAMMES, union):
        return union
    managed = (one for one in heirs(union) if can(by, Permission.MANAGE_PROGRAMMES, one))
    return next(managed, union)


def programme_of(part: Part) -> Programme:
    """The programme that `part` stands in."""
    if isinstance(part, Programme):
        return part
    return part.group.programme if isinstance(part, Action) else part.programme


def _locked(programme: Programme, *, by: User | None) -> Programme:
    rows = Programme.objects.select_for_update(of=("self",))
    programme = rows.select_related("union__current").get(pk=programme.pk)
    require(by, Permission.MANAGE_PROGRAMMES, seat(programme, by))
    return programme


def _must_be_within(programme: Programme, on: date) -> None:
    must_be_of_our_time(on, "Ngày kết thúc sớm")
    if on < programme.issued_on or on.year > programme.term_to:
        raise RuleBroken(
            f"Ngày kết thúc sớm {on:%d/%m/%Y} phải từ ngày ban hành"
            f" {programme.issued_on:%d/%m/%Y} đến hết năm {programme.term_to}."
        )


def _must_follow(programme: Programme, old: Programme) -> None:
    if programme.pk == old.pk:
        raise RuleBroken("Chương trình không thể kế tiếp chính nó.")
    if programme.union_id != old.union_id and programme.union not in heirs(old.union):
        raise RuleBroken(
            f"{old.union} chưa sáp nhập, hợp nhất hay chia tách vào {programme.union}. Chương trình"
            " chỉ kế tiếp chương trình của chính đơn vị, hoặc của đơn vị đã nhập vào đơn vị đó."
        )
    if programme.issued_on <= old.issued_on:
        raise RuleBroken(
            f"Chương trình kế tiếp phải ban hành sau ngày {old.issued_on:%d/%m/%Y}, ngày ban hành"
            f" của “{old}”."
        )
    ending = {old.closed_on.year} if old.closed_on else set()
    if both := sorted((set(old.years) & set(programme.years)) - ending):
        raise RuleBroken(
            f"Cả hai chương trình cùng báo cáo {_of_years(both)}. Hãy ghi kết thúc sớm chương trình"
            f" “{old}” trước."
        )


def _record_succession(verb: str, programme: Programme, old: Programme, by: User | None) -> None:
    """A line about each: whoever looks at one of them finds it there."""
    sentence = f"Chương trình {programme.code} {verb} chương trình {old.code}"
    for one in (programme, old):
        journal.record(sentence, by=by, about=one)


def _of_years(years: list[int]) -> str:
    word = "các năm" if len(years) > 1 else "năm"
    return f"{word} {', '.join(map(str, years))}"


def _tidied(part: Part, name: str, words: str | list[str]) -> str | list[str]:
    if isinstance(words, list):
        return [line for line in map(tidy, words) if line]
    if name != "title":
        return trimmed(words)
    title, most = tidy(words), getattr(part._meta.get_field(name), "max_length", None)
    if not title:
        raise RuleBroken("Tên gọi không được để trống.")
    if most is not None and len(title) > most:
        raise RuleBroken(f"Tên gọi dài {len(title)} ký tự; nhiều nhất {most}. Hãy viết gọn lại.")
    return title


def _called(part: Part) -> str:
    if isinstance(part, Programme):
        return "chương trình"
    number = f"{part.group.number}.{part.number}" if isinstance(part, Action) else part.number
    return f"{part._meta.verbose_name} {number}"
