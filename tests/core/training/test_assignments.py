"""Assignments as a state machine: one open cycle a pair, acts with reasons, evidence that is never touched."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.clock import start_of
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.courses import Outline, PublishedCourse
from app.core.journal import Site
from app.core.learning.models import CourseCompletionRow
from app.core.people import Audience, People, PersonId
from app.core.reports import Reports
from app.core.reports.kinds.figures_of_pairs import COUNTED
from app.core.training import (
    AbsenceFarBack,
    AssignmentEvent,
    ComesFirst,
    DueRule,
    EvidenceRule,
    NotOpen,
    ReasonNeeded,
    RequirementType,
    Source,
    Standing,
    Substitutes,
    Terms,
    TrainingRefused,
    Validity,
)
from app.core.training.assignments import Assignments, AssignmentSummary, EnteredEvidence, State
from app.core.training.models import AbsenceRow, RequirementCreditRow
from app.core.training.requirements import NewRequirement, RequirementChange
from tests.core.training.conftest import SYSTEM, somebody, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School, a_lesson, published

TODAY = date(2026, 11, 23)
Add = Callable[..., UUID]
YEARLY = Terms(
    from_on=TODAY,
    validity=Validity.MONTHS,
    valid_count=12,
    due_rule=DueRule.AFTER_ASSIGNMENT,
    due_days=14,
    grace_days=7,
)


@pytest.fixture
def acts(school: School) -> Assignments:
    return school.training.assignments


def required(school: School, meera: Actor, code: str = "FORK", terms: Terms = YEARLY) -> UUID:
    """Add an external requirement and assign it to everybody who is there."""
    kind = RequirementType.EXTERNAL
    new = NewRequirement(code=code, title=f"Licence {code}", type=kind, terms=terms)
    requirement = school.training.catalogue.add(meera, new)
    school.training.assign(meera, code, Audience(), due_on=None, origin="Drives")
    return requirement


def newest(school: School, meera: Actor, person: UUID, code: str = "FORK") -> AssignmentSummary:
    mine = school.training.assignments.of_person(meera, person)
    return max((one for one in mine if one.code == code), key=lambda one: one.cycle)


def certificate(on: date = TODAY, until: date | None = None) -> EnteredEvidence:
    return EnteredEvidence(issuer="RTO Pune", number="MH12-1", obtained_on=on, valid_until=until)


def pass_days(clock: TurnedClock, days: int) -> None:
    clock.turn(timedelta(days=days))


def test_terms_say_when_it_is_due_and_grace_comes_before_overdue(
    school: School, meera: Actor, add: Add, clock: TurnedClock
) -> None:
    asha = add("E-1")
    required(school, meera)

    def stands() -> tuple[bool, bool]:
        where = newest(school, meera, asha).stands
        return where.is_due_soon, where.is_overdue

    assert newest(school, meera, asha).due_on == date(2026, 12, 7)
    assert stands() == (False, False)
    pass_days(clock, 7)
    assert stands() == (True, False)
    pass_days(clock, 14)  # 14 December: the last day of grace
    assert stands() == (True, False)
    pass_days(clock, 1)
    assert stands() == (False, True)


def test_a_day_ends_at_midnight_here_not_at_greenwich(
    school: School, meera: Actor, add: Add, clock: TurnedClock
) -> None:
    asha = add("E-1")
    required(school, meera, terms=Terms(from_on=TODAY, validity=Validity.FOR_GOOD))
    school.training.assignments.cancel(meera, newest(school, meera, asha).id, "Again, with a day")
    school.training.assign(meera, "FORK", Audience(), due_on=TODAY, origin="Drives")
    clock.turn(timedelta(hours=13, minutes=17))  # 23:59 in India
    assert not newest(school, meera, asha).stands.is_overdue
    clock.turn(timedelta(minutes=1))

    assert newest(school, meera, asha).stands.is_overdue


def test_an_external_certificate_completes_and_the_next_cycle_opens_before_it_expires(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock, site: Site
) -> None:
    asha = add("E-1")
    fork = required(school, meera)
    acts.evidence.enter(meera, asha, fork, certificate())
    held = newest(school, meera, asha)
    assert held.stands.state is State.COMPLETED
    assert held.valid_until == date(2027, 11, 23)
    with site.read() as session:
        proof = session.execute(sa.select(sa.text("*")).select_from(RequirementCreditRow)).all()

    pass_days(clock, 334)
    assert school.training.begin_day(meera).opened == 0
    pass_days(clock, 1)  # thirty days before
    assert school.training.begin_day(meera).opened == 1
    assert school.training.begin_day(meera).opened == 0  # once
    renewal = newest(school, meera, asha)
    assert (renewal.cycle, renewal.source) == (2, Source.RENEWAL)
    assert renewal.stands.state is State.ASSIGNED
    assert renewal.is_held
    assert renewal.due_on == date(2027, 11, 23)
    assert "valid until" in renewal.origin
    first = next(one for one in acts.of_person(meera, asha) if one.cycle == 1)
    assert first.stands.state is State.COMPLETED
    with site.read() as session:
        same = session.execute(sa.select(sa.text("*")).select_from(RequirementCreditRow)).all()
    assert same == proof
    assert verified(site)


def test_what_expired_is_lapsed_and_new_evidence_closes_the_open_cycle(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    fork = required(school, meera)
    acts.evidence.enter(meera, asha, fork, certificate(until=date(2026, 12, 31)))
    pass_days(clock, 40)
    assert newest(school, meera, asha).stands.is_lapsed
    school.training.begin_day(meera)
    assert newest(school, meera, asha).stands.state is State.ASSIGNED
    acts.evidence.enter(meera, asha, fork, certificate(on=date(2027, 1, 1)))

    renewed = newest(school, meera, asha)
    assert (renewed.cycle, renewed.stands.state) == (2, State.COMPLETED)
    assert not renewed.stands.is_lapsed


def test_a11_06_what_is_entered_by_hand_waits_until_another_account_confirms_it(
    school: School, meera: Actor, ravi: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    confirmed = Terms(from_on=TODAY, validity=Validity.FOR_GOOD, evidence=EvidenceRule.CONFIRMED)
    fork = required(school, meera, terms=confirmed)
    entered = acts.evidence.enter(meera, asha, fork, certificate())
    assert newest(school, meera, asha).stands.state is State.PENDING_EVIDENCE
    assert [one.id for one in acts.evidence.waiting(ravi)] == [entered]
    with pytest.raises(TrainingRefused, match="Who enters evidence"):
        acts.evidence.confirm(meera, entered)

    acts.evidence.confirm(ravi, entered, "Seen the card")
    assert newest(school, meera, asha).stands.state is State.COMPLETED
    assert acts.evidence.waiting(ravi) == ()
    with pytest.raises(TrainingRefused, match="answered this already"):
        acts.evidence.refuse(ravi, entered, "Changed my mind")


def test_a_certificate_that_waits_is_not_entered_a_second_time(
    school: School, meera: Actor, ravi: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    confirmed = Terms(from_on=TODAY, validity=Validity.FOR_GOOD, evidence=EvidenceRule.CONFIRMED)
    fork = required(school, meera, terms=confirmed)
    card = EnteredEvidence(issuer="RTO Pune", number="MH-77", obtained_on=TODAY)
    entered = acts.evidence.enter(meera, asha, fork, card)

    with pytest.raises(TrainingRefused, match="waits to be confirmed already: Meera Iyer"):
        acts.evidence.enter(ravi, asha, fork, replace(card, number="mh-77"))

    acts.evidence.enter(meera, asha, fork, replace(card, number="MH-78"))
    acts.evidence.refuse(ravi, entered, "Not legible")
    acts.evidence.enter(meera, asha, fork, card)
    assert len(acts.evidence.waiting(ravi)) == 2


def test_evidence_that_was_refused_does_not_count(
    school: School, meera: Actor, ravi: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    confirmed = Terms(from_on=TODAY, validity=Validity.FOR_GOOD, evidence=EvidenceRule.CONFIRMED)
    fork = required(school, meera, terms=confirmed)
    entered = acts.evidence.enter(meera, asha, fork, certificate())
    with pytest.raises(ReasonNeeded):
        acts.evidence.refuse(ravi, entered, " ")
    acts.evidence.refuse(ravi, entered, "The number is of somebody else")

    mine = newest(school, meera, asha)
    assert mine.stands.state is State.ASSIGNED
    told = acts.detail(meera, mine.id).evidence
    assert [(one.is_accepted, one.verdict) for one in told] == [
        (False, "Ravi Das: The number is of somebody else")
    ]


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        (certificate(on=TODAY + timedelta(days=1)), "has not come yet"),
        (certificate(until=TODAY - timedelta(days=1)), "before it was obtained"),
        (EnteredEvidence(issuer=" ", obtained_on=TODAY), "The issuer is missing"),
    ],
)
def test_evidence_that_cannot_be_is_refused_in_a_sentence(
    school: School, meera: Actor, add: Add, acts: Assignments, entered: EnteredEvidence, words: str
) -> None:
    asha = add("E-1")
    fork = required(school, meera)
    with pytest.raises(TrainingRefused, match=words):
        acts.evidence.enter(meera, asha, fork, entered)


def test_nobody_enters_evidence_for_themselves_nor_where_it_is_not_taken(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    by_doing = Terms(from_on=TODAY, validity=Validity.FOR_GOOD, evidence=EvidenceRule.NOT_BY_HAND)
    fork = required(school, meera, terms=by_doing)
    with pytest.raises(TrainingRefused, match="not met by what is entered by hand"):
        acts.evidence.enter(meera, asha, fork, certificate())
    herself = Actor(account_id=new_id(), person_id=asha, name="Asha", grants=meera.grants)
    with pytest.raises(TrainingRefused, match="for themselves"):
        acts.evidence.enter(herself, asha, fork, certificate())


def test_a_waiver_has_a_reason_ends_by_itself_or_is_ended(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    required(school, meera)
    mine = newest(school, meera, asha).id
    with pytest.raises(ReasonNeeded):
        acts.waivers.waive(meera, mine, until_on=None, reason="")
    with pytest.raises(TrainingRefused, match="That day is over"):
        acts.waivers.waive(meera, mine, until_on=TODAY - timedelta(days=1), reason="x")
    acts.waivers.waive(
        meera, mine, until_on=date(2026, 12, 31), reason="Works in the office until then"
    )

    assert newest(school, meera, asha).stands.state is State.WAIVED
    pass_days(clock, 38)
    assert newest(school, meera, asha).stands.state is State.WAIVED
    pass_days(clock, 1)
    assert newest(school, meera, asha).stands.state is State.ASSIGNED
    assert newest(school, meera, asha).due_on == date(2027, 1, 15)  # fourteen days from its end
    pass_days(clock, 22)
    assert newest(school, meera, asha).stands.is_overdue
    acts.waivers.waive(meera, mine, until_on=None, reason="For good")
    assert not newest(school, meera, asha).stands.is_overdue
    pass_days(clock, 7)
    acts.waivers.end(meera, mine, "Back at the machine")
    again = newest(school, meera, asha)
    assert (again.due_on, again.stands.is_overdue) == (date(2027, 2, 13), False)
    told = [(one.event, one.by_name) for one in acts.detail(meera, mine).acts]
    assert told == [
        (AssignmentEvent.DUE_MOVED, "Meera Iyer"),
        (AssignmentEvent.WAIVED, "Meera Iyer"),
        (AssignmentEvent.WAIVED, "Meera Iyer"),
        (AssignmentEvent.DUE_MOVED, "Meera Iyer"),
        (AssignmentEvent.WAIVER_ENDED, "Meera Iyer"),
    ]


def test_a_waiver_that_is_ended_early_or_shortened_counts_anew_from_its_true_end(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    required(school, meera)
    far = Terms(from_on=TODAY, validity=Validity.FOR_GOOD)
    new = NewRequirement(code="WELD", title="W", type=RequirementType.EXTERNAL, terms=far)
    school.training.catalogue.add(meera, new)
    school.training.assign(
        meera, "WELD", Audience(), due_on=TODAY + timedelta(days=30), origin="Said"
    )

    def let_off(code: str, days: int) -> int:
        one = newest(school, meera, asha, code)
        until = TODAY + timedelta(days=days)
        acts.waivers.waive(meera, one.id, until_on=until, reason="Posted elsewhere")
        return due_in(code)

    def due_in(code: str) -> int:
        due_on = newest(school, meera, asha, code).due_on
        assert due_on is not None
        return (due_on - TODAY).days

    assert [let_off("FORK", 60), let_off("FORK", 40)] == [75, 55]
    assert [let_off("WELD", 60), let_off("WELD", 40)] == [91, 71]
    pass_days(clock, 10)
    for code, days in (("FORK", 24), ("WELD", 40)):
        acts.waivers.end(meera, newest(school, meera, asha, code).id, "Back already")
        assert due_in(code) == days


def test_a_number_in_small_letters_is_the_same_persons(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    required(school, meera)
    acts.cancel(meera, newest(school, meera, asha).id, "Wrong day")
    named = Audience(numbers=(" e-1", "E-1", "e-77"))
    reach = school.training.preview(meera, "FORK", named)
    assert (reach.fresh, reach.unknown_numbers) == (1, ("e-77",))
    assert school.training.assign(meera, "FORK", named, due_on=None, origin="Drives") == 1
    assert acts.retraining.preview(meera, "FORK", ("e-1",)).people == 1


def test_what_was_cancelled_stays_and_is_assigned_anew_as_the_next_cycle(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    required(school, meera)
    acts.cancel(meera, newest(school, meera, asha).id, "Moved to the office")
    with pytest.raises(NotOpen):
        acts.cancel(meera, newest(school, meera, asha).id, "Again")
    assert school.training.preview(meera, "FORK", Audience()).fresh == 1
    school.training.assign(meera, "FORK", Audience(), due_on=None, origin="Drives again")

    mine = acts.of_person(meera, asha)
    assert {(one.cycle, one.stands.state) for one in mine} == {
        (1, State.CANCELLED),
        (2, State.ASSIGNED),
    }


def test_evidence_that_was_an_error_counts_no_more_and_is_not_touched(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    fork = required(school, meera)
    acts.evidence.enter(meera, asha, fork, certificate())
    clock.turn(timedelta(hours=1))
    acts.ask_again(meera, newest(school, meera, asha).id, reason="The card was forged")

    again = newest(school, meera, asha)
    assert (again.cycle, again.stands.state, again.is_held) == (2, State.ASSIGNED, False)
    assert len(acts.detail(meera, again.id).evidence) == 1
    clock.turn(timedelta(hours=1))
    acts.evidence.enter(meera, asha, fork, certificate())
    assert newest(school, meera, asha).stands.state is State.COMPLETED


def test_an_open_cycle_that_is_asked_for_again_is_superseded(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    required(school, meera)
    old = newest(school, meera, asha).id
    acts.ask_again(meera, old, reason="New revision", source=Source.REVISION)

    states = {one.cycle: one.stands.state for one in acts.of_person(meera, asha)}
    assert states == {1: State.SUPERSEDED, 2: State.ASSIGNED}
    with pytest.raises(NotOpen):
        acts.waivers.waive(meera, old, until_on=None, reason="x")
    assert acts.page(meera, PageRequest(filters=(("open", "yes"),))).total == 1


def test_retraining_that_is_ordered_opens_a_cycle_with_its_reason_and_leaves_what_was_held(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    """Whoever holds it, has it open or never had it: only evidence from then on counts."""
    held, waits = add("E-1"), add("E-2")
    fork = required(school, meera)
    acts.evidence.enter(meera, held, fork, certificate())
    fresh = add("E-3")
    clock.turn(timedelta(hours=1))
    reach = acts.retraining.preview(meera, "FORK", ("E-1", "E-2", "E-3", "E-9"))
    assert (reach.people, reach.open, reach.never, reach.unknown_numbers) == (3, 1, 1, ("E-9",))

    numbers, due = ("E-1", "E-2", "E-3"), TODAY + timedelta(days=3)
    ordered = acts.retraining.order(meera, "FORK", numbers, reason="Hit a rack", due_on=due)

    assert ordered == 3
    for person, cycle in ((held, 2), (waits, 2), (fresh, 1)):
        again = newest(school, meera, person)
        assert (again.cycle, again.due_on, again.is_held) == (cycle, due, False)
        assert acts.detail(meera, again.id).why.origin == "Hit a rack"
    assert len(acts.detail(meera, newest(school, meera, held).id).evidence) == 1
    clock.turn(timedelta(hours=1))
    acts.evidence.enter(meera, held, fork, certificate())
    assert newest(school, meera, held).stands.state is State.COMPLETED


def test_retraining_is_ordered_for_a_reason_of_ones_own_people_alone(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    required(school, meera)
    order = acts.retraining.order
    other = somebody("Ravi", Capability.VIEW_RECORDS)
    with pytest.raises(NotAllowed):
        order(other, "FORK", ("E-1",), reason="x")
    grant = Grant(capability=Capability.ASSIGN, org_units=frozenset({new_id()}))
    elsewhere = replace(meera, grants=frozenset({grant}))
    for actor, numbers in ((elsewhere, ("E-1",)), (meera, ("E-9",)), (meera, ())):
        with pytest.raises(TrainingRefused, match=r"Nobody"):
            order(actor, "FORK", numbers, reason="x")
    with pytest.raises(ReasonNeeded):
        order(meera, "FORK", ("E-1",), reason=" ")
    with pytest.raises(TrainingRefused, match="over"):
        order(meera, "FORK", ("E-1",), reason="x", due_on=TODAY - timedelta(days=1))
    assert newest(school, meera, asha).cycle == 1


def test_while_somebody_is_away_the_clock_stands_and_goes_on_when_they_are_back(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    required(school, meera)  # due on 7 December, grace to the 14th
    pass_days(clock, 4)
    away = acts.absences.note(meera, asha, TODAY + timedelta(days=4), None, "Maternity leave")
    pass_days(clock, 100)
    assert newest(school, meera, asha).stands.state is State.PAUSED
    assert not newest(school, meera, asha).stands.is_overdue
    with pytest.raises(TrainingRefused, match="away in those days already"):
        acts.absences.note(meera, asha, TODAY + timedelta(days=50), None, "Twice")
    assert acts.absences.end(meera, away, TODAY + timedelta(days=104)) == 1

    mine = newest(school, meera, asha)
    assert mine.due_on == date(2026, 12, 7) + timedelta(days=100)
    assert mine.late_after == date(2026, 12, 14) + timedelta(days=100)
    assert mine.stands.state is State.ASSIGNED


def test_an_absence_with_an_end_moves_due_dates_on_the_day_after(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    required(school, meera)
    acts.absences.note(meera, asha, TODAY, TODAY + timedelta(days=10), "Leave")
    assert school.training.begin_day(meera).moved == 0
    pass_days(clock, 10)
    assert school.training.begin_day(meera).moved == 1
    assert school.training.begin_day(meera).moved == 0

    assert newest(school, meera, asha).due_on == date(2026, 12, 17)


def test_a_leaver_s_open_assignments_end_and_what_they_hold_stays(
    school: School, meera: Actor, people: People, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    fork = required(school, meera)
    acts.evidence.enter(meera, asha, fork, certificate())
    required(school, meera, "CRANE")
    people.leave(SYSTEM, PersonId(asha), TODAY)
    assert school.training.begin_day(meera).cancelled == 1

    assert newest(school, meera, asha, "CRANE").stands.state is State.CANCELLED
    assert newest(school, meera, asha).stands.state is State.COMPLETED
    pass_days(clock, 340)
    assert school.training.begin_day(meera).opened == 0  # nobody renews for who has left


def test_one_of_the_substitutes_is_enough_unless_all_are_asked_for(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    basic, advanced, refresher = (
        required(school, meera, code) for code in ("BASIC", "ADVANCED", "REFRESHER")
    )
    either = RequirementChange(substitutes=(advanced, refresher))
    school.training.catalogue.change(meera, basic, either)
    acts.evidence.enter(meera, asha, advanced, certificate())
    mine = newest(school, meera, asha, "BASIC")
    assert mine.stands.state is State.COMPLETED
    assert [one.reason for one in acts.detail(meera, mine.id).acts] == ["substitute"]


def test_all_substitutes_together_stand_in_where_all_are_asked_for(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    both = replace(YEARLY, substitutes=Substitutes.ALL)
    whole = required(school, meera, "WHOLE", both)
    one, other = required(school, meera, "ONE"), required(school, meera, "OTHER")
    school.training.catalogue.change(meera, whole, RequirementChange(substitutes=(one, other)))
    acts.evidence.enter(meera, asha, one, certificate())
    assert newest(school, meera, asha, "WHOLE").stands.state is State.ASSIGNED
    acts.evidence.enter(meera, asha, other, certificate())

    assert newest(school, meera, asha, "WHOLE").stands.state is State.COMPLETED


def test_what_stands_in_ends_with_what_it_stands_on(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    good = replace(YEARLY, validity=Validity.FOR_GOOD, valid_count=None)
    basic, licence = required(school, meera, "BASIC", good), required(school, meera, "LICENCE")
    crane = required(school, meera, "CRANE")
    catalogue = school.training.catalogue
    catalogue.change(meera, basic, RequirementChange(substitutes=(licence,)))
    catalogue.change(meera, crane, RequirementChange(substitutes=(basic,)))
    acts.evidence.enter(meera, asha, licence, certificate(until=date(2026, 11, 28)))

    ends = {one.code: one.valid_until for one in acts.of_person(meera, asha)}
    assert ends == dict.fromkeys(("BASIC", "LICENCE", "CRANE"), date(2026, 11, 28))
    acts.evidence.enter(meera, asha, licence, certificate(until=date(2029, 1, 1)))
    ends = {one.code: one.valid_until for one in acts.of_person(meera, asha)}
    assert ends == dict.fromkeys(("BASIC", "LICENCE", "CRANE"), date(2027, 11, 23))


def test_of_all_substitutes_the_one_that_ends_first_counts(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    whole = required(school, meera, "WHOLE", replace(YEARLY, substitutes=Substitutes.ALL))
    one, other = required(school, meera, "ONE"), required(school, meera, "OTHER")
    school.training.catalogue.change(meera, whole, RequirementChange(substitutes=(one, other)))
    acts.evidence.enter(meera, asha, one, certificate(until=date(2026, 11, 30)))
    acts.evidence.enter(meera, asha, other, certificate(on=date(2026, 11, 1)))

    assert newest(school, meera, asha, "WHOLE").valid_until == date(2026, 11, 30)
    school.training.begin_day(meera)
    assert newest(school, meera, asha, "WHOLE").source is Source.RENEWAL
    acts.evidence.enter(meera, asha, one, certificate(until=date(2027, 6, 1)))

    whole_now = newest(school, meera, asha, "WHOLE")
    assert (whole_now.stands.state, whole_now.valid_until) == (State.COMPLETED, date(2027, 6, 1))
    assert school.training.begin_day(meera).opened == 0


@pytest.mark.parametrize("asked", [Substitutes.ANY, Substitutes.ALL])
def test_who_holds_what_stands_in_already_has_it_when_the_link_is_made(
    school: School, meera: Actor, add: Add, acts: Assignments, asked: Substitutes
) -> None:
    asha, bina = add("E-1"), add("E-2")
    subs = tuple(required(school, meera, code) for code in ("ONE", "OTHER"))
    ends = {subs[0]: date(2027, 3, 1), subs[1]: date(2027, 2, 1)}
    for one in subs:
        acts.evidence.enter(meera, asha, one, certificate(until=ends[one]))
    whole = required(school, meera, "WHOLE", replace(YEARLY, substitutes=asked))
    acts.evidence.enter(meera, bina, subs[0], certificate(until=date(2027, 3, 1)))
    school.training.catalogue.change(meera, whole, RequirementChange(substitutes=subs))

    both_or_one = date(2027, 2, 1) if asked is Substitutes.ALL else date(2027, 3, 1)
    mine = newest(school, meera, asha, "WHOLE")
    assert (mine.stands.state, mine.valid_until) == (State.COMPLETED, both_or_one)
    hers = newest(school, meera, bina, "WHOLE")
    assert hers.is_held is (asked is Substitutes.ANY)
    with school.site.read() as session:
        before = session.scalar(sa.select(sa.func.count()).select_from(RequirementCreditRow))
    school.training.begin_day(meera)
    acts.evidence.enter(meera, asha, subs[0], certificate(until=date(2027, 5, 1)))
    mine = newest(school, meera, asha, "WHOLE")
    assert mine.valid_until == (both_or_one if asked is Substitutes.ALL else date(2027, 5, 1))
    with school.site.read() as session:  # a new day gave nothing twice
        after = session.scalar(sa.select(sa.func.count()).select_from(RequirementCreditRow))
    assert (before or 0) + 2 == after


def test_a_course_held_already_stands_in_when_the_link_is_made(
    site: Site, school: School, meera: Actor, add: Add, clock: TurnedClock
) -> None:
    asha = add("E-1")
    completed(site, school, asha, a_course(site, school, meera, months=6))
    clock.turn(timedelta(hours=1))
    whole = required(school, meera, "WHOLE")
    loto = school.training.catalogue.coded(meera, "LOTO").summary.id
    school.training.catalogue.change(meera, whole, RequirementChange(substitutes=(loto,)))

    mine = newest(school, meera, asha, "WHOLE")
    assert (mine.stands.state, mine.valid_until) == (State.COMPLETED, date(2027, 5, 23))


def test_of_several_valid_pieces_of_evidence_the_one_that_lasts_longest_counts(
    site: Site, school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    fork = required(school, meera, terms=replace(YEARLY, keeps_anniversary=True))
    acts.evidence.enter(meera, asha, fork, certificate(until=date(2026, 12, 31)))
    pass_days(clock, 17)
    acts.evidence.enter(meera, asha, fork, certificate(on=date(2026, 12, 10)))
    assert newest(school, meera, asha).valid_until == date(2027, 12, 31)
    pass_days(clock, 1)
    acts.evidence.enter(meera, asha, fork, certificate(on=date(2026, 12, 11)))
    acts.evidence.enter(
        meera, asha, fork, certificate(on=date(2026, 12, 11), until=date(2027, 1, 5))
    )

    assert newest(school, meera, asha).valid_until == date(2027, 12, 31)
    (then,) = acts.of_person(meera, asha, date(2026, 12, 11))
    assert then.valid_until == date(2027, 12, 31)
    (before,) = acts.of_person(meera, asha, date(2026, 12, 9))
    assert before.valid_until == date(2026, 12, 31)


def test_what_has_to_come_first_blocks_and_is_named(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    basic, crane = required(school, meera, "BASIC"), required(school, meera, "CRANE")
    school.training.catalogue.change(meera, crane, RequirementChange(prerequisites=(basic,)))
    mine = newest(school, meera, asha, "CRANE")
    assert mine.stands.state is State.BLOCKED
    assert acts.detail(meera, mine.id).why.prerequisites == ("Licence BASIC",)
    acts.evidence.enter(meera, asha, basic, certificate())

    assert newest(school, meera, asha, "CRANE").stands.state is State.ASSIGNED


def completed(site: Site, school: School, person: UUID, course: UUID) -> None:
    actor = Actor(
        account_id=None,
        person_id=person,
        name="Asha",
        grants=somebody("Asha", Capability.LEARN).grants,
    )
    hand = school.learning.begin(actor, course)
    lesson = hand.lessons[0]
    school.learning.acknowledge(actor, hand.start_id, lesson.lesson_id, "Read", "pin")


def a_course(site: Site, school: School, meera: Actor, months: int | None = 6) -> UUID:
    outline = Outline(title="Lock-out", lessons=(a_lesson("acknowledgement"),), valid_months=months)
    course = published(site, outline)
    with site.transaction(SYSTEM, "course.publish") as unit:
        school.training.require_course(
            unit,
            PublishedCourse(
                course_id=course, version_id=new_id(), code="LOTO", number=1, outline=outline
            ),
        )
    return course


def test_nobody_begins_a_course_before_what_comes_first_is_held(
    site: Site, school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha, ravi = add("E-1"), add("E-2")
    course = a_course(site, school, meera)
    basic = required(school, meera, "BASIC")
    catalogue = school.training.catalogue
    loto = catalogue.coded(meera, "LOTO").summary.id
    school.training.assign(meera, "LOTO", Audience(), due_on=None, origin="All")
    ravi_acts = replace(somebody("Ravi", Capability.LEARN), person_id=ravi)
    school.learning.begin(ravi_acts, course)
    catalogue.change(meera, loto, RequirementChange(prerequisites=(basic,)))

    asha_acts = replace(somebody("Asha", Capability.LEARN), person_id=asha)
    for act in (school.learning.foresee, school.learning.begin):
        with pytest.raises(ComesFirst, match="Lock-out comes after Licence BASIC"):
            act(asha_acts, course)
    (mine,) = school.training.my_courses(asha_acts)
    assert mine.comes_first == ("Licence BASIC",)
    # what was begun before stays open
    completed(site, school, ravi, course)
    assert newest(school, meera, ravi, "LOTO").is_held
    with pytest.raises(ComesFirst):
        school.learning.begin_again(ravi_acts, course)

    acts.evidence.enter(meera, asha, basic, certificate())
    (mine,) = school.training.my_courses(asha_acts)
    assert mine.comes_first == ()
    completed(site, school, asha, course)
    assert newest(school, meera, asha, "LOTO").is_held


def test_a_certificate_does_not_count_before_what_comes_first_is_held(
    school: School, meera: Actor, ravi: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    basic, crane = required(school, meera, "BASIC"), required(school, meera, "CRANE")
    confirmed = replace(YEARLY, evidence=EvidenceRule.CONFIRMED)
    rig = required(school, meera, "RIG", confirmed)
    for each in (crane, rig):
        school.training.catalogue.change(meera, each, RequirementChange(prerequisites=(basic,)))
    with pytest.raises(ComesFirst, match="Licence CRANE comes after Licence BASIC"):
        acts.evidence.enter(meera, asha, crane, certificate())
    kept = acts.evidence.enter(meera, asha, rig, certificate())
    with pytest.raises(ComesFirst):
        acts.evidence.confirm(ravi, kept)
    assert newest(school, meera, asha, "RIG").stands.state is State.PENDING_EVIDENCE

    # nobody is given any more what is retired
    school.training.catalogue.retire(meera, basic, TODAY, "No longer taught")
    acts.evidence.confirm(ravi, kept)
    assert newest(school, meera, asha, "RIG").is_held


def test_a_course_holds_as_its_version_says_until_the_terms_say_otherwise(
    site: Site, school: School, meera: Actor, add: Add
) -> None:
    asha, ravi = add("E-1"), add("E-2")
    course = a_course(site, school, meera)
    school.training.assign(meera, "LOTO", Audience(), due_on=None, origin="All")
    completed(site, school, asha, course)
    assert newest(school, meera, asha, "LOTO").valid_until == date(2027, 5, 23)

    catalogue = school.training.catalogue
    loto = catalogue.coded(meera, "LOTO").summary.id
    two_years = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=24)
    catalogue.change(meera, loto, RequirementChange(terms=two_years))
    completed(site, school, ravi, course)

    assert newest(school, meera, ravi, "LOTO").valid_until == date(2028, 11, 23)
    assert newest(school, meera, asha, "LOTO").valid_until == date(2027, 5, 23)
    with site.read() as session:
        scores = session.scalars(sa.select(CourseCompletionRow.score)).all()
    assert scores == [None, None] or all(isinstance(one, Fraction) for one in scores)


def test_a_certificate_that_has_expired_is_kept_and_leaves_open_work_open(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    fork = required(school, meera)
    due = newest(school, meera, asha).due_on
    acts.evidence.enter(meera, asha, fork, certificate(date(2020, 1, 10)))

    mine = newest(school, meera, asha)
    assert (mine.cycle, mine.stands.state, mine.due_on) == (1, State.ASSIGNED, due)
    assert len(acts.detail(meera, mine.id).evidence) == 1
    assert school.training.begin_day(meera).opened == 0
    acts.evidence.enter(meera, asha, fork, certificate())
    assert newest(school, meera, asha).stands.state is State.COMPLETED


def test_earlier_evidence_counts_only_as_long_as_the_terms_say(
    site: Site, school: School, meera: Actor, add: Add, clock: TurnedClock
) -> None:
    asha = add("E-1")
    course = a_course(site, school, meera, months=None)
    completed(site, school, asha, course)
    pass_days(clock, 100)
    loto = school.training.catalogue.coded(meera, "LOTO").summary.id
    recent = Terms(from_on=TODAY + timedelta(days=100), prior_days=90)
    school.training.catalogue.change(meera, loto, RequirementChange(terms=recent))
    school.training.assign(meera, "LOTO", Audience(), due_on=None, origin="All")
    school.training.begin_day(meera)
    assert newest(school, meera, asha, "LOTO").stands.state is State.ASSIGNED

    ravi = add("E-2")
    completed(site, school, ravi, course)
    pass_days(clock, 90)
    school.training.assign(meera, "LOTO", Audience(), due_on=None, origin="All")
    assert newest(school, meera, ravi, "LOTO").stands.state is State.COMPLETED


def test_everybody_sees_their_own_and_nobody_else_s(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha, ravi = add("E-1"), add("E-2")
    required(school, meera)
    herself = Actor(account_id=None, person_id=asha, name="Asha")

    assert len(acts.of_person(herself, asha)) == 1
    assert acts.detail(herself, newest(school, meera, asha).id).why.origin == "Drives"
    with pytest.raises(NotAllowed):
        acts.of_person(herself, ravi)
    with pytest.raises(NotAllowed):
        acts.cancel(herself, newest(school, meera, asha).id, "No wish to")


def test_a_retired_requirement_is_assigned_no_more(school: School, meera: Actor, add: Add) -> None:
    asha = add("E-1")
    fork = required(school, meera)
    school.training.catalogue.retire(meera, fork, TODAY, "No forklifts any more")
    add("E-2")
    with pytest.raises(TrainingRefused, match="assigned no more"):
        school.training.assign(meera, "FORK", Audience(), due_on=None, origin="x")
    mine = newest(school, meera, asha)
    assert mine.stands.state is State.CANCELLED
    (told,) = school.training.assignments.detail(meera, mine.id).acts
    assert "No forklifts any more" in told.reason


def test_what_is_retired_turns_nobody_overdue_or_lapsed_and_who_holds_it_keeps_it(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock, site: Site
) -> None:
    asha, ravi = add("E-1"), add("E-2")
    fork = required(school, meera)
    acts.evidence.enter(meera, asha, fork, certificate())
    catalogue = school.training.catalogue
    with pytest.raises(TrainingRefused, match="That day is over"):
        catalogue.retire(meera, fork, TODAY - timedelta(days=1), "x")
    assert catalogue.detail(meera, fork).summary.open_assignments == 1
    catalogue.retire(meera, fork, TODAY + timedelta(days=10), "No forklifts")
    assert newest(school, meera, ravi).stands.state is State.ASSIGNED
    pass_days(clock, 10)
    assert school.training.begin_day(meera).cancelled == 1
    held = newest(school, meera, asha)
    assert (held.stands.state, held.is_held) == (State.COMPLETED, True)

    pass_days(clock, 400)
    school.training.begin_day(meera)
    school.training.begin_day(meera)
    assert acts.page(meera, PageRequest(filters=(("overdue", "yes"),))).total == 0
    assert [(one.cycle, one.stands.state) for one in acts.of_person(meera, asha)] == [
        (2, State.CANCELLED),
        (1, State.COMPLETED),
    ]
    assert catalogue.bring_back(meera, fork) == 2
    assert school.training.assign(meera, "FORK", Audience(), due_on=None, origin="Again") == 0
    assert verified(site)


def test_the_list_is_searched_filtered_and_sorted_in_sql(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    people = [add(f"E-{number}") for number in range(5)]
    required(school, meera)
    crane = required(school, meera, "CRANE")
    acts.evidence.enter(meera, people[0], crane, certificate())
    pass_days(clock, 60)

    def found(**asked: object) -> list[tuple[str, str]]:
        page = acts.page(meera, PageRequest(**asked))  # type: ignore[arg-type]  # words of a test
        assert page.total == len(page.rows)
        return [(one.number, one.code) for one in page.rows]

    assert len(found()) == 10
    assert found(text="crane e-3") == [("E-3", "CRANE")]
    assert found(filters=(("state", "completed"),)) == [("E-0", "CRANE")]
    assert len(found(filters=(("overdue", "yes"),))) == 9
    assert found(filters=(("person", str(people[1])),), sort="code") == [
        ("E-1", "CRANE"),
        ("E-1", "FORK"),
    ]


def test_a_look_back_says_how_somebody_stood_at_the_end_of_a_day(
    school: School, meera: Actor, ravi: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    confirmed = replace(YEARLY, evidence=EvidenceRule.CONFIRMED)
    fork = required(school, meera, terms=confirmed)
    first = newest(school, meera, asha).id
    pass_days(clock, 2)
    acts.waivers.waive(meera, first, until_on=TODAY + timedelta(days=4), reason="For a while")
    pass_days(clock, 30)
    entered = acts.evidence.enter(meera, asha, fork, certificate(on=TODAY + timedelta(days=32)))
    pass_days(clock, 1)
    acts.evidence.confirm(ravi, entered)
    pass_days(clock, 700)

    def stood(days: int, known: int | None = None) -> list[tuple[State, bool, bool]]:
        until = None if known is None else start_of(TODAY + timedelta(days=known + 1))
        found = acts.of_person(meera, asha, TODAY + timedelta(days=days), until)
        page = acts.page_then(meera, PageRequest(), TODAY + timedelta(days=days), until)
        assert [one for one in page.rows if one.person_id == asha] == [*reversed(found)]
        return [(one.stands.state, one.stands.is_overdue, one.stands.is_lapsed) for one in found]

    assert stood(-1) == []
    assert stood(0) == [(State.ASSIGNED, False, False)]
    assert stood(3) == [(State.WAIVED, False, False)]
    assert stood(22) == [(State.ASSIGNED, False, False)]  # its days count from the waiver's end
    assert stood(27) == [(State.ASSIGNED, True, False)]
    assert stood(32) == [(State.COMPLETED, False, False)]  # it was confirmed the day after
    assert stood(32, known=32) == [(State.PENDING_EVIDENCE, True, False)]
    assert stood(33) == [(State.COMPLETED, False, False)]
    assert stood(33 + 400) == [(State.COMPLETED, False, True)]


def test_an_expired_licence_whose_renewal_is_past_its_day_is_overdue_everywhere(
    site: Site, school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    fork = required(school, meera)
    acts.evidence.enter(meera, asha, fork, certificate())
    boss, reports = somebody("Boss", *Capability), Reports(site)

    def told() -> tuple[object, ...]:
        late = acts.page(meera, PageRequest(filters=(("overdue", "yes"),))).total
        (status,) = reports.page(boss, "people-status", PageRequest()).rows
        named = [row[0] for row in reports.page(boss, "overdue", PageRequest()).rows]
        (unit,) = reports.page(boss, "completion-by-department", PageRequest()).rows
        column = [one.key for one in COUNTED].index("overdue") + 1
        shown = reports.overview(boss)
        pressing = [one.standing for one in shown.needs_attention]
        return late, status[5], named, unit[column], shown.overdue.value, pressing

    pass_days(clock, 340)
    school.training.begin_day(meera)
    assert told() == (0, "expiring", [], 0, 0, [])
    pass_days(clock, 30)  # expired, and within its grace
    school.training.begin_day(meera)
    assert told() == (0, "lapsed", [], 0, 0, [Standing.DUE_SOON])
    pass_days(clock, 30)
    school.training.begin_day(meera)
    assert told() == (1, "overdue", ["E-1"], 1, 1, [Standing.OVERDUE])
    acts.evidence.enter(meera, asha, fork, certificate(on=TODAY + timedelta(days=400)))
    assert told() == (0, "valid", [], 0, 0, [])


def test_who_holds_it_already_has_it_completed_and_is_asked_again_before_it_expires(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock, site: Site
) -> None:
    asha = add("E-1")
    new = NewRequirement(code="FORK", title="F", type=RequirementType.EXTERNAL, terms=YEARLY)
    fork = school.training.catalogue.add(meera, new)
    acts.evidence.enter(meera, asha, fork, certificate())
    pass_days(clock, 100)
    school.training.assign(meera, "FORK", Audience(), due_on=None, origin="Moved here")
    mine = newest(school, meera, asha)
    assert (mine.cycle, mine.stands.state, mine.closed_at) == (1, State.COMPLETED, mine.assigned_at)
    assert [one.reason for one in acts.detail(meera, mine.id).acts] == ["Held already"]

    pass_days(clock, 240)
    assert school.training.begin_day(meera).opened == 1
    renewal = newest(school, meera, asha)
    assert (renewal.cycle, renewal.source, renewal.due_on) == (
        2,
        Source.RENEWAL,
        date(2027, 11, 23),
    )
    pass_days(clock, 28)
    assert not newest(school, meera, asha).stands.is_overdue  # the days of grace
    assert verified(site)


def test_what_is_asked_anew_on_purpose_stays_open_beside_what_is_held(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha, ravi = add("E-1"), add("E-2")
    fork = required(school, meera)
    for person in (asha, ravi):
        acts.evidence.enter(meera, person, fork, certificate())
    clock.turn(timedelta(hours=1))
    acts.retraining.order(meera, "FORK", ("E-1",), reason="Hit a rack")
    acts.ask_again(meera, newest(school, meera, ravi).id, reason="The card was forged")
    school.training.begin_day(meera)

    assert [newest(school, meera, one).stands.state for one in (asha, ravi)] == [State.ASSIGNED] * 2


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_due_dates_move_on_by_each_day_away_once_whatever_the_order_of_noting(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock, site: Site,
    order: tuple[int, ...],
) -> None:  # fmt: skip
    asha, ravi = add("E-1"), add("E-2")
    required(school, meera, terms=replace(YEARLY, grace_days=0))  # due on 7 December
    days = ((1, 4), (9, 19), (15, 21))  # the second only counts since the first put it off
    with site.transaction(SYSTEM, "absence.note") as unit:
        for nth in order:
            begins, ends = (date(2026, 12, day) for day in days[nth])
            unit.add(AbsenceRow(person_id=asha, from_on=begins, to_on=ends, reason="Leave"))
    pass_days(clock, 40)
    for nth in order:  # the same, noted afterwards and one by one
        if nth != 2:
            begins, ends = (date(2026, 12, day) for day in days[nth])
            acts.absences.note(meera, ravi, begins, ends, "Leave")
    school.training.begin_day(meera)

    assert newest(school, meera, asha).due_on == date(2026, 12, 22)
    assert newest(school, meera, ravi).due_on == date(2026, 12, 20)


def test_an_absence_is_taken_back_ahead_while_it_lasts_and_when_it_is_over(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock, site: Site
) -> None:
    asha = add("E-1")
    required(school, meera)
    away, due = acts.absences, date(2026, 12, 7)

    def stands() -> tuple[date | None, State]:
        mine = newest(school, meera, asha)
        return mine.due_on, mine.stands.state

    ahead = away.note(meera, asha, TODAY + timedelta(days=5), TODAY + timedelta(days=20), "Leave")
    with pytest.raises(ReasonNeeded):
        away.take_back(meera, ahead, " ")
    away.take_back(meera, ahead, "The trip was called off")
    with pytest.raises(TrainingRefused, match="taken back already"):
        away.take_back(meera, ahead, "Twice")
    pass_days(clock, 6)
    assert stands() == (due, State.ASSIGNED)
    lasts = away.note(meera, asha, TODAY, None, "Of somebody else")
    assert stands() == (due, State.PAUSED)
    away.take_back(meera, lasts, "The wrong person")
    assert stands() == (due, State.ASSIGNED)
    over = away.note(meera, asha, TODAY, TODAY + timedelta(days=6), "Leave")
    away.note(meera, asha, TODAY + timedelta(days=6), TODAY + timedelta(days=8), "Leave")
    pass_days(clock, 2)
    school.training.begin_day(meera)
    assert stands() == (due + timedelta(days=8), State.ASSIGNED)
    assert away.take_back(meera, over, "They were here") == 1

    assert stands() == (due + timedelta(days=2), State.ASSIGNED)
    told = [one.reason for one in acts.detail(meera, newest(school, meera, asha).id).acts]
    assert told[-1] == "An absence was taken back: They were here"
    assert verified(site)


def test_an_absence_that_reaches_far_back_is_noted_when_somebody_is_sure_of_it(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha, ravi = add("E-1"), add("E-2")
    required(school, meera)
    fresh = add("E-3")
    pass_days(clock, 40)
    for person, begins in ((asha, date(2020, 1, 1)), (ravi, TODAY - timedelta(days=1))):
        with pytest.raises(AbsenceFarBack, match="before all that is open"):
            acts.absences.note(meera, person, begins, date(2026, 12, 30), "Leave")
    with pytest.raises(AbsenceFarBack):
        acts.absences.note(meera, fresh, TODAY - timedelta(days=400), None, "Leave")
    assert newest(school, meera, asha).stands.is_overdue
    acts.absences.note(
        meera, asha, date(2020, 1, 1), date(2026, 12, 3), "Posted abroad", is_sure=True
    )

    assert newest(school, meera, asha).due_on == date(2026, 12, 17)


def test_who_is_back_is_back_from_all_that_was_noted(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock, site: Site
) -> None:
    asha = add("E-1")
    required(school, meera)
    first = acts.absences.note(meera, asha, TODAY, None, "Leave")
    with site.transaction(SYSTEM, "absence.note") as unit:
        unit.add(AbsenceRow(person_id=asha, from_on=TODAY, reason="Leave"))
    pass_days(clock, 10)
    acts.absences.end(meera, first, TODAY + timedelta(days=10))

    mine = newest(school, meera, asha)
    assert (mine.due_on, mine.stands.state) == (date(2026, 12, 17), State.ASSIGNED)


def open_one(school: School, meera: Actor, person: UUID, code: str) -> tuple[object, ...]:
    """Return what of a person's newest cycle must stay where nothing happened."""
    mine = newest(school, meera, person, code)
    return mine.cycle, mine.source, mine.stands.state, mine.due_on, mine.late_after, mine.origin


def test_who_left_by_mistake_and_is_back_the_same_day_has_what_they_had(
    school: School, meera: Actor, people: People, add: Add, acts: Assignments, clock: TurnedClock,
    site: Site,
) -> None:  # fmt: skip
    people.on_changed.append(school.training.people_changed)
    asha = add("E-1")
    fork = required(school, meera)
    required(school, meera, "CRANE")
    required(school, meera, "WELD")
    acts.evidence.enter(meera, asha, fork, certificate())
    pass_days(clock, 340)
    school.training.begin_day(meera)
    acts.cancel(meera, newest(school, meera, asha, "WELD").id, "Moved to the office")
    codes = ("FORK", "CRANE", "WELD")
    before = [open_one(school, meera, asha, code) for code in codes]
    people.leave(SYSTEM, PersonId(asha))
    assert newest(school, meera, asha).stands.state is State.CANCELLED
    people.rejoin(SYSTEM, PersonId(asha))

    assert [open_one(school, meera, asha, code) for code in codes] == before
    told = [one.event for one in acts.detail(meera, newest(school, meera, asha).id).acts]
    assert told == [AssignmentEvent.CANCELLED, AssignmentEvent.REOPENED]
    assert verified(site)


def test_who_is_back_after_a_while_is_asked_again_from_the_return(
    school: School, meera: Actor, people: People, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    people.on_changed.append(school.training.people_changed)
    asha = add("E-1", joined_on=date(2020, 1, 1))
    fork = required(school, meera)
    required(school, meera, "CRANE", replace(YEARLY, due_rule=DueRule.AFTER_JOINING))
    said = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=12)
    new = NewRequirement(code="WELD", title="W", type=RequirementType.EXTERNAL, terms=said)
    school.training.catalogue.add(meera, new)
    due = TODAY + timedelta(days=350)
    school.training.assign(meera, "WELD", Audience(), due_on=due, origin="Before the audit")
    acts.evidence.enter(meera, asha, fork, certificate())
    pass_days(clock, 340)
    school.training.begin_day(meera)
    people.leave(SYSTEM, PersonId(asha))
    pass_days(clock, 100)
    people.rejoin(SYSTEM, PersonId(asha))
    assert school.training.begin_day(meera).assigned == 0  # asked once

    back = TODAY + timedelta(days=440)
    found = {code: newest(school, meera, asha, code) for code in ("FORK", "CRANE", "WELD")}
    assert [(one.cycle, one.stands.state) for one in found.values()] == [
        (3, State.ASSIGNED), (2, State.ASSIGNED), (2, State.ASSIGNED),
    ]  # fmt: skip
    assert found["FORK"].due_on == back + timedelta(days=14)
    assert found["CRANE"].due_on == back + timedelta(days=14)
    assert found["WELD"].due_on == back + timedelta(days=350)
    assert "Back since" in found["WELD"].origin
    assert "Before the audit" in found["WELD"].origin


def test_an_open_renewal_of_who_is_back_before_it_expires_is_renewed_as_for_everybody(
    school: School, meera: Actor, people: People, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    people.on_changed.append(school.training.people_changed)
    asha = add("E-1")
    fork = required(school, meera)
    acts.evidence.enter(meera, asha, fork, certificate())
    pass_days(clock, 340)
    school.training.begin_day(meera)
    people.leave(SYSTEM, PersonId(asha))
    pass_days(clock, 2)
    people.rejoin(SYSTEM, PersonId(asha))
    assert newest(school, meera, asha).stands.state is State.COMPLETED
    assert school.training.begin_day(meera).opened == 1

    renewal = newest(school, meera, asha)
    assert (renewal.source, renewal.due_on) == (Source.RENEWAL, date(2027, 11, 23))
