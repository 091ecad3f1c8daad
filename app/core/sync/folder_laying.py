"""Laying files into a shared folder: our own news, and what nobody before us brings to whoever lacks it."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress, Progress
from app.core.content import AssetStore
from app.core.journal import Reaching, Site
from app.core.keys import KnownKeys
from app.core.storage.tables import Scope
from app.core.sync.duties import (
    Parcel,
    Patience,
    Reader,
    lacked_stretches,
    parcels,
    place_in_ring,
    what_is_wanted,
)
from app.core.sync.exporting import Exporting
from app.core.sync.exports import Exported, Wish
from app.core.sync.imported import Imported
from app.core.sync.laid import note_laid
from app.core.sync.limits import MOST_VOLUME_BYTES
from app.core.sync.listing import Listing, part_for
from app.core.sync.lying import LyingFile, lying_files, note_lying
from app.core.sync.materials import COURSES, hashes_in, lacked_by, still_lacked, without
from app.core.sync.models import SentFileRow
from app.core.sync.outbox import Outbox
from app.core.sync.relations import Relations
from app.core.sync.room import Room


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at the records and the folder."""

    session: Session
    relations: Relations
    reaching: Reaching
    room: Room
    lying: tuple[LyingFile, ...]
    listing: Listing


class Laying:
    """Writes what is wanted of this PC."""

    def __init__(
        self,
        site: Site,
        keys: KnownKeys,
        assets: AssetStore,
        exporting: Exporting,
        outbox: Outbox,
    ) -> None:
        self._site = site
        self._keys = keys
        self._assets = assets
        self._exporting = exporting
        self._outbox = outbox
        self._patience = Patience()
        self._files_wanted: tuple[set[str], int] = set(), 0
        """Files of courses that somebody else was to bring, and for how many rounds."""

    def lay(
        self, actor: Actor, listing: Listing, room: Room, progress: Progress
    ) -> tuple[Exported, ...]:
        """Write the files that are wanted of this PC. Raises StickTrouble."""
        if not room.present:
            return ()
        relations = Relations.now(self._keys)
        with self._site.read() as session:
            reaching = Reaching(session.connection())
            lying = lying_files(session, listing.names)
            look = _Look(session, relations, reaching, room, lying, listing)
            wants = what_is_wanted(reaching, relations, room.present, lying)
            due = self._patience.due(wants, listing.is_served)
            found = parcels(reaching, due, room.present)
            files_ready = self._files_wanted_of_us(look)
        if files_ready is not None and not any(one.is_for_all for one in found):
            found.append(Parcel(readers=room.present, stretches=(), is_for_all=True))
        return tuple(
            self._lay_one(
                actor, listing.own, one, files_ready if one.is_for_all else None, progress
            )
            for one in found
        )

    def lay_volume(self, actor: Actor, own: Path, imported: Imported) -> Path | None:
        """Write the next volume of what waits to be written; what goes wrong is told and let go of."""
        outgoing = self._outbox.next()
        if outgoing is None:
            return None
        try:
            path = self._exporting.loading.write_next(actor, outgoing, own, NoProgress())
        except UserFacingError as refusal:
            self._outbox.clear()
            imported.troubles.append(refusal.sentence)
            return None
        self._outbox.written(outgoing)
        return path

    def _lay_one(
        self,
        actor: Actor,
        own: Path,
        parcel: Parcel,
        files_ready: frozenset[str] | None,
        progress: Progress,
    ) -> Exported:
        """Write a file; files of courses go with it where it is known which of them lie ready."""
        place, peers = part_for(own, parcel.readers[0].station), [parcel.readers[0].peer]
        if parcel.is_for_all:
            place = own
            peers = [one for one in Relations.now(self._keys).peers if one.is_own_site]
        place.mkdir(exist_ok=True)
        wish = Wish(
            stretches=parcel.stretches,
            is_noted=False,
            courses=() if files_ready is None else None,
            files_ready=files_ready or frozenset(),
            most_files=MOST_VOLUME_BYTES,
            later=self._outbox.keep,
        )
        exported = self._exporting.write(actor, peers, place, progress, wish)
        with self._site.database.write() as connection, Session(connection) as session:
            now = self._site.clock.now()
            note_lying(session, exported.path.name, exported.manifest, now)
            note_laid(session, self._keys.station.fingerprint, actor, exported)
        return exported

    def _files_wanted_of_us(self, look: _Look) -> frozenset[str] | None:
        """Return which files of courses lie ready, where others are wanted of this PC; else None."""
        if not self._outbox.is_empty:
            return None
        peers = [one.peer for one in look.room.present]
        stretches = lacked_stretches(look.reaching, look.room.present)
        lacking = lacked_by(look.session, look.relations, peers, stretches, self._assets)
        ready = frozenset(one for file in look.lying for one in file.files)
        ready |= self._own_files_ready(look)
        wanted = {file.sha256 for one in without(lacking.fresh, ready) for file in one.files}
        before, rounds = self._files_wanted
        rounds = rounds + 1 if wanted == before else 0
        self._files_wanted = wanted, rounds
        return ready if wanted and _turn_with_files(look, wanted) <= rounds else None

    def _own_files_ready(self, look: _Look) -> frozenset[str]:
        rows = look.session.scalars(
            sa.select(SentFileRow.carries).where(
                SentFileRow.station == self._keys.station.fingerprint,
                SentFileRow.kind == COURSES,
                SentFileRow.written_to.in_([str(file) for file in look.listing.own_volumes]),
            )
        )
        return frozenset(one for carries in rows for one in hashes_in(carries))


def _turn_with_files(look: _Look, wanted: Collection[str]) -> int:
    """Return how many who have these files come before this PC: they know of all courses, and lack none."""
    catalogue = [log for log in look.reaching.logs if log.name.scope is Scope.CATALOGUE]

    def is_able(one: Reader) -> bool:
        knows = all(look.reaching.of(log, one.holds) >= log.reach for log in catalogue)
        return one.gives and knows and not still_lacked(look.session, [one.peer]) & set(wanted)

    able = [one.station for one in look.room.present if is_able(one)]
    return place_in_ring(look.relations.this_station, able, b"")
