"""Taking in goes wrong for one file: the others are taken, and each trouble is told of what it is about."""

import shutil
import sys
from pathlib import Path

import pytest
from typing_extensions import override

from app.core.base.progress import NoProgress
from app.core.sync import BundleRefused, FileState, PeerState, unaware_in_words
from app.core.sync.finding import NothingToTakeIn
from tests.core.sync.test_exchange import add
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, know_each_other, opened_again


@pytest.fixture
def other_plant(headquarters: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    made = first_pc(tmp_path / "nagpur", clock, code="NAG")
    know_each_other(headquarters, made)
    return made


def send(plant: Pc, headquarters: Pc, stick: Path, code: str) -> Path:
    """Write something at a plant, and a file of it for headquarters."""
    stick.mkdir(parents=True, exist_ok=True)
    add(plant, code)
    peer = plant.sync.peer(ACTOR, str(headquarters.opened.keys.site_id))
    return plant.sync.export(ACTOR, [peer], stick).path


class Meanwhile(NoProgress):
    """Somebody else takes a file in while the first is copied from a slow stick."""

    def __init__(self, other: Pc, file: Path) -> None:
        self._other = other
        self._file = file
        self.came: list[int] = []

    @override
    def step(self, done: int, total: int, note: str = "") -> None:
        if not self.came:
            self.came.append(0)
            self.came.append(self._other.take(self._file).applied)


@pytest.mark.parametrize("is_same", [True, False], ids=["one file", "two files"])
def test_two_who_take_in_at_once_both_have_it(
    headquarters: Pc, plant: Pc, tmp_path: Path, clock: TurnedClock, *, is_same: bool
) -> None:
    first = send(plant, headquarters, tmp_path / "one", "A")
    second = first if is_same else send(plant, headquarters, tmp_path / "two", "B")
    beside = opened_again(tmp_path / "hq", clock)
    meanwhile = Meanwhile(beside, second)

    outcome = headquarters.sync.take(ACTOR, first, meanwhile)

    assert meanwhile.came[1] > 0
    assert (outcome.files, outcome.troubles) == (1, [])
    folder = headquarters.opened.folder / "incoming"
    assert [file for file in folder.rglob("*") if file.is_file()] == []


def test_what_a_killed_program_copied_by_half_goes(
    headquarters: Pc, plant: Pc, tmp_path: Path
) -> None:
    folder = headquarters.opened.folder / "incoming"
    folder.mkdir(exist_ok=True)
    (folder / "copying-0123").write_bytes(b"half")

    headquarters.take(send(plant, headquarters, tmp_path / "one", "A"))

    assert not (folder / "copying-0123").exists()


def test_a_waiting_file_that_is_refused_now_takes_nothing_from_the_one_that_came(
    headquarters: Pc, plant: Pc, other_plant: Pc, tmp_path: Path
) -> None:
    lost = send(plant, headquarters, tmp_path / "one", "A")
    plant.hears_that(headquarters, has=lost)
    waits = send(plant, headquarters, tmp_path / "two", "B")
    assert headquarters.take(waits).waiting
    headquarters.opened.keys.care.revoke(ACTOR, plant.opened.station.fingerprint, "Stolen")
    good = send(other_plant, headquarters, tmp_path / "three", "C")

    outcome = headquarters.take(good)

    assert (outcome.files, len(outcome.seen), len(outcome.answers)) == (1, 1, 1)
    assert outcome.applied > 0
    (told,) = outcome.troubles
    assert told.startswith(f"{waits.name} (it waited on this PC): ")
    assert "revoked" in told
    states = {file.name: file.state for file in headquarters.sync.board(ACTOR).incoming}
    assert states == {waits.name: FileState.REFUSED, good.name: FileState.TAKEN}
    assert headquarters.take(good).troubles == [], "it is told once"


FAILING = Path("/proc/self/mem")
"""Opens, and does not answer when it is read, as a stick that was pulled."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a file that fails is Linux's")
@pytest.mark.parametrize("ending", [".dksb", ".dksv", ".dksr"])
def test_a_stick_that_fails_while_it_is_read_is_told_of_and_the_rest_is_taken(
    headquarters: Pc, plant: Pc, tmp_path: Path, ending: str
) -> None:
    good = send(plant, headquarters, tmp_path / "one", "A")
    (failing := good.with_name(f"a{ending}")).symlink_to(FAILING)

    with pytest.raises(BundleRefused) as refusal:
        headquarters.take(failing)
    outcome = headquarters.take(good.parent)

    assert "could not be read to its end" in refusal.value.sentence
    assert outcome.files == 1
    assert outcome.troubles == [f"{failing.name}: {refusal.value.sentence}"]


def test_a_receipt_that_could_not_be_written_is_told_of(
    headquarters: Pc, plant: Pc, tmp_path: Path
) -> None:
    file = send(plant, headquarters, tmp_path / "one", "A")
    well = headquarters.take(file)
    (receipt,) = well.answers
    stick = tmp_path / "two"
    (stick / receipt.name).mkdir(parents=True)
    shutil.copy(file, stick)

    outcome = headquarters.take(stick / file.name)

    assert not outcome.answers
    assert list(outcome.unanswered) == [file.name]
    (told,) = outcome.unanswered_in_words
    assert "No receipt lies beside" in told
    assert outcome.unanswered[file.name] in told
    assert well.unanswered_in_words == ()


def state_of(here: Pc, there: Pc) -> PeerState:
    site = str(there.opened.keys.site_id)
    (state,) = [one for one in here.sync.board(ACTOR).peers if one.peer.key == site]
    return state


def test_a_sender_that_did_not_know_of_a_revocation_is_told_of(
    headquarters: Pc, plant: Pc, other_plant: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    stolen = another_pc(headquarters, tmp_path / "stolen", clock)
    for one in (stolen, other_plant):  # with the other plant's keys this one has nothing to do
        headquarters.opened.keys.care.revoke(ACTOR, one.opened.station.fingerprint, "Stolen")

    before = headquarters.take(send(plant, headquarters, tmp_path / "one", "A"))
    peer = headquarters.sync.peer(ACTOR, str(plant.opened.keys.site_id))
    on_board = state_of(headquarters, plant)
    (stick := tmp_path / "back").mkdir()
    told = plant.take(headquarters.sync.export(ACTOR, [peer], stick).path)
    headquarters.take(stick)  # with the plant's receipt, which says that it knows now
    on_board_after = state_of(headquarters, plant)
    after = headquarters.take(send(plant, headquarters, tmp_path / "two", "B"))

    assert list(before.unaware.values()) == [1]
    assert (on_board.unaware, on_board_after.unaware) == (1, 0)
    assert "1 revoked key" in unaware_in_words(on_board)
    (sentence,) = before.unaware_in_words
    assert next(iter(before.unaware)) in sentence
    assert (told.unaware, after.unaware) == ({}, {})
    assert after.unaware_in_words == ()


def test_a_file_is_found_whatever_system_wrote_its_name(
    headquarters: Pc, plant: Pc, tmp_path: Path
) -> None:
    file = send(plant, headquarters, tmp_path / "one", "A")
    file.with_name(f"._{file.name}").write_bytes(b"\0\5\x16\7Mac OS X")
    file.rename(file.with_suffix(".DKSB"))

    outcome = headquarters.take(file.parent)

    assert (outcome.files, outcome.troubles) == (1, [])
    assert list(outcome.answers)


def test_whoever_chooses_the_folder_above_is_told_where_the_files_lie(
    headquarters: Pc, plant: Pc, tmp_path: Path
) -> None:
    send(plant, headquarters, tmp_path / "stick" / "for hq", "A")

    with pytest.raises(NothingToTakeIn, match="for hq"):
        headquarters.take(tmp_path / "stick")
