"""What a PC lays in the folder of its room stands in a list of its own: each file, later each day."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.reports import FILES_THAT_LEFT, Reports, table_bytes
from app.core.sync import LaidFile
from app.core.sync.models import LaidFileRow
from tests.core.sync.test_exchange import add
from tests.core.sync.test_room import lying, turn
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc


@pytest.fixture(scope="module")
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture(scope="module")
def pcs(tmp_path_factory: pytest.TempPathFactory, clock: TurnedClock) -> list[Pc]:
    place = tmp_path_factory.mktemp("laid")
    first = first_pc(place / "one", clock)
    return [first, another_pc(first, place / "two", clock)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shared = tmp_path / "shared"
    shared.mkdir()
    return shared


@pytest.fixture
def room(pcs: list[Pc], folder: Path, clock: TurnedClock) -> list[Pc]:
    """Two PCs at rest, with a folder of the test's own, that have laid nothing yet."""
    clock.turn(timedelta(hours=1))
    turn(pcs, folder, times=4)
    for pc in pcs:
        with pc.opened.site.database.write() as connection:
            connection.execute(sa.delete(LaidFileRow))
    return pcs


def laid(pc: Pc) -> tuple[LaidFile, ...]:
    return pc.sync.board(ACTOR).laid


def entries_written(pc: Pc) -> int:
    with pc.opened.site.read() as session:
        return int(session.scalar(sa.text("SELECT count(*) FROM journal_entry")) or 0)


def lay(pc: Pc, folder: Path, code: str) -> Path:
    """Let a PC lay a file; return it."""
    before = set(lying(folder))
    add(pc, code)
    pc.sync.go_round(ACTOR, folder)
    (file,) = set(lying(folder)) - before
    return file


def test_is_02_a_file_that_is_laid_is_in_the_list_with_its_hash_and_in_no_journal(
    room: list[Pc], folder: Path
) -> None:
    add(room[0], "LISTED")
    before = entries_written(room[0])
    room[0].sync.go_round(ACTOR, folder)

    (file,) = lying(folder)
    (line,) = laid(room[0])
    assert entries_written(room[0]) == before
    assert line.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (line.size, line.laid_in, line.gone_at) == (file.stat().st_size, str(file), None)
    assert line.readers == tuple(peer.label for peer in room[0].sync.peers(ACTOR))
    assert line.entries is not None
    assert line.entries >= 1
    assert laid(room[1]) == ()


def test_when_it_is_taken_away_the_list_says_so(
    room: list[Pc], folder: Path, clock: TurnedClock
) -> None:
    lay(room[0], folder, "TAKEN-AWAY")
    clock.turn(timedelta(seconds=10))
    turn([room[1], room[0]], folder)

    assert lying(folder) == []
    assert laid(room[0])[0].gone_at == clock.now()


def test_a_file_that_somebody_deletes_is_gone_from_the_next_round_on(
    room: list[Pc], folder: Path
) -> None:
    lay(room[0], folder, "DELETED").unlink()
    room[0].sync.go_round(ACTOR, folder)

    again, first = laid(room[0])  # it was lacked still, and laid once more
    assert first.gone_at is not None
    assert again.gone_at is None


def test_a_file_that_was_laid_and_not_noted_is_found(room: list[Pc], folder: Path) -> None:
    """The power failed in between, or a program of before laid it."""
    file = lay(room[0], folder, "NOT-NOTED")
    with room[0].opened.site.database.write() as connection:
        connection.execute(sa.delete(LaidFileRow))
    room[0].sync.go_round(ACTOR, folder)

    (line,) = laid(room[0])
    assert (line.laid_in, line.entries) == (str(file), None)
    assert line.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_days_before_the_last_thirty_are_one_line_each(
    room: list[Pc], folder: Path, clock: TurnedClock
) -> None:
    files = []
    for number in range(2):
        files.append(lay(room[0], folder, f"FOLDED-{number}"))
        turn([room[1], room[0]], folder)
    hashes = [line.sha256 for line in reversed(laid(room[0]))]
    sizes = sum(line.size for line in laid(room[0]))
    clock.turn(timedelta(days=32))
    turn(room, folder)

    (day,) = (line for line in laid(room[0]) if line.files > 1)
    told = "\n".join(f"{file.name} {sha256}" for file, sha256 in zip(files, hashes, strict=True))
    assert day.sha256 == hashlib.sha256(told.encode()).hexdigest()
    assert (day.files, day.size, day.laid_in) == (2, sizes, str(files[0].parent))
    assert day.gone_at is not None
    assert day.laid_at < clock.now() - timedelta(days=31)


def test_a_file_that_lies_for_one_that_is_away_keeps_its_line(
    room: list[Pc], folder: Path, clock: TurnedClock
) -> None:
    file = lay(room[0], folder, "FOR-ONE-AWAY")
    laid_at = laid(room[0])[0].laid_at
    for _day in range(35):
        clock.turn(timedelta(days=1))
        room[0].sync.go_round(ACTOR, folder)

    assert lying(folder) == [file]
    (line,) = laid(room[0])
    assert (line.files, line.laid_at, line.gone_at) == (1, laid_at, None)


def test_many_lines_are_folded_before_their_time(
    room: list[Pc], folder: Path, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.sync.laid.MOST_LINES", 10)
    begun = clock.now()
    with room[0].opened.site.database.write() as connection, Session(connection) as session:
        session.add_all(_gone(room[0], begun - timedelta(hours=hour), hour) for hour in range(96))
        session.commit()
    clock.turn(timedelta(days=1))
    room[0].sync.go_round(ACTOR, folder)

    lines = laid(room[0])
    assert sum(line.files for line in lines) == 96
    assert sum(line.files == 1 for line in lines) <= 24
    assert sum(line.files > 1 for line in lines) >= 3


def _gone(pc: Pc, at: datetime, number: int) -> LaidFileRow:
    return LaidFileRow(
        id=new_id(),
        station=pc.opened.station.fingerprint,
        laid_at=at,
        gone_at=at,
        readers=[{"label": "two"}],
        entries=1,
        size=1000,
        sha256=f"{number:064x}",
        laid_in=f"/shared/{number}.dksb",
    )


def test_the_register_shows_it_as_this_pcs_own_list(
    room: list[Pc], folder: Path, tmp_path: Path
) -> None:
    room[0].send(tmp_path, room[1])
    lay(room[0], folder, "IN-THE-REGISTER")
    turn([room[1], room[0]], folder)
    reports = Reports(room[0].opened.site)
    laid_there = PageRequest().filtered_by([("way", "folder")])

    table = reports.table(ACTOR, FILES_THAT_LEFT, laid_there)

    (label,) = (peer.label for peer in room[0].sync.peers(ACTOR))
    text = table_bytes(table, "csv").decode("utf-8-sig")
    assert len(table.rows) == 1
    assert f"for {label}" in text
    assert "Laid in the shared folder" in text
    assert "This PC's own list" in text
    assert laid(room[0])[0].sha256 in text
    assert reports.table(ACTOR, FILES_THAT_LEFT, PageRequest()).total == 2
