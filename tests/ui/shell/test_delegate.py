"""The window of somebody who learns, and gives training for a trainer who is away (ADR 72)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.actor import Actor, system_actor
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.people import Destination, NewPerson, PersonId, RoleName
from app.core.people.delegating import DelegationTerms
from app.core.training import RequirementType, Terms, Validity
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import ErrorDialog
from app.ui.kit.jobs import JobRunner
from app.ui.people.people_screen import PeopleScreen
from app.ui.people.person_screen import PersonScreen
from app.ui.shell.found import palette_groups
from app.ui.shell.screens import SCREENS
from app.ui.shell.window import MainWindow
from app.ui.shell.work_area import WorkArea
from app.ui.training.assign_screen import AssignScreen
from tests.support.accessibility import nameless
from tests.ui.reports.opened import settle
from tests.ui.shell.conftest import founded

SYSTEM = system_actor()
PIN = "8256"


def add(services: Services, number: str, name: str, place: Destination) -> PersonId:
    person = services.people.add(SYSTEM, NewPerson(number=number, name=name, place=place))
    account = services.sign_in.accounts.give_account(SYSTEM, person)
    services.sign_in.accounts.set_pin(SYSTEM, account, PIN, must_change=False)
    return person


def let(services: Services, asha: PersonId, ravi: Actor) -> None:
    last = local_day(services.open_site.site.clock) + timedelta(days=11)
    terms = DelegationTerms(until_on=last, reason="on leave")
    services.people.delegations.give(ravi, asha, terms)


@pytest.fixture
def work(folder: Path, make_window: Callable[[], MainWindow], jobs: JobRunner) -> WorkArea:
    """What Asha works in, for whom Ravi, the trainer of the press shop, is away."""
    services = founded(folder)
    press = services.people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop")
    place = Destination(org_unit_id=press)
    ravi = add(services, "RAVI", "Ravi Kumar", place)
    asha = add(services, "ASHA", "Asha Rao", place)
    accounts = services.sign_in.accounts
    account = services.people.person(SYSTEM, ravi).account_id
    assert account is not None
    accounts.grant_role(SYSTEM, account, RoleName.TRAINER, press)
    today = local_day(services.open_site.site.clock)
    services.training.catalogue.add(
        SYSTEM,
        NewRequirement(
            code="FORK",
            title="Licence",
            type=RequirementType.EXTERNAL,
            terms=Terms(from_on=today, validity=Validity.FOR_GOOD),
        ),
    )
    let(services, asha, services.sign_in.sign_in("RAVI", PIN).actor)
    services.close()
    window = make_window()
    window.sign_in_page.sign_in("ASHA", PIN)
    settle(jobs)
    assert window.work is not None
    return window.work


def test_a_delegate_finds_assigning_and_people_and_nothing_of_the_trainers(work: WorkArea) -> None:
    places = set(work.nav.keys())

    assert {"home", "people", "assign"} <= places
    assert not places & {
        "overview", "assignments", "courses", "matrix", "plan", "requirements", "sessions",
        "practicals", "documents", "reminders", "effectiveness", "reports", "question_banks",
    }  # fmt: skip
    offered = {one.title for group in palette_groups(work) for one in group.find("")}
    assert "Assign" in offered
    assert not offered & {"Assignments", "Rules", "Retraining", "Others assign for me", "Courses"}


def test_every_page_of_a_delegate_opens_and_offers_nothing_that_is_refused(
    work: WorkArea, jobs: JobRunner
) -> None:
    may = work.actor.may
    open_to = [
        one.key
        for one in SCREENS
        if (one.in_navigation or one.stands_alone) and (one.needs is None or may(one.needs))
    ]
    for key in open_to:
        work.open(key)
        settle(jobs)
        assert not work.window().findChildren(ErrorDialog), key
        assert nameless(work.current) == [], key
    for number, tells_for_whom in (("RAVI", False), ("ASHA", True)):
        work.open("person", person_id=work.services.people.find(work.actor, number).id)
        settle(jobs)
        page = work.current
        assert isinstance(page, PersonScreen)
        assert not work.window().findChildren(ErrorDialog)
        assert page.delegations.isVisible() is tells_for_whom
        shown = {one.text() for one in page.findChildren(Button) if one.isVisible()}
        assert not shown & {"Order retraining", "Edit", "Has left", "Let them assign for me"}
    work.open("people")
    settle(jobs)
    people = work.current
    assert isinstance(people, PeopleScreen)
    assert people.chosen.assign_button is not None


def test_a_delegate_assigns_and_is_told_for_whom(work: WorkArea, jobs: JobRunner) -> None:
    work.open("assign", numbers="RAVI")
    settle(jobs)
    screen = work.current
    assert isinstance(screen, AssignScreen)
    (lender,) = work.actor.lenders()
    assert screen.for_whom.isVisible()
    told = f"You assign for Ravi Kumar until {day(lender.until_on)}."
    assert screen.for_whom.text() == told
    assert not screen.delegations_button.isVisible()
    screen.reason.set_value("New forklift")
    screen.form.edited.emit()
    settle(jobs)
    assert screen.reach.text() == "1 person gets it."

    screen._assign("FORK", None)
    settle(jobs)

    trainings = work.services.training.assignments
    ravi = work.services.people.find(SYSTEM, "RAVI").id
    (one,) = trainings.of_person(SYSTEM, ravi)
    assert trainings.detail(SYSTEM, one.id).why.given == "Given by Asha Rao for Ravi Kumar"
