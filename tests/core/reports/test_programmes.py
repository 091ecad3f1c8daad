"""Sessions in reports: programmes apart from completions, by calendar year; who is not prepared."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.courses import Outline
from app.core.learning.models import CourseCompletionRow, CourseProgressRow, CourseStartRow
from app.core.people import rebuild_listing
from app.core.people.models import PersonRow
from app.core.reports import FilterRefused, Reports, Row
from app.core.training import EvidenceRule, RequirementType
from app.core.training.drills import DrillKind, DrillPlan, DrillRule
from app.core.training.models import RequirementRow
from app.core.training.sessions import Outcome
from tests.support.classes import BOSS, HOUR, Room, another_trainer
from tests.support.clock import TurnedClock
from tests.support.in_touch import first_pc
from tests.support.signers import found_administrator
from tests.support.teaching import a_lesson, published


@pytest.fixture
def room(tmp_path: Path, clock: TurnedClock) -> Room:
    pc = first_pc(tmp_path / "one", clock)
    found_administrator(pc)
    return Room(pc, clock).can_sign()


def rows(room: Room, report: str, **filters: str) -> list[Row]:
    request = PageRequest(filters=tuple(filters.items()), limit=1000)
    return list(Reports(room.pc.opened.site).page(BOSS, report, request).rows)


def completed_by_elearning(room: Room, course_id: UUID, count: int) -> None:
    """Let so many people complete a course by themselves."""
    site, now = room.pc.opened.site, room.clock.now()
    with site.transaction(BOSS, "course.complete") as unit:
        version = room.school.releases.newest(unit, course_id)
        for number in range(count):
            person, start = new_id(), new_id()
            name = f"L-{number}"
            unit.add(PersonRow(id=person, number=name, name=name, search_text=name))
            unit.flush()
            unit.add(
                CourseStartRow(
                    id=start,
                    person_id=person,
                    course_id=course_id,
                    version_id=version.version_id,
                    at=now,
                )
            )
            unit.flush()
            unit.add(
                CourseCompletionRow(start_id=start, person_id=person, course_id=course_id, at=now)
            )
            unit.add(
                CourseProgressRow(
                    start_id=start,
                    person_id=person,
                    course_id=course_id,
                    lessons_required=1,
                    last_at=now,
                )
            )
        unit.flush()
        rebuild_listing(unit)


def held(room: Room, *numbers: str, **said: object) -> None:
    """Hold and sign a class of one hour."""
    session_id = room.opened(**said)
    room.tap(session_id, *numbers)
    room.pass_by(60)
    room.end(session_id)
    room.sign(session_id)


def test_po_03_three_workshops_and_400_completions_are_three_programmes(room: Room) -> None:
    course_id = published(
        room.pc.opened.site, Outline(title="POSH", lessons=(a_lesson("page"),)), code="POSH"
    )
    with room.pc.opened.site.transaction(BOSS, "course.require") as unit:
        unit.add(RequirementRow(code="POSH", title="POSH awareness", course_id=course_id))
    completed_by_elearning(room, course_id, 400)
    numbers = [f"E-{number}" for number in range(10, 15)]
    for number in numbers:
        room.somebody(number)
    for _workshop in range(3):
        held(room, *numbers, title="POSH workshop", requirements=("POSH",))

    (row,) = rows(room, "programmes", year="2026")
    assert row == (2026, "POSH", "POSH awareness", 3, 0, 0, 15, "15.0", 400)
    attached = rows(room, "sessions", year="2026", requirement="POSH")
    assert [one[2] for one in attached] == ["POSH workshop"] * 3
    assert [one[6] for one in attached] == [5, 5, 5]
    assert rows(room, "programmes", year="2025") == []
    with pytest.raises(FilterRefused):
        rows(room, "programmes", year="last")


def test_po_03_a_session_counts_in_the_calendar_year_in_which_it_was_held_here(
    room: Room, clock: TurnedClock
) -> None:
    room.somebody("E-10")
    room.require()
    clock.set_wall(datetime(2026, 12, 31, 17, 0, tzinfo=UTC))  # 22:30 in India
    held(room, "E-10")
    clock.turn(HOUR)
    held(room, "E-10")  # ends on 1 Jan 2027, 01:30
    years = {(one[0], one[3]) for one in rows(room, "programmes")}
    assert years == {(2026, 1), (2027, 1)}


def test_a_session_that_was_not_signed_is_no_programme(room: Room) -> None:
    room.somebody("E-10")
    room.require()
    session_id = room.opened()
    room.tap(session_id, "E-10")
    room.pass_by(60)
    room.end(session_id)
    assert rows(room, "programmes") == rows(room, "sessions") == []


def test_fa_02_the_report_lists_who_has_neither_training_nor_drill(room: Room) -> None:
    for number in ("E-10", "E-11", "E-12"):
        room.somebody(number)
    room.require("FIRE")
    room.require("DRILL", RequirementType.DRILL)
    first = room.today - timedelta(days=30)
    room.drills.register.set_rule(BOSS, DrillRule(drill=DrillKind.FIRE, from_on=first, months=6))
    drill = room.drills.plan(
        room.meera, DrillPlan(drill=DrillKind.FIRE, title="", at=room.clock.now())
    )
    room.drills.start(room.meera, drill)
    room.tap(drill, "E-10")
    room.pass_by(5)
    room.drills.all_clear(room.meera, drill)
    room.sign(drill)
    held(room, "E-12")

    listed = [one[0] for one in rows(room, "unprepared", requirement="FIRE")]
    assert listed == ["E-1", "E-11"]
    assert [one[0] for one in rows(room, "unprepared")] == ["E-1", "E-11", "E-12"]
    assert len(rows(room, "unprepared", drill="spill")) == 4


def test_attendance_that_a_second_person_refused_is_counted_nowhere(room: Room) -> None:
    asha = room.somebody("E-10")
    bina = room.somebody("E-11")
    room.require("FIRE", evidence=EvidenceRule.CONFIRMED)
    room.require("DRILL", RequirementType.DRILL)
    room.drills.register.set_rule(
        BOSS, DrillRule(drill=DrillKind.FIRE, from_on=room.today, months=6)
    )

    def drilled(*proves: str) -> UUID:
        plan = DrillPlan(drill=DrillKind.FIRE, title="", at=room.clock.now(), requirements=proves)
        drill = room.drills.plan(room.meera, plan)
        room.drills.start(room.meera, drill)
        room.sessions.rolling.tick(room.meera, drill, asha)
        room.sessions.rolling.tick(room.meera, drill, bina)
        room.pass_by(60)
        room.drills.all_clear(room.meera, drill)
        room.sign(drill)
        second, waits = another_trainer(), room.sessions.confirming.waiting(room.meera)
        for one in waits:
            if one.person_id == asha:
                room.sessions.confirming.refuse(second, one, "She was at home that day")
            else:
                room.sessions.confirming.confirm(second, one)
        return drill

    drill = drilled("FIRE")

    found = room.sessions.detail(room.meera, drill)
    assert {one.person_id: one.outcome for one in found.signed} == {
        asha: Outcome.REFUSED,
        bina: Outcome.CREDITED,
    }
    assert [one.number for one in found.roll if one.is_refused] == ["E-10"]
    assert [one[6:8] for one in rows(room, "sessions")] == [(1, "1.0")]
    assert [one[6:8] for one in rows(room, "programmes")] == [(1, "1.0")]
    assert [one[0] for one in rows(room, "unprepared")] == ["E-1", "E-10"]
    listed = room.drills.register.unprepared(BOSS, "FIRE")
    assert [one.number for one in listed] == ["E-1", "E-10"]

    drilled("FIRE", "DRILL")  # she was there, as the other requirement has it
    assert [(one[1], one[6]) for one in rows(room, "programmes")] == [("DRILL", 2), ("FIRE", 2)]
