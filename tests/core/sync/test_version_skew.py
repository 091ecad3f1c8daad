"""I14: what a newer program writes goes through an older one whole, and stands in its tables after the update."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.base.ids import new_id
from app.core.journal import stored_logs
from app.core.journal.changes import Inserted
from app.core.people.models import OrgUnitRow, PersonRow
from app.core.people.photos.models import PersonPhotoRow
from app.core.storage.tables import Base
from tests.core.sync.test_exchange import tables
from tests.core.training.conftest import verified
from tests.core.training.test_two_pcs import TODAY
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc
from tests.support.newer import OF_TOMORROW, certified_for_tomorrow, write_of_tomorrow
from tests.support.older import an_older_program


@pytest.fixture
def three(tmp_path: Path, clock: TurnedClock) -> Iterator[list[Pc]]:
    """A newer program, an older one, and one that is newer again."""
    with certified_for_tomorrow():
        newer = first_pc(tmp_path / "newer", clock)
        older, third = (another_pc(newer, tmp_path / name, clock) for name in ("older", "third"))
    yield [newer, older, third]
    for pc in (newer, older, third):
        pc.close()


def write(pc: Pc, *rows: Base) -> None:
    with pc.opened.site.transaction(ACTOR, "person.edit") as unit:
        unit.add_all(rows)


def write_what_is_new(pc: Pc) -> None:
    """Write in a new table, a new column, a new word, and a log of a new scope."""
    person = PersonRow(number="11", name="Asha", left_on=TODAY)
    write(pc, person, OrgUnitRow(code="TOMORROW", name="Of a newer kind"))
    write(pc, PersonPhotoRow(person_id=person.id, photo=b"one", at=pc.opened.site.clock.now()))
    said = {"code": "TURN", "title": "Turner"}
    write_of_tomorrow(pc, [Inserted("job_role", new_id(), said)])


def apart(one: Pc, other: Pc) -> set[str]:
    """Return the tables that two PCs show otherwise, but for what each notes of the files it wrote."""
    theirs = tables(other)
    return {table for table, rows in tables(one).items() if rows != theirs[table]} - {
        "sent_file",
        "saved_file",
    }


def test_what_is_new_goes_through_an_older_program_to_one_that_knows_it(
    three: list[Pc], tmp_path: Path
) -> None:
    newer, older, third = three
    write_what_is_new(newer)
    with an_older_program(
        tables=("person_photo",),
        columns={"person": "left_on"},
        words={"org_unit": ("code", "TOMORROW")},
    ):
        taken = older.take(newer.send(tmp_path, older))
        assert (taken.refused, taken.waiting) == (0, 0)
        assert verified(older.opened.site)
        write(older, OrgUnitRow(code="OLD", name="Of the older one"))
        file = older.send(tmp_path, third)
    assert third.take(file).refused == 0
    newer.take(third.send(tmp_path, newer))
    third.take(newer.send(tmp_path, third))

    assert apart(third, newer) == set()
    with third.opened.site.read() as session:
        scopes = {log.name.scope for log in stored_logs(session.connection())}
    assert OF_TOMORROW in scopes

    older.reopen()
    older.sync.importing.catch_up()
    older.take(newer.send(tmp_path, older))
    newer.take(older.send(tmp_path, newer))
    assert verified(older.opened.site)
    assert apart(older, newer) == set()
