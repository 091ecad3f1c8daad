"""Several PCs of one site, each with a data folder and keys of its own, and a stick between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.core.base.actor import system_actor
from app.core.base.clock import Clock
from app.core.content import AssetStore
from app.core.courses import LESSON_SOURCES, Courses
from app.core.keys import SlotCost
from app.core.operations import Derivations, Founding, Join, OpenSite, SiteFolder
from app.core.reports import decision_words
from app.core.schema.upgrade import bring_up_to_date
from app.core.sync import Imported, Peer, Sync
from app.core.sync.intake import Intake
from app.core.sync.receipts import Receipt, encode_receipt
from tests.support.left_open import note_opened

ACTOR = system_actor()
PASSWORD = "correct horse battery"
CHEAP = SlotCost(memory=256, passes=1)


@dataclass
class Pc:
    """One PC."""

    folder: SiteFolder
    opened: OpenSite
    sync: Sync
    settled: list[Mapping[str, set[UUID]]]
    assets: AssetStore
    courses: Courses
    is_open: bool = True

    @property
    def key(self) -> str:
        """Return what peers call it."""
        return self.opened.station.fingerprint.hex()

    def send(self, stick: Path, *others: "Pc") -> Path:
        """Write a file for other PCs of the site; return it."""
        peers = [self._peer(other) for other in others]
        return self.sync.export(ACTOR, peers, stick).path

    def take(self, path: Path) -> Imported:
        """Take in a file, or all of a stick."""
        return self.sync.take(ACTOR, path)

    def told_to(self, settle: Callable[[Mapping[str, set[UUID]]], None]) -> Sync:
        """Return its sync, of which somebody else is told what came."""
        return Sync(
            self.opened.site,
            self.opened.keys,
            self.opened.folder,
            self.assets,
            settle=settle,
            twin_found=self.opened.incarnations.note_twin,
            decision_words=decision_words,
        )

    def close(self) -> None:
        """Close the site, if it is open."""
        if self.is_open:
            self.opened.site.close()
        self.is_open = False

    def reopen(self) -> None:
        """Close the site and open it again."""
        self.close()
        renewed = pc_of(self.folder, self.folder.open(bring_up_to_date))
        self.opened, self.sync, self.settled = renewed.opened, renewed.sync, renewed.settled
        self.assets, self.courses = renewed.assets, renewed.courses
        self.is_open = True

    def hears_that(self, other: "Pc", *, has: Path) -> None:
        """Take a receipt for a file that the other has not got: its disk was lost after it gave it."""
        with has.open("rb") as file:
            manifest = Intake(other.opened.site, other.opened.keys, file).manifest
        receipt = Receipt(
            organisation=manifest.organisation,
            bundle_id=manifest.bundle_id,
            number=manifest.number,
            bundle_sha256=bytes(32),
            sender=manifest.sender,
            receiver=other.opened.station.public_key,
            vector=manifest.vector,
            made_at=manifest.made_at,
        )
        path = has.with_suffix(".dksr")
        path.write_bytes(encode_receipt(receipt, other.opened.station))
        self.take(path)
        path.unlink()

    def _peer(self, other: "Pc") -> Peer:
        return self.sync.peer(ACTOR, other.key)


def pc_of(folder: SiteFolder, opened: OpenSite) -> Pc:
    """Return a PC with its sync."""
    note_opened(opened.site.database)
    settled: list[Mapping[str, set[UUID]]] = []
    assets = AssetStore(opened.assets, opened.site.clock)
    courses = Courses(opened.site, assets, LESSON_SOURCES)
    derivations = Derivations(opened.site, courses.index)

    def settle(touched: Mapping[str, set[UUID]]) -> None:
        settled.append(touched)
        derivations.settle(touched)

    sync = Sync(
        opened.site,
        opened.keys,
        opened.folder,
        assets,
        settle=settle,
        twin_found=opened.incarnations.note_twin,
        decision_words=decision_words,
    )
    return Pc(folder, opened, sync, settled, assets, courses)


def first_pc(tmp: Path, clock: Clock, code: str = "PUN") -> Pc:
    """Found a site."""
    folder = SiteFolder(tmp / "data", tmp / "keys", clock)
    founding = Founding(name=f"Plant {code}", code=code, password=PASSWORD, cost=CHEAP)
    return pc_of(folder, folder.found(founding, bring_up_to_date))


def another_pc(first: Pc, tmp: Path, clock: Clock) -> Pc:
    """Let another PC join the site of the first."""
    folder = SiteFolder(tmp / "data", tmp / "keys", clock)
    request = folder.request()
    paired = first.opened.keys.pairing.pair(ACTOR, request.document, request.words)
    assert paired.answer is not None
    join = Join(paper=paired.answer, password=PASSWORD, words=paired.words, cost=CHEAP)
    return pc_of(folder, folder.join(join, bring_up_to_date))


def forget_anchor(tmp: Path) -> None:
    """Take away what a copied PC knows itself by: nothing tells it now that it is a copy."""
    (anchor,) = (tmp / "keys").glob("*/anchor.json")
    anchor.unlink()


def know_each_other(headquarters: Pc, plant: Pc) -> None:
    """Let a plant and headquarters compare words, and take each other's papers."""
    asked = plant.opened.keys.pairing.introduce()
    paired = headquarters.opened.keys.pairing.pair(ACTOR, asked.document, asked.words)
    assert paired.answer is not None
    plant.opened.keys.pairing.take(ACTOR, paired.answer, paired.words)


def opened_again(tmp: Path, clock: Clock) -> Pc:
    """Open the copy of a PC's folders."""
    folder = SiteFolder(tmp / "data", tmp / "keys", clock)
    return pc_of(folder, folder.open(bring_up_to_date))
