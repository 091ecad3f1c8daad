"""An older program in a room: what a newer one lays there is told, harms nothing, and is read after the update."""

from pathlib import Path

import msgspec
import pytest

from app.core.keys import read_unverified, sign_document
from app.core.sync.bundle import manifest
from app.core.sync.tallies import TALLY, TALLY_NAME, Tally
from tests.core.sync.test_exchange import add, units
from tests.core.sync.test_room import part, turn
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc


class NewerTally(msgspec.Struct, frozen=True, kw_only=True):
    """A tally that says it otherwise."""

    version: int = 2
    organisation: bytes
    vector: str = "in another form"
    made_at: int


@pytest.fixture
def room(tmp_path: Path, clock: TurnedClock) -> list[Pc]:
    first = first_pc(tmp_path / "one", clock)
    return [first, another_pc(first, tmp_path / "two", clock)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shared = tmp_path / "shared"
    shared.mkdir()
    return shared


def write_newer(pc: Pc, folder: Path) -> None:
    """Let a PC's newer program write its tally."""
    path = part(folder, pc) / TALLY_NAME
    old, _key = read_unverified(TALLY, Tally, path.read_bytes())
    newer = NewerTally(organisation=old.organisation, made_at=old.made_at + 1)
    path.write_bytes(sign_document(TALLY, newer, pc.opened.station))


def test_a_newer_tally_is_told_and_its_pc_gets_everything_all_the_same(
    room: list[Pc], folder: Path
) -> None:
    older, newer = room
    turn(room, folder, times=3)
    add(newer, "BEFORE")
    newer.sync.go_round(ACTOR, folder)
    write_newer(newer, folder)
    add(older, "TO-THE-NEWER")

    done = older.sync.go_round(ACTOR, folder)

    label = older.sync.peer(ACTOR, newer.key).label
    (told,) = done.useless
    assert told.startswith(f"{label} runs a newer version of Daksha")
    assert "BEFORE" in units(older)
    assert older.sync.go_round(ACTOR, folder).useless == (told,)  # as long as it is so
    newer.sync.go_round(ACTOR, folder)
    assert "TO-THE-NEWER" in units(newer)


def test_when_the_older_is_updated_nothing_is_told(room: list[Pc], folder: Path) -> None:
    older, newer = room
    turn(room, folder, times=3)
    kept = (part(folder, newer) / TALLY_NAME).read_bytes()
    write_newer(newer, folder)
    assert older.sync.go_round(ACTOR, folder).useless

    (part(folder, newer) / TALLY_NAME).write_bytes(kept)  # now it can be read

    assert older.sync.go_round(ACTOR, folder).useless == ()


def test_a_newer_bundle_is_told_in_a_sentence_and_read_after_the_update(
    room: list[Pc], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = room
    turn(room, folder, times=3)
    add(newer, "OF-A-NEWER-FORM")
    newer.sync.go_round(ACTOR, folder)
    with monkeypatch.context() as patch:
        patch.setattr("app.core.sync.bundle.manifest.VERSION", manifest.VERSION - 1)
        for _round in range(2):
            (told,) = older.sync.go_round(ACTOR, folder).useless
            assert "made by a newer version of Daksha" in told
            assert "Update Daksha" in told
    assert "OF-A-NEWER-FORM" not in units(older)

    older.reopen()  # with the newer program

    assert older.sync.go_round(ACTOR, folder).useless == ()
    assert "OF-A-NEWER-FORM" in units(older)
