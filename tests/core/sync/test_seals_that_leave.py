"""What leaves a PC takes its seal along: one for each act, none for the rounds of a folder."""

import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from app.core.base.progress import NoProgress
from app.core.courses.models import CourseRow
from app.core.journal import Journal
from app.core.journal.models import KeptSealRow, SealRow
from app.core.signatures import clock_state
from app.core.sync import OF_SYNC_ITSELF
from tests.core.sync.test_exchange import add, is_sound
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, first_pc, know_each_other, opened_again


def sealing(pc: Pc) -> Pc:
    journal = Journal(pc.opened.site, pc.opened.station)
    journal.asks_first.append(partial(clock_state, pc.opened.site))
    pc.sync.departure.seals.append(partial(journal.seal, ACTOR, but_for=OF_SYNC_ITSELF))
    return pc


def seals(pc: Pc, of: Pc | None = None) -> list[tuple[str, int]]:
    """Return the seals of a PC's logs that a PC holds, its own or another's."""
    row, station = KeptSealRow, (of or pc).opened.station.fingerprint
    with pc.opened.site.read() as session:
        kept = sa.select(row.scope, row.seq).where(row.station == station).order_by(row.id)
        return [tuple(one) for one in session.execute(kept)]


def made_here(pc: Pc) -> int:
    """Return how many seals a PC keeps as its own."""
    with pc.opened.site.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(SealRow)) or 0


def exchange(pc: Pc, other: Pc, stick: Path, clock: TurnedClock) -> None:
    """Let a PC say what it holds, and get what it lacks."""
    for giver, taker in ((pc, other), (other, pc)):
        clock.turn(timedelta(minutes=1))
        taker.take(giver.send(stick, taker))


def test_a_file_leaves_with_a_seal_and_the_next_without_news_has_none(
    one: Pc, two: Pc, stick: Path
) -> None:
    sealing(one)
    add(one, "A")

    two.take(one.send(stick, two))

    made = seals(one)
    assert made
    assert seals(two, of=one) == made
    assert is_sound(two)

    one.take(stick)
    one.send(stick / "again.dksb", two)
    assert seals(one) == made

    add(one, "B")
    two.take(one.send(stick / "more.dksb", two))
    assert len(seals(one)) == len(made) + 1
    assert seals(two, of=one) == seals(one)


def test_a_round_through_the_folder_seals_nothing(one: Pc, two: Pc, tmp_path: Path) -> None:
    (folder := tmp_path / "shared").mkdir()
    for pc in (one, two):
        sealing(pc)
        add(pc, f"OF-{pc.key[:4]}")

    for _round in range(3):
        for pc in (one, two):
            pc.sync.go_round(ACTOR, folder)

    assert (seals(one), seals(two)) == ([], [])


def test_files_for_several_sites_take_one_seal_along(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    goa = first_pc(tmp_path / "goa", clock, code="GOA")
    know_each_other(headquarters, goa)
    sealing(headquarters)
    add(headquarters, "A")
    peers = [headquarters.sync.peer(ACTOR, str(pc.opened.site_id)) for pc in (plant, goa)]

    done = headquarters.sync.several.write(ACTOR, peers, stick, NoProgress())

    assert len(done.written) == 2
    made = seals(headquarters)
    assert len({scope for scope, _seq in made}) == len(made) > 0


def test_where_the_clock_was_set_back_the_file_leaves_unsealed_and_says_so(
    one: Pc, two: Pc, stick: Path, clock: TurnedClock
) -> None:
    sealing(one)
    add(one, "A")
    clock.set_wall(clock.now() - timedelta(days=3))

    exported = one.sync.export(ACTOR, [one.sync.peer(ACTOR, two.key)], stick)

    assert seals(one) == []
    (said,) = exported.cautions
    assert "could not be sealed" in said
    assert "clock" in said
    assert two.take(exported.path).applied


def test_what_a_second_person_reads_has_the_seal_in_it(one: Pc, two: Pc, stick: Path) -> None:
    sealing(one)
    add(one, "A")
    order = one.sync.releasing.prepare(ACTOR, [one.sync.peer(ACTOR, two.key)])
    made = seals(one)

    two.take(one.sync.export_order(ACTOR, order, stick).path)

    assert made
    assert (seals(one), seals(two, of=one)) == (made, made)


def test_what_a_copy_sealed_of_the_same_logs_is_no_seal_that_is_gone_here(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    """I9: both seal what both have; the seals of either come to the other by a third PC."""
    add(one, "A")
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    copy = sealing(opened_again(tmp_path / "copy", clock))
    one.reopen()
    for pc in (sealing(one), copy, one, copy):
        exchange(pc, two, stick, clock)

    assert len(seals(one)) > made_here(one)
    assert is_sound(one)
    assert is_sound(copy)


def test_a_seal_that_comes_back_after_a_restore_is_no_seal_that_is_gone(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    sealing(one)
    with one.opened.site.transaction(ACTOR, "course.add") as unit:
        unit.add(CourseRow(code="C", title="C"))  # its log has no entry of a seal
    one.close()
    shutil.copytree(tmp_path / "one" / "data", tmp_path / "kept")
    one.reopen()
    two.take(sealing(one).send(stick, two))
    one.close()
    shutil.rmtree(tmp_path / "one" / "data")
    shutil.copytree(tmp_path / "kept", tmp_path / "one" / "data")
    one.reopen()

    exchange(one, two, stick, clock)

    assert len(seals(one)) > made_here(one)
    assert is_sound(one)
