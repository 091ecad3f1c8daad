"""A day is given, changed, taken away and left by keyboard alone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.clock import SystemClock
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.layouts import column

GIVEN = date(2026, 1, 2)


def today() -> date:
    """Return the day on this PC."""
    return SystemClock().now().astimezone().date()


def focused() -> QWidget:
    """Return what the keys go to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def form(window: QWidget) -> Form:
    """Return a form with a day between two lines; the focus is on the first."""
    made = Form()
    for field in (TextField("Before"), DateField("Joined"), TextField("After")):
        made.add(field)
    column(window).addWidget(made)
    made.show()
    made.setFocus()
    return made


@pytest.fixture
def day(form: Form, qtbot: QtBot) -> DateField:
    """Return the day, with the focus on it."""
    field = form.fields()[1]
    assert isinstance(field, DateField)
    field.edit.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(field.edit.hasFocus)
    return field


@pytest.mark.parametrize("value", [None, GIVEN])
def test_tab_leaves_it_whether_a_day_stands_there_or_none(
    form: Form, day: DateField, value: date | None
) -> None:
    day.set_value(value)
    for _section in range(3):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        if form.fields()[2].control.hasFocus():
            break
    assert form.fields()[2].control.hasFocus()
    assert day.value() == value


def test_backtab_leaves_an_open_day(form: Form, day: DateField) -> None:
    QTest.keyClick(day.edit, Qt.Key.Key_Backtab)
    assert form.fields()[0].control.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Down])
def test_an_arrow_begins_with_today(day: DateField, key: Qt.Key) -> None:
    QTest.keyClick(day.edit, key)
    assert day.value() == today()


def test_a_day_is_typed_where_none_stands(day: DateField) -> None:
    QTest.keyClicks(day.edit, "15Mar2024")
    assert day.value() == date(2024, 3, 15)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_the_calendar_opens_at_this_month_and_is_picked_from_by_keyboard(
    day: DateField, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    QTest.keyClick(day.edit, key, modifier)
    qtbot.waitUntil(day.edit.calendarWidget().isVisible)
    calendar, now = day.edit.calendarWidget(), today()
    assert (calendar.yearShown(), calendar.monthShown()) == (now.year, now.month)
    assert day.value() is None

    QTest.keyClick(focused(), Qt.Key.Key_Right)
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: not calendar.isVisible())
    picked = day.value()
    assert picked is not None
    assert (picked.year, picked.month) == (now.year, now.month)


def test_a_day_is_taken_away_by_keyboard(day: DateField) -> None:
    day.set_value(GIVEN)
    QTest.keyClick(day.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(day.edit, Qt.Key.Key_Delete)
    assert day.value() is None
    assert day.edit.text() == "No date"
