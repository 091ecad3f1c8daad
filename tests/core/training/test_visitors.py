"""A visitor whom nobody has on record: told the rules, given a pass for today, and known again when they come back."""

from datetime import timedelta

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.journal import Site
from app.core.people import NewPerson, People, PersonKind
from app.core.training import RequirementType, Terms, TrainingRefused, Validity
from app.core.training.permits import DayPass, NewVisitor, Stop, TaskWords
from app.core.training.requirements import NewRequirement
from tests.core.training.asked import TODAY, ruled
from tests.core.training.conftest import SYSTEM, somebody, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School

ANNA = NewVisitor(name="Anna Schmidt", company="Bosch", contact="+91 98 2200 1234")


@pytest.fixture
def gate(school: School, people: People) -> School:
    """Return a site where Meera (E-1) works, and the yard asks for the visitors' induction."""
    people.add(SYSTEM, NewPerson(number="E-1", name="Meera Joshi"))
    terms = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=6)
    new = NewRequirement(code="VISIT", title="Visitors", type=RequirementType.EXTERNAL, terms=terms)
    school.training.catalogue.add(SYSTEM, new)
    words = TaskWords(code="YARD", title="Enter the yard", needs=("VISIT",))
    school.training.permits.tasks.add(SYSTEM, words)
    return school


def welcome(
    gate: School,
    visitor: NewVisitor = ANNA,
    *,
    acknowledged: bool = True,
    somebody_else: bool = False,
    **said: str,
) -> DayPass:
    said = {"induction": "VISIT", "purpose": "Audit", **said}
    act = gate.training.permits.visiting.welcome
    return act(
        SYSTEM, visitor, "E-1", acknowledged=acknowledged, somebody_else=somebody_else, **said
    )


def people_of_kind(people: People, kind: PersonKind) -> int:
    from app.core.base.paging import PageRequest

    request = PageRequest(filters=(("kind", kind.value),))
    return people.list_people(SYSTEM, request).total


def test_a_visitor_comes_on_record_with_a_pass_for_today_and_the_induction_that_they_read(
    gate: School, people: People, clock: TurnedClock, site: Site
) -> None:
    with pytest.raises(TrainingRefused, match="not acknowledged the rules"):
        welcome(gate, acknowledged=False)
    assert people_of_kind(people, PersonKind.VISITOR) == 0

    given = welcome(gate)

    assert (given.name, given.company, given.escort, given.day) == (
        "Anna Schmidt", "Bosch", "Meera Joshi", TODAY,
    )  # fmt: skip
    assert (given.contact, given.induction) == ("+91 98 2200 1234", "Visitors (VISIT)")
    permits = gate.training.permits
    assert permits.may(SYSTEM, given.number, "YARD").is_free is False  # never without the escort
    assert permits.may(SYSTEM, given.number, "YARD").answer.stops == ()
    assert permits.passes.paper(given, "Plant").content.startswith(b"%PDF")
    (seen,) = permits.passes.on(somebody("Auditor", Capability.VIEW_RECORDS))
    assert seen.contact == ""
    clock.turn(timedelta(days=1))
    assert permits.may(SYSTEM, given.number, "YARD").answer.stops == (Stop.NO_DAY_PASS,)
    assert verified(site)


def test_who_comes_back_is_the_same_person_and_need_not_read_it_again_while_it_is_valid(
    gate: School, people: People, clock: TurnedClock
) -> None:
    first, permits = welcome(gate), gate.training.permits
    clock.turn(timedelta(days=30))
    again = NewVisitor(name="  schmidt ANNA", company="BOSCH ", contact="")
    (known,) = permits.visiting.known(SYSTEM, again.name)
    assert (known.number, known.company, known.last_on) == (first.number, "Bosch", TODAY)
    assert permits.visiting.holds(SYSTEM, first.number, "VISIT")

    second = welcome(gate, again, acknowledged=False)

    assert second.person_id == first.person_id
    assert second.induction == "Visitors (VISIT), held"
    assert people_of_kind(people, PersonKind.VISITOR) == 1
    clock.turn(timedelta(days=200))
    with pytest.raises(TrainingRefused, match="not acknowledged the rules"):
        welcome(gate, again, acknowledged=False)


@pytest.mark.parametrize(
    "other",
    [
        NewVisitor(name="Anna Schmidt", company="Siemens"),
        NewVisitor(name="Anna Schmidt", company="Bosch", contact="98 2200 9999"),
        NewVisitor(name="Anna Schmid", company="Bosch"),
    ],
)
def test_somebody_else_of_that_name_is_another_person(
    gate: School, people: People, other: NewVisitor
) -> None:
    first = welcome(gate)
    assert welcome(gate, other).person_id != first.person_id
    assert people_of_kind(people, PersonKind.VISITOR) == 2


def test_two_people_of_one_name_and_company_are_two_where_that_is_said(
    gate: School, people: People
) -> None:
    same = NewVisitor(name="Anna Schmidt", company="Bosch")
    first = welcome(gate, same)

    second = welcome(gate, same, somebody_else=True)

    assert second.person_id != first.person_id
    assert people_of_kind(people, PersonKind.VISITOR) == 2
    with pytest.raises(TrainingRefused, match="not acknowledged the rules"):
        welcome(
            gate, same, somebody_else=True, acknowledged=False
        )  # nobody's induction but their own


def test_of_two_who_are_called_so_the_number_decides(gate: School) -> None:
    first = welcome(gate)
    welcome(gate, NewVisitor(name="Anna Schmidt", company="Bosch", contact="98 2200 9999"))
    with pytest.raises(TrainingRefused, match="Several visitors are called so"):
        welcome(gate, NewVisitor(name="Anna Schmidt", company="Bosch"))
    assert gate.training.permits.passes.give(SYSTEM, first.number, "E-1").number == first.number


def test_rules_look_at_a_visitor_at_once(gate: School, people: People, meera: Actor) -> None:
    from app.core.training.enrolment import OneOf

    visit = gate.training.catalogue.coded(SYSTEM, "VISIT").summary.id
    ruled(gate, meera, visit, condition=OneOf("kind", ("visitor",)))
    given = welcome(gate)
    (mine,) = gate.training.assignments.of_person(SYSTEM, given.person_id)
    assert mine.closed_at is not None


def test_what_is_missing_or_not_allowed_leaves_nobody_on_record(
    gate: School, people: People
) -> None:
    for visitor in (NewVisitor(name=" ", company="Bosch"), NewVisitor(name="Anna", company="")):
        with pytest.raises(TrainingRefused):
            welcome(gate, visitor)
    visiting = gate.training.permits.visiting
    with pytest.raises(NotFound):
        visiting.welcome(SYSTEM, ANNA, "E-9", acknowledged=True)
    with pytest.raises(NotFound):
        welcome(gate, induction="NONE")
    other = somebody("Ravi", Capability.VIEW_RECORDS)
    with pytest.raises(NotAllowed):
        visiting.welcome(other, ANNA, "E-1", acknowledged=True)
    assert people_of_kind(people, PersonKind.VISITOR) == 0
    bare = visiting.welcome(SYSTEM, ANNA, "E-1", acknowledged=True)
    assert bare.induction == "The rules for visitors"


def test_a_contact_is_kept_with_the_person_and_taken_over_where_there_was_none(
    gate: School,
) -> None:
    first = welcome(gate, NewVisitor(name="Anna Schmidt", company="Bosch"))
    second = welcome(gate, ANNA)
    assert (second.person_id, second.contact) == (first.person_id, ANNA.contact)
