"""Copied, moved and rolled-back data folders: the station goes on in new logs, and nothing is lost."""

import shutil
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.base.actor import Actor, system_actor
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.journal import Journal, LogName, Taken
from app.core.journal.ledger import Taking, lacking, segments_of
from app.core.journal.models import EntryRow, LogRow
from app.core.keys import Anchor, NewLogsReason, SlotCost
from app.core.keys.machine import is_another_pc, marks_of_this_pc, system_uuid
from app.core.operations import Founding, NewLogs, OpenSite, SiteFolder
from app.core.operations.models import IncarnationRow
from app.core.people.models import OrgUnitRow
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.logs import LoggedTrouble

ACTOR = system_actor()
PLANT = new_id()
"""Another site, which something is written for."""
FOUNDING = Founding(
    name="Pune plant",
    code="PUN",
    password="correct horse battery",
    cost=SlotCost(memory=256, passes=1),
)
Entries = dict[tuple[bytes, bytes, str, int], bytes]


class Pc:
    """A PC with a data folder and a key folder, each of which can be copied behind Daksha's back."""

    def __init__(self, home: Path, clock: TurnedClock) -> None:
        self.home = home
        self.data = home / "data"
        self.clock = clock

    def found(self) -> None:
        SiteFolder(self.data, self.keys, self.clock).found(FOUNDING, bring_up_to_date).site.close()

    def open(self) -> OpenSite:
        return SiteFolder(self.data, self.keys, self.clock).open(bring_up_to_date)

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    @property
    def anchor(self) -> Path:
        (path,) = self.keys.glob("*/anchor.json")
        return path

    def write(self, *codes: str) -> None:
        """Start Daksha, write, and end it."""
        opened = self.open()
        write(opened, *codes)
        opened.site.close()

    def told(self) -> list[NewLogs]:
        """Start Daksha, and return what an administrator is told."""
        opened = self.open()
        told = opened.incarnations.unseen(ACTOR)
        assert Journal(opened.site, opened.station).verify(ACTOR).ok
        opened.site.close()
        return list(told)


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> Pc:
    """A PC with a site in which something was written."""
    made = Pc(tmp_path / "pc", clock)
    made.found()
    made.write("A", "B")
    return made


def write(opened: OpenSite, *codes: str) -> None:
    for code in codes:
        with opened.site.transaction(ACTOR, "org-unit.add") as unit:
            unit.add(OrgUnitRow(code=code, name=code))


def entries(opened: OpenSite) -> Entries:
    """Return every entry's hash by its place in its log."""
    with opened.site.read() as session:
        rows = session.execute(
            sa.select(LogRow.station, LogRow.incarnation, LogRow.scope, EntryRow.seq, EntryRow.hash)
            .join(EntryRow, EntryRow.log_id == LogRow.id)
            .where(LogRow.branch == 0)
        )
        return {(r[0], r[1], r[2].value, r[3]): r[4] for r in rows}


def reasons(told: list[NewLogs]) -> list[NewLogsReason]:
    return [one.reason for one in told]


def test_a_site_that_is_opened_again_goes_on_in_its_logs(pc: Pc) -> None:
    before = pc.open()
    before.site.close()
    after = pc.open()
    after.site.close()

    assert after.station == before.station
    assert pc.told() == []


def test_a_crash_does_not_begin_new_logs(pc: Pc) -> None:
    opened = pc.open()
    write(opened, "C", "D")
    shutil.copytree(pc.data, pc.home / "after")  # as the disk is when the program is killed
    opened.site.on_close.clear()
    opened.site.close()
    shutil.rmtree(pc.data)
    (pc.home / "after").rename(pc.data)

    assert pc.told() == []


def test_records_that_were_rolled_back_go_on_in_new_logs(pc: Pc) -> None:
    shutil.copytree(pc.data, pc.home / "earlier")
    pc.write("C")
    lost = pc.open()
    before = entries(lost)
    lost.site.close()
    shutil.rmtree(pc.data)
    (pc.home / "earlier").rename(pc.data)

    pc.write("D")

    (told,) = pc.told()
    opened = pc.open()
    after = entries(opened)
    opened.site.close()
    assert told.reason is NewLogsReason.ROLLED_BACK
    assert {place: after[place] for place in before.keys() & after.keys()} == {
        place: before[place] for place in before.keys() & after.keys()
    }
    assert opened.station.incarnation != lost.station.incarnation
    assert opened.station.fingerprint == lost.station.fingerprint


def test_a_roll_back_that_took_only_what_was_written_for_another_site_is_found(pc: Pc) -> None:
    """ADR 22: what HQ writes for a plant lies in a log beside its own."""
    opened = pc.open()
    with opened.site.transaction(ACTOR, "org-unit.add", for_site=PLANT) as unit:
        unit.add(OrgUnitRow(code="PLANT", name="Plant"))
    opened.site.close()
    shutil.copytree(pc.data, pc.home / "earlier")
    opened = pc.open()
    with opened.site.transaction(ACTOR, "org-unit.add", for_site=PLANT) as unit:
        unit.add(OrgUnitRow(code="SHOP", name="Shop"))
    opened.site.close()
    shutil.rmtree(pc.data)
    (pc.home / "earlier").rename(pc.data)

    assert reasons(pc.told()) == [NewLogsReason.ROLLED_BACK]


def test_a_twin_in_a_log_for_another_site_is_found_at_the_next_opening(pc: Pc) -> None:
    opened = pc.open()
    with opened.site.transaction(ACTOR, "org-unit.add", for_site=PLANT) as unit:
        unit.add(OrgUnitRow(code="PLANT", name="Plant"))
    own = opened.site.own_logs
    with opened.site.database.write() as connection:
        (beside,) = (
            log
            for log in connection.execute(sa.select(LogRow.__table__)).all()
            if LogName(log.station, log.incarnation, log.scope) in own
            and log.incarnation != opened.station.incarnation
        )
        branch = {"parent_id": beside.id, "forked_at": 1, "branch": 1, "applied": 1, "proved": 1}
        connection.execute(
            sa.insert(LogRow),
            {
                "station": beside.station,
                "incarnation": beside.incarnation,
                "scope": beside.scope,
                **branch,
            },
        )
    opened.site.close()

    opened = pc.open()
    told = opened.incarnations.unseen(ACTOR)
    opened.site.close()
    assert reasons(list(told)) == [NewLogsReason.TWIN]


def test_a_seal_cut_away_with_all_that_speaks_of_it_is_found_by_the_anchor(
    pc: Pc, logged_trouble: LoggedTrouble
) -> None:
    """Somebody with the data key takes the seal, its record and its entry, the last of its log."""
    logged_trouble.expect("the note stays")
    opened = pc.open()
    journal = Journal(opened.site, opened.station)
    journal.on_sealed.append(opened.incarnations.anchor)
    journal.noted_outside.append(opened.incarnations.noted)
    assert journal.seal(ACTOR)
    assert journal.verify(ACTOR).ok
    with opened.site.database.write() as connection:
        for trigger in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).scalars():
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for statement in (
            "DELETE FROM journal_seal",
            "DELETE FROM kept_seal",
            "DELETE FROM journal_entry WHERE action = 'journal.seal'",
        ):
            connection.exec_driver_sql(statement)

    bad = journal.verify(ACTOR).first_bad
    opened.site.close()

    assert bad is not None
    assert "noted outside" in bad.what
    assert reasons(list(pc_told(pc))) == [NewLogsReason.ROLLED_BACK]


def pc_told(pc: Pc) -> tuple[NewLogs, ...]:
    opened = pc.open()
    told = opened.incarnations.unseen(ACTOR)
    opened.site.close()
    return told


def test_what_new_logs_go_on_from_is_on_record(pc: Pc) -> None:
    shutil.copytree(pc.data, pc.home / "earlier")
    pc.write("C")
    parent = msgspec.json.decode(pc.anchor.read_bytes(), type=Anchor)
    shutil.rmtree(pc.data)
    (pc.home / "earlier").rename(pc.data)

    opened = pc.open()
    with opened.site.read() as session:
        row = session.scalars(sa.select(IncarnationRow)).one()
    opened.site.close()

    assert (row.station, row.incarnation) == (
        opened.station.fingerprint,
        opened.station.incarnation,
    )
    assert row.parent == parent.incarnation
    assert row.heads == {s: [head.seq, head.hash.hex()] for s, head in parent.heads.items()}


def test_new_logs_are_told_once_and_only_to_who_may_know(pc: Pc) -> None:
    pc.data.rename(pc.home / "elsewhere")
    pc.data = pc.home / "elsewhere"
    opened = pc.open()
    nobody = Actor(account_id=None, person_id=None, name="Somebody")

    (told,) = opened.incarnations.unseen(ACTOR)
    with pytest.raises(NotAllowed):
        opened.incarnations.unseen(nobody)
    with pytest.raises(NotAllowed):
        opened.incarnations.mark_seen(nobody, told.id)
    opened.incarnations.mark_seen(ACTOR, told.id)

    assert told.reason is NewLogsReason.MOVED
    assert opened.incarnations.unseen(ACTOR) == ()
    opened.site.close()
    assert pc.told() == []


def test_a_disk_that_was_cloned_to_another_pc_goes_on_in_new_logs(pc: Pc) -> None:
    anchor = msgspec.json.decode(pc.anchor.read_bytes(), type=Anchor)
    of_another = {kind: [bytes(16)] for kind in marks_of_this_pc(anchor.salt)}
    assert of_another, "this machine tells nothing of itself"
    changed = msgspec.structs.replace(anchor, marks=of_another)
    pc.anchor.write_bytes(msgspec.json.encode(changed))

    assert reasons(pc.told()) == [NewLogsReason.OTHER_PC]
    assert reasons(pc.told()) == [NewLogsReason.OTHER_PC]  # not once more


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b'{"heads": 3}'])
def test_a_damaged_anchor_is_told_and_replaced(pc: Pc, content: bytes) -> None:
    pc.anchor.write_bytes(content)

    assert reasons(pc.told()) == [NewLogsReason.KEYS_DAMAGED]
    assert len(pc.told()) == 1


def test_records_from_before_there_were_anchors_go_on_as_they_were(pc: Pc) -> None:
    opened = pc.open()
    opened.site.close()
    pc.anchor.unlink()

    assert pc.told() == []
    again = pc.open()
    again.site.close()
    assert again.station == opened.station


def test_new_logs_whose_beginning_was_cut_short_are_put_on_record(pc: Pc) -> None:
    shutil.copytree(pc.data, pc.home / "earlier")
    pc.write("C")
    shutil.rmtree(pc.data)
    shutil.copytree(pc.home / "earlier", pc.data)
    (incarnation,) = pc.keys.glob("*/incarnation")
    old = incarnation.read_bytes()
    opened = pc.open()
    began = msgspec.json.decode(pc.anchor.read_bytes(), type=Anchor)
    opened.site.on_close.clear()
    opened.site.close()
    # as if the power went after the anchor was written, and before anything else
    parent = msgspec.json.decode(
        b'{"incarnation":"'
        + msgspec.json.encode(old)[1:-1]
        + b'","heads":{},"reason":"rolled-back"}'
    )
    cut_short = msgspec.convert(
        {**msgspec.to_builtins(began), "heads": {}, "parent": parent}, type=Anchor
    )
    pc.anchor.write_bytes(msgspec.json.encode(cut_short))
    incarnation.write_bytes(old)
    shutil.rmtree(pc.data)
    (pc.home / "earlier").rename(pc.data)

    assert reasons(pc.told()) == [NewLogsReason.ROLLED_BACK]
    assert incarnation.read_bytes() == began.incarnation


def test_stamps_of_new_logs_follow_those_of_the_old(pc: Pc, clock: TurnedClock) -> None:
    clock.turn(timedelta(hours=5))
    pc.write("LATE")
    pc.data.rename(pc.home / "elsewhere")
    pc.data = pc.home / "elsewhere"
    clock.set_wall(clock.now() - timedelta(hours=5))
    pc.write("NEXT")

    opened = pc.open()
    with opened.site.read() as session:
        stamps = session.execute(
            sa.select(EntryRow.stamp, LogRow.incarnation)
            .join(LogRow, LogRow.id == EntryRow.log_id)
            .order_by(EntryRow.stamp)
        ).all()
    opened.site.close()
    newer = [incarnation == opened.station.incarnation for _stamp, incarnation in stamps]
    assert newer == sorted(newer)


def test_the_anchor_is_not_written_with_each_entry(pc: Pc, clock: TurnedClock) -> None:
    opened = pc.open()
    written = pc.anchor.read_bytes()
    write(opened, *(f"U{turn}" for turn in range(50)))
    assert pc.anchor.read_bytes() == written

    clock.turn(timedelta(minutes=11))
    write(opened, "LATER")
    assert pc.anchor.read_bytes() != written
    opened.site.close()


def test_a_twin_that_a_crash_kept_from_being_seen_to_is_found_at_the_next_opening(
    pc: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    twin = Pc(tmp_path / "twin", clock)
    ours = pc.open().site
    ours.close()
    shutil.copytree(pc.home, twin.home)
    copied = twin.open()
    copied.site.begin_logs(
        ours.station.incarnation
    )  # which the opening of the copy has kept it from
    write(copied, "X")
    opened = pc.open()
    take_all(copied, opened)
    copied.site.close()
    opened.site.close()

    again = pc.open()
    write(again, "Z")
    told = again.incarnations.unseen(ACTOR)
    again.site.close()

    assert again.site.station.incarnation != ours.station.incarnation
    assert NewLogsReason.TWIN in reasons(list(told))


def test_entries_of_others_begin_no_new_logs(pc: Pc, tmp_path: Path, clock: TurnedClock) -> None:
    other = Pc(tmp_path / "other", clock)
    other.found()
    elsewhere, opened = other.open(), pc.open()
    before = opened.site.station

    assert take_all(elsewhere, opened)
    take_all(opened, opened)
    elsewhere.site.close()
    opened.site.close()

    again = pc.open()
    again.site.close()
    assert again.site.station == before


def take_all(source: OpenSite, target: OpenSite) -> list[Taken]:
    """Carry every log of one site to another, as a sync file does."""
    with source.site.read() as session:
        connection = session.connection()
        carried = [
            part
            for stretch in lacking(connection, (), lambda _name: True)
            for part in segments_of(connection, stretch)
        ]
    taken = []
    for segment, wires in carried:
        with target.site.database.write() as connection:
            taken.append(Taking(connection).take(segment, wires))
    return taken


STEPS = st.lists(
    st.sampled_from(["write", "write", "open", "keep", "roll back", "copy", "change"]),
    min_size=3,
    max_size=9,
)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_i9_no_number_of_a_log_is_ever_given_twice(
    steps: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Clones and roll-backs in any order: two entries never share a place, and none is changed."""
    pc = Pc(tmp_path_factory.mktemp("pc"), TurnedClock())
    pc.found()
    shutil.copytree(pc.data, pc.home / "kept")
    known: Entries = {}
    for turn, step in enumerate(steps):
        if step == "write":
            pc.write(f"U{turn}")
        elif step == "keep":
            shutil.rmtree(pc.home / "kept")
            shutil.copytree(pc.data, pc.home / "kept")
        elif step == "roll back":
            shutil.rmtree(pc.data)
            shutil.copytree(pc.home / "kept", pc.data)
        elif step == "copy":
            copy = pc.home / f"copy{turn}"
            shutil.copytree(pc.data, copy)
        elif step == "change":
            pc.data = next(iter(sorted(pc.home.glob("copy*"))), pc.data)
        opened = pc.open()
        found = entries(opened)
        opened.site.close()
        assert {place: found[place] for place in known.keys() & found.keys()} == {
            place: known[place] for place in known.keys() & found.keys()
        }
        known |= found


def test_marks_that_have_something_in_common_are_of_the_same_pc() -> None:
    before = {"cards": frozenset({b"1", b"2"}), "board": frozenset({b"x"})}

    assert not is_another_pc(before, {"cards": frozenset({b"2"}), "system": frozenset({b"new"})})
    assert not is_another_pc(before, {})
    assert is_another_pc(before, {"cards": frozenset({b"2"}), "board": frozenset({b"y"})})


def a_structure(kind: int, body: bytes) -> bytes:
    return bytes([kind, 4 + len(body), 0, 0]) + body + b"Maker\0Model\0\0"


UUID = bytes(range(1, 17))


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (a_structure(0, bytes(20)) + a_structure(1, bytes(4) + UUID), UUID),
        (a_structure(1, bytes(4) + bytes(16)), b""),
        (a_structure(1, bytes(4) + b"\xff" * 16), b""),
        (a_structure(0, bytes(20)), b""),
        (b"\x01\x02", b""),
        (b"\x00\x00\x00\x00\x00", b""),
        (a_structure(0, bytes(20))[:-2], b""),
        (b"", b""),
    ],
)
def test_the_mainboards_id_is_read_from_its_table(table: bytes, found: bytes) -> None:
    assert system_uuid(table) == found
