"""What the projection does with what comes: on every engine, inside the caller's transaction."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, system_actor
from app.core.base.ids import new_id
from app.core.journal import Journal, Site, shown_for, shown_in_sql
from app.core.journal.changes import Change, Edit, Edited, Inserted
from app.core.journal.projection import Applied, Clash, Projection, Waiting
from app.core.journal.projection.models import AsideRow, ContestRow, RepointedRow, TurnRow
from app.core.learning.models import CourseStartRow, LessonCompletionRow
from app.core.learning.starts import own_start
from app.core.people.models import OrgUnitRow, PersonRow, PlacementRow
from app.core.storage.columns import Id, Wire
from app.core.storage.database import Database
from app.core.storage.tables import Base, table_of
from tests.support.sites import STATION

ACTOR = system_actor()
IDS = [UUID(int=0x7000_8000_0000_0000_0000 + number) for number in range(20)]


def version(number: int) -> bytes:
    return b"%016d" % number


def a_unit(key: UUID, code: str, name: str = "Press shop") -> Inserted:
    return Inserted("org_unit", key, {"site_id": IDS[0].bytes, "code": code, "name": name})


def a_person(key: UUID, number: str = "E-1") -> Inserted:
    values: dict[str, Wire] = {"number": number, "name": "Asha", "kind": "employee"}
    values |= {"name_local": "", "search_text": "", "email": "", "language": "en"}
    return Inserted("person", key, values)


def a_placement(key: UUID, person: UUID, unit: UUID) -> Inserted:
    values: dict[str, Wire] = {"person_id": person.bytes, "org_unit_id": unit.bytes}
    values["from_on"] = "2026-01-01"
    return Inserted("placement", key, values)


def an_edit(table: str, key: UUID, column: str, seen: int, new: Any) -> Edited:
    return Edited(table, key, {column: Edit(version(seen), None, new)})


@contextmanager
def projection_on(database: Database) -> Iterator[Projection]:
    with database.write() as connection:
        projection = Projection(connection)
        yield projection
        projection.flush()


def rows(database: Database, model: type[Base], *names: str) -> set[Any]:
    columns = [table_of(model).c[name] for name in names]
    with database.read() as session:
        found = session.execute(sa.select(*columns)).all()
    return {row[0] if len(names) == 1 else tuple(row) for row in found}


def test_an_entry_waits_for_the_rows_it_speaks_of(database: Database) -> None:
    unit, person, placement = IDS[:3]
    with projection_on(database) as projection:
        placed = [a_placement(placement, person, unit)]
        assert projection.apply(version(3), placed) == Waiting(
            (("person", person), ("org_unit", unit))
        )
        assert projection.apply(version(1), [a_person(person)]) == Applied()
        assert projection.apply(version(3), placed) == Waiting((("org_unit", unit),))
        assert projection.apply(version(2), [a_unit(unit, "P")]) == Applied()
        assert projection.apply(version(3), placed) == Applied()

    assert rows(database, PlacementRow, "id") == {placement}


def test_an_edit_waits_for_its_row_and_nothing_of_the_entry_is_done(database: Database) -> None:
    with projection_on(database) as projection:
        edit = an_edit("org_unit", IDS[1], "name", 1, "Paint shop")
        entry: list[Change] = [a_unit(IDS[0], "P"), edit]
        assert projection.apply(version(2), entry) == Waiting((("org_unit", IDS[1]),))

    assert rows(database, OrgUnitRow, "id") == set()
    assert projection.touched == {}


def test_a_row_before_the_one_it_refers_to_waits(database: Database) -> None:
    below = Inserted("org_unit", IDS[0], {"code": "P", "name": "P", "parent_id": IDS[1].bytes})
    with projection_on(database) as projection:
        entry = [below, a_unit(IDS[1], "Q")]
        assert projection.apply(version(1), entry) == Waiting((("org_unit", IDS[1]),))
        assert projection.apply(version(1), [*reversed(entry)]) == Applied()

    assert rows(database, OrgUnitRow, "id") == {IDS[0], IDS[1]}


def test_rows_that_are_one_thing_are_shown_once_and_references_led_there(
    database: Database,
) -> None:
    early, late, person, placement = IDS[:4]
    with projection_on(database) as projection:
        projection.apply(version(1), [a_unit(late, "P", "Late"), a_person(person)])
        projection.apply(version(2), [a_placement(placement, person, late)])
        projection.flush()
        projection.apply(version(3), [a_unit(early, "P", "Early")])

    assert rows(database, OrgUnitRow, "id", "name") == {(early, "Early")}
    assert rows(database, PlacementRow, "org_unit_id") == {early}
    assert rows(database, AsideRow, "table_name", "row_id", "shown_id") == {
        ("org_unit", late, early)
    }
    assert projection.touched["org_unit"] == {early, late}
    assert projection.touched["placement"] == {placement}


def test_rows_that_are_another_thing_after_an_edit_part_again(database: Database) -> None:
    early, late, person, placement = IDS[:4]
    with projection_on(database) as projection:
        projection.apply(version(1), [a_unit(early, "P"), a_unit(late, "P"), a_person(person)])
        projection.apply(version(2), [a_placement(placement, person, late)])
        projection.apply(version(3), [an_edit("org_unit", late, "code", 1, "Q")])

    assert rows(database, OrgUnitRow, "id", "code") == {(early, "P"), (late, "Q")}
    assert rows(database, PlacementRow, "org_unit_id") == {late}
    assert rows(database, AsideRow, "row_id") == set()
    assert rows(database, RepointedRow, "row_id") == set()


def test_children_that_become_one_thing_are_shown_once_as_facts_are(database: Database) -> None:
    """Two accounts' people are two; but two starts of one person and course are one, and below."""
    first, second, course, course_version, lesson, person = IDS[:6]
    start: dict[str, Wire] = {
        "person_id": person.bytes,
        "begun_by_id": person.bytes,
        "course_id": course.bytes,
        "cycle": 1,
        "at": 1,
    }
    done: dict[str, Wire] = {"lesson_id": lesson.bytes, "at": 1, "rule": "", "evidence": "{}"}
    with projection_on(database) as projection:
        projection.apply(version(1), [a_person(person), *a_course(course, course_version, lesson)])
        starts = {**start, "version_id": course_version.bytes}
        for number, (key, below) in enumerate([(second, IDS[9]), (first, IDS[8])]):
            values = {**done, "start_id": key.bytes}
            entry = [
                Inserted("course_start", key, starts),
                Inserted("lesson_completion", below, values),
            ]
            projection.apply(version(2 + number), entry)
            projection.flush()

    assert rows(database, CourseStartRow, "id") == {first}
    assert rows(database, LessonCompletionRow, "id", "start_id") == {(IDS[8], first)}
    assert rows(database, AsideRow, "row_id", "shown_id") == {(second, first), (IDS[9], IDS[8])}
    assert rows(database, TurnRow, "id") == set()
    with database.read() as session:
        assert shown_for(session, CourseStartRow, second) == first
        assert shown_for(session, CourseStartRow, first) == first
        assert own_start(session, a_learner(person), second).id == first


def test_what_is_shown_is_asked_for_each_row_however_deep_in_a_statement(
    database: Database,
) -> None:
    press, lathe = IDS[1:3], IDS[3:5]
    with database.write() as connection:
        for code, keys in (("P", press), ("L", lathe)):
            for number, key in enumerate(keys):
                projection = Projection(connection)
                projection.apply(version(2 * keys[0].int + number), [a_unit(key, code)])
                projection.flush()
    assert len(rows(database, AsideRow, "row_id", "shown_id")) == 2

    named = sa.union_all(*(sa.select(sa.literal(one, Id()).label("unit")) for one in IDS[1:5]))
    unit = named.subquery().c.unit
    of_lathe = (
        sa.exists()
        .where(OrgUnitRow.id == shown_in_sql(OrgUnitRow, unit), OrgUnitRow.code == "L")
        .correlate_except(OrgUnitRow)
    )
    with database.read() as session:
        assert set(session.scalars(sa.select(unit).where(of_lathe))) == set(lathe)


def a_learner(person: UUID) -> Actor:
    return Actor(account_id=None, person_id=person, name="Asha")


def a_course(course: UUID, course_version: UUID, lesson: UUID) -> list[Inserted]:
    versioned: dict[str, Any] = {"course_id": course.bytes, "number": 1, "title": "T", "note": ""}
    versioned |= {"outline": "{}", "sha256": "0" * 64, "published_at": 1}
    placed: dict[str, Any] = {"version_id": course_version.bytes, "position": 1, "key": bytes(16)}
    placed |= {"kind": "html", "title": "L", "is_required": True}
    return [
        Inserted("course", course, {"code": "C", "title": "T", "topic": ""}),
        Inserted("course_version", course_version, versioned),
        Inserted("lesson", lesson, placed),
    ]


def test_one_id_with_other_content_is_an_alarm_and_shown_alike(database: Database) -> None:
    sign_in = {"event": "in", "method": "number+pin"}
    shown = []
    for order in [(1, 2), (2, 1)]:
        key = new_id()
        with projection_on(database) as projection:
            for at in order:
                changes = [Inserted("sign_in", key, {**sign_in, "at": at})]
                projection.apply(version(at), changes)
        assert projection.clashes == [Clash("sign_in", key)]
        with database.read() as session:
            found = sa.text("SELECT at FROM sign_in WHERE id = :id")
            shown.append(session.scalar(found, {"id": _driver_id(session, key)}))

    assert shown[0] == shown[1]


def _driver_id(session: Any, key: UUID) -> Any:
    return key if session.connection().dialect.name == "postgresql" else key.bytes


def test_one_row_from_two_entries_alike_is_no_alarm(database: Database) -> None:
    with projection_on(database) as projection:
        for number in (2, 1):
            projection.apply(version(number), [a_unit(IDS[0], "P")])
        projection.apply(version(3), [an_edit("org_unit", IDS[0], "name", 2, "Paint shop")])

    assert projection.clashes == []
    assert rows(database, OrgUnitRow, "name") == {"Paint shop"}
    assert rows(database, ContestRow, "row_id") == set()


@pytest.mark.parametrize(
    "change",
    [
        Inserted("from_the_future", IDS[0], {"name": "x"}),
        Inserted("person", IDS[0], {**a_person(IDS[0]).values, "kind": "robot"}),
        Inserted("person", IDS[0], {**a_person(IDS[0]).values, "name": 7}),
        Inserted("person", IDS[0], {**a_person(IDS[0]).values, "joined_on": "2026-02-30"}),
        Inserted("person", IDS[0], {"number": "E-1"}),
        Edited("person", IDS[1], {"name": Edit(b"short", "", "x")}),
        Edited("person", IDS[1], {"shoe_size": Edit(version(1), 1, 2)}),
    ],
)
def test_what_this_program_cannot_read_is_carried(database: Database, change: Any) -> None:
    with projection_on(database) as projection:
        entry = [a_unit(IDS[2], "P"), change]
        assert projection.apply(version(1), entry) == Applied(is_whole=False)

    assert rows(database, OrgUnitRow, "id") == {IDS[2]}
    assert rows(database, PersonRow, "id") == set()


def test_a_column_of_a_newer_program_is_left_out(database: Database) -> None:
    with projection_on(database) as projection:
        values = {**a_unit(IDS[0], "P").values, "colour": "red"}
        entry = [Inserted("org_unit", IDS[0], values)]
        assert projection.apply(version(1), entry) == Applied(is_whole=False)

    assert rows(database, OrgUnitRow, "id") == {IDS[0]}


def test_a_saved_edit_decides_what_stood_side_by_side(site: Site) -> None:
    with site.transaction(ACTOR, "person.add") as unit:
        person = PersonRow(number="E-1", name="Asha")
        unit.add(person)
        unit.flush()
        begun = unit.version
    with site.transaction(ACTOR, "person.edit") as unit:
        unit.get_one(PersonRow, person.id).name = "Asha V"
    with projection_on(site.database) as projection:
        edit = Edited("person", person.id, {"name": Edit(begun, "Asha", "Usha")})
        projection.apply(b"\xff" * 16, [edit])
    assert rows(site.database, PersonRow, "name") == {"Usha"}
    assert rows(site.database, ContestRow, "column_name") == {"name"}

    with site.transaction(ACTOR, "person.edit") as unit:
        row = unit.get_one(PersonRow, person.id)
        row.name = "Asha Verma"
        unit.flush()
        assert b"\xff" * 16 not in row.row_versions

    assert rows(site.database, PersonRow, "name") == {"Asha Verma"}
    with site.read() as session:
        kept = session.scalars(sa.select(ContestRow)).one_or_none()
    assert kept is None or kept.live == b"\x80"


def test_facts_stay_guarded_before_and_after_rows_change_places(site: Site) -> None:
    database = site.database
    test_children_that_become_one_thing_are_shown_once_as_facts_are(database)

    for statement in ("DELETE FROM course_start", "UPDATE course_start SET cycle = 2"):
        with (
            pytest.raises(sa.exc.DBAPIError, match="never changed"),
            database.write() as connection,
        ):
            connection.exec_driver_sql(statement)


def test_rows_that_came_otherwise_are_found(site: Site) -> None:
    with site.transaction(ACTOR, "person.add") as unit:
        unit.add(PersonRow(number="E-1", name="Asha"))
    with projection_on(site.database) as projection:
        projection.apply(version(1), [a_unit(IDS[0], "P")])

    verdict = Journal(site, STATION).verify(ACTOR)
    assert verdict.first_bad is not None
    assert verdict.first_bad.log == "org_unit"


def test_a_great_many_facts_are_written_together(
    database: Database, record_testsuite_property: Any
) -> None:
    count = 100_000
    entries = [
        Inserted("sign_in", new_id(), {"event": "in", "method": "badge+pin", "at": number})
        for number in range(count)
    ]
    with database.write() as connection:
        projection = Projection(connection)
        began = time.process_time()
        for number, change in enumerate(entries):
            projection.apply(version(number), [change])
        projection.flush()
        spent = time.process_time() - began
    print(f"{spent / count * 1e6:.2f} µs CPU a row through the projection")  # noqa: T201  a figure to read
    record_testsuite_property("projection_us_a_row", round(spent / count * 1e6, 2))

    with database.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM sign_in")) == count
    assert len(projection.touched["sign_in"]) == count
