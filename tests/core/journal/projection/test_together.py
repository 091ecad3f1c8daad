"""Entries of new facts that go by column end as they do one by one, whatever is among them."""

from itertools import repeat
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.base.ids import new_id
from app.core.journal.changes import (
    Change,
    Edit,
    Edited,
    Inserted,
    decode_changes,
    encode_changes,
)
from app.core.journal.layers import Layer, lay
from app.core.journal.projection import Clash, Projection, Run
from app.core.journal.projection.outlines import Columns, outlines_of
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


@st.composite
def sent_files(draw: st.DrawFn) -> Entries:
    """New rows that are alike but for what varies, also in kind: some that no screen could read.

    300 and "ab" take three bytes each, and so do b"x" and "é": only their first byte tells them apart.
    """
    values: dict[str, st.SearchStrategy[Wire]] = {
        "kind": st.sampled_from(["é", b"x", "ab", "records"]),
        "number": st.sampled_from([1, 2, 200, 300, 70_000, -1, -200, "ab", True]),
        "account_id": st.sampled_from([None, bytes(15), b"\xff" * 15, "x" * 15]),
        "made_at": st.sampled_from([0, 300, 1 << 40, (1 << 40) + 7, 1 << 62, "ab"]),
        "recipients": st.sampled_from(["[]", "{}", "[1", "[1]"]),
        "size": st.sampled_from([300, 301, "ab", None]),
        "carries": st.sampled_from([b"", b"\x01", b"x", "é"]),
    }
    alike = {name: draw(kind) for name, kind in values.items()}
    varied = draw(st.sets(st.sampled_from(sorted(values)), max_size=3))
    always: dict[str, Wire] = {"destination": "pcs", "station": bytes(32), "entries": 1}
    always |= {"sha256": "", "written_to": ""}
    entries: Entries = []
    for _turn in range(draw(st.integers(16, 40))):
        given = {**alike, **{name: draw(values[name]) for name in sorted(varied)}}
        entries.append([Inserted("sent_file", new_id(), {**always, **given})])
    return entries


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=sent_files())
def test_whatever_varies_they_are_what_they_are_one_by_one(
    database: Database, entries: Entries
) -> None:
    assert outcome(database, entries, len(entries)) == outcome(database, entries, 1)


def test_bodies_that_are_alike_are_read_without_taking_each_apart() -> None:
    bodies = [encode_changes(changes) for changes in sign_ins()]
    (layer,) = lay(bodies, repeat("", COUNT))
    outlines = outlines_of(layer)
    assert outlines is not None
    (outline,) = outlines
    columns = Columns(layer, 2, 5)

    assert columns.keys(outline) == [
        changes[0].key.bytes for changes in map(decode_changes, bodies[2:5])
    ]
    assert columns.read(outline, "at") == [2, 3, 4]
    assert columns.read(outline, "event") == ["in"] * 3


KEY = UUID(int=1)
BADGE = encode_changes([sign_in(1, KEY, method="badge")])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x90",
        b"\x91",
        BADGE + b"\x00",
        BADGE[:-1],
        BADGE.replace(b"\xc4\x10", b"\xc4\x0f"),
        BADGE.replace(b"method", b"\xff" * 6),
        BADGE.replace(b"\xa6method", b"\xa6newest"),
        BADGE.replace(b"\xa6method", b"\xa5event"),
        encode_changes([Inserted("sign_in", KEY, {"event": "in"})]),
        encode_changes([Inserted("org_unit", KEY, {"code": "P", "name": "Press"})]),
        encode_changes([Edited("sign_in", KEY, {"at": Edit(bytes(16), 1, 2)})]),
    ],
)
def test_what_is_not_new_facts_has_no_outline(body: bytes) -> None:
    assert outlines_of(Layer(len(body), body * 9, range(9), [])) is None


def test_bodies_that_differ_between_their_values_have_no_outline() -> None:
    body = encode_changes([sign_in(1)])

    assert outlines_of(Layer(len(body), body * 9, range(9), [(4, 1)])) is None
    assert outlines_of(Layer(len(body), body * 9, range(9), [(len(body) - 1, 1)])) is not None
