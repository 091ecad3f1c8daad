"""The training matrix: who is asked for what, what a change would do, and that it does just that."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import Audience, Destination, NewPerson, People, PersonId, PersonKind
from app.core.people.models import PlacementRow
from app.core.reports import Reports
from app.core.training import (
    DueRule,
    Loop,
    ReasonNeeded,
    RequirementType,
    Source,
    Terms,
    TrainingRefused,
    Validity,
)
from app.core.training.assignments import EnteredEvidence, State
from app.core.training.enrolment import All, OneOf, RuleWords
from app.core.training.matrix import Cell, CellEdit, Matrix, MatrixReachesMany, Need, Proposal
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, somebody, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School

TODAY = date(2026, 11, 23)
Add = Callable[..., UUID]


class Grid:
    """A matrix with a short way to say things of it."""

    def __init__(self, school: School, people: People, actor: Actor) -> None:
        people.on_changed.append(school.training.people_changed)
        self.school, self.people, self.actor = school, people, actor
        self.matrix: Matrix = school.training.matrix
        self.ids: dict[str, UUID] = {}

    def requirement(self, code: str, **said: Any) -> UUID:
        terms = Terms(
            from_on=TODAY,
            validity=Validity.FOR_GOOD,
            due_rule=DueRule.AFTER_ASSIGNMENT,
            due_days=14,
            **said,
        )
        kind = RequirementType.SESSION
        new = NewRequirement(code=code, title=f"Title {code}", type=kind, terms=terms)
        self.ids[code] = self.school.training.catalogue.add(self.actor, new)
        return self.ids[code]

    def of(self, code: str) -> UUID:
        """Return the id of anything by its code."""
        roles = {one.code: one.id for one in self.people.organisation.job_roles(SYSTEM)}
        return {**self.ids, **roles}[code]

    def cell(self, owner: str, thing: str) -> Cell:
        return Cell(owner_id=self.of(owner), thing_id=self.of(thing))

    def edits(self, *said: tuple[str, str, Need]) -> Proposal:
        edits = (CellEdit(cell=self.cell(one, other), need=need) for one, other, need in said)
        return Proposal(edits=tuple(edits))

    def ask(
        self, owner: str, thing: str, need: Need = Need.MANDATORY, on: date | None = None
    ) -> Any:
        proposal = self.edits((owner, thing, need))
        tried = self.matrix.try_out(self.actor, proposal, on)
        return self.matrix.apply(
            self.actor, proposal, reason="Because", on=on, confirmed=tried.people
        )

    def stands(self, person: UUID) -> list[tuple[str, Source, State]]:
        found = self.school.training.assignments.of_person(self.actor, person)
        return sorted((one.code, one.source, one.stands.state) for one in found)

    def move(self, person: UUID, role: str) -> None:
        unit = self.people.organisation.org_units(SYSTEM)[0].id
        place = Destination(org_unit_id=unit, job_role_id=self.of(role))  # type: ignore[arg-type]  # ids of a test
        self.people.move(SYSTEM, PersonId(person), place)


@pytest.fixture
def grid(school: School, people: People, meera: Actor) -> Grid:
    return Grid(school, people, meera)


ASSIGNED = (Source.MATRIX, State.ASSIGNED)


def test_a_mandatory_cell_assigns_to_everybody_of_the_row_and_a_recommended_one_to_nobody(
    grid: Grid, add: Add, site: Site
) -> None:
    asha, ravi = add("E-1", role="PRESS"), add("E-2", role="CLERK")
    grid.requirement("LOTO")
    grid.requirement("FIRE")
    done = grid.ask("PRESS", "LOTO")
    grid.ask("PRESS", "FIRE", Need.RECOMMENDED)

    assert (done.assigned, done.cancelled) == (1, 0)
    assert grid.stands(asha) == [("LOTO", *ASSIGNED)]
    assert grid.stands(ravi) == []
    (mine,) = grid.school.training.assignments.of_person(grid.actor, asha)
    assert mine.origin == "Required for Role PRESS"
    assert mine.due_on == TODAY + timedelta(days=14)
    assert verified(site)


def test_what_a_change_would_do_is_told_before_and_changes_nothing(grid: Grid, add: Add) -> None:
    people = [add(f"E-{number}", role="PRESS") for number in range(3)]
    add("E-9", role="CLERK")
    grid.requirement("LOTO")
    tried = grid.matrix.try_out(grid.actor, grid.edits(("PRESS", "LOTO", Need.MANDATORY)))

    assert (tried.people, tried.gain, tried.hold, tried.lose, tried.here) == (3, 3, 0, 0, 4)
    assert [one.number for one in tried.gaining] == ["E-0", "E-1", "E-2"]
    assert tried.gaining[0].due_on == TODAY + timedelta(days=14)
    (cell,) = tried.cells
    assert (cell.people, cell.gain, cell.keep, cell.lose) == (3, 3, 0, 0)
    assert all(grid.stands(one) == [] for one in people)


def test_who_moves_gets_what_is_new_keeps_what_both_ask_for_and_loses_the_rest(
    grid: Grid, add: Add
) -> None:
    asha = add("E-1", role="PRESS")
    ravi = add("E-2", role="CLERK")
    for code in ("LOTO", "FIRE", "GST"):
        grid.requirement(code)
    grid.ask("PRESS", "LOTO")
    grid.ask("PRESS", "FIRE")
    grid.ask("CLERK", "FIRE")
    grid.ask("CLERK", "GST")
    gap = grid.matrix.gap(grid.actor, asha, [grid.of("CLERK")])
    counted = grid.matrix.gap_counts(grid.actor, {asha: [grid.of("CLERK")], ravi: []})
    assert counted == {asha: (1, 1, 1), ravi: (0, 0, 2)}
    grid.move(asha, "CLERK")

    assert grid.stands(asha) == [
        ("FIRE", *ASSIGNED),
        ("GST", *ASSIGNED),
        ("LOTO", Source.MATRIX, State.CANCELLED),
    ]
    assert [one.code for one in gap.gains] == ["GST"]
    assert [one.code for one in gap.keeps] == ["FIRE"]
    assert [one.code for one in gap.loses] == ["LOTO"]
    assert gap.roles == ("Role CLERK",)


def test_a_gap_tells_grace_days_where_the_terms_give_them(grid: Grid, add: Add) -> None:
    asha = add("E-1", role="PRESS")
    add("E-2", role="CLERK")
    grid.requirement("GST", grace_days=30)
    grid.ask("CLERK", "GST")
    (new,) = grid.matrix.gap(grid.actor, asha, [grid.of("CLERK")]).to_do

    assert (new.due_on, new.grace_days) == (TODAY + timedelta(days=14), 30)
    assert grid.stands(asha) == []


def test_somebody_in_two_job_roles_that_ask_for_the_same_has_it_once(
    grid: Grid, add: Add, site: Site
) -> None:
    asha = add("E-1", role="PRESS")
    add("E-2", role="CLERK")
    unit_id = grid.people.organisation.org_units(SYSTEM)[0].id
    with site.transaction(SYSTEM, "person.move") as unit:  # as another PC places them, too
        unit.add(
            PlacementRow(
                person_id=asha, org_unit_id=unit_id, job_role_id=grid.of("CLERK"), from_on=TODAY
            )
        )
    grid.requirement("FIRE")
    both = grid.edits(("PRESS", "FIRE", Need.MANDATORY), ("CLERK", "FIRE", Need.MANDATORY))
    done = grid.matrix.apply(grid.actor, both, reason="Both")

    assert done.assigned == 2
    assert grid.stands(asha) == [("FIRE", *ASSIGNED)]
    grid.ask("PRESS", "FIRE", Need.NOTHING)
    assert grid.stands(asha) == [("FIRE", *ASSIGNED)]
    grid.ask("CLERK", "FIRE", Need.NOTHING)
    assert grid.stands(asha) == [("FIRE", Source.MATRIX, State.CANCELLED)]


def test_a_role_that_ends_today_asks_no_more(
    grid: Grid, add: Add, site: Site, clock: TurnedClock
) -> None:
    asha = add("E-1", role="PRESS")
    grid.requirement("LOTO")
    grid.ask("PRESS", "LOTO")
    with site.transaction(SYSTEM, "person.move") as unit:
        for row in unit.query(PlacementRow).filter(PlacementRow.person_id == asha):
            row.to_on = TODAY + timedelta(days=1)
    grid.school.training.begin_day(grid.actor)
    assert grid.stands(asha) == [("LOTO", *ASSIGNED)]
    clock.turn(timedelta(days=1))
    assert grid.school.training.begin_day(grid.actor).cancelled == 1
    assert grid.stands(asha) == [("LOTO", Source.MATRIX, State.CANCELLED)]


def test_a_change_for_a_day_to_come_works_on_that_day_29_february_too(
    grid: Grid, add: Add, clock: TurnedClock
) -> None:
    asha = add("E-1", role="PRESS")
    grid.requirement("LOTO")
    leap = date(2028, 2, 29)
    assert grid.ask("PRESS", "LOTO", on=leap).assigned == 0
    assert grid.matrix.grid(grid.actor).asked == {}
    assert grid.matrix.grid(grid.actor, leap).need(grid.cell("PRESS", "LOTO")) is Need.MANDATORY
    clock.turn(leap - timedelta(days=1) - TODAY)
    assert grid.school.training.begin_day(grid.actor).assigned == 0
    clock.turn(timedelta(days=1))
    assert grid.school.training.begin_day(grid.actor).assigned == 1
    assert grid.school.training.begin_day(grid.actor).assigned == 0
    assert grid.stands(asha) == [("LOTO", *ASSIGNED)]


def test_the_past_stays_as_it_was(grid: Grid, add: Add, clock: TurnedClock) -> None:
    add("E-1", role="PRESS")
    grid.requirement("LOTO")
    grid.ask("PRESS", "LOTO")
    clock.turn(timedelta(days=30))
    grid.ask("PRESS", "LOTO", Need.NOTHING)
    cell = grid.cell("PRESS", "LOTO")

    assert grid.matrix.grid(grid.actor).need(cell) is Need.NOTHING
    assert grid.matrix.grid(grid.actor, TODAY + timedelta(days=29)).need(cell) is Need.MANDATORY
    told = [(one.asked.need, one.asked.from_on) for one in grid.matrix.history(grid.actor, cell)]
    assert told == [(Need.NOTHING, TODAY + timedelta(days=30)), (Need.MANDATORY, TODAY)]
    with pytest.raises(TrainingRefused, match="in the past"):
        grid.ask("PRESS", "LOTO", on=TODAY)


def test_two_changes_of_a_cell_do_not_overlap(grid: Grid, add: Add) -> None:
    add("E-1", role="PRESS")
    grid.requirement("LOTO")
    grid.ask("PRESS", "LOTO", on=TODAY + timedelta(days=10))
    with pytest.raises(TrainingRefused, match="Role PRESS × Title LOTO another change is planned"):
        grid.ask("PRESS", "LOTO", Need.RECOMMENDED)
    grid.ask("PRESS", "LOTO", Need.RECOMMENDED, on=TODAY + timedelta(days=10))
    assert (
        grid.matrix.grid(grid.actor, TODAY + timedelta(days=10)).need(grid.cell("PRESS", "LOTO"))
        is Need.RECOMMENDED
    )


def test_a_plan_that_was_taken_back_stands_in_the_way_of_nothing(
    grid: Grid, add: Add, clock: TurnedClock, site: Site
) -> None:
    asha = add("E-1", role="PRESS")
    grid.requirement("LOTO")
    wrong, later = TODAY + timedelta(days=365), TODAY + timedelta(days=400)
    cell = grid.cell("PRESS", "LOTO")
    grid.ask("PRESS", "LOTO", on=wrong)

    grid.ask("PRESS", "LOTO", Need.NOTHING, on=wrong)

    assert grid.matrix.grid(grid.actor).planned == {}
    assert grid.matrix.history(grid.actor, cell) == ()
    grid.ask("PRESS", "LOTO")
    assert grid.stands(asha) == [("LOTO", *ASSIGNED)]
    assert grid.matrix.grid(grid.actor, later).need(cell) is Need.MANDATORY
    grid.ask("PRESS", "LOTO", Need.RECOMMENDED, on=wrong)
    assert grid.matrix.grid(grid.actor, later).need(cell) is Need.RECOMMENDED
    clock.turn(timedelta(days=400))
    assert grid.matrix.grid(grid.actor).need(cell) is Need.RECOMMENDED
    assert verified(site)


def test_what_was_asked_before_a_plan_goes_on_where_the_plan_is_taken_back(
    grid: Grid, add: Add, clock: TurnedClock
) -> None:
    asha = add("E-1", role="PRESS")
    grid.requirement("LOTO")
    day = TODAY + timedelta(days=30)
    cell = grid.cell("PRESS", "LOTO")
    grid.ask("PRESS", "LOTO")
    grid.ask("PRESS", "LOTO", Need.NOTHING, on=day)

    grid.ask("PRESS", "LOTO", Need.MANDATORY, on=day)

    asked = grid.matrix.grid(grid.actor)
    assert asked.planned == {}
    assert asked.asked[cell].to_on is None
    clock.turn(timedelta(days=31))
    grid.school.training.begin_day(SYSTEM)
    assert grid.matrix.grid(grid.actor).need(cell) is Need.MANDATORY
    assert grid.stands(asha) == [("LOTO", *ASSIGNED)]


def test_an_entry_ends_on_the_day_that_was_said(grid: Grid, add: Add, clock: TurnedClock) -> None:
    asha = add("E-1", role="PRESS")
    grid.requirement("LOTO")
    edit = CellEdit(
        cell=grid.cell("PRESS", "LOTO"), need=Need.MANDATORY, to_on=TODAY + timedelta(days=7)
    )
    grid.matrix.apply(grid.actor, Proposal(edits=(edit,)), reason="A week")
    clock.turn(timedelta(days=6))
    assert grid.school.training.begin_day(grid.actor).cancelled == 0
    clock.turn(timedelta(days=1))
    grid.school.training.begin_day(grid.actor)
    assert grid.stands(asha) == [("LOTO", Source.MATRIX, State.CANCELLED)]
    assert grid.ask("PRESS", "LOTO").assigned == 1


def test_a_curriculum_stands_for_all_that_it_holds_and_follows_its_changes(
    grid: Grid, add: Add
) -> None:
    asha = add("E-1", role="PRESS")
    for code in ("LOTO", "FIRE", "GST"):
        grid.requirement(code)
    matrix, actor = grid.matrix, grid.actor
    grid.ids["SAFE"] = matrix.curricula.add(
        actor, "SAFE", "Safety", [grid.of("FIRE"), grid.of("LOTO")]
    )
    grid.ids["NEW"] = matrix.curricula.add(actor, "NEW", "Newcomers", [grid.of("SAFE")])
    assert grid.ask("PRESS", "NEW").assigned == 2
    parts = Proposal(parts={grid.of("SAFE"): (grid.of("GST"), grid.of("FIRE"))})
    tried = matrix.try_out(actor, parts)
    assert (tried.gain, tried.lose, tried.people) == (1, 1, 1)
    done = matrix.apply(actor, parts, reason="Tax instead of locks", confirmed=1)

    assert (done.assigned, done.cancelled) == (1, 1)
    assert grid.stands(asha) == [
        ("FIRE", *ASSIGNED),
        ("GST", *ASSIGNED),
        ("LOTO", Source.MATRIX, State.CANCELLED),
    ]
    assert [one.code for one in matrix.curricula.coded(actor, "SAFE").parts] == ["GST", "FIRE"]


def test_a_curriculum_that_nobody_is_asked_for_changes_without_anybody_noticing(
    grid: Grid, add: Add
) -> None:
    add("E-1", role="PRESS")
    grid.requirement("LOTO")
    matrix, actor = grid.matrix, grid.actor
    safe = matrix.curricula.add(actor, "SAFE", "Safety")
    parts = Proposal(parts={safe: (grid.of("LOTO"),)})
    assert matrix.try_out(actor, parts).people == 0
    matrix.apply(actor, parts, reason="First part")

    assert [one.code for one in matrix.curricula.coded(actor, "SAFE").parts] == ["LOTO"]


def test_what_is_planned_of_a_curriculum_is_neither_overtaken_unsaid_nor_there_for_good(
    grid: Grid, add: Add, clock: TurnedClock
) -> None:
    asha = add("E-1", role="PRESS")
    fire, loto = grid.requirement("FIRE"), grid.requirement("LOTO")
    matrix, actor = grid.matrix, grid.actor
    safe = grid.ids["SAFE"] = matrix.curricula.add(actor, "SAFE", "Safety", [fire])
    grid.ask("PRESS", "SAFE")

    def hold(*parts: UUID, on: date | None = None) -> Any:
        return matrix.apply(actor, Proposal(parts={safe: parts}), reason="Because", on=on)

    wrong = TODAY + timedelta(days=365)
    for planned in ((), (fire, loto)):
        hold(*planned, on=wrong)
        with pytest.raises(TrainingRefused, match="planned for 23 Nov 2027"):
            hold(loto)
        assert matrix.first_day(actor, Proposal(parts={safe: (loto,)})) == wrong
        hold(fire, on=wrong)  # as it is: the plan is taken back
    assert hold(fire, loto).assigned == 1

    clock.turn(timedelta(days=366))
    grid.school.training.begin_day(SYSTEM)
    assert [one.code for one in matrix.curricula.coded(actor, "SAFE").parts] == ["FIRE", "LOTO"]
    assert grid.stands(asha) == [("FIRE", *ASSIGNED), ("LOTO", *ASSIGNED)]


def test_a_curriculum_in_itself_is_refused(grid: Grid) -> None:
    matrix, actor = grid.matrix, grid.actor
    one = matrix.curricula.add(actor, "ONE", "One")
    two = matrix.curricula.add(actor, "TWO", "Two", [one])
    for parts in ((one,), (two,)):
        with pytest.raises(Loop, match="ONE"):
            matrix.apply(actor, Proposal(parts={one: parts}), reason="Loop")
    assert matrix.curricula.coded(actor, "ONE").parts == ()


def test_po_01_a_new_contractor_is_asked_for_posh(grid: Grid, people: People, add: Add) -> None:
    add("E-0")
    grid.requirement("POSH")
    everybody = OneOf("kind", tuple(one.value for one in PersonKind))
    grid.ids["ALL"] = grid.matrix.audiences.add(grid.actor, "ALL", "Everybody", everybody)
    grid.ask("ALL", "POSH")
    ravi = people.add(
        SYSTEM, NewPerson(number="C-1", name="Ravi", kind=PersonKind.CONTRACTOR, agency="Sai")
    )

    assert grid.stands(ravi) == [("POSH", *ASSIGNED)]


def test_po_02_who_joins_the_internal_committee_is_asked_for_two_requirements(
    grid: Grid, add: Add
) -> None:
    asha = add("E-1", role="CLERK")
    add("E-2", role="IC-MEMBER")
    grid.requirement("IC-ORIENT")
    grid.requirement("IC-CAPACITY")
    grid.ids["IC"] = grid.matrix.curricula.add(
        grid.actor, "IC", "Internal Committee", [grid.of("IC-ORIENT"), grid.of("IC-CAPACITY")]
    )
    grid.ask("IC-MEMBER", "IC")
    grid.move(asha, "IC-MEMBER")

    assert grid.stands(asha) == [("IC-CAPACITY", *ASSIGNED), ("IC-ORIENT", *ASSIGNED)]


def test_fa_01_contract_labour_in_a_job_role_is_asked_for_safety_training(
    grid: Grid, site: Site, people: People, add: Add
) -> None:
    asha = add("E-1", role="PRESS")
    grid.requirement("SAFETY")
    grid.ask("PRESS", "SAFETY")
    unit = people.organisation.org_units(SYSTEM)[0].id
    place = Destination(org_unit_id=unit, job_role_id=grid.of("PRESS"))  # type: ignore[arg-type]  # ids of a test
    ravi = people.add(
        SYSTEM, NewPerson(number="C-1", name="Ravi", kind=PersonKind.CONTRACTOR, place=place)
    )

    assert grid.stands(ravi) == [("SAFETY", *ASSIGNED)]

    boss = somebody("Boss", *Capability)

    def without(*filters: tuple[str, str]) -> list[tuple[object, ...]]:
        named = PageRequest(filters=(("requirement", "SAFETY"), *filters))
        rows = Reports(site).page(boss, "untrained", named).rows
        return [(row[0], row[4]) for row in rows]

    assert without() == [("C-1", "contractor"), ("E-1", "employee")]
    assert without(("kind", "contractor")) == [("C-1", "contractor")]
    paper = EnteredEvidence(issuer="Factory", number="1", obtained_on=TODAY, valid_until=None)
    evidence = grid.school.training.assignments.evidence
    for person in (asha, ravi):
        evidence.enter(grid.actor, person, grid.of("SAFETY"), paper)
    assert without() == []
    nothing = Reports(site).page(boss, "untrained", PageRequest()).rows
    assert nothing == ()


def test_a_change_that_reaches_many_needs_the_number_to_be_said(grid: Grid, add: Add) -> None:
    for number in range(25):
        add(f"E-{number}", role="PRESS")
    grid.requirement("LOTO")
    proposal = grid.edits(("PRESS", "LOTO", Need.MANDATORY))
    with pytest.raises(MatrixReachesMany, match="25 of 25 people"):
        grid.matrix.apply(grid.actor, proposal, reason="All")
    assert grid.matrix.grid(grid.actor).asked == {}
    assert grid.matrix.apply(grid.actor, proposal, reason="All", confirmed=25).assigned == 25


def test_a_large_change_that_was_confirmed_is_carried_out_on_its_day_and_no_other(
    grid: Grid, add: Add, clock: TurnedClock
) -> None:
    for number in range(25):
        add(f"E-{number}", role="PRESS")
    grid.requirement("LOTO")
    tomorrow = TODAY + timedelta(days=1)
    grid.ask("PRESS", "LOTO", on=tomorrow)
    grid.people.on_changed.clear()
    for number in range(100):
        add(f"F-{number}", role="PRESS")
    clock.turn(timedelta(days=1))
    held = grid.school.training.begin_day(grid.actor)
    assert (held.assigned, held.held_back) == (0, ("Title LOTO",))
    waits = grid.matrix.waiting(grid.actor)
    assert (waits.people, waits.assigned, waits.cancelled) == (125, 125, 0)
    assert grid.matrix.run(grid.actor, confirmed=125).assigned == 125
    assert not grid.matrix.waiting(grid.actor).is_anything


def test_a_rule_and_the_matrix_that_both_ask_take_nothing_from_each_other(
    grid: Grid, add: Add
) -> None:
    asha = add("E-1", role="PRESS")
    add("E-2", unit="OTHER", role="CLERK")
    gst = grid.requirement("GST")
    enrolment = grid.school.training.enrolment
    words = RuleWords(
        title="Finance", requirement_id=gst, condition=OneOf("unit", ("FIN",)), cancels=True
    )
    grid.ask("PRESS", "GST")
    enrolment.switch_on(grid.actor, enrolment.add(grid.actor, "FIN", words))
    tried = grid.matrix.try_out(grid.actor, grid.edits(("PRESS", "GST", Need.NOTHING)))
    assert (tried.lose, tried.people) == (0, 0)
    grid.ask("PRESS", "GST", Need.NOTHING)
    assert grid.stands(asha) == [("GST", *ASSIGNED)]


def test_what_was_assigned_by_hand_stays_and_what_is_held_is_told(grid: Grid, add: Add) -> None:
    asha = add("E-1", role="PRESS")
    grid.requirement("LOTO")
    grid.school.training.assign(
        grid.actor, "LOTO", Audience(numbers=("E-1",)), due_on=None, origin="By hand"
    )
    assert grid.ask("PRESS", "LOTO").assigned == 0
    grid.ask("PRESS", "LOTO", Need.NOTHING)
    assert grid.stands(asha) == [("LOTO", Source.MANUAL, State.ASSIGNED)]


def test_what_is_no_change_is_refused_in_a_sentence(grid: Grid, add: Add, meera: Actor) -> None:
    add("E-1", role="PRESS")
    grid.requirement("LOTO")
    proposal = grid.edits(("PRESS", "LOTO", Need.MANDATORY))
    with pytest.raises(TrainingRefused, match="Nothing is to be changed"):
        grid.matrix.try_out(meera, Proposal())
    with pytest.raises(ReasonNeeded):
        grid.matrix.apply(meera, proposal, reason=" ")
    with pytest.raises(TrainingRefused, match="two ways"):
        grid.matrix.try_out(meera, Proposal(edits=proposal.edits * 2))
    edit = CellEdit(cell=grid.cell("PRESS", "LOTO"), need=Need.MANDATORY, to_on=TODAY)
    with pytest.raises(TrainingRefused, match="end before"):
        grid.matrix.try_out(meera, Proposal(edits=(edit,)))


def test_marks_that_wait_are_kept_until_they_are_applied(grid: Grid, add: Add) -> None:
    add("E-1", role="PRESS")
    grid.requirement("LOTO")
    proposal = grid.edits(("PRESS", "LOTO", Need.MANDATORY))
    grid.matrix.drafts.keep(grid.actor, proposal.edits)
    assert grid.matrix.drafts.mine(grid.actor) == proposal.edits
    grid.matrix.apply(grid.actor, proposal, reason="Now")
    assert grid.matrix.drafts.mine(grid.actor) == ()
    (change,) = grid.matrix.changes(grid.actor)
    assert (change.reason, change.cells, change.by_name) == ("Now", 1, "Meera Iyer")


def test_an_audience_is_changed_with_its_impact_told(grid: Grid, add: Add) -> None:
    asha, ravi = add("E-1"), add("E-2", unit="PRESS")
    grid.requirement("LOTO")
    audiences = grid.matrix.audiences
    grid.ids["A"] = audiences.add(grid.actor, "A", "Some", OneOf("unit", ("FIN",)))
    grid.ask("A", "LOTO")
    other = Proposal(conditions={grid.of("A"): All((OneOf("unit", ("PRESS",)),))})
    tried = grid.matrix.try_out(grid.actor, other)
    assert (tried.gain, tried.lose, tried.people) == (1, 1, 2)
    grid.matrix.apply(grid.actor, other, reason="Moved")

    assert grid.stands(asha) == [("LOTO", Source.MATRIX, State.CANCELLED)]
    assert grid.stands(ravi) == [("LOTO", *ASSIGNED)]
    with pytest.raises(TrainingRefused, match="still asked"):
        grid.matrix.retire_audience(grid.actor, grid.of("A"))
    grid.ask("A", "LOTO", Need.NOTHING)
    grid.matrix.retire_audience(grid.actor, grid.of("A"))


def test_a_renewal_that_the_matrix_asks_for_no_more_ends_on_the_day_it_opens(
    grid: Grid, add: Add, meera: Actor, clock: TurnedClock
) -> None:
    asha = add("E-1", role="PRESS")
    add("E-2", role="CLERK")
    terms = Terms(from_on=TODAY, validity=Validity.MONTHS, valid_count=12)
    new = NewRequirement(code="LOTO", title="L", type=RequirementType.EXTERNAL, terms=terms)
    grid.ids["LOTO"] = grid.school.training.catalogue.add(meera, new)
    grid.ask("PRESS", "LOTO")
    evidence = grid.school.training.assignments.evidence
    proof = EnteredEvidence(issuer="RTO", obtained_on=TODAY)
    evidence.enter(meera, asha, grid.ids["LOTO"], proof)
    grid.move(asha, "CLERK")
    clock.turn(timedelta(days=340))
    grid.school.training.begin_day(meera)

    assert [(source, state) for _code, source, state in grid.stands(asha)] == [
        (Source.MATRIX, State.COMPLETED),
        (Source.RENEWAL, State.CANCELLED),
    ]


def test_who_moves_away_and_back_on_one_day_has_what_they_had(
    grid: Grid, add: Add, people: People, meera: Actor, clock: TurnedClock
) -> None:
    asha = add("E-1", role="PRESS")
    add("E-2", role="CLERK")
    grid.requirement("LOTO")
    grid.requirement("FIRE")
    grid.ask("PRESS", "LOTO")
    press = All((OneOf("role", ("PRESS",)),))
    words = RuleWords(title="Press", requirement_id=grid.ids["FIRE"], condition=press, cancels=True)
    rules = grid.school.training.enrolment
    rules.switch_on(meera, rules.add(meera, "PRESS", words))
    acts = grid.school.training.assignments

    def mine() -> list[tuple[str, int, date | None, State]]:
        found = acts.of_person(meera, asha)
        return sorted((one.code, one.cycle, one.due_on, one.stands.state) for one in found)

    before = mine()
    clock.turn(timedelta(days=10))
    grid.move(asha, "CLERK")
    assert {state for *_more, state in mine()} == {State.CANCELLED}
    grid.move(asha, "PRESS")
    assert mine() == before

    grid.move(asha, "CLERK")
    clock.turn(timedelta(days=1))
    grid.move(asha, "PRESS")
    assert [cycle for _code, cycle, *_more in mine()] == [1, 2, 1, 2]
