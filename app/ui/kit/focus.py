"""Where Tab leads within a part of the window."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


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


def lead_through(stops: Sequence[QWidget]) -> None:
    """Let Tab go from each of some controls to the next."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
