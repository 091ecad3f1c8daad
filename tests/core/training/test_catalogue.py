"""What a site offers: people take it, or ask for it, and it is asked of nobody by that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import Audience, Destination, People
from app.core.reports import Reports
from app.core.reports.dashboard import Dashboard
from app.core.training import (
    DueRule,
    Offering,
    RequirementType,
    Source,
    Terms,
    TrainingRefused,
    Validity,
)
from app.core.training.assignments import AssignmentSummary, EnteredEvidence, State
from app.core.training.enrolment import OneOf
from app.core.training.matrix import StandingMark
from app.core.training.offers import CatalogueEntry, EntryState
from app.core.training.requirements import NewRequirement
from app.core.training.signing import NotOneself
from tests.core.training.conftest import SYSTEM, somebody, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School

TODAY = date(2026, 11, 23)
YEARLY = Terms(
    from_on=TODAY,
    validity=Validity.MONTHS,
    valid_count=12,
    due_rule=DueRule.AFTER_ASSIGNMENT,
    due_days=14,
)
Add = Callable[..., UUID]


class Plant:
    """A site with a licence that may be offered, and Asha of Finance."""

    def __init__(self, school: School, add: Add) -> None:
        self.school, self.training = school, school.training
        self.asha_id = add("E-1", role="CLERK")
        self.asha = learner(self.asha_id)
        new = NewRequirement(
            code="FORK", title="Forklift", type=RequirementType.EXTERNAL, terms=YEARLY
        )
        self.fork = self.training.catalogue.add(SYSTEM, new)

    def offer(self, how: Offering = Offering.OPEN, audience: UUID | None = None) -> None:
        self.training.offers.say(SYSTEM, self.fork, how, audience)

    def entry(self, actor: Actor | None = None) -> CatalogueEntry:
        (found,) = self.training.choosing.entries(actor or self.asha)
        return found

    def cycles(self) -> list[AssignmentSummary]:
        found = self.training.assignments.of_person(SYSTEM, self.asha_id)
        return sorted(found, key=lambda one: one.cycle)

    def meet(self, on: date = TODAY) -> None:
        proof = EnteredEvidence(issuer="RTO", obtained_on=on)
        self.training.assignments.evidence.enter(SYSTEM, self.asha_id, self.fork, proof)


def learner(person_id: UUID, name: str = "Asha") -> Actor:
    return replace(somebody(name, Capability.LEARN), person_id=person_id)


@pytest.fixture
def plant(school: School, add: Add) -> Plant:
    return Plant(school, add)


def test_what_is_open_is_taken_at_once_without_a_due_date(plant: Plant, site: Site) -> None:
    assert plant.training.choosing.entries(plant.asha) == ()
    plant.offer()
    assert plant.entry().state is EntryState.TO_TAKE

    taken = plant.training.choosing.take(plant.asha, plant.fork)

    assert plant.training.choosing.take(plant.asha, plant.fork) == taken
    assert (plant.entry().state, plant.entry().may_drop) == (EntryState.CHOSEN, True)
    (mine,) = plant.cycles()
    assert (mine.source, mine.due_on, mine.origin) == (
        Source.CHOSEN, None, "Chosen in the catalogue"
    )  # fmt: skip
    why = plant.training.assignments.detail(plant.asha, taken).why
    assert (why.source, why.origin) == (Source.CHOSEN, "Chosen in the catalogue")
    assert verified(site)


def test_what_was_chosen_is_given_back_until_it_is_begun_and_may_be_taken_again(
    plant: Plant,
) -> None:
    plant.offer()
    choosing = plant.training.choosing
    choosing.take(plant.asha, plant.fork)
    choosing.drop(plant.asha, plant.fork)
    assert plant.entry().state is EntryState.TO_TAKE
    choosing.take(plant.asha, plant.fork)
    assert [one.stands.state for one in plant.cycles()] == [State.CANCELLED, State.ASSIGNED]

    plant.training.assign(SYSTEM, "FORK", Audience(), due_on=None, origin="Drives")
    with pytest.raises(TrainingRefused):
        choosing.drop(plant.asha, plant.fork)


def test_an_audience_narrows_whom_it_is_offered_to(plant: Plant, add: Add) -> None:
    clerks = OneOf("role", ("CLERK",))
    audience = plant.training.matrix.audiences.add(SYSTEM, "CLERKS", "Clerks", clerks)
    ravi = learner(add("E-2", role="DRIVER"), "Ravi")
    plant.offer(Offering.OPEN, audience)

    assert plant.entry().state is EntryState.TO_TAKE
    assert plant.training.choosing.entries(ravi) == ()
    with pytest.raises(NotFound):
        plant.training.choosing.take(ravi, plant.fork)
    (offer,) = plant.training.offers.all(SYSTEM)
    assert (offer.audience_code, offer.offering) == ("CLERKS", Offering.OPEN)


def test_what_needs_approval_waits_for_the_supervisor_who_approves_it(
    plant: Plant, people: People, add: Add, site: Site
) -> None:
    boss_id = add("E-9")
    unit = people.person(SYSTEM, plant.asha_id).placement  # type: ignore[arg-type]  # ids of a test
    assert unit is not None
    place = Destination(org_unit_id=unit.org_unit_id, manager_id=boss_id)  # type: ignore[arg-type]  # ids of a test
    people.move(SYSTEM, plant.asha_id, place)  # type: ignore[arg-type]  # ids of a test
    boss, stranger = learner(boss_id, "Meera"), learner(add("E-8"), "Stranger")
    plant.offer(Offering.APPROVAL)
    choosing, requests = plant.training.choosing, plant.training.requests

    with pytest.raises(TrainingRefused):
        choosing.take(plant.asha, plant.fork)
    asked = choosing.ask(plant.asha, plant.fork, "I help in the yard")
    assert choosing.ask(plant.asha, plant.fork) == asked
    assert plant.entry().state is EntryState.WAITING
    assert (requests.waiting(boss), requests.waiting(stranger)) == (1, 0)
    assert [one.title for one in requests.all(boss)] == ["Forklift"]
    for nobody in (stranger, plant.asha):
        with pytest.raises(NotAllowed):
            requests.approve(nobody, asked)
    with pytest.raises(NotOneself):
        requests.approve(replace(SYSTEM, person_id=plant.asha_id), asked)

    requests.approve(boss, asked)

    (mine,) = plant.cycles()
    assert (mine.source, mine.origin) == (
        Source.CHOSEN, "Chosen in the catalogue, approved by Meera"
    )  # fmt: skip
    (answer,) = requests.mine(plant.asha)
    assert answer.reply is not None
    assert (answer.reply.is_granted, answer.reply.by) == (True, "Meera")
    assert (requests.waiting(boss), plant.entry().state) == (0, EntryState.CHOSEN)
    assert verified(site)


def test_a_refusal_is_told_with_its_reason_and_one_may_ask_again(plant: Plant) -> None:
    plant.offer(Offering.APPROVAL)
    choosing, requests = plant.training.choosing, plant.training.requests
    asked = choosing.ask(plant.asha, plant.fork)
    requests.reply(replace(SYSTEM, name="Meera"), asked, None, "Only drivers need it")

    found = plant.entry()
    assert (found.state, found.declined) == (EntryState.TO_ASK, "Only drivers need it")
    assert choosing.ask(plant.asha, plant.fork) != asked


def test_nobody_asked_so_no_figure_is_lower_and_nothing_is_renewed(
    plant: Plant, site: Site, clock: TurnedClock
) -> None:
    plant.offer()
    plant.training.choosing.take(plant.asha, plant.fork)
    dashboard = Dashboard(site)
    assert dashboard.overview(SYSTEM).compliance.value is None
    (line,) = plant.training.matrix.people.page(SYSTEM, PageRequest()).rows
    assert line.at(plant.fork).mark is StandingMark.NOT_ASKED
    rows = Reports(site).table(SYSTEM, "chosen", PageRequest()).rows
    assert [(row[0], row[3], row[7]) for row in rows] == [("E-1", "FORK", "open")]
    assert not Reports(site).table(SYSTEM, "people-status", PageRequest()).rows

    plant.meet()
    assert plant.entry().state is EntryState.DONE
    with pytest.raises(TrainingRefused):
        plant.training.choosing.take(plant.asha, plant.fork)
    clock.turn(timedelta(days=400))
    assert plant.training.begin_day(SYSTEM).opened == 0
    assert dashboard.overview(SYSTEM).compliance.value is None
    assert plant.entry().state is EntryState.TO_TAKE
    plant.training.choosing.take(plant.asha, plant.fork)
    assert [one.stands.state for one in plant.cycles()] == [State.COMPLETED, State.ASSIGNED]


def test_what_is_asked_of_somebody_takes_the_place_of_what_they_chose(
    plant: Plant, site: Site
) -> None:
    plant.offer()
    plant.training.choosing.take(plant.asha, plant.fork)
    given = plant.training.assign(SYSTEM, "FORK", Audience(), due_on=None, origin="Drives now")

    assert given == 1
    chosen, asked = plant.cycles()
    assert (chosen.stands.state, asked.stands.state) == (State.SUPERSEDED, State.ASSIGNED)
    assert asked.due_on == TODAY + timedelta(days=14)
    assert chosen.closed_at is not None
    assert plant.entry().state is EntryState.ASSIGNED
    assert Dashboard(site).overview(SYSTEM).compliance.value == 0
    taken = plant.training.choosing.take
    assert taken(plant.asha, plant.fork) == asked.id


def test_who_may_offer_is_who_assigns_for_the_whole_site(plant: Plant) -> None:
    with pytest.raises(NotAllowed):
        plant.training.offers.say(plant.asha, plant.fork, Offering.OPEN)
    plant.training.catalogue.retire(SYSTEM, plant.fork, TODAY)
    with pytest.raises(TrainingRefused):
        plant.offer()
