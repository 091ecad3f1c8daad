"""What headquarters approves comes to a plant with its signature, which is proved there."""

from pathlib import Path

import pytest

from app.core.approvals import Approvals, SubjectState
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.journal.shapes import shape_of
from app.core.signatures import SignatureState
from app.core.signatures.models import SignatureRow
from tests.support.approving import approved, subject_of, submitted
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, first_pc, know_each_other
from tests.support.signers import Door, door_of, found_administrator


@pytest.fixture
def plant(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "plant", clock)


@pytest.fixture
def headquarters(plant: Pc, tmp_path: Path, clock: TurnedClock) -> Door:
    made = first_pc(tmp_path / "hq", clock, code="HQ")
    know_each_other(made, plant)
    found_administrator(made)
    return door_of(made)


def carry(headquarters: Pc, plant: Pc, stick: Path) -> None:
    """Take a file of headquarters to the plant."""
    peer = headquarters.sync.peer(ACTOR, "Plant PUN")
    plant.take(headquarters.sync.export(ACTOR, [peer], stick).path)


def test_an_inspector_at_the_plant_proves_who_approved_and_sees_nothing_else_that_was_signed(
    headquarters: Door, plant: Pc, tmp_path: Path
) -> None:
    meera, thing, stick = headquarters.enter(), new_id(), tmp_path / "stick"
    headquarters.accept(meera)
    stick.mkdir()
    submitted(headquarters.pc, thing)
    step = approved(headquarters, meera, thing)
    assert headquarters.signatures.page(ACTOR, PageRequest()).total == 2  # the statement, too

    carry(headquarters.pc, plant, stick)

    signatures = door_of(plant).signatures
    (line,) = signatures.under(step)
    assert (line.name, line.meaning) == ("Meera Joshi", "approved")
    proved = signatures.signature(ACTOR, line.id)
    assert (proved.state, proved.shown) == (SignatureState.VALID, "What was read")
    assert signatures.page(ACTOR, PageRequest()).total == 1
    standing = Approvals(plant.opened.site).standing(subject_of(thing))
    assert standing.state is SubjectState.EFFECTIVE


def test_another_name_on_the_way_is_found_out_at_the_plant(
    headquarters: Door, plant: Pc, tmp_path: Path
) -> None:
    meera, thing, stick = headquarters.enter(), new_id(), tmp_path / "stick"
    headquarters.accept(meera)
    stick.mkdir()
    submitted(headquarters.pc, thing)
    step = approved(headquarters, meera, thing)
    with headquarters.pc.opened.site.read() as session:
        row = session.get(SignatureRow, headquarters.signatures.under(step)[0].id)
        assert row is not None
        told = {name: getattr(row, name) for name in shape_of(SignatureRow).journalled}
    with headquarters.pc.opened.site.transaction(ACTOR, "test") as unit:
        copy = SignatureRow(**{**told, "id": new_id(), "name": "Somebody Else"})
        unit.add(copy)

    carry(headquarters.pc, plant, stick)

    signatures = door_of(plant).signatures
    found = {one.name: one.id for one in signatures.under(step)}
    states = {name: signatures.signature(ACTOR, key).state for name, key in found.items()}
    assert states == {"Meera Joshi": SignatureState.VALID, "Somebody Else": SignatureState.COPIED}
