"""No file on a stick is longer than FAT32 can hold, whatever the length of films and records.

FAT32 answers a byte too many with EFBIG. So does any disk under a limit of the system for the length of
files, which is set here: sticks with FAT32 are not to be had everywhere that tests run.
"""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.progress import NoProgress
from app.core.sync.envelope import Written
from app.core.sync.limits import MIB, MOST_FILE_BYTES, MOST_VOLUME_BYTES
from app.core.sync.sticks import Stick, StickFailed, write_to_stick
from app.core.sync.volumes import TravellingAsset, plan_volumes
from tests.core.sync.test_travelling_files import course, export_in, files_of, film, take
from tests.support.in_touch import Pc

FAT32 = 2**32 - 1
"""The longest file, in bytes."""
SEALED_FROM, OUTSIDE = 4096, 128 << 10
"""Of a volume: age adds less than a byte to so many; prologue, seal and signature are no longer."""


@given(sizes=st.lists(st.integers(0, 40 << 30), min_size=1, max_size=12))
def test_a_volume_as_shipped_fits_fat32_whatever_films_there_are(sizes: list[int]) -> None:
    assets = [TravellingAsset(bytes([n]) * 32, size) for n, size in enumerate(sizes)]

    volumes = plan_volumes(assets)

    longest = max(sum(piece.length for piece in pieces) for pieces in volumes)
    assert longest <= MOST_VOLUME_BYTES == 1 << 30
    assert longest + longest // SEALED_FROM + OUTSIDE < FAT32
    assert MOST_FILE_BYTES == FAT32
    for asset in assets:
        pieces = [one for some in volumes for one in some if one.sha256 == asset.sha256]
        ends = [0, *(one.start + one.length for one in pieces)]
        assert [one.start for one in pieces] == ends[:-1]
        assert ends[-1] == asset.size


def test_what_would_be_longer_is_refused_before_a_byte_of_it_is_written(tmp_path: Path) -> None:
    def fill(_file: object) -> NoReturn:
        raise AssertionError("nothing was to be written")

    with pytest.raises(StickFailed, match="too large for that disk"):
        write_to_stick(Stick(tmp_path), "a.dksb", FAT32 + 1, fill, NoProgress())
    assert list(tmp_path.iterdir()) == []


@contextmanager
def no_file_longer_than(most: int) -> Iterator[None]:
    """Let the system refuse longer files, as FAT32 does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="the system limits no file's length")
def test_a_film_longer_than_any_file_may_be_goes_in_volumes_that_the_disk_takes(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    most = 8 * MIB
    course(one, tmp_path, film_mp4=film(3 * most))

    with no_file_longer_than(most + most // SEALED_FROM + OUTSIDE):
        with pytest.raises(OSError, match="too large"):
            (stick / "too long").write_bytes(bytes(most + 2 * OUTSIDE))
        (stick / "too long").unlink()
        loaded = export_in(one, stick, two, most).loaded

    assert (loaded.trouble, loaded.files_left) == ("", 0)
    assert len(loaded.volumes) > 3
    for path in loaded.volumes:
        assert path.stat().st_size <= most + most // SEALED_FROM + OUTSIDE
    take(two, stick)
    assert files_of(two) == files_of(one)


def test_a_disk_that_takes_only_shorter_files_is_told_and_keeps_no_half_one(tmp_path: Path) -> None:
    def fill(file: object) -> Written:
        file.write(bytes(MIB))  # type: ignore[attr-defined]  # a binary file
        return Written(MIB, b"")

    with (
        no_file_longer_than(MIB // 2),
        pytest.raises(StickFailed, match="too large for that disk") as refused,
    ):
        write_to_stick(Stick(tmp_path), "a.dksb", MIB, fill, NoProgress())
    assert refused.value.full
    assert list(tmp_path.iterdir()) == []
