"""The written programme of a year: what is planned in which month for how many, and what came of it."""

from app.core.training.programme.actual import MonthsTrained, trained_by_month
from app.core.training.programme.service import YearPlans
from app.core.training.programme.types import (
    PLAN_STATES,
    NewPlanLine,
    PlanLine,
    PlanProposal,
    PlanSigned,
    PlanState,
    YearPlan,
)

__all__ = [
    "PLAN_STATES",
    "MonthsTrained",
    "NewPlanLine",
    "PlanLine",
    "PlanProposal",
    "PlanSigned",
    "PlanState",
    "YearPlan",
    "YearPlans",
    "trained_by_month",
]
