"""A waiver is of a person and a requirement: it lasts through renewals, transfers and proofs until it ends."""

from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.people import Destination, People, PersonId
from app.core.people.imports import ImportWish
from app.core.spreadsheets import GivenFile
from app.core.training import AssignmentEvent, Source, StillWaived, TrainingRefused
from app.core.training.assignments import AssignmentSummary, State, let_off_in_words
from app.core.training.permits import Holds, Verdict, reasons_of
from tests.core.training.asked import (
    DAY,
    TODAY,
    Add,
    a_task,
    assigned,
    cycles,
    days_begin,
    may,
    newest,
    proved,
    required,
    ruled,
    states,
)
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School


@pytest.fixture
def fork(school: School, people: People, meera: Actor) -> UUID:
    people.on_changed.append(school.training.people_changed)
    return required(school, meera)


def let_off(
    school: School, meera: Actor, person: UUID, days: int | None = None
) -> AssignmentSummary:
    one = newest(school, meera, person)
    until = None if days is None else TODAY + days * DAY
    school.training.assignments.waivers.waive(meera, one.id, until_on=until, reason="Medical")
    return one


def test_who_is_let_off_for_good_and_shows_a_certificate_is_let_off_when_it_expires(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock, site: Site
) -> None:
    asha, permits = add("E-1"), school.training.permits
    ruled(school, meera, fork)
    a_task(permits, "FORK")
    let_off(school, meera, asha)
    proved(school, meera, asha, fork)
    assert may(permits, "E-1")[1] == [Holds.HELD]

    days_begin(school, clock, 14 * 30, step=30)
    assert states(school, meera, asha) == [State.COMPLETED, State.WAIVED]
    again = newest(school, meera, asha)
    assert (again.source, again.stands.is_overdue, again.stands.is_lapsed) == (
        Source.RENEWAL,
        False,
        False,
    )
    (act,) = school.training.assignments.detail(meera, again.id).acts
    assert (act.event, act.reason, act.until_on) == (AssignmentEvent.WAIVED, "Medical", None)
    assert may(permits, "E-1")[1] == [Holds.WAIVED]
    assert verified(site)


def test_who_is_let_off_until_a_day_is_asked_for_the_renewal_when_that_is_over(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock
) -> None:
    asha = add("E-1")
    ruled(school, meera, fork)
    let_off(school, meera, asha, 500)
    proved(school, meera, asha, fork)
    days_begin(school, clock, 480, step=30)
    assert states(school, meera, asha) == [State.COMPLETED, State.WAIVED]
    days_begin(school, clock, 21, step=7)
    again = newest(school, meera, asha)
    assert (again.stands.state, again.stands.is_overdue) == (State.ASSIGNED, False)
    assert again.due_on == TODAY + 501 * DAY
    days_begin(school, clock, 1)
    assert newest(school, meera, asha).stands.is_overdue


def test_a_waiver_outlasts_a_transfer_and_the_way_back(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock, people: People
) -> None:
    asha, _other = add("E-1"), add("E-2", "PRESS")
    ruled(school, meera, fork, cancels=True)
    let_off(school, meera, asha, 60)
    unit = {one.code: one.id for one in people.organisation.org_units(SYSTEM)}
    people.move(SYSTEM, asha, Destination(org_unit_id=unit["PRESS"]))
    days_begin(school, clock, 2)
    people.move(SYSTEM, asha, Destination(org_unit_id=unit["FIN"]))

    assert states(school, meera, asha) == [State.CANCELLED, State.WAIVED]
    assert newest(school, meera, asha).due_on == TODAY + 66 * DAY  # its days count from the end


def test_a_waiver_ends_when_the_person_leaves(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock, people: People
) -> None:
    asha = add("E-1")
    ruled(school, meera, fork)
    let_off(school, meera, asha)
    people.leave(SYSTEM, asha, TODAY)
    days_begin(school, clock, 30, step=10)
    people.rejoin(SYSTEM, asha)
    assert states(school, meera, asha) == [State.CANCELLED, State.ASSIGNED]


def test_what_is_waived_is_not_asked_again_before_the_waiver_is_ended(
    school: School, meera: Actor, add: Add, fork: UUID
) -> None:
    asha, acts = add("E-1"), school.training.assignments
    assigned(school, meera, "FORK", "E-1")
    one = let_off(school, meera, asha)
    with pytest.raises(StillWaived, match="let off this for good"):
        acts.ask_again(meera, one.id, reason="Seen at the machine")
    let_off(school, meera, asha, 30)
    with pytest.raises(StillWaived, match="until 23 Dec 2026"):
        acts.ask_again(meera, one.id, reason="Seen at the machine")
    assert states(school, meera, asha) == [State.WAIVED]
    acts.waivers.end(meera, one.id, "Drives again")
    acts.ask_again(meera, one.id, reason="Seen at the machine")
    assert states(school, meera, asha) == [State.SUPERSEDED, State.ASSIGNED]


def test_what_was_met_and_is_waived_is_asked_again_as_waived_and_can_be_ended_then(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock
) -> None:
    asha, acts = add("E-1"), school.training.assignments
    assigned(school, meera, "FORK", "E-1")
    one = let_off(school, meera, asha)
    proved(school, meera, asha, fork)
    clock.turn(DAY)
    acts.ask_again(meera, one.id, reason="The card was forged")
    assert states(school, meera, asha) == [State.COMPLETED, State.WAIVED]
    acts.waivers.end(meera, newest(school, meera, asha).id, "Drives again")
    assert newest(school, meera, asha).stands.state is State.ASSIGNED
    assert len(cycles(school, meera, asha)) == 2


def test_a_waiver_lets_nobody_work_at_a_dangerous_machine(
    school: School, meera: Actor, add: Add, fork: UUID
) -> None:
    asha, permits = add("E-1"), school.training.permits
    assigned(school, meera, "FORK", "E-1")
    let_off(school, meera, asha)
    a_task(permits, "FORK")
    assert may(permits, "E-1") == (Verdict.ALLOWED, [Holds.WAIVED])
    a_task(permits, "FORK", code="M", is_dangerous=True, allows_supervision=True)
    said = permits.may(SYSTEM, "E-1", "M")
    assert said.answer.verdict is Verdict.NOT_ALLOWED
    line = "Licence FORK: waived, but at a dangerous machine it has to be held"
    assert line in reasons_of(said)
    proved(school, meera, asha, fork)
    assert permits.may(SYSTEM, "E-1", "M").answer.verdict is Verdict.ALLOWED


def test_asking_again_by_mistake_that_is_cancelled_lets_count_what_was_held(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock
) -> None:
    asha, permits, acts = add("E-1"), school.training.permits, school.training.assignments
    assigned(school, meera, "FORK", "E-1")
    a_task(permits, "FORK")
    proved(school, meera, asha, fork)
    days_begin(school, clock, 2)
    again = acts.ask_again(meera, newest(school, meera, asha).id, reason="Seen at the machine")
    assert may(permits, "E-1") == (Verdict.NOT_ALLOWED, [Holds.NEVER])
    clock.turn(DAY)
    acts.cancel(meera, again, "It was Ravi")
    held, _cancelled = cycles(school, meera, asha)
    assert (held.stands.state, held.is_held) == (State.COMPLETED, True)
    assert may(permits, "E-1") == (Verdict.ALLOWED, [Holds.HELD])
    clock.turn(DAY)
    then = permits.may(SYSTEM, "E-1", "T", on=TODAY + 2 * DAY).answer
    assert [one.holds for one in then.grounds] == [Holds.NEVER]  # it was still asked again


def test_what_was_asked_again_because_of_doubts_stays_so_when_leaving_ends_it(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock, people: People
) -> None:
    asha, permits = add("E-1"), school.training.permits
    assigned(school, meera, "FORK", "E-1")
    a_task(permits, "FORK")
    proved(school, meera, asha, fork)
    days_begin(school, clock, 2)
    acts = school.training.assignments
    acts.ask_again(meera, newest(school, meera, asha).id, reason="The card was forged")
    people.leave(SYSTEM, asha, TODAY + 2 * DAY)
    days_begin(school, clock, 2)
    assert may(permits, "E-1")[1] == [Holds.NEVER]


def test_a_move_by_a_wrong_file_that_is_taken_back_gives_back_what_it_ended(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock, people: People
) -> None:
    asha, _other = add("E-1"), add("E-2", "PRESS")
    ruled(school, meera, fork, cancels=True)
    let_off(school, meera, asha, 60)
    due_on = newest(school, meera, asha).due_on
    days_begin(school, clock, 2)
    wrong = b"Employee Number,Name,Department\nE-1,Person E-1,PRESS\n"
    files = [GivenFile(name="hr.csv", content=wrong)]
    plan = people.imports.look(SYSTEM, people.imports.read(SYSTEM, files), ImportWish())
    people.imports.apply(SYSTEM, plan)
    assert states(school, meera, asha) == [State.CANCELLED]
    days_begin(school, clock, 3)

    past = people.imports.past(SYSTEM)[0].deed.id
    people.imports.take_back(SYSTEM, people.imports.plan_take_back(SYSTEM, past))
    assert states(school, meera, asha) == [State.WAIVED]  # at once, not on the next day
    assert newest(school, meera, asha).due_on == due_on
    acts = school.training.assignments.detail(meera, newest(school, meera, asha).id).acts
    assert acts[-1].reason == "The move for which it ended was taken back"
    days_begin(school, clock, 2)
    assert states(school, meera, asha) == [State.WAIVED]


def test_leaving_by_a_wrong_file_that_is_taken_back_is_undone_at_once(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock, people: People
) -> None:
    asha = add("E-1", joined_on=TODAY - 400 * DAY)
    assigned(school, meera, "FORK", "E-1")
    days_begin(school, clock, 1)
    wrong = f"Employee Number,Name,Last Working Day\nE-1,Person E-1,{TODAY - DAY}\n".encode()
    files = [GivenFile(name="hr.csv", content=wrong)]
    plan = people.imports.look(SYSTEM, people.imports.read(SYSTEM, files), ImportWish())
    people.imports.apply(SYSTEM, plan)
    assert states(school, meera, asha) == [State.CANCELLED]
    days_begin(school, clock, 1)
    past = people.imports.past(SYSTEM)[0].deed.id
    people.imports.take_back(SYSTEM, people.imports.plan_take_back(SYSTEM, past))
    assert states(school, meera, asha) == [State.ASSIGNED]


def test_an_order_to_retrain_leaves_out_who_is_let_off_and_says_who_that_is(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock, site: Site
) -> None:
    asha, ravi, retraining = add("E-1"), add("E-2"), school.training.assignments.retraining
    assigned(school, meera, "FORK", "E-1", "E-2")
    let_off(school, meera, asha, 60)
    numbers = ("E-1", "E-2")
    reach = retraining.preview(meera, "FORK", numbers)
    assert (reach.people, reach.open) == (1, 1)
    (one,) = reach.let_off
    assert (one.number, one.until) == ("E-1", TODAY + 60 * DAY)
    assert "1 is let off this and left out: Person E-1 (E-1, to" in let_off_in_words(reach.let_off)

    assert retraining.order(meera, "FORK", numbers, reason="Hit a rack") == 1
    assert states(school, meera, asha) == [State.WAIVED]
    assert states(school, meera, ravi) == [State.SUPERSEDED, State.ASSIGNED]
    with pytest.raises(TrainingRefused, match="is let off this"):
        retraining.order(meera, "FORK", ("E-1",), reason="Hit a rack")

    clock.turn(DAY)
    said = "Drives again since May"
    assert retraining.order(meera, "FORK", ("E-1",), reason="Hit a rack", despite_waiver=said) == 1
    before, again = cycles(school, meera, asha)
    assert (before.stands.state, again.stands.state) == (State.SUPERSEDED, State.ASSIGNED)
    acts = school.training.assignments.detail(meera, before.id).acts
    assert [(act.event, act.reason) for act in acts][-2:] == [
        (AssignmentEvent.WAIVER_ENDED, said),
        (AssignmentEvent.SUPERSEDED, "Hit a rack"),
    ]
    assert verified(site)


def test_an_order_reaches_who_was_let_off_before_they_left_and_is_back(
    school: School, people: People, meera: Actor, add: Add, fork: UUID, clock: TurnedClock
) -> None:
    asha = add("E-1")
    assigned(school, meera, "FORK", "E-1")
    let_off(school, meera, asha)
    people.leave(SYSTEM, PersonId(asha), on=TODAY + DAY)
    days_begin(school, clock, 10, step=5)
    people.rejoin(SYSTEM, PersonId(asha), on=TODAY + 10 * DAY)
    reach = school.training.assignments.retraining.preview(meera, "FORK", ("E-1",))
    assert (reach.people, reach.let_off) == (1, ())
