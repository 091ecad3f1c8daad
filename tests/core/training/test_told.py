"""The list of who is told: each page of it is what is reckoned for one assignment after another."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.base.paging import PageRequest
from app.core.people import Audience, Destination, People, PersonChange
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.reminders import Due, Ladder, LadderStep, LadderWords
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM
from tests.support.teaching import School

Add = Callable[..., UUID]
Line = tuple[LadderStep, str, str, str]
"""Step, number of who is told, number of whose it is, code."""
TODAY = date(2026, 11, 23)
_DAYS = tuple(TODAY + timedelta(days=days) for days in (0, 3, 9, 17))


@pytest.fixture
def plant(school: School, people: People, add: Add) -> School:
    """Twelve people in three departments, half of them under two supervisors; three requirements."""
    for number in ("M-1", "H-1", "Q-1"):
        add(number, unit="QA")
    bosses = [add("M-2"), add("M-3", unit="PRESS")]
    for number in range(12):
        person = add(f"E-{number:02}", unit=("FIN", "PRESS", "QA")[number % 3])
        if number % 2 == 0:
            place = people.person(SYSTEM, person).placement  # type: ignore[arg-type]  # an id of a test
            assert place is not None
            manager = bosses[number % 4 // 2]
            people.move(
                SYSTEM, person, Destination(org_unit_id=place.org_unit_id, manager_id=manager)
            )  # type: ignore[arg-type]  # likewise
    for number in ("E-00", "M-2", "H-1"):
        email = PersonChange(email=f"{number}@plant.example")
        people.edit(SYSTEM, people.find(SYSTEM, number).id, email)
    for place_of, (code, grace) in enumerate((("GST", 0), ("FIRE", 5), ("FORKLIFT", 0))):
        terms = Terms(
            from_on=TODAY, validity=Validity.FOR_GOOD, evidence=EvidenceRule.ENTERED, grace_days=grace
        )  # fmt: skip
        new = NewRequirement(
            code=code, title=f"{code} course", type=RequirementType.EXTERNAL, terms=terms
        )
        school.training.catalogue.add(SYSTEM, new)
        due = TODAY + timedelta(days=(4, -9, 12)[place_of])
        to = Audience(numbers=tuple(f"E-{number:02}" for number in range(place_of, 12)))
        school.training.assign(SYSTEM, code, to, due_on=due, origin="All")
    words = LadderWords(
        from_on=TODAY, learner_before=7, supervisor_after=0, head_after=5, qa_after=None, head="H-1"
    )
    school.training.reminders.set_ladder(SYSTEM, words)
    return school


def lines(school: School, day: date, request: PageRequest) -> tuple[list[Line], int]:
    page = school.training.reminders.page(SYSTEM, request, day)
    found = [
        (one.step, one.recipient.number if one.recipient else "", one.due.number, one.due.code)
        for one in page.rows
    ]
    return found, page.total


def reckoned(school: School, people: People, day: date) -> list[Line]:
    """Reckon who is told from the notice boards and the ladder, by due date, number and code."""
    reminders = school.training.reminders
    ladder = reminders.ladder(SYSTEM, day)
    numbers = {one.id: one.number for one in people.list_people(SYSTEM, PageRequest()).rows}
    dues = [due for roll in reminders.rolls(SYSTEM, on=day) for due in roll.dues]
    dues.sort(key=lambda one: (one.due_on, one.number, one.code))
    whom = {
        LadderStep.LEARNER: lambda due: due.person_id,
        LadderStep.LEARNER_LATE: lambda due: due.person_id,
        LadderStep.SUPERVISOR: lambda due: due.supervisor_id or ladder.head_id,
        LadderStep.HEAD: lambda _due: ladder.head_id,
        LadderStep.QA: lambda _due: ladder.qa_id,
    }
    return [
        (step, numbers.get(whom[step](due), ""), due.number, due.code)
        for due in dues
        for step in steps_of(ladder, due, day)
    ]


def steps_of(ladder: Ladder, due: Due, day: date) -> Iterator[LadderStep]:
    if ladder.learner_before is not None and (due.due_on - day).days <= ladder.learner_before:
        yield LadderStep.LEARNER
    last = due.late_after or due.due_on
    if ladder.learner_before is not None and day > last:
        yield LadderStep.LEARNER_LATE
    for step, days in (
        (LadderStep.SUPERVISOR, ladder.supervisor_after),
        (LadderStep.HEAD, ladder.head_after),
        (LadderStep.QA, ladder.qa_after),
    ):
        if days is not None and (day - last).days >= days:
            yield step


def test_pages_are_stretches_of_what_is_reckoned_one_by_one(plant: School, people: People) -> None:
    counts = []
    for day in _DAYS:
        everything = reckoned(plant, people, day)
        counts.append(len(everything))
        pages = [lines(plant, day, PageRequest(limit=30, offset=at)) for at in range(0, 121, 30)]
        assert [line for page, _total in pages for line in page] == everything
        assert {total for _page, total in pages} == {len(everything)}
    assert counts == sorted(set(counts))  # each day tells more


def test_a_list_is_narrowed_and_sorted_as_its_rows_are(plant: School, people: People) -> None:
    day = _DAYS[-1]
    everything = reckoned(plant, people, day)
    for step in LadderStep:
        found, total = lines(plant, day, PageRequest(filters=(("step", step),)))
        assert found == [line for line in everything if line[0] is step]
        assert total == len(found)
    places = [*LadderStep]
    for sort, key in (
        ("step", lambda line: places.index(line[0])),
        ("told", lambda line: line[1]),
        ("number", lambda line: line[2]),
        ("title", lambda line: line[3]),
    ):
        found, _total = lines(plant, day, PageRequest(sort=sort, limit=200))
        assert found == sorted(everything, key=key)
        turned, _total = lines(plant, day, PageRequest(sort=sort, descending=True, limit=200))
        assert turned == sorted(everything, key=key, reverse=True)


def test_words_are_looked_for_in_who_is_told_whose_it_is_and_what(
    plant: School, people: People
) -> None:
    day = _DAYS[-1]
    everything = reckoned(plant, people, day)
    for text, fits in (
        ("person m-2", lambda line: line[1] == "M-2"),
        ("h-1 FORK", lambda line: line[1] == "H-1" and line[3] == "FORKLIFT"),
        ("e-07", lambda line: line[2] == "E-07"),
        ("department fin gst", lambda line: line[3] == "GST" and int(line[2][2:]) % 3 == 0),
        ("nobody", lambda _line: False),
    ):
        found, total = lines(plant, day, PageRequest(text=text, limit=200))
        assert found == [line for line in everything if fits(line)]
        assert total == len(found)


def test_who_is_new_today_has_an_address_and_was_not_told(plant: School, people: People) -> None:
    fresh = plant.training.reminders.fresh()
    told = {(one.step, one.recipient.number) for one in fresh if one.recipient}
    assert told == {
        (LadderStep.LEARNER, "E-00"), (LadderStep.SUPERVISOR, "M-2"), (LadderStep.SUPERVISOR, "H-1"),
    }  # fmt: skip
    with plant.site.transaction(SYSTEM, "mail.compose") as unit:
        assert plant.training.reminders.take(unit, fresh[:1]) == fresh[:1]
    assert plant.training.reminders.fresh() == fresh[1:]
