"""T-REVOKE: what a revoked PC wrote after its last accepted entry is kept apart, looked at, and decided over."""

from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.errors import UserFacingError
from app.core.journal import ChainBroken, LogName, Segment
from app.core.journal.entries import GENESIS
from app.core.reports.travel import Travel
from app.core.signatures import Proof, Undersigned
from app.core.storage.tables import Scope
from app.core.sync import MoreCameMeanwhile, SignatureOverAside, leaving_in_words
from app.core.sync import aside as aside_module
from app.core.sync.aside import keep_aside
from app.core.sync.refusals import KeptAside, SenderNotTrusted
from tests.core.sync.test_exchange import add, tables, units
from tests.core.training.conftest import verified
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc
from tests.support.signers import LOGIN, PASSWORD, door_of, found_administrator


@pytest.fixture
def three(one: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    """A PC of the site whose records are known, and which is lost."""
    found_administrator(one)
    made = another_pc(one, tmp_path / "three", clock)
    made.take(one.send(tmp_path, made))
    add(made, "BEFORE")
    one.take(made.send(tmp_path, one))
    return made


def revoke(one: Pc, lost: Pc) -> None:
    one.opened.keys.care.revoke(ACTOR, bytes.fromhex(lost.key), "Stolen from the gate")


def lying(pc: Pc) -> list[tuple[str, int, bool]]:
    """Return the key, the count, and whether it is decided, of what lies aside."""
    return [(one.key, one.entries, one.decided is not None) for one in pc.sync.aside.all(ACTOR)]


def said(pc: Pc) -> str:
    (aside,) = pc.sync.aside.all(ACTOR)
    worded = Travel(pc.opened.site).aside(ACTOR, pc.sync.aside.entries(ACTOR, aside))
    return "\n".join(line for one in worded for line in one.said)


def leave(pc: Pc, reason: str = "Nobody of ours had it by then") -> UUID:
    door = door_of(pc)
    meera = door.enter()
    door.accept(meera)
    (aside,) = pc.sync.aside.all(meera)
    pen = door.signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD))
    signed = Undersigned(pen, leaving_in_words(aside))
    return pc.sync.aside.leave(meera, aside, reason, signed)


def test_the_file_of_a_revoked_pc_is_refused_and_what_it_wrote_since_is_kept_apart(
    one: Pc, three: Pc, tmp_path: Path
) -> None:
    revoke(one, three)
    add(three, "AFTER")
    file = three.send(tmp_path, one)
    known = tables(one)

    with pytest.raises(KeptAside, match="kept aside"):
        one.take(file)

    assert tables(one) == known
    ((key, count, is_decided),) = lying(one)
    assert (key, is_decided) == (three.key, False)
    assert "AFTER" in said(one)
    assert "BEFORE" not in said(one)
    with pytest.raises(SenderNotTrusted) as again:
        one.take(file)
    assert not isinstance(again.value, KeptAside)
    add(three, "LATER")
    with pytest.raises(KeptAside):
        one.take(three.send(tmp_path, one))
    assert lying(one)[0][1] > count
    assert "AFTER" not in units(one)
    assert verified(one.opened.site)


def test_what_comes_by_who_had_not_heard_is_kept_apart_and_given_to_nobody(
    one: Pc, two: Pc, three: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    two.take(one.send(tmp_path, two))
    revoke(one, three)
    add(three, "AFTER")
    two.take(three.send(tmp_path, two))
    add(two, "OF-TWO")

    taken = one.take(two.send(tmp_path, one))

    assert taken.aside > 0
    assert taken.refused == 0
    assert str(taken.aside) in taken.aside_in_words
    assert {"OF-TWO"} <= units(one)
    assert "AFTER" not in units(one)
    assert one.take(two.send(tmp_path, one)).aside == 0
    fourth = another_pc(one, tmp_path / "four", clock)
    fourth.take(one.send(tmp_path, fourth))
    assert "AFTER" not in units(fourth)
    assert lying(fourth) == []
    assert verified(one.opened.site)


def test_what_was_taken_in_before_the_revocation_was_heard_of_is_aside_too(
    one: Pc, two: Pc, three: Pc, tmp_path: Path
) -> None:
    two.take(one.send(tmp_path, two))
    revoke(one, three)
    add(three, "AFTER")
    two.take(three.send(tmp_path, two))
    two.take(one.send(tmp_path, two))
    add(three, "LATER")

    with pytest.raises(KeptAside):
        two.take(three.send(tmp_path, two))

    assert units(two).isdisjoint({"AFTER", "LATER"})
    assert "LATER" in said(two)
    assert "AFTER" in said(two)


def test_an_administrator_signs_that_it_stays_aside_until_more_comes(
    one: Pc, three: Pc, tmp_path: Path
) -> None:
    revoke(one, three)
    add(three, "AFTER")
    with pytest.raises(KeptAside):
        one.take(three.send(tmp_path, one))
    (seen,) = one.sync.aside.all(ACTOR)
    with pytest.raises(SignatureOverAside):
        one.sync.aside.leave(ACTOR, seen, "As it is", None)

    leave(one)

    assert [is_decided for _key, _count, is_decided in lying(one)] == [True]
    add(three, "LATER")
    with pytest.raises(KeptAside):
        one.take(three.send(tmp_path, one))
    assert [is_decided for _key, _count, is_decided in lying(one)] == [False]
    door = door_of(one)
    pen = door.signatures.pen(door.enter(), Proof(name=LOGIN, password=PASSWORD))
    with pytest.raises(MoreCameMeanwhile):
        one.sync.aside.leave(ACTOR, seen, "Too late", Undersigned(pen, "seen"))


def test_what_lies_aside_ends_somewhere_and_holds_together(
    one: Pc, three: Pc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revoke(one, three)
    add(three, "AFTER")
    monkeypatch.setattr(aside_module, "MOST_ENTRIES", 0)
    with pytest.raises(UserFacingError) as refused:
        one.take(three.send(tmp_path, one))
    assert not isinstance(refused.value, KeptAside)
    assert lying(one) == []

    name = LogName(bytes(32), bytes(8), Scope.RECORDS)
    forged = Segment(log=name, first=1, last=1, previous=GENESIS, head=bytes(32))
    entry = (1, 1, 0, None, "person.add", "", b"\x90")
    with one.opened.site.database.write() as connection, pytest.raises(ChainBroken):
        keep_aside(connection, forged, [entry], one.opened.site.clock.now(), bytes(32))
