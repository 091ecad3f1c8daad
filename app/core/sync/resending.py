"""Giving a peer again what it is thought to hold: its word was wrong, or what it held was lost.

What is known of the peer is taken back as far as that, and every way of sending – a stick, the shared
folder, paper, with two people or one – carries it again. Its next word of itself holds again.
"""

from collections.abc import Callable, Iterator
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import start_of
from app.core.base.errors import UserFacingError
from app.core.base.words import _, plural
from app.core.journal import Position, Site, StoredLog, first_since, hash_at, stored_logs
from app.core.keys import KnownKeys
from app.core.sync.drafts import what_lacks
from app.core.sync.models import PeerRow
from app.core.sync.peers import Peer
from app.core.sync.positions import pack, unpack
from app.core.sync.relations import Relations

Begins = Callable[[StoredLog], int | None]
"""Returns the first entry of a log that is to go again; None: nothing of it."""


class NoSuchEntry(UserFacingError):
    """What was typed names no entry of a log that is here."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“{name}” names no entry that is here.").format(name=name),
            safe=_("Nothing was changed."),
            remedy=_("Write it as the other PC does: records/1a2b3c4d/17."),
        )


class Resending:
    """Takes back what is known of peers, for who manages the site."""

    def __init__(self, site: Site, keys: KnownKeys) -> None:
        self._site = site
        self._keys = keys

    def since(self, actor: Actor, peer: Peer, day: date | None) -> int:
        """Let all go again that was written since a day (None: all); return how many entries the next file carries.

        Raises SitesApart.
        """
        if day is None:
            return self._take_back(actor, peer, lambda _session: lambda _log: 1)
        moment = start_of(day)
        return self._take_back(
            actor,
            peer,
            lambda session: lambda log: first_since(session.connection(), log, moment),
        )

    def from_entry(self, actor: Actor, peer: Peer, untrusted_name: str) -> int:
        """Let a log go again from one of its entries on, named as people name it; return as `since` does.

        Raises NoSuchEntry, SitesApart.
        """
        scope, _stroke, rest = untrusted_name.strip().casefold().partition("/")
        station, _stroke, number = rest.partition("/")
        if not (scope and station and number.isdecimal()):
            raise NoSuchEntry(untrusted_name)
        seq = int(number)

        def is_meant(log: StoredLog) -> bool:
            named = log.name.scope.value == scope and log.name.station.hex().startswith(station)
            return named and 1 <= seq <= log.last

        def begins(session: Session) -> Begins:
            if not any(map(is_meant, stored_logs(session.connection()))):
                raise NoSuchEntry(untrusted_name)
            return lambda log: seq if is_meant(log) else None

        return self._take_back(actor, peer, begins)

    def _take_back(self, actor: Actor, peer: Peer, begins: Callable[[Session], Begins]) -> int:
        actor.require(Capability.MANAGE_SITE)
        relations = Relations.now(self._keys)
        with self._site.database.write() as connection, Session(connection) as session:
            what_lacks(session, relations, [peer])  # raises where nothing goes there
            rows = session.scalars(sa.select(PeerRow).where(PeerRow.station.in_(peer.stations)))
            first_of = begins(session)
            for row in rows.all():
                row.holds = pack(_lowered(connection, unpack(row.holds), first_of))
            session.flush()
            return sum(one.entries for one in what_lacks(session, relations, [peer]))


def again_in_words(name: str, entries: int) -> str:
    """Return the sentence about what the next file for a peer carries."""
    count = plural("{count} entry", "{count} entries", entries)
    return _("The next file for {name} carries {entries}.").format(name=name, entries=count)


def _lowered(
    connection: sa.Connection, held: tuple[Position, ...], first_of: Begins
) -> Iterator[Position]:
    """Yield positions, each no further than before what goes again."""
    logs = stored_logs(connection)
    for position in held:
        on = [log for log in logs if _is_on(connection, log, position)]
        firsts = [first for log in on if (first := first_of(log)) is not None]
        if min(firsts, default=position.seq + 1) > position.seq:
            yield position
        else:
            yield from _before(connection, on[0], min(firsts))


def _is_on(connection: sa.Connection, log: StoredLog, position: Position) -> bool:
    """Tell whether a position is one of a log."""
    is_within = log.name == position.log and log.last >= position.seq
    return is_within and hash_at(connection, log, position.seq) == position.head


def _before(connection: sa.Connection, log: StoredLog, seq: int) -> Iterator[Position]:
    """Yield the position before an entry of a log, unless that is its first."""
    head = hash_at(connection, log, seq - 1) if seq > 1 else None
    if head is not None:
        yield Position(log=log.name, seq=seq - 1, head=head)
