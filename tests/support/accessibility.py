"""Walks what a screen reader walks, and reports what it could not name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_USED_BY_HAND = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
_MOST_STOPS = 150


def nameless(widget: QWidget) -> list[str]:
    """Return a line for each control within `widget` that takes the focus and has no name."""
    everything = [widget, *widget.findChildren(QWidget)]
    return [_describe(each) for each in everything if _takes_focus(each) and not _name(each)]


def unreachable(widget: QWidget) -> list[str]:
    """Return a line for each enabled, visible control that no Tab leads to."""
    reached: set[QWidget] = set()
    at = widget
    while at not in reached:
        reached.add(at)
        at = at.nextInFocusChain()
    return [
        _describe(each)
        for each in widget.findChildren(QWidget)
        if _takes_focus(each) and each.window() is widget.window() and each not in reached
    ]


def missed_by_tab(window: QWidget) -> list[str]:
    """Press Tab all round a window; return a line for each control where it never stopped.

    Of buttons of which one is chosen Tab stops at one: arrows lead to the others.
    """
    stops = _stops_of_tab(window)
    return [
        _describe(each)
        for each in window.findChildren(QWidget)
        if isinstance(each, _USED_BY_HAND)
        and each.isVisible()
        and each.isEnabled()
        and each.window() is window
        and not _is_stopped_at(each, stops)
    ]


def _stops_of_tab(window: QWidget) -> set[QWidget]:
    stops: list[QWidget] = []
    for _press in range(_MOST_STOPS):
        at = QApplication.focusWidget()
        if stops and at in (None, stops[0]):
            break
        if at is not None:  # a page with nothing to press begins without a focus
            stops.append(at)
        QTest.keyClick(at or window, Qt.Key.Key_Tab)
    return set(stops)


def _is_stopped_at(widget: QWidget, stops: set[QWidget]) -> bool:
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive() and stops.intersection(group.buttons()):
        return True
    at: QWidget | None = widget
    while at is not None and at not in stops:
        around = at.parentWidget()
        at = around if isinstance(around, _USED_BY_HAND) else None
    return at is not None


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    inner = widget.parentWidget() is not None and widget.parentWidget().focusProxy() is widget
    return (by_tab and widget.isVisibleTo(widget.window()) and not _is_part(widget)) or inner


def _is_part(widget: QWidget) -> bool:
    """Viewports and spin box editors belong to the control around them, which has the name."""
    around = widget.parentWidget()
    if isinstance(around, QAbstractScrollArea) and around.viewport() is widget:
        return True
    if isinstance(around, QAbstractSpinBox) and _name(around):
        return True
    return around is not None and around.focusProxy() is widget and bool(_name(around))


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def _describe(widget: QWidget) -> str:
    trail = []
    at: QWidget | None = widget
    while at is not None:
        trail.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(trail)
