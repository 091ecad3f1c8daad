"""Writing a sync file: what its readers lack, sealed for them alone, and noted as having left."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.progress import Progress
from app.core.content import AssetStore
from app.core.egress import FileTaken
from app.core.journal import Site
from app.core.keys import KnownKeys
from app.core.storage.faults import told_plainly
from app.core.storage.room import require_room
from app.core.sync.bundle.manifest import Manifest
from app.core.sync.bundle.writer import BundleWriter, Recipient
from app.core.sync.departure import Departure
from app.core.sync.drafts import RECORDS, SEVERAL, Draft, draft_for, what_lacks
from app.core.sync.envelope import Written
from app.core.sync.exports import BUNDLE_ENDING, Exported, ExportPlan, ToPaper, Wish
from app.core.sync.filling import fill
from app.core.sync.limits import MIB, MOST_VOLUME_BYTES
from app.core.sync.loading import Drive, Load, Loading, Outgoing
from app.core.sync.materials import COURSES, Lacking, Material, cut_to, lacked_by, without
from app.core.sync.models import SentFileRow
from app.core.sync.peers import Peer
from app.core.sync.positions import pack
from app.core.sync.relations import Relations
from app.core.sync.releasing import Releasing
from app.core.sync.sent_ends import note_ends
from app.core.sync.sticks import PARTIAL, Stick, stick_name, write_to_stick

_RECORDS_ALONE = Wish()


class Exporting:
    """Plans and writes sync files."""

    def __init__(
        self,
        site: Site,
        keys: KnownKeys,
        staging: Path,
        assets: AssetStore,
        drive: Drive = Stick,
        most_volume: int = MOST_VOLUME_BYTES,
    ) -> None:
        """Keep the site, its keys, the folder where packed segments wait, and the files of courses.

        `drive` makes of a folder what is written to; a volume carries at most `most_volume` bytes.
        """
        self._drive = drive
        self._site = site
        self._keys = keys
        self._staging = staging
        self._assets = assets
        self.loading = Loading(site, keys, assets, drive, most_volume)
        self.departure = Departure()
        self.releasing = Releasing(site, keys, assets, self.departure)

    def plan(self, actor: Actor, peers: Sequence[Peer]) -> ExportPlan:
        """Return what a file for `peers` would carry now. Raises SitesApart."""
        actor.require(Capability.MANAGE_SITE)
        relations = Relations.now(self._keys)
        with self._site.read() as session:
            stretches = what_lacks(session, relations, peers)
            lacking = lacked_by(session, relations, peers, stretches, self._assets)
            lacking = lacking.with_roles(session)
        entries = sum(one.entries for one in stretches)
        return ExportPlan(peers=tuple(peers), entries=entries, logs=len(stretches), lacking=lacking)

    def seal_and_write(
        self, actor: Actor, peers: Sequence[Peer], place: Path, progress: Progress, wish: Wish
    ) -> Exported:
        """Seal this PC's journal, and write a file that carries the seal. Raises as `write` does."""
        actor.require(Capability.MANAGE_SITE)
        unsealed = self.departure.seal()
        return replace(self.write(actor, peers, place, progress, wish), unsealed=unsealed)

    @told_plainly()
    def write(
        self,
        actor: Actor,
        peers: Sequence[Peer],
        place: Path,
        progress: Progress,
        wish: Wish = _RECORDS_ALONE,
    ) -> Exported:
        """Write a file for PCs of this site, or for one other site, and note that it left.

        A parcel may be for several. `place` is the file, or the folder to put it into. Files of courses come after the records,
        in volumes beside them. Raises FileTaken, SitesApart, SecondSignatureNeeded and what writing
        raises; of the volumes it is told.
        """
        actor.require(Capability.MANAGE_SITE)
        self._keys.establish()
        self._staging.mkdir(parents=True, exist_ok=True)
        with self._site.read() as session:
            draft = self._draft(session, peers, wish)
            if wish.is_noted:
                self.releasing.require_released(session, actor, draft)
            materials = self._materials(session, draft, wish)
        require_room(self._staging, sum(one.entries for one in draft.stretches) * _PACKED_BYTES)
        stem = self._stem(draft, wish)
        if (
            place / (stem + BUNDLE_ENDING)
        ).exists():  # of a copy of this PC that does not know it is one
            stem = f"{stem}-{draft.bundle_id.hex[:_OF_A_KEY]}"
        path = place / (stem + BUNDLE_ENDING) if place.is_dir() else _with_ending(place)
        if path.exists() and not wish.overwrite:
            raise FileTaken(path)
        with self._writer(draft) as writer:
            with self._site.read() as session:
                left_over = fill(session, writer, draft, progress)
            load = self._load(materials, path, writer, progress)
            write = partial(writer.write, sender_label=self._keys.shown_pc)
            needed = writer.whole_size
            manifest = writer.manifest()
            made = partial(_exported, draft, path, left_over, manifest)
            note = partial(self._note, actor, draft, made, wish.paper) if wish.is_noted else None
            drive = self._drive(path.parent)
            exported = made(write_to_stick(drive, path.name, needed, write, progress, note))
        if load is None:
            return exported
        outgoing = self._outgoing(draft, manifest, stem)
        if wish.later is not None:
            wish.later(outgoing)
            return exported
        loaded = self.loading.write_all(actor, outgoing, load, path.parent, progress)
        return replace(exported, loaded=loaded)

    def _draft(self, session: Session, peers: Sequence[Peer], wish: Wish) -> Draft:
        return draft_for(
            session,
            self._keys,
            peers,
            self._site.clock.now(),
            self._assets,
            wish.stretches if wish.parcel is None else (),
            wish.bundle_id,
            is_short=wish.paper is not None,
            is_parcel=wish.parcel is not None,
        )

    def lacked(self, session: Session, relations: Relations, peers: Sequence[Peer]) -> Lacking:
        """Return what peers lack of the files of courses. Raises SitesApart.

        What lies ready for them counts as lacking: who has not taken it does not know of its files.
        """
        stretches = what_lacks(session, relations, peers)
        return lacked_by(session, relations, peers, stretches, self._assets)

    def _load(
        self,
        materials: Sequence[Material],
        path: Path,
        writer: BundleWriter,
        progress: Progress,
    ) -> Load | None:
        """Choose what fits beside the records; None where nothing is asked for."""
        if not materials:
            return None
        room = self._drive(path.parent).room() - writer.whole_size - _NOTES_BYTES
        load = self.loading.choose(materials, room, progress)
        writer.announce(load.notes)
        return load

    def _materials(self, session: Session, draft: Draft, wish: Wish) -> tuple[Material, ...]:
        if wish.parcel is not None:
            return wish.parcel
        if wish.courses is not None and not wish.courses:
            return ()
        lacking = self.lacked(session, Relations.now(self._keys), draft.peers)
        wanted = without(lacking.chosen(wish.courses), wish.files_ready)
        return cut_to(wanted, wish.most_files)

    def _outgoing(self, draft: Draft, manifest: Manifest, stem: str) -> Outgoing:
        return Outgoing(
            manifest=msgspec.structs.replace(
                manifest, segments=(), papers=(), vector=(), people_keys=b""
            ),
            destination=draft.destination,
            recipients=tuple((one.label, one.address) for one in _recipients(draft)),
            readers=tuple(_readers(draft)),
            stem=stem,
        )

    def _stem(self, draft: Draft, wish: Wish) -> str:
        """Return a name that every file system takes, and that no other file of any PC has.

        Labels alone would not do: they need not differ. Neither would numbers: restored records
        count anew. What the register does not count bears its id.
        """
        to = draft.peers[0].label if len(draft.peers) == 1 else "all"
        if draft.destination == SEVERAL:
            to = COURSES
        own = self._keys.station
        station = own.fingerprint.hex()[:_OF_A_KEY]
        reader = hashlib.sha256(own.incarnation + draft.destination.encode()).hexdigest()[
            :_OF_A_KEY
        ]
        number = f"{draft.outline.number:05d}" if wish.is_noted else draft.bundle_id.hex
        return stick_name(self._keys.shown_pc, station, to, reader, number, suffix="")

    def _writer(self, draft: Draft) -> BundleWriter:
        return BundleWriter(draft.outline, _recipients(draft), self._keys.station, self._staging)

    def _note(
        self,
        actor: Actor,
        draft: Draft,
        made: Callable[[Written], Exported],
        paper: ToPaper | None,
        written: Written,
    ) -> None:
        """Note a file that is whole and has not its name yet. Raises what counting sheets raises."""
        exported = made(written)
        ends = [] if exported.left_over else [stretch.end for stretch in draft.stretches]
        half = exported.path.with_name(exported.path.name + PARTIAL)
        sheets = paper.count(half) if paper is not None else None
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
                    recipients=_readers(draft),
                    entries=exported.entries,
                    size=exported.size,
                    sha256=exported.sha256,
                    written_to=paper.called if paper is not None else str(exported.path),
                    carries=pack(ends),
                    sheets=sheets,
                )
            )
            note_ends(unit, exported.bundle_id, ends)


def _exported(
    draft: Draft, path: Path, left_over: int, manifest: Manifest, written: Written
) -> Exported:
    return Exported(
        path=path,
        bundle_id=draft.bundle_id,
        number=draft.outline.number,
        entries=draft.entries - left_over,
        left_over=left_over,
        unsigned=draft.unsigned,
        size=written.size,
        sha256=written.sha256.hex(),
        recipients=tuple(peer.label for peer in draft.peers),
        made_at=draft.begun_at,
        manifest=manifest,
    )


def _with_ending(path: Path) -> Path:
    """Return a name by which whoever takes in the stick sees the file: one with another ending gets ours."""
    is_seen = path.suffix.lower() == BUNDLE_ENDING
    return path if is_seen else path.with_name(path.name + BUNDLE_ENDING)


def _recipients(draft: Draft) -> list[Recipient]:
    return [
        Recipient(label=peer.label, address=address)
        for peer in draft.peers
        for address in peer.recipients
    ]


def _readers(draft: Draft) -> list[dict[str, str]]:
    return [
        {"label": peer.label, "site": str(peer.site_id), "key": peer.key} for peer in draft.peers
    ]


_OF_A_KEY = 8
_PACKED_BYTES = 100
"""That an entry takes at most while it is packed."""
_NOTES_BYTES = MIB
"""What the manifest says of the files of courses that are still to be chosen, at most."""
