"""A synthetic plant of any size, by set-based inserts through the journal: for reports and figures."""

import filecmp
import random
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

from app.core.assessments.models import AttemptResultRow, AttemptRow
from app.core.base.actor import system_actor
from app.core.base.clock import Clock
from app.core.base.ids import new_id
from app.core.certificates.models import CertificateRow
from app.core.courses.models import CourseRow, CourseVersionRow, LessonRow
from app.core.journal import Site, Unit
from app.core.learning.models import (
    CourseCompletionRow,
    CourseProgressRow,
    CourseStartRow,
    LearningSessionRow,
    LessonCompletionRow,
)
from app.core.people import rebuild_listing, rebuild_reach
from app.core.people.models import JobRoleRow, OrgUnitRow, PersonRow, PlacementRow
from app.core.storage.database import Database, SqliteFile
from app.core.training.models import AssignmentRow, RequirementRow
from tests.support.sites import DATA_KEY, empty_database, open_site

ACTOR = system_actor("Plant builder")
NAMES = ("Asha Kulkarni", "R. Venkatesan", "Farida Sheikh", "Dnyaneshwar Patil", "S. Meenakshi")
LOCAL_NAMES = ("आशा कुलकर्णी", "ர. வெங்கடேசன்", "", "ज्ञानेश्वर पाटील", "சு. மீனாட்சி")
DEPARTMENTS = ("Press shop", "Paint shop", "Warehouse", "Assembly line", "Contract staff")
_SPAN = 420
"""Days of history."""
_PEOPLE_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class PlantCourse:
    """A course of the plant, and what asks for it."""

    id: UUID
    version_id: UUID
    document_id: UUID
    quiz_id: UUID
    requirement_id: UUID
    valid_days: int | None


@dataclass(frozen=True, kw_only=True)
class Plant:
    """What was built: the whole plant over its departments, in the order they were made."""

    top: UUID
    units: tuple[UUID, ...]
    people: tuple[UUID, ...]
    courses: tuple[PlantCourse, ...]


def build_plant(
    site: Site, *, people: int = 50, courses: int = 4, units: int = 5, seed: int = 1
) -> Plant:
    """Build a plant in which everybody must hold every course and about four in five do."""
    chance = random.Random(seed)
    now = site.clock.now()
    with site.transaction(ACTOR, "plant.organisation") as unit:
        top, departments, roles = _organisation(unit, units)
    with site.transaction(ACTOR, "plant.courses") as unit:
        catalogue = tuple(_course(unit, number, now) for number in range(1, courses + 1))
    everybody: list[UUID] = []
    for first in range(0, people, _PEOPLE_AT_ONCE):
        with site.transaction(ACTOR, "plant.people") as unit:
            numbers = range(first, min(people, first + _PEOPLE_AT_ONCE))
            everybody += _people(unit, numbers, departments, roles, now.date())
    with site.transaction(ACTOR, "plant.derived") as unit:
        rebuild_reach(unit)
        rebuild_listing(unit)
    serial = 0
    for course in catalogue:
        for first in range(0, people, _PEOPLE_AT_ONCE):
            some = everybody[first : first + _PEOPLE_AT_ONCE]
            with site.transaction(ACTOR, "plant.training") as unit:
                serial = _Learned(chance, course, now, serial).insert(unit, some)
    return Plant(top=top, units=departments, people=tuple(everybody), courses=catalogue)


@dataclass(frozen=True, kw_only=True)
class PlantKept:
    """A plant in a file that is copied: half a second to build, a hundredth to copy."""

    file: Path
    plant: Plant

    def copy(self, path: Path) -> Database:
        """Open a copy of it."""
        shutil.copyfile(self.file, path)
        return Database(SqliteFile(path=path, key=DATA_KEY))

    def is_untouched(self, path: Path) -> bool:
        """Tell whether nothing at all was written to a copy since."""
        log = path.with_name(f"{path.name}-wal")
        has_log = log.exists() and log.stat().st_size > 0
        return not has_log and filecmp.cmp(self.file, path, shallow=False)


def keep_plant(folder: Path, clock: Clock) -> PlantKept:
    """Build a plant of fifty people in five departments with four courses, to be copied."""
    site = open_site(empty_database(folder, DATA_KEY), clock)
    plant = build_plant(site, people=50, courses=4, units=5)
    site.close()
    return PlantKept(file=folder / "site.db", plant=plant)


def _organisation(unit: Unit, count: int) -> tuple[UUID, tuple[UUID, ...], tuple[UUID, ...]]:
    top, departments = new_id(), tuple(new_id() for _index in range(count))
    unit.insert_many(OrgUnitRow, [{"id": top, "code": "PLANT", "name": "Baddi plant"}])
    unit.insert_many(
        OrgUnitRow,
        (
            {"id": key, "code": f"D{index}", "name": _department(index), "parent_id": top}
            for index, key in enumerate(departments, start=1)
        ),
    )
    roles = tuple(new_id() for _index in range(3))
    unit.insert_many(
        JobRoleRow,
        (
            {"id": key, "code": f"R{index}", "title": f"Job role {index}"}
            for index, key in enumerate(roles, start=1)
        ),
    )
    return top, departments, roles


def _department(index: int) -> str:
    name = DEPARTMENTS[(index - 1) % len(DEPARTMENTS)]
    return name if index <= len(DEPARTMENTS) else f"{name} {index}"


def _course(unit: Unit, number: int, now: datetime) -> PlantCourse:
    course = PlantCourse(
        id=new_id(),
        version_id=new_id(),
        document_id=new_id(),
        quiz_id=new_id(),
        requirement_id=new_id(),
        valid_days=(None, 365, 180, 90)[number % 4],
    )
    title, code = f"Safety course {number}", f"C{number:03}"
    version: dict[str, Any] = {"id": course.version_id, "course_id": course.id, "number": 1}
    unit.insert_many(
        CourseRow,
        [{"id": course.id, "code": code, "title": title, "current_version_id": course.version_id}],
    )
    unit.insert_many(
        CourseVersionRow,
        [{**version, "title": title, "outline": {}, "sha256": "0" * 64, "published_at": now}],
    )
    unit.insert_many(
        LessonRow,
        (
            {
                "id": key,
                "version_id": course.version_id,
                "position": position,
                "key": new_id(),
                "kind": kind,
                "title": f"{title}: {kind}",
            }
            for position, (key, kind) in enumerate(
                ((course.document_id, "document"), (course.quiz_id, "quiz")), start=1
            )
        ),
    )
    unit.insert_many(
        RequirementRow,
        [{"id": course.requirement_id, "code": code, "title": title, "course_id": course.id}],
    )
    return course


def _people(
    unit: Unit, numbers: range, units: tuple[UUID, ...], roles: tuple[UUID, ...], today: date
) -> list[UUID]:
    keys = [new_id() for _number in numbers]
    unit.insert_many(
        PersonRow,
        (
            {
                "id": key,
                "number": f"E-{number:05}",
                "name": NAMES[number % len(NAMES)],
                "name_local": LOCAL_NAMES[number % len(NAMES)],
                "search_text": f"e-{number:05} {NAMES[number % len(NAMES)]}".casefold(),
                "joined_on": today - timedelta(days=2 * _SPAN),
                "left_on": today - timedelta(days=number % _SPAN) if number % 37 == 36 else None,
            }
            for key, number in zip(keys, numbers, strict=True)
        ),
    )
    unit.insert_many(
        PlacementRow,
        (
            {
                "person_id": key,
                "org_unit_id": units[number % len(units)],
                "job_role_id": roles[number % len(roles)],
                "manager_id": keys[0] if number else None,
                "from_on": today - timedelta(days=2 * _SPAN),
            }
            for key, number in zip(keys, numbers, strict=True)
        ),
    )
    return keys


class _Learned:
    """What some people did about one course."""

    def __init__(
        self, chance: random.Random, course: PlantCourse, now: datetime, serial: int
    ) -> None:
        self._chance = chance
        self._course = course
        self._now = now
        self._serial = serial
        self._site_id = new_id()
        self._rows: dict[type[Any], list[dict[str, Any]]] = {}

    def insert(self, unit: Unit, people: Iterable[UUID]) -> int:
        """Insert it all; return the serial of the last certificate."""
        for person_id in people:
            self._add_person(person_id)
        for model in _IN_ORDER:
            unit.insert_many(model, self._rows.get(model, ()))
        return self._serial

    def _add(self, model: type[Any], **values: object) -> UUID:
        key = new_id()
        keyed = values if model is CourseProgressRow else {"id": key, **values}
        self._rows.setdefault(model, []).append(keyed)
        return key

    def _add_person(self, person_id: UUID) -> None:
        draw = self._chance.random
        assigned = self._now - timedelta(days=_SPAN * draw(), seconds=60)
        luck = draw()
        done_at = assigned + (self._now - assigned) * draw() if luck < 0.8 else None
        completion = None
        if luck < 0.9:
            completion = self._add_learning(person_id, assigned, done_at)
        is_cancelled = luck > 0.98
        self._add(
            AssignmentRow,
            person_id=person_id,
            requirement_id=self._course.requirement_id,
            assigned_at=assigned,
            origin="Everybody in the plant",
            due_on=(assigned + timedelta(days=30 + 120 * draw())).date(),
            completion_id=completion,
            closed_at=self._now if is_cancelled else done_at,
            cancelled_reason="No longer needed" if is_cancelled else "",
        )

    def _add_learning(
        self, person_id: UUID, assigned: datetime, done_at: datetime | None
    ) -> UUID | None:
        course, who = self._course, {"person_id": person_id}
        both = {**who, "course_id": course.id}
        start = self._add(CourseStartRow, **both, version_id=course.version_id, at=assigned)
        last = done_at or assigned
        for lesson_id in (course.document_id, course.quiz_id):
            sat = {"start_id": start, "lesson_id": lesson_id}
            times = {"began_at": last - timedelta(minutes=10), "ended_at": last}
            self._add(LearningSessionRow, **sat, **times, active_seconds=540, trace={})
            if done_at is not None:
                self._add(LessonCompletionRow, **sat, at=done_at, rule="share >= 1/1", evidence={})
        score = self._add_attempts(person_id, last, passed=done_at is not None)
        progress = {"start_id": start, "lessons_required": 2, "last_at": last}
        progress |= {"best_score_hundredths": score, "active_seconds": 1080}
        until = None if done_at is None else self._valid_until(done_at)
        ended = {"lessons_done": 2 if done_at else 0, "completed_at": done_at, "valid_until": until}
        self._add(CourseProgressRow, **both, **progress, **ended)
        if done_at is None:
            return None
        share = Fraction(score, 10_000)
        held = {"at": done_at, "score": share, "valid_until": until}
        completion = self._add(CourseCompletionRow, **both, **held, start_id=start)
        self._add_certificate(both, completion, done_at, until)
        return completion

    def _add_attempts(self, person_id: UUID, at: datetime, *, passed: bool) -> int:
        best = 0
        for number in range(1, self._chance.choice((1, 1, 2)) + 1):
            passes = passed and number == 1
            score = self._chance.randrange(8000, 10_001) if passes else 4000
            lesson = {"person_id": person_id, "lesson_id": self._course.quiz_id}
            began = at - timedelta(minutes=9)
            attempt = self._add(AttemptRow, **lesson, number=number, seed=number, began_at=began)
            best = max(best, score)
            self._add(
                AttemptResultRow,
                attempt_id=attempt,
                submitted_at=at,
                ended_by="learner",
                score=Fraction(score, 10_000),
                score_hundredths=score,
                passed=passes,
                report={},
            )
        return best

    def _valid_until(self, done_at: datetime) -> date | None:
        days = self._course.valid_days
        return None if days is None else done_at.astimezone().date() + timedelta(days=days)

    def _add_certificate(
        self, both: dict[str, UUID], completion: UUID, at: datetime, until: date | None
    ) -> None:
        self._serial += 1
        self._add(
            CertificateRow,
            **both,
            site_id=self._site_id,
            site_name="Baddi plant",
            number=f"BDI-2026-{self._serial:06}",
            year=2026,
            serial=self._serial,
            completion_id=completion,
            template="classic",
            language="hi",
            token="",
            search_text="",
            printed_name="आशा कुलकर्णी",
            printed_number="E-1",
            printed_title="Safety",
            version=1,
            score=None,
            completed_on=at.astimezone().date(),
            issued_at=at,
            valid_until=until,
        )


_IN_ORDER: tuple[type[Any], ...] = (
    CourseStartRow,
    LearningSessionRow,
    LessonCompletionRow,
    AttemptRow,
    AttemptResultRow,
    CourseProgressRow,
    CourseCompletionRow,
    CertificateRow,
    AssignmentRow,
)
