"""A package goes in whole: every file an asset, its index one more; or nothing does."""

import hashlib
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.errors import Cancelled
from app.core.base.progress import NoProgress, Progress
from app.core.content import (
    PACKAGE_TYPE,
    Activity,
    ArchiveRefused,
    AssetStore,
    PackageIndex,
    PackageManifest,
    Standard,
    add_package,
    read_package_index,
)
from app.core.content.models import AssetRow
from app.core.content.packages import Archive, take_package
from app.core.journal import Site
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.progress import Stopper

ACTOR = system_actor()
MANIFEST = PackageManifest(
    standard=Standard.HTML,
    edition="",
    identifier="x",
    title="Fire",
    root=Activity(id="x", title="Fire"),
)
FILES: dict[str, str | bytes] = {
    "index.html": "<p>आग</p>",
    "img/a.png": b"\x89PNG" * 40_000,
    "img/b.png": b"\x89PNG" * 40_000,
    "js/empty.js": b"",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "assets"


@pytest.fixture
def assets(folder: Path, clock: TurnedClock) -> AssetStore:
    return AssetStore(folder, clock)


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def import_it(
    site: Site, assets: AssetStore, path: Path, progress: Progress | None = None
) -> tuple[str, PackageIndex]:
    with assets.staging() as staging:
        with Archive(path) as archive:
            index = take_package(staging, archive, MANIFEST, progress or NoProgress())
        with site.transaction(ACTOR, "test") as unit:
            sha256 = add_package(unit, staging, index, "fire.zip")
            staging.settle()
    return sha256, index


def test_every_file_becomes_an_asset_and_the_index_one_more(
    site: Site, assets: AssetStore, folder: Path, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "fire.zip", FILES)
    sha256, index = import_it(site, assets, path)

    assert read_package_index(assets, sha256) == index
    assert index.archive_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    for name, content in FILES.items():
        file = index.file(name)
        assert file is not None
        expected = content.encode() if isinstance(content, str) else content
        assert assets.read(file.sha256) == expected
    assert len(kept(folder)) == 4  # two pictures are the same bytes
    with site.read() as session:
        rows = {row.sha256: row for row in session.scalars(sa.select(AssetRow))}
    assert rows.keys() == index.assets | {sha256}
    assert rows[sha256].media_type == PACKAGE_TYPE
    assert index.size == sum(len(c.encode() if isinstance(c, str) else c) for c in FILES.values())


def test_versions_of_a_package_share_files(
    site: Site, assets: AssetStore, folder: Path, tmp_path: Path
) -> None:
    first, _index = import_it(site, assets, zip_at(tmp_path / "1.zip", FILES))
    second, _index = import_it(site, assets, zip_at(tmp_path / "2.zip", {**FILES, "new.js": "1"}))

    assert first != second
    assert len(kept(folder)) == 6  # the first four, one new file, one new index


def test_the_same_package_twice_is_kept_once(
    site: Site, assets: AssetStore, folder: Path, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "1.zip", FILES)
    first, _index = import_it(site, assets, path)
    before = kept(folder)

    assert import_it(site, assets, path)[0] == first
    assert kept(folder) == before


@pytest.mark.parametrize("after", range(6))
def test_stopping_leaves_nothing(
    site: Site, assets: AssetStore, folder: Path, tmp_path: Path, after: int
) -> None:
    path = zip_at(tmp_path / "fire.zip", FILES)

    with pytest.raises(Cancelled):
        import_it(site, assets, path, Stopper(after))
    assert kept(folder) == []


def test_damage_in_the_middle_leaves_nothing(
    site: Site, assets: AssetStore, folder: Path, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "fire.zip", FILES)
    content = bytearray(path.read_bytes())
    at = content.index(b"img/b.png") + 20
    content[at] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(ArchiveRefused, match="damaged"):
        import_it(site, assets, path)
    assert kept(folder) == []


def test_an_undone_transaction_leaves_nothing(
    site: Site, assets: AssetStore, folder: Path, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "fire.zip", FILES)

    def undone() -> None:
        with assets.staging() as staging:
            with Archive(path) as archive:
                index = take_package(staging, archive, MANIFEST, NoProgress())
            with site.transaction(ACTOR, "test") as unit:
                add_package(unit, staging, index, "fire.zip")
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()

    assert kept(folder) == []
