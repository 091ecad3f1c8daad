"""Troubles of disk and stick become sentences; what is nobody's doing but ours flies on."""

import errno
import os
from pathlib import Path

import pytest

from app.core.base.errors import UserFacingError
from app.core.storage.faults import (
    DiskFull,
    FolderReadOnly,
    PlaceGone,
    PlaceReadOnly,
    told_plainly,
)


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


def test_what_is_a_bug_flies_on() -> None:
    with pytest.raises(OSError, match="Too many open files"), told_plainly():
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
