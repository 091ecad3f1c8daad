"""The whole way: password, key, a conflict decided with a signature, sync, and proof at headquarters."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.base.paging import PageRequest
from app.core.signatures import Proof, ReadOtherwise, SignatureState, Undersigned
from app.core.sync import SignatureNeeded
from app.core.training.models import RequirementRow
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc
from tests.support.signers import PASSWORD, Door, door_of

ALL = PageRequest()


def require(pc: Pc) -> UUID:
    """Let a requirement be on record."""
    with pc.opened.site.transaction(ACTOR, "requirement.add") as unit:
        row = RequirementRow(code="FIRE", title="Fire safety", course_id=None, valid_months=12)
        unit.add(row)
        unit.flush()
        return row.id


def change(pc: Pc, key: UUID, months: int) -> None:
    """Let the requirement hold for so many months."""
    with pc.opened.site.transaction(ACTOR, "requirement.edit", reason=f"{months} is right") as unit:
        unit.get_one(RequirementRow, key).valid_months = months


def months(pc: Pc, key: UUID) -> int | None:
    """Return for how many months the requirement holds."""
    with pc.opened.site.read() as session:
        return session.get_one(RequirementRow, key).valid_months


@pytest.fixture
def requirement(pc: Pc, second: Pc, stick: Path, clock: TurnedClock) -> UUID:
    """A requirement that two PCs let hold for different times."""
    key = require(pc)
    second.take(pc.send(stick, second))
    change(pc, key, 24)
    clock.turn(timedelta(minutes=1))
    change(second, key, 36)
    pc.take(second.send(stick, pc))
    return key


def test_a_regulated_conflict_is_decided_with_a_signature_that_holds_everywhere(
    door: Door,
    meera: Actor,
    pc: Pc,
    second: Pc,
    headquarters: Pc,
    requirement: UUID,
    stick: Path,
) -> None:
    (conflict,) = pc.sync.conflicts(meera)
    assert conflict.needs_signature
    chosen = next(one for one in conflict.values if one.value == 36)

    shown = pc.sync.decision_text(meera, conflict, chosen)
    signed = Undersigned(door.signatures.pen(meera, Proof(password=PASSWORD)), shown)
    decision = pc.sync.decide(meera, conflict, chosen, "QA says 36", signed)

    assert months(pc, requirement) == 36
    assert pc.sync.conflicts(meera) == ()
    second.take(pc.send(stick, second))
    headquarters.take(pc.sync.export(ACTOR, [pc.sync.peer(ACTOR, "Plant HQ")], stick).path)
    for one in (pc, second, headquarters):
        signatures = door_of(one).signatures
        (line,) = signatures.under(decision)
        found = signatures.signature(ACTOR, line.id)
        assert found.state is SignatureState.VALID
        assert (line.name, line.number, line.meaning) == ("Meera Joshi", "E-1", "decided")
        assert line.reason == "QA says 36"
        assert found.components == ("password",)
        assert {one.state for one in signatures.check(ACTOR, ALL)} == {SignatureState.VALID}


def test_an_unsigned_decision_in_a_regulated_column_is_refused(
    pc: Pc, meera: Actor, requirement: UUID
) -> None:
    (conflict,) = pc.sync.conflicts(meera)

    with pytest.raises(SignatureNeeded) as refused:
        pc.sync.decide(meera, conflict, conflict.values[0], "because")

    assert "both values are kept" in refused.value.sentence
    assert pc.sync.conflicts(meera) == (conflict,)


def test_a_conflict_that_reads_otherwise_than_was_shown_is_not_decided(
    door: Door, pc: Pc, meera: Actor, requirement: UUID
) -> None:
    (conflict,) = pc.sync.conflicts(meera)
    chosen = conflict.values[0]
    shown = pc.sync.decision_text(meera, conflict, chosen)
    pen = door.signatures.pen(meera, Proof(password=PASSWORD))
    with pc.opened.site.transaction(ACTOR, "requirement.edit") as unit:
        unit.get_one(RequirementRow, requirement).title = "Fire and smoke"

    with pytest.raises(ReadOtherwise) as refused:
        pc.sync.decide(meera, conflict, chosen, "QA says so", Undersigned(pen, shown))

    assert "it changed meanwhile" in refused.value.sentence
    assert pc.sync.conflicts(meera) == (conflict,)
