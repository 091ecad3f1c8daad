"""Writing a sync file: what its readers lack, sealed for them alone, and noted as having left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal import Site, Vector, segments_of
from app.core.keys import KnownKeys
from app.core.sync.bundle.writer import BundleFull, BundleWriter, Recipient
from app.core.sync.drafts import Draft, draft_for, what_lacks
from app.core.sync.limits import MIB
from app.core.sync.models import SentFileRow
from app.core.sync.peers import Peer
from app.core.sync.positions import pack, to_ref
from app.core.sync.relations import Relations
from app.core.sync.sticks import Stick, stick_name, write_to_stick

BUNDLE_ENDING = ".dksb"
RECORDS = "records"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPlan:
    """What a sync file for somebody would carry."""

    peer: Peer
    entries: int
    logs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A sync file that was written, and read back from where it lies."""

    path: Path
    bundle_id: UUID
    number: int
    entries: int
    left_over: int
    """Entries that did not fit one file of FAT32; the next file carries them."""
    size: int
    sha256: str
    recipients: tuple[str, ...]
    made_at: datetime


class Exporting:
    """Plans and writes sync files."""

    def __init__(self, site: Site, keys: KnownKeys, staging: Path) -> None:
        """Keep the site, its keys and the folder where packed segments wait."""
        self._site = site
        self._keys = keys
        self._staging = staging

    def plan(self, actor: Actor, peer: Peer) -> ExportPlan:
        """Return what a file for `peer` would carry now. Raises SitesApart."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            stretches = what_lacks(session, Relations.now(self._keys), [peer])
        entries = sum(one.entries for one in stretches)
        return ExportPlan(peer=peer, entries=entries, logs=len(stretches))

    def write(
        self,
        actor: Actor,
        peers: Sequence[Peer],
        place: Path,
        progress: Progress,
        on_the_way: Vector = (),
    ) -> Exported:
        """Write a file for PCs of this site, or for one other site, and note that it left.

        `place` is the file, or the folder to put it into; `on_the_way` is what lies ready for all of
        them and need not go again. Raises SitesApart and what writing raises.
        """
        actor.require(Capability.MANAGE_SITE)
        self._keys.establish()
        self._staging.mkdir(parents=True, exist_ok=True)
        now = self._site.clock.now()
        with self._site.read() as session:
            draft = draft_for(session, self._keys, peers, now, on_the_way)
            path = place / self._file_name(draft) if place.is_dir() else place
            with self._writer(draft) as writer:
                left_over = _fill(session, writer, draft, progress)
                write = partial(writer.write, sender_label=self._keys.pc)
                stick = Stick(path.parent)
                written = write_to_stick(stick, path.name, writer.size + _OUTSIDE, write, progress)
                note = writer.manifest()
            ends = [stretch.end for stretch in draft.stretches] if not left_over else ()
        exported = Exported(
            path=path,
            bundle_id=draft.bundle_id,
            number=note.number,
            entries=draft.entries - left_over,
            left_over=left_over,
            size=written.size,
            sha256=written.sha256.hex(),
            recipients=tuple(peer.label for peer in peers),
            made_at=now,
        )
        self._note(actor, draft, exported, pack(ends))
        return exported

    def _file_name(self, draft: Draft) -> str:
        """Return a name that every file system takes, and that no other PC gives to a file of its own."""
        to = draft.peers[0].label if len(draft.peers) == 1 else "all"
        station = self._keys.station.fingerprint.hex()[:_OF_A_KEY]
        number = f"{draft.outline.number:05d}"
        return stick_name(self._keys.pc, station, to, number, suffix=BUNDLE_ENDING)

    def _writer(self, draft: Draft) -> BundleWriter:
        recipients = [
            Recipient(label=peer.label, address=address)
            for peer in draft.peers
            for address in peer.recipients
        ]
        return BundleWriter(draft.outline, recipients, self._keys.station, self._staging)

    def _note(self, actor: Actor, draft: Draft, exported: Exported, carries: bytes) -> None:
        with self._site.transaction(actor, "sync.export") as unit:
            unit.add(
                SentFileRow(
                    id=exported.bundle_id,
                    kind=RECORDS,
                    destination=draft.destination,
                    number=exported.number,
                    station=self._keys.station.fingerprint,
                    account_id=actor.account_id,
                    made_at=exported.made_at,
                    recipients=[
                        {"label": peer.label, "site": str(peer.site_id), "key": peer.key}
                        for peer in draft.peers
                    ],
                    entries=exported.entries,
                    size=exported.size,
                    sha256=exported.sha256,
                    written_to=str(exported.path),
                    carries=carries,
                )
            )


def _fill(session: Session, writer: BundleWriter, draft: Draft, progress: Progress) -> int:
    """Pack the entries of a draft; return how many found no room."""
    connection, done = session.connection(), 0
    for stretch in draft.stretches:
        ref = to_ref(stretch.log.name, stretch.parting)
        for segment, rows in segments_of(connection, stretch):
            try:
                writer.add_segment(ref, segment.first, (segment.previous, segment.head), rows)
            except BundleFull:
                return draft.entries - done
            done += segment.entries
            progress.step(done, draft.entries, _("Packing records"))
    return 0


_OF_A_KEY = 8
_OUTSIDE = 16 * MIB
"""Room asked for beside the packed entries: manifest, papers and seals."""
