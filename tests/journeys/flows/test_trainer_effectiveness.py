"""Trainer, flow C: thirty days after training somebody looks whether it is seen at work, and signs."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.core.base.ids import new_id
from app.core.people import Audience, Destination, NewPerson, RoleName
from app.core.training import RequirementType, Terms, Validity
from app.core.training.crediting import Met, give_credit
from app.core.training.effectiveness import EffectivenessRule
from app.core.training.kinds import Basis
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.signing import SignDialog
from tests.journeys.flows.looks import shot
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc
from tests.support.practicals import SYSTEM, TODAY, let_sign
from tests.support.signers import Door
from tests.support.walking import Counted, Walker

TRAINER = "seven brass locks"
QUESTIONS = ("Does the lock stay on?", "Is the tag filled in?", "Is the key in the pocket?")
NAMES = ("Asha Kulkarni", "Imran Khan", "Sita Patil", "Uma Rao", "Anil Mane")


def furnish(services: Services, pc: Pc) -> None:
    """Five people were trained in lockout today; thirty days later somebody looks at each."""
    site, people, training = services.open_site.site, services.people, services.training
    unit = people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop")
    ravi = people.add(SYSTEM, NewPerson(number="E-9", name="Ravi Das"))
    door = Door(pc, services.sign_in, services.signatures)
    let_sign(door, ravi, "E-9", TRAINER, RoleName.TRAINER, unit)
    terms = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=12)
    new = NewRequirement(code="LOTO", title="Lockout", type=RequirementType.SESSION, terms=terms)
    loto = training.catalogue.add(SYSTEM, new)
    rule = EffectivenessRule(from_on=TODAY, after_days=30, questions=QUESTIONS)
    training.effectiveness.say(SYSTEM, "LOTO", rule, "SOP QA-033")
    for at, name in enumerate(NAMES, start=1):
        place = Destination(org_unit_id=unit)
        person = people.add(SYSTEM, NewPerson(number=f"P-{at}", name=name, place=place))
        training.assign(
            SYSTEM, "LOTO", Audience(numbers=(f"P-{at}",)), due_on=None, origin="The law"
        )
        now = site.clock.now()
        met = Met(
            person_id=person, requirement_id=loto, at=now, basis=Basis.SESSION, proof_id=new_id()
        )
        with site.transaction(SYSTEM, "session.sign") as unit_of_work:
            give_credit(unit_of_work, SYSTEM, met, now)


@pytest.mark.journey
def test_who_is_due_is_looked_at_at_work_and_signed(
    walk: Callable[..., Walker], clock: TurnedClock
) -> None:
    walker = walk(furnish)
    clock.turn(timedelta(days=30))
    walker.sign_in("E-9", TRAINER)
    walker.counted()
    walker.go("My assessments")
    shot(walker, "assessments-due")
    walker.press("5 to look at")
    shot(walker, "effectiveness")
    assert walker.counted() == Counted(presses=2)

    answer(walker, "Asha Kulkarni", ("Yes", "Yes", "Yes"))
    walker.press("Sign the check")
    shot(walker, "effectiveness-sign")
    walker.press(
        "Cancel", within=walker.dialog(SignDialog)
    )  # the form is still there, with all that was said
    walker.press("Sign the check")
    walker.sign(TRAINER, name="E-9")
    assert walker.counted() == Counted(presses=6, fields=5)

    answer(walker, "Imran Khan", ("Yes", "No", "Yes"))
    walker.fill("What was seen", "The tag was blank")
    walker.press("Sign the check")
    walker.sign(TRAINER)
    assert walker.counted() == Counted(presses=4, fields=5)
    shot(walker, "effectiveness-after")
    made = walker.services.training.effectiveness.made(walker.work.actor)
    assert {one.name: one.is_effective for one in made} == {
        "Asha Kulkarni": True,
        "Imran Khan": False,
    }


def answer(walker: Walker, name: str, answers: tuple[str, ...]) -> None:
    """Open somebody's check, and say what was seen."""
    walker.press(f"Check {name}: Lockout")
    for question, said in zip(QUESTIONS, answers, strict=True):
        walker.fill(question, said)
    walker.press("They were seen doing it")
    shot(walker, f"check-{name.split(maxsplit=1)[0]}")
