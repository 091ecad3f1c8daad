"""Who lays what into a shared folder, for whom (ADR 48).

Everybody there reads what everybody lays, so that one who has something that another lacks is enough:
of those who have it the first in a ring that begins after the reader. Whoever waits in vain for the one
before them takes their turn a round later.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from app.core.journal import Holdings, Reaching, StoredLog, Stretch
from app.core.sync.lying import LyingFile
from app.core.sync.peers import Peer
from app.core.sync.relations import Relations


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A PC of the room, and what it says that it holds."""

    peer: Peer
    holds: Holdings
    gives: bool
    """Whether it keeps a tally: then it takes turns, too."""

    @property
    def station(self) -> bytes:
        """Return its fingerprint."""
        return self.peer.stations[0]

    @property
    def address(self) -> str:
        """Return what files for it are sealed to."""
        return self.peer.recipients[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """What a reader lacks of a log, and nothing in the folder brings."""

    log: StoredLog
    reader: Reader
    has: int
    """Its last entry there."""
    turn: int
    """How many of those who could bring it come before this PC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A file to be laid."""

    readers: tuple[Reader, ...]
    stretches: tuple[Stretch, ...]
    is_for_all: bool
    """Sealed to every PC of the site; else to its one reader."""


def what_is_wanted(
    reaching: Reaching,
    relations: Relations,
    readers: Sequence[Reader],
    lying: Iterable[LyingFile],
) -> list[Want]:
    """Return what of the logs here the readers lack and nothing that lies ready brings."""
    offers = _offers(reaching, lying)
    wants = []
    for log in reaching.logs:
        if not log.reach or not relations.can_sign_for(log):
            continue
        for reader in readers:
            has = _will_have(reaching, log, reader, offers.get(log.id, ()))
            if has < log.reach and not reaching.is_ahead(log.name, reader.holds):
                turn = _turn(reaching, log, reader, readers, relations.this_station)
                wants.append(Want(log=log, reader=reader, has=has, turn=turn))
    return wants


_Offer = tuple[int, int, frozenset[str]]
"""First and last entry that a file brings, and to whom."""


def _offers(reaching: Reaching, lying: Iterable[LyingFile]) -> dict[int, list[_Offer]]:
    """Return what lies ready of each log, as far as it is on the way that the log went here."""
    offers: dict[int, list[_Offer]] = {}
    for file in lying:
        for run in file.brings:
            for log in reaching.named(run.end.log):
                if reaching.is_on(log, run.end.seq, run.end.head):
                    offers.setdefault(log.id, []).append((run.first, run.end.seq, file.readers))
    return {log: sorted(found, key=lambda one: one[:2]) for log, found in offers.items()}


def _will_have(reaching: Reaching, log: StoredLog, reader: Reader, offers: Iterable[_Offer]) -> int:
    """Return how far a reader comes by what it holds and by what lies ready."""
    has = max(reaching.of(log, reader.holds), log.forked_at)
    for first, last, to in offers:
        if reader.address in to and first <= has + 1:
            has = max(has, last)
    return has


def _turn(
    reaching: Reaching, log: StoredLog, reader: Reader, readers: Iterable[Reader], own: bytes
) -> int:
    has = reaching.of(log, reader.holds)
    able = [
        other.station
        for other in readers
        if other.gives
        and other is not reader
        and (reaching.of(log, other.holds) > has or reaching.is_ahead(log.name, other.holds))
    ]
    return place_in_ring(own, able, reader.station)


def place_in_ring(own: bytes, others: Iterable[bytes], after: bytes) -> int:
    """Return how many of `others` come before `own` in the ring that begins after `after`."""

    def place(station: bytes) -> tuple[bool, bytes]:
        return station <= after, station

    return sum(place(other) < place(own) for other in others)


@dataclass(slots=True)
class Patience:
    """How many rounds each want has stood unanswered, by what others do."""

    _stood: dict[tuple[bytes, int], tuple[int, int]] = field(default_factory=dict)

    def due(self, wants: Iterable[Want], is_served: Callable[[bytes], bool]) -> list[Want]:
        """Return the wants whose turn is this PC's; `is_served` tells to which reader somebody sees already."""
        stood: dict[tuple[bytes, int], tuple[int, int]] = {}
        due = []
        for want in wants:
            key = want.reader.station, want.log.id
            has, rounds = self._stood.get(key, (want.has, -1))
            waited = rounds + 1 if has == want.has and not is_served(want.reader.station) else 0
            stood[key] = want.has, waited
            if want.turn <= waited:
                due.append(want)
        self._stood = stood
        return due


def parcels(reaching: Reaching, due: Iterable[Want], room: Sequence[Reader]) -> list[Parcel]:
    """Return the files to lay: one for all with what most of the room lacks, and one for each other reader."""
    most: list[list[Want]] = []
    alone: dict[bytes, list[Want]] = {}
    for wants in _by_log(due):
        if len(wants) > 1 and 2 * len(wants) > len(room):
            most.append(wants)
            continue
        for want in wants:
            alone.setdefault(want.reader.station, []).append(want)
    found = [_parcel(reaching, tuple(room), most, is_for_all=True)] if most else []
    return found + [_parcel_alone(reaching, wants) for wants in alone.values()]


def _by_log(due: Iterable[Want]) -> Iterable[list[Want]]:
    found: dict[int, list[Want]] = {}
    for want in due:
        found.setdefault(want.log.id, []).append(want)
    return found.values()


def _parcel_alone(reaching: Reaching, wants: Sequence[Want]) -> Parcel:
    """Return the file of one reader. A program of before looks for files in each part itself alone, and
    would be told of one there that is not for it.
    """
    reader = wants[0].reader
    return _parcel(reaching, (reader,), [[want] for want in wants], is_for_all=not reader.gives)


def _parcel(
    reaching: Reaching,
    readers: tuple[Reader, ...],
    by_log: Sequence[Sequence[Want]],
    *,
    is_for_all: bool,
) -> Parcel:
    return Parcel(
        readers=readers,
        is_for_all=is_for_all,
        stretches=tuple(
            reaching.stretch(wants[0].log, min(want.has for want in wants) + 1) for wants in by_log
        ),
    )


def lacked_stretches(reaching: Reaching, readers: Sequence[Reader]) -> list[Stretch]:
    """Return what the readers are not known to hold, whatever lies ready for them."""
    found = []
    for log in reaching.logs:
        has = [max(reaching.of(log, one.holds), log.forked_at) for one in readers]
        if has and min(has) < log.reach:
            found.append(reaching.stretch(log, min(has) + 1))
    return found
