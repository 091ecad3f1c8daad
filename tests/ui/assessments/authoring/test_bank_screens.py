"""The list of banks and one bank: opened, searched, imported, exported, moved by keys."""

from pathlib import Path
from uuid import UUID

import pytest
import python_calamine
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.core.assessments import EXPORT_FORMATS
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.paging import PageRequest
from app.ui.assessments.authoring import AUTHOR_SCREENS
from app.ui.assessments.authoring.bank_screen import BankScreen
from app.ui.assessments.authoring.bank_sheets import ImportSheet
from app.ui.assessments.authoring.banks_screen import BanksScreen, begin_renaming
from app.ui.assessments.authoring.importing import export_to
from app.ui.kit.cards import FactRow
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import EmptyState
from tests.support.accessibility import nameless, unreachable
from tests.ui.assessments.authoring.conftest import ACTOR

GIFT = "::Lock:: The lock stays on. {T}\n\n::Long:: Explain why. {}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "Keys.gift"
    file.write_text(GIFT)
    return file


@pytest.fixture
def listed(desk, shown, bank_id) -> BanksScreen:
    made = BanksScreen(desk)
    shown(made)
    return made


@pytest.fixture
def bank(desk, shown, bank_id, window, qtbot) -> BankScreen:
    made = BankScreen(desk)
    shown(made, bank_id=bank_id)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


def titles(banks, bank_id: UUID, **request: object) -> list[str]:
    rows = banks.questions(ACTOR, bank_id, PageRequest(**request)).rows
    return [one.title.removeprefix("A question of the type ") for one in rows]


def words(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(PlainLabel)]


def test_a_site_without_questions_offers_to_import_them(desk, shown) -> None:
    screen = BanksScreen(desk)
    shown(screen)
    (empty,) = [
        one for one in screen.findChildren(EmptyState) if one.isVisible() and one.button is not None
    ]
    empty.button.click()
    assert screen.findChild(ImportSheet).isVisible()


def test_one_screen_stands_in_the_navigation() -> None:
    assert [one.key for one in AUTHOR_SCREENS if one.in_navigation] == ["question_banks"]


def test_a_bank_is_begun_and_opened(listed, desk, banks, jobs) -> None:
    sheet = listed.begin_bank()
    sheet.bank_title.set_value("Fire")
    sheet.save_button.click()
    assert jobs.wait_idle()
    (key, args) = desk.opened[-1]
    assert (key, banks.bank(ACTOR, args["bank_id"]).title) == ("question_bank", "Fire")


def test_a_bank_is_opened_by_enter_and_renamed(listed, desk, banks, bank_id, jobs, qtbot) -> None:
    listed.table.view.setCurrentIndex(listed.table.model.index(0, 0))
    qtbot.keyClick(listed.table.view, Qt.Key.Key_Return)
    assert desk.opened == [("question_bank", {"bank_id": bank_id})]
    sheet = begin_renaming(listed, banks.bank(ACTOR, bank_id))
    sheet.bank_title.set_value("Locks")
    sheet.save_button.click()
    assert jobs.wait_idle()
    assert banks.bank(ACTOR, bank_id).title == "Locks"


def test_a_file_is_looked_over_before_it_becomes_a_bank(listed, desk, banks, file, jobs) -> None:
    sheet = listed.begin_import()
    assert not sheet.import_button.isEnabled()
    sheet.picker.offer([file])
    assert jobs.wait_idle()
    said = [each for row in sheet.findChildren(FactRow) for each in words(row)]
    assert "True or false" in said
    assert "Line 3 · Long" in said
    assert banks.list(ACTOR, PageRequest()).total == 1
    sheet.import_button.click()
    assert jobs.wait_idle()
    assert desk.toasts == ["1 question imported."]
    made = desk.opened[-1][1]["bank_id"]
    assert banks.bank(ACTOR, made).title == "Keys"


def test_a_file_that_is_none_is_refused_in_the_sheet(listed, desk, tmp_path, jobs) -> None:
    (tmp_path / "notes.txt").write_text("nothing asked")
    sheet = listed.begin_import()
    sheet.picker.offer([tmp_path / "notes.txt"])
    assert jobs.wait_idle()
    assert any("no file of questions" in each for each in words(sheet))
    assert not sheet.import_button.isEnabled()
    assert desk.errors == []


def test_a_file_is_added_to_the_open_bank(bank, banks, bank_id, file, jobs) -> None:
    sheet = bank.begin_import()
    sheet.picker.offer([file])
    assert jobs.wait_idle()
    assert sheet.bank_title.isHidden()
    sheet.import_button.click()
    assert jobs.wait_idle()
    assert banks.bank(ACTOR, bank_id).questions == 9


def test_questions_are_moved_by_keys(bank, banks, bank_id, jobs, qtbot) -> None:
    view = bank.table.view
    view.setFocus()
    view.setCurrentIndex(bank.table.model.index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert jobs.wait_idle()
    assert titles(banks, bank_id)[:2] == ["choice_many", "choice_one"]
    assert view.currentIndex().row() == 0
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert jobs.wait_idle()
    assert titles(banks, bank_id)[:2] == ["choice_many", "choice_one"]


def test_a_row_offers_what_can_be_done(bank, banks, bank_id, desk, jobs) -> None:
    entry = banks.questions(ACTOR, bank_id, PageRequest()).rows[0]
    acts = {one.words: one.act for one in bank._actions(entry)}
    acts["Duplicate"]()
    acts["Move down"]()
    acts["Withdraw"]()
    assert jobs.wait_idle()
    assert titles(banks, bank_id)[:2] == ["choice_one", "choice_one"]
    assert titles(banks, bank_id, filters=(("state", "withdrawn"),)) == ["choice_one"]
    assert desk.toasts[0].startswith("Withdrawn.")
    withdrawn = banks.question(ACTOR, entry.id)
    acts = {one.words: one.act for one in bank._actions(withdrawn)}
    acts["Bring back"]()
    acts["Preview"]()
    acts["Open"]()
    assert jobs.wait_idle()
    assert banks.bank(ACTOR, bank_id).withdrawn == 0
    assert [key for key, _args in desk.opened] == ["question_preview", "question_editor"]


def test_a_new_question_begins_with_its_type(bank, bank_id, desk, qtbot) -> None:
    bank.focus_first()
    qtbot.keyClick(bank.table.search_box, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    menu = bank.findChild(QMenu)
    assert len(menu.actions()) == 8
    menu.actions()[3].trigger()
    menu.close()
    assert desk.opened == [("question_editor", {"bank_id": bank_id, "type": "numeric"})]


def test_a_bank_is_written_to_a_file_and_none_is_lost(bank, banks, desk, tmp_path, jobs) -> None:
    out = tmp_path / "out.gift"
    export_to(bank, bank.bank, EXPORT_FORMATS[0], out)
    assert jobs.wait_idle()
    assert out.read_text().count("A question of the type") == 6
    assert "not all could be said" in desk.toasts[0]
    export_to(bank, bank.bank, EXPORT_FORMATS[0], out)
    assert jobs.wait_idle()
    assert [one.title for one in desk.questions] == ["Replace out.gift?"]


def test_who_may_only_look_is_offered_nothing_else(desk, shown, bank_id) -> None:
    looking = frozenset({Grant(capability=Capability.VIEW_COURSES)})
    desk.actor = Actor(account_id=None, person_id=None, name="Auditor", grants=looking)
    bank = BankScreen(desk)
    shown(bank, bank_id=bank_id)
    assert bank.new_button.isHidden()
    entry = bank.table.model.row(0)
    assert [one.words for one in bank._actions(entry) if one.enabled] == ["Open", "Where used"]
    bank._show_types()
    assert bank.findChild(QMenu) is None


@pytest.mark.parametrize("size", [(1366, 768), (1025, 550)])
def test_they_fit_a_small_window_and_every_control_has_a_name(
    size, listed, bank, window, qtbot
) -> None:
    for screen in (listed, bank):
        window.layout().removeWidget(screen)
        screen.setParent(window)
    for screen in (listed, bank):
        screen.resize(*size)
        screen.show()
        assert screen.minimumSizeHint().width() <= size[0]
        assert screen.minimumSizeHint().height() <= size[1]
        assert nameless(screen) == []
        assert unreachable(screen) == []
    sheet = ImportSheet(bank)
    sheet.open()
    assert nameless(sheet) == []
    sheet.dismiss()


def test_the_banks_that_are_seen_are_exported(listed, jobs, tmp_path):
    listed.tools.write("csv", tmp_path / "banks.csv")
    assert jobs.wait_idle()
    assert "Lockout" in (tmp_path / "banks.csv").read_text(encoding="utf-8-sig")


def test_questions_are_exported_under_the_name_of_their_bank(bank, banks, bank_id, jobs, tmp_path):
    bank.tools.write("xlsx", tmp_path / "questions.xlsx")
    assert jobs.wait_idle()
    book = python_calamine.load_workbook(tmp_path / "questions.xlsx")
    rows, about = (book.get_sheet_by_index(place).to_python() for place in (0, 1))
    assert all(title in str(rows) for title in titles(banks, bank_id))
    assert "Lockout" in str(about)
