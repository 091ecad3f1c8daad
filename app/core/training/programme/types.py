"""What the plan of a year takes and gives: frozen values, and how a line stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.core.base.words import mark

_DECEMBER = 12


class PlanState(StrEnum):
    """What came of a line of the plan."""

    TO_COME = "to_come"
    UNDER_WAY = "under_way"
    DONE = "done"
    PARTLY = "partly"
    MISSED = "missed"
    NOT_PLANNED = "not_planned"
    """People were trained in it in a month for which nothing was planned."""


PLAN_STATES = {
    PlanState.TO_COME: mark("To come"),
    PlanState.UNDER_WAY: mark("Under way"),
    PlanState.DONE: mark("Done"),
    PlanState.PARTLY: mark("In part"),
    PlanState.MISSED: mark("Not held"),
    PlanState.NOT_PLANNED: mark("Not planned"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlanLine:
    """A line as somebody wants it."""

    code: str
    """Of the requirement."""
    month: date
    """Any day of it."""
    people: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A line of the plan beside what happened in its month."""

    id: UUID | None
    """None for what was not planned."""
    code: str
    title: str
    month: date
    people: int
    note: str
    trained: int
    """How many people came to hold it in that month."""
    sessions: int
    """How many classes, talks and drills for it were signed in that month."""

    def state(self, today: date) -> PlanState:
        """Return what came of it by a day."""
        if self.id is None:
            return PlanState.NOT_PLANNED
        if self.trained >= self.people:
            return PlanState.DONE
        this_month = today.replace(day=1)
        if self.month > this_month:
            return PlanState.TO_COME
        if self.month == this_month:
            return PlanState.UNDER_WAY
        return PlanState.PARTLY if self.trained or self.sessions else PlanState.MISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposal:
    """How many people a month's renewals and due dates come to, where nothing is planned for them."""

    code: str
    title: str
    month: date
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSigned:
    """The newest signature under a plan."""

    id: UUID
    at: datetime
    by: str
    still_holds: bool
    """Whether the plan is as it was then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """The plan of a calendar year, by month and title."""

    year: int
    lines: tuple[PlanLine, ...]
    signed: PlanSigned | None

    @property
    def planned(self) -> tuple[PlanLine, ...]:
        """Return the lines that were planned, without what happened besides."""
        return tuple(one for one in self.lines if one.id is not None)


def months_of(year: int) -> tuple[date, ...]:
    """Return the first days of the months of a year, and of the month after it. Raises ValueError."""
    months = [date(year, month, 1) for month in range(1, _DECEMBER + 1)]
    return (*months, date(year + 1, 1, 1))
