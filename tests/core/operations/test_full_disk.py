"""A disk that is full: a learner's answer is kept on the room held in reserve, and the PC's keeper is told."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.assessments.models import ResponseRow
from app.core.assessments.types import Chosen, QuizSettings
from app.core.base.actor import Actor
from app.core.base.progress import NoProgress
from app.core.courses import Outline
from app.core.journal import Journal
from app.core.keys import NewPassword, SlotCost
from app.core.operations import (
    DiskCare,
    Health,
    NoRoomForBackup,
    OpenSite,
    SiteFolder,
    check_health,
)
from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.faults import DiskFull, DiskSilent
from app.core.storage.room import MARGIN, NoRoom
from tests.support.clock import TurnedClock
from tests.support.failing_disk import fill, small_disk
from tests.support.left_open import note_opened
from tests.support.logs import LoggedTrouble
from tests.support.plant_pc import ACTOR, PASSWORD, PlantPc, backups, write
from tests.support.schemas import take_back_to
from tests.support.teaching import School, a_learner, a_quiz_lesson, a_school, published

RESERVE = 4 << 20
MANY = 400


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 200 << 20) as folder:
        yield folder


@pytest.fixture
def opened(disk: Path, clock: TurnedClock) -> Iterator[OpenSite]:
    opened = PlantPc(disk, clock).found().open()
    note_opened(opened.site.database)
    yield opened
    opened.site.close()


def at_a_test(school: School) -> tuple[Actor, UUID, UUID]:
    """Let somebody begin an attempt; return who, the attempt and a question of it."""
    lesson = a_quiz_lesson(school.site, [True, False], QuizSettings())
    course = published(school.site, Outline(title="LOTO", lessons=(lesson,)))
    asha = a_learner(school.site)
    hand = school.learning.begin(asha, course)
    attempt = school.quizzes.start(asha, hand.lessons[0].lesson_id)
    return asha, attempt.attempt_id, attempt.questions[0].question_id


def use_up(opened: OpenSite) -> None:
    """Write until nothing more is taken: SQLite's log has some room of its own."""
    for number in range(MANY):
        write(opened, f"U{number}")


def told(opened: OpenSite, key: str) -> tuple[Health, str]:
    return next((one.health, one.says) for one in check_health(opened) if one.key == key)


def test_an_answer_is_kept_on_the_reserve_and_nobody_elses_work_takes_it(
    disk: Path, opened: OpenSite, clock: TurnedClock, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("room kept in reserve was given up")
    school, care = a_school(opened.site), DiskCare(opened, RESERVE)
    asha, attempt, question = at_a_test(school)
    assert care.keep_reserve()
    assert "4.2 MB are kept in reserve" in told(opened, "disk")[1]
    films = fill(disk)

    with pytest.raises((DiskFull, DiskSilent)):
        use_up(opened)
    assert opened.site.database.reserve is not None
    assert opened.site.database.reserve.is_kept

    for said in ("true", "false"):
        school.quizzes.answer(asha, attempt, question, Chosen(keys=(said,)))
    school.quizzes.submit(asha, attempt)
    assert not opened.site.database.reserve.is_kept
    assert told(opened, "disk")[0] is Health.BAD
    assert [one.on_system_page for one in care.notices(ACTOR)] == [True]
    assert not care.keep_reserve()

    opened.site.close()
    after = PlantPc(disk, clock).open()
    note_opened(after.site.database)
    with after.site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(ResponseRow)) == 2
    assert Journal(after.site, after.station).verify(ACTOR).ok
    films.unlink()
    care = DiskCare(after, RESERVE)
    assert care.keep_reserve()
    assert care.notices(ACTOR) == ()
    assert told(after, "disk")[0] is not Health.BAD


def test_a_pc_that_was_switched_off_with_a_full_disk_opens_its_records(
    disk: Path, opened: OpenSite, clock: TurnedClock, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("room kept in reserve was given up")
    assert DiskCare(opened, RESERVE).keep_reserve()
    opened.site.close()
    fill(disk)

    after = PlantPc(disk, clock).open()

    note_opened(after.site.database)
    assert DiskCare(after).is_full


class Work(NamedTuple):
    """A large piece of work, and what it says when the disk is too small for it."""

    begin: Callable[[PlantPc, Path], object]
    refusal: type[NoRoom]


def upgrade(pc: PlantPc, _backup: Path) -> object:
    opened = pc.open()
    with opened.site.database.write() as connection:
        take_back_to(connection, "0080")
    opened.site.close()
    fill(pc.home, but_for=MARGIN)
    return pc.open()


def rekey(pc: PlantPc, _backup: Path) -> object:
    fill(pc.home, but_for=MARGIN)
    new = NewPassword(label="", password=PASSWORD, cost=SlotCost(memory=256, passes=1))
    return SiteFolder(pc.data, pc.keys, pc.clock).change_key(bring_up_to_date, new, NoProgress())


def restore(pc: PlantPc, backup: Path) -> object:
    fill(pc.home, but_for=MARGIN)
    return pc.restoring().restore(backup)


def back_up(pc: PlantPc, backup: Path) -> object:
    fill(pc.home, but_for=MARGIN)
    opened = pc.open()
    note_opened(opened.site.database)
    return backups(opened).make_at(ACTOR, backup.with_name("two.dkbk"))


@pytest.mark.parametrize(
    "work",
    [
        Work(upgrade, NoRoom),
        Work(rekey, NoRoom),
        Work(restore, NoRoomForBackup),
        Work(back_up, NoRoomForBackup),
    ],
    ids=lambda work: work.begin.__name__,
)
def test_large_work_says_before_it_begins_what_room_it_needs(
    work: Work, disk: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    pc = PlantPc(disk, clock).found()
    pc.write("A")
    backup = tmp_path / "one.dkbk"
    opened = pc.open()
    backups(opened).make_at(ACTOR, backup, with_assets=False)
    opened.site.close()

    with pytest.raises(work.refusal) as refused:
        work.begin(pc, backup)

    assert re.search(r"has 6\d\.\d MB free; \d+\.\d MB are needed", refused.value.happened)
    assert refused.value.safe
    assert "Free some space" in refused.value.remedy
    (disk / "films.bin").unlink()
    assert pc.codes() >= {"A"}
