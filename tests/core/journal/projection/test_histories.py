"""Stations' records are a function of the entries they have, in whatever order these came.

Names of the invariants: records-and-sync, "Invariants to property-test".
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.journal.changes import decode_changes, encode_changes
from app.core.journal.personal import opened_changes
from app.core.journal.projection import settling
from app.core.journal.projection.beside import Beside, Row
from app.core.journal.projection.registers import Register
from app.core.journal.projection.settling import Settling
from app.core.journal.projection.stored import Stored
from app.core.journal.projection.writing import Writing
from app.core.journal.stamps import version_of
from app.core.storage.tables import Kind, journalled_models, table_of
from tests.support.histories import ACTS, CLOCK, TAKE, Step, carry_out, meet, random_history
from tests.support.older import an_older_program
from tests.support.records_model import expected_tables
from tests.support.sites import empty_database
from tests.support.travelling import Came, Tables, Traveller, rebuilt_tables

SEEDS = range(40)
"""Histories tried until a fault shows."""

World = Callable[[list[Step], int], str]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """What becomes of a history: "" where everything holds, else what does not."""
    (tmp_path / "template").mkdir()
    empty_database(tmp_path / "template").close()

    def run(steps: list[Step], seed: int) -> str:
        folder = tmp_path / f"world-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        stations = [
            Traveller(tmp_path / "template" / "site.db", folder, number + 1)
            for number in range(3 + seed % 3)
        ]
        try:
            for step in steps:
                carry_out(stations, step)
            meet(stations, Random(seed))
            return "".join(_faults(stations))
        finally:
            for station in stations:
                station.close()

    return run


def _faults(stations: list[Traveller]) -> Iterator[str]:
    tables = [station.tables() for station in stations]
    for other in tables[1:]:
        yield from _differences("I2 I3 I4: two stations differ", tables[0], other)
    for station in stations[:2]:
        yield from _differences("rebuilding differs", tables[0], rebuilt_tables(station))
    yield from _unexpected(stations, tables[0])


def _differences(what: str, one: Tables, other: Tables) -> Iterator[str]:
    for name, rows in one.items():
        if rows != other[name]:
            yield f"{what} in {name}\n"


def _unexpected(stations: list[Traveller], tables: Tables) -> Iterator[str]:
    entries = [
        Came(entry[1], version_of(entry[2], station.fingerprint), _opened(station, entry[-1]))
        for station in stations
        for entry in station.own_entries()
    ]
    clashes = {(one.table, one.key.bytes) for station in stations for one in station.clashes}
    expected = expected_tables(entries)
    for model in journalled_models():
        table = table_of(model)
        names = [column.key for column in table.columns]
        found = {}
        for values in tables[table.name]:
            row = dict(zip(names, values, strict=True))
            row.pop("row_versions", None)
            found[row.pop("id")] = row
        for key in {*found, *expected[table.name]}:
            of_two = model.table_kind is Kind.FACT and (table.name, key) in clashes
            if not of_two and found.get(key) != expected[table.name].get(key):
                yield f"I10: {table.name} {key.hex()} is not what the entries say\n"


def _opened(station: Traveller, body: bytes) -> bytes:
    """Return the body as it would be if nothing were sealed."""
    with station.site.read() as session:
        return encode_changes(opened_changes(session.connection(), decode_changes(body)))


steps = st.builds(
    Step,
    st.integers(0, 4),
    st.sampled_from([*ACTS, TAKE, TAKE, TAKE, CLOCK]),
    st.integers(0, 98),
    st.integers(0, 98),
)


_OLDER_ACTS = ("add person", "edit merged", "merge", "part")
_OLDER = {
    "tables": ("placement", "lesson_completion"),
    "columns": {"person": "left_on", "requirement": "valid_months", "org_unit": "parent_id"},
    "words": {"org_unit": ("code", "U1"), "course": ("code", "C2"), "site": ("language", "hi")},
}
"""What the program of one station does not know: tables, columns with their edits, values of columns."""


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("is_noted", [True, False])
def test_what_an_older_program_left_out_is_there_after_its_update(
    tmp_path: Path, seed: int, is_noted: bool
) -> None:
    empty_database(tmp_path).close()
    (tmp_path / "stations").mkdir()
    path = tmp_path / "site.db"
    stations = [Traveller(path, tmp_path / "stations", number + 1) for number in range(4)]
    older, random = stations[-1], Random(seed)
    try:
        for step in random_history(random, 3, 60):
            carry_out(stations[:3], step)
            act = random.choice((TAKE, TAKE, *_OLDER_ACTS, "nothing"))
            if act != "nothing":
                with an_older_program(**_OLDER):
                    _act_as(older, stations, Step(0, act, step.which, step.other))
        with an_older_program(**_OLDER):
            for other in stations[:3]:
                older.take(other, 10_000)
            assert not _differences_of(older)
        if not is_noted:
            _forget_notes(older)
        assert older.is_updated() or not is_noted
        while older.is_updated() or older.goes_on():
            pass
        meet(stations, random)
        while older.is_updated() or older.goes_on():
            pass
        tables = [station.tables() for station in stations]
        assert "".join(_differences("rebuilding differs", tables[3], rebuilt_tables(older))) == ""
        assert "".join(_differences("newer differs", tables[0], tables[3])) == ""
    finally:
        for station in stations:
            station.close()


def _differences_of(station: Traveller) -> str:
    return "".join(_differences("rebuilding", station.tables(), rebuilt_tables(station)))


def _act_as(older: Traveller, stations: list[Traveller], step: Step) -> None:
    carry_out([older, *stations[:3]], step)


def _forget_notes(older: Traveller) -> None:
    """Let the program be one of before this was noted."""
    with older.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM row_left_out")
        connection.exec_driver_sql("INSERT INTO row_left_out VALUES ('', zeroblob(16), x'')")


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=st.lists(steps, max_size=40), seed=st.integers(0, 10_000))
def test_drawn_histories_end_alike_everywhere(world: World, drawn: list[Step], seed: int) -> None:
    assert world([*random_history(Random(seed), 5, 20), *drawn], seed) == ""


@pytest.mark.parametrize("seed", range(8))
def test_long_histories_end_alike_everywhere(world: World, seed: int) -> None:
    assert world(random_history(Random(seed), 5, 90), seed) == ""


# Faults of a projection as others have them. Each must be found, or the test above proves little.


def _newest_clock_wins(self: Register, version: bytes, superseded: object, value: object) -> None:
    if version >= max(self.live):
        self.live = {version: value}  # type: ignore[dict-item]  # a wire form


def _one_value_is_dropped(
    self: Register, version: bytes, superseded: object, value: object
) -> None:
    self.live = {max(version, *self.live): value}  # type: ignore[dict-item]  # a wire form


def _first_come_stays(self: Settling, shape: Stored, own: Row) -> None:
    projected = self._beside.projected(shape, own)
    bearers = shape.bearers(self._beside.connection, projected)
    if bearers:
        self._beside.put_aside(shape, min(bearers), own)
    else:
        self._beside.show(shape, own, projected)


def _references_stay(self: Settling, *_what: object) -> None:
    """Forget what refers to rows that moved."""


def _rows_aside_are_not_edited(
    self: Writing, shape: Stored, key: bytes, own: Row, changed: Row, versions: object
) -> None:
    if shape.has(self._connection, key):
        _CHANGE(self, shape, key, own, changed, versions)  # type: ignore[arg-type]  # as it was


def _nothing_was_superseded_early(self: Register, version: bytes) -> bool:
    return False


def _nothing_is_freed(self: Settling, *_what: object) -> None:
    """Leave rows aside though what they stood aside for is another thing now."""


def _repointing_is_not_noted(self: Beside, *_what: object) -> None:
    """Forget what a reference named."""


def _who_stays_is_not_asked(shape: Stored, own: Row, projected: Row) -> tuple[bool, bool, bytes]:
    assert isinstance(own["id"], bytes)
    return False, False, own["id"]


_CHANGE = Writing.change
# Where it is put, what is put there, and a seed that shows it: so not all are played before that one.
FAULTS = {
    "the newest clock wins": (Register, "write", _newest_clock_wins, 7),
    "a concurrent value is dropped": (Register, "write", _one_value_is_dropped, 0),
    "insert or ignore": (Settling, "add", _first_come_stays, 1),
    "references are not repointed": (Settling, "_follow", _references_stay, 0),
    "rows aside are not edited": (Writing, "change", _rows_aside_are_not_edited, 0),
    "edits before what they supersede": (Register, "_came", _nothing_was_superseded_early, 27),
    "rows aside are not freed": (Settling, "free", _nothing_is_freed, 4),
    "who stays is not asked": (settling, "_place_of", _who_stays_is_not_asked, 0),
    "what was named is forgotten": (Beside, "_note_repointed", _repointing_is_not_noted, 1),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_found(world: World, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    owner, name, wrong, shown_by = FAULTS[fault]
    monkeypatch.setattr(owner, name, wrong)

    assert any(_is_found(world, seed) for seed in (shown_by, *SEEDS))


def _is_found(world: World, seed: int) -> bool:
    try:
        return world(random_history(Random(seed), 5, 90), seed) != ""
    except (AssertionError, LookupError, ValueError, RuntimeError):
        return True
    except Exception as error:  # noqa: BLE001  what the database refuses shows a fault as well
        return "IntegrityError" in type(error).__name__
