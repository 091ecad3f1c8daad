"""Which folder a PC shares is kept beside its records; how the last round went is told."""

from pathlib import Path

import pytest

from app.core.base.actor import Actor
from app.core.base.errors import NotAllowed
from app.core.sync import FolderUnreachable
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc

NOBODY = Actor(account_id=None, person_id=None, name="Ravi", grants=frozenset())


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "one", clock)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


def test_the_choice_outlives_the_program(pc: Pc, folder: Path) -> None:
    pc.sync.shared.choose(ACTOR, folder)
    pc.reopen()
    assert pc.sync.shared.folder == folder

    pc.sync.shared.choose(ACTOR, None)
    pc.reopen()
    assert pc.sync.shared.folder is None


def test_only_who_manages_the_site_chooses(pc: Pc, folder: Path) -> None:
    with pytest.raises(NotAllowed):
        pc.sync.shared.choose(NOBODY, folder)


def test_a_folder_that_is_not_there_is_refused_and_never_made(pc: Pc, tmp_path: Path) -> None:
    with pytest.raises(FolderUnreachable):
        pc.sync.shared.choose(ACTOR, tmp_path / "nowhere")
    assert pc.sync.shared.folder is None
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b'{"folder": 7}', b"{" * 5000])
def test_a_file_that_cannot_be_read_is_as_good_as_none(
    pc: Pc, folder: Path, content: bytes
) -> None:
    pc.sync.shared.choose(ACTOR, folder)
    (pc.opened.folder / "shared_folder.json").write_bytes(content)

    assert pc.sync.shared.folder is None
    assert pc.sync.shared.go_round(ACTOR) is None


def test_a_round_is_told(pc: Pc, folder: Path, tmp_path: Path, clock: TurnedClock) -> None:
    other = another_pc(pc, tmp_path / "two", clock)
    for one in (pc, other):
        one.sync.shared.choose(ACTOR, folder)

    first = pc.sync.shared.go_round(ACTOR)
    assert first is not None
    assert (first.failed, first.changed, first.sent > 0) == (False, True, True)

    second = other.sync.shared.go_round(ACTOR)
    assert second is not None
    assert second.applied > 0
    assert pc.sync.shared.last == first


def test_a_drive_that_is_away_fails_the_round_and_is_not_made_as_a_folder(
    pc: Pc, folder: Path
) -> None:
    pc.sync.shared.choose(ACTOR, folder)
    folder.rmdir()

    last = pc.sync.shared.go_round(ACTOR)

    assert last is not None
    assert last.failed
    assert "cannot be reached" in last.troubles[0]
    assert not folder.exists()
