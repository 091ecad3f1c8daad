"""A message that goes by itself: it undoes once, and never lies over what somebody works at."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.buttons import Button, Kind
from app.ui.kit.layouts import ScrollPage, column
from app.ui.kit.overlay import SideSheet
from app.ui.kit.toast import Toast


def test_undo_is_done_once_and_the_toast_goes(qtbot: QtBot, window: QWidget) -> None:
    undone: list[bool] = []
    toast = Toast(window, "Assigned to 214 people.", undo=lambda: undone.append(True))
    with qtbot.waitSignal(toast.gone):
        qtbot.mouseClick(toast.undo_button, Qt.MouseButton.LeftButton)
    assert undone == [True]


def test_a_toast_stays_inside_a_window_that_shrinks(qtbot: QtBot, window: QWidget) -> None:
    toast = Toast(window, "Saved.")
    window.resize(700, 400)
    qtbot.waitUntil(lambda: window.rect().contains(toast.geometry()))
    with qtbot.waitSignal(toast.gone):
        toast.dismiss()


def place_of(widget: QWidget, window: QWidget) -> QRect:
    """Return where a widget is seen in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.fixture
def field(window: QWidget) -> QLineEdit:
    """Return a field at the foot of the window."""
    made = QLineEdit(window)
    made.setGeometry(100, window.height() - 60, window.width() - 200, 40)
    made.show()
    return made


def test_a_toast_makes_way_for_a_field_at_the_foot(
    qtbot: QtBot, window: QWidget, field: QLineEdit
) -> None:
    toast = Toast(window, "Saved.")
    assert toast.geometry().intersects(field.geometry())
    field.setFocus()
    qtbot.waitUntil(lambda: not toast.geometry().intersects(field.geometry()))
    assert window.rect().contains(toast.geometry())


def test_a_toast_that_comes_while_somebody_types_stands_elsewhere(
    qtbot: QtBot, window: QWidget, field: QLineEdit
) -> None:
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    toast = Toast(window, "Saved.")
    assert not toast.geometry().intersects(field.geometry())


def test_a_toast_leaves_the_button_free_that_one_presses_next(
    qtbot: QtBot, window: QWidget
) -> None:
    following = Button("Next lesson", Kind.PRIMARY, parent=window)
    following.setGeometry(window.width() // 2 - 100, window.height() - 60, 200, 40)
    following.show()
    toast = Toast(window, "Saved.")
    assert not toast.geometry().intersects(following.geometry())
    assert window.rect().contains(toast.geometry())


def test_a_toast_makes_way_for_what_is_scrolled_to_it(qtbot: QtBot, window: QWidget) -> None:
    page = ScrollPage()
    column(window, gap=0).addWidget(page)
    lines = column(page.content)
    fields = [QLineEdit() for _number in range(60)]
    for each in fields:
        lines.addWidget(each)
    page.show()
    fields[30].setFocus()
    qtbot.waitUntil(fields[30].hasFocus)
    toast = Toast(window, "Saved.")
    scrolled = page.verticalScrollBar()
    for at in range(0, scrolled.maximum(), 20):
        scrolled.setValue(at)
        qtbot.waitUntil(lambda: not toast.geometry().intersects(place_of(fields[30], window)))


def test_of_a_long_text_the_line_that_is_typed_stays_seen(qtbot: QtBot, window: QWidget) -> None:
    text = QPlainTextEdit("line\n" * 200, window)
    text.setGeometry(window.rect())
    text.show()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    toast = Toast(window, "Saved.")
    assert toast.y() > window.height() // 2
    qtbot.keyClick(text, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not toast.geometry().intersects(text.cursorRect()))


def test_the_way_back_stays_under_the_hand_that_goes_to_it(
    qtbot: QtBot, window: QWidget, field: QLineEdit
) -> None:
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    toast = Toast(window, "Withdrawn.", undo=lambda: None)
    before, undo = toast.geometry(), toast.undo_button
    assert undo is not None
    undo.setFocus()
    qtbot.waitUntil(undo.hasFocus)
    assert toast.geometry() == before


def test_a_toast_leaves_the_buttons_of_a_sheet_free(qtbot: QtBot, window: QWidget) -> None:
    toast = Toast(window, "Saved.")
    sheet = SideSheet(window, "Add a person")
    button = Button("Save")
    sheet.foot.addWidget(button)
    sheet.open()
    qtbot.waitUntil(lambda: toast.geometry().right() < sheet.free_width)
    assert window.rect().contains(toast.geometry())
    sheet.dismiss()


def test_a_toast_looks_only_later_at_what_has_the_focus(
    qtbot: QtBot, window: QWidget, field: QLineEdit
) -> None:
    """A dialog of files that was being deleted with the focus in it once ended the program."""
    toast = Toast(window, "Saved.")
    before = toast.geometry()
    field.setFocus()
    assert toast.geometry() == before
    qtbot.waitUntil(lambda: toast.geometry() != before)
