"""Two PCs of a site assign, renew and waive apart: after they met, a pair has one open cycle on both."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.people import Audience, NewPerson, People, rebuild_listing
from app.core.training import DueRule, LoopWaits, Offering, RequirementType, Terms, Validity
from app.core.training.assignments import AssignmentSummary, EnteredEvidence, State
from app.core.training.in_force import is_open
from app.core.training.kinds import LinkKind
from app.core.training.models import AssignmentRow, RequirementCreditRow
from app.core.training.requirements import NewRequirement, RequirementChange
from tests.core.training.conftest import SYSTEM, somebody, verified
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc
from tests.support.teaching import School, a_school

TODAY = date(2026, 11, 23)
YEARLY = Terms(
    from_on=TODAY,
    validity=Validity.MONTHS,
    valid_count=12,
    due_rule=DueRule.AFTER_ASSIGNMENT,
    due_days=14,
)
MEERA = Actor(account_id=new_id(), person_id=None, name="Meera", grants=SYSTEM.grants)


class Pair:
    """Two PCs that know Asha and a licence, and a stick."""

    def __init__(self, one: Pc, two: Pc, folder: Path) -> None:
        self.pcs = (one, two)
        self.folder = folder
        self.schools = [a_school(pc.opened.site) for pc in self.pcs]
        self.asha: UUID = People(one.opened.site).add(SYSTEM, NewPerson(number="E-1", name="Asha"))
        kind = RequirementType.EXTERNAL
        new = NewRequirement(code="FORK", title="Forklift licence", type=kind, terms=YEARLY)
        self.fork = self.one.training.catalogue.add(MEERA, new)
        self.carry(0)

    @property
    def one(self) -> School:
        return self.schools[0]

    @property
    def two(self) -> School:
        return self.schools[1]

    def carry(self, sender: int) -> None:
        """Take a stick from one PC to the other."""
        stick = self.folder / f"stick {new_id().hex}"
        stick.mkdir()
        giver, taker = self.pcs[sender], self.pcs[1 - sender]
        taker.take(giver.send(stick, taker))
        taught = self.schools[1 - sender].training
        for touched in taker.settled:
            taught.take_over(touched)
        with taker.opened.site.transaction(SYSTEM, "derived.settle") as unit:
            rebuild_listing(unit)

    def meet(self) -> None:
        """Take sticks both ways, until both have everything."""
        for sender in (0, 1, 0):
            self.carry(sender)

    def cycles(self, school: School) -> list[AssignmentSummary]:
        found = school.training.assignments.of_person(MEERA, self.asha)
        return sorted(found, key=lambda one: one.cycle)


@pytest.fixture
def pair(tmp_path: Path, clock: TurnedClock) -> Pair:
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    return Pair(one, two, tmp_path)


def assign(school: School) -> None:
    school.training.assign(MEERA, "FORK", Audience(), due_on=None, origin="Drives")


def states(pair: Pair, school: School) -> list[tuple[int, State]]:
    return [(one.cycle, one.stands.state) for one in pair.cycles(school)]


def overdue() -> PageRequest:
    return PageRequest(filters=(("overdue", "yes"),))


def open_ones(school: School) -> int:
    with school.site.read() as session:
        return len(session.scalars(sa.select(AssignmentRow.id).where(*is_open())).all())


def test_what_both_assigned_is_one(pair: Pair) -> None:
    assign(pair.one)
    assign(pair.two)
    pair.meet()

    assert states(pair, pair.one) == states(pair, pair.two) == [(1, State.ASSIGNED)]
    assert pair.cycles(pair.one)[0].id == pair.cycles(pair.two)[0].id


def test_a_renewal_that_both_opened_is_one(pair: Pair, clock: TurnedClock) -> None:
    assign(pair.one)
    proof = EnteredEvidence(issuer="RTO", obtained_on=TODAY)
    pair.one.training.assignments.evidence.enter(MEERA, pair.asha, pair.fork, proof)
    pair.carry(0)
    clock.turn(timedelta(days=340))
    assert pair.one.training.begin_day(MEERA).opened == 1
    assert pair.two.training.begin_day(MEERA).opened == 1
    pair.meet()

    for school in pair.schools:
        assert states(pair, school) == [(1, State.COMPLETED), (2, State.ASSIGNED)]
        assert open_ones(school) == 1
        assert school.training.begin_day(MEERA).opened == 0
        assert verified(school.site)


def test_a_renewal_that_was_met_elsewhere_before_it_was_known_is_closed(
    pair: Pair, clock: TurnedClock
) -> None:
    assign(pair.one)
    proof = EnteredEvidence(issuer="RTO", obtained_on=TODAY)
    pair.one.training.assignments.evidence.enter(MEERA, pair.asha, pair.fork, proof)
    pair.carry(0)
    clock.turn(timedelta(days=340))
    again = EnteredEvidence(issuer="RTO", obtained_on=TODAY + timedelta(days=340))
    pair.two.training.assignments.evidence.enter(MEERA, pair.asha, pair.fork, again)
    assert pair.one.training.begin_day(MEERA).opened == 1
    pair.meet()
    for school in pair.schools:
        school.training.begin_day(MEERA)
    pair.meet()

    for school in pair.schools:
        assert states(pair, school) == [(1, State.COMPLETED), (2, State.COMPLETED)]
        assert open_ones(school) == 0


def test_of_two_cycles_that_are_open_the_later_is_in_force_and_the_earlier_superseded(
    pair: Pair,
) -> None:
    assign(pair.one)
    pair.carry(0)
    (mine,) = pair.cycles(pair.one)
    pair.one.training.assignments.ask_again(MEERA, mine.id, reason="New revision")
    pair.two.training.assignments.waivers.waive(
        MEERA, mine.id, until_on=None, reason="In the office"
    )
    pair.meet()

    for school in pair.schools:
        assert states(pair, school) == [(1, State.SUPERSEDED), (2, State.ASSIGNED)]
        assert open_ones(school) == 1


def test_what_was_cancelled_here_and_assigned_anew_there_is_open_once(pair: Pair) -> None:
    assign(pair.one)
    pair.carry(0)
    (mine,) = pair.cycles(pair.one)
    pair.one.training.assignments.cancel(MEERA, mine.id, "Moved")
    assign(pair.one)
    assign(pair.two)  # has it there: nothing happens
    pair.meet()

    for school in pair.schools:
        assert states(pair, school) == [(1, State.CANCELLED), (2, State.ASSIGNED)]
        assert open_ones(school) == 1


def test_a_loop_that_two_pcs_made_credits_once_and_what_comes_first_waits_for_a_decision(
    pair: Pair,
) -> None:
    """Each PC refuses a loop; of two that said one half each, neither knew."""
    one, two = pair.one.training.catalogue, pair.two.training.catalogue
    kind = RequirementType.EXTERNAL
    lift = one.add(MEERA, NewRequirement(code="LIFT", title="Lift", type=kind, terms=YEARLY))
    pair.carry(0)
    one.change(MEERA, pair.fork, RequirementChange(substitutes=(lift,)))
    two.change(MEERA, lift, RequirementChange(substitutes=(pair.fork,)))
    pair.meet()

    shown = EnteredEvidence(issuer="RTO", obtained_on=TODAY)
    pair.one.training.assignments.evidence.enter(MEERA, pair.asha, lift, shown)
    with pair.one.site.read() as session:
        credited = session.scalars(sa.select(RequirementCreditRow.requirement_id)).all()
    assert len(credited) == 2
    assert set(credited) == {lift, pair.fork}

    one.change(MEERA, pair.fork, RequirementChange(prerequisites=(lift,)))
    two.change(MEERA, lift, RequirementChange(prerequisites=(pair.fork,)))
    pair.meet()
    with pytest.raises(LoopWaits):
        one.change(MEERA, pair.fork, RequirementChange(substitutes=(), prerequisites=()))
    one.change(MEERA, pair.fork, RequirementChange(substitutes=()))
    pair.meet()
    for catalogue in (one, two):
        (waits,) = catalogue.detail(MEERA, pair.fork).links
        assert waits.kind is LinkKind.PREREQUISITE
        assert len(catalogue.detail(MEERA, lift).links) == 2
    assert verified(pair.two.site)


def test_what_somebody_took_on_two_pcs_is_one_and_gives_way_to_what_is_asked(pair: Pair) -> None:
    pair.one.training.offers.say(MEERA, pair.fork, Offering.OPEN)
    pair.carry(0)
    asha = replace(somebody("Asha", Capability.LEARN), person_id=pair.asha)
    for school in pair.schools:
        school.training.choosing.take(asha, pair.fork)
    pair.meet()
    assert states(pair, pair.one) == states(pair, pair.two) == [(1, State.ASSIGNED)]
    assert pair.cycles(pair.one)[0].id == pair.cycles(pair.two)[0].id

    assign(pair.one)
    pair.meet()
    for school in pair.schools:
        assert states(pair, school) == [(1, State.SUPERSEDED), (2, State.ASSIGNED)]
        assert open_ones(school) == 1
        assert verified(school.site)


def test_what_was_met_elsewhere_before_it_was_asked_is_completed_and_renewed_on_both(
    pair: Pair, clock: TurnedClock
) -> None:
    proof = EnteredEvidence(issuer="RTO", obtained_on=TODAY)
    pair.two.training.assignments.evidence.enter(MEERA, pair.asha, pair.fork, proof)
    assign(pair.one)
    pair.meet()
    clock.turn(timedelta(days=340))
    for school in pair.schools:
        assert school.training.begin_day(MEERA).opened == 1
    pair.meet()

    for school in pair.schools:
        assert states(pair, school) == [(1, State.COMPLETED), (2, State.ASSIGNED)]
        assert pair.cycles(school)[1].due_on == date(2027, 11, 23)
        assert not school.training.assignments.page(MEERA, overdue()).rows
    with pair.one.site.read() as one, pair.two.site.read() as two:
        closed = sa.select(AssignmentRow.closed_at, AssignmentRow.credit_id).where(
            AssignmentRow.cycle == 1
        )
        assert one.execute(closed).one() == two.execute(closed).one()


@pytest.mark.parametrize("meets_before", [True, False])
def test_one_leave_that_both_noted_moves_due_dates_once(
    pair: Pair, clock: TurnedClock, meets_before: bool
) -> None:
    assign(pair.one)
    pair.meet()
    for school in pair.schools:
        away = school.training.assignments.absences
        away.note(MEERA, pair.asha, TODAY + timedelta(days=2), TODAY + timedelta(days=12), "Leave")
    if meets_before:
        pair.meet()
    clock.turn(timedelta(days=13))
    for school in pair.schools:
        school.training.begin_day(MEERA)
    pair.meet()
    for school in pair.schools:
        school.training.begin_day(MEERA)

    dues = [one.due_on for school in pair.schools for one in pair.cycles(school)]
    assert dues == [date(2026, 12, 17)] * 2


def test_absences_of_two_pcs_put_off_one_due_date_by_all_their_days(
    pair: Pair, clock: TurnedClock
) -> None:
    """What PCs made of one due date apart waits for a decision; days away are sums, and ask nobody."""
    assign(pair.one)
    pair.carry(0)
    days = timedelta(days=1)
    away = [school.training.assignments.absences for school in pair.schools]
    away[0].note(MEERA, pair.asha, TODAY, TODAY + 5 * days, "Leave")
    away[1].note(MEERA, pair.asha, TODAY + 3 * days, TODAY + 10 * days, "Illness")
    clock.turn(10 * days)
    for school, moved in zip(pair.schools, (5, 7), strict=True):
        assert school.training.begin_day(MEERA).moved == 1
        assert pair.cycles(school)[0].due_on == TODAY + (14 + moved) * days
    pair.meet()

    for pc, school in zip(pair.pcs, pair.schools, strict=True):
        assert pair.cycles(school)[0].due_on == TODAY + 24 * days
        assert not pc.sync.conflicts(SYSTEM)
        assert school.training.begin_day(MEERA).moved == 0
        then = school.training.assignments.of_person(MEERA, pair.asha, on=TODAY + 2 * days)
        assert then[0].due_on == TODAY + 14 * days
        assert verified(school.site)


def test_a_due_date_that_waits_for_a_decision_holds_up_nobody_elses_day(
    pair: Pair, clock: TurnedClock
) -> None:
    assign(pair.one)
    pair.carry(0)
    for school, later in zip(pair.schools, (20, 30), strict=True):
        with school.site.transaction(SYSTEM, "assignment.assign") as unit:
            row = unit.scalars(sa.select(AssignmentRow)).one()
            row.due_on = TODAY + timedelta(days=later)
    pair.meet()
    away = pair.one.training.assignments.absences
    away.note(MEERA, pair.asha, TODAY, TODAY + timedelta(days=5), "Leave")
    clock.turn(timedelta(days=5))

    assert pair.one.training.begin_day(MEERA).moved == 0
    (waits,) = pair.pcs[0].sync.conflicts(SYSTEM)
    assert waits.column == "due_on"
