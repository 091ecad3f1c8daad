"""Records go from PC to PC on a stick: all of them, once, with receipts, whatever comes first."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.bootstrap.assembly import assemble
from app.core.base.errors import Cancelled
from app.core.base.progress import NoProgress
from app.core.journal import Journal, Stood, stored_logs
from app.core.journal.entries import GENESIS, entry_hash, wire_of
from app.core.journal.models import WIRE_COLUMNS, EntryRow, KeptSealRow
from app.core.journal.projection.models import ContestRow
from app.core.journal.verify import verify_journal
from app.core.operations import SiteFolder
from app.core.people.models import OrgUnitRow
from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.prepared import Prepared
from app.core.storage.tables import Scope, journalled_models, table_of
from app.core.sync import BundleRefused
from app.core.sync.intake import Intake
from app.core.sync.refusals import NotForUs
from tests.support.clock import SOME_MORNING, TurnedClock
from tests.support.in_touch import (
    ACTOR,
    PASSWORD,
    Pc,
    another_pc,
    first_pc,
    forget_anchor,
    opened_again,
    pc_of,
)


def add(pc: Pc, *codes: str) -> None:
    for code in codes:
        with pc.opened.site.transaction(ACTOR, "unit.add") as unit:
            unit.add(OrgUnitRow(code=code, name=code))


def units(pc: Pc) -> set[str]:
    with pc.opened.site.read() as session:
        return set(session.scalars(sa.select(OrgUnitRow.code)))


def rename(pc: Pc, code: str, name: str) -> None:
    with pc.opened.site.transaction(ACTOR, "unit.edit") as unit:
        unit.scalars(sa.select(OrgUnitRow).where(OrgUnitRow.code == code)).one().name = name


def names(pc: Pc) -> dict[str, str]:
    with pc.opened.site.read() as session:
        return {row.code: row.name for row in session.scalars(sa.select(OrgUnitRow))}


def contests(pc: Pc) -> int:
    with pc.opened.site.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(ContestRow)) or 0


def tables(pc: Pc) -> dict[str, list[tuple[object, ...]]]:
    """Everything journalled, but what each PC notes of its own files."""
    with pc.opened.site.read() as session:
        return {
            table_of(model).name: [
                tuple(row)
                for row in session.execute(
                    sa.select(table_of(model)).order_by(*table_of(model).primary_key)
                )
            ]
            for model in journalled_models()
        }


def is_sound(pc: Pc) -> bool:
    with pc.opened.site.read() as session:
        verdict = verify_journal(session.connection(), NoProgress())
    assert verdict.ok, verdict.first_bad
    return verdict.ok


def test_what_one_wrote_the_other_has(one: Pc, two: Pc, stick: Path) -> None:
    add(one, "A", "B")

    outcome = two.take(one.send(stick, two))

    assert units(two) == {"A", "B"}
    assert (outcome.files, outcome.waiting, outcome.refused, outcome.troubles) == (1, 0, 0, [])
    assert outcome.applied > 2
    assert is_sound(two)


def test_a_file_tells_its_readers_what_lies_in_it(one: Pc, two: Pc, stick: Path) -> None:
    add(one, "A", "B")
    with one.opened.site.transaction(ACTOR, "unit.edit") as unit:
        unit.scalars(sa.select(OrgUnitRow)).first().name = "Moulding"
    Journal(one.opened.site, one.opened.station).seal(ACTOR)

    seen = two.sync.inspect(ACTOR, one.send(stick, two)).content

    assert seen is not None
    tables = {told.table: told for told in seen.tables}
    assert (tables["org_unit"].rows, tables["org_unit"].edits) == (2, 1)
    assert seen.seals == tables["kept_seal"].rows > 0
    assert not seen.is_newer
    assert sum(log.last - log.first + 1 for log in seen.logs) == seen.entries
    assert len({(log.station, log.scope) for log in seen.logs}) == len(seen.logs)
    assert units(two) == set()


def test_a_file_that_is_named_without_its_ending_is_seen_on_the_stick(
    one: Pc, two: Pc, stick: Path
) -> None:
    add(one, "A")

    assert one.send(stick / "records", two) == stick / "records.dksb"
    two.take(stick)

    assert units(two) == {"A"}


def test_peers_keep_each_others_seals_and_find_what_does_not_fit_them(
    one: Pc, two: Pc, stick: Path
) -> None:
    """A copy of a peer's log that was written anew, hash by hash, stands against its seal."""
    add(one, "A", "B")
    sealed = Journal(one.opened.site, one.opened.station).seal(ACTOR)
    assert len(sealed) == 1
    two.take(one.send(stick, two))

    assert is_sound(two)
    with two.opened.site.read() as session:
        (kept,) = session.scalars(sa.select(KeptSealRow)).all()
    assert (kept.seq, kept.root) == (sealed[0].seq, sealed[0].root)

    rewrite(two, one)
    with two.opened.site.read() as session:
        bad = verify_journal(session.connection(), NoProgress()).first_bad
    assert bad is not None
    assert bad.what == "the log was rewritten after it was sealed"


def rewrite(where: Pc, whose: Pc) -> None:
    """Change a reason in a stored log of another PC, and make every hash after it fit."""
    with where.opened.site.database.write() as connection:
        for trigger in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).scalars():
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        (log,) = (
            one
            for one in stored_logs(connection)
            if one.name.station == whose.opened.station.fingerprint
            and one.name.scope is Scope.IDENTITY
        )
        previous = GENESIS
        columns = (EntryRow.place, EntryRow.seq, *WIRE_COLUMNS)
        entries = sa.select(*columns).where(EntryRow.entries_of(log.id)).order_by(EntryRow.place)
        for place, seq, *_rest in connection.execute(entries).all():
            if seq == 2:
                connection.execute(
                    sa.update(table_of(EntryRow))
                    .where(EntryRow.place == place)
                    .values(reason="nobody asked")
                )
            raw = _WIRE_OF.run(connection, {"place": place})[0]
            previous = entry_hash(log.name.bytes, seq, previous, wire_of(raw))
            connection.execute(
                sa.update(table_of(EntryRow)).where(EntryRow.place == place).values(hash=previous)
            )


_WIRE_OF = Prepared(sa.select(*WIRE_COLUMNS).where(EntryRow.place == sa.bindparam("place")))


def test_there_and_back_both_have_the_same(one: Pc, two: Pc, stick: Path) -> None:
    add(one, "A")
    two.take(one.send(stick, two))
    add(two, "B")
    add(one, "C")

    one.take(two.send(stick, one))
    two.take(one.send(stick, two))
    one.take(two.send(stick, one))

    assert units(one) == units(two) == {"A", "B", "C"}
    two.take(one.send(stick, two))
    one.take(two.send(stick, one))
    left, right = tables(one), tables(two)
    for name in ("sent_file", "saved_file"):  # what each noted of its last file
        left.pop(name), right.pop(name)
    assert left == right


def test_only_what_is_new_goes_after_a_receipt(one: Pc, two: Pc, stick: Path) -> None:
    add(one, *"ABCDE")
    two.take(one.send(stick, two))
    before = one.sync.plan(ACTOR, one.sync.peer(ACTOR, two.key)).entries

    assert one.take(stick).receipts == 1

    after = one.sync.plan(ACTOR, one.sync.peer(ACTOR, two.key)).entries
    assert before > 5
    assert after == 1  # that the file was written
    (state,) = one.sync.board(ACTOR).peers
    assert (state.on_the_way, state.lacks) == (0, 1)


def test_a_stick_that_comes_back_still_bears_what_this_pc_wrote(
    one: Pc, two: Pc, stick: Path
) -> None:
    add(one, "A")
    one.send(stick, two)
    two.take(stick)

    outcome = one.take(stick)

    assert (outcome.receipts, outcome.files, outcome.troubles) == (1, 0, [])
    assert one.sync.board(ACTOR).incoming == ()


class Stopped:
    """Progress that somebody stops at once."""

    def step(self, done: int, total: int, note: str = "") -> None:
        raise Cancelled


def test_taking_in_a_whole_stick_can_be_stopped(one: Pc, two: Pc, stick: Path) -> None:
    add(one, "A")
    one.send(stick, two)

    with pytest.raises(Cancelled):
        two.sync.take(ACTOR, stick, Stopped())

    assert units(two) == set()


def test_a_lost_stick_heals_with_the_next(one: Pc, two: Pc, stick: Path) -> None:
    add(one, "A")
    one.send(stick, two).unlink()
    add(one, "B")

    assert one.sync.board(ACTOR).peers[0].on_the_way == 1
    two.take(one.send(stick, two))
    one.take(stick)

    assert units(two) == {"A", "B"}
    assert one.sync.board(ACTOR).peers[0].on_the_way == 0


def test_again_changes_nothing(one: Pc, two: Pc, stick: Path) -> None:
    add(one, "A")
    path = one.send(stick, two)
    two.take(path)
    before = tables(two)

    outcome = two.take(path)

    after = tables(two)
    assert len(after.pop("saved_file")) > len(before.pop("saved_file"))  # one more receipt left
    assert (outcome.applied, after) == (0, before)
    assert outcome.repeated > 0


def test_the_later_file_first_waits_for_the_earlier(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    add(one, "A")
    first = one.send(stick, two)
    one.hears_that(two, has=first)
    add(one, "B")
    second = one.send(stick, two)

    early = two.take(second)
    assert units(two) == set()
    assert (early.applied, early.waiting > 0, len(early.troubles)) == (0, True, 1)

    late = two.take(first)
    assert units(two) == {"A", "B"}
    assert late.waiting == 0
    assert is_sound(two)


def test_a11_05_of_three_files_that_come_out_of_order_the_missing_one_is_named_and_nothing_is_lost(
    one: Pc, two: Pc, stick: Path
) -> None:
    """The first, the second and the fourth come: what the third brings is waited for."""
    files = []
    for code in "ABCD":
        add(one, code)
        files.append(one.send(stick, two))
        one.hears_that(two, has=files[-1])
    first, second, third, fourth = files

    two.take(first)
    two.take(second)
    early = two.take(fourth)
    assert units(two) == {"A", "B"}
    assert early.waiting > 0
    assert len(early.troubles) == 1

    late = two.take(third)
    assert units(two) == {"A", "B", "C", "D"}
    assert late.waiting == 0
    assert is_sound(two)


def test_p11_12_no_name_is_readable_in_a_sync_file(one: Pc, two: Pc, stick: Path) -> None:
    with one.opened.site.transaction(ACTOR, "unit.add") as unit:
        unit.add(OrgUnitRow(code="ASSEMBLY", name="Kamala Venkatesan"))
    path = one.send(stick, two)

    content = path.read_bytes()

    for word in ("ASSEMBLY", "Kamala", "Venkatesan"):
        assert word.encode() not in content
        assert word.encode("utf-16-le") not in content
    two.take(path)
    assert names(two)["ASSEMBLY"] == "Kamala Venkatesan"


def stored_only(pc: Pc, path: Path) -> int:
    """Store what is in a file and do nothing more; return how many entries stand in the tables."""
    stood: list[Stood] = []
    with path.open("rb") as file:
        Intake(pc.opened.site, pc.opened.keys, file).store(NoProgress(), stood.append)
    return sum(one.applied for one in stood)


def test_what_the_sender_wrote_stands_in_the_tables_with_the_segment_that_brings_it(
    one: Pc, two: Pc, stick: Path
) -> None:
    add(one, "A", "B")

    assert stored_only(two, one.send(stick, two)) > 2
    assert units(two) == {"A", "B"}
    assert is_sound(two)


def test_what_a_power_cut_left_stored_only_stands_in_the_tables_at_the_next_start(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    """Which is what others wrote: the sender's own stands there at once."""
    three = another_pc(one, tmp_path / "three", clock)
    add(one, "A")
    two.take(one.send(stick, two))
    stored_only(three, two.send(stick, three))
    assert units(three) == set()
    three.opened.site.close()

    opened = three.folder.open(bring_up_to_date)
    assemble(opened)

    with opened.site.read() as session:
        assert set(session.scalars(sa.select(OrgUnitRow.code))) == {"A"}
    opened.site.close()


def test_what_only_the_pc_of_before_can_sign_for_stays_behind_and_is_counted(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    add(two, "NEVER-SENT")
    two.opened.site.close()
    shutil.copytree(tmp_path / "two" / "data", tmp_path / "copied" / "data")
    folder = SiteFolder(tmp_path / "copied" / "data", tmp_path / "copied" / "keys", clock)
    copied = pc_of(folder, folder.open(bring_up_to_date, PASSWORD))
    asked = copied.opened.keys.pairing.introduce()
    paired = one.opened.keys.pairing.pair(ACTOR, asked.document, asked.words)
    assert paired.answer is not None
    copied.opened.keys.pairing.take(ACTOR, paired.answer, paired.words)
    add(copied, "OWN")

    written = copied.sync.export(ACTOR, [copied.sync.peer(ACTOR, one.key)], stick)
    outcome = one.take(written.path)

    assert written.unsigned > 0
    assert outcome.refused == outcome.waiting == 0
    assert units(one) == {"OWN"}


def test_a_third_gets_through_a_relay_what_the_first_wrote(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    three = another_pc(one, tmp_path / "three", clock)
    add(one, "A")
    two.take(one.send(stick, two))

    three.take(two.send(stick, three))

    assert units(three) == {"A"}
    assert is_sound(three)


def test_two_edits_that_did_not_see_each_other_are_both_kept(
    one: Pc, two: Pc, stick: Path, clock: TurnedClock
) -> None:
    add(one, "A")
    two.take(one.send(stick, two))
    rename(one, "A", "First")
    clock.turn(timedelta(minutes=1))
    rename(two, "A", "Second")

    one.take(two.send(stick, one))
    two.take(one.send(stick, two))

    assert names(one) == names(two) == {"A": "Second"}
    assert contests(one) == contests(two) == 1


def test_an_edit_that_saw_the_other_wins_whatever_the_clocks(
    one: Pc, two: Pc, stick: Path, clock: TurnedClock
) -> None:
    add(one, "A")
    morning = clock.now()
    clock.turn(timedelta(days=4000))
    rename(one, "A", "Of 2037")
    clock.set_wall(morning)
    two.take(one.send(stick, two))
    rename(two, "A", "Of today")

    one.take(two.send(stick, one))

    assert names(one) == names(two) == {"A": "Of today"}
    assert contests(one) == contests(two) == 0


def test_a_word_said_by_a_wrong_clock_does_not_bar_a_later_one(
    one: Pc, stick: Path, tmp_path: Path
) -> None:
    clock = TurnedClock()
    two = another_pc(one, tmp_path / "two", clock)
    two.take(one.send(stick, two))
    one.take(stick)
    two.close()
    shutil.copytree(tmp_path / "two" / "data", tmp_path / "backup")
    two.reopen()
    add(one, "A")
    clock.turn(timedelta(days=700))
    two.take(one.send(stick, two))
    one.take(stick)  # by which it learns, as of in two years, that A is there

    two.close()
    shutil.rmtree(tmp_path / "two" / "data")
    shutil.copytree(tmp_path / "backup", tmp_path / "two" / "data")
    clock.set_wall(SOME_MORNING + timedelta(hours=1))
    two.reopen()
    assert units(two) == set()
    one.take(two.send(stick, one))
    (other := tmp_path / "other").mkdir()
    two.take(one.send(other, two))

    assert units(two) == {"A"}


def test_twins_lose_nothing_and_ring_the_alarm(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    add(one, "A")
    one.opened.site.close()
    shutil.copytree(tmp_path / "one", tmp_path / "clone")
    forget_anchor(tmp_path / "clone")
    one.reopen()
    clone = opened_again(tmp_path / "clone", clock)
    add(one, "FROM-ONE")
    add(clone, "FROM-CLONE")

    first = two.take(one.send(stick, two))
    second = two.take(clone.send(stick, two))

    assert units(two) == {"A", "FROM-ONE", "FROM-CLONE"}
    assert (first.forks, second.forks > 0) == (0, True)
    assert two.sync.board(ACTOR).twins
    assert is_sound(two)


def test_twins_that_exchange_with_each_other_go_on_apart_and_lose_nothing(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    add(two, "A")
    two.opened.site.close()
    shutil.copytree(tmp_path / "two", tmp_path / "clone")
    forget_anchor(tmp_path / "clone")
    two.reopen()
    clone = opened_again(tmp_path / "clone", clock)
    add(clone, "BY-CLONE")
    one.take(clone.send(stick, one))
    two.take(one.send(stick, two))
    add(two, "AFTERWARDS")
    two.reopen()
    add(two, "REOPENED")

    clock.turn(timedelta(minutes=1))
    one.take(two.send(stick, one))  # by which it learns again what this of the two holds
    two.take(one.send(stick, two))

    assert units(one) == units(two) == {"A", "BY-CLONE", "AFTERWARDS", "REOPENED"}
    assert is_sound(one)
    assert is_sound(two)


@pytest.mark.parametrize("how", ["cut", "flipped", "empty", "other"])
def test_p11_12_a_damaged_file_is_refused_and_nothing_of_it_is_taken(
    one: Pc, two: Pc, stick: Path, how: str
) -> None:
    add(one, "A")
    path = one.send(stick, two)
    content = bytearray(path.read_bytes())
    if how == "cut":
        content = content[:-100]
    elif how == "flipped":
        content[len(content) // 2] ^= 1
    elif how == "empty":
        content = bytearray()
    else:
        content = bytearray(b"PK\3\4 not ours")
    path.write_bytes(content)
    before = tables(two)

    with pytest.raises(BundleRefused):
        two.take(path)

    assert tables(two) == before


def test_a_file_for_another_pc_is_refused(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    three = another_pc(one, tmp_path / "three", clock)

    with pytest.raises(NotForUs):
        three.take(one.send(stick, two))


def test_p11_08_a_stranger_is_refused(
    one: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    stranger = first_pc(tmp_path / "stranger", clock, code="XYZ")
    assistant = another_pc(stranger, tmp_path / "assistant", clock)
    add(stranger, "A")

    with pytest.raises(BundleRefused):
        one.take(stranger.send(stick, assistant))


def test_what_a_revoked_pc_wrote_before_stays_and_nothing_after_is_taken(
    one: Pc, two: Pc, stick: Path, tmp_path: Path
) -> None:
    add(two, "BEFORE")
    one.take(two.send(stick, one))
    one.opened.keys.care.revoke(ACTOR, bytes.fromhex(two.key), "stolen")
    add(two, "AFTER")

    with pytest.raises(BundleRefused):
        one.take(two.send(stick, one))

    assert units(one) == {"BEFORE"}


def test_what_was_written_after_the_revocation_does_not_come_by_a_relay(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    three = another_pc(one, tmp_path / "three", clock)
    three.take(one.send(stick, three))
    two.take(one.send(stick, two))
    add(two, "BEFORE")
    one.take(two.send(stick, one))
    add(two, "AFTER")
    three.take(two.send(stick, three))
    one.opened.keys.care.revoke(ACTOR, bytes.fromhex(two.key), "stolen")

    outcome = one.take(three.send(stick, one))

    assert units(one) == {"BEFORE"}
    assert (outcome.refused, outcome.aside > 0) == (0, True)
