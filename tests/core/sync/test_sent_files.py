"""The register of sync files: what is on its way is told rightly, and however long it is, little of it is read."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import system_actor
from app.core.base.ids import new_id
from app.core.base.progress import NoProgress
from app.core.egress import FileTaken
from app.core.sync import rebuild_ends, refresh_ends
from app.core.sync.board import look
from app.core.sync.exporting import Exporting
from app.core.sync.exports import Wish
from app.core.sync.models import SentEndRow, SentFileRow
from app.core.sync.relations import Relations
from app.core.sync.sticks import Stick, StickTooSmall
from tests.core.sync.test_exchange import add
from tests.core.sync.test_travelling_files import course
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, opened_again

PROGRAM = system_actor()


@pytest.fixture
def pcs(tmp_path: Path, clock: TurnedClock) -> tuple[Pc, Pc, Pc]:
    one = first_pc(tmp_path / "one", clock)
    return one, another_pc(one, tmp_path / "two", clock), another_pc(one, tmp_path / "three", clock)


def standing(pc: Pc) -> dict[str, int]:
    """Return how many files are on their way, by whom they are for."""
    return {state.peer.key: state.on_the_way for state in pc.sync.board(ACTOR).peers}


def ends(pc: Pc) -> set[tuple[object, ...]]:
    with pc.opened.site.read() as session:
        return set(map(tuple, session.execute(sa.select(sa.inspect(SentEndRow).local_table))))


def test_a_file_for_two_is_on_its_way_to_who_has_not_got_it(
    pcs: tuple[Pc, Pc, Pc], stick: Path
) -> None:
    one, two, three = pcs
    add(one, "A")
    file = one.send(stick, two, three)
    two.take(file)
    one.take(stick)

    assert standing(one) == {two.key: 0, three.key: 1}
    assert [sent.is_acknowledged for sent in one.sync.board(ACTOR).sent] == [False]

    three.take(file)
    one.take(stick)
    assert set(standing(one).values()) == {0}
    assert [sent.is_acknowledged for sent in one.sync.board(ACTOR).sent] == [True]


def test_a_later_file_stands_for_a_lost_one(
    pcs: tuple[Pc, Pc, Pc], stick: Path, clock: TurnedClock
) -> None:
    one, two, _three = pcs
    add(one, "A")
    one.send(stick, two).unlink()
    oldest = clock.now()
    clock.turn(timedelta(days=1))
    add(one, "B")
    later = one.send(stick, two)

    state = next(one for one in one.sync.board(ACTOR).peers if one.on_the_way)
    assert (state.on_the_way, state.oldest_on_the_way, state.last_sent) == (2, oldest, clock.now())
    two.take(later)
    one.take(stick)
    assert set(standing(one).values()) == {0}


def test_what_another_pc_wrote_is_on_its_way_here_too(
    pcs: tuple[Pc, Pc, Pc], stick: Path, tmp_path: Path
) -> None:
    one, two, three = pcs
    add(one, "A")
    two.take(one.send(stick, two, three))
    add(two, "B")
    two.send(tmp_path, three)
    one.take(two.send(stick, one))
    with one.opened.site.transaction(PROGRAM, "derived.settle") as unit:
        refresh_ends(unit, one.settled[-1])

    assert standing(one)[three.key] == 2


def test_ends_made_anew_are_the_same(pcs: tuple[Pc, Pc, Pc], stick: Path) -> None:
    one, two, three = pcs
    for number in range(3):
        add(one, f"N-{number}")
        two.take(one.send(stick, two, three))
    before = ends(one)

    with one.opened.site.transaction(PROGRAM, "derived.rebuild") as unit:
        rebuild_ends(unit)

    assert ends(one) == before
    assert len(before) >= 3


def test_a_long_register_is_not_read_to_open_the_board(pcs: tuple[Pc, Pc, Pc], stick: Path) -> None:
    one, two, _three = pcs
    add(one, "A")
    two.take(one.send(stick, two))
    one.take(stick)
    before = standing(one)
    _repeat(one, 300)
    short = _work(one)
    _repeat(one, 3_000)

    assert _work(one) < short * 1.5  # ten times as many would be ten times the steps
    assert standing(one) == before
    assert len(one.sync.board(ACTOR).sent) == 100


class Pulled(BaseException):
    """The power went."""


@pytest.mark.parametrize("ending", [".dksb", ".dksv"])
def test_a_file_that_got_its_name_is_in_the_register_whatever_comes_after(
    pcs: tuple[Pc, Pc, Pc], stick: Path, tmp_path: Path, clock: TurnedClock, ending: str
) -> None:
    one, two, _three = pcs
    course(one, tmp_path)

    class LastBreath(Stick):
        """A stick on which a file gets its name, and nothing happens on the PC after that."""

        def rename(self, old: str, new: str) -> None:
            super().rename(old, new)
            if new.endswith(ending):
                raise Pulled

    exporting = Exporting(
        one.opened.site, one.opened.keys, tmp_path / "data" / "incoming", one.assets, LastBreath
    )
    peers = [one.sync.peer(ACTOR, two.key)]
    with pytest.raises(Pulled):
        exporting.write(ACTOR, peers, stick, NoProgress(), Wish(courses=None))

    one.close()
    again = opened_again(tmp_path / "one", clock)
    left = {hashlib.sha256(file.read_bytes()).hexdigest() for file in stick.iterdir()}
    assert any(file.suffix == ending for file in stick.iterdir())
    assert left == {sent.sha256 for sent in again.sync.board(ACTOR).sent}
    assert standing(again)[two.key] == len(left)
    assert again.send(stick, two).name.endswith("-00002.dksb")
    again.close()


def test_a_file_that_somebody_has_is_not_replaced_unless_they_say_so(
    pcs: tuple[Pc, Pc, Pc], stick: Path
) -> None:
    one, two, _three = pcs
    peers = [one.sync.peer(ACTOR, two.key)]
    (theirs := stick / "hall.dksb").write_bytes(b"precious")

    with pytest.raises(FileTaken):
        one.sync.export(ACTOR, peers, theirs)
    assert theirs.read_bytes() == b"precious"
    assert one.sync.board(ACTOR).sent == ()

    one.sync.export(ACTOR, peers, theirs, overwrite=True)
    assert two.take(theirs).files == 1


def test_whoever_takes_in_the_stick_sees_a_file_of_any_name(
    pcs: tuple[Pc, Pc, Pc], stick: Path
) -> None:
    one, two, _three = pcs

    written = one.sync.export(ACTOR, [one.sync.peer(ACTOR, two.key)], stick / "for hall.txt")

    assert written.path == stick / "for hall.txt.dksb"
    assert two.take(stick).files == 1


class Nearly(Stick):
    """A stick that is nearly full."""

    free = 0

    def room(self) -> int:
        return self.free


def test_a_stick_needs_no_more_room_than_the_file_takes(
    pcs: tuple[Pc, Pc, Pc], stick: Path, tmp_path: Path
) -> None:
    one, two, _three = pcs
    packed = tmp_path / "one" / "data" / "incoming"
    exporting = Exporting(one.opened.site, one.opened.keys, packed, one.assets, Nearly)
    peers = [one.sync.peer(ACTOR, two.key)]

    Nearly.free = 300 << 10
    written = exporting.write(ACTOR, peers, stick, NoProgress())
    assert written.size < Nearly.free // 10
    Nearly.free = 200 << 10
    with pytest.raises(StickTooSmall):
        exporting.write(ACTOR, peers, stick, NoProgress())


def _repeat(pc: Pc, times: int) -> None:
    """Say that the file was written so many times, without an entry for each: it is the list that counts."""
    with pc.opened.site.database.write() as connection, Session(connection) as session:
        row = session.scalars(sa.select(SentFileRow).limit(1)).one()
        first = {column.key: getattr(row, column.key) for column in sa.inspect(SentFileRow).columns}
        session.execute(
            sa.insert(SentFileRow), [{**first, "id": new_id()} for _number in range(times)]
        )
        rebuild_ends(session)
        session.flush()


def _work(pc: Pc) -> int:
    """Return in hundreds how many steps the database takes for the board."""
    steps = [0]

    def counting() -> int:
        steps[0] += 1
        return 0

    with pc.opened.site.read() as session:
        driver = session.connection().connection.dbapi_connection
        assert driver is not None
        driver.set_progress_handler(counting, 100)
        try:
            look(session, Relations.now(pc.opened.keys), pc.opened.site.clock.now())
        finally:
            driver.set_progress_handler(None, 0)
    return steps[0]
