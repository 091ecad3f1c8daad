"""What checks of effectiveness take and give: frozen values, and what follows from the answers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

MOST_DAYS = 366
MOST_QUESTIONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectivenessRule:
    """What is checked after training, from a day on."""

    from_on: date
    after_days: int
    """Days after the training; 0: nothing is checked."""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNow:
    """The rule of a requirement that was said last."""

    requirement_id: UUID
    code: str
    title: str
    rule: EffectivenessRule


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCheck:
    """Somebody whose training is to be looked at."""

    person_id: UUID
    number: str
    name: str
    org_unit: str
    requirement_id: UUID
    code: str
    title: str
    proof_id: UUID
    trained_at: datetime
    after_days: int
    questions: tuple[str, ...]
    waived_until: date | None = None
    """Until when they are let off the training, date.max for good; None: they are not."""

    @property
    def due_on(self) -> date:
        """Return the day from which it is looked at."""
        return self.trained_at.astimezone().date() + timedelta(days=self.after_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksDue:
    """The first of the checks that are due, the longest due first, and how many there are."""

    first: tuple[DueCheck, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCheck:
    """What was found of one person."""

    due: DueCheck
    answers: tuple[bool, ...]
    """One to each question, in their order."""
    is_observed: bool
    remark: str = ""
    retrain_by: date | None = None
    """When the training is due again where it did not take hold; None: as its terms say."""
    despite_waiver: str = ""
    """Why somebody who is let off learns it again all the same; without it they do not."""

    @property
    def is_effective(self) -> bool:
        """Tell whether it took hold: they were seen doing it, and every answer is yes."""
        return self.is_observed and all(self.answers)

    @property
    def is_asked_again(self) -> bool:
        """Tell whether the training is asked for again: it did not take hold, and no waiver stands against it."""
        is_let_off = self.due.waived_until is not None
        return not self.is_effective and (not is_let_off or bool(self.despite_waiver.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCheck:
    """What came of a check."""

    id: UUID
    is_effective: bool
    """Whether it took hold."""
    is_asked_again: bool
    """Whether the training was asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckMade:
    """A check on record."""

    id: UUID
    person_id: UUID
    number: str
    name: str
    code: str
    title: str
    trained_at: datetime
    answers: tuple[tuple[str, bool], ...]
    is_observed: bool
    is_effective: bool
    remark: str
    at: datetime
    by: str
