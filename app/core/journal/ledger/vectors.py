"""What two sites tell each other about logs: positions, and segments of entries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, overload

from typing_extensions import override

from app.core.journal.entries import EntryWire, LogName
from app.core.journal.layers import Layer, lay

_COLUMNS = 7


class Entries(Sequence[EntryWire]):
    """Entries of a log that follow one another, by column: no object is made for any of them."""

    def __init__(
        self, columns: Sequence[Sequence[Any]], layers: Sequence[Layer] | None = None
    ) -> None:
        """Keep columns in the order of `EntryWire`; `layers` where it is known how bodies lie."""
        self.columns = columns
        self.stamps: Sequence[int] = columns[0]
        self.actions: Sequence[str] = columns[4]
        self.bodies: Sequence[bytes] = columns[6]
        self._layers = layers

    @classmethod
    def of(cls, entries: Iterable[EntryWire]) -> "Entries":
        """Return entries by column."""
        if isinstance(entries, Entries):
            return entries
        # Of many, `zip` would make an iterator for each: by column it takes a quarter of the time.
        rows = list(entries)
        return cls([list(map(itemgetter(place), rows)) for place in range(_COLUMNS)])

    @property
    def layers(self) -> Sequence[Layer]:
        """Return the bodies that have many like them, laid under each other."""
        if self._layers is None:
            self._layers = tuple(lay(self.bodies, self.actions))
        return self._layers

    @override
    def __len__(self) -> int:
        return len(self.stamps)

    @override
    def __iter__(self) -> Iterator[EntryWire]:
        return zip(*self.columns, strict=True)

    @overload
    def __getitem__(self, turn: int) -> EntryWire: ...

    @overload
    def __getitem__(self, turn: "slice[Any, Any, Any]") -> "Entries": ...

    @override
    def __getitem__(self, turn: Any) -> Any:
        found = [column[turn] for column in self.columns]
        return Entries(found) if isinstance(turn, slice) else tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far a log goes somewhere, and the hash of its last entry there.

    The hash tells a log that goes on from one that went another way: after a data folder was copied
    two logs have one name, and the one name has two positions.
    """

    log: LogName
    seq: int
    head: bytes


Vector = tuple[Position, ...]
"""All that somebody holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of entries of one log without a gap, named by the chain at both its ends."""

    log: LogName
    first: int
    last: int
    previous: bytes
    """Hash of the entry before `first`; 32 zero bytes where `first` is 1."""
    head: bytes
    """Hash of the entry `last`: covers every entry up to it."""

    @property
    def entries(self) -> int:
        """Return how many entries it has."""
        return self.last - self.first + 1
