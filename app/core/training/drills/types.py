"""What drills tell."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from app.core.training.drills.kinds import DrillEvent, DrillKind
from app.core.training.sessions.types import SessionDetail, SessionSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillPlan:
    """What is planned: of what, when, where, in which shift, and what taking part proves."""

    drill: DrillKind
    title: str
    at: datetime
    venue: str = ""
    shift: str = ""
    requirements: tuple[str, ...] = ()
    trainers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillMoment:
    """Something that happened in a drill."""

    event: DrillEvent
    at: datetime
    expected: int | None
    counted: int | None
    missing: str
    unexpected: str
    """Who was there and not expected, or why more were counted."""
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Something that was seen."""

    text: str
    photo: str
    sha256: str | None
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRun:
    """How a drill went: what happened in it, in the order of time."""

    moments: tuple[DrillMoment, ...]

    @property
    def started_at(self) -> datetime | None:
        """Return when the alarm was given: the first time that anybody noted it."""
        return min((o.at for o in self.moments if o.event is DrillEvent.STARTED), default=None)

    @property
    def clear_at(self) -> datetime | None:
        """Return when all was clear; None while it goes on."""
        return max((o.at for o in self.moments if o.event is DrillEvent.ALL_CLEAR), default=None)

    @property
    def took(self) -> timedelta | None:
        """Return how long it took from the alarm to all clear."""
        if self.started_at is None or self.clear_at is None:
            return None
        return self.clear_at - self.started_at

    @property
    def heads(self) -> DrillMoment | None:
        """Return the last count of heads."""
        counts = [one for one in self.moments if one.event is DrillEvent.COUNTED]
        return counts[-1] if counts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillDetail(DrillRun):
    """A drill with all that it is made of."""

    drill: DrillKind
    shift: str
    session: SessionDetail
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillLine:
    """One drill as the register shows it."""

    session: SessionSummary
    drill: DrillKind
    shift: str
    took: timedelta | None
    expected: int | None
    counted: int | None
    was_late: bool
    """Whether it came later than the rules of its time allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRule:
    """How often a drill is due, from a day on."""

    drill: DrillKind
    from_on: date
    months: int
    law: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillDue:
    """When the next drill of a kind is due."""

    drill: DrillKind
    last_on: date | None
    months: int
    """Of the rule in force; 0: none."""
    law: str
    due_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unprepared:
    """Somebody who has neither the training nor took part in a drill in time (FA-02)."""

    person_id: UUID
    number: str
    name: str
    org_unit: str
    last_drill_on: date | None
