"""Who marks an assessment: whoever watches it, who may assess; and practice stays as it was watched."""

from datetime import timedelta

import pytest

from app.core.people import RoleName
from app.core.training.practicals import (
    AssessmentVerdict,
    Hand,
    MayNotAssess,
    NotInOrder,
    Stage,
    StepMark,
)
from tests.support.clock import TurnedClock
from tests.support.practicals import SYSTEM, TODAY, Floor


def test_p11_07_whoever_is_no_assessor_any_more_marks_no_assessment_of_another(
    floor: Floor, clock: TurnedClock
) -> None:
    old = floor.add_person("E-18", "Old Lapsed")
    lapsed = floor.let_sign(old, "E-18", "nine red kites here", RoleName.TRAINER)
    floor.practicals.assessors.appoint(SYSTEM, old, floor.loto, until_on=TODAY, reason="Was")
    clock.turn(timedelta(days=2))
    floor.practise()
    doing = floor.practicals.doing
    round_id = doing.begin(floor.ravi, floor.asha_id, floor.loto, Stage.ASSESSED)
    step = next(one for one in floor.record().facts.rounds if one.id == round_id).steps[0]
    with pytest.raises(MayNotAssess, match="Only who watches an assessment"):
        doing.mark(lapsed, round_id, step.key, StepMark.DONE)


def test_two_assessors_at_once_mark_each_a_round_of_their_own(floor: Floor) -> None:
    other = floor.add_person("E-19", "Second")
    second = floor.let_sign(other, "E-19", "nine red kites here", RoleName.TRAINER)
    floor.practicals.assessors.appoint(SYSTEM, other, floor.loto, reason="Fitter")
    floor.practise()
    doing = floor.practicals.doing
    first = doing.begin(floor.ravi, floor.asha_id, floor.loto, Stage.ASSESSED)
    step = next(one for one in floor.record().facts.rounds if one.id == first).steps[0]
    with pytest.raises(MayNotAssess, match="Only who watches an assessment"):
        doing.mark(second, first, step.key, StepMark.DONE)
    own = doing.begin(second, floor.asha_id, floor.loto, Stage.ASSESSED)
    assert own != first
    doing.mark(second, own, step.key, StepMark.DONE)


def test_practice_that_was_watched_on_another_day_stays_as_it_was_seen(
    floor: Floor, clock: TurnedClock
) -> None:
    round_id = floor.round(missed=2)
    seen = next(one for one in floor.record().facts.rounds if one.id == round_id)
    clock.turn(timedelta(days=30))
    with pytest.raises(NotInOrder, match="watched on 23 Nov 2026"):
        floor.practicals.doing.mark(floor.ravi, round_id, seen.steps[0].key, StepMark.DONE)
    assert floor.record().stands.stage is Stage.OBSERVED


def test_whoever_is_tried_before_the_day_that_both_agreed_has_that_signed(floor: Floor) -> None:
    floor.practise()
    failed = floor.assess(AssessmentVerdict.NOT_YET, missed=2)
    floor.sign(failed, Hand.LEARNER, floor.asha)
    floor.sign(failed, Hand.ASSESSOR, floor.ravi)
    floor.practise()
    again = floor.assess()
    sheet = floor.practicals.sheet(floor.ravi, floor.asha_id, floor.loto, again, Hand.ASSESSOR)
    assert "Before the day that was proposed:" in sheet.shown
