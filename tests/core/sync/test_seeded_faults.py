"""Faults put into sync from outside: what is proved of PCs with real keys and real files finds each of them.

Those of the ledger beneath have histories of their own (tests/core/journal/ledger/test_seeded_faults.py).
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import UserFacingError
from app.core.journal import stored_logs, vector_of
from app.core.journal.projection.registers import Register
from app.core.keys import KeyRing
from app.core.people.account_models import AccountRow
from app.core.storage.columns import Wire
from app.core.sync import Sync
from app.core.sync.acknowledging import Acknowledging
from app.core.sync.applying import Applying
from app.core.sync.importing import Importing
from app.core.sync.intake import Intake, Trusting
from app.core.sync.models import SignedHeadRow
from app.core.sync.peers import heard
from app.core.sync.policy import Policy
from app.core.sync.relations import Relations
from tests.core.sync.test_exchange import add, contests, names, rename
from tests.core.sync.test_site_histories import beginning, place, play
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, know_each_other
from tests.support.site_histories import SiteHistory, Step, units

__all__ = ["beginning", "place"]  # fixtures

Patch = pytest.MonkeyPatch


def _name(one: object) -> str:
    return getattr(one, "__name__", "")


class Ground:
    """Three PCs of one site, and folders for sites that know each other."""

    def __init__(self, folder: Path, beginning: Path) -> None:
        self.folder = folder
        self.history = SiteHistory(folder / "site", beginning)
        self.pcs = [desk.pc for desk in self.history.desks]

    def write(self, number: int) -> None:
        self.history.run([Step("write", number, 0, 0)])

    def send(self, sender: int, taker: int, *, hears: bool) -> None:
        self.history.run([Step("send", sender, taker, int(hears))])

    def file(self, sender: int, taker: int) -> Path:
        """Write a file that nobody takes in yet."""
        stick = self.folder / f"stick-{len(list(self.folder.iterdir()))}"
        stick.mkdir()
        return self.pcs[sender].send(stick, self.pcs[taker])

    def has_all(self, number: int) -> bool:
        return units(self.pcs[number]) >= self.history.written.keys()


@pytest.fixture
def ground(place: Path, beginning: Path) -> Iterator[Ground]:
    place.mkdir()
    ground = Ground(place, beginning)
    yield ground
    ground.history.close()


def what_arrived_goes_no_more(ground: Ground) -> None:
    for _time in range(3):
        ground.write(0)
    ground.send(0, 1, hears=True)
    sync, key = ground.pcs[0].sync, ground.pcs[1].key
    only_that_it_left = 1
    assert sync.plan(ACTOR, sync.peer(ACTOR, key)).entries == only_that_it_left


def a_lost_stick_is_made_good_by_the_next(ground: Ground) -> None:
    ground.write(0)
    ground.file(0, 1).unlink()
    ground.write(0)
    ground.send(0, 1, hears=False)
    assert ground.has_all(1)


def who_is_revoked_writes_no_more(ground: Ground) -> None:
    ground.write(2)
    ground.history.run([Step("revoke", 0, 2, 0)])
    play(ground.history)


def what_the_revoked_wrote_comes_by_no_other_way(ground: Ground) -> None:
    ground.history.run([Step("revoke", 0, 2, 0)])
    known = units(ground.pcs[0])
    ground.write(2)
    stick = ground.folder / "by hand"
    stick.mkdir()
    ground.pcs[1].take(ground.pcs[2].send(stick, ground.pcs[1]))  # which has not heard of it
    for sender, taker in ((1, 0), (0, 1)):
        with suppress(UserFacingError):
            ground.pcs[taker].take(ground.file(sender, taker))
    assert units(ground.pcs[0]) == known


def a_file_waits_for_the_one_before(ground: Ground) -> None:
    ground.write(0)
    first = ground.file(0, 1)
    ground.pcs[0].hears_that(ground.pcs[1], has=first)
    ground.write(0)
    second = ground.file(0, 1)
    assert ground.pcs[1].take(second).waiting
    ground.pcs[1].take(first)
    assert ground.has_all(1)


def plants_do_not_see_each_other(ground: Ground) -> None:
    clock = TurnedClock()
    codes = ("HQ", "PUN", "GOA")
    headquarters, pune, goa = (first_pc(ground.folder / code, clock, code) for code in codes)
    try:
        for plant in (pune, goa):
            know_each_other(headquarters, plant)
        for giver, taker in ((pune, headquarters), (headquarters, goa)):
            stick = ground.folder / f"to {taker.opened.site_id}"
            stick.mkdir()
            peer = giver.sync.peer(ACTOR, str(taker.opened.site_id))
            taker.take(giver.sync.export(ACTOR, [peer], stick).path)
        assert pune.opened.station.fingerprint not in _stations_at(goa)
    finally:
        for pc in (headquarters, pune, goa):
            pc.close()


def _stations_at(pc: Pc) -> set[bytes]:
    with pc.opened.site.read() as session:
        return {log.name.station for log in stored_logs(session.connection())}


def nobody_speaks_for_another(ground: Ground) -> None:
    """What is given on without its writer's own word is kept, and not believed."""
    ground.write(2)
    ground.send(2, 1, hears=False)
    known = units(ground.pcs[0])
    with ground.pcs[1].opened.site.database.write() as connection:
        connection.execute(sa.delete(SignedHeadRow))
    ground.send(1, 0, hears=False)
    assert units(ground.pcs[0]) == known


def a_torn_file_is_taken_whole_later(ground: Ground) -> None:
    ground.write(0)
    file = ground.file(0, 1)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserFacingError):
        ground.pcs[1].take(file)
    assert not ground.has_all(1)
    file.write_bytes(whole)
    ground.pcs[1].take(file)
    assert ground.has_all(1)


def what_came_is_in_the_lists(ground: Ground) -> None:
    ground.write(0)
    before = len(ground.pcs[1].settled)
    ground.send(0, 1, hears=False)
    told = ground.pcs[1].settled[before:]
    assert any("org_unit" in touched for touched in told)


def a_plant_says_nothing_of_who_signs_in_at_headquarters(ground: Ground) -> None:
    clock = TurnedClock()
    headquarters, plant = (first_pc(ground.folder / code, clock, code) for code in ("HQ", "PUN"))
    know_each_other(headquarters, plant)
    try:
        boss, stick = uuid4(), ground.folder / "to headquarters"
        stick.mkdir()
        with headquarters.opened.site.transaction(ACTOR, "test.boss") as unit:
            unit.add(AccountRow(id=boss, login="boss", home_site_id=headquarters.opened.site_id))
        with plant.opened.site.transaction(ACTOR, "test.altered") as unit:
            unit.add(AccountRow(id=boss, login="me", home_site_id=plant.opened.site_id))
        with plant.opened.site.transaction(ACTOR, "test.altered") as unit:
            unit.get_one(AccountRow, boss).login = "mine"
        peer = plant.sync.peer(ACTOR, str(headquarters.opened.site_id))
        headquarters.take(plant.sync.export(ACTOR, [peer], stick).path)
        with headquarters.opened.site.read() as session:
            assert session.get_one(AccountRow, boss).login == "boss"
        assert headquarters.sync.board(ACTOR).claims
    finally:
        for pc in (headquarters, plant):
            pc.close()


def two_pcs(folder: Path, ahead: timedelta) -> tuple[Pc, Pc]:
    """Return two PCs of a site; the clock of the first goes ahead."""
    fast, right = TurnedClock(), TurnedClock()
    fast.turn(ahead)
    first = first_pc(folder / "fast", fast)
    return first, another_pc(first, folder / "right", right)


def exchange(folder: Path, giver: Pc, taker: Pc) -> None:
    stick = folder / f"edits-{len(list(folder.iterdir()))}"
    stick.mkdir()
    taker.take(giver.send(stick, taker))


def an_edit_stands_over_the_one_it_saw_whatever_the_clocks(ground: Ground) -> None:
    """I10: the clock of one PC is three days ahead, which drags nobody's; the other corrects what it wrote."""
    fast, right = two_pcs(ground.folder, timedelta(days=3))
    try:
        add(fast, "PKG")
        exchange(ground.folder, fast, right)
        rename(fast, "PKG", "Wrong")
        exchange(ground.folder, fast, right)
        rename(right, "PKG", "Right")
        exchange(ground.folder, right, fast)
        assert names(fast) == names(right) == {"PKG": "Right"}
        assert contests(fast) == contests(right) == 0
    finally:
        for pc in (fast, right):
            pc.close()


def edits_that_did_not_see_each_other_are_both_kept(ground: Ground) -> None:
    one, other = two_pcs(ground.folder, timedelta(hours=1))
    try:
        add(one, "PKG")
        exchange(ground.folder, one, other)
        rename(one, "PKG", "Packing")
        rename(other, "PKG", "Packing hall")
        exchange(ground.folder, one, other)
        exchange(ground.folder, other, one)
        assert contests(one) == contests(other) == 1
        (conflict,) = one.sync.conflicts(ACTOR)
        assert {value.value for value in conflict.values} == {"Packing", "Packing hall"}
    finally:
        for pc in (one, other):
            pc.close()


Check = Callable[[Ground], None]


def forget_a_receipt(patch: Patch) -> None:
    patch.setattr(Acknowledging, "take", lambda _self, _untrusted: "somebody")


def take_what_was_written_for_what_arrived(patch: Patch) -> None:
    """Note with every file that its reader holds now what is here."""
    real = Sync.export

    def export(self: Sync, actor: Any, peers: Any, *rest: Any, **more: Any) -> Any:
        done = real(self, actor, peers, *rest, **more)
        with self._site.database.write() as connection, Session(connection) as session:
            now, all_here = self._site.clock.now(), vector_of(connection)
            for station in peers[0].stations:
                heard(session, station, all_here, said_at=now, heard_at=now)
        return done

    patch.setattr(Sync, "export", export)


def let_anybody_send(patch: Patch) -> None:
    patch.setattr(Trusting, "objection_to", lambda *_about: None)


def believe_whoever_was_believed(patch: Patch) -> None:
    real = KeyRing.__init__
    patch.setattr(
        KeyRing, "__init__", lambda self, papers, _lists, *rest: real(self, papers, (), *rest)
    )


def take_what_the_revoked_wrote(patch: Patch) -> None:
    patch.setattr(KeyRing, "last_accepted", lambda *_of: None)
    patch.setattr(KeyRing, "may_write", lambda *_of: True)


def let_nothing_that_waits_in(patch: Patch) -> None:
    patch.setattr(Importing, "_try_waiting", lambda *_about: None)


def send_everything_to_everybody(patch: Patch) -> None:
    patch.setattr(Policy, "goes_to", lambda _self, _site: lambda _log: True)


def let_the_sender_speak_for_all(patch: Patch) -> None:
    patch.setattr(Intake, "_signs_for", lambda *_about: True)


def know_a_file_by_its_name(patch: Patch) -> None:
    """Take a file for one that came before when it is called the same."""
    real, known = Importing._take_file, set[str]()

    def take(self: Importing, path: Path, *rest: Any) -> Any:
        if path.name in known:
            return None
        known.add(path.name)
        return real(self, path, *rest)

    patch.setattr(Importing, "_take_file", take)


def tell_nobody_what_came(patch: Patch) -> None:
    patch.setattr(Applying, "tell", lambda *_about: None)


def let_everybody_speak_for_all(patch: Patch) -> None:
    patch.setattr(Relations, "note_writers", lambda *_about: None)


def let_the_latest_edit_win(patch: Patch) -> None:
    """Let an edit win by the wall clock, whatever it saw: last writer wins."""

    def write(self: Register, version: bytes, _superseded: object, value: Wire) -> None:
        newest = max(version, *self.live)
        self.live = {newest: value if newest == version else self.live[newest]}

    patch.setattr(Register, "write", write)


FAULTS: tuple[tuple[Callable[[Patch], None], Check], ...] = (
    (forget_a_receipt, what_arrived_goes_no_more),
    (take_what_was_written_for_what_arrived, a_lost_stick_is_made_good_by_the_next),
    (let_anybody_send, who_is_revoked_writes_no_more),
    (believe_whoever_was_believed, who_is_revoked_writes_no_more),
    (take_what_the_revoked_wrote, what_the_revoked_wrote_comes_by_no_other_way),
    (let_nothing_that_waits_in, a_file_waits_for_the_one_before),
    (send_everything_to_everybody, plants_do_not_see_each_other),
    (let_the_sender_speak_for_all, nobody_speaks_for_another),
    (know_a_file_by_its_name, a_torn_file_is_taken_whole_later),
    (tell_nobody_what_came, what_came_is_in_the_lists),
    (let_everybody_speak_for_all, a_plant_says_nothing_of_who_signs_in_at_headquarters),
    (let_the_latest_edit_win, an_edit_stands_over_the_one_it_saw_whatever_the_clocks),
    (let_the_latest_edit_win, edits_that_did_not_see_each_other_are_both_kept),
)


@pytest.mark.parametrize("check", dict.fromkeys(check for _fault, check in FAULTS), ids=_name)
def test_without_a_fault_it_holds(ground: Ground, check: Check) -> None:
    check(ground)


@pytest.mark.parametrize(("fault", "check"), FAULTS, ids=_name)
def test_a_fault_is_found(
    ground: Ground, monkeypatch: Patch, fault: Callable[[Patch], None], check: Check
) -> None:
    fault(monkeypatch)
    with pytest.raises((AssertionError, UserFacingError, pytest.fail.Exception)):
        check(ground)
