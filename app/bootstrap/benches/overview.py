"""The first page of a large site, as it stands, after a change and on a new day; beside bare SQL."""

import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection, connect
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.bootstrap.benches.rounds import Taken, alternately, compared, median, timed
from app.bootstrap.benches.small_site import open_small_site
from app.core.base.actor import system_actor
from app.core.base.clock import SystemClock, to_microseconds
from app.core.base.ids import new_id
from app.core.base.measuring import Measured
from app.core.base.progress import Progress
from app.core.journal import Site, Unit
from app.core.reports import Reports
from app.core.storage.tables import model_of

_COURSES = 40
_UNITS = 200
_ROUNDS = 7
_MS = 1000
_BOSS = system_actor()


class OverviewBench:
    """`Reports.overview` where nobody has looked since the program started; what is kept is up to date."""

    name: ClassVar[str] = "overview"
    about: ClassVar[str] = "the overview of a site where everybody must hold forty courses"
    default_n: ClassVar[int] = 50_000

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure with `n` people."""
        with tempfile.TemporaryDirectory() as folder:
            clock = _Clock()
            services = open_small_site(Path(folder), clock).services
            imports = services.people.imports
            imports.apply(_BOSS, imports.plan(_BOSS, _file(n)))
            site = services.open_site.site
            _require(site)
            anew, _first = timed(lambda: Reports(site).overview(_BOSS))
            with closing(_bare_copy(site, Path(folder) / "bare.db")) as bare:
                ours, theirs = alternately(
                    _ROUNDS,
                    lambda: _look(Reports(site)),
                    lambda: _bare_look(bare, _today(clock)),
                    progress,
                )
                recount = _median(lambda: None, lambda: _bare_recount(bare, _today(clock)))
            reports = Reports(site)
            kept = _median(lambda: None, lambda: _look(reports))
            changed = _median(lambda: _complete(site), lambda: _look(reports))
            day = _median(clock.next_day, lambda: _look(Reports(site)))
            services.close()
        ways = {
            "nothing changed": kept,
            "after one change": changed,
            "first of a day": day,
            "all made anew": anew,
            "bare recount": recount,
        }
        return compared(
            self,
            n,
            ours,
            theirs,
            goal="at most 100 ms",
            details={
                words: seconds * _MS
                for way, taken in ways.items()
                for words, seconds in ((way, taken.wall), (f"{way}, CPU", taken.cpu))
            },
        )


class _Clock(SystemClock):
    """The PC's clock, on which days can be let pass."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """Return the instant it is taken to be."""
        return super().now() + self._ahead

    def next_day(self) -> None:
        """Let a day pass."""
        self._ahead += timedelta(days=1)


def _look(reports: Reports) -> None:
    reports.overview(_BOSS)


def _today(clock: _Clock) -> date:
    return clock.now().astimezone().date()


def _median(before: Callable[[], None], act: Callable[[], None]) -> Taken:
    """Return what doing something takes; `before` is not timed."""
    times = []
    for _round in range(_ROUNDS):
        before()
        times.append(timed(act)[0])
    return median(times)


def _file(n: int) -> bytes:
    rows = [f"E-{number},Asha {number},D{number % _UNITS},2020-01-01" for number in range(2, n + 2)]
    return "\n".join(("employee_no,name,department,joined", *rows)).encode()


def _complete(site: Site) -> None:
    """Let somebody complete one course more, in two facts as the product writes them."""
    now, start = site.clock.now(), new_id()
    with site.transaction(_BOSS, "course.complete") as unit:
        person, course, version = map(UUID, unit.execute(_OPEN).one())
        both = {"person_id": person, "course_id": course}
        began = {"id": start, "version_id": version, "cycle": 2, "at": now}
        unit.insert_many(model_of("course_start"), [{**both, **began}])
        unit.insert_many(model_of("course_completion"), [{**both, "start_id": start, "at": now}])


def _require(site: Site) -> None:
    """Require every course of everybody; four in five have completed it, over fourteen months."""
    now = site.clock.now()
    with site.transaction(_BOSS, "course.publish") as unit:
        lessons = [_publish(unit, number, now) for number in range(_COURSES)]
    with site.database.write() as connection:
        chosen = ",".join(f"x'{key.hex}'" for key in lessons)
        for statement in (_START, _COMPLETE, _SIT, _ASSIGN):
            text = statement.replace("PAIR", _PAIR).replace("LESSONS", chosen)
            connection.exec_driver_sql(text, {"now": to_microseconds(now)})


def _publish(unit: Unit, number: int, now: datetime) -> UUID:
    course, version, lesson = new_id(), new_id(), new_id()
    named, code = {"title": f"Course {number}"}, {"code": f"K{number}"}
    issued = {"number": 1, "outline": {}, "sha256": "0", "published_at": now}
    placed = {"position": 1, "key": lesson, "kind": "page"}
    for table, row in (
        ("course", {"id": course, "current_version_id": version, **code}),
        ("course_version", {"id": version, "course_id": course, **issued}),
        ("lesson", {"id": lesson, "version_id": version, **placed}),
        ("requirement", {"course_id": course, **code}),
    ):
        unit.insert_many(model_of(table), [{**row, **named}])
    return lesson


_OPEN = sa.text(
    "SELECT hex(person_id), hex(requirement.course_id), hex(current_version_id) FROM assignment"
    " JOIN requirement ON requirement.id = requirement_id JOIN course ON course.id = requirement.course_id"
    " WHERE NOT EXISTS (SELECT 1 FROM course_completion AS done"
    " WHERE done.person_id = assignment.person_id AND done.course_id = course.id) LIMIT 1"
)
_EVERY_UNIT = UUID(int=1).bytes
"""Under which the sums of all people stand."""
_PAIR = """(
    SELECT *, luck < 80 AS is_done, assigned + (:now - assigned) / 100 * share AS done FROM (
        SELECT person.id AS person, person.rowid * 64 + position AS serial,
            course, version, lesson, requirement, versions,
            :now - (person.rowid * 7919 + position * 104729) % 420 * 86400000000 AS assigned,
            (person.rowid * 31 + position * 17) % 100 AS luck,
            (person.rowid * 13 + position * 7) % 100 AS share
        FROM person, (
            SELECT course.id AS course, current_version_id AS version, lesson.id AS lesson,
                requirement.id AS requirement, requirement.row_versions AS versions,
                row_number() OVER (ORDER BY course.id) AS position
            FROM lesson JOIN course ON course.current_version_id = lesson.version_id
            JOIN requirement ON requirement.course_id = course.id WHERE lesson.id IN (LESSONS)
        )
    )
)"""
_START = """
    INSERT INTO course_start (id, person_id, begun_by_id, course_id, version_id, cycle, at)
    SELECT unhex(printf('01%030x', serial)), person, person, course, version, 1, assigned
    FROM PAIR WHERE luck < 90"""
_COMPLETE = """
    INSERT INTO course_completion (id, start_id, person_id, course_id, at, valid_until)
    SELECT unhex(printf('02%030x', serial)), unhex(printf('01%030x', serial)), person, course, done,
        CASE serial % 4 WHEN 0 THEN NULL ELSE date(done / 1000000 + 86400 * 365, 'unixepoch') END
    FROM PAIR WHERE is_done"""
_SIT = """
    INSERT INTO learning_session
        (id, start_id, lesson_id, began_at, ended_at, active_seconds, trace)
    SELECT unhex(printf('03%030x', serial)), unhex(printf('01%030x', serial)), lesson, done, done,
        60, '{}' FROM PAIR WHERE luck < 90"""
_ASSIGN = """
    INSERT INTO assignment (id, person_id, requirement_id, cycle, assigned_at, origin, due_on,
        completion_id, closed_at, cancelled_reason, row_versions)
    SELECT unhex(printf('04%030x', serial)), person, requirement, 1, assigned, 'Everybody',
        date(assigned / 1000000 + 86400 * (30 + luck), 'unixepoch'),
        CASE WHEN is_done THEN unhex(printf('02%030x', serial)) END,
        CASE WHEN is_done THEN done END, '', versions
    FROM PAIR"""


def _bare_copy(site: Site, path: Path) -> Connection:
    """Return a plain database with nothing but the sums, and one narrow row for each pair."""
    bare = connect(path)
    bare.executescript(
        "CREATE TABLE sums (day TEXT, unit BLOB, a, b, c, d, e, PRIMARY KEY (unit, day)) WITHOUT ROWID;"
        "CREATE TABLE pair (unit BLOB, due TEXT, until TEXT, done INTEGER)"
    )
    with site.read() as session:
        run = session.connection().exec_driver_sql
        sums = (
            "SELECT day, org_unit_id, required, held, expiring, overdue, learners FROM unit_figures"
        )
        bare.executemany("INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?, ?)", map(tuple, run(sums)))
        pairs = """
            SELECT org_unit_id, due_on, valid_until, course_completion.at FROM person_listing
            JOIN assignment USING (person_id) LEFT JOIN course_completion ON completion_id = course_completion.id"""
        bare.executemany("INSERT INTO pair VALUES (?, ?, ?, ?)", map(tuple, run(pairs)))
    bare.commit()
    return bare


def _bare_look(bare: Connection, today: date) -> None:
    """Add up the sums by unit and by day, with nothing between the statement and the library."""
    for statement in (
        "SELECT unit, sum(a), sum(b), sum(c), sum(d), sum(e) FROM sums WHERE day <= ? AND unit <> ? GROUP BY unit",
        "SELECT day, a, b, c, d, e FROM sums WHERE day <= ? AND unit = ?",
    ):
        bare.execute(statement, (today.isoformat(), _EVERY_UNIT)).fetchall()


def _bare_recount(bare: Connection, today: date) -> None:
    """Count today's figures of every unit from one narrow row a pair: nothing that recounts is quicker."""
    statement = """
        SELECT unit, count(*), sum(done IS NOT NULL AND (until IS NULL OR until >= :today)),
            sum(until BETWEEN :today AND date(:today, '+30 days')), sum(done IS NULL AND due < :today)
        FROM pair GROUP BY unit"""
    bare.execute(statement, {"today": today.isoformat()}).fetchall()
