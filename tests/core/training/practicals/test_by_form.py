"""A practical whose form has critical steps is met by it alone: both sign, and nobody's notes stand in for that."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.actor import Capability
from app.core.training import EvidenceRule, RequirementType, TrainingRefused
from app.core.training.assignments import EnteredEvidence
from app.core.training.corrections import PERSON, RecordKind, ToCorrect
from app.core.training.errors import ByFormAlone
from app.core.training.legacy.checking import compare, what_is_known
from app.core.training.legacy.reading import SaidRow
from app.core.training.practicals import Hand
from app.core.training.practicals.forms import FormContent
from tests.core.training.conftest import SYSTEM, somebody
from tests.support.classes import BOSS, Room
from tests.support.clock import TurnedClock
from tests.support.in_touch import first_pc
from tests.support.practicals import FORM, Floor, furnish
from tests.support.signers import found_administrator

RAVI = replace(somebody("Ravi", Capability.ASSIGN))
HARMLESS = replace(
    FORM,
    sections=tuple(
        replace(one, steps=tuple(replace(step, is_critical=False) for step in one.steps))
        for one in FORM.sections
    ),
)


@pytest.fixture
def room(tmp_path: Path, clock: TurnedClock) -> Room:
    """A plant with a practical that terms would let paper prove."""
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    made = Room(pc, clock).can_sign()
    made.somebody("E-10", "Asha Kulkarni")
    made.require("PRESS-P", RequirementType.PRACTICAL, EvidenceRule.CONFIRMED)
    return made


def publish(room: Room, form: FormContent) -> UUID:
    forms = room.school.training.practicals.forms
    requirement: UUID = room.school.training.catalogue.coded(BOSS, "PRESS-P").summary.id
    forms.save_draft(SYSTEM, requirement, form)
    forms.publish(SYSTEM, requirement)
    return requirement


def paper(room: Room) -> EnteredEvidence:
    return EnteredEvidence(issuer="Foreman", obtained_on=room.today)


def test_two_peoples_notes_do_not_meet_it_whatever_its_terms_say(room: Room) -> None:
    proving = room.school.training.assignments.evidence
    asha = room.people.find(BOSS, "E-10").id
    practical = room.school.training.catalogue.coded(BOSS, "PRESS-P").summary.id
    before = proving.enter(RAVI, asha, practical, paper(room))  # there is no form yet
    publish(room, FORM)

    with pytest.raises(ByFormAlone, match="a qualified assessor and the learner sign its form"):
        proving.enter(RAVI, asha, practical, paper(room))
    with pytest.raises(ByFormAlone):
        proving.confirm(room.meera, before)
    proving.refuse(room.meera, before, "She is assessed")
    assert proving.waiting(room.meera) == ()


def test_where_no_step_is_critical_the_terms_say_what_counts(room: Room) -> None:
    proving = room.school.training.assignments.evidence
    asha = room.people.find(BOSS, "E-10").id
    practical = publish(room, HARMLESS)
    kept = proving.enter(RAVI, asha, practical, paper(room))
    proving.confirm(room.meera, kept)
    publish(room, FORM)
    with pytest.raises(ByFormAlone):
        proving.enter(RAVI, asha, practical, paper(room))


def test_no_class_proves_it_planned_before_its_form_or_after(room: Room) -> None:
    earlier = room.plan(requirements=("PRESS-P",))
    publish(room, FORM)

    with pytest.raises(ByFormAlone):
        room.plan(requirements=("PRESS-P",))
    detail = room.sessions.detail(BOSS, earlier)
    assert detail.requirements == ()


def test_old_training_counts_from_before_its_form_alone(room: Room, clock: TurnedClock) -> None:
    clock.turn(timedelta(days=3))
    publish(room, FORM)
    said = SaidRow(
        sheet="", line=2, number="E-10", name="", requirement="PRESS-P",
        trained_on=room.today - timedelta(days=1), valid_until=None, score="", trainer="",
        source="", scan="", cells=(),
    )  # fmt: skip
    with room.pc.opened.site.read() as session:
        known = what_is_known(session, room.today)
    taken, troubles = compare([said, replace(said, line=3, trained_on=room.today)], known)
    assert [one.trained_on for one in taken] == [room.today - timedelta(days=1)]
    assert [(one.line, "critical steps" in one.reason) for one in troubles] == [(3, True)]


def test_what_a_learner_signed_is_given_to_nobody_else(room: Room) -> None:
    floor: Floor = furnish(room.door, room.school.training)
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    corrections = room.school.training.corrections
    (one,) = corrections.records(room.meera, floor.asha_id)
    wanted = ToCorrect(
        kind=RecordKind.CREDIT, record_id=one.id, field=PERSON, new="E-10", reason="Wrong one"
    )
    with pytest.raises(TrainingRefused, match="nobody else did"):
        corrections.correct(room.meera, wanted)
