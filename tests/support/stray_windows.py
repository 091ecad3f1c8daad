"""Widgets that are shown before they have a place: for a moment each is a window of its own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_MEANT = Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Dialog


def watch_for_stray_windows(patch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that fills with what the product shows as a window, but for menus, hints and dialogs.

    What is called is watched, not what happens: a filter of events in Python wakes up widgets that are
    just being destroyed.
    """
    seen: list[str] = []

    def note(widget: QWidget) -> None:
        if widget.isWindow() and widget.windowType() not in _MEANT:
            seen.append(f"{type(widget).__name__} {widget.accessibleName()}".strip())

    def noted(real: Callable[..., None]) -> Callable[..., None]:
        def show(widget: QWidget, *is_shown: bool) -> None:
            if all(is_shown):
                note(widget)
            real(widget, *is_shown)

        return show

    for name in ("show", "setVisible"):
        patch.setattr(QWidget, name, noted(getattr(QWidget, name)))
    return seen
