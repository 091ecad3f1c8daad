"""Writing a sync file: what its readers lack, sealed for them alone, and noted as having left."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.content import AssetStore, StoredAsset
from app.core.journal import Position, Site, Stretch, people_sealed_in, segments_of
from app.core.keys import KnownKeys
from app.core.storage.faults import told_plainly
from app.core.storage.room import require_room
from app.core.sync.bundle.manifest import Manifest
from app.core.sync.bundle.writer import BundleFull, BundleWriter, Recipient
from app.core.sync.departure import Departure
from app.core.sync.drafts import RECORDS, SEVERAL, Draft, draft_for, what_lacks
from app.core.sync.envelope import Written
from app.core.sync.limits import MIB, MOST_PEOPLE, MOST_VOLUME_BYTES
from app.core.sync.loading import Drive, Load, Loaded, Loading, Outgoing
from app.core.sync.materials import COURSES, Lacking, Material, lacked_by, without
from app.core.sync.models import SentFileRow
from app.core.sync.peers import Peer
from app.core.sync.people_keys import pack_keys
from app.core.sync.positions import pack, to_ref
from app.core.sync.relations import Relations
from app.core.sync.releasing import Releasing
from app.core.sync.sent_ends import note_ends
from app.core.sync.sticks import Stick, stick_name, write_to_stick

BUNDLE_ENDING = ".dksb"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPlan:
    """What a sync file for somebody would carry."""

    peers: tuple[Peer, ...]
    entries: int
    logs: int
    lacking: Lacking
    """Files of courses that could go along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A sync file that was written, and read back from where it lies."""

    path: Path
    bundle_id: UUID
    number: int
    entries: int
    left_over: int
    """Entries that did not fit one file of FAT32; the next file carries them."""
    unsigned: int
    """Entries that stay behind: only the key under which they were written can sign for them."""
    unsealed: str = ""
    """Why the journal was not sealed before it left, in one sentence; empty where it was."""
    size: int
    sha256: str
    recipients: tuple[str, ...]
    made_at: datetime
    manifest: Manifest = field(repr=False)
    loaded: Loaded = field(default_factory=Loaded)
    """The files of courses that went along."""

    @property
    def cautions(self) -> tuple[str, ...]:
        """Return what whoever wrote it is to know of it besides, one sentence each."""
        unsigned = unsigned_in_words(self.unsigned) if self.unsigned else ""
        return tuple(filter(None, (unsigned, self.unsealed)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPaper:
    """A file that leaves on sheets of codes, and lies in a folder of this PC only until they are made."""

    count: Callable[[Path], int]
    """Is told where the file lies before anything is noted; returns how many sheets it takes, or raises."""
    called: str
    """What the register says of where it went."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to go beside the records."""

    stretches: tuple[Stretch, ...] | None = None
    """The entries that go; None: all that the readers are not known to hold."""
    bundle_id: UUID | None = None
    """Under which a second person confirmed it; None: a new one."""
    is_noted: bool = True
    """Whether the file is one that leaves: then it is noted in the register."""
    courses: Collection[UUID] | None = ()
    """Whose files go along; None: of all that are not on their way."""
    files_ready: frozenset[str] = frozenset()
    """Hashes of files that lie ready for all readers."""
    most_files: int | None = None
    """How long the files may be together; one that is longer goes alone."""
    later: Callable[[Outgoing], None] | None = None
    """Is given the volumes to write them later; without it they are written at once."""
    paper: ToPaper | None = None
    """Where it leaves on paper."""
    parcel: tuple[Material, ...] | None = None
    """Of a parcel: the files of courses that go, with no records."""


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
        in volumes beside them. Raises SitesApart, SecondSignatureNeeded and what writing raises; of
        the volumes it is told.
        """
        actor.require(Capability.MANAGE_SITE)
        self._keys.establish()
        self._staging.mkdir(parents=True, exist_ok=True)
        now = self._site.clock.now()
        with self._site.read() as session:
            draft = draft_for(
                session,
                self._keys,
                peers,
                now,
                self._assets,
                wish.stretches if wish.parcel is None else (),
                wish.bundle_id,
                is_short=wish.paper is not None,
                is_parcel=wish.parcel is not None,
            )
            if wish.is_noted:
                self.releasing.require_released(session, actor, draft)
            materials = self._materials(session, draft, wish)
        require_room(self._staging, sum(one.entries for one in draft.stretches) * _PACKED_BYTES)
        stem = self._stem(draft, wish)
        path = place / (stem + BUNDLE_ENDING) if place.is_dir() else _with_ending(place)
        with self._writer(draft) as writer:
            with self._site.read() as session:
                left_over = _fill(session, writer, draft, progress)
            load = self._load(materials, path, writer, progress)
            write = partial(writer.write, sender_label=self._keys.shown_pc)
            needed = writer.size + _OUTSIDE
            written = write_to_stick(self._drive(path.parent), path.name, needed, write, progress)
            manifest = writer.manifest()
        exported = _exported(draft, path, written, left_over, manifest)
        if wish.is_noted:
            ends = [stretch.end for stretch in draft.stretches] if not left_over else ()
            self._note(actor, draft, exported, ends, wish.paper)
        if load is None:
            return exported
        outgoing = self._outgoing(draft, manifest, stem)
        if wish.later is not None:
            wish.later(outgoing)
            return exported
        loaded = self.loading.write_all(actor, outgoing, load, path.parent, progress)
        return replace(exported, loaded=loaded)

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
        room = self._drive(path.parent).room() - writer.size - _OUTSIDE
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
        return _cut(wanted, wish.most_files)

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
        exported: Exported,
        ends: Sequence[Position],
        paper: ToPaper | None,
    ) -> None:
        sheets = paper.count(exported.path) if paper is not None else None
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


def unsigned_in_words(count: int) -> str:
    """Return the sentence about entries that stay behind."""
    words = _(
        "{entries} stay here: they were written under the key of another PC, and only that PC can "
        "sign for them."
    )
    return words.format(entries=plural("{count} entry", "{count} entries", count))


def _exported(
    draft: Draft, path: Path, written: Written, left_over: int, manifest: Manifest
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
    """Return a name by which whoever takes in the stick sees the file: one without an ending gets it."""
    return path if path.suffix else path.with_name(path.name + BUNDLE_ENDING)


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


def _cut(materials: Iterable[Material], most: int | None) -> tuple[Material, ...]:
    """Return the first of the materials, as many files as are together no longer than `most`."""
    if most is None:
        return tuple(materials)
    kept: list[Material] = []
    left = most
    for material in materials:
        files: list[StoredAsset] = []
        for file in material.files:
            if file.size > left and (kept or files):
                return (*kept, replace(material, files=tuple(files)))
            files.append(file)
            left -= file.size
        kept.append(material)
    return tuple(kept)


def _fill(session: Session, writer: BundleWriter, draft: Draft, progress: Progress) -> int:
    """Pack the entries of a draft; return how many found no room."""
    connection, done = session.connection(), 0
    people = set(draft.asked)
    try:
        for stretch in draft.stretches:
            ref = to_ref(stretch.log.name, stretch.parting)
            for segment, rows in segments_of(connection, stretch):
                spoken_of = people | people_sealed_in(rows.bodies)
                _require_room_for_keys(spoken_of, done)
                writer.add_segment(ref, segment.first, (segment.previous, segment.head), rows)
                people = spoken_of
                done += segment.entries
                progress.step(done, draft.entries, _("Packing records"))
    except BundleFull:
        return draft.entries - done
    finally:
        writer.give_keys(pack_keys(session, people))
    return 0


def _require_room_for_keys(people: Collection[bytes], done: int) -> None:
    if done and len(people) > MOST_PEOPLE:
        raise BundleFull


_OF_A_KEY = 8
_PACKED_BYTES = 100
"""That an entry takes at most while it is packed."""
_OUTSIDE = 16 * MIB
"""Room asked for beside the packed entries: manifest, papers and seals."""
