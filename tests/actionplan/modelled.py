"""A model plan of the province that was issued: one item asked of offices, one offered to them."""

from datetime import date

from actionplan.models import ModelItem, ModelPlan
from actionplan.services import model_plans
from actionplan.services.model_plans import Proposal
from tests.builders import Province

YEAR = 2025


def proposal(province: Province, what: str, number: int = 1, **said: object) -> Proposal:
    """An item under a task group by its number, offered to offices unless `said` says otherwise."""
    group = province.programme.task_groups.get(number=number)
    days = date(YEAR, 4, 1), date(YEAR, 12, 15)
    return Proposal(group, what, "Ban Chấp hành", *days, **said or {"offered_to": ["agency"]})


def modelled(province: Province) -> tuple[ModelPlan, ModelItem, ModelItem]:
    """The model plan, what it asks of offices, and what it offers them."""
    by = province.officer
    model = model_plans.set_up(province.programme, YEAR, date(YEAR, 1, 31), by=by)
    asked = proposal(province, "Hội nghị cán bộ", asked_of=["agency"])
    rows = [asked, proposal(province, "Thăm đoàn viên", 2)]
    first, second = (model_plans.propose(model, one, by=by) for one in rows)
    model_plans.issue(model, by=by)
    return model, first, second
