"""Entries of new facts that go by column end as they do one by one, whatever is among them."""

from itertools import repeat
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.ids import new_id
from app.core.journal.changes import Change, Inserted, encode_changes
from app.core.journal.layers import lay
from app.core.journal.projection import Clash, Projection, Run
from app.core.storage.columns import Wire
from app.core.storage.database import Database
from app.core.storage.tables import journalled_models, table_of
from tests.core.journal.projection.test_applying import a_course, a_person

STATION = b"s" * 32
COUNT = 40
MIDDLE = 20
Entries = list[list[Change]]


def sign_in(number: int, key: UUID | None = None, **more: Wire) -> Inserted:
    values: dict[str, Wire] = {"event": "in", "method": "badge+pin", "at": number, **more}
    return Inserted("sign_in", key or new_id(), values)


def sign_ins() -> Entries:
    return [[sign_in(number)] for number in range(COUNT)]


def with_one_of_two_facts() -> Entries:
    entries = sign_ins()
    entries[MIDDLE].append(sign_in(COUNT))
    return entries


def with_a_record_between() -> Entries:
    entries = sign_ins()
    entries[MIDDLE] = [Inserted("org_unit", new_id(), {"code": "P", "name": "Press shop"})]
    return entries


def with_a_row_that_came_before() -> Entries:
    entries = sign_ins()
    (first,) = entries[0]
    entries[MIDDLE] = [sign_in(99, first.key)]
    return entries


def with_a_value_nobody_can_read() -> Entries:
    return [*sign_ins(), [sign_in(1, at="yesterday")], [sign_in(2, at=True)]]


def with_a_column_of_a_newer_program() -> Entries:
    return [*sign_ins(), [sign_in(1, shoe_size=42)]]


def with_a_table_of_a_newer_program() -> Entries:
    return [*sign_ins(), [Inserted("from_the_future", new_id(), {"a": 1})]]


Tables = dict[str, list[tuple[object, ...]]]


def outcome(database: Database, entries: Entries, at_once: int) -> tuple[int, list[Clash], Tables]:
    """Apply entries, so many at once, until one waits; look; give everything back."""
    wires = [(number << 16, encode_changes(changes)) for number, changes in enumerate(entries, 1)]
    done = 0
    with database.write() as connection, connection.begin_nested() as savepoint:
        projection = Projection(connection)
        for start in range(0, len(wires), at_once):
            lot = wires[start : start + at_once]
            stamps, bodies = zip(*lot, strict=True)
            layers = tuple(lay(bodies, repeat("", len(bodies))))
            done += (several := projection.apply_in_turn(STATION, Run(stamps, bodies, layers)))
            if several < len(lot):
                break
        projection.flush()
        tables = {table.name: rows_of(connection, table) for table in TABLES}
        savepoint.rollback()
    return done, projection.clashes, tables


TABLES = [table_of(model) for model in journalled_models()]


def rows_of(connection: sa.Connection, table: sa.Table) -> list[tuple[object, ...]]:
    rows = connection.execute(sa.select(table).order_by(*table.primary_key))
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("entries", "kept"),
    [
        (sign_ins(), COUNT),
        (with_one_of_two_facts(), COUNT + 1),
        (with_a_record_between(), COUNT - 1),
        (with_a_row_that_came_before(), COUNT - 1),
        (with_a_value_nobody_can_read(), COUNT),
        (with_a_column_of_a_newer_program(), COUNT + 1),
        (with_a_table_of_a_newer_program(), COUNT),
    ],
)
def test_together_they_are_what_they_are_one_by_one(
    database: Database, entries: Entries, kept: int
) -> None:
    one_by_one = outcome(database, entries, 1)

    assert outcome(database, entries, len(entries)) == one_by_one
    assert one_by_one[0] == len(entries)
    assert len(one_by_one[2]["sign_in"]) == kept


def test_a_row_that_came_before_with_other_content_is_an_alarm(database: Database) -> None:
    entries = with_a_row_that_came_before()
    (first,) = entries[0]

    assert outcome(database, entries, COUNT)[1] == [Clash("sign_in", first.key)]


def answers(attempts: list[UUID]) -> Entries:
    """A learner and a course, then attempts one after another, each with answers."""
    person, course, released, lesson = (new_id() for _turn in range(4))
    begun: dict[str, Wire] = {"person_id": person.bytes, "lesson_id": lesson.bytes, "seed": 1}
    begun |= {"number": 1, "began_at": 1}
    given: dict[str, Wire] = {"question_version_id": bytes(16), "response": "{}", "share": "1/2"}
    entries: Entries = [[a_person(person)], [*a_course(course, released, lesson)]]
    for attempt in attempts:
        entries.append([Inserted("attempt", attempt, begun)])
        answer: dict[str, Wire] = {**given, "attempt_id": attempt.bytes, "at": 2}
        entries += [[Inserted("response", new_id(), answer)] for _turn in range(10)]
    return entries


def test_rows_and_those_they_refer_to_come_together(database: Database) -> None:
    entries = answers([new_id() for _turn in range(4)])

    done, clashes, tables = outcome(database, entries, len(entries))

    assert (done, clashes, len(tables["response"])) == (len(entries), [], 40)
    assert outcome(database, entries, 1) == (done, clashes, tables)


def test_a_row_waits_for_one_that_comes_after_it_in_its_log(database: Database) -> None:
    entries = answers([new_id() for _turn in range(4)])
    begun = next(n for n, (change, *_more) in enumerate(entries) if change.table == "response") - 1
    entries.insert(begun + 30, entries.pop(begun))

    together = outcome(database, entries, len(entries))

    assert together[0] == begun
    assert outcome(database, entries, 1) == together
