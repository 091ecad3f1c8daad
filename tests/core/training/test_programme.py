"""The written programme of a year, and whether training took hold (Schedule M, WHO GMP)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.people import Audience, NewPerson, People, PersonId
from app.core.signatures import Proof, ReadOtherwise, Undersigned
from app.core.training import ReasonNeeded, RequirementType, Terms, TrainingRefused, Validity
from app.core.training.assignments import State
from app.core.training.corrections import RecordKind, ToCorrect
from app.core.training.crediting import Met, give_credit
from app.core.training.effectiveness import DueCheck, EffectivenessRule, KeptCheck, NewCheck
from app.core.training.kinds import Basis, DueRule
from app.core.training.programme import NewPlanLine, PlanState
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, somebody, verified
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, first_pc
from tests.support.signers import LOGIN, PASSWORD, Door, door_of, found_administrator
from tests.support.teaching import School, a_school

QUESTIONS = ("Does the lock stay on?", "Is the tag filled in?")


class Plant:
    """A site with a founder who signs, and two requirements of a year."""

    def __init__(self, pc: Pc, clock: TurnedClock) -> None:
        found_administrator(pc)
        self.pc, self.clock = pc, clock
        self.door: Door = door_of(pc)
        self.meera: Actor = self.door.enter()
        self.door.accept(self.meera)
        self.school: School = a_school(pc.opened.site)
        self.people = People(pc.opened.site)
        self.plans = self.school.training.year_plans
        self.checks = self.school.training.effectiveness
        for code, title in (("LOTO", "Lockout"), ("FIRE", "Fire")):
            terms = Terms(
                from_on=self.today,
                validity=Validity.MONTHS,
                valid_count=12,
                due_rule=DueRule.AFTER_ASSIGNMENT,
                due_days=14,
            )
            new = NewRequirement(code=code, title=title, type=RequirementType.SESSION, terms=terms)
            self.school.training.catalogue.add(SYSTEM, new)

    @property
    def today(self) -> date:
        return self.clock.now().astimezone().date()

    def add(self, number: str) -> UUID:
        return self.people.add(SYSTEM, NewPerson(number=number, name=f"Person {number}"))

    def train(self, number: str, person_id: UUID, code: str = "LOTO") -> None:
        """Assign a requirement to somebody who has not got it, and let them hold it now."""
        training = self.school.training
        training.assign(SYSTEM, code, Audience(numbers=(number,)), due_on=None, origin="The law")
        met = Met(
            person_id=person_id,
            requirement_id=training.requirement(SYSTEM, code).id,
            at=self.clock.now(),
            basis=Basis.SESSION,
            proof_id=new_id(),
        )
        with self.pc.opened.site.transaction(SYSTEM, "session.sign") as unit:
            give_credit(unit, SYSTEM, met, self.clock.now())

    def pen(self, shown: str) -> Undersigned:
        proof = Proof(name=LOGIN, password=PASSWORD)
        return Undersigned(self.door.signatures.pen(self.meera, proof), shown)

    def check(self, due: DueCheck, *answers: bool, seen: bool = True, remark: str = "") -> bool:
        new = NewCheck(due=due, answers=answers, is_observed=seen, remark=remark)
        return self.sign(new).is_effective

    def sign(self, new: NewCheck) -> KeptCheck:
        return self.checks.sign(self.meera, new, self.pen(self.checks.shown(self.meera, new)))

    def ask_for_checks(self, after_days: int = 30) -> None:
        rule = EffectivenessRule(from_on=self.today, after_days=after_days, questions=QUESTIONS)
        self.checks.say(self.meera, "LOTO", rule, "SOP QA-033")


@pytest.fixture
def plant(tmp_path: Path, clock: TurnedClock) -> Iterator[Plant]:
    pc = first_pc(tmp_path / "one", clock)
    yield Plant(pc, clock)
    pc.opened.site.close()


def test_sm_01_the_plan_of_a_year_stands_beside_what_came_of_it(plant: Plant) -> None:
    assert plant.today == date(2026, 11, 23)
    november, december = date(2026, 11, 1), date(2026, 12, 1)
    lines = [
        NewPlanLine(code="LOTO", month=plant.today, people=2, note="Shed 2"),
        NewPlanLine(code="FIRE", month=december, people=1),
    ]
    assert plant.plans.put(plant.meera, lines) == 2
    plant.train("E-2", plant.add("E-2"))
    plant.train("E-3", plant.add("E-3"), "FIRE")

    found = plant.plans.plan(plant.meera, 2026)
    assert [(one.month, one.code, one.people, one.trained) for one in found.lines] == [
        (november, "FIRE", 0, 1),
        (november, "LOTO", 2, 1),
        (december, "FIRE", 1, 0),
    ]
    states = [one.state(plant.today) for one in found.lines]
    assert states == [PlanState.NOT_PLANNED, PlanState.UNDER_WAY, PlanState.TO_COME]
    later = [one.state(date(2027, 1, 1)) for one in found.lines]
    assert later == [PlanState.NOT_PLANNED, PlanState.PARTLY, PlanState.MISSED]


def test_sm_01_a_plan_is_signed_and_says_when_it_changed_since(plant: Plant) -> None:
    plans, meera = plant.plans, plant.meera
    with pytest.raises(TrainingRefused):
        plans.shown(meera, 2026)
    plans.put(meera, [NewPlanLine(code="LOTO", month=plant.today, people=2)])
    shown = plans.shown(meera, 2026)
    assert "Nov: Lockout (LOTO), 2" in shown
    with pytest.raises(ReadOtherwise):
        plans.sign(meera, 2026, plant.pen("I have read nothing"))
    signing = plans.sign(meera, 2026, plant.pen(shown))
    (line,) = plant.door.signatures.under(signing)
    assert line.name == "Meera Joshi"
    signed = plans.plan(meera, 2026).signed
    assert signed is not None
    assert signed.still_holds

    more = [NewPlanLine(code="LOTO", month=plant.today, people=3)]
    with pytest.raises(ReasonNeeded):
        plans.put(meera, more)
    plans.put(meera, more, "Two joined")
    signed = plans.plan(meera, 2026).signed
    assert signed is not None
    assert not signed.still_holds
    (planned,) = plans.plan(meera, 2026).planned
    assert planned.id is not None
    plans.remove(meera, planned.id, "Held in October")
    assert plans.plan(meera, 2026).planned == ()
    assert verified(plant.pc.opened.site)


def test_the_plan_is_proposed_from_what_falls_due_and_what_runs_out(plant: Plant) -> None:
    meera = plant.meera
    plant.train("E-2", plant.add("E-2"))
    plant.add("E-3")
    plant.school.training.assign(
        SYSTEM, "FIRE", Audience(numbers=("E-3",)), due_on=date(2026, 12, 20), origin="The law"
    )

    proposed = [(one.month, one.code, one.people) for one in plant.plans.proposals(meera, 2026)]
    assert proposed == [(date(2026, 12, 1), "FIRE", 1)]
    next_year = plant.plans.proposals(meera, 2027)
    assert [(one.month, one.code, one.people) for one in next_year] == [
        (date(2027, 11, 1), "LOTO", 1)
    ]
    plant.plans.put(
        meera, [NewPlanLine(code=one.code, month=one.month, people=one.people) for one in next_year]
    )
    assert plant.plans.proposals(meera, 2027) == ()
    plant.clock.turn(timedelta(days=60))  # what was due in December is still to be done
    january = [(one.month, one.code) for one in plant.plans.proposals(meera, 2027)]
    assert january == [(date(2027, 1, 1), "FIRE")]


@pytest.mark.parametrize("people", [0, -1])
def test_a_line_for_nobody_and_a_year_that_is_none_are_refused(plant: Plant, people: int) -> None:
    with pytest.raises(TrainingRefused):
        plant.plans.put(plant.meera, [NewPlanLine(code="LOTO", month=plant.today, people=people)])
    with pytest.raises(TrainingRefused):
        plant.plans.plan(plant.meera, 1)
    with pytest.raises(NotAllowed):
        plant.plans.plan(somebody("Ravi"), 2026)


def test_sm_01_a_check_falls_due_after_training_and_one_that_fails_asks_again(
    plant: Plant,
) -> None:
    before = plant.add("E-2")
    plant.train("E-2", before)
    plant.clock.turn(timedelta(days=1))
    plant.ask_for_checks()
    asha, ravi = plant.add("E-3"), plant.add("E-4")
    plant.train("E-3", asha)
    plant.train("E-4", ravi)
    plant.clock.turn(timedelta(days=29))
    assert plant.checks.due(plant.meera).total == 0

    plant.clock.turn(timedelta(days=1))
    found = plant.checks.due(plant.meera)
    assert [(one.number, one.due_on, one.questions) for one in found.first] == [
        ("E-3", plant.today, QUESTIONS),
        ("E-4", plant.today, QUESTIONS),
    ]  # and not E-2, who was trained before it was asked for
    first, second = found.first
    assert plant.check(first, True, True)
    with pytest.raises(ReasonNeeded):
        plant.check(second, True, False)
    assert not plant.check(second, True, False, remark="The tag was empty")

    assert plant.checks.due(plant.meera).total == 0
    assignments = plant.school.training.assignments
    (held,) = assignments.of_person(SYSTEM, asha)
    assert held.stands.state is State.COMPLETED
    (again,) = [one for one in assignments.of_person(SYSTEM, ravi) if one.closed_at is None]
    assert again.stands.state is State.ASSIGNED
    assert "The tag was empty" in again.origin
    assert again.due_on == plant.today + timedelta(days=14)
    made = plant.checks.made(plant.meera)
    assert [(one.number, one.is_effective) for one in made] == [("E-4", False), ("E-3", True)]
    (line,) = plant.door.signatures.under(made[0].id)
    assert line.meaning == "assessed"
    assert verified(plant.pc.opened.site)


def test_who_is_let_off_is_not_trained_again_by_a_check_unless_it_says_why(plant: Plant) -> None:
    plant.ask_for_checks(after_days=1)
    training, assignments = plant.school.training, plant.school.training.assignments
    people = {number: plant.add(number) for number in ("E-3", "E-4")}
    numbers = tuple(people)
    training.assign(SYSTEM, "LOTO", Audience(numbers=numbers), due_on=None, origin="The law")
    for number, person in people.items():
        (mine,) = assignments.of_person(SYSTEM, person)
        assignments.waivers.waive(SYSTEM, mine.id, until_on=None, reason="Medical")
        plant.train(number, person)
    plant.clock.turn(timedelta(days=1))
    first, second = plant.checks.due(plant.meera).first
    assert first.waived_until == date.max

    new = NewCheck(due=first, answers=(True, False), is_observed=True, remark="Empty tag")
    told = plant.checks.shown(plant.meera, new)
    assert "They are let off this for good. The training is not asked for again." in told
    kept = plant.sign(new)
    assert (kept.is_effective, kept.is_asked_again) == (False, False)
    (held,) = assignments.of_person(SYSTEM, people["E-3"])
    assert held.waived_until == date.max

    new = replace(new, due=second, despite_waiver="Works there again")
    assert "Trained again all the same: Works there again" in plant.checks.shown(plant.meera, new)
    assert plant.sign(new).is_asked_again
    (again, before) = assignments.of_person(SYSTEM, people["E-4"])
    assert (again.stands.state, again.waived_until, before.waived_until) == (
        State.ASSIGNED,
        None,
        None,
    )
    assert assignments.detail(SYSTEM, before.id).acts[-1].reason == "Works there again"
    assert verified(plant.pc.opened.site)


def test_who_is_trained_again_is_looked_at_again(plant: Plant) -> None:
    plant.ask_for_checks(after_days=1)
    asha = plant.add("E-3")
    plant.train("E-3", asha)
    plant.clock.turn(timedelta(days=1))
    (due,) = plant.checks.due(plant.meera).first
    assert not plant.check(due, True, True, seen=False, remark="Nobody has seen it")
    with pytest.raises(TrainingRefused):
        plant.check(due, True, True)  # it was made already
    plant.train("E-3", asha)
    assert plant.checks.due(plant.meera).total == 0
    plant.clock.turn(timedelta(days=1))
    (second,) = plant.checks.due(plant.meera).first
    assert second.proof_id != due.proof_id


def test_training_that_turned_out_wrong_does_not_hide_the_one_before(plant: Plant) -> None:
    plant.ask_for_checks(after_days=1)
    asha = plant.add("E-3")
    plant.train("E-3", asha)
    plant.clock.turn(timedelta(hours=1))
    plant.train("E-3", asha)
    corrections, second = plant.school.training.corrections, somebody("Ravi", Capability.ASSIGN)
    newest = max(corrections.records(plant.meera, asha), key=lambda one: one.id)
    wanted = ToCorrect(
        kind=RecordKind.CREDIT, record_id=newest.id, field="counts", new="", reason="Not there"
    )
    corrections.approve(second, corrections.correct(plant.meera, wanted))
    plant.clock.turn(timedelta(days=1))

    (due,) = plant.checks.due(plant.meera).first
    assert due.proof_id != newest.id


def test_who_left_is_not_looked_at_and_nobody_checks_themselves(plant: Plant) -> None:
    plant.ask_for_checks(after_days=1)
    asha = plant.add("E-3")
    plant.train("E-3", asha)
    plant.clock.turn(timedelta(days=1))
    (due,) = plant.checks.due(plant.meera).first
    grant = Grant(capability=Capability.ASSESS)
    herself = Actor(account_id=new_id(), person_id=asha, name="Asha", grants=frozenset({grant}))
    new = NewCheck(due=due, answers=(True, True), is_observed=True)
    with pytest.raises(TrainingRefused):
        plant.checks.shown(herself, new)
    plant.people.leave(SYSTEM, PersonId(asha), plant.today, "Left")
    assert plant.checks.due(plant.meera).total == 0


def test_nothing_is_checked_from_the_day_on_which_it_is_no_longer_asked_for(plant: Plant) -> None:
    plant.ask_for_checks(after_days=1)
    plant.train("E-3", plant.add("E-3"))
    plant.clock.turn(timedelta(days=1))
    stop = EffectivenessRule(from_on=plant.today, after_days=0)
    plant.checks.say(plant.meera, "LOTO", stop, "Nothing was ever found")
    plant.train("E-4", plant.add("E-4"))
    plant.clock.turn(timedelta(days=9))
    assert [one.number for one in plant.checks.due(plant.meera).first] == ["E-3"]
    assert plant.checks.rules(plant.meera) == ()
