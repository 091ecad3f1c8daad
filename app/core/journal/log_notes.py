"""What is noted of each log beside its entries: its name, where it branches, how far it is applied.

No hash covers these notes, but they follow from the entries, or leave little room.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core.base.words import _
from app.core.journal.models import LogRow
from app.core.storage.prepared import Prepared
from app.core.storage.tables import Scope

_STATION_BYTES, _INCARNATION_BYTES = 32, 8


class Noted(NamedTuple):
    """A log's row as the driver gives it; nothing in it is believed."""

    id: int
    station: Any
    incarnation: Any
    scope: Any
    branch: Any
    parent_id: Any
    forked_at: Any
    applied: Any
    proved: Any
    seen: Any

    @property
    def name(self) -> tuple[Any, Any, Any]:
        """Return what tells the log from others; its branches share it."""
        return self.station, self.incarnation, self.scope


def first_unreadable(connection: sa.Connection) -> str | None:
    """Return what is wrong with the first row that no program could have written; None when all are sound."""
    for noted in _noted(connection):
        numbers = [noted.branch, noted.forked_at, noted.proved, noted.seen]
        numbers += [number for number in (noted.parent_id, noted.applied) if number is not None]
        is_readable = (
            _is_bytes(noted.station, _STATION_BYTES)
            and _is_bytes(noted.incarnation, _INCARNATION_BYTES)
            and _is_scope(noted.scope, is_ours=noted.applied is None)
            and all(isinstance(number, int) and number >= 0 for number in numbers)
        )
        if not is_readable:
            return _("what is noted of log {number} cannot be read").format(number=noted.id)
    return None


def _is_scope(word: object, *, is_ours: bool) -> bool:
    """Tell whether a word names a scope: of others one of a later version, too."""
    scope = Scope.of(word)
    return scope is not None and (not is_ours or scope in set(Scope))


class Found(NamedTuple):
    """What a log's entries were found to be; a branch's are those past where it parts."""

    last: int = 0
    """Number of the last one."""
    last_stamp: int = 0
    newest: int = 0
    """The latest stamp."""


def first_false(connection: sa.Connection, found: Mapping[int, Found]) -> str | None:
    """Return what is wrong with the first row that does not fit its entries; None when all do."""
    logs = {noted.id: noted for noted in _noted(connection)}
    branches: dict[tuple[Any, Any, Any], int] = {}
    for noted in logs.values():
        number = branches[noted.name] = branches.get(noted.name, -1) + 1
        fits = (
            noted.branch == number
            and _branches_soundly(noted, logs.get(noted.parent_id))
            and _reaches_soundly(noted, found.get(noted.id, Found()))
            and _begins_soundly(noted, logs.values(), found)
        )
        if not fits:
            return _("what is noted of log {number} does not fit its entries").format(
                number=noted.id
            )
    return None


def _branches_soundly(noted: Noted, parent: Noted | None) -> bool:
    if noted.branch == 0:
        return noted.parent_id is None and noted.forked_at == 0
    return parent is not None and parent.id < noted.id and parent.name == noted.name


def _reaches_soundly(noted: Noted, found: Found) -> bool:
    """Tell whether it is applied and proved as far as there are entries, and others' stamps are known.

    A log that is written here is applied by itself.
    """
    if noted.applied is None:
        return bool(noted.proved <= found.last)
    reaches = noted.forked_at <= noted.applied <= noted.proved <= found.last
    return bool(reaches and found.last_stamp <= noted.seen <= found.newest)


def _begins_soundly(noted: Noted, logs: Iterable[Noted], found: Mapping[int, Found]) -> bool:
    """Tell whether a log that is written here bears a stamp that its station wrote.

    One for another site bears its own last; one of a new incarnation may bear an earlier one's.
    """
    own = found.get(noted.id, Found())
    if noted.applied is not None or noted.seen in {0, own.last_stamp}:
        return True
    before = [
        found.get(log.id, Found()).newest
        for log in logs
        if log.station == noted.station and log.incarnation != noted.incarnation
    ]
    return bool(noted.seen <= max(before, default=0))


def _noted(connection: sa.Connection) -> list[Noted]:
    return [Noted(*row) for row in _ALL.run(connection, {})]


def _is_bytes(value: object, length: int) -> bool:
    return isinstance(value, bytes) and len(value) == length


_ALL = Prepared(sa.select(*(getattr(LogRow, name) for name in Noted._fields)).order_by(LogRow.id))
