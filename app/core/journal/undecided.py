"""A value that waits for a decision is not chosen in passing, where rules depend on it (ADR 26)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.journal.contests import is_open
from app.core.journal.projection.registers import are_several
from app.core.storage.tables import Record, table_of


class WaitsForDecision(UserFacingError):
    """A value was to be changed of which two stand, in a column that rules depend on."""

    def __init__(self) -> None:
        super().__init__(
            _("This value was changed in two places, and somebody has to decide which is right."),
            safe=_("Nothing was changed; both values are kept."),
            remedy=_("Decide it under Conflicts first."),
        )


def refuse_undecided(
    session: Session,
    row: Record,
    versions: Mapping[str, bytes],
    changed: Iterable[str],
    decided: tuple[UUID, str] | None,
) -> None:
    """Raise WaitsForDecision for an edit of what waits, unless the unit has `decided` just that."""
    for name in type(row).regulated.intersection(changed):
        waits = are_several(versions.get(name, b"")) and decided != (row.id, name)
        if waits and is_open(session, table_of(type(row)).name, row.id, name):
            raise WaitsForDecision
