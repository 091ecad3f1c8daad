"""Going back: by hand, or by itself when a new version cannot take the records over at its first start."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.bootstrap.versions import opened_with_way_back, watched
from app.core.base.installation import About, GaveWay, Installation, Pointer, this_platform
from app.core.egress import Egress
from app.core.operations import (
    NothingBefore,
    Occasion,
    OpenSite,
    ProgramEvent,
    Programs,
    Releasing,
    UpgradeTakenBack,
    backups_of,
)
from app.core.operations.program.errors import NoRecordsOfBefore
from app.core.operations.program.record import ProgramRecord
from app.core.schema import DatabaseTooNew, bring_up_to_date
from app.core.schema.upgrade import HEAD
from app.core.storage.database import Database
from tests.support.clock import TurnedClock
from tests.support.logs import LoggedTrouble
from tests.support.plant_pc import ACTOR, PlantPc, write
from tests.support.programs import LATER_SCHEMA, NEW, OLD, stand_in

NAME = f"{NEW}-0123456789ab"


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> PlantPc:
    made = PlantPc(tmp_path / "pc", clock).found()
    made.write("OLD")
    return made


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An old version, and a newer one beside it that is in force."""
    made = Installation(stand_in(tmp_path / "installed", OLD))
    stand_in(made.folder(NAME), NEW, schema=LATER_SCHEMA)
    made.point(Pointer(current=NAME, before=""))
    return made


def programs(opened: OpenSite, installation: Installation, version: str, schema: str) -> Programs:
    here = About(version=version, schema=schema, platform=this_platform())
    releasing = Releasing(opened, Egress(opened.site))
    return Programs(opened, backups_of(opened, bring_up_to_date), releasing, here, installation)


def as_the_new_version_left_them(opened: OpenSite) -> None:
    """Give the records the mark of a schema that this program does not know."""
    with opened.site.database.reshape() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{LATER_SCHEMA}'")


def reopened(pc: PlantPc, installation: Installation) -> OpenSite:
    """Open the records as the old version does at its start."""
    return opened_with_way_back(pc.open, pc.restoring(), pc.data, None, installation)


def test_going_back_brings_the_records_of_before_and_says_what_is_lost(
    pc: PlantPc, installation: Installation
) -> None:
    opened = pc.open()
    made = backups_of(opened, bring_up_to_date).make_before_upgrade(ACTOR)
    write(opened, "NEW")
    new = programs(opened, Installation(installation.home, NAME), NEW, LATER_SCHEMA)

    way = new.way_back(ACTOR)
    assert way.backup is not None
    assert way.loss is not None
    assert (way.version, way.backup.path, way.backup.occasion) == (
        OLD,
        made.backup.path,
        Occasion.UPGRADE,
    )
    assert way.loss.entries > 0
    assert new.roll_back(ACTOR, "a lesson does not play").version == OLD
    as_the_new_version_left_them(opened)
    opened.site.close()
    with pytest.raises(DatabaseTooNew):
        pc.open()

    opened = reopened(pc, installation)
    programs(opened, installation, OLD, HEAD).settle()
    noted = ProgramRecord(opened.site).last()
    assert noted is not None
    assert (noted.event, noted.version, noted.is_by_hand) == (ProgramEvent.LEFT, NEW, True)
    assert "a lesson does not play" in noted.what
    assert programs(opened, installation, OLD, HEAD).standing(ACTOR).trouble == ""
    opened.site.close()
    assert installation.pointer() == Pointer()
    assert pc.codes() == {"OLD"}
    assert list(pc.data.glob("before-restore-*"))  # the records of the new version are set aside


def test_a_version_that_reads_the_records_of_now_comes_back_alone(
    pc: PlantPc, installation: Installation
) -> None:
    opened = pc.open()
    new = programs(opened, Installation(installation.home, NAME), NEW, HEAD)

    way = new.roll_back(ACTOR, "slower")

    assert (way.version, way.backup) == (OLD, None)
    assert installation.pointer().current == ""
    programs(opened, installation, OLD, HEAD).settle()
    with opened.site.read() as session:
        left = session.scalar(sa.text("SELECT count(*) FROM program_event WHERE event = 'left'"))
    assert left == 1  # the new version had noted it
    opened.site.close()
    assert pc.codes() == {"OLD"}


def test_without_a_version_or_records_of_before_nothing_is_changed(
    pc: PlantPc, installation: Installation
) -> None:
    opened = pc.open()
    new = programs(opened, Installation(installation.home, NAME), NEW, LATER_SCHEMA)
    before = installation.pointer()
    with pytest.raises(NoRecordsOfBefore):
        new.roll_back(ACTOR, "slower")
    assert installation.pointer() == before
    installation.point(Pointer(current=NAME))
    with pytest.raises(NothingBefore):
        new.roll_back(ACTOR, "slower")
    opened.site.close()


def test_a_new_version_that_cannot_take_the_records_over_gives_way_and_they_stand(
    pc: PlantPc, installation: Installation, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("could not take the records over")
    on_trial = Installation(installation.home, NAME)
    installation.point(replace(installation.pointer(), trial=True))
    opened = pc.open()

    def half_way(database: Database) -> None:
        with database.reshape() as connection:
            connection.exec_driver_sql("DROP TABLE program_event")
            connection.exec_driver_sql("SELECT nonsense FROM nowhere")

    with pytest.raises(UpgradeTakenBack):
        watched(half_way, on_trial)(opened.site.database)

    opened.site.close()
    pointer = installation.pointer()
    assert (pointer.current, pointer.left, pointer.by_hand) == ("", NAME, False)
    assert pc.codes() == {"OLD"}
    opened = reopened(pc, installation)
    old = programs(opened, installation, OLD, HEAD)
    old.settle()
    assert old.standing(ACTOR).trouble == "OperationalError"
    opened.site.close()


def test_one_that_broke_off_after_it_had_changed_the_records_gives_them_back(
    pc: PlantPc, installation: Installation
) -> None:
    opened = pc.open()
    backups_of(opened, bring_up_to_date).make_before_upgrade(ACTOR)
    as_the_new_version_left_them(opened)
    opened.site.close()
    installation.point(replace(installation.pointer(), trial=True))
    installation.give_way(GaveWay.ENDED)

    opened = reopened(pc, installation)
    old = programs(opened, installation, OLD, HEAD)
    old.settle()
    assert old.standing(ACTOR).trouble == "it broke off before it had opened the records"
    opened.site.close()

    assert pc.codes() == {"OLD"}
    opened = pc.open()
    as_the_new_version_left_them(opened)
    opened.site.close()
    with pytest.raises(DatabaseTooNew):  # only where a newer one was left
        reopened(pc, installation)
