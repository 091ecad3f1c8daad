"""Trainer, flow A: a class is planned, the roll taken by badges, ended, signed; who missed it is moved."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.core.people import Destination, NewPerson, RoleName
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.requirements import NewRequirement
from app.core.training.sessions import SessionPlan, SessionState
from app.services import Services
from tests.journeys.flows.looks import shot
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc
from tests.support.practicals import SYSTEM, TODAY, let_sign
from tests.support.signers import Door
from tests.support.walking import Counted, Walker

TRAINER = "seven brass locks"
BADGES = {"P-1": "04A1B2C3", "P-2": "04A1B2C4", "P-3": "04A1B2C5"}


def furnish(services: Services, pc: Pc) -> None:
    """Ravi trains. Three people have badges, one has a number alone, one will be absent."""
    door = Door(pc, services.sign_in, services.signatures)
    ravi = services.people.add(SYSTEM, NewPerson(number="E-9", name="Ravi Das"))
    unit = services.people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop")
    let_sign(door, ravi, "E-9", TRAINER, RoleName.TRAINER, unit)
    accounts = services.sign_in.accounts
    names = ("Asha Kulkarni", "Imran Khan", "Sita Patil", "Uma Rao", "Anil Mane")
    for number, name in zip(("P-1", "P-2", "P-3", "P-4", "P-5"), names, strict=True):
        person = services.people.add(
            SYSTEM, NewPerson(number=number, name=name, place=Destination(org_unit_id=unit))
        )
        if number in BADGES:
            account = accounts.give_account(SYSTEM, person)
            accounts.set_badge(SYSTEM, account, BADGES[number])
    terms = Terms(
        from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
    )
    new = NewRequirement(
        code="FIRE", title="Fire extinguishers", type=RequirementType.SESSION, terms=terms
    )
    services.training.catalogue.add(SYSTEM, new)
    starts = services.open_site.site.clock.now() + timedelta(days=3)
    plan = SessionPlan(
        title="Fire extinguishers, again",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        venue="Shed 2",
        requirements=("FIRE",),
        trainers=("E-9",),
    )
    services.sessions.planning.plan(SYSTEM, plan)


@pytest.mark.journey
def test_a_class_is_planned_held_signed_and_the_absent_are_moved(
    walk: Callable[..., Walker], clock: TurnedClock
) -> None:
    walker = walk(furnish)
    walker.sign_in("E-9", TRAINER)
    walker.counted()
    walker.go("Sessions")
    shot(walker, "sessions")
    walker.press("Plan a session")
    walker.fill("Title", "Fire extinguishers")
    walker.fill("Proves", "FIRE")
    walker.fill("Venue", "Shed 2")
    shot(walker, "plan")
    walker.press("Plan")
    assert walker.counted() == Counted(presses=3, fields=3)
    walker.press("Invite")
    walker.search("P-1, P-2, P-3, P-4, P-5")
    walker.press("Invite 5")
    assert walker.counted() == Counted(presses=2, fields=1)

    walker.go("Sessions")
    walker.counted()
    walker.press("Open the roll: Fire extinguishers, 10:45")
    for badge in BADGES.values():
        walker.tap(badge)
    assert "Sita Patil is there." in walker.said()
    walker.type_number("P-4")
    shot(walker, "roll")
    assert walker.counted() == Counted(presses=1, fields=1, badges=3)

    clock.turn(timedelta(minutes=60))
    walker.press("End")
    walker.press("End")
    walker.press("Sign")
    shot(walker, "sign")
    walker.sign(TRAINER, name="E-9")
    assert walker.counted() == Counted(presses=4, fields=2)
    walker.heard("4 credited.")
    assert "is there." not in walker.said()
    shot(walker, "signed")

    walker.press("Move who missed it")
    shot(walker, "rebook")
    walker.press_line("Fire extinguishers, again")
    assert walker.counted() == Counted(presses=2)
    walker.press("Close")

    sessions, actor = walker.services.sessions, walker.work.actor
    held, again = sessions.between(actor, TODAY, TODAY + timedelta(days=10))
    assert held.state is SessionState.CLOSED
    assert [one.number for one in sessions.detail(actor, again.id).roll] == ["P-5"]
    assert len(sessions.detail(actor, held.id).signed) == 4
