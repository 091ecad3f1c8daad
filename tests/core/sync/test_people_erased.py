"""Somebody erased on one PC is erased on all that hear of it, and no stick brings them back (I12)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.ids import new_id
from app.core.people import NewPerson, People, PersonChange, PersonId, refresh_touched
from app.core.people.erasing import ErasedOutside, PersonErased
from app.core.people.models import PersonRow
from app.core.people.papers import NewPaper, PaperKind
from tests.core.sync.test_exchange import is_sound, tables
from tests.support.clock import TurnedClock
from tests.support.documents import a_pdf
from tests.support.faces import draw_face
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc
from tests.support.traces import traces

ONE = replace(ACTOR, account_id=new_id(), name="Asha Rao")
OTHER = replace(ACTOR, account_id=new_id(), name="Binod Das")
NAMES = ("Kamala", "कमला", "K-4711", "kamala@plant")


@dataclass
class Room:
    """Three PCs of one plant and a stick."""

    pcs: list[Pc]
    clock: TurnedClock
    stick: Path

    def people(self, number: int) -> People:
        """Return the people of a PC."""
        return People(self.pcs[number].opened.site)

    def send(self, source: int, *targets: int) -> Path:
        """Carry what others lack to them; return the file."""
        self.clock.turn(timedelta(seconds=1))
        path = self.pcs[source].send(self.stick, *(self.pcs[one] for one in targets))
        kept = self.stick.parent / f"{new_id()}.dksb"
        path.rename(kept)
        for target in targets:
            self.take(target, kept)
        return kept

    def take(self, target: int, file: Path) -> None:
        """Take a file in, and bring up what follows from it."""
        pc = self.pcs[target]
        done = len(pc.settled)
        pc.take(file)
        with pc.opened.site.transaction(ACTOR, "derived.settle") as unit:
            for touched in pc.settled[done:]:
                refresh_touched(unit, touched)
        self.clock.turn(timedelta(seconds=1))

    def kamala(self, number: int = 0) -> PersonId:
        """Add somebody on a PC who left long ago, and edit them."""
        people = self.people(number)
        who = people.add(
            ACTOR,
            NewPerson(
                number="K-4711",
                name="Kamala Devi",
                name_local="कमला देवी",
                email="kamala@plant.example",
                joined_on=date(2010, 1, 1),
            ),
        )
        people.edit(ACTOR, who, PersonChange(name="Kamala Devi Rao"))
        people.leave(ACTOR, who, date(2015, 1, 1))
        return who

    def erase(self, number: int, who: PersonId) -> None:
        """Let two people erase somebody."""
        erasures = self.people(number).erasures
        erasures.confirm(OTHER, erasures.request(ONE, who, "Asked for it in writing"))

    def traces(self, number: int) -> list[str]:
        """Return where the name stands."""
        return traces(self.pcs[number].opened.site, *NAMES)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    clock = TurnedClock()
    (tmp_path / "stick").mkdir()
    first = first_pc(tmp_path / "0", clock)
    room = Room([first], clock, tmp_path / "stick")
    for number in (1, 2):
        room.pcs.append(another_pc(first, tmp_path / str(number), clock))
    room.send(0, 1, 2)
    yield room
    for pc in room.pcs:
        assert is_sound(pc)
        pc.close()


def test_a_name_stands_in_no_entry_but_sealed(room: Room) -> None:
    room.kamala()
    with room.pcs[0].opened.site.read() as session:
        bodies = session.scalars(sa.text("SELECT body FROM journal_entry")).all()
    assert not any(name.encode() in body for body in bodies for name in NAMES)


def test_what_is_sealed_is_read_where_it_arrives(room: Room) -> None:
    who = room.kamala()
    room.send(0, 1)
    assert room.people(1).person(ACTOR, who).name == "Kamala Devi Rao"
    assert _people(room.pcs[0]) == _people(room.pcs[1])


def test_who_is_erased_on_one_pc_is_gone_from_all(room: Room) -> None:
    who = room.kamala()
    room.send(0, 1, 2)
    room.erase(1, who)
    assert room.traces(1) == []
    room.send(1, 0)
    room.send(0, 2)
    assert [room.traces(number) for number in range(3)] == [[], [], []]
    assert _people(room.pcs[0]) == _people(room.pcs[1]) == _people(room.pcs[2])
    assert room.people(2).person(ACTOR, who).name.startswith("Person ")


def test_a_list_that_was_not_brought_up_is_at_the_next_opening(room: Room) -> None:
    who = room.kamala()
    room.send(0, 1)
    room.erase(0, who)
    file = room.pcs[0].send(room.stick, room.pcs[1])
    # and the program is stopped before it brings up the list
    room.pcs[1].told_to(lambda _touched: None).take(ACTOR, file)
    assert room.traces(1) == ["person_listing"]
    room.people(1).erasures.attend()
    assert room.traces(1) == []


def test_a_photo_goes_where_its_person_goes_and_is_gone_with_them(room: Room) -> None:
    who = room.kamala()
    for number in range(2):
        room.people(0).photos.give(ACTOR, who, draw_face(room.stick.parent / "face.png", number))
    photo = room.people(0).photos.of(ACTOR, who)
    old = room.send(0, 1)
    assert room.people(1).photos.of(ACTOR, who) == photo
    with room.pcs[1].opened.site.read() as session:
        bodies = session.scalars(sa.text("SELECT body FROM journal_entry")).all()
    assert not any(photo in body for body in bodies)
    room.erase(1, who)
    room.take(1, old)
    room.send(1, 0, 2)
    for number in range(3):
        with room.pcs[number].opened.site.read() as session:
            kept = session.scalars(sa.text("SELECT photo FROM person_photo")).all()
        assert all(one == b"" for one in kept)


def test_a_paper_goes_where_its_person_goes_and_is_gone_with_them(room: Room) -> None:
    who, cv = room.kamala(), a_pdf(room.stick.parent / "kamala-cv.pdf", 1, "CV")
    new = NewPaper(kind=PaperKind.QUALIFICATION, file=cv, title="B.Pharm.")
    room.people(0).papers.put(ACTOR, who, new)
    old = room.send(0, 1)
    (there,) = room.people(1).papers.of(ACTOR, who)
    assert room.people(1).papers.content(ACTOR, there.id) == cv.read_bytes()
    room.erase(1, who)
    room.take(1, old)
    room.send(1, 0)
    for number in range(2):
        with room.pcs[number].opened.site.read() as session:
            kept = session.execute(
                sa.text("SELECT content, title, file_name FROM person_paper")
            ).all()
            bodies = session.scalars(sa.text("SELECT body FROM journal_entry")).all()
        assert kept == [(b"", "", "")]
        assert not any(b"B.Pharm." in body for body in bodies)


def test_an_old_stick_brings_nobody_back(room: Room) -> None:
    who = room.kamala()
    old = room.send(0, 1)
    room.erase(1, who)
    before = tables(room.pcs[1])
    room.take(1, old)
    assert room.traces(1) == []
    after = tables(room.pcs[1])
    assert len(after.pop("saved_file")) > len(before.pop("saved_file"))  # one more receipt left
    assert after == before


def test_an_old_stick_brings_nobody_to_a_pc_that_knew_of_the_erasure_only(room: Room) -> None:
    who = room.kamala()
    old = room.pcs[0].send(room.stick, room.pcs[2])
    room.send(0, 1)
    room.erase(1, who)
    room.send(1, 2)
    assert room.people(2).person(ACTOR, who).name.startswith("Person ")
    room.take(2, old)
    assert room.traces(2) == []


def test_an_edit_that_did_not_know_of_it_changes_nothing(room: Room) -> None:
    who = room.kamala()
    room.send(0, 1)
    room.erase(0, who)
    room.people(1).edit(ACTOR, who, PersonChange(name="Kamala Again"))
    room.send(1, 0)
    assert room.traces(0) == []
    room.send(0, 1)
    assert room.traces(1) == []
    assert _people(room.pcs[0]) == _people(room.pcs[1])


def test_nobody_edits_who_is_erased(room: Room) -> None:
    who = room.kamala()
    room.erase(0, who)
    with pytest.raises(PersonErased):
        room.people(0).edit(ACTOR, who, PersonChange(name="Kamala"))
    assert room.traces(0) == []


def test_a_name_written_past_the_services_is_blanked_where_it_is_written(room: Room) -> None:
    who = room.kamala()
    room.erase(0, who)
    with room.pcs[0].opened.site.transaction(ACTOR, "test.act") as unit:
        unit.get_one(PersonRow, who).name = "Kamala"
    assert room.traces(0) == []


def test_an_entry_whose_key_is_missing_is_read_when_the_key_comes(room: Room) -> None:
    who = room.kamala()
    room.send(0, 1)
    _lose_keys(room.pcs[1])
    room.send(1, 2)
    assert room.people(2).person(ACTOR, who).name.startswith("Person ")
    room.send(2, 0)  # says that it lacks the key
    room.send(0, 2)
    assert room.people(2).person(ACTOR, who).name == "Kamala Devi Rao"
    assert room.people(2).find(ACTOR, "K-4711").id == who
    _take_keys_again(room)


def test_keys_go_for_those_alone_of_whom_a_file_speaks(room: Room) -> None:
    room.kamala()
    room.send(0, 1)
    room.people(0).add(ACTOR, NewPerson(number="N-1", name="Nobody Else"))
    room.send(0, 1)
    assert _keys(room.pcs[1]) == _keys(room.pcs[0])
    lean = room.send(0, 2)
    assert lean.exists()
    assert _keys(room.pcs[2]) == _keys(room.pcs[0])


def test_this_pc_remembers_who_is_erased_when_its_records_are_restored(
    room: Room, tmp_path: Path
) -> None:
    pc = room.pcs[0]
    who = room.kamala()
    before = _copy_of(pc, tmp_path / "copy.db")
    outside = ErasedOutside(pc.opened.authority.folder)
    erasures = People(pc.opened.site, outside).erasures
    erasures.confirm(OTHER, erasures.request(ONE, who, "Asked for it"))
    pc.close()
    _put_back(before, pc)
    pc.reopen()
    assert room.traces(0) != []
    People(pc.opened.site, ErasedOutside(pc.opened.authority.folder)).erasures.attend()
    assert room.traces(0) == []


def _people(pc: Pc) -> dict[str, list[tuple[object, ...]]]:
    """Return what is on record of people: of files each PC notes its own."""
    return {
        name: rows for name, rows in tables(pc).items() if name.startswith(("person", "erasure"))
    }


def _keys(pc: Pc) -> set[tuple[bytes, bytes]]:
    with pc.opened.site.read() as session:
        return {tuple(row) for row in session.execute(sa.text("SELECT * FROM person_key"))}


def _lose_keys(pc: Pc) -> None:
    with pc.opened.site.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM person_key")


def _take_keys_again(room: Room) -> None:
    """Let the PC that lost them have the keys again: its tables were read with them."""
    with room.pcs[0].opened.site.read() as session:
        keys = session.execute(sa.text("SELECT * FROM person_key")).all()
    with room.pcs[1].opened.site.database.write() as connection:
        for person, key in keys:
            connection.exec_driver_sql("INSERT INTO person_key VALUES (?, ?)", (person, key))


def _database_of(pc: Pc) -> Path:
    return Path(pc.opened.site.database.location.path)  # type: ignore[union-attr]  # a file here


def _copy_of(pc: Pc, path: Path) -> Path:
    from app.core.base.progress import NoProgress

    pc.opened.site.database.copy_to(path, NoProgress())
    return path


def _put_back(copy: Path, pc: Pc) -> None:
    target = _database_of(pc)
    for leftover in target.parent.glob(f"{target.name}-*"):
        leftover.unlink()
    target.write_bytes(copy.read_bytes())
