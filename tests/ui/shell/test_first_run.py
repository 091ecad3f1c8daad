"""The first start on a PC: what is offered, and what the form of a new site says."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.base.computer import this_pc
from app.core.content import AssetStore
from app.core.keys.models import SiteRow
from app.core.reports import decision_words
from app.core.sync import Sync
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.jobs import JobRunner
from app.ui.shell.first_run import FirstRunPage
from app.ui.shell.window import MainWindow
from app.ui.sync.customs_dialog import CustomsDialog
from tests.support.accessibility import nameless, unreachable
from tests.support.clock import TurnedClock
from tests.support.two_pcs import BOSS, found, opened, pc
from tests.ui.shell.conftest import NEW, PASSWORD


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    """A window on an empty data folder."""
    return make_window()


@pytest.fixture
def page(window: MainWindow) -> FirstRunPage:
    assert window.first_run_page is not None
    return window.first_run_page


def test_a_new_site_is_set_up_by_keyboard_alone(
    page: FirstRunPage, window: MainWindow, jobs: JobRunner, qtbot: QtBot
) -> None:
    window.activateWindow()
    page.new_site.setFocus()
    qtbot.keyClick(page.new_site, Qt.Key.Key_Return)
    for words in (NEW.name, NEW.code, NEW.administrator, NEW.login, PASSWORD, PASSWORD):
        field = QApplication.focusWidget()
        qtbot.keyClicks(field, words)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.pc_name.line
    assert page.pc_name.value() == this_pc()
    page.pc_name.set_value("Training office")
    qtbot.keyClick(page.pc_name.line, Qt.Key.Key_Return)
    jobs.wait_idle(20_000)
    jobs.wait_idle(20_000)

    assert window.work is not None
    assert window.work.actor.name == NEW.administrator


def test_a_sync_file_is_looked_at_without_a_site(
    page: FirstRunPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.customs.click()

    (desk,) = [one for one in window.findChildren(CustomsDialog) if one.isVisible()]
    qtbot.waitUntil(desk.picker.file_button.hasFocus)
    assert nameless(desk) == []
    desk.close_button.click()


def test_no_words_of_the_form_lie_over_its_fields(page: FirstRunPage, window: MainWindow) -> None:
    page.new_site.click()
    for width in (1366, 1093):
        window.resize(width, 614)
        QApplication.processEvents()
        for field in page.form.fields():
            hint = field._hint_label
            assert hint.isHidden() or hint.y() >= field.control.geometry().bottom()


def test_what_is_missing_is_said_and_nothing_is_founded(page: FirstRunPage, folder: Path) -> None:
    page.new_site.click()
    page.found.click()

    assert page.site_name.error() == "Fill in: Name of the plant or company."
    assert page.site_name.line.hasFocus()
    assert not (folder / "daksha.json").exists()


def test_a_short_password_is_refused_with_the_reason(
    page: FirstRunPage, jobs: JobRunner, folder: Path
) -> None:
    page.new_site.click()
    for field, value in zip(
        page.form.fields(),
        ("Pune", "PUN", "Meera", "meera", "short", "short", "Office"),
        strict=True,
    ):
        field.set_value(value)  # type: ignore[attr-defined]  # all are text fields
    page.found.click()
    jobs.wait_idle(20_000)

    assert "10" in page.password.error()
    assert page.password.line.hasFocus()
    assert page.banner.isHidden()
    assert not (folder / "daksha.json").exists()


@pytest.mark.parametrize("code", ["NO GOOD CODE !!", "पुणे", "-PUN", "ABCDEFGHIJKLM"])
def test_a_code_that_cannot_begin_a_certificates_number_is_refused_where_it_stands(
    page: FirstRunPage, jobs: JobRunner, folder: Path, code: str
) -> None:
    page.new_site.click()
    for field, value in zip(
        page.form.fields(),
        ("Pune", code, "Meera", "meera", PASSWORD, PASSWORD, "Office"),
        strict=True,
    ):
        field.set_value(value)  # type: ignore[attr-defined]  # all are text fields
    page.found.click()
    assert jobs.wait_idle(20_000)

    assert "letters A to Z" in page.code.error()
    assert page.code.line.hasFocus()
    assert not (folder / "daksha.json").exists()


def test_what_cannot_be_stopped_offers_no_way_to(page: FirstRunPage, jobs: JobRunner) -> None:
    page.new_site.click()
    for field, value in zip(
        page.form.fields(),
        ("Pune", "PUN", "Meera", "meera", "short", "short", "Office"),
        strict=True,
    ):
        field.set_value(value)  # type: ignore[attr-defined]  # all are text fields
    page.found.click()
    assert page.waiting.isVisible()
    assert page.note.text()
    assert page.languages.isHidden()  # the page would be made anew, and miss the answer
    assert page.stop_link.isHidden()
    assert page.bar.isHidden()
    assert jobs.wait_idle(20_000)
    assert page.languages.isVisible()
    page.demo.click()
    assert not page.stop_link.isHidden()
    assert not page.bar.isHidden()
    page.stop_link.click()
    assert jobs.wait_idle(30_000)
    assert page.banner.property("banner") == "info"  # who stopped it has made no mistake
    assert page.demo.hasFocus()


def answered(page: FirstRunPage, jobs: JobRunner, tmp_path: Path) -> Path:
    """Let the PC's request be answered by a site elsewhere; return the answer."""
    page.join.click()
    jobs.wait_idle(20_000)
    assert page.joining.pc_name.value() == this_pc()
    page.joining.pc_name.set_value("Press shop")
    page.joining.save_request(tmp_path / "pc.daksha-request")
    jobs.wait_idle(20_000)
    site = found(pc(tmp_path, "elsewhere", TurnedClock()))
    request = (tmp_path / "pc.daksha-request").read_bytes()
    paired = site.keys.pairing.pair(BOSS, request, page.joining.fingerprint.words())
    site.site.close()
    assert paired.label == "Press shop"
    assert paired.answer is not None
    (tmp_path / "pc.daksha-answer").write_bytes(paired.answer)
    return tmp_path / "pc.daksha-answer"


def test_a_pc_joins_a_site_and_says_what_it_waits_for(
    page: FirstRunPage, window: MainWindow, jobs: JobRunner, tmp_path: Path, folder: Path
) -> None:
    answer = answered(page, jobs, tmp_path)
    page.joining.picker.offer([answer])
    jobs.wait_idle(20_000)
    assert page.joining.title.text() == "Join Pune plant"
    assert page.joining.passphrase.isHidden()
    for field in (page.joining.password, page.joining.again):
        field.set_value(PASSWORD)
    page.joining.go.click()
    jobs.wait_idle(30_000)
    jobs.wait_idle(20_000)

    assert (folder / "daksha.json").exists()
    sign_in = window.sign_in_page
    assert window.pages.currentWidget() is sign_in
    assert sign_in.side.place.text() == "Pune plant"
    assert "waits for its first sync file" in sign_in.banner.text()
    assert sign_in.banner.property("banner") == "info"
    sign_in.sign_in("meera", PASSWORD)
    jobs.wait_idle(20_000)
    assert "Nobody can sign in here yet" in sign_in.banner.text()


def test_the_page_says_it_no_longer_when_the_records_of_the_site_have_come(
    page: FirstRunPage, window: MainWindow, jobs: JobRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    page.joining.read(answered(page, jobs, tmp_path))
    jobs.wait_idle(20_000)
    for field in (page.joining.password, page.joining.again):
        field.set_value(PASSWORD)
    page.joining.go.click()
    jobs.wait_idle(30_000)
    jobs.wait_idle(20_000)
    assert window.sign_in_page.banner.isVisible()
    opened = window._site.open_services().open_site
    now = opened.site.clock.now()
    with opened.site.transaction(BOSS, "site.found") as unit:
        unit.add(SiteRow(id=opened.site_id, name="Pune plant", code="PUN", founded_at=now))

    qtbot.waitUntil(lambda: not window.sign_in_page.banner.isVisible(), timeout=20_000)
    assert window.focusWidget() is window.sign_in_page.number.line


def test_another_file_or_another_password_joins_nothing(
    page: FirstRunPage, jobs: JobRunner, tmp_path: Path, folder: Path
) -> None:
    answer = answered(page, jobs, tmp_path)
    page.joining.read(tmp_path / "pc.daksha-request")
    jobs.wait_idle(20_000)
    assert "wanted is an answer" in page.joining.banner.text()
    page.joining.read(answer)
    jobs.wait_idle(20_000)
    page.joining.password.set_value(PASSWORD)
    page.joining.again.set_value(f"{PASSWORD}!")
    page.joining.go.click()
    assert page.joining.again.error() == "The two passwords differ."
    for field in (page.joining.password, page.joining.again):
        field.set_value("password")
    page.joining.go.click()
    jobs.wait_idle(20_000)

    assert page.joining.banner.text()
    assert not (folder / "daksha.json").exists()


def test_joining_can_be_left_and_its_controls_have_names(
    page: FirstRunPage, jobs: JobRunner, window: MainWindow
) -> None:
    page.join.click()
    jobs.wait_idle(20_000)
    words = page.joining.fingerprint.words()
    assert nameless(page) == []
    assert unreachable(page) == []
    page.joining.left.emit()
    assert page.new_site.isVisible()
    page.join.click()
    jobs.wait_idle(20_000)

    assert page.joining.fingerprint.words() == words


def test_the_demo_can_be_left_before_it_is_ready(
    page: FirstRunPage, jobs: JobRunner, folder: Path
) -> None:
    page.demo.click()
    page._cancel()
    jobs.wait_idle(30_000)

    assert page.banner.text()
    assert page.demo.isVisible()
    assert not (folder / "daksha.json").exists()


def test_a_demo_that_is_stopped_half_way_leaves_no_plant(
    page: FirstRunPage, jobs: JobRunner, folder: Path, qtbot: QtBot
) -> None:
    page.demo.click()
    qtbot.waitUntil(lambda: page.bar.share() > 0, timeout=30_000)
    assert " of " in page.note.text()
    page._cancel()
    jobs.wait_idle(30_000)

    assert page.demo.isVisible()
    assert not (folder / "daksha.json").exists()


def test_every_control_has_a_name_and_tab_leads_to_it(
    page: FirstRunPage, window: MainWindow
) -> None:
    assert nameless(page) == []
    page.new_site.click()
    assert nameless(page) == []
    assert unreachable(page) == []
    assert isinstance(page.password, PasswordField)


def test_the_whole_form_is_seen_at_once_in_a_small_window(
    page: FirstRunPage, window: MainWindow
) -> None:
    page.new_site.click()
    window.resize(1093, 614)
    QApplication.processEvents()
    for control in (*page.form.fields(), page.found):
        assert control.visibleRegion().boundingRect() == control.rect(), control


def test_a_password_that_differs_is_typed_again_at_once(
    page: FirstRunPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.activateWindow()
    page.new_site.click()
    for field in page.form.fields():
        assert isinstance(field, TextField)
        field.set_value("correct horse")
    page.again.set_value("correct house")
    page.found.click()

    assert page.again.error() == "The two passwords differ."
    assert QApplication.focusWidget() is page.again.line


def test_the_first_sync_file_is_taken_in_where_nobody_can_sign_in_yet(
    page: FirstRunPage, window: MainWindow, jobs: JobRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    page.joining.read(answered(page, jobs, tmp_path))
    jobs.wait_idle(20_000)
    for field in (page.joining.password, page.joining.again):
        field.set_value(PASSWORD)
    page.joining.go.click()
    jobs.wait_idle(30_000)
    jobs.wait_idle(20_000)
    first_file = window.sign_in_page.first_file
    assert first_file is not None
    assert first_file.isVisible()
    assert nameless(first_file) == []
    (tmp_path / "broken.dksb").write_bytes(b"not ours")
    first_file.picker.offer([tmp_path / "broken.dksb"])
    jobs.wait_idle(20_000)
    assert "not a file that Daksha writes" in first_file.note.text()

    with opened(pc(tmp_path, "elsewhere", TurnedClock())) as site:
        assets = AssetStore(site.assets, site.site.clock)
        sync = Sync(
            site.site,
            site.keys,
            site.folder,
            assets,
            settle=lambda _touched: None,
            twin_found=site.incarnations.note_twin,
            decision_words=decision_words,
        )
        (peer,) = sync.peers(BOSS)
        first_file.picker.offer([sync.export(BOSS, [peer], tmp_path / "first.dksb").path])
    jobs.wait_idle(20_000)

    qtbot.waitUntil(first_file.isHidden, timeout=20_000)
    assert not window.sign_in_page.banner.isVisible()


def test_a_pc_that_waits_makes_itself_known_by_a_stick_and_shares_a_folder(
    page: FirstRunPage, window: MainWindow, jobs: JobRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    page.joining.read(answered(page, jobs, tmp_path))
    jobs.wait_idle(20_000)
    for field in (page.joining.password, page.joining.again):
        field.set_value(PASSWORD)
    page.joining.go.click()
    jobs.wait_idle(30_000)
    jobs.wait_idle(20_000)
    first_file = window.sign_in_page.first_file
    assert first_file is not None
    stick, shared = tmp_path / "stick", tmp_path / "shared"
    first_file.share(shared)
    jobs.wait_idle(20_000)
    assert "cannot be reached" in first_file.note.text()
    stick.mkdir()
    shared.mkdir()
    first_file.introduce(stick)
    jobs.wait_idle(20_000)
    (written,) = stick.iterdir()
    assert written.name in first_file.note.text()
    first_file.share(shared)
    jobs.wait_idle(20_000)
    assert "every few seconds" in first_file.note.text()

    with opened(pc(tmp_path, "elsewhere", TurnedClock())) as site:
        assets = AssetStore(site.assets, site.site.clock)
        sync = Sync(
            site.site,
            site.keys,
            site.folder,
            assets,
            settle=lambda _touched: None,
            twin_found=site.incarnations.note_twin,
            decision_words=decision_words,
        )
        assert sync.take(BOSS, stick).files == 1
        sync.go_round(BOSS, shared)

    qtbot.waitUntil(first_file.isHidden, timeout=40_000)


def test_nothing_before_the_first_paint_takes_the_database_along() -> None:
    code = (
        "import sys, app.bootstrap.window, app.ui.shell.first_run, app.ui.shell.sign_in_page;"
        "sys.exit('sqlalchemy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
