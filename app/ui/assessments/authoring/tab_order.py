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
    stops = [*_tab_stops(part.layout(), _widgets_in(part))]
    tools = [stop for stop in stops if stop.parentWidget() is part and stop.property(_SECOND)]
    found = [stop for stop in stops if stop not in tools]
    return [*found[:1], *tools, *found[1:]]


def _tab_stops(layout: QLayout | None, widgets: list[QWidget]) -> Iterator[QWidget]:
    """Yield what takes the focus, in the order of the layouts. `widgets` are those of the holder."""
    for one in _laid_out(layout, widgets) if layout is not None else ():
        if isinstance(one, QLayout):
            yield from _tab_stops(one, widgets)
            continue
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None:
            yield one
        yield from _stops_within(one)


def _laid_out(layout: QLayout, widgets: list[QWidget]) -> list[QLayout | QWidget]:
    """Return the layouts and widgets that lie in a layout, in its order.

    A layout is asked where something lies, never for its items: Python would hold on to them after
    Qt has deleted them, and the process ends with the next object that gets their address.
    """
    inner = [one for one in layout.children() if isinstance(one, QLayout)]
    places: list[tuple[int, QLayout | QWidget]] = [
        *((layout.indexOf(one), one) for one in inner),
        *((layout.indexOf(one), one) for one in widgets),
    ]
    return [one for place, one in sorted(places, key=lambda each: each[0]) if place >= 0]


def _widgets_in(holder: QWidget) -> list[QWidget]:
    return [one for one in holder.children() if isinstance(one, QWidget)]
