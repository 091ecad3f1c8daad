"""What is on the stick was read back from it; whatever goes wrong is told, and leaves no file that looks whole."""

import errno
import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from typing_extensions import override

from app.core.base.errors import Cancelled
from app.core.base.progress import NoProgress
from app.core.sync.envelope import Written
from app.core.sync.sticks import (
    Stick,
    StickFailed,
    StickForgets,
    StickTooSmall,
    StickTrouble,
    delete_leftovers,
    leftovers,
    stick_name,
    write_to_stick,
)
from app.core.sync.streams import Hashing

CONTENT = bytes(range(256)) * 4000
NAME = "plant-7.dksb"


class PulledError(OSError):
    """What the system says when a stick is no longer there."""

    def __init__(self) -> None:
        super().__init__(errno.EIO, "Input/output error")


class FullFile(io.BytesIO):
    """A file on a stick that takes so many bytes, and is written to the folder when it is closed."""

    def __init__(self, path: Path, takes: int, refusal: OSError) -> None:
        super().__init__()
        self._path, self._takes, self._refusal = path, takes, refusal

    @override
    def write(self, data: object, /) -> int:
        taken = bytes(data)[: self._takes]  # type: ignore[call-overload]  # bytes, whatever the stub says
        self._takes -= len(taken)
        super().write(taken)
        if len(taken) < len(bytes(data)):  # type: ignore[call-overload]
            raise self._refusal
        return len(taken)

    @override
    def close(self) -> None:
        if not self.closed:
            self._path.write_bytes(self.getvalue())
        super().close()


class FaultyStick(Stick):
    """A folder that behaves like a stick with one thing wrong with it."""

    def __init__(self, folder: Path, fault: str, after: int = 0) -> None:
        super().__init__(folder)
        self.folder, self.fault, self.after = folder, fault, after
        self.gone = False

    def _at(self, step: str) -> None:
        if self.gone or self.fault == f"pulled at {step}":
            self.gone = True
            raise PulledError

    @override
    def room(self) -> int:
        return self.after if self.fault == "small" else super().room()

    @override
    def create(self, name: str) -> BinaryIO:
        self._at("create")
        refusals: dict[str, OSError] = {
            "full": OSError(errno.ENOSPC, "No space left on device"),
            "too large for FAT": OSError(errno.EFBIG, "File too large"),
            "pulled while writing": PulledError(),
        }
        if self.fault in refusals:
            self.gone = self.fault == "pulled while writing"
            return FullFile(self.folder / name, self.after, refusals[self.fault])
        return super().create(name)

    @override
    def bring_down(self, file: BinaryIO) -> None:
        self._at("bring down")
        super().bring_down(file)

    @override
    def read_back(self, name: str) -> BinaryIO:
        self._at("read back")
        path = self.folder / name
        if self.fault == "forgets":
            content = bytearray(path.read_bytes())
            content[self.after] ^= 1
            path.write_bytes(content)
        if self.fault == "shrinks":
            path.write_bytes(path.read_bytes()[: self.after])
        return super().read_back(name)

    @override
    def rename(self, old: str, new: str) -> None:
        self._at("rename")
        super().rename(old, new)

    @override
    def bring_down_names(self) -> None:
        self._at("bring down names")
        super().bring_down_names()

    @override
    def delete(self, name: str) -> None:
        if self.gone:
            raise PulledError
        super().delete(name)


def fill(file: BinaryIO) -> Written:
    """Write the content in blocks, as a bundle is."""
    hashing = Hashing(file)
    for start in range(0, len(CONTENT), 8192):
        hashing.write(CONTENT[start : start + 8192])
    return Written(hashing.size, hashing.digest)


def write(stick: Stick, fill_with: Callable[[BinaryIO], Written] = fill) -> Written:
    """Write the content to a stick."""
    return write_to_stick(stick, NAME, len(CONTENT), fill_with, NoProgress())


def test_what_is_written_lies_on_the_stick_under_its_name_alone(tmp_path: Path) -> None:
    written = write(Stick(tmp_path))

    assert written == Written(len(CONTENT), hashlib.sha256(CONTENT).digest())
    assert [each.name for each in tmp_path.iterdir()] == [NAME]
    assert (tmp_path / NAME).read_bytes() == CONTENT


def test_a_file_of_that_name_is_exchanged_at_once(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"before")

    write(Stick(tmp_path))

    assert (tmp_path / NAME).read_bytes() == CONTENT


FAULTS = [
    ("full", 0, "disk is full"),
    ("full", 100_000, "disk is full"),
    ("too large for FAT", 500_000, "too large for that disk"),
    ("pulled while writing", 300_000, "does not answer"),
    ("pulled at create", 0, "does not answer"),
    ("pulled at bring down", 0, "does not answer"),
    ("pulled at read back", 0, "does not answer"),
    ("pulled at rename", 0, "does not answer"),
    ("small", 1_000_000, "has 1.0 MB free; 1.2 MB are needed"),
    ("forgets", 77_777, "did not keep"),
    ("shrinks", 77_777, "did not keep"),
]


@pytest.mark.parametrize(("fault", "after", "told"), FAULTS)
def test_trouble_is_told_and_leaves_no_file_that_looks_whole(
    tmp_path: Path, fault: str, after: int, told: str
) -> None:
    (tmp_path / NAME).write_bytes(b"before")
    stick = FaultyStick(tmp_path, fault, after)

    with pytest.raises(StickTrouble, match=told):
        write(stick)

    assert (tmp_path / NAME).read_bytes() == b"before"
    left = [each.name for each in tmp_path.iterdir() if each.name != NAME]
    assert left == ([f"{NAME}.part"] if stick.gone and fault != "pulled at create" else [])


def test_a_stick_pulled_before_it_knows_the_name_for_sure_is_told(tmp_path: Path) -> None:
    with pytest.raises(StickFailed, match="does not answer"):
        write(FaultyStick(tmp_path, "pulled at bring down names"))

    assert (tmp_path / NAME).read_bytes() == CONTENT


def test_a_full_stick_is_told_apart_from_one_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(StickFailed) as full:
        write(FaultyStick(tmp_path, "full", 10))
    with pytest.raises(StickFailed) as gone:
        write(FaultyStick(tmp_path, "pulled at rename"))

    assert (full.value.full, gone.value.full) == (True, False)


def test_a_false_stick_is_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(StickForgets):
        write(FaultyStick(tmp_path, "forgets", 0))


def test_room_is_asked_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(StickTooSmall):
        write(FaultyStick(tmp_path, "small", len(CONTENT)))
    with pytest.raises(StickFailed, match="too large"):
        write_to_stick(Stick(tmp_path), NAME, 1 << 32, fill, NoProgress())

    assert list(tmp_path.iterdir()) == []


def test_whoever_stops_leaves_nothing_behind(tmp_path: Path) -> None:
    def stopped(file: BinaryIO) -> Written:
        file.write(b"half")
        raise Cancelled

    with pytest.raises(Cancelled):
        write(Stick(tmp_path), stopped)

    assert list(tmp_path.iterdir()) == []


def test_files_never_finished_are_found_and_deleted(tmp_path: Path) -> None:
    for name in (NAME, f"{NAME}.part", "b.dksv.part", "c.dksr.part", "thesis.doc.part"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.dksb.part").mkdir()
    stick = Stick(tmp_path)

    assert leftovers(stick) == ["b.dksv.part", "c.dksr.part", f"{NAME}.part"]
    assert delete_leftovers(stick) == ["b.dksv.part", "c.dksr.part", f"{NAME}.part"]
    assert leftovers(stick) == []
    assert {NAME, "thesis.doc.part"} <= {each.name for each in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("Punë Plant/2", "Head office", "000007"), "Pune-Plant-2-Head-office-000007.dksb"),
        (("पुणे", "7"), "7.dksb"),
        (("a" * 300, "b"), "a" * 40 + "-b.dksb"),
    ],
)
def test_names_are_such_as_every_stick_takes(
    tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    assert stick_name(*words, suffix=".dksb") == name
    write_to_stick(Stick(tmp_path), name, 1, fill, NoProgress())
    assert (tmp_path / name).exists()


@pytest.mark.parametrize(
    "name",
    ["", "a/b.dksb", "a:b.dksb", "con.dksb", "LPT1", "end.", " start", "ü.dksb", "x" * 300, "a\0b"],
)
def test_other_names_are_not_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(StickTrouble, match="Not every stick takes") as refused:
        write_to_stick(Stick(tmp_path), name, 1, fill, NoProgress())
    assert "plain letters" in refused.value.sentence
    assert list(tmp_path.iterdir()) == []
