"""Files for several readers in one act: each its own records, files of courses once, and nothing lost on the way."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
import sqlalchemy as sa
from typing_extensions import override

from app.core.base.actor import Actor
from app.core.base.errors import Cancelled
from app.core.base.progress import NoProgress, Progress
from app.core.signatures import Undersigned
from app.core.sync import (
    Distributed,
    FolderNeeded,
    SecondSignatureNeeded,
    SlipsRead,
    SlipVerdict,
    StickTrouble,
    slips_in_file,
)
from app.core.sync.distributing import Distributing
from app.core.sync.exporting import Exporting
from app.core.sync.intake import Intake
from app.core.sync.models import PeerRow, SentFileRow
from app.core.sync.positions import unpack
from app.core.sync.sticks import Stick
from tests.core.sync.test_exchange import add, units
from tests.core.sync.test_second_person import ask_two, ravis_pen
from tests.core.sync.test_travelling_files import course, files_of, film
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, know_each_other
from tests.support.signers import door_of, found_administrator, second_administrator


@pytest.fixture
def goa(headquarters: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    made = first_pc(tmp_path / "goa", clock, code="GOA")
    know_each_other(headquarters, made)
    return made


def send(sender: Pc, place: Path, *others: Pc, progress: Progress | None = None) -> Distributed:
    """Write for several, with the files of all courses that they lack."""
    peers = [sender.sync.peer(ACTOR, str(one.opened.site_id)) for one in others]
    progress = progress or NoProgress()
    return sender.sync.several.write(ACTOR, peers, place, progress, courses=None)


def holds_by_word(pc: Pc, other: Pc) -> bytes:
    """Return what a PC knows that another holds."""
    with pc.opened.site.read() as session:
        row = session.get(PeerRow, other.opened.station.fingerprint)
        return row.holds if row is not None else b""


def reached(holds: bytes) -> dict[object, int]:
    """Return how far every log reaches by a word."""
    return {one.log: one.seq for one in unpack(holds)}


def test_each_gets_its_own_records_and_the_files_of_courses_lie_there_once(
    headquarters: Pc, plant: Pc, goa: Pc, stick: Path, tmp_path: Path
) -> None:
    for pc, code in ((plant, "PUN-SHOP"), (goa, "GOA-SHOP")):
        add(pc, code)
        peer = pc.sync.peer(ACTOR, str(headquarters.opened.site_id))
        headquarters.take(pc.sync.export(ACTOR, [peer], stick).path)
    course(headquarters, tmp_path, film_mp4=film())
    (sent := tmp_path / "sent").mkdir()

    done = send(headquarters, sent, plant, goa)

    assert done.trouble == ""
    assert [one.label for one in done.deliveries] == ["Plant PUN", "Plant GOA"]
    (parcel,) = done.parcels
    assert set(parcel.recipients) == {"Plant PUN", "Plant GOA"}
    assert {one.files for one in done.deliveries} == {parcel.loaded.files}
    assert len(list(sent.glob("*.dksb"))) == 3
    assert len(list(sent.glob("*.dksv"))) == len(parcel.loaded.volumes) == 1
    for pc in (plant, goa):
        outcome = pc.take(sent)
        assert (outcome.troubles, outcome.files, outcome.for_others) == ([], 3, 1)
        assert files_of(pc) == files_of(headquarters)
    assert units(plant) == {"PUN-SHOP"}
    assert units(goa) == {"GOA-SHOP"}
    headquarters.take(sent)
    board = headquarters.sync.board(ACTOR)
    assert all(file.is_acknowledged for file in board.sent)
    assert [state.on_the_way for state in board.peers] == [0, 0]


def test_a_parcel_says_nothing_of_one_plant_to_another(
    headquarters: Pc, plant: Pc, goa: Pc, stick: Path, tmp_path: Path
) -> None:
    add(plant, "PUN-SHOP")
    peer = plant.sync.peer(ACTOR, str(headquarters.opened.site_id))
    headquarters.take(plant.sync.export(ACTOR, [peer], stick).path)
    course(headquarters, tmp_path)

    (parcel,) = send(headquarters, stick, plant, goa).parcels

    with parcel.path.open("rb") as file:
        manifest = Intake(goa.opened.site, goa.opened.keys, file).manifest
    assert (manifest.segments, manifest.vector, manifest.acknowledged) == ((), (), ())
    assert (manifest.people_keys, manifest.lacks_keys, manifest.lacks_assets) == (b"", b"", b"")


def test_a_parcel_alone_makes_nobody_forget_what_the_other_holds(
    headquarters: Pc, plant: Pc, goa: Pc, stick: Path, tmp_path: Path
) -> None:
    course(headquarters, tmp_path)
    plant.take(send(headquarters, stick, plant, goa).deliveries[0].exported.path)  # type: ignore[union-attr]
    headquarters.take(stick)
    known, acknowledged = holds_by_word(plant, headquarters), holds_by_word(headquarters, plant)
    assert known
    for path in stick.iterdir():
        if "-courses-" not in path.name:
            path.unlink()

    assert plant.take(stick).troubles == []
    headquarters.take(stick)

    assert holds_by_word(plant, headquarters) == known
    now = reached(holds_by_word(headquarters, plant))
    assert all(now[log] >= seq for log, seq in reached(acknowledged).items())
    assert files_of(plant) == files_of(headquarters)


def test_who_has_the_old_version_gets_what_is_new_and_who_has_nothing_gets_all(
    headquarters: Pc, plant: Pc, goa: Pc, stick: Path, tmp_path: Path
) -> None:
    course(headquarters, tmp_path, "Fire", film_mp4=film())
    peer = headquarters.sync.peer(ACTOR, str(plant.opened.site_id))
    headquarters.sync.export(ACTOR, [peer], stick, courses=None)
    plant.take(stick)
    headquarters.take(stick)
    course(headquarters, tmp_path, "Water", notes_html=b"<p>Of water</p>")
    peers = headquarters.sync.peers(ACTOR)
    plan = headquarters.sync.several.plan(ACTOR, peers)
    lacking = {one.peers[0].label: one.lacking.fresh for one in plan.readers}
    assert [one.title for one in lacking["Plant PUN"]] == ["Water"]
    assert {one.title for one in lacking["Plant GOA"]} == {"Fire", "Water"}
    assert all(one.size <= one.whole for one in lacking["Plant GOA"])
    (sent := tmp_path / "sent").mkdir()

    done = send(headquarters, sent, plant, goa)

    assert [parcel.recipients for parcel in done.parcels][-1] == ("Plant GOA",)
    assert len(done.parcels) == 2
    left = {path.name for path in sent.glob("*.dksv")}
    for_one = [path.name for path in done.parcels[1].loaded.volumes]
    assert set(for_one) < left
    assert plant.take(sent).for_others == 1 + 1 + len(for_one)
    goa.take(sent)
    assert files_of(plant) == files_of(goa) == files_of(headquarters)


def test_all_pcs_of_the_own_site_take_one_file_beside_that_for_a_plant(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    others = [another_pc(headquarters, tmp_path / name, clock) for name in ("b", "c")]
    add(headquarters, "HQ-OFFICE")

    done = headquarters.sync.several.write(
        ACTOR, headquarters.sync.peers(ACTOR), stick, NoProgress()
    )

    assert [len(one.peers) for one in done.deliveries] == [2, 1]
    for pc in (*others, plant):
        assert pc.take(stick).troubles == []
    assert units(others[0]) == units(others[1]) == {"HQ-OFFICE"}
    assert units(plant) == set()


class Faulty(Stick):
    """A stick that is pulled, or full, when the nth file is begun."""

    def __init__(self, folder: Path, begun: list[str], nth: int, refusal: int) -> None:
        super().__init__(folder)
        self.begun, self.nth, self.refusal = begun, nth, refusal

    @override
    def create(self, name: str) -> BinaryIO:
        self.begun.append(name)
        if len(self.begun) == self.nth:
            raise OSError(self.refusal, "no")
        return super().create(name)


def with_faults(pc: Pc, drive: Callable[[Path], Stick]) -> Distributing:
    opened = pc.opened
    exporting = Exporting(opened.site, opened.keys, opened.folder / "incoming", pc.assets, drive)
    return Distributing(opened.site, opened.keys, pc.assets, exporting)


@pytest.mark.parametrize(("nth", "refusal"), [(2, errno.EIO), (3, errno.ENOSPC), (4, errno.EIO)])
def test_what_was_written_before_the_stick_failed_stands_and_the_rest_is_named(
    headquarters: Pc, plant: Pc, goa: Pc, stick: Path, tmp_path: Path, nth: int, refusal: int
) -> None:
    course(headquarters, tmp_path)
    begun: list[str] = []
    several = with_faults(headquarters, lambda folder: Faulty(folder, begun, nth, refusal))
    peers = headquarters.sync.peers(ACTOR)

    done = several.write(ACTOR, peers, stick, NoProgress(), courses=None)

    assert done.trouble.startswith("The stick could not be written.")
    assert len(done.unwritten) == (1 if nth == 2 else 0)
    assert len(done.deliveries) - len(done.unwritten) == min(nth - 1, 2)
    assert all(one.files == 0 and one.files_left > 0 for one in done.deliveries)
    assert done.files_left == sum(one.files_left for one in done.deliveries)
    assert sorted(path.name for path in stick.iterdir()) == sorted(begun_whole(begun, nth))
    with headquarters.opened.site.read() as session:
        noted = set(session.scalars(sa.select(SentFileRow.written_to)))
    assert noted == {str(path) for path in stick.iterdir()}
    (again := tmp_path / "again").mkdir()
    rest = headquarters.sync.several.write(ACTOR, peers, again, NoProgress(), courses=None)
    assert (rest.trouble, rest.files_left, len(rest.unwritten)) == ("", 0, 0)
    for pc in (plant, goa):
        pc.take(again)
        assert files_of(pc) == files_of(headquarters)


def begun_whole(begun: list[str], nth: int) -> list[str]:
    return [name.removesuffix(".part") for name in begun[: nth - 1]]


def test_where_nothing_was_written_it_is_refused_as_for_one(
    headquarters: Pc, plant: Pc, goa: Pc, stick: Path, tmp_path: Path
) -> None:
    assert {plant.key, goa.key}
    peers = headquarters.sync.peers(ACTOR)
    stick.rmdir()
    with pytest.raises(StickTrouble):
        headquarters.sync.several.write(ACTOR, peers, stick, NoProgress())
    with pytest.raises(FolderNeeded):
        headquarters.sync.several.write(ACTOR, peers, tmp_path / "one.dksb", NoProgress())
    assert headquarters.sync.board(ACTOR).sent == ()


class StopsAt:
    """Somebody who stops it as soon as a reader is written for."""

    def __init__(self, name: str) -> None:
        self.name = name

    def step(self, done: int, total: int, note: str = "") -> None:
        if note.startswith(self.name):
            raise Cancelled


def test_stopping_keeps_what_was_whole(headquarters: Pc, plant: Pc, goa: Pc, stick: Path) -> None:
    assert {plant.key, goa.key}
    first, second = headquarters.sync.peers(ACTOR)

    done = headquarters.sync.several.write(ACTOR, (first, second), stick, StopsAt(second.label))

    assert done.trouble.startswith("Stopped.")
    assert [one.label for one in done.unwritten] == [second.label]
    (path,) = stick.iterdir()
    assert done.written[0].path == path
    assert len(headquarters.sync.board(ACTOR).sent) == 1


def test_slips_of_all_are_one_paper_and_each_finds_its_files(
    headquarters: Pc, plant: Pc, goa: Pc, stick: Path, tmp_path: Path
) -> None:
    course(headquarters, tmp_path)
    done = send(headquarters, stick, plant, goa)
    slips = headquarters.sync.slips

    paper = slips.document(ACTOR, *(one.bundle_id for one in done.written))

    (tmp_path / "slips.pdf").write_bytes(paper.content)
    read = slips_in_file(tmp_path / "slips.pdf")
    assert [code.bundle_id for code in read.codes] == [one.bundle_id for one in done.written]
    assert paper.leaving.records == len(list(stick.iterdir()))
    found = goa.sync.slips.compare(ACTOR, read, stick)
    assert [one.verdict for one in found.slips] == [SlipVerdict.SAME] * 3
    assert (found.is_same, found.others) == (True, ())

    (parcel,) = done.parcels
    (volume,) = parcel.loaded.volumes
    whole = volume.read_bytes()
    middle = len(whole) // 2
    volume.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    assert goa.sync.slips.compare(ACTOR, read, stick).verdict is SlipVerdict.DAMAGED
    volume.unlink()
    assert goa.sync.slips.compare(ACTOR, read, stick).verdict is SlipVerdict.LACKING
    parcel.path.unlink()
    found = goa.sync.slips.compare(ACTOR, read, stick)
    assert (found.verdict, found.is_same) == (SlipVerdict.NOT_HERE, False)

    one_alone = SlipsRead(codes=read.codes[:1])
    assert len(goa.sync.slips.compare(ACTOR, one_alone, stick).others) == 1


def test_a_second_person_signs_what_is_personal_and_nothing_goes_before(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    found_administrator(headquarters)
    door = door_of(headquarters)
    meera: Actor = door.enter()
    door.accept(meera)
    ravi = second_administrator(headquarters.opened.site, door.sign_in, door.signatures, meera)
    ask_two(headquarters, meera)
    course(headquarters, tmp_path)
    own_pc = another_pc(headquarters, tmp_path / "b", clock)
    peers, sync = headquarters.sync.peers(meera), headquarters.sync
    with pytest.raises(SecondSignatureNeeded):
        sync.several.write(meera, [*reversed(peers)], stick, NoProgress(), None)
    assert list(stick.iterdir()) == []

    orders = sync.several.orders(meera, peers, None)
    assert [order.asks_second for order in orders] == [True, False]
    assert [order.files for order in orders] == [len(files_of(headquarters))] * 2
    signed = Undersigned(ravis_pen(door, ravi), orders[0].shown)
    sync.releasing.release_each(orders[:1], signed)
    done = sync.several.write(meera, peers, stick, NoProgress(), None, orders)

    assert [one.bundle_id for one in done.written[:2]] == [one.bundle_id for one in orders]
    confirmed = [file for file in sync.board(meera).sent if file.confirmed is not None]
    assert [file.id for file in confirmed] == [orders[0].bundle_id]
    assert (done.trouble, len(done.parcels)) == ("", 1)
    for pc in (own_pc, plant):
        pc.take(stick)
        assert files_of(pc) == files_of(headquarters)
