"""The files of courses go from PC to PC: in volumes, in any order, over several sticks, once each."""

import hashlib
import random
import shutil
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.errors import Cancelled
from app.core.base.progress import NoProgress
from app.core.content import AssetMissing
from app.core.sync import BundleRefused, Exported, Imported
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc
from tests.support.packages import scorm12
from tests.support.progress import Stopper

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"


@pytest.fixture
def one(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "one", clock)


@pytest.fixture
def two(one: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    return another_pc(one, tmp_path / "two", clock)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


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


def film() -> bytes:
    """A video that plays."""
    return next(MEDIA.glob("*.mp4")).read_bytes()


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
    assert two.sync.courses_without_files(ACTOR) == {course_id: outcome.assets_missing}
    with pytest.raises(AssetMissing, match="not on this PC"):
        two.assets.path(next(iter(files_of(one))))

    take(one, stick)
    assert lacked(one, two) == outcome.assets_missing
    export(one, stick, two)
    take(two, stick)
    assert two.sync.courses_without_files(ACTOR) == {}


def test_only_the_chosen_courses_go(one: Pc, two: Pc, stick: Path, tmp_path: Path) -> None:
    chosen = course(one, tmp_path, "Fire")
    other = course(one, tmp_path, "Water", notes_html=b"<p>Only of water</p>")

    export(one, stick, two, courses=(chosen,))
    take(two, stick)

    assert set(two.sync.courses_without_files(ACTOR)) == {other}


def test_what_is_on_its_way_does_not_go_with_all_but_when_it_is_named(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    course_id = course(one, tmp_path)
    assert export(one, stick, two).loaded.files > 0
    assert export(one, stick, two).loaded.files == 0
    assert export(one, stick, two, courses=(course_id,)).loaded.files > 0


def split(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Let volumes be small."""
    from app.core.sync import loading

    monkeypatch.setattr(loading, "_least_volume", lambda _room: size)


@pytest.mark.parametrize("seed", range(3))
def test_volumes_come_in_any_order_before_their_records_and_again(
    one: Pc,
    two: Pc,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    split(monkeypatch, len(film()) // 3)
    course(one, tmp_path, film_mp4=film(), notes_html=b"<p>More</p>")
    take(two, export(one, stick, two, courses=()).path)
    shutil.rmtree(stick), stick.mkdir()
    exported = export(one, stick, two)
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
    one: Pc, two: Pc, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course(one, tmp_path, film_mp4=film())
    every = lacked(one, two)
    from app.core.sync import exporting

    class Small(exporting.Stick):
        def room(self) -> int:
            # What records ask for, and a little more than the small files.
            return 16 * 2**20 + 4 * 2**20 + 65536 + len(film()) // 2

    monkeypatch.setattr(exporting, "Stick", Small)
    first = export(one, stick, two).loaded
    assert (first.files, first.files_left) == (every - 1, 1)
    assert first.size_left == len(film())
    monkeypatch.undo()
    other = stick.parent / "other"
    other.mkdir()

    second = export(one, other, two).loaded

    assert (second.files, second.files_left) == (1, 0)
    take(two, stick)
    take(two, other)
    assert files_of(two) == files_of(one)


def test_stopping_leaves_whole_volumes_alone_and_the_rest_goes_later(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    course(one, tmp_path, film_mp4=film())

    peers = [one.sync.peer(ACTOR, two.key)]
    with pytest.raises(Cancelled):
        one.sync.export(ACTOR, peers, stick, Stopper("Writing files of courses"), courses=None)

    assert [path.suffix for path in stick.iterdir()] == [".dksb"]
    export(one, stick, two)
    take(two, stick)
    assert files_of(two) == files_of(one)
