"""Rules that ask anew: whoever comes back after a long absence has it once more, once, wherever it is asked."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.courses import Outline, PublishedCourse
from app.core.journal import Site
from app.core.people import Audience, NewPerson, People, PersonId, rebuild_listing
from app.core.people.models import OrgUnitRow, PersonRow, PlacementRow
from app.core.training import (
    DueRule,
    RequirementType,
    Source,
    Standing,
    Terms,
    TrainingRefused,
    Validity,
)
from app.core.training.assignments import AssignmentSummary, EnteredEvidence, State
from app.core.training.coming_back import stretches
from app.core.training.enrolment import All, OneOf, RuleWords
from app.core.training.held import FOREVER
from app.core.training.models import AbsenceRow
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc
from tests.support.teaching import School, a_learner, a_lesson, a_school, published

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
Add = Callable[..., UUID]


@pytest.fixture
def loto(school: School, people: People, meera: Actor) -> UUID:
    people.on_changed.append(school.training.people_changed)
    return a_requirement(school, meera)


def a_requirement(school: School, meera: Actor) -> UUID:
    due = {"due_rule": DueRule.AFTER_ASSIGNMENT, "due_days": 30}
    terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD, grace_days=2, **due)  # type: ignore[arg-type]  # two of its fields
    new = NewRequirement(code="LOTO", title="Lock out", type=RequirementType.EXTERNAL, terms=terms)
    return school.training.catalogue.add(meera, new)


def words(requirement: UUID, **said: Any) -> RuleWords:
    return RuleWords(
        title="Long leave",
        requirement_id=requirement,
        condition=said.pop("condition", All()),
        **({"away_days": 90, "due_days": 14} | said),
    )


def switched_on(school: School, meera: Actor, requirement: UUID, **said: Any) -> UUID:
    rules = school.training.enrolment
    rule = rules.add(meera, said.pop("code", "BACK"), words(requirement, **said))
    rules.switch_on(meera, rule)
    return rule


def trained(school: School, meera: Actor, person: UUID, requirement: UUID) -> None:
    """Assign it to somebody, who meets it for good."""
    proof = EnteredEvidence(issuer="RTO", obtained_on=TODAY)
    school.training.assignments.evidence.enter(meera, person, requirement, proof)


def cycles(school: School, meera: Actor, person: UUID) -> list[AssignmentSummary]:
    found = school.training.assignments.of_person(meera, person)
    return sorted(found, key=lambda one: one.cycle)


def sources(school: School, meera: Actor, person: UUID) -> list[Source]:
    return [one.source for one in cycles(school, meera, person)]


def test_who_comes_back_after_long_leave_is_asked_anew_though_it_is_still_valid(
    school: School, meera: Actor, add: Add, loto: UUID, clock: TurnedClock, site: Site
) -> None:
    asha, ravi = add("E-1"), add("E-2")
    for one in (asha, ravi):
        trained(school, meera, one, loto)
    rule = switched_on(school, meera, loto)
    absences, training = school.training.assignments.absences, school.training
    absences.note(meera, asha, TODAY, TODAY + 90 * DAY, "Maternity leave")
    absences.note(meera, ravi, TODAY, TODAY + 89 * DAY, "Illness")
    clock.turn(89 * DAY)
    assert training.begin_day(meera).assigned == 0
    assert training.enrolment.try_out(meera, words(loto)).assigned == 0

    clock.turn(DAY)
    (told,) = training.enrolment.try_out(meera, words(loto, from_on=TODAY)).first
    back = TODAY + 90 * DAY
    assert (told.number, told.away_from, told.back_on) == ("E-1", TODAY, back)
    assert told.due_on == back + 14 * DAY
    assert training.begin_day(meera).assigned == 1
    assert training.begin_day(meera).assigned == 0
    newest = cycles(school, meera, asha)[-1]
    assert (newest.source, newest.due_on) == (Source.RETURN, back + 14 * DAY)
    assert newest.stands.state is State.ASSIGNED
    why = training.assignments.detail(meera, newest.id).why
    assert why.origin == "Long leave: back since 21 Feb 2027, after 90 days away"
    assert why.rule == "Long leave"
    assert sources(school, meera, ravi) == []
    assert rule
    assert verified(site)


def test_an_absence_that_is_ended_by_hand_asks_at_once_and_counts_from_the_return(
    school: School, meera: Actor, add: Add, loto: UUID, clock: TurnedClock
) -> None:
    asha = add("E-1")
    switched_on(school, meera, loto, due_days=None)
    absences = school.training.assignments.absences
    away = absences.note(meera, asha, TODAY, None, "Secondment")
    clock.turn(200 * DAY)
    school.training.begin_day(meera)
    assert sources(school, meera, asha) == []
    back = TODAY + 197 * DAY
    absences.end(meera, away, back)

    (only,) = cycles(school, meera, asha)
    assert only.source is Source.RETURN
    assert only.due_on == TODAY + 230 * DAY  # as the requirement says, from today
    proof = EnteredEvidence(issuer="RTO", obtained_on=back)
    school.training.assignments.evidence.enter(meera, asha, loto, proof)
    assert cycles(school, meera, asha)[0].stands.state is State.COMPLETED
    assert school.training.begin_day(meera).assigned == 0


def test_absences_that_touch_are_one_and_a_later_end_asks_nobody_twice(
    school: School, meera: Actor, add: Add, loto: UUID, clock: TurnedClock
) -> None:
    asha = add("E-1")
    switched_on(school, meera, loto)
    absences = school.training.assignments.absences
    absences.note(meera, asha, TODAY, TODAY + 60 * DAY, "Illness")
    absences.note(meera, asha, TODAY + 60 * DAY, TODAY + 95 * DAY, "Rest")
    clock.turn(95 * DAY)
    assert school.training.begin_day(meera).assigned == 1
    # they were not back on that day after all
    absences.note(meera, asha, TODAY + 95 * DAY, TODAY + 120 * DAY, "Rest, longer")
    clock.turn(30 * DAY)
    assert school.training.begin_day(meera).assigned == 0
    (only,) = cycles(school, meera, asha)
    assert only.due_on == TODAY + (95 + 14 + 25) * DAY

    # another long absence is another return
    absences.note(meera, asha, TODAY + 125 * DAY, TODAY + 300 * DAY, "Leave")
    clock.turn(200 * DAY)
    assert school.training.begin_day(meera).assigned == 1
    assert [one.stands.state for one in cycles(school, meera, asha)] == [
        State.SUPERSEDED,
        State.ASSIGNED,
    ]


def test_what_is_cancelled_or_let_off_is_not_asked_while_it_is(
    school: School, meera: Actor, add: Add, loto: UUID, clock: TurnedClock
) -> None:
    asha, ravi = add("E-1"), add("E-2")
    switched_on(school, meera, loto)
    acts = school.training.assignments
    school.training.assign(meera, "LOTO", audience_of("E-2"), due_on=None, origin="Drives")
    let_off = cycles(school, meera, ravi)[0].id
    acts.waivers.waive(meera, let_off, until_on=TODAY + 150 * DAY, reason="Not at machines")
    for one in (asha, ravi):
        acts.absences.note(meera, one, TODAY, TODAY + 100 * DAY, "Leave")
    clock.turn(100 * DAY)
    assert school.training.begin_day(meera).assigned == 1
    acts.cancel(meera, cycles(school, meera, asha)[0].id, "Moves to the office")
    clock.turn(51 * DAY)
    assert school.training.begin_day(meera).assigned == 1
    assert sources(school, meera, asha) == [Source.RETURN]
    assert sources(school, meera, ravi) == [Source.MANUAL, Source.RETURN]


def test_a_learner_is_told_that_what_they_hold_counts_no_more(
    school: School, meera: Actor, people: People, clock: TurnedClock, site: Site
) -> None:
    course = published(site, Outline(title="LOTO", lessons=(a_lesson("page"),)))
    with site.transaction(SYSTEM, "course.publish") as unit:
        outline = Outline(title="LOTO", lessons=())
        new = PublishedCourse(
            course_id=course, version_id=course, code="LOTO", number=1, outline=outline
        )
        school.training.require_course(unit, new)
    asha = a_learner(site)
    person = asha.person_id
    assert person is not None
    rebuilt(site)
    hand = school.learning.begin(asha, course)
    school.learning.tick(asha, hand.start_id, hand.lessons[0].lesson_id, {"reached": 1000}, 5)
    assert school.training.my_courses(asha)[0].standing is Standing.VALID
    switched_on(school, meera, school.training.requirement(meera, "LOTO").id)
    absences = school.training.assignments.absences
    absences.note(meera, person, TODAY, TODAY + 100 * DAY, "Leave")
    clock.turn(100 * DAY)
    school.training.begin_day(meera)
    assert school.training.my_courses(asha)[0].standing is Standing.NOT_STARTED
    clock.turn(20 * DAY)
    assert school.training.my_courses(asha)[0].standing is Standing.OVERDUE

    school.learning.begin_again(asha, course)
    hand = school.learning.begin(asha, course)
    school.learning.tick(asha, hand.start_id, hand.lessons[0].lesson_id, {"reached": 1000}, 5)
    assert school.training.my_courses(asha)[0].standing is Standing.VALID


def test_who_left_and_joins_again_comes_back_too(
    school: School, meera: Actor, people: People, add: Add, loto: UUID, clock: TurnedClock
) -> None:
    rules = school.training.enrolment
    usual = RuleWords(title="All", requirement_id=loto, condition=OneOf("unit", ("FIN",)))
    asha, ravi = add("E-1"), add("E-2")
    rules.switch_on(meera, rules.add(meera, "ALL", usual))
    switched_on(school, meera, loto)
    clock.turn(10 * DAY)
    for one in (asha, ravi):
        people.leave(SYSTEM, PersonId(one), TODAY + 10 * DAY)
    clock.turn(30 * DAY)
    people.rejoin(SYSTEM, PersonId(ravi))
    clock.turn(70 * DAY)
    people.rejoin(SYSTEM, PersonId(asha))

    assert sources(school, meera, ravi) == [Source.RULE, Source.RULE]
    assert sources(school, meera, asha) == [Source.RULE, Source.RETURN]
    assert school.training.begin_day(meera).assigned == 0


def test_nobody_who_was_back_before_the_rule_began_is_asked(
    school: School, meera: Actor, add: Add, loto: UUID, clock: TurnedClock
) -> None:
    asha = add("E-1")
    school.training.assignments.absences.note(meera, asha, TODAY, TODAY + 100 * DAY, "Leave")
    clock.turn(101 * DAY)
    rules = school.training.enrolment
    rule = rules.add(meera, "BACK", words(loto))
    assert rules.coded(meera, "BACK").words.from_on == TODAY + 101 * DAY
    assert rules.switch_on(meera, rule).assigned == 0
    rules.change(meera, rule, words(loto, from_on=TODAY))
    assert rules.switch_on(meera, rule).assigned == 1


@pytest.mark.parametrize(
    "said", [{"away_days": 0}, {"after_days": 1}, {"away_days": None}, {"due_days": -1}]
)
def test_days_that_cannot_be_together_are_refused(
    school: School, meera: Actor, loto: UUID, said: dict[str, int | None]
) -> None:
    with pytest.raises(TrainingRefused):
        school.training.enrolment.add(meera, "BACK", words(loto, **said))


def test_two_pcs_that_ask_apart_ask_once(tmp_path: Path, clock: TurnedClock, meera: Actor) -> None:
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    schools = [a_school(pc.opened.site) for pc in (one, two)]
    asha = People(one.opened.site).add(SYSTEM, NewPerson(number="E-1", name="Asha"))
    rebuilt(one.opened.site)
    loto = a_requirement(schools[0], meera)
    trained(schools[0], meera, asha, loto)
    switched_on(schools[0], meera, loto)
    absences = schools[0].training.assignments.absences
    absences.note(meera, asha, TODAY, TODAY + 100 * DAY, "Leave")
    carry(tmp_path, one, two)
    clock.turn(100 * DAY)
    assert [one.training.begin_day(meera).assigned for one in schools] == [1, 1]
    # the second PC is told of a later end meanwhile
    schools[1].training.assignments.absences.note(
        meera, asha, TODAY + 100 * DAY, TODAY + 104 * DAY, "Longer"
    )
    for giver, taker in ((one, two), (two, one), (one, two)):
        carry(tmp_path, giver, taker)
    clock.turn(5 * DAY)

    for school in schools:
        assert school.training.begin_day(meera).assigned == 0
        (only,) = cycles(school, meera, asha)
        assert (only.source, only.cycle) == (Source.RETURN, 1)
        assert verified(school.site)


def carry(folder: Path, giver: Pc, taker: Pc) -> None:
    stick = folder / f"stick {new_id().hex}"
    stick.mkdir()
    taker.take(giver.send(stick, taker))
    rebuilt(taker.opened.site)


def rebuilt(site: Site) -> None:
    """Put people who came by another way into the list of people."""
    with site.transaction(SYSTEM, "derived.settle") as unit:
        rebuild_listing(unit)


def test_stretches_are_what_days_say_one_by_one(site: Site) -> None:
    """Of two hundred people with absences and gaps that overlap, touch, lie in each other or have no end."""
    chance = Random(17)
    people = [new_id() for _ in range(200)]
    rows = list(_absences(chance, people))
    places = list(_placements(chance, people))
    with site.transaction(SYSTEM, "absence.note") as unit:
        unit.insert_many(
            PersonRow,
            ({"id": one, "number": str(i), "name": "A"} for i, one in enumerate(people)),
        )
        unit_id = _a_unit(unit)
        unit.insert_many(AbsenceRow, rows)
        unit.insert_many(PlacementRow, ({"org_unit_id": unit_id, **one} for one in places))
    since, today = TODAY, TODAY + 60 * DAY
    found = stretches(since, today, lambda _person: [])
    with site.read() as session:
        told = {tuple(one) for one in session.execute(sa.select(found))}

    back = {person for person, _from, back_on in told if since <= back_on <= today}
    told_of = {one for one in told if one[0] in back}
    wanted = {
        (person, *one)
        for person in people
        for one in _by_days(
            [row for row in rows if row["person_id"] == person],
            [row for row in places if row["person_id"] == person],
        )
    }
    came = {person for person, _from, back_on in wanted if since <= back_on <= today}
    assert told_of == {one for one in wanted if one[0] in came}
    assert len(came) > 100


def _absences(chance: Random, people: list[UUID]) -> Iterator[dict[str, Any]]:
    for person in people:
        for _ in range(chance.randrange(4)):
            first = TODAY + chance.randrange(-20, 60) * DAY
            to_on = None if chance.random() < 0.1 else first + chance.randrange(25) * DAY
            yield {"person_id": person, "from_on": first, "to_on": to_on, "reason": "x"}


def _placements(chance: Random, people: list[UUID]) -> Iterator[dict[str, Any]]:
    for person in people:
        begins = TODAY - 30 * DAY
        for nth in range(3):
            ends = begins + chance.randrange(1, 30) * DAY
            to_on = None if nth == 2 else ends
            yield {"person_id": person, "from_on": begins, "to_on": to_on}
            begins = ends + chance.choice((0, 0, 7)) * DAY


def _by_days(
    absences: list[dict[str, Any]], places: list[dict[str, Any]]
) -> Iterator[tuple[date, date]]:
    """Yield the stretches that somebody was away, a day at a time; one that lasts ends never."""
    first, last = TODAY - 30 * DAY, TODAY + 200 * DAY
    days = [first + one * DAY for one in range((last - first).days)]

    def covers(row: dict[str, Any], day: date) -> bool:
        return row["from_on"] <= day and (row["to_on"] is None or day < row["to_on"])

    begun = min(row["from_on"] for row in places)
    for is_away, some in groupby(
        days,
        lambda day: (
            any(covers(row, day) for row in absences)
            or (begun <= day and not any(covers(row, day) for row in places))
        ),
    ):
        stretch = list(some)
        if is_away:
            lasts = stretch[-1] == days[-1]
            yield stretch[0], FOREVER if lasts else stretch[-1] + DAY


def _a_unit(unit: Any) -> UUID:  # a unit of work
    row = OrgUnitRow(id=new_id(), code="U", name="U")
    unit.add(row)
    unit.flush()
    return row.id


def audience_of(*numbers: str) -> Audience:
    return Audience(numbers=numbers)
