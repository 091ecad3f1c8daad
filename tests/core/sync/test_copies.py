"""Copied and restored data folders exchange files: none takes the other's numbers, and nothing is lost."""

import shutil
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from app.core.base.progress import NoProgress
from app.core.journal.verify import verify_journal
from app.core.keys import NewLogsReason
from app.core.operations import Health, Restoring, backups_of, check_health
from app.core.people.models import OrgUnitRow
from app.core.schema.upgrade import bring_up_to_date
from app.core.sync import Imported
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, forget_anchor, opened_again


def add(pc: Pc, *codes: str) -> None:
    for code in codes:
        with pc.opened.site.transaction(ACTOR, "unit.add") as unit:
            unit.add(OrgUnitRow(code=code, name=code))


def units(pc: Pc) -> set[str]:
    with pc.opened.site.read() as session:
        verdict = verify_journal(session.connection(), NoProgress())
        assert verdict.ok, verdict.first_bad
        return set(session.scalars(sa.select(OrgUnitRow.code)))


def carry(source: Pc, target: Pc, stick: Path) -> Imported:
    """Carry a file from one PC to another, a minute after whatever was before."""
    clock = source.opened.site.clock
    assert isinstance(clock, TurnedClock)
    clock.turn(timedelta(minutes=1))
    return target.take(source.send(stick, target))


def carry_up(plant: Pc, headquarters: Pc, stick: Path) -> Imported:
    """Carry a file from a plant to headquarters, a minute after whatever was before."""
    clock = plant.opened.site.clock
    assert isinstance(clock, TurnedClock)
    clock.turn(timedelta(minutes=1))
    peer = plant.sync.peer(ACTOR, str(headquarters.opened.site_id))
    return headquarters.take(plant.sync.export(ACTOR, [peer], stick).path)


def reasons(pc: Pc) -> list[NewLogsReason]:
    return [one.reason for one in pc.opened.incarnations.unseen(ACTOR)]


def copied(one: Pc, tmp_path: Path, clock: TurnedClock, *, with_anchor: bool) -> Pc:
    """Open a copy of a PC's folders; without its anchor nothing tells it that it is one."""
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    one.reopen()
    if not with_anchor:
        forget_anchor(tmp_path / "copy")
    return opened_again(tmp_path / "copy", clock)


def test_a_copy_that_knows_it_is_one_goes_on_in_logs_of_its_own(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    add(one, "A")
    copy = copied(one, tmp_path, clock, with_anchor=True)
    add(one, "FROM-ONE")
    add(copy, "FROM-COPY")

    first = carry(one, two, stick)
    second = carry(copy, two, stick)
    carry(
        one, two, stick
    )  # says anew what it holds itself: of two of one name the last is believed
    back = carry(two, one, stick)

    assert (first.forks, second.forks, back.forks) == (0, 0, 0)
    assert units(one) == units(two) == {"A", "FROM-ONE", "FROM-COPY"}
    assert not two.sync.board(ACTOR).twins
    assert NewLogsReason.TWIN not in reasons(one)


def test_a_copy_that_does_not_know_it_rings_the_alarm_and_its_twin_goes_on_in_new_logs(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    add(one, "A")
    copy = copied(one, tmp_path, clock, with_anchor=False)
    before = one.opened.site.station
    assert copy.opened.site.station == before
    add(one, "FROM-ONE")
    add(copy, "FROM-COPY")

    first = carry(one, two, stick)
    second = carry(copy, two, stick)

    assert (first.forks, second.forks > 0) == (0, True)
    assert two.sync.board(ACTOR).twins
    carry(one, two, stick)
    carry(two, one, stick)
    assert one.opened.site.station.fingerprint == before.fingerprint
    assert one.opened.site.station.incarnation != before.incarnation
    assert reasons(one) == [NewLogsReason.TWIN]

    add(one, "AFTER")
    assert carry(one, two, stick).forks == 0
    assert units(one) == units(two) == {"A", "FROM-ONE", "FROM-COPY", "AFTER"}
    station = one.opened.site.station
    one.reopen()
    assert one.opened.site.station == station
    assert reasons(two) == [NewLogsReason.TWIN]


def twins(pc: Pc) -> list[bool]:
    return [one.is_twin for one in pc.opened.incarnations.unseen(ACTOR)]


def bad(pc: Pc) -> list[str]:
    """Return what the doctor says of copies."""
    return [
        one.says
        for one in check_health(pc.opened)
        if one.key == "twins" and one.health is Health.BAD
    ]


def test_a_copy_that_goes_on_beside_its_original_is_told_at_both_and_at_headquarters(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    add(plant, "A")
    carry_up(plant, headquarters, stick)
    plant.close()
    shutil.copytree(tmp_path / "plant", tmp_path / "copy")
    copy = opened_again(tmp_path / "copy", clock)
    assert twins(copy) == [False]  # so far it may have been moved for good
    assert bad(copy) == []
    clock.turn(timedelta(minutes=1))
    plant.reopen()
    add(plant, "FROM-PLANT")
    add(copy, "FROM-COPY")

    for pc in (plant, copy):
        assert carry_up(pc, headquarters, stick).forks == 0

    assert units(headquarters) >= {"A", "FROM-PLANT", "FROM-COPY"}
    assert twins(headquarters) == [True]
    (said,) = bad(headquarters)
    assert "use only one from now on" in said
    down = headquarters.sync.export(ACTOR, [headquarters.sync.peers(ACTOR)[0]], stick).path
    for pc in (plant, copy):
        pc.take(down)
    told = headquarters.opened.incarnations.unseen(ACTOR)
    headquarters.opened.incarnations.mark_seen(ACTOR, told[0].id)
    assert bad(headquarters) == []


def test_a_restored_older_backup_gets_back_from_its_peer_what_it_had_lost(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    add(one, "A")
    backup = tmp_path / "one.dkbk"
    backups_of(one.opened, bring_up_to_date).make_at(ACTOR, backup)
    add(one, "LOST")
    carry(one, two, stick)
    add(two, "OF-TWO")
    one.close()
    Restoring(one.folder.path, tmp_path / "one" / "keys", clock, bring_up_to_date).restore(backup)
    one.reopen()
    assert units(one) == {"A"}
    add(one, "SINCE")

    heard = carry(one, two, stick)
    brought = carry(two, one, stick)
    carry(one, two, stick)

    assert (heard.forks, brought.forks) == (0, 0)
    assert units(one) == units(two) == {"A", "LOST", "OF-TWO", "SINCE"}
    assert reasons(one) == [NewLogsReason.RESTORED]
    assert not one.sync.board(ACTOR).twins
    assert not two.sync.board(ACTOR).twins
