"""Walks what a screen reader walks, and reports what it could not name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSpinBox, QWidget


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
