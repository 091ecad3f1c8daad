"""The files of courses go from PC to PC: in volumes, in any order, over several sticks, once each."""

import errno
import hashlib
import io
import os
import random
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

import pytest
from typing_extensions import Buffer, override

from app.core.base.errors import Cancelled
from app.core.base.progress import NoProgress
from app.core.content import AssetMissing
from app.core.sync import BundleRefused, Exported, Imported
from app.core.sync.exporting import Exporting
from app.core.sync.exports import Wish
from app.core.sync.sticks import Stick
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc
from tests.support.nursery import Nursery, nursery
from tests.support.packages import scorm12

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"


def course(pc: Pc, tmp_path: Path, title: str = "Fire safety", **files: bytes) -> UUID:
    """Import and publish a course of a page and other files."""
    folder = tmp_path / title
    folder.mkdir()
    (folder / "1 Read.html").write_text(f"<h1>{title}</h1><p>Leave by the stairs.</p>")
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    course_id = pc.courses.import_folder(ACTOR, folder, NoProgress())
    pc.courses.publish(ACTOR, course_id)
    return course_id


def film(padding: int = 0) -> bytes:
    """A video that plays, made longer by what players pass over."""
    clip = (MEDIA / "clip.mp4").read_bytes()
    if not padding:
        return clip
    return clip + (8 + padding).to_bytes(4, "big") + b"free" + random.Random(1).randbytes(padding)


def files_of(pc: Pc) -> set[str]:
    """Hashes of what lies in the store; each is what it should be."""
    paths = [path for path in pc.assets.folder.glob("??/*") if path.is_file()]
    for path in paths:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    return {path.name for path in paths}


def export(pc: Pc, stick: Path, *others: Pc, courses: tuple[UUID, ...] | None = None) -> Exported:
    peers = [pc.sync.peer(ACTOR, other.key) for other in others]
    return pc.sync.export(ACTOR, peers, stick, courses=courses)


def take(pc: Pc, path: Path) -> Imported:
    return pc.sync.take(ACTOR, path)


def lacked(pc: Pc, other: Pc) -> int:
    plan = pc.sync.plan(ACTOR, pc.sync.peer(ACTOR, other.key))
    return sum(len(one.files) for one in plan.lacking.fresh)


def test_what_lies_on_the_stick_for_others_is_left_alone(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    three = another_pc(one, tmp_path / "three", clock)
    course(one, tmp_path, film_mp4=film())
    export(one, stick, three)
    export(one, stick, two, courses=())

    outcome = take(two, stick)
    assert (outcome.files, outcome.for_others, outcome.waiting) == (1, 2, 0)
    assert outcome.troubles == []
    assert [path for path in (tmp_path / "two/data/incoming").rglob("*") if path.is_file()] == []
    assert take(three, stick).assets > 0


def test_a_course_comes_with_its_files_and_the_receipt_ends_it(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course_id = course(one, tmp_path, film_mp4=film())
    plan = one.sync.plan(ACTOR, one.sync.peer(ACTOR, two.key))
    (material,) = plan.lacking.fresh
    assert (material.course_id, material.size > len(film())) == (course_id, True)

    exported = export(one, stick, two)
    assert (exported.loaded.files, exported.loaded.files_left) == (len(material.files), 0)
    outcome = take(two, stick)

    assert outcome.troubles == []
    assert files_of(two) == files_of(one)
    assert (outcome.assets, outcome.assets_missing) == (len(material.files), 0)
    assert any("asset" in touched for touched in two.settled)
    take(one, stick)
    assert lacked(one, two) == 0
    assert all(file.is_acknowledged for file in one.sync.board(ACTOR).sent)


def test_a_package_comes_with_all_that_lies_within(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Fire"
    folder.mkdir()
    zip_at(folder / "fire.zip", scorm12(**{"picture.txt": "flames"}))
    course_id = one.courses.import_folder(ACTOR, folder, NoProgress())

    export(one, stick, two, courses=(course_id,))
    take(two, stick)

    assert files_of(two) == files_of(one)
    assert len(files_of(two)) >= 4


def test_records_alone_tell_what_is_missing_and_the_files_follow(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course_id = course(one, tmp_path)
    outcome = take(two, export(one, stick, two, courses=()).path)

    assert outcome.assets_missing > 0
    assert two.courses.without_files(ACTOR) == {course_id: outcome.assets_missing}
    with pytest.raises(AssetMissing, match="not on this PC"):
        two.assets.path(next(iter(files_of(one))))

    take(one, stick)
    assert lacked(one, two) == outcome.assets_missing
    export(one, stick, two)
    take(two, stick)
    assert two.courses.without_files(ACTOR) == {}


def test_only_the_chosen_courses_go(one: Pc, two: Pc, stick: Path, tmp_path: Path) -> None:
    chosen = course(one, tmp_path, "Fire")
    other = course(one, tmp_path, "Water", notes_html=b"<p>Only of water</p>")

    export(one, stick, two, courses=(chosen,))
    take(two, stick)

    assert set(two.courses.without_files(ACTOR)) == {other}


def test_what_is_on_its_way_does_not_go_with_all_but_when_it_is_named(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    course_id = course(one, tmp_path)
    assert export(one, stick, two).loaded.files > 0
    assert export(one, stick, two).loaded.files == 0
    assert export(one, stick, two, courses=(course_id,)).loaded.files > 0


class SmallStick(Stick):
    """A stick that has so much room; a false one says that it has more."""

    def __init__(self, folder: Path, holds: int, boasts: int = 0) -> None:
        super().__init__(folder)
        self.folder, self.holds, self.boasts = folder, holds, boasts

    def _left(self) -> int:
        return self.holds - sum(path.stat().st_size for path in self.folder.iterdir())

    @override
    def room(self) -> int:
        return self._left() + self.boasts

    @override
    def create(self, name: str) -> BinaryIO:
        left = self._left()

        class Full(io.FileIO):
            @override
            def write(self, data: Buffer, /) -> int:
                if self.tell() + len(memoryview(data)) > left:
                    raise OSError(errno.ENOSPC, "No space left on device")
                return super().write(data)

        return cast("BinaryIO", Full(self.folder / name, "wb"))


def export_in(
    pc: Pc, stick: Path, other: Pc, most_volume: int, drive: Callable[[Path], Stick] = Stick
) -> Exported:
    """Write all that lacks, in volumes of this size."""
    exporting = Exporting(
        pc.opened.site,
        pc.opened.keys,
        pc.opened.folder / "incoming",
        pc.assets,
        drive=drive,
        most_volume=most_volume,
    )
    peers = [pc.sync.peer(ACTOR, other.key)]
    return exporting.write(ACTOR, peers, stick, NoProgress(), Wish(courses=None))


@pytest.mark.parametrize("seed", range(3))
def test_volumes_come_in_any_order_before_their_records_and_again(
    one: Pc,
    two: Pc,
    stick: Path,
    tmp_path: Path,
    seed: int,
) -> None:
    course(one, tmp_path, film_mp4=film(), notes_html=b"<p>More</p>")
    take(two, export(one, stick, two, courses=()).path)
    exported = export_in(one, stick, two, len(film()) // 3)
    paths = [exported.path, *exported.loaded.volumes]
    assert len(paths) > 3
    random.Random(seed).shuffle(paths)

    for path in (*paths, *paths):
        outcome = take(two, path)

    assert files_of(two) == files_of(one)
    assert (outcome.assets_missing, outcome.waiting) == (0, 0)
    leftover = [p.name for p in (two.opened.folder / "incoming").rglob("*") if p.is_file()]
    assert leftover == []


@pytest.mark.parametrize("how", ["cut", "flipped", "foreign"])
def test_a_bad_volume_is_refused_and_what_was_good_stays(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock, how: str
) -> None:
    course(one, tmp_path)
    exported = export(one, stick, two)
    (volume,) = exported.loaded.volumes
    good = volume.read_bytes()
    if how == "cut":
        volume.write_bytes(good[: len(good) // 2])
    elif how == "flipped":
        bad = bytearray(good)
        bad[len(bad) // 2] ^= 1
        volume.write_bytes(bad)
    else:
        stranger = first_pc(tmp_path / "stranger", clock, code="XYZ")
        helper = another_pc(stranger, tmp_path / "helper", clock)
        course(stranger, tmp_path, "Foreign")
        (tmp_path / "other").mkdir()
        shutil.copyfile(export(stranger, tmp_path / "other", helper).loaded.volumes[0], volume)
    take(two, exported.path)

    with pytest.raises(BundleRefused):
        take(two, volume)
    assert files_of(two) == set()

    volume.write_bytes(good)
    take(two, volume)
    assert files_of(two) == files_of(one)


def test_a_file_that_is_damaged_here_is_left_out_and_told(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course(one, tmp_path, film_mp4=film())
    path = one.assets.path(hashlib.sha256(film()).hexdigest())
    content = bytearray(film())
    content[100] ^= 1
    path.write_bytes(content)

    loaded = export(one, stick, two).loaded
    outcome = take(two, stick)

    assert loaded.damaged == ("film.mp4",)
    assert (outcome.troubles, outcome.assets_missing) == ([], 1)
    assert outcome.assets == loaded.files > 0


def test_what_finds_no_room_is_told_and_goes_with_the_next(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course(one, tmp_path, film_mp4=film(3 * 2**20))
    every = lacked(one, two)
    # What records ask for, and enough for the small files alone.
    holds = 4_600_000

    first = export_in(one, stick, two, 2**20, lambda folder: SmallStick(folder, holds)).loaded

    assert (first.files, first.files_left, first.trouble) == (every - 1, 1, "")
    assert first.size_left == len(film(3 * 2**20))
    (other := tmp_path / "other").mkdir()
    second = export(one, other, two).loaded
    assert (second.files, second.files_left) == (1, 0)
    take(two, stick)
    take(two, other)
    assert files_of(two) == files_of(one)


def test_a_stick_that_gets_full_in_the_middle_keeps_the_records_and_whole_volumes(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course(one, tmp_path, film_mp4=film())
    holds = len(film())

    loaded = export_in(
        one, stick, two, len(film()) // 4, lambda folder: SmallStick(folder, holds, 2**26)
    ).loaded

    assert "stick" in loaded.trouble
    assert loaded.files_left > 0
    assert not list(stick.glob("*.part"))
    assert 0 < len(loaded.volumes) < 5
    outcome = take(two, stick)
    assert outcome.assets_missing == loaded.files_left
    (other := tmp_path / "other").mkdir()
    export(one, other, two)
    take(two, other)
    assert files_of(two) == files_of(one)


TAKES_AND_IS_KILLED = """
import os, signal
from pathlib import Path
from app.core.base.clock import SystemClock
from tests.support.in_touch import ACTOR, opened_again

class Killer:
    def __init__(self, left):
        self.left = left
    def step(self, done, total, note=""):
        if note.startswith("Taking in files"):
            self.left -= 1
            if self.left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

def work(folder, stick, left):
    pc = opened_again(Path(folder), SystemClock())
    pc.sync.take(ACTOR, Path(stick), Killer(int(left)))
"""


@pytest.fixture(scope="module")
def takers() -> Iterator[Nursery]:
    """Return what starts processes that take in and are killed at it."""
    with nursery(TAKES_AND_IS_KILLED) as processes:
        yield processes


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("after", [0, 1, 3])
def test_killed_between_pieces_nothing_is_lost_or_false(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, takers: Nursery, after: int
) -> None:
    course(one, tmp_path, film_mp4=film(9 * 2**20))
    export_in(one, stick, two, 5 * 2**20)
    two.opened.site.close()

    takers.begin(tmp_path / "two", stick, after)

    assert takers.ended() == -signal.SIGKILL
    two.reopen()
    outcome = take(two, stick)
    assert files_of(two) == files_of(one)
    assert (outcome.troubles, outcome.assets_missing) == ([], 0)


def test_stopping_leaves_whole_volumes_alone_and_the_rest_goes_later(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course(one, tmp_path, film_mp4=film())

    class Stops:
        def step(self, done: int, total: int, note: str = "") -> None:
            if note == "Writing files of courses":
                raise Cancelled

    peers = [one.sync.peer(ACTOR, two.key)]
    with pytest.raises(Cancelled):
        one.sync.export(ACTOR, peers, stick, Stops(), courses=None)

    assert [path.suffix for path in stick.iterdir()] == [".dksb"]
    export(one, stick, two)
    take(two, stick)
    assert files_of(two) == files_of(one)


def test_a_large_file_streams_through_flat_memory(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    with (tmp_path / "large.mp4").open("wb") as file:
        file.write(film())
        file.write((8 + 300 * 2**20).to_bytes(4, "big") + b"free")
        for number in range(300):
            file.write(random.Random(number).randbytes(2**20))
    folder = tmp_path / "Large"
    folder.mkdir()
    (tmp_path / "large.mp4").rename(folder / "large.mp4")
    one.courses.import_folder(ACTOR, folder, NoProgress())
    # What is loaded once, at the first file, is not what is asked for.
    take(two, export(one, stick, two, courses=()).path)
    take(one, stick)

    before = peak()
    loaded = export_in(one, stick, two, 160 * 2**20).loaded
    outcome = take(two, stick)
    grown = peak() - before

    assert (loaded.files, len(loaded.volumes)) == (1, 2)
    assert (outcome.assets, outcome.assets_missing) == (1, 0)
    assert grown < 64 * 2**20
    assert files_of(two) == files_of(one)


def peak() -> int:
    """Return the most memory this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
