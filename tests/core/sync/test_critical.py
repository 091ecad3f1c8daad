"""What a newer program says must not be passed over: an older one edits no row in which it stands (ADR 75)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from app.core.journal import Journal, MadeByNewer
from app.core.journal.critical import CriticalKind, declared_kinds
from app.core.people.models import PersonRow
from app.core.people.photos.models import PersonPhotoRow
from app.core.storage.tables import CRITICAL, Base, Critical, Record, table_of
from app.core.training.committees.kinds import CommitteeKind
from app.core.training.committees.models import CommitteeRow
from tests.core.sync.test_exchange import tables
from tests.core.training.conftest import verified
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc
from tests.support.older import an_older_program

A_PERSON_WITH_A_PHOTO = "person_photo.person_id>person"


@pytest.fixture
def three(one: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    return another_pc(one, tmp_path / "three", clock)


def write(pc: Pc, *rows: Base) -> None:
    with pc.opened.site.transaction(ACTOR, "committee.add") as unit:
        unit.add_all(rows)


def edit(pc: Pc, model: type[Record], key: UUID, column: str, value: object) -> None:
    with pc.opened.site.transaction(ACTOR, "committee.set-terms") as unit:
        setattr(unit.get_one(model, key), column, value)


def is_held(pc: Pc, key: UUID) -> bool:
    return Journal(pc.opened.site, pc.opened.station).held_rows([key]) == {key}


@contextmanager
def photos_are_critical() -> Iterator[None]:
    """Let the program of whoever writes say that a photo holds the person it is of."""
    with pytest.MonkeyPatch.context() as patch:
        info = table_of(PersonPhotoRow).c.person_id.info
        patch.setitem(info, CRITICAL, Critical("person"))
        declared_kinds.cache_clear()
        yield
    declared_kinds.cache_clear()


def test_a_row_with_a_critical_value_is_read_and_not_edited_until_the_update(
    one: Pc, two: Pc, tmp_path: Path
) -> None:
    internal = CommitteeRow(title="Internal Committee", asks=[])
    fire = CommitteeRow(title="Fire wardens", asks=[], kind=CommitteeKind.FIRE)
    write(one, internal, fire)
    with an_older_program(columns={"committee": "kind"}):
        two.take(one.send(tmp_path, two))

        with pytest.raises(MadeByNewer, match="newer version") as refused:
            edit(two, CommitteeRow, fire.id, "title", "Emergency team")
        assert "Update Daksha" in (refused.value.remedy or "")
        edit(two, CommitteeRow, internal.id, "title", "IC")  # as it always was
        assert (is_held(two, fire.id), is_held(two, internal.id)) == (True, False)
        assert verified(two.opened.site)

    two.reopen()
    two.sync.importing.catch_up()

    assert not is_held(two, fire.id)
    edit(two, CommitteeRow, fire.id, "title", "Emergency team")
    one.take(two.send(tmp_path, one))
    two.take(one.send(tmp_path, two))
    assert tables(one)["committee"] == tables(two)["committee"]


def test_a_row_of_an_unknown_table_holds_the_row_that_it_names_also_beyond_an_older_program(
    one: Pc, two: Pc, three: Pc, tmp_path: Path
) -> None:
    person = PersonRow(number="11", name="Asha")
    write(one, person)
    write(one, PersonPhotoRow(person_id=person.id, photo=b"jpeg", at=one.opened.site.clock.now()))
    with photos_are_critical():
        file = one.send(tmp_path, two)
    with an_older_program(tables=("person_photo",)):
        two.take(file)
        three.take(two.send(tmp_path, three))
        for pc in (two, three):
            with pytest.raises(MadeByNewer):
                edit(pc, PersonRow, person.id, "location", "Hall 2")

    three.reopen()
    three.sync.importing.catch_up()
    edit(three, PersonRow, person.id, "location", "Hall 2")


def test_what_is_said_to_be_critical_later_holds_what_came_before(
    one: Pc, two: Pc, tmp_path: Path
) -> None:
    person = PersonRow(number="11", name="Asha")
    write(one, person)
    write(one, PersonPhotoRow(person_id=person.id, photo=b"jpeg", at=one.opened.site.clock.now()))
    with an_older_program(tables=("person_photo",)):
        two.take(one.send(tmp_path, two))
        edit(two, PersonRow, person.id, "location", "Hall 1")
        with photos_are_critical():
            file = one.send(tmp_path, two)
        two.take(file)

        with pytest.raises(MadeByNewer):
            edit(two, PersonRow, person.id, "location", "Hall 2")


@pytest.mark.parametrize("word", ["merge", "", ".", "a.", ".b", "a.b>", "a.b" * 200])
def test_words_of_another_form_are_passed_over(word: str) -> None:
    assert CriticalKind.read(word) is None


def test_every_word_of_this_program_is_read_as_it_is_meant() -> None:
    assert "committee.kind=internal" in declared_kinds()
    with photos_are_critical():
        assert A_PERSON_WITH_A_PHOTO in declared_kinds()
        read = CriticalKind.read(A_PERSON_WITH_A_PHOTO)
    assert read == CriticalKind("person_photo", "person_id", "person", False, None)
