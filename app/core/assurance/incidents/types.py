"""What incidents take and give: frozen values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.core.base.words import mark


class Severity(StrEnum):
    """How much an incident weighs."""

    MINOR = "minor"
    """Work went on, and no record is in doubt."""
    MAJOR = "major"
    """Work stopped, or somebody had to do it on paper."""
    CRITICAL = "critical"
    """Records may be wrong, lost, or known to whom they are not meant for."""


SEVERITIES = {
    Severity.MINOR: mark("Minor"),
    Severity.MAJOR: mark("Major"),
    Severity.CRITICAL: mark("Critical"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIncident:
    """What somebody reports."""

    title: str
    what: str
    severity: Severity
    happened_at: datetime
    entries: tuple[str, ...] = ()
    """Positions of entries of the journal, as the audit trail names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentStep:
    """What was done about an incident."""

    closes: bool
    cause: str
    done: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident with all that was done about it, the earliest first."""

    id: UUID
    title: str
    what: str
    severity: Severity
    happened_at: datetime
    entries: tuple[str, ...]
    at: datetime
    by: str
    steps: tuple[IncidentStep, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has closed it."""
        return not any(step.closes for step in self.steps)
