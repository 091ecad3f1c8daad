"""Where Tab leads within a part of the window."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_TABBED = (
    Qt.FocusPolicy.StrongFocus,
    Qt.FocusPolicy.TabFocus,
    Qt.FocusPolicy.WheelFocus,
)


def tab_stops(within: QWidget) -> list[QWidget]:
    """Return the controls within a part that take the focus now, in the order of Tab."""
    return list(_seen_stops(within))


def _seen_stops(within: QWidget) -> Iterator[QWidget]:
    return (one for one in _stops(within) if one.isVisibleTo(within) and one.isEnabled())


def _stops(within: QWidget) -> Iterator[QWidget]:
    """Yield those that do when they are shown: what was just made is not before its layout comes round."""
    at = within.nextInFocusChain()
    while at is not within and at is not None:
        if _is_stop(at) and at.focusProxy() is None and within.isAncestorOf(at):
            yield at
        at = at.nextInFocusChain()


def lead_through(stops: Sequence[QWidget]) -> None:
    """Let Tab go from each of some controls to the next."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def lead_through_parts(parts: Sequence[QWidget]) -> None:
    """Let Tab go through parts in this order, with all that they hold."""
    lead_through([stop for part in parts for stop in list(_stops(part))])


def lead_before(stops: Sequence[QWidget], following: QWidget) -> None:
    """Let Tab come to some controls, made late, right before another, which keeps its place."""
    before = following.previousInFocusChain()
    while before is not None and (before in stops or not _is_stop(before)):
        if before is following:
            return
        before = before.previousInFocusChain()
    if before is not None:
        lead_through([before, *stops])


def _is_stop(widget: QWidget) -> bool:
    return (
        widget.focusPolicy() in _TABBED
    )  # no flags are worked out: a window has a thousand widgets


@contextmanager
def place_kept(within: QWidget) -> Iterator[None]:
    """Give the focus back to whoever works by keyboard when its control is made anew meanwhile.

    It goes to the control of the same name, or else to the one that stands in its place.
    """
    before = within.window().focusWidget()  # kept also while another window is in front
    if before is None or not within.isAncestorOf(before):
        yield
        return
    # Only as far as its own: a window has a thousand widgets, and this comes with every load
    found = (place for place, stop in enumerate(_seen_stops(within)) if stop is before)
    name, place = before.accessibleName(), next(found, 0)
    yield
    if isValid(before) and within.isAncestorOf(before) and before.isVisibleTo(within):
        return
    QTimer.singleShot(0, within, partial(_focus_again, within, name, place))


def _focus_again(within: QWidget, name: str, place: int) -> None:
    """Focus what stands there now: what was made anew is shown only when its layout comes round."""
    if not within.isVisible():  # somebody went elsewhere meanwhile, where the focus is now
        return
    stops = tab_stops(within)
    alike = [stop for stop in stops if name and stop.accessibleName() == name]
    for stop in alike[:1] or stops[min(place, len(stops) - 1) :][:1]:
        stop.setFocus(Qt.FocusReason.OtherFocusReason)


def focus_after_load(widget: QWidget) -> None:
    """Give a control the focus from within a load, after `place_kept` has seen to the old place."""
    QTimer.singleShot(0, widget, lambda: QTimer.singleShot(0, widget, widget.setFocus))
