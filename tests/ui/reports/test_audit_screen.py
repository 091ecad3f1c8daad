"""The audit trail: searched, opened, proved, sealed, and never changed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget
from python_calamine import load_workbook

from app.core.base.actor import Actor
from app.core.base.figures import day
from app.core.people import NewPerson, PersonChange
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.sheets import FormSheet
from app.ui.reports.archiving import ask_archive
from app.ui.reports.audit_entry_sheet import AuditEntrySheet
from app.ui.reports.audit_screen import AuditScreen
from app.ui.reports.seal_sheet import SealSheet
from tests.support.clock import TurnedClock
from tests.ui.reports.opened import Desk, auditor, check_usable, put, settle


@pytest.fixture
def history(services: Services, desk: Desk, clock: TurnedClock) -> None:
    """Two people, the second corrected two days later."""
    people = services.people
    people.add(desk.actor, NewPerson(number="E-1", name="Asha Kulkarni"))
    second = people.add(desk.actor, NewPerson(number="E-2", name="R. Venkatesn"))
    clock.turn(timedelta(days=2))
    people.edit(desk.actor, second, PersonChange(name="R. Venkatesan"))


def _actions(screen: AuditScreen) -> list[str]:
    rows = (screen.table.model.row(at) for at in range(screen.table.model.total()))
    return [row.action for row in rows if row is not None]


def _words(widget: QObject) -> str:
    return " | ".join(label.text() for label in widget.findChildren(PlainLabel))


@pytest.fixture
def screen(desk: Desk, history: None, window: QWidget, jobs: JobRunner) -> AuditScreen:
    made = AuditScreen(desk)
    put(made, window, jobs)
    return made


def test_the_newest_entry_comes_first(screen: AuditScreen) -> None:
    assert _actions(screen) == ["person.edit", "person.add", "person.add"]
    check_usable(screen)


def test_the_search_narrows(screen: AuditScreen, jobs: JobRunner) -> None:
    screen.table.search_box.setText("edit")
    screen.table.search_box.flush()
    settle(jobs)

    assert _actions(screen) == ["person.edit"]


def test_an_action_is_chosen_from_those_there_are(screen: AuditScreen, jobs: JobRunner) -> None:
    box = screen.filters.what_box
    assert box.itemText(1).endswith("(2)")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    settle(jobs)

    assert _actions(screen) == ["person.add", "person.add"]


def test_days_narrow(screen: AuditScreen, jobs: JobRunner, clock: TurnedClock) -> None:
    today = clock.now().astimezone().date()
    before = today - timedelta(days=2)

    screen.filters.choose_days(before, before)
    settle(jobs)
    assert _actions(screen) == ["person.add", "person.add"]

    screen.filters.when_box.setCurrentIndex(screen.filters.when_box.findData("0"))
    screen.filters.when_box.activated.emit(1)
    settle(jobs)
    assert _actions(screen) == ["person.edit"]


def test_an_entry_shows_before_and_after_and_its_hash(screen: AuditScreen, jobs: JobRunner) -> None:
    entry = screen.table.model.row(0)
    assert entry is not None
    screen.table.opened.emit(entry)
    settle(jobs)

    sheet = screen.findChild(AuditEntrySheet)
    assert sheet is not None
    words = _words(sheet)
    assert "R. Venkatesn" in words
    assert "R. Venkatesan" in words
    assert entry.hash in words.replace(" ", "")
    sheet.dismiss()


def test_a_sound_journal_is_proved(screen: AuditScreen, jobs: JobRunner) -> None:
    screen.verify_button.click()
    settle(jobs)

    assert screen.banner is not None
    assert "3 entries, chain intact" in screen.banner.text()


def test_a_changed_entry_is_named(screen: AuditScreen, services: Services, jobs: JobRunner) -> None:
    with services.open_site.site.database.write() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in names.scalars():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(
            "UPDATE journal_entry SET reason = 'forged' WHERE place & 0xffffffffff = 2"
        )

    screen.verify_button.click()
    settle(jobs)

    assert screen.banner is not None
    assert "does not hold" in screen.banner.text()
    assert "entry 2" in screen.banner.text()


def test_a_seal_gives_twelve_words_once(screen: AuditScreen, desk: Desk, jobs: JobRunner) -> None:
    screen.seal()
    settle(jobs)
    sheet = screen.findChild(SealSheet)
    assert sheet is not None
    assert "12. " in _words(sheet)
    sheet.dismiss()

    screen.seal()
    settle(jobs)
    assert desk.toasts == ["Nothing new to seal since the last seal."]


def test_an_auditor_is_told_that_nothing_can_be_changed(
    desk_of: Callable[[Actor], Desk], history: None, window: QWidget, jobs: JobRunner
) -> None:
    screen = AuditScreen(desk_of(auditor()))
    put(screen, window, jobs)

    assert any("Read only" in banner.text() for banner in screen.findChildren(Banner))
    screen.verify_button.click()
    settle(jobs)
    assert screen.proof.verdict is not None
    assert screen.proof.verdict.ok
    check_usable(screen)


def test_the_entries_that_are_seen_are_exported(
    screen: AuditScreen, clock: TurnedClock, jobs: JobRunner, tmp_path: Path
) -> None:
    today = clock.now().astimezone().date()
    screen.filters.choose_days(today, None)
    settle(jobs)
    screen.tools.write("xlsx", tmp_path / "trail.xlsx")
    settle(jobs)

    book = load_workbook(tmp_path / "trail.xlsx")
    rows, about = (book.get_sheet_by_index(place).to_python() for place in (0, 1))
    assert [row[2] for row in rows[1:]] == [screen.table.model.cell(0, 2).text]
    assert f"From {day(today)}" in str(about)


def test_a_kept_time_comes_back_as_its_days(
    screen: AuditScreen, desk: Desk, clock: TurnedClock, window: QWidget, jobs: JobRunner
) -> None:
    today = clock.now().astimezone().date()
    screen.filters.choose_days(today, None)
    settle(jobs)
    screen.tools.keep_view("Since the correction")

    other = AuditScreen(desk)
    put(other, window, jobs)
    other.tools.show_view("Since the correction")
    settle(jobs)

    assert _actions(other) == ["person.edit"]
    assert other.filters.pairs() == (("from", today.isoformat()),)


def test_a_long_action_to_choose_from_does_not_widen_the_window(screen: AuditScreen) -> None:
    screen.filters.what_box.addItem("Somebody did something that takes many words to say (1,284)")

    check_usable(screen)


def test_an_archive_of_a_year_is_asked_for_and_written(
    screen: AuditScreen, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    ask_archive(screen)
    settle(jobs)
    sheet = screen.findChild(FormSheet)
    assert sheet is not None
    sheet.save_button.click()
    dialog = screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "2026.zip"))
    dialog.close()
    settle(jobs)

    assert (tmp_path / "2026.zip").is_file()
    assert "entries of the journal" in desk.toasts[-1]
