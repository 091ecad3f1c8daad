"""Whether something is asked of somebody now: their assignment, beside the evidence that they have."""

from dataclasses import dataclass
from datetime import date, datetime

from app.core.training.held import FOREVER
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    """A requirement of somebody's that they meet by themselves, with what they hold."""

    assignment: AssignmentRow
    held_until: date | None
    """Of evidence that counts; FOREVER for good."""
    met_at: datetime | None
    today: date

    @property
    def is_held(self) -> bool:
        """Tell whether there is evidence that counts and is valid."""
        return self.held_until is not None and self.held_until >= self.today

    @property
    def is_asked(self) -> bool:
        """Tell whether it is to be done now: open, and not held by what was before."""
        if self.assignment.closed_at is not None:
            return not self.is_held
        return self.assignment.source is Source.RENEWAL or not self.is_held

    @property
    def valid_until(self) -> date | None:
        """Return the last valid day of what they hold; None for good, and where they hold nothing."""
        return None if self.held_until == FOREVER else self.held_until
