"""Tab goes through a form as it is laid out, whenever its parts were made.

A tool that stands over the words it belongs to can be marked to come after them.
"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

_SECOND = "tab_second"


def comes_second(tool: QWidget) -> None:
    """Let Tab come to this right after what the part that holds it begins with."""
    tool.setProperty(_SECOND, True)


def order_tabs(within: QWidget) -> None:
    """Let Tab go through everything within a widget in the order in which it was laid out."""
    stops = _stops_within(within)
    for former, following in pairwise(stops):
        QWidget.setTabOrder(former, following)


def _stops_within(part: QWidget) -> list[QWidget]:
    stops = [*_tab_stops(part.layout())]
    tools = [stop for stop in stops if stop.parentWidget() is part and stop.property(_SECOND)]
    found = [stop for stop in stops if stop not in tools]
    return [*found[:1], *tools, *found[1:]]


def _tab_stops(layout: QLayout | None) -> Iterator[QWidget]:
    """Yield what takes the focus, in the order of the layouts."""
    for place in range(layout.count()) if layout is not None else ():
        item = layout.itemAt(place) if layout is not None else None
        widget = item.widget() if item is not None else None
        if widget is None:
            yield from _tab_stops(item.layout() if item is not None else None)
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            yield widget
        yield from _stops_within(widget)
