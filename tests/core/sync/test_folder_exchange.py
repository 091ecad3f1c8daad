"""The PCs of a room keep together through one folder, and come to rest."""

import errno
import io
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.core.sync import FolderUnreachable
from tests.core.sync.test_exchange import add, units
from tests.core.sync.test_travelling_files import course, files_of
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc


@pytest.fixture
def room(tmp_path: Path, clock: TurnedClock) -> list[Pc]:
    first = first_pc(tmp_path / "one", clock)
    others = [another_pc(first, tmp_path / name, clock) for name in ("two", "three")]
    return [first, *others]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shared = tmp_path / "shared"
    shared.mkdir()
    return shared


def go_round(room: list[Pc], folder: Path, times: int = 1) -> int:
    """Let everybody go round; return how many files were written."""
    return sum(
        len(pc.sync.go_round(ACTOR, folder).exported) for _turn in range(times) for pc in room
    )


def files(folder: Path, ending: str) -> int:
    return len(list(folder.glob(f"*/**/*{ending}")))


def test_what_anybody_writes_everybody_has(room: list[Pc], folder: Path) -> None:
    go_round(room, folder, times=2)
    for number, pc in enumerate(room):
        add(pc, f"FROM-{number}")

    go_round(room, folder, times=2)

    assert all(units(pc) == {"FROM-0", "FROM-1", "FROM-2"} for pc in room)


def test_they_come_to_rest_and_the_folder_is_empty(room: list[Pc], folder: Path) -> None:
    add(room[1], "A")
    go_round(room, folder, times=6)

    assert go_round(room, folder, times=3) == 0
    assert (files(folder, ".dksb"), files(folder, ".dksr")) == (0, 0)


def test_one_that_was_away_catches_up(room: list[Pc], folder: Path) -> None:
    go_round(room, folder, times=3)
    for number in range(8):
        add(room[number % 2], f"WHILE-AWAY-{number}")
        go_round(room[:2], folder)

    go_round(room, folder, times=2)

    assert units(room[2]) == {f"WHILE-AWAY-{number}" for number in range(8)}


def test_what_an_emptied_folder_lost_is_written_again(room: list[Pc], folder: Path) -> None:
    add(room[0], "A")
    room[0].sync.go_round(ACTOR, folder)
    shutil.rmtree(folder)
    with pytest.raises(FolderUnreachable):  # a drive that is away must not be made on this PC
        room[0].sync.go_round(ACTOR, folder)
    folder.mkdir()

    go_round(room, folder, times=2)

    assert all(units(pc) == {"A"} for pc in room)


def test_a_foreign_or_damaged_file_is_told_and_the_others_are_taken(
    room: list[Pc], folder: Path
) -> None:
    add(room[0], "A")
    room[0].sync.go_round(ACTOR, folder)
    (folder / "somebody").mkdir()
    (folder / "somebody" / "x.dksb").write_bytes(b"DKSB\r\n\x1a\nnot whole")

    done = room[1].sync.go_round(ACTOR, folder)

    assert units(room[1]) == {"A"}
    assert len(done.imported.troubles) == 1
    assert room[1].sync.go_round(ACTOR, folder).imported.troubles == []


def test_a_folder_that_is_gone_is_told_plainly(room: list[Pc], tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(FolderUnreachable):
        room[0].sync.go_round(ACTOR, tmp_path / "file")


def test_files_of_courses_come_after_the_records_and_are_taken_away_when_all_have_them(
    room: list[Pc], folder: Path, tmp_path: Path
) -> None:
    course(room[0], tmp_path)
    go_round(room, folder, times=8)

    assert all(files_of(pc) == files_of(room[0]) for pc in room)
    assert len(files_of(room[0])) > 0
    assert go_round(room, folder, times=3) == 0
    assert (files(folder, ".dksb"), files(folder, ".dksv"), files(folder, ".dksr")) == (0, 0, 0)


def test_no_round_writes_more_than_one_volume(room: list[Pc], folder: Path, tmp_path: Path) -> None:
    go_round(room, folder, times=3)
    course(room[0], tmp_path)
    add(room[0], "A")

    done = room[0].sync.go_round(ACTOR, folder)

    assert done.exported
    assert done.volume is not None
    assert files(folder, ".dksv") == 1
    assert units(room[1]) == set()
    taken = room[1].sync.go_round(ACTOR, folder).imported
    assert (units(room[1]), taken.volumes_read) == ({"A"}, 1)
    assert files_of(room[1]) == files_of(room[0])


def test_a_file_that_somebody_was_still_copying_is_taken_when_it_is_whole(
    room: list[Pc], folder: Path, tmp_path: Path
) -> None:
    add(room[0], "A")
    (tmp_path / "elsewhere").mkdir()
    room[0].sync.go_round(ACTOR, tmp_path / "elsewhere")
    (whole,) = (tmp_path / "elsewhere").glob("*/*.dksb")
    half = folder / "by hand" / whole.name
    half.parent.mkdir(parents=True)
    half.write_bytes(whole.read_bytes()[:-100])

    done = room[1].sync.go_round(ACTOR, folder)
    assert len(done.useless) == len(done.imported.troubles) == 1
    again = room[1].sync.go_round(ACTOR, folder)
    assert (again.useless, again.imported.troubles) == (done.useless, [])  # said on, not read again

    half.write_bytes(whole.read_bytes())
    taken = room[1].sync.go_round(ACTOR, folder)

    assert units(room[1]) == {"A"}
    assert (taken.useless, taken.imported.troubles) == ((), [])


def test_what_lies_there_and_is_none_of_ours_is_left_alone(room: list[Pc], folder: Path) -> None:
    strange = folder / "Holiday"
    strange.mkdir(parents=True)
    for name in ("beach.jpg", "notes.txt", "desktop.ini", "x.dksb.part"):
        (strange / name).write_bytes(b"of somebody")
    (folder / "loose.dksb").write_bytes(b"beside the folders of the PCs")
    add(room[0], "A")

    go_round(room, folder, times=2)

    assert all(units(pc) == {"A"} for pc in room)
    assert len(list(strange.iterdir())) == 4
    assert room[1].sync.go_round(ACTOR, folder).useless == ()


def test_what_lies_there_for_others_is_counted_in_one_calm_line(
    room: list[Pc], folder: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    for number, pc in enumerate(room):
        add(pc, f"FROM-{number}")
        pc.sync.go_round(ACTOR, folder)
    late = another_pc(room[0], tmp_path / "late", clock)

    done, again = late.sync.go_round(ACTOR, folder), late.sync.go_round(ACTOR, folder)

    assert (done.imported.for_others, done.imported.troubles, done.useless) == (2, [], ())
    assert (again.imported.for_others, again.imported.troubles, again.useless) == (0, [], ())


def test_what_a_revoked_pc_laid_is_one_line_with_what_to_do(room: list[Pc], folder: Path) -> None:
    go_round(room, folder, times=2)
    for name in ("B", "C"):
        add(room[1], name)
        room[1].sync.go_round(ACTOR, folder)
    care, part = room[0].opened.keys.care, room[1].key[:16]
    care.revoke(ACTOR, care.named(ACTOR, room[1].key).key, "Stolen")

    for _turn in range(2):
        done = room[0].sync.go_round(ACTOR, folder)
        (told,) = done.useless
        assert f"Delete its folder {part} there." in told
        assert done.imported.troubles == []
    shutil.rmtree(folder / part)

    assert room[0].sync.go_round(ACTOR, folder).useless == ()
    assert "B" not in units(room[0])


def test_a_file_is_told_as_long_as_it_lies_there(room: list[Pc], folder: Path) -> None:
    bad = folder / "somebody" / "x.dksb"
    bad.parent.mkdir(parents=True)
    bad.write_bytes(b"DKSB\r\n\x1a\nnot whole")

    for _turn in range(3):
        (told,) = room[0].sync.go_round(ACTOR, folder).useless
        assert told.startswith("x.dksb: ")
    bad.unlink()

    assert room[0].sync.go_round(ACTOR, folder).useless == ()


def test_a_drive_that_comes_back_is_gone_on_with(
    room: list[Pc], folder: Path, tmp_path: Path
) -> None:
    for pc in room:
        pc.sync.shared.choose(ACTOR, folder)
        pc.sync.shared.go_round(ACTOR)
    folder.rename(tmp_path / "away")
    add(room[0], "A")  # work goes on meanwhile
    for pc in room:
        last = pc.sync.shared.go_round(ACTOR)
        assert last is not None
        assert (last.failed, len(last.troubles)) == (True, 1)
    (tmp_path / "away").rename(folder)

    for pc in (*room, *room):
        last = pc.sync.shared.go_round(ACTOR)
        assert last is not None
        assert not last.failed

    assert all(units(pc) == {"A"} for pc in room)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "full"),
        (errno.EROFS, "protected"),
        (errno.EACCES, "allow"),
        (errno.EIO, "not answer"),
    ],
)
def test_a_folder_that_refuses_what_is_written_is_told_in_one_sentence_and_nothing_is_lost(
    room: list[Pc], folder: Path, code: int, words: str
) -> None:
    for pc in room:
        pc.sync.shared.choose(ACTOR, folder)
        pc.sync.shared.go_round(ACTOR)
    add(room[0], "A")
    with pytest.MonkeyPatch.context() as patch:
        refuse_writing(patch, folder, code)
        last = room[0].sync.shared.go_round(ACTOR)

    assert last is not None
    assert (last.failed, len(last.troubles)) == (True, 1)
    (told,) = last.troubles
    assert told.startswith(f"The shared folder {folder} takes no file.")
    assert words in told
    assert "stick" not in told.replace("disk or stick", "")
    assert not list(folder.glob("*/*.part"))

    for pc in (*room, *room):
        pc.sync.shared.go_round(ACTOR)
    assert all(units(pc) == {"A"} for pc in room)


def refuse_writing(patch: pytest.MonkeyPatch, folder: Path, code: int) -> None:
    """Let the system refuse whatever would be written under a folder, and nothing else."""
    real = io.open

    def opened(file: Any, mode: str = "r", *others: Any, **named: Any) -> Any:
        if set(mode) & set("wax+") and str(file).startswith(str(folder)):
            raise OSError(code, os.strerror(code), str(file))
        return real(file, mode, *others, **named)

    patch.setattr(io, "open", opened)
