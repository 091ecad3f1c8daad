"""What people at several stations do, as steps that a test draws: every kind of row that merges."""

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from app.core.courses.models import CourseRow, CourseVersionRow, LessonRow
from app.core.journal import Unit, rows_aside
from app.core.keys.models import SiteRow, StationRow
from app.core.learning.models import (
    CourseCompletionRow,
    CourseStartRow,
    LearningSessionRow,
    LessonCompletionRow,
)
from app.core.people.account_models import AccountRow, RoleGrantRow
from app.core.people.models import OrgUnitRow, PersonRow, PlacementRow
from app.core.training.models import AssignmentRow, RequirementRow
from tests.support.travelling import Traveller, fixed_id, some_day, some_time

FARTHEST = 3650
"""Days that a clock is turned away: ten years."""


class Step(NamedTuple):
    """One thing that happens at one station."""

    station: int
    act: str
    which: int
    other: int


def _pick(unit: Unit, model: Any, which: int) -> Any:
    rows = list(unit.scalars(sa.select(model).order_by(model.id)))
    return rows[which % len(rows)] if rows else None


def _is_free(unit: Unit, model: Any, **key: Any) -> bool:
    equal = [getattr(model, name) == value for name, value in key.items()]
    return None not in key.values() and unit.scalar(sa.select(model.id).where(*equal)) is None


def _add_person(unit: Unit, which: int, other: int) -> None:
    unit.add(PersonRow(number=f"E-{which % 3}", name=f"Name {other}"))


def _edit_person(unit: Unit, which: int, other: int) -> None:
    if person := _pick(unit, PersonRow, which):
        person.name = f"Name {other}"
        unit.flush()
        if other % 3 == 0:
            person.name = f"Name {other} again"
        if other % 2:
            person.left_on = some_day(other)


def _everybody(unit: Unit) -> list[UUID]:
    aside = [one.id for one in rows_aside(unit, PersonRow)]
    return sorted([*unit.scalars(sa.select(PersonRow.id)), *aside])


def _merge(unit: Unit, which: int, other: int) -> None:
    people = _everybody(unit)
    if len(people) > 1:
        stays, goes = people[which % len(people)], people[other % len(people)]
        for one in (stays, goes):
            unit.edit_anywhere(PersonRow, one, {"merged_as_id": stays})


def _part(unit: Unit, which: int, other: int) -> None:
    if merged := rows_aside(unit, PersonRow):
        unit.edit_anywhere(PersonRow, merged[which % len(merged)].id, {"merged_as_id": None})


def _edit_merged(unit: Unit, which: int, other: int) -> None:
    if merged := rows_aside(unit, PersonRow):
        unit.edit_anywhere(PersonRow, merged[which % len(merged)].id, {"name": f"Name {other}"})


def _add_org_unit(unit: Unit, which: int, other: int) -> None:
    site = fixed_id(other % 2)
    if _is_free(unit, OrgUnitRow, site_id=site, code=f"U{which % 3}"):
        above = _pick(unit, OrgUnitRow, other)
        row = OrgUnitRow(
            site_id=site,
            code=f"U{which % 3}",
            name=f"Unit {other}",
            parent_id=above.id if above else None,
        )
        unit.add(row)
        unit.flush()
        if other % 4 == 0:
            row.name = "Unit, named anew at once"


def _edit_org_unit(unit: Unit, which: int, other: int) -> None:
    if row := _pick(unit, OrgUnitRow, which):
        row.name = f"Unit {other}"
        above = _pick(unit, OrgUnitRow, other)
        row.parent_id = above.id if other % 3 == 0 else row.parent_id


def _recode_org_unit(unit: Unit, which: int, other: int) -> None:
    row = _pick(unit, OrgUnitRow, which)
    if row is not None and _is_free(unit, OrgUnitRow, site_id=row.site_id, code=f"U{other % 4}"):
        row.code = f"U{other % 4}"


def _place(unit: Unit, which: int, other: int) -> None:
    person, there = _pick(unit, PersonRow, which), _pick(unit, OrgUnitRow, other)
    if person is not None and there is not None:
        unit.add(PlacementRow(person_id=person.id, org_unit_id=there.id, from_on=some_day(which)))


def _move(unit: Unit, which: int, other: int) -> None:
    row, there = _pick(unit, PlacementRow, which), _pick(unit, OrgUnitRow, other)
    if row is not None:
        row.org_unit_id = there.id
        row.to_on = some_day(other)


def _add_account(unit: Unit, which: int, other: int) -> None:
    person = _pick(unit, PersonRow, which)
    if person is not None and _is_free(unit, AccountRow, person_id=person.id):
        account = AccountRow(login=f"l{other % 3}", person_id=person.id)
        unit.add(account)
        unit.flush()
        unit.add(RoleGrantRow(account_id=account.id, role="learner", granted_at=some_time(other)))


def _edit_account(unit: Unit, which: int, other: int) -> None:
    if account := _pick(unit, AccountRow, which):
        account.login = f"l{other}"
        account.disabled_at = some_time(other) if other % 2 else None


def _publish(unit: Unit, which: int, other: int) -> None:
    course = CourseRow(code=f"C{which % 3}", title=f"Course {other}")
    unit.add(course)
    unit.flush()
    _add_version(unit, course, 1)


def _publish_again(unit: Unit, which: int, other: int) -> None:
    if course := _pick(unit, CourseRow, which):
        _add_version(unit, course, 2 + other % 2)
        course.title = f"Course {other}"


def _add_version(unit: Unit, course: CourseRow, number: int) -> None:
    version = CourseVersionRow(
        course_id=course.id,
        number=number,
        title=course.title,
        outline={},
        sha256="0" * 64,
        published_at=some_time(number),
    )
    unit.add(version)
    unit.flush()
    for position in (1, 2):
        unit.add(
            LessonRow(
                version_id=version.id, position=position, key=fixed_id(9), kind="html", title="L"
            )
        )
    course.current_version_id = version.id


def _require(unit: Unit, which: int, other: int) -> None:
    course = _pick(unit, CourseRow, which)
    is_free = _is_free(unit, RequirementRow, code=f"R{other % 3}")
    if course is not None and is_free and _is_free(unit, RequirementRow, course_id=course.id):
        unit.add(
            RequirementRow(code=f"R{other % 3}", title="", course_id=course.id, valid_months=other)
        )


def _edit_requirement(unit: Unit, which: int, other: int) -> None:
    if row := _pick(unit, RequirementRow, which):
        unit.decide(row, "valid_months", other)
        course = _pick(unit, CourseRow, other)
        if course is not None and _is_free(unit, RequirementRow, course_id=course.id):
            unit.decide(row, "course_id", course.id)
        if other % 3 == 0 and _is_free(unit, RequirementRow, code=f"R{other % 4}"):
            row.code = f"R{other % 4}"


def _assign(unit: Unit, which: int, other: int) -> None:
    person, requirement = _pick(unit, PersonRow, which), _pick(unit, RequirementRow, other)
    if person is None or requirement is None:
        return
    key = {"person_id": person.id, "requirement_id": requirement.id, "cycle": 1}
    if _is_free(unit, AssignmentRow, **key):
        unit.add(AssignmentRow(**key, assigned_at=some_time(which), origin="", due_on=some_day(1)))


def _edit_assignments(unit: Unit, which: int, other: int) -> None:
    for row in unit.scalars(sa.select(AssignmentRow)):
        unit.decide(row, "due_on", some_day(other))
        completion = _pick(unit, CourseCompletionRow, which)
        if completion is not None and other % 2:
            row.completion_id = completion.id


def _start(unit: Unit, which: int, other: int) -> None:
    person, course = _pick(unit, PersonRow, which), _pick(unit, CourseRow, other)
    if person is None or course is None or course.current_version_id is None:
        return
    key = {"person_id": person.id, "course_id": course.id, "cycle": 1}
    begun = {"begun_by_id": person.id, "course_id": course.id, "cycle": 1}
    if _is_free(unit, CourseStartRow, **begun):
        version = course.current_version_id
        unit.insert_many(
            CourseStartRow,
            [{**key, "begun_by_id": person.id, "version_id": version, "at": some_time(other)}],
        )


def _learn(unit: Unit, which: int, other: int) -> None:
    start = _pick(unit, CourseStartRow, which)
    if start is None:
        return
    lessons = unit.scalars(sa.select(LessonRow.id).where(LessonRow.version_id == start.version_id))
    lesson = sorted(lessons)[other % 2]
    unit.insert_many(
        LearningSessionRow,
        [
            {
                "start_id": start.id,
                "lesson_id": lesson,
                "began_at": some_time(minute),
                "ended_at": some_time(minute + 1),
                "active_seconds": other,
                "trace": {"n": minute},
            }
            for minute in range(other % 7)
        ],
    )
    if _is_free(unit, LessonCompletionRow, start_id=start.id, lesson_id=lesson):
        done = LessonCompletionRow(
            start_id=start.id, lesson_id=lesson, at=some_time(other), rule="", evidence={}
        )
        unit.add(done)


def _complete(unit: Unit, which: int, other: int) -> None:
    start = _pick(unit, CourseStartRow, which)
    if start is not None and _is_free(unit, CourseCompletionRow, start_id=start.id):
        unit.add(
            CourseCompletionRow(
                start_id=start.id,
                person_id=start.person_id,
                course_id=start.course_id,
                at=some_time(other),
            )
        )


def _found(unit: Unit, which: int, other: int) -> None:
    """Write what several stations write under one id: a site, alike or not, and a station of it."""
    key = fixed_id(which % 2)
    if unit.get(SiteRow, key) is None:
        unit.add(SiteRow(id=key, code="PUN", name=f"Plant {other % 3}", founded_at=some_time(1)))
        unit.flush()
    if unit.get(StationRow, key) is None:
        row = {"id": key, "site_id": key, "public_key": bytes(32), "incarnation": bytes(8)}
        unit.insert_many(StationRow, [{**row, "label": f"{other % 3}", "joined_at": some_time(1)}])


def _edit_site(unit: Unit, which: int, other: int) -> None:
    if row := _pick(unit, SiteRow, which):
        row.name = f"Plant {other}"
        row.language = "hi" if other % 2 else "en"


ACTS: dict[str, Callable[[Unit, int, int], None]] = {
    "add person": _add_person,
    "edit person": _edit_person,
    "merge": _merge,
    "part": _part,
    "edit merged": _edit_merged,
    "add unit": _add_org_unit,
    "edit unit": _edit_org_unit,
    "recode unit": _recode_org_unit,
    "place": _place,
    "move": _move,
    "add account": _add_account,
    "edit account": _edit_account,
    "publish": _publish,
    "publish again": _publish_again,
    "require": _require,
    "edit requirement": _edit_requirement,
    "assign": _assign,
    "edit assignments": _edit_assignments,
    "start": _start,
    "learn": _learn,
    "complete": _complete,
    "found": _found,
    "edit site": _edit_site,
}
TAKE, CLOCK = "take", "clock"
_OFTEN = (
    "require",
    "assign",
    "start",
    "learn",
    "complete",
    "edit assignments",
    "edit unit",
    "merge",
    "part",
)
"""What needs other things to be there, and so comes to nothing more often."""


_FIRST = ("publish", "add person", "add unit", "found", TAKE, CLOCK)


def random_history(random: Random, stations: int, length: int) -> list[Step]:
    """Return steps: things come to be, then much happens to them, with journeys in between."""
    acts = [*ACTS, *(_OFTEN * 3), *([TAKE] * 9), CLOCK]
    return [
        Step(
            random.randrange(stations),
            random.choice(_FIRST if turn < length // 3 else acts),
            random.randrange(99),
            random.randrange(99),
        )
        for turn in range(length)
    ]


def carry_out(stations: list[Traveller], step: Step) -> None:
    """Let one step happen."""
    here = stations[step.station % len(stations)]
    if step.act == CLOCK:
        here.turn_clock((step.which - 49) * FARTHEST // 49)
    elif step.act == TAKE:
        other = stations[step.which % len(stations)]
        if other is not here:
            here.take(other, 1 + step.other % 5)
    else:
        with here.transaction() as unit:
            ACTS[step.act](unit, step.which, step.other)


def meet(stations: list[Traveller], random: Random) -> None:
    """Let every station take everything from every other: in parts, in any order, and twice."""
    pairs = [(here, other) for here in stations for other in stations if here is not other]
    for part in (2, 7, 10_000, 10_000):
        random.shuffle(pairs)
        for here, other in pairs:
            here.take(other, part)


__all__ = ["ACTS", "CLOCK", "TAKE", "Step", "carry_out", "meet", "random_history"]
