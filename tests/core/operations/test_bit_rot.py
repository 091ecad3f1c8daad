"""One bit that turns, in whichever page: of the records, a backup, a sync file, a stored file. Each is found.

By default some two hundred places; `DAKSHA_EVERY_PAGE=1` tries every page there is.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress
from app.core.content import AssetMissing, AssetStore
from app.core.journal import Journal
from app.core.operations import BackupDamaged, DiskCare, Health, NoBackup, OpenSite, check_health
from app.core.storage.database import SqliteFile
from app.core.storage.pages import PAGE, check_pages
from tests.support.clock import TurnedClock
from tests.support.in_touch import another_pc, first_pc
from tests.support.left_open import note_opened
from tests.support.logs import LoggedTrouble
from tests.support.plant_pc import ACTOR, PlantPc, backups, write

EVERY_PAGE = bool(os.environ.get("DAKSHA_EVERY_PAGE"))
PLACES = 50


@pytest.fixture
def opened(tmp_path: Path, clock: TurnedClock) -> Iterator[OpenSite]:
    pc = PlantPc(tmp_path / "pc", clock).found()
    opened = pc.open()
    note_opened(opened.site.database)
    write(opened, *(f"U{number}" for number in range(150)))
    yield opened
    opened.site.close()


def places_in(path: Path, stretch: int = PAGE) -> list[int]:
    """Return a place in each stretch of a file: some of them, the first and the last among these."""
    chance, size = Random(63), path.stat().st_size
    places = [min(start + chance.randrange(stretch), size - 1) for start in range(0, size, stretch)]
    if EVERY_PAGE or len(places) <= PLACES:
        return places
    return [places[0], *chance.sample(places[1:-1], PLACES - 2), places[-1]]


@contextmanager
def turned(path: Path, place: int) -> Iterator[None]:
    """Turn a bit of a file, and turn it back."""
    turn(path, place)
    yield
    turn(path, place)


def turn(path: Path, place: int) -> None:
    """Turn a bit of a file."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << place % 8]))


def of_records(opened: OpenSite) -> Path:
    assert isinstance(opened.site.database.location, SqliteFile)
    return opened.site.database.location.path


def told(opened: OpenSite, key: str) -> tuple[Health, str]:
    return next((one.health, one.says) for one in check_health(opened) if one.key == key)


def test_a_bit_in_any_page_of_the_records_is_found_by_the_look_of_each_day(
    opened: OpenSite, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect(
        "the records' file is damaged|the database file|the records cannot be read"
    )
    care, path = DiskCare(opened), of_records(opened)
    assert not care.check(ACTOR).is_damaged
    assert told(opened, "pages")[0] is Health.GOOD

    for place in places_in(path):
        with turned(path, place):
            assert care.check(ACTOR).is_damaged, f"the bit at {place} of {path.stat().st_size}"
            (notice,) = care.notices(ACTOR)
            assert "Stop working here and restore the last backup that is verified" in notice.words

    assert not care.check(ACTOR).is_damaged
    assert care.notices(ACTOR) == ()
    assert Journal(opened.site, opened.station).verify(ACTOR).ok


def test_the_health_page_of_a_damaged_file_tells_what_it_still_can(
    opened: OpenSite, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect(
        "the records' file is damaged|the database file|the records cannot be read"
    )
    care, path = DiskCare(opened), of_records(opened)
    opened.site.database.fold_log()
    before = {one.key for one in check_health(opened)}
    with path.open("r+b") as file:  # all but the front: whatever is read next does not hold
        file.seek(4 * PAGE)
        file.write(bytes(path.stat().st_size - 4 * PAGE))
    care.check(ACTOR)

    told_of = {one.key: one for one in check_health(opened)}

    assert told_of["pages"].health is told_of["database"].health is Health.BAD
    assert told_of["pages"].command == "backup restore"
    assert {"disk", "encryption", "program"} <= set(told_of) <= before


def test_records_that_take_the_place_of_damaged_ones_are_not_told_as_damaged(
    tmp_path: Path, clock: TurnedClock, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("the records' file is damaged")
    pc = PlantPc(tmp_path / "pc", clock).found()
    pc.write("A")
    backup = pc.back_up()
    opened = pc.open()
    note_opened(opened.site.database)
    opened.site.database.fold_log()
    turn(of_records(opened), of_records(opened).stat().st_size - 99)
    assert DiskCare(opened).check(ACTOR).is_damaged
    opened.site.close()

    pc.restoring().restore(backup)

    restored = pc.open()
    note_opened(restored.site.database)
    assert not DiskCare(restored).notes().is_damaged
    assert told(restored, "database")[0] is Health.GOOD
    assert pc.codes() == {"A"}


def test_a_look_is_due_once_a_day_and_waits_for_nobody_to_be_there(
    opened: OpenSite, clock: TurnedClock
) -> None:
    care = DiskCare(opened)
    assert care.is_due(is_idle=True)
    assert not care.is_due(is_idle=False)

    care.check_in_background(NoProgress())

    assert not care.is_due(is_idle=True)
    clock.turn(timedelta(hours=25))
    assert care.is_due(is_idle=True)
    assert not care.is_due(is_idle=False)
    clock.turn(timedelta(hours=12))
    assert care.is_due(is_idle=False)


def test_a_look_lets_go_between_two_pieces_and_writing_goes_on_meanwhile(opened: OpenSite) -> None:
    breaths = 0

    def breathe() -> None:
        nonlocal breaths
        breaths += 1
        write(opened, f"M{breaths}")

    assert check_pages(opened.site.database, breathe).faults == ()
    assert breaths > 1


def test_a_bit_in_any_page_of_a_backup_is_found_before_it_is_restored(
    opened: OpenSite, tmp_path: Path
) -> None:
    path = tmp_path / "one.dkbk"
    backups(opened).make_at(ACTOR, path)
    for place in places_in(path):
        with turned(path, place), pytest.raises((BackupDamaged, NoBackup)) as refused:
            backups(opened).verify(ACTOR, path)
        assert refused.value.safe
        assert refused.value.remedy
    assert backups(opened).verify(ACTOR, path).ok


def test_a_bit_anywhere_in_a_sync_file_is_found_and_nothing_of_it_comes_in(
    tmp_path: Path, clock: TurnedClock
) -> None:
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    (tmp_path / "stick").mkdir()
    two.take(one.send(tmp_path / "stick", two))
    write(one.opened, *(f"U{number}" for number in range(150)))
    path = one.send(tmp_path / "stick", two)

    for place in places_in(path, stretch=path.stat().st_size // PLACES):
        with turned(path, place), pytest.raises(UserFacingError) as refused:
            two.take(path)
        assert refused.value.safe
        assert refused.value.remedy
    assert two.take(path).applied >= 150
    assert Journal(two.opened.site, two.opened.station).verify(ACTOR).ok


def test_a_bit_in_any_page_of_a_stored_file_is_found_and_the_file_is_asked_of_others(
    opened: OpenSite, clock: TurnedClock, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("stored files are damaged")
    care, store = DiskCare(opened), AssetStore(opened.assets, clock)
    content = Random(63).randbytes(PLACES * PAGE)
    with opened.site.transaction(ACTOR, "course.import") as unit:
        film = store.add_bytes(unit, content, "video/mp4", "film.mp4")
    path = store.path(film.sha256)

    for place in places_in(path):
        with turned(path, place), pytest.raises(AssetMissing) as refused:
            store.read(film.sha256)
        assert refused.value.remedy
    assert care.check(ACTOR).lost_files == ()
    last = places_in(path)[-1]
    with path.open("r+b") as file:
        file.seek(last)
        file.write(bytes([content[last] ^ 1]))

    assert care.check(ACTOR).lost_files == (film.sha256,)

    assert not store.holds(film.sha256, film.size)
    health, says = told(opened, "files")
    assert health is Health.BAD
    assert "asked of other PCs" in says
    path.write_bytes(content)
    assert not [one for one in check_health(opened) if one.key == "files"]
    assert care.check(ACTOR).lost_files == ()
