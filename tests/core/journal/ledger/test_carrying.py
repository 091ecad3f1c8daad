"""Segments from one database to another: proved, kept once, in whatever order and however often."""

import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.progress import NoProgress
from app.core.journal import Site
from app.core.journal.entries import EntryWire
from app.core.journal.ledger import (
    ChainBroken,
    Outcome,
    Position,
    Segment,
    Taken,
    Taking,
    lacking,
    segments_of,
    stand,
    vector_of,
)
from app.core.journal.ledger.logs import stored_logs
from app.core.journal.ledger.taking import chain
from app.core.journal.verify import ChainWalk, verify_journal
from app.core.people.models import OrgUnitRow
from app.core.storage.database import Database, SqliteFile
from app.core.storage.tables import Scope
from tests.support.clock import TurnedClock
from tests.support.sites import another_station, empty_database, open_site

ACTOR = system_actor()
Carried = tuple[Segment, list[EntryWire]]


def a_site(folder: Path, clock: TurnedClock) -> Site:
    folder.mkdir()
    return open_site(empty_database(folder), clock, another_station())


@pytest.fixture
def plant(tmp_path: Path, clock: TurnedClock) -> Site:
    """A site with five entries."""
    site = a_site(tmp_path / "plant", clock)
    write(site, *"ABCDE")
    return site


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Site:
    """A site that has written nothing."""
    return a_site(tmp_path / "office", clock)


def write(site: Site, *codes: str) -> None:
    for code in codes:
        with site.transaction(ACTOR, "unit.add") as unit:
            unit.add(OrgUnitRow(code=code + os.urandom(3).hex(), name=code))


def vector(site: Site) -> tuple[Position, ...]:
    with site.read() as session:
        return vector_of(session.connection())


def given(source: Site, known: tuple[Position, ...] = ()) -> list[Carried]:
    with source.read() as session:
        connection = session.connection()
        stretches = lacking(connection, [known], lambda _name: True)
        parts = (part for stretch in stretches for part in segments_of(connection, stretch))
        return [(segment, list(entries)) for segment, entries in parts]


def take(site: Site, carried: Carried) -> Taken:
    with site.database.write() as connection:
        taking = Taking(connection)
        taken = taking.take(*carried)
        segment = carried[0]
        taking.prove(Position(log=segment.log, seq=segment.last, head=segment.head))
        return taken


def cut(carried: Carried, at: int) -> tuple[Carried, Carried]:
    """Cut a segment in two, after `at` entries."""
    segment, entries = carried
    middle = list(chain(segment, entries))[at - 1]
    last = segment.first + at - 1
    return (
        (replace(segment, last=last, head=middle), entries[:at]),
        (replace(segment, first=last + 1, previous=middle), entries[at:]),
    )


def test_what_was_taken_in_is_the_same_log(plant: Site, office: Site) -> None:
    (carried,) = given(plant)

    taken = take(office, carried)

    assert (taken.outcome, taken.stored, taken.forked) == (Outcome.STORED, 5, False)
    assert vector(office) == vector(plant)
    assert given(office) == given(plant)  # a relay gives on what it got, byte for byte


def test_again_changes_nothing(plant: Site, office: Site) -> None:
    (carried,) = given(plant)
    take(office, carried)

    with office.database.write() as connection:
        assert Taking(connection).is_here(carried[0])
    assert take(office, carried).outcome is Outcome.REPEATED
    assert vector(office) == vector(plant)


def test_a_part_that_overlaps_adds_what_is_new(plant: Site, office: Site) -> None:
    early, _late = cut(given(plant)[0], 3)
    take(office, early)

    taken = take(office, given(plant)[0])

    assert (taken.outcome, taken.stored) == (Outcome.STORED, 2)
    assert vector(office) == vector(plant)


def test_a_part_without_its_beginning_is_not_kept(plant: Site, office: Site) -> None:
    early, late = cut(given(plant)[0], 3)

    assert take(office, late).outcome is Outcome.GAP
    assert vector(office) == ()

    take(office, early)
    assert take(office, late).outcome is Outcome.STORED


def test_only_what_the_peer_lacks_is_given(plant: Site, office: Site) -> None:
    take(office, given(plant)[0])
    write(plant, "F")

    (carried,) = given(plant, vector(office))

    assert (carried[0].first, carried[0].last) == (6, 6)


def test_a_claim_that_is_not_on_the_log_is_not_believed(plant: Site, office: Site) -> None:
    (claimed,) = vector(plant)

    assert given(plant, (replace(claimed, head=bytes(32)),)) == given(plant)


@pytest.mark.parametrize("field", range(7))
def test_a_changed_entry_is_refused_and_nothing_is_stored(
    plant: Site, office: Site, field: int
) -> None:
    segment, entries = given(plant)[0]
    forged = list(entries[2])
    forged[field] = {0: 1, 1: 1, 2: 1, 3: b"x" * 16, 4: "x", 5: "x", 6: b"\x90"}[field]
    entries[2] = tuple(forged)  # type: ignore[call-overload]

    with pytest.raises(ChainBroken):
        take(office, (segment, entries))

    assert vector(office) == ()


def test_a_segment_that_names_more_than_it_has_is_refused(plant: Site, office: Site) -> None:
    segment, entries = given(plant)[0]

    with pytest.raises(ChainBroken):
        take(office, (segment, entries[:-1]))
    with pytest.raises(ChainBroken):
        take(office, (segment, []))


def first_bad_link(connection: sa.Connection) -> tuple[int | None, int]:
    """Return the number of the first bad entry, and how many were good before it."""
    walk = ChainWalk(connection, NoProgress())
    for log in stored_logs(connection):
        bad = walk.log(log)
        if bad is not None:
            return bad.seq, walk.entries
    return None, walk.entries


def test_what_no_signature_reaches_is_not_given_on(plant: Site, office: Site) -> None:
    (carried,) = given(plant)
    early, late = cut(carried, 3)
    take(office, early)
    with office.database.write() as connection:
        Taking(connection).take(*late)

    (part,) = given(office)
    assert (part[0].last, vector(office)[0].seq) == (3, 3)

    with office.database.write() as connection:
        assert Taking(connection).prove(vector(plant)[0])
    assert given(office) == given(plant)


def test_a_signature_for_another_entry_proves_nothing(plant: Site, office: Site) -> None:
    with office.database.write() as connection:
        taking = Taking(connection)
        taking.take(*given(plant)[0])
        assert not taking.prove(replace(vector(plant)[0], head=bytes(32)))

    assert vector(office) == ()


class Twins:
    """A data folder that was copied: two programs write on in one name."""

    def __init__(self, folder: Path, clock: TurnedClock) -> None:
        folder.mkdir()
        key = another_station()
        self.one = open_site(empty_database(folder), clock, key)
        write(self.one, *"ABC")
        self.one.close()
        shutil.copyfile(folder / "site.db", folder / "copy.db")
        self.one = open_site(Database(SqliteFile(path=folder / "site.db")), clock, key)
        self.other = open_site(Database(SqliteFile(path=folder / "copy.db")), clock, key)


def test_twins_are_kept_side_by_side(tmp_path: Path, office: Site, clock: TurnedClock) -> None:
    twins = Twins(tmp_path / "twins", clock)
    write(twins.one, *"DE")
    write(twins.other, *"XYZ")

    first = take(office, given(twins.one)[0])
    second = take(office, given(twins.other)[0])

    assert (first.forked, first.stored) == (False, 5)
    assert (second.forked, second.stored) == (True, 3)
    assert set(vector(office)) == {*vector(twins.one), *vector(twins.other)}
    assert take(office, given(twins.other)[0]).outcome is Outcome.REPEATED


def test_both_ways_reach_a_third_through_a_relay(
    tmp_path: Path, office: Site, clock: TurnedClock
) -> None:
    twins = Twins(tmp_path / "twins", clock)
    write(twins.one, "D")
    write(twins.other, "X")
    take(office, given(twins.other)[0])
    take(office, given(twins.one)[0])
    third = a_site(tmp_path / "third", clock)

    for carried in given(office):
        take(third, carried)
    write(twins.one, "E")
    for carried in given(twins.one, vector(third)):
        assert carried[0].entries == 1
        taken = take(third, carried)

    assert taken.forked
    assert set(vector(third)) == {*vector(twins.one), *vector(twins.other)}


def test_stamps_follow_what_came_in(plant: Site, office: Site, clock: TurnedClock) -> None:
    morning = clock.now()
    clock.turn(timedelta(hours=3))
    write(plant, "LATE")
    clock.set_wall(morning)
    for carried in given(plant):
        take(office, carried)
    write(office, "Z")

    newest = max(entry[0] for _segment, entries in given(plant) for entry in entries)
    ours = next(part for part in given(office) if part[0].log.station == office.station.fingerprint)
    assert ours[1][0][0] > newest


def test_a_clock_of_2099_does_not_drag_ours(plant: Site, office: Site, clock: TurnedClock) -> None:
    morning = clock.now()
    clock.turn(timedelta(days=26_000))
    write(plant, "LATE")
    clock.set_wall(morning)
    for carried in given(plant):
        take(office, carried)
    write(office, "Z")

    newest = max(entry[0] for _segment, entries in given(plant) for entry in entries)
    ours = next(part for part in given(office) if part[0].log.station == office.station.fingerprint)
    assert ours[1][0][0] < newest
    assert ours[0].log.scope is Scope.IDENTITY


def test_the_journal_is_sound_with_logs_of_others_and_both_ways_of_a_twin(
    tmp_path: Path, office: Site, clock: TurnedClock
) -> None:
    twins = Twins(tmp_path / "twins", clock)
    write(twins.one, *"DE")
    write(twins.other, *"XYZ")
    for carried in (*given(twins.one), *given(twins.other)):
        take(office, carried)

    with office.read() as session:
        walk = first_bad_link(session.connection())

    assert walk == (None, 8)


def test_the_journal_is_sound_however_far_others_logs_are_proved_and_applied(
    plant: Site, office: Site
) -> None:
    (carried,) = given(plant)
    with office.database.write() as connection:
        Taking(connection).take(*carried)
    assert is_sound(office)  # a program that ended here has not believed anything yet

    with office.database.write() as connection:
        assert Taking(connection).prove(vector(plant)[0])
    assert is_sound(office)

    with office.database.write() as connection:
        assert stand(connection).applied == 5
    assert is_sound(office)


def is_sound(site: Site) -> bool:
    with site.read() as session:
        return verify_journal(session.connection(), NoProgress()).ok


def test_a_falsified_entry_of_a_branch_is_named(
    tmp_path: Path, office: Site, clock: TurnedClock
) -> None:
    twins = Twins(tmp_path / "twins", clock)
    write(twins.one, *"DE")
    write(twins.other, *"XYZ")
    for carried in (*given(twins.one), *given(twins.other)):
        take(office, carried)
    with office.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER keep_journal_entry_update")
        changed = "UPDATE journal_entry SET reason = 'no' WHERE place = (SELECT max(place) FROM journal_entry)"
        connection.exec_driver_sql(changed)

    with office.read() as session:
        assert first_bad_link(session.connection()) == (6, 7)
