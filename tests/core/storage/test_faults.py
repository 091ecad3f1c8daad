"""Troubles of disk and stick become sentences; what is nobody's doing but ours flies on."""

import errno
import os
from pathlib import Path

import pytest

from app.core.base.errors import UserFacingError
from app.core.storage.database import Database, DatabaseUnreadable, SqliteFile
from app.core.storage.faults import (
    DiskFull,
    DiskSilent,
    FolderReadOnly,
    PlaceGone,
    PlaceReadOnly,
    told_plainly,
)
from tests.support.sites import DATA_KEY, empty_database


def told(number: int, place: str | None = "/media/stick/report.csv") -> UserFacingError:
    with pytest.raises(UserFacingError) as caught, told_plainly():
        raise OSError(number, os.strerror(number), place)
    return caught.value


@pytest.mark.parametrize(
    ("number", "kind", "sentence"),
    [
        (errno.ENOSPC, DiskFull, "The disk is full. Everything saved before is safe"),
        (errno.EROFS, PlaceReadOnly, "Nothing may be written here: /media/stick/report.csv"),
        (errno.EACCES, PlaceReadOnly, "Nothing may be written here: /media/stick/report.csv"),
        (errno.EIO, PlaceGone, "This can no longer be reached: /media/stick/report.csv"),
        (errno.ENODEV, PlaceGone, "This can no longer be reached: /media/stick/report.csv"),
    ],
)
def test_each_trouble_has_its_sentence(number: int, kind: type, sentence: str) -> None:
    error = told(number)

    assert isinstance(error, kind)
    assert error.sentence.startswith(sentence)
    assert error.safe
    assert error.remedy


def test_the_data_folder_itself_is_named_as_such() -> None:
    assert isinstance(told(errno.EROFS, None), FolderReadOnly)


def test_a_folder_that_is_not_there_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(PlaceGone, match="gone"), told_plainly():
        (tmp_path / "gone" / "file.csv").write_text("x", encoding="utf-8")


def test_a_disk_that_fails_under_an_open_file_is_told_without_a_name() -> None:
    with pytest.raises(DiskSilent), told_plainly():
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_what_is_a_bug_flies_on() -> None:
    with pytest.raises(OSError, match="Too many open files"), told_plainly():
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))


def test_a_database_without_room_for_its_log_is_not_told_as_damaged(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no limit of this kind")
    empty_database(tmp_path, DATA_KEY).close()
    usual, most = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        with pytest.raises(DiskSilent):
            Database(SqliteFile(path=tmp_path / "site.db", key=DATA_KEY))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (usual, most))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="Linux alone lists them here")
def test_a_file_that_its_key_does_not_fit_is_not_kept_open(tmp_path: Path) -> None:
    empty_database(tmp_path, DATA_KEY).close()

    with pytest.raises(DatabaseUnreadable):
        Database(SqliteFile(path=tmp_path / "site.db", key=bytes(32)))

    held = [os.path.realpath(each) for each in Path("/proc/self/fd").iterdir()]
    assert [path for path in held if path.startswith(str(tmp_path / "site.db"))] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators alone")
def test_a_folder_without_a_place_for_the_log_is_not_told_as_damaged(tmp_path: Path) -> None:
    empty_database(tmp_path, DATA_KEY).close()
    (tmp_path / "site.db-shm").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(FolderReadOnly):
        Database(SqliteFile(path=tmp_path / "site.db", key=DATA_KEY))
