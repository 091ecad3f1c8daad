"""Where somebody stands with a requirement, as one letter."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.core.training.assignments.states import AT_WORK, State
from app.core.training.assignments.types import AssignmentSummary


class StandingMark(StrEnum):
    """Where somebody stands with one requirement; the value is the letter that screen and paper show."""

    QUALIFIED = "Q"
    DUE_SOON = "D"
    OVERDUE = "O"
    LAPSED = "L"
    ASSIGNED = "A"
    WAITING = "P"
    """Evidence waits for somebody else to confirm it."""
    BLOCKED = "B"
    WAIVED = "W"
    AWAY = "H"
    RECOMMENDED = "R"
    NOT_YET = "N"
    """The matrix asks for it, and it is not assigned yet."""
    NOT_ASKED = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """A cell of somebody's: its mark, and the assignment that tells more, if there is one."""

    mark: StandingMark
    assignment_id: UUID | None = None
    due_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A row: somebody, and where they stand with each requirement that concerns them."""

    person_id: UUID
    number: str
    name: str
    org_unit: str
    job_role: str
    cells: dict[UUID, Standpoint]
    """By requirement; one that is not here is not asked for."""

    def at(self, requirement_id: UUID) -> Standpoint:
        """Return where they stand with a requirement."""
        return self.cells.get(requirement_id) or Standpoint(mark=StandingMark.NOT_ASKED)


def mark_of(one: AssignmentSummary, today: date) -> StandingMark:
    """Return the mark of an assignment: what is urgent first, then what is held."""
    stands = one.stands
    was_held = one.valid_until is not None and one.valid_until < today
    if stands.is_overdue:
        return StandingMark.OVERDUE
    if stands.is_lapsed or (was_held and stands.state in AT_WORK):
        return StandingMark.LAPSED
    if stands.is_due_soon:
        return StandingMark.DUE_SOON
    by_state = {
        State.WAIVED: StandingMark.WAIVED,
        State.COMPLETED: StandingMark.QUALIFIED,
        State.PAUSED: StandingMark.AWAY,
        State.PENDING_EVIDENCE: StandingMark.WAITING,
        State.BLOCKED: StandingMark.BLOCKED,
    }
    if one.is_held:
        return by_state.get(stands.state, StandingMark.QUALIFIED)
    return by_state.get(stands.state, StandingMark.ASSIGNED)
