"""Sync files for several readers in one act: each its own records, and files of courses once for all who lack them.

A reader is another site, or the PCs of this site together. Plants do not see each other's records, so
what is sealed for one is sealed for no other. What several lack of the files of courses goes in a
parcel: a sync file without records, sealed for exactly those who lack what is in it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.journal import Site
from app.core.keys import KnownKeys
from app.core.sync.drafts import what_lacks
from app.core.sync.exporting import Exporting
from app.core.sync.exports import BUNDLE_ENDING, Exported, ExportPlan, Wish
from app.core.sync.limits import MOST_RECIPIENTS
from app.core.sync.materials import Lacking, Material, Wanted, files_here, only, wanted_by
from app.core.sync.peers import Peer
from app.core.sync.relations import Relations
from app.core.sync.releasing import ExportOrder, SecondSignatureNeeded
from app.core.sync.sticks import require_there

Reader = tuple[Peer, ...]
"""Another site, or PCs of this site that take one file."""


class FolderNeeded(UserFacingError):
    """Files for several were to go into one file."""

    def __init__(self) -> None:
        super().__init__(
            _("For several readers a file each is written, and they need a folder."),
            safe=_("Nothing was written."),
            remedy=_("Name the stick's folder, and no file in it."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """What files for several readers would carry."""

    readers: tuple[ExportPlan, ...]
    lacking: Lacking
    """What any of them lacks of the files of courses, each file once: so it lies on the stick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Files of courses that go to the same readers."""

    readers: tuple[int, ...]
    """Their places among those of the distribution."""
    peers: Reader
    materials: tuple[Material, ...]

    @property
    def files(self) -> int:
        """Return how many files there are."""
        return sum(len(one.files) for one in self.materials)

    @property
    def size(self) -> int:
        """Return how long they are together."""
        return sum(one.size for one in self.materials)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What came of it for one reader."""

    peers: Reader
    exported: Exported | None
    """The file with its records; None where writing ended before it."""
    files: int = 0
    files_size: int = 0
    """Files of courses that were written for it, alone or with others."""
    files_left: int = 0
    files_left_size: int = 0
    """What did not fit, or was not written; it goes with the next file."""

    @property
    def label(self) -> str:
        """Return who it is for."""
        return label_of(self.peers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distributed:
    """What was written for several readers. All of it is on record, and was read back."""

    deliveries: tuple[Delivery, ...]
    parcels: tuple[Exported, ...]
    trouble: str
    """Why writing ended early, in one sentence; empty where it did not."""
    unsealed: str = ""
    """Why the journal was not sealed before they left, in one sentence; empty where it was."""

    @property
    def cautions(self) -> tuple[str, ...]:
        """Return what whoever wrote them is to know besides, one sentence each."""
        each = (
            f"{one.label}: {caution}"
            for one in self.deliveries
            if one.exported is not None
            for caution in one.exported.cautions
        )
        return tuple(filter(None, (self.unsealed, *each)))

    @property
    def written(self) -> tuple[Exported, ...]:
        """Return every sync file that was written, in the order of writing."""
        own = (one.exported for one in self.deliveries if one.exported is not None)
        return (*own, *self.parcels)

    @property
    def unwritten(self) -> tuple[Delivery, ...]:
        """Return for whom nothing was written."""
        return tuple(one for one in self.deliveries if one.exported is None)

    @property
    def files_left(self) -> int:
        """Return how many files of courses are left for at least one reader, counted for each."""
        return sum(one.files_left for one in self.deliveries)


def readers_of(peers: Iterable[Peer]) -> tuple[Reader, ...]:
    """Return who takes a file each: PCs of this site one together, and each other site."""
    peers = tuple(dict.fromkeys(peers))
    own = tuple(peer for peer in peers if peer.is_own_site)
    return (*([own] if own else []), *((peer,) for peer in peers if not peer.is_own_site))


def label_of(peers: Reader) -> str:
    """Return what a reader is called."""
    return ", ".join(peer.label for peer in peers)


class Distributing:
    """Plans and writes them."""

    def __init__(
        self, site: Site, keys: KnownKeys, assets: AssetStore, exporting: Exporting
    ) -> None:
        self._site = site
        self._keys = keys
        self._assets = assets
        self._exporting = exporting

    def plan(self, actor: Actor, peers: Sequence[Peer]) -> Distribution:
        """Return what files for `peers` would carry now. Raises SitesApart."""
        return self._planned(actor, readers_of(peers))

    def each_alone(self, actor: Actor, peers: Sequence[Peer]) -> tuple[ExportPlan, ...]:
        """Return what each of some peers lacks by itself, PCs of this site too. Raises SitesApart."""
        return self._planned(actor, [(peer,) for peer in peers]).readers

    def _planned(self, actor: Actor, readers: Sequence[Reader]) -> Distribution:
        actor.require(Capability.MANAGE_SITE)
        relations = Relations.now(self._keys)
        with self._site.read() as session:
            lacked = [what_lacks(session, relations, one) for one in readers]
            wanted = [
                wanted_by(session, relations, one, stretches)
                for one, stretches in zip(readers, lacked, strict=True)
            ]
            every = _together(wanted)
            here = files_here(session, self._assets, every.fresh | every.on_the_way)
            both = Lacking(fresh=here, on_the_way=()).with_roles(session)
        return Distribution(
            readers=tuple(
                ExportPlan(
                    peers=one,
                    entries=sum(each.entries for each in stretches),
                    logs=len(stretches),
                    lacking=own.among(both.fresh),
                )
                for one, stretches, own in zip(readers, lacked, wanted, strict=True)
            ),
            lacking=every.among(both.fresh),
        )

    def orders(
        self, actor: Actor, peers: Sequence[Peer], courses: Collection[UUID] | None
    ) -> tuple[ExportOrder, ...]:
        """Seal the journal; return an order for each reader, for a second person to sign. Raises SitesApart."""
        actor.require(Capability.MANAGE_SITE)
        unsealed = self._exporting.departure.seal()
        plan = self.plan(actor, peers)
        return tuple(
            replace(
                self._exporting.releasing.order(actor, one.peers),
                unsealed=unsealed,
                courses=courses,
                files=sum(len(each.files) for each in chosen),
                files_size=sum(each.size for each in chosen),
            )
            for one in plan.readers
            for chosen in (_chosen(one.lacking, plan.lacking, courses),)
        )

    def write(
        self,
        actor: Actor,
        peers: Sequence[Peer],
        place: Path,
        progress: Progress,
        courses: Collection[UUID] | None = (),
        orders: Sequence[ExportOrder] = (),
    ) -> Distributed:
        """Write a file for each reader into the folder `place`, then parcels; note that each left.

        The journal is sealed once, before all of them: with `orders` that was when they were prepared.
        `orders` are what a second person signed, one a reader. When the stick is full or pulled, or
        somebody stops it, what was written stands, and the rest is told of. Raises what writing does
        where nothing was written at all, SitesApart, SecondSignatureNeeded, FolderNeeded.
        """
        if place.is_file() or place.suffix == BUNDLE_ENDING:
            raise FolderNeeded
        plan = self.plan(actor, peers)
        self._require_signed(actor, plan, orders)
        signed = {order.peers: order for order in orders}
        run = _Run(plan, _parcels_of(plan, courses), progress)
        run.unsealed = orders[0].unsealed if orders else self._exporting.departure.seal()
        try:
            for reader in plan.readers:
                require_there(place)
                wish = _wish(signed.get(reader.peers))
                run.own.append(
                    self._exporting.write(actor, reader.peers, place, run.telling(reader), wish)
                )
            for parcel in run.parcels:
                require_there(place)
                wish = Wish(parcel=parcel.materials)
                written = self._exporting.write(actor, parcel.peers, place, run.progress, wish)
                run.sent.append(written)
                if written.loaded.trouble:
                    run.trouble = written.loaded.trouble
                    break
        except UserFacingError as refusal:
            if not run.own:
                raise
            run.trouble = refusal.sentence
        return run.outcome()

    def _require_signed(
        self, actor: Actor, plan: Distribution, orders: Sequence[ExportOrder]
    ) -> None:
        """Refuse before anything is written what would be refused in the middle."""
        releasing = self._exporting.releasing
        signed = {order.peers for order in orders}
        if releasing.asks_today() and any(
            releasing.order(actor, one.peers).asks_second
            for one in plan.readers
            if one.peers not in signed
        ):
            raise SecondSignatureNeeded


class _Run:
    """One act of writing: what is to be written, and what has been."""

    def __init__(self, plan: Distribution, parcels: tuple[Parcel, ...], progress: Progress) -> None:
        self.plan = plan
        self.parcels = parcels
        self.progress = progress
        self.own: list[Exported] = []
        self.sent: list[Exported] = []
        self.trouble = ""
        self.unsealed = ""

    def telling(self, reader: ExportPlan) -> Progress:
        """Return what tells how far it is with a reader's file, by name."""
        return _Named(self.progress, label_of(reader.peers))

    def outcome(self) -> Distributed:
        """Return what came of it."""
        return Distributed(
            deliveries=tuple(map(self._delivery, range(len(self.plan.readers)))),
            parcels=tuple(self.sent),
            trouble=self.trouble,
            unsealed=self.unsealed,
        )

    def _delivery(self, place: int) -> Delivery:
        files = size = left = left_size = 0
        for number, parcel in enumerate(self.parcels):
            if place not in parcel.readers:
                continue
            if number >= len(self.sent):
                left, left_size = left + parcel.files, left_size + parcel.size
                continue
            loaded = self.sent[number].loaded
            files, size = files + loaded.files, size + loaded.size
            left, left_size = left + loaded.files_left, left_size + loaded.size_left
        return Delivery(
            peers=self.plan.readers[place].peers,
            exported=self.own[place] if place < len(self.own) else None,
            files=files,
            files_size=size,
            files_left=left,
            files_left_size=left_size,
        )


@dataclass(frozen=True, slots=True)
class _Named:
    """Tells how far it is with one of several, by name."""

    progress: Progress
    name: str

    def step(self, done: int, total: int, note: str = "") -> None:
        self.progress.step(done, total, f"{self.name}: {note}" if note else self.name)


def _together(wanted: Iterable[Wanted]) -> Wanted:
    """Return what any reader lacks; on its way is what is so for all who lack it."""
    wanted = tuple(wanted)
    fresh = frozenset[str]().union(*(one.fresh for one in wanted))
    on_the_way = frozenset[str]().union(*(one.on_the_way for one in wanted))
    return Wanted(fresh=fresh, on_the_way=on_the_way - fresh)


def _chosen(
    lacking: Lacking, every: Lacking, courses: Collection[UUID] | None
) -> tuple[Material, ...]:
    """Return what goes to one of several readers when these courses are asked for.

    What is on its way to it goes again only where a course is named that nobody lacks afresh.
    """
    if courses is None or not courses:
        return lacking.fresh if courses is None else ()
    afresh = {one.course_id for one in every.fresh}
    again = set(courses) - afresh
    wanted = [one for one in lacking.fresh if one.course_id is None or one.course_id in courses]
    return (*wanted, *(one for one in lacking.on_the_way if one.course_id in again))


def _parcels_of(plan: Distribution, courses: Collection[UUID] | None) -> tuple[Parcel, ...]:
    """Return the files of courses by who lacks them: what most lack first, then what is short."""
    lack: dict[str, list[int]] = {}
    for place, reader in enumerate(plan.readers):
        for material in _chosen(reader.lacking, plan.lacking, courses):
            for file in material.files:
                lack.setdefault(file.sha256, []).append(place)
    groups: dict[tuple[int, ...], set[str]] = {}
    for sha256, places in lack.items():
        groups.setdefault(tuple(dict.fromkeys(places)), set()).add(sha256)
    every = (*plan.lacking.fresh, *plan.lacking.on_the_way)
    parcels = [
        Parcel(
            readers=some,
            peers=tuple(peer for place in some for peer in plan.readers[place].peers),
            materials=only(every, hashes),
        )
        for places, hashes in groups.items()
        for some in _sealed_together(plan, places)
    ]
    return tuple(sorted(parcels, key=lambda one: (-len(one.readers), one.size, one.readers)))


def _sealed_together(plan: Distribution, places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the readers in lots that one file can be sealed for."""
    lot: list[int] = []
    room = MOST_RECIPIENTS
    for place in places:
        addresses = sum(len(peer.recipients) for peer in plan.readers[place].peers)
        if lot and addresses > room:
            yield tuple(lot)
            lot, room = [], MOST_RECIPIENTS
        lot.append(place)
        room -= addresses
    if lot:
        yield tuple(lot)


def _wish(order: ExportOrder | None) -> Wish:
    if order is None:
        return Wish()
    return Wish(stretches=order.lacked, bundle_id=order.bundle_id)
