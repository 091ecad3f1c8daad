"""Reminders: steps as a rule, each told once, people on leave, boards, and the ladder as a setting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.actor import Actor
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.people import Audience, Destination, People, PersonChange
from app.core.people.shifts import NewShift, WhoWorks, read_pattern
from app.core.training import EvidenceRule, RequirementType, Terms, TrainingRefused, Validity
from app.core.training.assignments import EnteredEvidence
from app.core.training.reminders import (
    Due,
    Ladder,
    LadderStep,
    LadderWords,
    RollBy,
    Told,
    ladder_on,
    rungs,
    whom_told,
)
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School

Add = Callable[..., UUID]
TODAY = date(2026, 11, 23)
_DAYS = st.dates(date(2027, 1, 1), date(2029, 3, 31))
_COUNTS = st.none() | st.integers(0, 60)


def due_on(day: date, grace: int = 0) -> Due:
    return Due(
        work_id=new_id(), person_id=new_id(), number="E-1", name="Asha", org_unit_id=None,
        org_unit="", code="GST", title="GST", due_on=day, supervisor_id=None,
        late_after=day + timedelta(days=grace) if grace else None,
    )  # fmt: skip


def steps_reached(ladder: Ladder, due: Due, day: date) -> tuple[LadderStep, ...]:
    last = due.late_after or due.due_on
    return tuple(
        rung.step
        for rung in rungs(ladder, day)
        if due.due_on <= rung.due_until and last <= rung.late_until
    )


@given(
    st.builds(Ladder, learner_before=_COUNTS, supervisor_after=_COUNTS, head_after=_COUNTS,
              qa_after=_COUNTS),
    _DAYS, st.integers(0, 20), _DAYS, st.integers(0, 400),
)  # fmt: skip
def test_a_step_that_is_reached_stays_reached(
    ladder: Ladder, due: date, grace: int, day: date, later: int
) -> None:
    one = due_on(due, grace)

    now = steps_reached(ladder, one, day)

    assert len(set(now)) == len(now)
    assert set(now) <= set(steps_reached(ladder, one, day + timedelta(days=later)))
    learner = ladder.learner_before
    offs = (learner, learner, ladder.supervisor_after, ladder.head_after, ladder.qa_after)
    assert {step for step, off in zip(LadderStep, offs, strict=True) if off is None}.isdisjoint(now)


def test_the_29th_of_february_is_a_day_like_any_other() -> None:
    ladder = Ladder(learner_before=1, supervisor_after=0, head_after=1, qa_after=366)
    one = due_on(date(2028, 2, 29))
    told = [
        steps_reached(ladder, one, day)
        for day in (
            date(2028, 2, 27), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1),
            date(2029, 2, 28), date(2029, 3, 1),
        )
    ]  # fmt: skip
    up_to_head = (
        LadderStep.LEARNER, LadderStep.LEARNER_LATE, LadderStep.SUPERVISOR, LadderStep.HEAD,
    )  # fmt: skip
    assert told == [
        (), (LadderStep.LEARNER,), (LadderStep.LEARNER, LadderStep.SUPERVISOR), up_to_head, up_to_head,
        (*up_to_head, LadderStep.QA),
    ]  # fmt: skip


def test_nobody_is_told_on_of_somebody_who_has_days_of_grace() -> None:
    one = due_on(TODAY, grace=10)
    assert steps_reached(Ladder(), one, TODAY + timedelta(days=9)) == (LadderStep.LEARNER,)
    assert steps_reached(Ladder(), one, TODAY + timedelta(days=10)) == (
        LadderStep.LEARNER,
        LadderStep.SUPERVISOR,
    )
    assert LadderStep.LEARNER_LATE in steps_reached(Ladder(), one, TODAY + timedelta(days=11))
    nobody = Ladder(learner_before=None)
    assert LadderStep.LEARNER_LATE not in steps_reached(nobody, one, TODAY + timedelta(days=99))


def test_the_ladder_of_a_day_is_the_newest_that_had_begun() -> None:
    first = Ladder(from_on=TODAY, head_after=1)
    later = Ladder(from_on=TODAY + timedelta(days=10), head_after=2)
    assert ladder_on(TODAY - timedelta(days=1), [first, later]) == Ladder()
    assert ladder_on(TODAY + timedelta(days=9), [first, later]) == first
    assert ladder_on(TODAY + timedelta(days=10), [later, first]) == later


@pytest.fixture
def plant(school: School, people: People, add: Add) -> School:
    """Asha and Ravi under Meera; head Farida, quality assurance Quirin; GST is due in ten days."""
    for number in ("M-1", "H-1", "Q-1"):
        add(number)
    meera = add("E-0")
    for number in ("E-1", "E-2"):
        person = add(number)
        place = people.person(SYSTEM, person).placement  # type: ignore[arg-type]  # an id of a test
        assert place is not None
        people.move(
            SYSTEM,
            person,  # type: ignore[arg-type]  # an id of a test
            Destination(org_unit_id=place.org_unit_id, manager_id=meera),  # type: ignore[arg-type]  # likewise
        )
    for number in ("M-1", "H-1", "Q-1", "E-0", "E-1", "E-2"):
        email = PersonChange(email=f"{number}@plant.example")
        people.edit(SYSTEM, people.find(SYSTEM, number).id, email)
    terms = Terms(
        from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
    )
    kind = RequirementType.EXTERNAL
    new = NewRequirement(code="GST", title="GST course", type=kind, terms=terms)
    school.training.catalogue.add(SYSTEM, new)
    words = LadderWords(
        from_on=TODAY, learner_before=7, supervisor_after=0, head_after=5, qa_after=10,
        head="H-1", qa="Q-1",
    )  # fmt: skip
    school.training.reminders.set_ladder(SYSTEM, words)
    to = Audience(numbers=("E-1", "E-2"))
    due = TODAY + timedelta(days=10)
    school.training.assign(SYSTEM, "GST", to, due_on=due, origin="All")
    return school


def take(school: School) -> list[tuple[str, LadderStep, str]]:
    """Take what is new today: who is told, at which step, of whom."""
    fresh = school.training.reminders.fresh()
    with school.site.transaction(SYSTEM, "mail.compose") as unit:
        found = school.training.reminders.take(unit, fresh)
        assert (
            school.training.reminders.take(unit, fresh) == ()
        )  # another program had read the same
    return sorted(
        (one.recipient.number, one.step, one.due.number) for one in found if one.recipient
    )


def test_everybody_is_told_once_in_the_order_of_the_ladder(
    plant: School, clock: TurnedClock
) -> None:
    told: list[tuple[int, list[tuple[str, LadderStep, str]]]] = []
    for day in range(40):
        fresh = take(plant)
        assert take(plant) == []  # another run on the same day
        if fresh:
            told.append((day, fresh))
        clock.turn(timedelta(days=1))
    both = ("E-1", "E-2")
    assert told == [
        (3, [(one, LadderStep.LEARNER, one) for one in both]),
        (10, [("E-0", LadderStep.SUPERVISOR, one) for one in both]),
        (11, [(one, LadderStep.LEARNER_LATE, one) for one in both]),
        (15, [("H-1", LadderStep.HEAD, one) for one in both]),
        (20, [("Q-1", LadderStep.QA, one) for one in both]),
    ]
    clock.set_wall(clock.now() - timedelta(days=30))
    assert take(plant) == []  # time went back
    assert verified(plant.site)


def test_who_is_on_leave_is_paused_and_who_holds_it_is_left_alone(
    plant: School, clock: TurnedClock
) -> None:
    (asha, ravi) = (one.due for one in told(plant, TODAY + timedelta(days=5)))
    plant.training.assignments.absences.note(SYSTEM, asha.person_id, TODAY, None, "Leave")
    clock.turn(timedelta(days=10))
    assert {one.due.number for one in told(plant)} == {"E-2"}
    requirement = plant.training.catalogue.coded(SYSTEM, "GST").summary.id
    shown = EnteredEvidence(issuer="RTO", obtained_on=TODAY)
    plant.training.assignments.evidence.enter(SYSTEM, ravi.person_id, requirement, shown)
    assert told(plant) == []
    assert take(plant) == []


def test_a_step_is_taken_anew_once_the_work_is_due_on_another_day(
    plant: School, clock: TurnedClock
) -> None:
    asha = next(
        one.due for one in told(plant, TODAY + timedelta(days=5)) if one.due.number == "E-1"
    )
    clock.turn(timedelta(days=3))
    assert len(take(plant)) == 2
    leave = (TODAY + timedelta(days=3), TODAY + timedelta(days=22))
    plant.training.assignments.absences.note(SYSTEM, asha.person_id, *leave, "Leave")
    days: list[tuple[int, str, LadderStep]] = []
    for day in range(4, 60):
        clock.turn(timedelta(days=1))
        plant.training.begin_day(SYSTEM)
        days += [(day, told, step) for told, step, whom in take(plant) if whom == "E-1"]

    (mine,) = plant.training.assignments.of_person(SYSTEM, asha.person_id)
    assert mine.due_on is not None
    moved = (mine.due_on - TODAY).days
    assert moved > 22
    assert days == [
        (moved - 7, "E-1", LadderStep.LEARNER),
        (moved, "E-0", LadderStep.SUPERVISOR),
        (moved + 1, "E-1", LadderStep.LEARNER_LATE),
        (moved + 5, "H-1", LadderStep.HEAD),
        (moved + 10, "Q-1", LadderStep.QA),
    ]


def told(school: School, on: date | None = None) -> list[Told]:
    return list(school.training.reminders.told(SYSTEM, on))


def test_instead_of_a_supervisor_on_leave_theirs_is_told_or_whom_the_next_step_names(
    plant: School, people: People, clock: TurnedClock
) -> None:
    ids = {number: people.find(SYSTEM, number).id for number in ("E-0", "M-1", "H-1")}
    place = people.person(SYSTEM, ids["E-0"]).placement
    assert place is not None
    above = Destination(org_unit_id=place.org_unit_id, manager_id=ids["M-1"])
    people.move(SYSTEM, ids["E-0"], above)
    clock.turn(timedelta(days=10))
    today = TODAY + timedelta(days=10)
    absences = plant.training.assignments.absences
    absences.note(SYSTEM, ids["E-0"], today, None, "Leave")
    told_of = "Person {}, for Person E-0, who is on leave or has left"
    assert supervisors_told(plant) == [told_of.format("M-1")] * 2
    absences.note(SYSTEM, ids["M-1"], today, today + timedelta(days=9), "Leave")
    assert supervisors_told(plant) == [told_of.format("H-1")] * 2
    rolls = plant.training.reminders.rolls(SYSTEM)
    assert [one.heading for one in rolls] == ["Person E-0"]  # nobody else hangs up their page
    absences.note(SYSTEM, ids["H-1"], today, today + timedelta(days=1), "Leave")
    assert supervisors_told(plant) == ["Nobody is known"] * 2
    assert take(plant) == [(one, LadderStep.LEARNER, one) for one in ("E-1", "E-2")]
    clock.turn(timedelta(days=1))
    assert take(plant) == [
        *((one, LadderStep.LEARNER_LATE, one) for one in ("E-1", "E-2")),
        *(("H-1", LadderStep.SUPERVISOR, one) for one in ("E-1", "E-2")),
    ]


def test_whom_nobody_supervises_the_next_step_hears_of_and_nobody_is_told_of_themselves(
    plant: School, add: Add, clock: TurnedClock
) -> None:
    """H-1 has no supervisor, and is the head themselves; nor has E-9."""
    add("E-9")
    to = Audience(numbers=("H-1", "E-9"))
    due = TODAY + timedelta(days=10)
    plant.training.assign(SYSTEM, "GST", to, due_on=due, origin="All")
    clock.turn(timedelta(days=15))
    late = [
        (one.due.number, one.step, whom_told(one))
        for one in told(plant)
        if one.due.number in {"H-1", "E-9"} and not one.is_own
    ]
    assert late == [
        ("E-9", LadderStep.SUPERVISOR, "Person H-1"),
        ("E-9", LadderStep.HEAD, "Person H-1"),
        ("H-1", LadderStep.SUPERVISOR, "Nobody is known"),
        ("H-1", LadderStep.HEAD, "Person Q-1"),
    ]


def supervisors_told(school: School) -> list[str]:
    return [whom_told(one) for one in told(school) if one.step is LadderStep.SUPERVISOR]


def test_rolls_are_by_supervisor_or_department_and_print_names_or_numbers_alone(
    plant: School, add: Add, clock: TurnedClock
) -> None:
    reminders = plant.training.reminders
    with pytest.raises(TrainingRefused, match="nothing to hang up"):
        reminders.board(SYSTEM, "Pune")
    add("E-9", unit="PRESS")
    to = Audience(numbers=("E-9",))
    plant.training.assign(SYSTEM, "GST", to, due_on=TODAY, origin="All")
    clock.turn(timedelta(days=11))
    assert [(one.heading, len(one.dues)) for one in reminders.rolls(SYSTEM)] == [
        ("Person E-0", 2),
        ("No supervisor", 1),
    ]
    units = reminders.rolls(SYSTEM, by=RollBy.UNIT)
    assert [one.heading for one in units] == ["Department FIN", "Department PRESS"]
    document = reminders.board(SYSTEM, "Pune", by=RollBy.UNIT)
    assert (document.content[:4], document.leaving.records) == (b"%PDF", 3)
    one = reminders.board(SYSTEM, "Pune", by=RollBy.UNIT, only=units[1].key)
    assert one.leaving.records == 1
    steps = {(one.step, one.recipient is None) for one in told(plant) if one.due.number == "E-9"}
    assert (LadderStep.SUPERVISOR, False) in steps  # whom the next step names hears of them


def test_the_ladder_is_refused_with_a_reason(plant: School, meera: Actor) -> None:
    reminders = plant.training.reminders
    good = LadderWords(
        from_on=TODAY, learner_before=7, supervisor_after=0, head_after=5, qa_after=10
    )
    for words, error in (
        (replace(good, from_on=TODAY - timedelta(days=1)), TrainingRefused),
        (replace(good, learner_before=-1), TrainingRefused),
        (replace(good, head_after=20), TrainingRefused),
        (replace(good, head="NOBODY"), NotFound),
    ):
        with pytest.raises(error):
            reminders.set_ladder(SYSTEM, words)
    with pytest.raises(NotAllowed):
        reminders.set_ladder(meera, good)
    reminders.set_ladder(SYSTEM, replace(good, head_after=None, numbers_only=True))
    assert len(reminders.ladders(SYSTEM)) == 1  # that of today was corrected
    now = reminders.ladder(SYSTEM)
    assert (now.head_after, now.numbers_only, now.head) == (None, True, "")


def test_a_list_is_made_for_who_works_on_a_day_or_in_a_shift(
    plant: School, people: People, add: Add, clock: TurnedClock
) -> None:
    """E-1 works mornings, E-2 nights but not today, of E-9 no hours are known."""
    add("E-9", unit="PRESS")
    for number, shift in (("E-1", "A"), ("E-2", "night"), ("E-9", "G")):
        people.edit(SYSTEM, people.find(SYSTEM, number).id, PersonChange(shift=shift))
    clock.turn(timedelta(days=4))
    today = TODAY + timedelta(days=4)
    for name, pattern in (("A", "06:00-14:00"), ("Night", "off, 22:00-06:00")):
        hours = read_pattern(pattern, today)
        people.shifts.say(SYSTEM, NewShift(name=name, pattern=hours))
    plant.training.assign(SYSTEM, "GST", Audience(numbers=("E-9",)), due_on=today, origin="All")
    reminders, works = plant.training.reminders, WhoWorks(on=today)

    def of(*filters: tuple[str, str]) -> list[str]:
        asked = PageRequest(sort="number", filters=(("step", "learner"), *filters))
        return [one.due.number for one in reminders.page(SYSTEM, asked).rows]

    assert of() == ["E-1", "E-2", "E-9"]
    assert of(("works", "today")) == ["E-1", "E-9"]
    assert of(("shift", "a")) == ["E-1"]
    assert of(("shift", "")) == ["E-9"]
    assert {one.due.number for one in reminders.told(SYSTEM, who=works)} == {"E-1", "E-9"}
    found = reminders.rolls(SYSTEM, by=RollBy.SHIFT)
    assert [(one.heading, len(one.dues)) for one in found] == [
        ("Shift A · 06:00–14:00", 1), ("Shift Night · off", 1), ("Shift G · hours not known", 1),
    ]  # fmt: skip
    (first, last) = reminders.rolls(SYSTEM, by=RollBy.SHIFT, who=works)
    assert (first.about, last.heading) == (
        "who works on 27 Nov 2026", "Shift G · hours not known",
    )  # fmt: skip
    document = reminders.board(SYSTEM, "Pune", by=RollBy.SHIFT, who=WhoWorks(shift="A"))
    assert document.leaving.records == 1
    assert [one[2] for one in take(plant)] == ["E-1", "E-2", "E-9"]  # mail does not depend on hours
