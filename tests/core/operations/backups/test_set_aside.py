"""What restores set aside: listed with its size and what is in it alone, proposed by rule, cleared with a reason."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.actor import Actor
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.reasons import ReasonMissing
from app.core.journal import deeds_done
from app.core.operations import (
    Health,
    OpenSite,
    SetAside,
    SetAsides,
    check_health,
)
from tests.support.clock import TurnedClock
from tests.support.plant_pc import ACTOR, PlantPc, backups

WHY = "the peers have everything"


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> PlantPc:
    """A PC whose backup was restored over one department that came after it."""
    made = PlantPc(tmp_path / "pc", clock).found()
    made.write("A")
    made.back_up()
    made.write("B")
    made.restoring().restore(made.place / "one.dkbk")
    return made


def listed(pc: PlantPc) -> tuple[SetAside, ...]:
    opened = pc.open()
    found = SetAsides(opened).listed(ACTOR)
    opened.site.close()
    return found


def prove_a_backup(pc: PlantPc) -> None:
    opened = pc.open()
    service = backups(opened)
    made = service.make(ACTOR)
    assert service.verify(ACTOR, made.backup.path).ok
    opened.site.close()


def checks(opened: OpenSite) -> dict[str, str]:
    return {check.key: check.says for check in check_health(opened)}


def test_nothing_is_set_aside_before_a_restore(tmp_path: Path, clock: TurnedClock) -> None:
    fresh = PlantPc(tmp_path / "fresh", clock).found()
    assert listed(fresh) == ()


def test_what_a_restore_set_aside_is_told_with_when_how_big_and_what_it_alone_has(
    pc: PlantPc, clock: TurnedClock
) -> None:
    (one,) = listed(pc)

    assert one.name.startswith("before-restore-")
    assert one.at == clock.now()
    assert one.size > (one.folder / "site.db").stat().st_size
    assert one.only_here == 3  # that the backup was made, that it left, and department B
    assert not one.may_go


def test_looking_does_not_make_it_younger(pc: PlantPc, clock: TurnedClock) -> None:
    (first,) = listed(pc)
    clock.turn(timedelta(days=9))
    (again,) = listed(pc)
    assert again.at == first.at


def test_records_that_had_been_restored_themselves_are_listed_when_the_next_restore_came(
    pc: PlantPc, clock: TurnedClock
) -> None:
    clock.turn(timedelta(days=2))
    pc.restoring().restore(pc.place / "one.dkbk")

    first, second = listed(pc)

    assert (first.name.split("-")[0], second.name.split("-")[0]) == ("before", "restored")
    assert second.at == clock.now()
    assert pc.codes() == {"A"}  # the folder in force is not among them


@pytest.mark.parametrize("days", [29, 31])
def test_it_may_go_after_a_month_once_a_backup_made_since_has_held(
    pc: PlantPc, clock: TurnedClock, days: int
) -> None:
    clock.turn(timedelta(days=days))
    assert not listed(pc)[0].may_go  # nothing proves the records of now
    prove_a_backup(pc)

    (one,) = listed(pc)

    assert one.may_go is (days > 30)
    opened = pc.open()
    assert ("set-aside" in checks(opened)) is (days > 30)
    opened.site.close()


def test_it_may_go_at_once_when_the_records_of_now_have_everything(
    pc: PlantPc, clock: TurnedClock
) -> None:
    shutil.rmtree(listed(pc)[0].folder)
    opened = pc.open()
    current = opened.data_key_file.slots.path.parent
    opened.site.close()
    copy = pc.data / "before-restore-0000"
    shutil.copytree(current, copy)
    os.utime(copy / "site.db", (clock.now().timestamp(),) * 2)
    clock.turn(timedelta(hours=1))
    prove_a_backup(pc)

    (one,) = listed(pc)

    assert (one.only_here, one.may_go) == (0, True)


def test_a_disk_that_is_nearly_full_makes_it_go_early(
    pc: PlantPc, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.turn(timedelta(hours=1))
    prove_a_backup(pc)
    assert not listed(pc)[0].may_go
    monkeypatch.setattr("app.core.operations.backups.set_aside.LOW_DISK", 1 << 60)

    assert listed(pc)[0].may_go


def test_it_is_counted_where_the_disk_is_told_of(pc: PlantPc) -> None:
    opened = pc.open()
    assert "set aside" in checks(opened)["disk"]
    (one,) = SetAsides(opened).listed(ACTOR)
    SetAsides(opened).clear(ACTOR, one.name, WHY)
    assert "set aside" not in checks(opened)["disk"]
    opened.site.close()


def test_it_is_cleared_with_a_reason_that_stays_on_record(pc: PlantPc) -> None:
    opened = pc.open()
    asides = SetAsides(opened)
    (one,) = asides.listed(ACTOR)

    gone = asides.clear(ACTOR, one.name, f"  {WHY} ")

    assert gone.folder == one.folder
    assert not one.folder.exists()
    assert asides.listed(ACTOR) == ()
    with opened.site.read() as session:
        (told,) = deeds_done(session, ("backup.cleared",), 5)
    opened.site.close()
    assert told.reason == WHY
    assert pc.codes() == {"A"}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_cleared(pc: PlantPc, reason: str) -> None:
    opened = pc.open()
    asides = SetAsides(opened)
    (one,) = asides.listed(ACTOR)
    with pytest.raises(ReasonMissing):
        asides.clear(ACTOR, one.name, reason)
    opened.site.close()
    assert (one.folder / "site.db").exists()


def test_only_what_is_listed_is_cleared(pc: PlantPc) -> None:
    opened = pc.open()
    in_force = opened.data_key_file.slots.path.parent.name
    (pc.data / "before-restore-link").symlink_to(pc.place, target_is_directory=True)
    for name in (in_force, "assets", ".", "..", "../stick", "", "before-restore-link"):
        with pytest.raises(NotFound):
            SetAsides(opened).clear(ACTOR, name, WHY)
    opened.site.close()
    assert (pc.place / "one.dkbk").exists()
    assert pc.codes() == {"A"}


def test_those_who_do_not_manage_the_site_neither_see_nor_clear(pc: PlantPc) -> None:
    opened = pc.open()
    nobody = Actor(account_id=None, person_id=None, name="A learner")
    asides = SetAsides(opened)
    with pytest.raises(NotAllowed):
        asides.listed(nobody)
    with pytest.raises(NotAllowed):
        asides.clear(nobody, "before-restore-0000", WHY)
    opened.site.close()


@pytest.mark.parametrize("damage", ["garbage", "no slots", "empty", "another key"])
def test_what_cannot_be_opened_is_told_as_unknown_and_cleared_all_the_same(
    pc: PlantPc, damage: str
) -> None:
    (one,) = listed(pc)
    if damage == "garbage":
        (one.folder / "site.db").write_bytes(b"\x07" * 9000)
    elif damage == "no slots":
        (one.folder / "keyslots.json").write_bytes(b"{")
    elif damage == "another key":
        (one.folder / "site.db").write_bytes(os.urandom(64 * 4096))
    else:
        for file in one.folder.iterdir():
            file.unlink()

    opened = pc.open()
    (seen,) = SetAsides(opened).listed(ACTOR)
    # the key of now opens them still where only the slots are gone
    assert seen.only_here == (3 if damage == "no slots" else None)
    SetAsides(opened).clear(ACTOR, seen.name, WHY)
    assert SetAsides(opened).listed(ACTOR) == ()
    opened.site.close()


def test_a_proposal_is_something_to_watch_and_no_alarm(pc: PlantPc, clock: TurnedClock) -> None:
    clock.turn(timedelta(days=40))
    prove_a_backup(pc)
    opened = pc.open()
    (check,) = (check for check in check_health(opened) if check.key == "set-aside")
    opened.site.close()
    assert check.health is Health.WATCH
    assert "1 copy" in check.says
