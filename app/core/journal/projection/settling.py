"""Which of the rows that are one thing is shown, and where references to the others lead (ADR 16).

One row is shown unless it would be one thing with a row that comes before it, for which it then
stands aside. What comes first is the row whose own id their key names (who stays when people are
merged, ADR 23), then what named what is shown itself, then the smaller id. References lead to what is
shown, and rows may be one thing because of what their references lead to; so a change goes down from
parents to children.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.core.journal.projection.beside import Beside, Row
from app.core.journal.projection.stored import Stored, references_to
from app.core.journal.projection.touching import Touched
from app.core.journal.projection.turns import turn


@dataclass(slots=True)
class _Moving:
    """Rows of one table on their way to new places."""

    shape: Stored
    waiting: list[bytes] = field(default_factory=list)
    own: dict[bytes, Row] = field(default_factory=dict)
    before: dict[bytes, bytes | None] = field(default_factory=dict)
    """What was shown for a row; None for one that is new."""
    after: dict[bytes, bytes] = field(default_factory=dict)

    def take(self, key: bytes, own: Row, before: bytes | None) -> None:
        self.own[key] = own
        self.before.setdefault(key, before)
        heapq.heappush(self.waiting, key)

    def moved(self, child: Stored) -> dict[bytes, bytes]:
        """Return what is shown now for each row to which references of a table lead wrongly.

        A table that refers to itself may have done so while the rows were under way.
        """
        if child is self.shape:
            return self.after
        return {
            key: shown for key, shown in self.after.items() if self.before[key] not in {None, shown}
        }


class Settling:
    """Puts rows into their places, and moves what that moves."""

    def __init__(self, beside: Beside, touched: Touched) -> None:
        self._beside = beside
        self._touched = touched

    def add(self, shape: Stored, own: Row) -> None:
        """Put a new row into its place."""
        key = own["id"]
        assert isinstance(key, bytes)  # noqa: S101  read as an id before
        projected = self._beside.projected(shape, own)
        if not shape.bearers(self._beside.connection, projected):
            self._beside.show(shape, own, projected)
            self._touched.note(shape.table, [key])
            return
        moving = _Moving(shape)
        moving.take(key, own, None)
        with turn(self._beside.connection):
            self._settle(moving)

    def replace(self, shape: Stored, key: bytes, own: Row) -> None:
        """Put a row, of which something changed, into its place."""
        moving = _Moving(shape)
        with turn(self._beside.connection):
            self._take_out(moving, key)
            moving.own[key] = own
            self._settle(moving)

    def free(self, shape: Stored, key: bytes) -> None:
        """Look anew at the rows that stand aside for one, after that was made another thing."""
        moving = _Moving(shape)
        asides = self._beside.asides_for(shape, key)
        if not asides:
            return
        with turn(self._beside.connection):
            for one in asides:
                self._take_out(moving, one)
            self._settle(moving)

    def _take_out(self, moving: _Moving, key: bytes) -> None:
        shape = moving.shape
        stood_for = self._beside.asides_for(shape, key)
        own, shown = self._beside.take_out(shape, key)
        moving.take(key, own, shown)
        for one in stood_for:
            self._take_out(moving, one)

    def _settle(self, moving: _Moving) -> None:
        while moving.waiting:
            self._place(moving, heapq.heappop(moving.waiting))
        self._touched.note(moving.shape.table, (*moving.after, *moving.after.values()))
        for child, column in references_to(moving.shape.table):
            self._follow(child, column, moving.moved(child))

    def _place(self, moving: _Moving, key: bytes) -> None:
        """Show a row, or put it aside; what it takes the place of is placed after it."""
        beside, shape, own = self._beside, moving.shape, moving.own[key]
        projected = beside.projected(shape, own)
        bearers = shape.bearers(beside.connection, projected)
        if bearers:
            first = min(bearers, key=lambda one: self._place_among_equals(shape, one))
            if self._place_among_equals(shape, first) < _place_of(shape, own, projected):
                moving.after[key] = first
                beside.put_aside(shape, first, own)
                return
        for one in bearers:
            self._take_out(moving, one)
        moving.after[key] = key
        beside.show(shape, own, projected)

    def _place_among_equals(self, shape: Stored, shown: bytes) -> "_Place":
        """Return where a row that is shown stands among those that are one thing with it."""
        row, own = shape.read(self._beside.connection, shown), self._beside.own(shape, shown)
        if row is None or own is None:
            raise KeyError(shown)
        return _place_of(shape, own, row)

    def _follow(self, child: Stored, column: str, moved: dict[bytes, bytes]) -> None:
        """Let the references of one column lead to what is shown now."""
        if column in child.identifying:
            self._move_children(child, column, moved)
            return
        for parent, shown in moved.items():
            for key in list(self._children(child, column, parent)):
                self._beside.point(child, key, column, parent, shown)
                self._touched.note(child.table, [key])

    def _move_children(self, child: Stored, column: str, moved: dict[bytes, bytes]) -> None:
        """Place rows anew that may be one thing now, or no longer, with others."""
        if not moved:
            return
        moving = _Moving(child)
        keys = {key for parent in moved for key in self._children(child, column, parent)}
        asides = self._beside.asides_in(child)
        keys.update(key for key, _shown, own in asides if own[column] in moved)
        for key in sorted(keys):
            if key not in moving.own:
                self._take_out(moving, key)
        self._settle(moving)

    def _children(self, child: Stored, column: str, parent: bytes) -> Iterable[bytes]:
        """Return the shown rows whose entries named a parent."""
        beside = self._beside
        yield from beside.repointed_from(child, column, parent)
        for key in child.children(beside.connection, column, parent):
            if not beside.is_repointed(child, key, column):
                yield key


_Place = tuple[bool, bool, bytes]
"""Of rows that are one thing: the least is shown."""


def _place_of(shape: Stored, own: Row, projected: Row) -> _Place:
    key = own["id"]
    assert isinstance(key, bytes)  # noqa: S101  read as an id before
    is_named = any(projected[name] == key for name in shape.identifying)
    was_led_on = any(projected[name] != own[name] for name in shape.identifying)
    return not is_named, was_led_on, key
