"""What whole rows disagree about, where no column does: told in the conflict inbox beside the columns.

A new one is a class of its feature and a line in `disputes`.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.journal import Contest, Ruling, Unit, open_contests


class Dispute(Protocol):
    """A way in which what two PCs wrote apart cannot both hold."""

    @property
    def table(self) -> str:
        """Return the table of the record that it is about."""

    @property
    def column(self) -> str:
        """Return what it is called among the conflicts of that record."""

    def open(self, session: Session) -> Iterable[Contest]:
        """Return what waits for a decision. The index of mentions must be up to date."""

    @property
    def is_signed(self) -> bool:
        """Return whether a decision has to be signed."""

    def settle(self, unit: Unit, ruling: Ruling) -> Mapping[str, set[UUID]]:
        """Let one of the values hold for good; return the rows that changed, by table."""


def disputes() -> tuple[Dispute, ...]:
    """Return every kind."""
    from app.core.people import TwoPlaces
    from app.core.training.corrections import TwoCorrections
    from app.core.training.matrix import CellsInDoubt
    from app.core.training.requirements import PrerequisiteLoops

    return TwoPlaces(), CellsInDoubt(), TwoCorrections(), PrerequisiteLoops()


def waiting(session: Session) -> tuple[Contest, ...]:
    """Return everything that waits for a decision: columns, and rows where no column of theirs waits."""
    of_rows = [one for kind in disputes() for one in kind.open(session)]
    decided_with_rows = {name for one in of_rows for name in one.decides}
    found = [one for one in open_contests(session) if one.name not in decided_with_rows]
    taken = {one.name for one in found}
    return (*found, *(one for one in of_rows if one.name not in taken))


def dispute_of(session: Session, contest: tuple[str, UUID, str]) -> Dispute | None:
    """Return whose a conflict is; None for one of a column."""
    table, _key, column = contest
    if any(one.name == contest for one in open_contests(session)):
        return None
    kinds = (one for one in disputes() if (one.table, one.column) == (table, column))
    return next(kinds, None)
