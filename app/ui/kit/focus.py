"""Where Tab leads within a part of the window."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def tab_stops(within: QWidget) -> list[QWidget]:
    """Return the controls within a part that take the focus now, in the order of Tab."""
    stops: list[QWidget] = []
    at = within.nextInFocusChain()
    while at is not within and at is not None:
        takes = at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.focusProxy() is None
        if takes and within.isAncestorOf(at) and at.isVisibleTo(within) and at.isEnabled():
            stops.append(at)
        at = at.nextInFocusChain()
    return stops


def follow_layout(within: QWidget) -> None:
    """Let Tab go through a part as its layouts lie: in the order of the lines, not of the making."""
    layout = within.layout()
    stops = list(_laid_out(layout)) if layout is not None else []
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _laid_out(inner)
        elif widget is not None:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield widget
            within = widget.layout()
            if within is not None:
                yield from _laid_out(within)
