"""Taking away files of ours from a shared folder, so that what lies there stays little (ADR 48).

A file goes when everybody who is there has what it brings. For one that is away the oldest that it
lacks stays, so that it finds something to go on with however short its visits are; what else it
missed it is given when it comes.
"""

from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Reaching, Site
from app.core.keys import KnownKeys
from app.core.sync.drafts import RECORDS
from app.core.sync.duties import Reader
from app.core.sync.exports import BUNDLE_ENDING
from app.core.sync.listing import Listing
from app.core.sync.lying import LyingFile, lying_files
from app.core.sync.materials import COURSES, hashes_in, have_said, still_lacked
from app.core.sync.models import SentFileRow
from app.core.sync.outbox import Outbox
from app.core.sync.room import Room


class Tidying:
    """Takes away what nobody needs."""

    def __init__(self, site: Site, keys: KnownKeys, outbox: Outbox) -> None:
        self._site = site
        self._keys = keys
        self._outbox = outbox

    def tidy(self, listing: Listing, room: Room) -> list[Path]:
        """Take away files in our part of the folder that nobody needs; return which."""
        bundles = {file.name: file for file in listing.own_bundles}
        volumes = {str(file) for file in listing.own_volumes}
        if not bundles and not volumes:
            return []
        with self._site.read() as session:
            useless = self._useless_volumes(session, room, volumes)
            left = {Path(volume).name.rpartition("-v")[0] for volume in volumes - useless}
            gone = [Path(volume) for volume in useless]
            gone += self._useless_bundles(session, room, bundles, left | self._waiting())
        for file in gone:
            file.unlink(missing_ok=True)
            if file.parent != listing.own:
                with suppress(OSError):  # another file for the same reader lies there
                    file.parent.rmdir()
        return gone

    def _useless_bundles(
        self, session: Session, room: Room, bundles: dict[str, Path], with_volumes: set[str]
    ) -> list[Path]:
        """Return the bundles that nobody needs; those whose volumes are there are needed for them."""
        known = lying_files(session, bundles)
        reaching = Reaching(session.connection())
        gone, served = self._of_before(session, bundles, known), set[bytes]()
        for file in known:
            lacking = _lacking(reaching, room.present, file)
            waiting = {one.station for one in _lacking(reaching, room.away, file)} - served
            if lacking or waiting or file.name.removesuffix(BUNDLE_ENDING) in with_volumes:
                served |= waiting
            else:
                gone.append(bundles[file.name])
        return gone

    def _of_before(
        self, session: Session, bundles: dict[str, Path], known: tuple[LyingFile, ...]
    ) -> list[Path]:
        """Return bundles that this PC wrote by the register alone: a program of before did."""
        unknown = {str(file) for file in bundles.values()} - {
            str(bundles[file.name]) for file in known
        }
        return [Path(row.written_to) for row in self._written(session, RECORDS, unknown)]

    def _useless_volumes(self, session: Session, room: Room, volumes: set[str]) -> set[str]:
        peers = [one.peer for one in room.came]
        rows = self._written(session, COURSES, volumes)
        lacked = still_lacked(session, peers) if rows else set()
        return {
            row.written_to
            for row in rows
            if peers
            and have_said(session, peers, row.made_at)
            and not hashes_in(row.carries) & lacked
        }

    def _written(self, session: Session, kind: str, paths: set[str]) -> list[SentFileRow]:
        """Return the register's lines of some files."""
        if not paths:
            return []
        rows = session.scalars(
            sa.select(SentFileRow).where(
                SentFileRow.station == self._keys.station.fingerprint,
                SentFileRow.kind == kind,
                SentFileRow.written_to.in_(sorted(paths)),
            )
        )
        return list(rows)

    def _waiting(self) -> set[str]:
        outgoing = self._outbox.next()
        return set() if outgoing is None else {outgoing.stem}


def _lacking(reaching: Reaching, readers: tuple[Reader, ...], file: LyingFile) -> list[Reader]:
    """Return which of the readers of a file lack something that it brings."""
    return [
        one
        for one in readers
        if one.address in file.readers
        and not all(reaching.holds(one.holds, run.end) for run in file.brings)
    ]
