"""The conflict inbox: what edits that did not see each other say, side by side, and the decision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.journal import (
    Contender,
    Contest,
    Site,
    index_mentions,
    open_contests,
    row_aside,
    says_what_is_one,
)
from app.core.keys import KnownKeys
from app.core.storage.tables import Record, model_of
from app.core.sync.relations import Relations


class ReasonNeeded(UserFacingError):
    """A decision was not explained."""

    def __init__(self) -> None:
        super().__init__(
            _("A decision needs a reason."),
            safe=_("Nothing was decided; both values are kept."),
            remedy=_("Say in a few words why this value is the right one."),
        )


class AlreadyDecided(UserFacingError):
    """Somebody decided meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("This was decided or changed meanwhile."),
            safe=_("Nothing was changed by this."),
            remedy=_("Look at the list again."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictValue:
    """One of the values that stand."""

    version: bytes
    value: Any
    is_shown: bool
    at: datetime | None
    station: str
    """The PC on which it was written."""
    account_id: UUID | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One column of one record."""

    table: str
    key: UUID
    column: str
    values: tuple[ConflictValue, ...]


class Conflicts:
    """Lists and decides."""

    def __init__(self, site: Site, keys: KnownKeys) -> None:
        self._site = site
        self._keys = keys

    def waiting(self, actor: Actor) -> tuple[Conflict, ...]:
        """Return what waits for a decision."""
        actor.require(Capability.MANAGE_SITE)
        index_mentions(self._site)
        labels = {self._keys.station.fingerprint: self._keys.pc, **Relations.now(self._keys).labels}
        with self._site.read() as session:
            return tuple(_conflict(contest, labels) for contest in open_contests(session))

    def decide(self, actor: Actor, conflict: Conflict, value: ConflictValue, reason: str) -> None:
        """Let one value stand: an edit that saw them all. Raises ReasonNeeded, AlreadyDecided."""
        actor.require(Capability.MANAGE_SITE)
        if not reason.strip():
            raise ReasonNeeded
        model = model_of(conflict.table)
        with self._site.transaction(actor, "conflict.decide", reason=reason.strip()) as unit:
            row = unit.get(model, conflict.key)
            is_here = row is not None or row_aside(unit, model, conflict.key) is not None
            standing = {
                one.version
                for contest in open_contests(unit)
                if (contest.table, contest.key, contest.column)
                == (conflict.table, conflict.key, conflict.column)
                for one in contest.values
            }
            if not is_here or standing != {one.version for one in conflict.values}:
                raise AlreadyDecided
            if isinstance(row, Record) and not says_what_is_one(model, conflict.column):
                unit.decide(row, conflict.column, value.value)
            elif issubclass(model, Record):
                unit.edit_anywhere(model, conflict.key, {conflict.column: value.value})


def _conflict(contest: Contest, labels: dict[bytes, str]) -> Conflict:
    return Conflict(
        table=contest.table,
        key=contest.key,
        column=contest.column,
        values=tuple(_value(one, labels) for one in contest.values),
    )


def _value(one: Contender, labels: dict[bytes, str]) -> ConflictValue:
    station = one.station or b""
    return ConflictValue(
        version=one.version,
        value=one.value,
        is_shown=one.is_shown,
        at=one.at,
        station=labels.get(station, station[:4].hex()),
        account_id=one.actor,
        reason=one.reason,
    )
