"""What follows from records that came is done in the end, whenever the power went."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.people import NewPerson, People
from app.core.people.models import PersonListingRow
from app.core.sync import Sync
from tests.support.in_touch import ACTOR, Pc


class PowerCut(BaseException):
    """The PC went off."""


def hire(pc: Pc, number: str) -> None:
    new = NewPerson(number=number, name=f"Name of {number}", joined_on=date(2020, 1, 1))
    People(pc.opened.site, None).add(ACTOR, new)


def listed(pc: Pc) -> list[str]:
    with pc.opened.site.read() as session:
        return sorted(session.scalars(sa.select(PersonListingRow.number)))


def told_of(pc: Pc) -> set[str]:
    """Return the numbers of the people of whom was told what follows from records."""
    people = {row for touched in pc.settled for row in touched.get("person", ())}
    with pc.opened.site.read() as session:
        return set(
            session.scalars(
                sa.select(PersonListingRow.number).where(PersonListingRow.person_id.in_(people))
            )
        )


def goes_off_when_records_stand(pc: Pc) -> Sync:
    def goes_off(_touched: Mapping[str, set[UUID]]) -> None:
        raise PowerCut

    return pc.told_to(goes_off)


def test_lists_tell_of_what_came_before_the_power_went(one: Pc, two: Pc, stick: Path) -> None:
    hire(one, "E-1")
    two.take(one.send(stick, two))
    hire(one, "E-2")
    file = one.send(stick, two)
    with pytest.raises(PowerCut):
        goes_off_when_records_stand(two).take(ACTOR, file)
    two.reopen()
    assert listed(two) == ["E-1"]

    two.sync.importing.catch_up()
    assert listed(two) == ["E-1", "E-2"]
    assert told_of(two) == {"E-2"}
    two.reopen()
    two.sync.importing.catch_up()
    assert two.settled == []


def test_a_note_that_was_written_by_half_tells_all_that_ever_came(
    one: Pc, two: Pc, stick: Path
) -> None:
    hire(one, "E-1")
    two.take(one.send(stick, two))
    (two.opened.folder / "incoming" / "unsettled-0").write_bytes(b"\x81")
    two.reopen()
    two.sync.importing.catch_up()
    assert told_of(two) == {"E-1"}
