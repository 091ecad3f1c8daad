"""On PostgreSQL: rules find the same people, all at once and one by one, and days change there too."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.journal import Site
from app.core.people import (
    Audience,
    Destination,
    NewPerson,
    People,
    PersonChange,
    ProvedPresent,
    Reads,
)
from app.core.reports import Reports
from app.core.training import DueRule, RequirementType, Source, Terms, Validity
from app.core.training.assignments import EnteredEvidence, State
from app.core.training.enrolment import All, Not, OneOf, RuleWords
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.documents import learner
from tests.support.postgres import postgres_database, postgres_server
from tests.support.sites import open_site
from tests.support.teaching import a_school

pytestmark = pytest.mark.postgresql

TODAY = date(2026, 11, 23)


@pytest.fixture
def site(clock: TurnedClock) -> Iterator[Site]:
    """An empty site on a server of its own."""
    with postgres_server() as url, postgres_database(url) as database:
        yield open_site(database, clock)


def test_a_rule_on_a_server_reaches_whom_it_means_and_whoever_comes_to_match(site: Site) -> None:
    school, people = a_school(site), People(site)
    people.on_changed.append(school.training.people_changed)
    organisation, training = people.organisation, school.training
    plant = organisation.add_org_unit(SYSTEM, "PLANT", "Plant")
    finance = organisation.add_org_unit(SYSTEM, "FIN", "Finance", parent_id=plant)
    fitter = organisation.add_job_role(SYSTEM, "FIT", "Fitter")
    asha, ravi = (
        people.add(
            SYSTEM,
            NewPerson(
                number=number,
                name=number,
                shift=shift,
                place=Destination(org_unit_id=finance, job_role_id=fitter),
            ),
        )
        for number, shift in (("E-1", "A"), ("E-2", "100%: night"))
    )
    terms = Terms(
        from_on=TODAY, validity=Validity.FOR_GOOD, due_rule=DueRule.AFTER_ASSIGNMENT, due_days=7
    )
    requirement = training.catalogue.add(
        SYSTEM,
        NewRequirement(code="GST", title="GST", type=RequirementType.SESSION, terms=terms),
    )
    condition = All(
        (
            OneOf("unit", ("plant",)),
            OneOf("role", ("FIT",)),
            Not(OneOf("shift", ("100%: night",))),
        )
    )
    words = RuleWords(title="Day shift", requirement_id=requirement, condition=condition)
    rule = training.enrolment.add(SYSTEM, "DAY", words)
    tried = training.enrolment.try_out(SYSTEM, words, rule)
    assert [one.person_id for one in tried.first] == [asha]
    training.enrolment.switch_on(SYSTEM, rule, confirmed=tried.count)

    def states(person: UUID) -> list[State]:
        return [one.stands.state for one in training.assignments.of_person(SYSTEM, person)]

    assert (states(asha), states(ravi)) == ([State.ASSIGNED], [])
    people.edit(SYSTEM, ravi, PersonChange(shift="B"))
    assert states(ravi) == [State.ASSIGNED]
    training.begin_day(SYSTEM)
    people.leave(SYSTEM, ravi)
    assert (states(asha), states(ravi)) == ([State.ASSIGNED], [State.CANCELLED])
    assert verified(site)


def test_what_somebody_holds_already_meets_what_is_asked_of_them_on_a_server(site: Site) -> None:
    school, people = a_school(site), People(site)
    training = school.training
    asha, ravi = (
        people.add(SYSTEM, NewPerson(number=number, name=number)) for number in ("E-1", "E-2")
    )
    terms, kind = Terms(from_on=TODAY, validity=Validity.FOR_GOOD), RequirementType.EXTERNAL
    new = NewRequirement(code="FORK", title="Fork lift", type=kind, terms=terms)
    fork = training.catalogue.add(SYSTEM, new)
    held = EnteredEvidence(issuer="RTO Pune", obtained_on=TODAY)
    training.assignments.evidence.enter(SYSTEM, asha, fork, held)
    for number in ("E-1", "E-2"):
        asked = Audience(numbers=(number,))
        training.assign(SYSTEM, "FORK", asked, due_on=None, origin="Moved here")

    found = [
        one.stands.state
        for person in (asha, ravi)
        for one in training.assignments.of_person(SYSTEM, person)
    ]
    assert found == [State.COMPLETED, State.ASSIGNED]
    assert verified(site)


def test_who_comes_back_after_long_leave_is_asked_anew_on_a_server(
    site: Site, clock: TurnedClock
) -> None:
    school, people = a_school(site), People(site)
    people.on_changed.append(school.training.people_changed)
    unit = people.organisation.add_org_unit(SYSTEM, "PLANT", "Plant")
    asha, ravi = (
        people.add(
            SYSTEM, NewPerson(number=number, name=number, place=Destination(org_unit_id=unit))
        )
        for number in ("E-1", "E-2")
    )
    terms, kind = Terms(from_on=TODAY, validity=Validity.FOR_GOOD), RequirementType.SESSION
    new = NewRequirement(code="LOTO", title="Lock out", type=kind, terms=terms)
    requirement = school.training.catalogue.add(SYSTEM, new)
    words = RuleWords(
        title="Back", requirement_id=requirement, condition=All(), away_days=30, due_days=7
    )
    rule = school.training.enrolment.add(SYSTEM, "BACK", words)
    school.training.enrolment.switch_on(SYSTEM, rule)
    back = TODAY + timedelta(days=40)
    school.training.assignments.absences.note(SYSTEM, asha, TODAY, back, "Leave")
    clock.turn(timedelta(days=1))
    people.leave(SYSTEM, ravi)
    clock.turn(timedelta(days=39))
    people.rejoin(SYSTEM, ravi)
    (told,) = school.training.enrolment.try_out(SYSTEM, words, rule).first
    assert (told.number, told.away_from, told.back_on) == ("E-1", TODAY, back)
    assert school.training.begin_day(SYSTEM).assigned == 1
    assert school.training.begin_day(SYSTEM).assigned == 0

    for person in (asha, ravi):
        (only,) = school.training.assignments.of_person(SYSTEM, person)
        assert (only.source, only.due_on) == (Source.RETURN, back + timedelta(days=7))
    assert verified(site)


def test_what_is_declared_on_a_server_counts_with_who_read_it(site: Site) -> None:
    training, people = a_school(site).training, People(site)
    plant = people.organisation.add_org_unit(SYSTEM, "PLANT", "Plant")
    asha, ravi = (
        people.add(SYSTEM, NewPerson(number=one, name=one, place=Destination(org_unit_id=plant)))
        for one in ("E-1", "E-2")
    )
    people.edit(SYSTEM, asha, PersonChange(reads=Reads.ALONG))
    terms = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=12, signed=False)
    new = NewRequirement(
        code="COI",
        title="No interest",
        type=RequirementType.DECLARATION,
        wording="I have no interest.",
        terms=terms,
    )
    training.catalogue.add(SYSTEM, new)
    training.assign(SYSTEM, "COI", Audience(), due_on=TODAY, origin="Works there")
    actor = learner(asha)
    (read,) = training.declarations.mine(actor)
    training.declarations.declare(actor, read, witness=ProvedPresent(ravi))
    (done,) = training.declarations.mine(actor)
    assert (done.is_done, done.valid_until) == (True, date(2027, 11, 23))
    (one,) = Reports(site).dossiers.of(SYSTEM, asha).evidence
    assert (one.kind, one.second) == ("declared", "E-2")
    assert verified(site)
