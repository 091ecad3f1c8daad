"""Beside the list: views kept under a name, export of what is seen."""

import csv
from dataclasses import replace
from pathlib import Path

import python_calamine
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.people import PersonId
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.people.people_screen import PeopleScreen
from tests.ui.reports.opened import Desk, put, settle

Three = tuple[PersonId, ...]


def shown(desk: Desk, window: QWidget, jobs: JobRunner) -> PeopleScreen:
    made = PeopleScreen(desk)
    put(made, window, jobs)
    return made


def test_what_is_seen_is_exported_filtered_sorted_and_without_hidden_columns(
    three: Three, desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    screen = shown(desk, window, jobs)
    screen.table.sort_by("name")
    screen.table.set_look(replace(screen.table.look(), hidden=frozenset({"kind", "job_role"})))
    settle(jobs)
    screen.tools.write("csv", tmp_path / "people.csv")
    settle(jobs)

    with (tmp_path / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    heading = next(number for number, row in enumerate(rows) if row[:2] == ["Name", "Number"])
    assert {"Kind", "Job role"}.isdisjoint(rows[heading])
    assert [row[:3] for row in rows[heading + 1 : heading + 4]] == [
        ["Ravi Iyer", "P-102", "Press shop"],
        ["Devika Rao", "P-103", "Stores"],
        ["Asha Kulkarni (आशा कुलकर्णी)", "P-101", "Press shop"],
    ]
    assert desk.toasts == [f"{tmp_path / 'people.csv'}: 3 rows"]


def test_the_same_rows_go_into_a_spreadsheet_and_a_pdf(
    three: Three, desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    screen = shown(desk, window, jobs)
    for form in ("xlsx", "pdf"):
        screen.tools.write(form, tmp_path / f"people.{form}")
    settle(jobs)

    sheet = python_calamine.load_workbook(tmp_path / "people.xlsx").get_sheet_by_index(0)
    assert "P-103" in [cell for row in sheet.to_python() for cell in row]
    assert (tmp_path / "people.pdf").read_bytes().startswith(b"%PDF")


def test_keys_find_and_add_but_not_under_a_sheet(
    three: Three, desk: Desk, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    screen = shown(desk, window, jobs)
    window.window().activateWindow()
    screen.table.view.setFocus()
    qtbot.waitUntil(screen.table.view.hasFocus)
    qtbot.keyClick(screen.table.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.table.search_box.hasFocus()

    qtbot.keyClick(screen.table.search_box, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(jobs)
    (sheet,) = screen.findChildren(FormSheet)
    typing = window.window().focusWidget()
    assert sheet.isAncestorOf(typing)

    qtbot.keyClick(typing, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(typing, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    settle(jobs)
    assert screen.findChildren(FormSheet) == [sheet]
    assert window.window().focusWidget() is typing


def test_a_view_is_kept_and_shown_again_by_whoever_kept_it(
    three: Three, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    screen = shown(desk, window, jobs)
    screen.units.setCurrentIndex(screen.units.findText("Stores"))
    screen.units.activated.emit(screen.units.currentIndex())
    settle(jobs)
    sheet = screen.tools.ask_name()
    (field,) = sheet.findChildren(TextField)
    field.set_value("Stores only")
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts == ["Kept as “Stores only”."]

    other = shown(desk, window, jobs)
    assert other.table.model.total() == 3
    other.tools.show_view("Stores only")
    settle(jobs)
    assert other.table.model.total() == 1
    assert other.units.currentText() == "Stores"
    other.tools.forget_view("Stores only")
    assert other.tools.views() == {}
