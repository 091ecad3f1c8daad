"""A value that waits for a decision is not chosen in passing, where rules depend on it."""

from pathlib import Path

import pytest

from app.core.base.actor import Actor
from app.core.journal import WaitsForDecision
from app.core.training.models import RequirementRow
from tests.core.signatures.records import change, require
from tests.support.in_touch import ACTOR, Pc


def test_an_edit_of_what_waits_is_refused_and_of_the_rest_is_not(
    pc: Pc, second: Pc, stick: Path, meera: Actor
) -> None:
    key = require(pc)
    second.take(pc.send(stick, second))
    change(pc, key, 24)
    change(second, key, 36)
    pc.take(second.send(stick, pc))

    with pytest.raises(WaitsForDecision) as refused:
        change(pc, key, 48)

    assert "both values are kept" in refused.value.sentence
    assert len(pc.sync.conflicts(meera)) == 1
    with pc.opened.site.transaction(ACTOR, "requirement.edit") as unit:
        unit.get_one(RequirementRow, key).title = "Fire safety, anew"


def test_values_that_agree_wait_for_nobody(pc: Pc, second: Pc, stick: Path) -> None:
    key = require(pc)
    second.take(pc.send(stick, second))
    change(pc, key, 24)
    change(second, key, 24)
    pc.take(second.send(stick, pc))

    change(pc, key, 48)

    with pc.opened.site.read() as session:
        assert session.get_one(RequirementRow, key).valid_months == 48
