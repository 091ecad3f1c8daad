"""An older program in a room: what a newer one lays there is told, harms nothing, and is read after the update."""

from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from app.core.keys import read_unverified, sign_document
from app.core.people.models import OrgUnitRow, PersonRow
from app.core.people.photos.models import PersonPhotoRow
from app.core.reports.audit_words import SECRET, value_in_words
from app.core.storage.columns import Word
from app.core.storage.tables import Base, journalled_models, table_of
from app.core.sync.bundle import manifest
from app.core.sync.tallies import TALLY, TALLY_NAME, Tally
from app.core.training import SOURCES
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow
from tests.core.sync.test_exchange import add, tables, units
from tests.core.sync.test_room import part, turn
from tests.core.training.conftest import verified
from tests.core.training.test_matrix_two_pcs import Pair
from tests.core.training.test_two_pcs import TODAY
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc
from tests.support.older import an_older_program


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


def of_tomorrow() -> Source:
    """Return a way of assigning that a newer program knows."""
    member = str.__new__(Source, "of-tomorrow")
    member._name_, member._value_ = "OF_TOMORROW", "of-tomorrow"
    return member


def test_a_word_of_a_newer_program_is_kept_read_neutrally_and_holds_nothing_up(
    room: list[Pc], tmp_path: Path
) -> None:
    newer, older = room
    pair = Pair(newer, older, tmp_path)
    assigned = AssignmentRow(
        person_id=pair.asha,
        requirement_id=pair.cell.thing_id,
        cycle=1,
        assigned_at=newer.opened.site.clock.now(),
        origin="Works nights",
        source=of_tomorrow(),
    )
    with newer.opened.site.transaction(ACTOR, "assignment.assign") as unit:
        unit.add(assigned)
    with newer.opened.site.transaction(ACTOR, "assignment.due") as unit:
        unit.get_one(AssignmentRow, assigned.id).due_on = TODAY
    add(newer, "AFTERWARDS")
    pair.meet()

    (listed,) = pair.schools[1].training.assignments.of_person(ACTOR, pair.asha)
    detail = pair.schools[1].training.assignments.detail(ACTOR, listed.id)
    assert SOURCES[detail.why.source] == "In a way that only a newer Daksha knows"
    assert listed.due_on == TODAY
    assert "AFTERWARDS" in units(older)
    assert verified(older.opened.site)
    with older.opened.site.read() as session:
        kept = sa.text("SELECT source FROM assignment WHERE id = :id")
        assert session.scalar(kept, {"id": assigned.id.bytes}) == "of-tomorrow"


@pytest.mark.parametrize("model", journalled_models(), ids=lambda model: table_of(model).name)
def test_a_word_of_a_newer_program_does_not_keep_the_trail_from_being_read(
    model: type[Base],
) -> None:
    for column in table_of(model).columns:
        if isinstance(column.type, Word):
            told = value_in_words(table_of(model).name, column.key, "of-tomorrow")
            assert "newer Daksha" in told or (table_of(model).name, column.key) in SECRET


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


def test_what_an_older_program_left_out_is_in_its_lists_after_the_update(
    room: list[Pc], tmp_path: Path
) -> None:
    """A new table, a new column and a new word, and a row that the older program edited meanwhile."""
    newer, older = room
    pair = Pair(newer, older, tmp_path)
    with newer.opened.site.transaction(ACTOR, "person.edit") as unit:
        unit.get_one(PersonRow, pair.asha).left_on = TODAY
        unit.add(OrgUnitRow(code="TOMORROW", name="Of a newer kind"))
        now = newer.opened.site.clock.now()
        unit.add(PersonPhotoRow(person_id=pair.asha, photo=b"in a table of its own", at=now))
    with an_older_program(
        tables=("person_photo",),
        columns={"person": "left_on"},
        words={"org_unit": ("code", "TOMORROW")},
    ):
        pair.meet()
        with older.opened.site.transaction(ACTOR, "person.edit") as unit:
            unit.get_one(PersonRow, pair.asha).location = "Hall 2"
        assert verified(older.opened.site)
        assert "TOMORROW" not in units(older)

    older.reopen()
    assert not verified(older.opened.site)  # as without what comes next
    older.sync.importing.catch_up()

    assert verified(older.opened.site)
    assert {"org_unit", "person_photo", "person"} <= {
        table for one in older.settled for table in one
    }
    newer.take(older.send(tmp_path, newer))
    for table in ("person", "org_unit", "person_photo"):
        assert tables(older)[table] == tables(newer)[table]
    older.settled.clear()
    older.sync.importing.catch_up()
    assert older.settled == []  # once


def test_whoever_takes_in_what_only_a_newer_program_knows_is_told_so(
    room: list[Pc], tmp_path: Path
) -> None:
    newer, older = room
    pair = Pair(newer, older, tmp_path)
    with newer.opened.site.transaction(ACTOR, "person.edit") as unit:
        now = newer.opened.site.clock.now()
        unit.add(PersonPhotoRow(person_id=pair.asha, photo=b"in a table of its own", at=now))
    (peer,) = older.sync.board(ACTOR).peers
    assert not peer.is_newer
    with an_older_program(tables=("person_photo",)):
        file = newer.send(tmp_path, older)
        seen = older.sync.inspect(ACTOR, file).content
        assert seen is not None
        assert seen.is_newer
        (strange,) = (one for one in seen.tables if not one.is_known)
        assert (strange.table, strange.rows) == ("person_photo", 1)

        (told,) = older.take(file).newer_in_words

        assert told.startswith(f"{peer.peer.label} runs a newer version of Daksha. 1 entry")
        assert "kept and carried on" in told
        assert older.take(file).newer_in_words == ()  # once
        assert [one.is_newer for one in older.sync.board(ACTOR).peers] == [True]
        assert [one.is_newer for one in newer.sync.board(ACTOR).peers] == [False]

    older.reopen()
    older.sync.importing.catch_up()
    assert [one.is_newer for one in older.sync.board(ACTOR).peers] == [False]
