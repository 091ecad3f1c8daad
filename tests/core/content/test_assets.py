"""Files go in whole, once, under their hash; or not at all."""

import errno
import hashlib
import os
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.errors import Cancelled
from app.core.base.progress import NoProgress
from app.core.content import AssetMissing, AssetStore, FileUnreadable
from app.core.content.assets import TakenFile
from app.core.content.models import AssetRow
from app.core.journal import Site
from app.core.storage.faults import DiskFull
from tests.support.clock import TurnedClock
from tests.support.progress import Stopper

ACTOR = system_actor()
CONTENT = b"What was copied in" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "assets"


@pytest.fixture
def assets(folder: Path, clock: TurnedClock) -> AssetStore:
    return AssetStore(folder, clock)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "सुरक्षा film.mp4"
    path.write_bytes(CONTENT)
    return path


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def rows(site: Site) -> list[AssetRow]:
    with site.read() as session:
        return list(session.scalars(sa.select(AssetRow)))


def test_a_file_is_kept_under_its_hash(site: Site, assets: AssetStore, source: Path) -> None:
    with site.transaction(ACTOR, "asset.add") as unit:
        asset = assets.add_file(unit, source, "video/mp4", NoProgress())

    assert (asset.sha256, asset.size, asset.name) == (SHA256, len(CONTENT), source.name)
    assert assets.read(SHA256) == CONTENT
    assert [row.media_type for row in rows(site)] == ["video/mp4"]


def test_the_same_bytes_are_kept_once(site: Site, assets: AssetStore, source: Path) -> None:
    for name in ("a", "b"):
        with site.transaction(ACTOR, "asset.add") as unit:
            asset = assets.add_bytes(unit, CONTENT, "text/plain", name)

    assert len(rows(site)) == 1
    assert asset.name == "a"


def test_a_damaged_file_is_told(site: Site, assets: AssetStore, source: Path) -> None:
    with site.transaction(ACTOR, "asset.add") as unit:
        assets.add_file(unit, source, "video/mp4", NoProgress())
    assets.path(SHA256).write_bytes(b"other")

    with pytest.raises(AssetMissing):
        assets.read(SHA256)


def test_adding_a_damaged_file_again_mends_it(site: Site, assets: AssetStore, source: Path) -> None:
    for _turn in range(2):
        with site.transaction(ACTOR, "asset.add") as unit:
            assets.add_file(unit, source, "video/mp4", NoProgress())
        if _turn == 0:
            assets.path(SHA256).write_bytes(b"cut short")

    assert assets.read(SHA256) == CONTENT


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "x" * 64, "A" * 64, "ab"])
def test_only_hashes_are_looked_up(assets: AssetStore, name: str) -> None:
    with pytest.raises(AssetMissing):
        assets.path(name)


def test_stored_tells_what_is_there_in_full(site: Site, assets: AssetStore, source: Path) -> None:
    with site.transaction(ACTOR, "asset.add") as unit:
        assets.add_file(unit, source, "video/mp4", NoProgress())
        cut = assets.add_bytes(unit, b"long enough", "text/plain", "note")
    assets.path(cut.sha256).write_bytes(b"cut")

    with site.read() as session:
        assert set(assets.stored(session, [SHA256, cut.sha256, "0" * 64, "../x"])) == {SHA256}


def test_a_staged_file_is_only_moved_in_the_transaction(
    site: Site, assets: AssetStore, source: Path
) -> None:
    with assets.staging() as staging:
        staged = staging.copy(source, NoProgress())
        source.unlink()
        with site.transaction(ACTOR, "asset.add") as unit:
            asset = staging.add_file(unit, source, "video/mp4", NoProgress())

    assert asset.sha256 == staged.sha256 == SHA256
    assert assets.read(SHA256) == CONTENT


def test_what_was_staged_and_not_added_is_removed(
    assets: AssetStore, folder: Path, source: Path
) -> None:
    with assets.staging() as staging:
        staging.copy(source, NoProgress())

    assert files_in(folder) == []


def test_an_undone_transaction_takes_its_files_with_it(
    site: Site, assets: AssetStore, folder: Path, source: Path
) -> None:
    def work() -> None:
        with assets.staging() as staging:
            staging.copy(source, NoProgress())
            with site.transaction(ACTOR, "asset.add") as unit:
                staging.add_file(unit, source, "video/mp4", NoProgress())
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()

    assert files_in(folder) == []
    assert rows(site) == []


def test_an_undone_transaction_leaves_what_was_there_before(
    site: Site, assets: AssetStore, source: Path
) -> None:
    with site.transaction(ACTOR, "asset.add") as unit:
        assets.add_file(unit, source, "video/mp4", NoProgress())

    def work() -> None:
        with assets.staging() as staging:
            staging.copy(source, NoProgress())
            with site.transaction(ACTOR, "asset.add") as unit:
                staging.add_file(unit, source, "video/mp4", NoProgress())
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()

    assert assets.read(SHA256) == CONTENT


def test_a_stopped_copy_leaves_nothing(assets: AssetStore, folder: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.mp4"
    big.write_bytes(bytes(4 << 20))

    with pytest.raises(Cancelled), assets.staging() as staging:
        staging.copy(big, Stopper(after=2))

    assert files_in(folder) == []


def test_what_a_power_cut_left_is_removed_days_later(
    assets: AssetStore, folder: Path, clock: TurnedClock, source: Path
) -> None:
    left = folder / "staging-1-old"
    left.mkdir(parents=True)
    (left / "half.part").write_bytes(b"half")
    os.utime(left, (clock.now().timestamp(),) * 2)

    with assets.staging():
        assert left.exists()
    clock.turn(timedelta(days=3))
    with assets.staging():
        assert not left.exists()


def test_a_file_that_is_gone_is_told(assets: AssetStore, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable), assets.staging() as staging:
        staging.copy(tmp_path / "gone.mp4", NoProgress())

    assert files_in(folder) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of a file")
def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    assets: AssetStore, folder: Path, tmp_path: Path
) -> None:
    import resource

    big = tmp_path / "big.mp4"
    big.write_bytes(bytes(4 << 20))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, before[1]))
    try:
        with pytest.raises(DiskFull), assets.staging() as staging:
            staging.copy(big, NoProgress())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert files_in(folder) == []


def test_memory_stays_flat_whatever_the_size(assets: AssetStore, tmp_path: Path) -> None:
    sparse = tmp_path / "film.mp4"
    with sparse.open("wb") as file:
        file.truncate(64 << 20)
    tracemalloc.start()
    try:
        with assets.staging() as staging:
            staging.copy(sparse, NoProgress())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 4 << 20


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_that_is_no_text_is_kept_readable(
    site: Site, assets: AssetStore, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png"))
    path.write_bytes(CONTENT)

    with site.transaction(ACTOR, "asset.add") as unit:
        asset = assets.add_file(unit, path, "image/png", NoProgress())

    assert asset.name == "caf?.png"


FULL = OSError(errno.ENOSPC, "no room")


class Disk:
    """Notes what was brought to the disk, and still brings it there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.synced: list[str] = []
        fsync, sync = os.fsync, os.sync

        def one(descriptor: int) -> None:
            self.synced.append(Path(f"/proc/self/fd/{descriptor}").resolve().name)
            fsync(descriptor)

        def every() -> None:
            self.synced.append("everything")
            sync()

        monkeypatch.setattr(os, "fsync", one)
        monkeypatch.setattr(os, "sync", every)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks Linux which file is meant")
@pytest.mark.parametrize(("count", "synced"), [(2, "part"), (40, "everything")])
def test_what_is_staged_is_on_the_disk_before_it_is_named(
    site: Site, assets: AssetStore, monkeypatch: pytest.MonkeyPatch, count: int, synced: str
) -> None:
    disk = Disk(monkeypatch)
    with assets.staging() as staging:
        taken = [staging.take(iter([bytes([at])])) for at in range(count)]
        assert disk.synced == []
        files = [
            TakenFile(sha256=one.sha256, size=1, media_type="text/plain", name="a") for one in taken
        ]
        with site.transaction(ACTOR, "test") as unit:
            staging.add_taken(unit, files)
            assert {name.rpartition(".")[2] for name in disk.synced} == {synced}
            disk.synced.clear()
            staging.settle()
            assert disk.synced

    assert all(assets.path(one.sha256) for one in taken)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks Linux which file is meant")
def test_large_files_go_to_the_disk_one_by_one_while_others_are_taken(
    site: Site, assets: AssetStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    with assets.staging() as staging:
        for at in range(40):
            staging.take(iter([bytes([at]) * (1 << 20)]))
        staging.flush()

    assert len(disk.synced) == 40
    assert all(name.endswith(".part") for name in disk.synced)


def test_a_disk_that_is_full_when_a_large_file_is_brought_there_is_told(
    assets: AssetStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> None:
        raise FULL

    def stage() -> None:
        with assets.staging() as staging:
            staging.take(iter([bytes(1 << 20)]))
            staging.flush()

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskFull):
        stage()

    assert files_in(folder) == []


def test_a_disk_that_is_full_when_bytes_are_kept_is_told(
    site: Site, assets: AssetStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> None:
        raise FULL

    def keep() -> None:
        with site.transaction(ACTOR, "asset.add") as unit:
            monkeypatch.setattr(os, "fsync", refuse)
            assets.add_bytes(unit, CONTENT, "text/plain", "a")

    with pytest.raises(DiskFull):
        keep()

    assert files_in(folder) == []
