"""The screens of one sign-in: each is made when somebody first goes there, and kept."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget

from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.shell.layers import open_layers

if TYPE_CHECKING:
    from collections.abc import Container

    from app.services import Services


class ScreenStack(QStackedWidget):
    """Shows one screen at a time, with the focus where its work begins."""

    def __init__(self, desk: "Desk[Services]", places: "Container[str]") -> None:
        """`places` are on the rail; every other page gets an arrow to where one came from."""
        super().__init__()
        self._desk = desk
        self._places = places
        self._screens: dict[str, Screen[Any]] = {}

    def screen_of(self, key: str) -> Screen[Any]:
        """Return a screen that somebody has been at. Raises KeyError."""
        return self._screens[key]

    def show_screen(self, spec: ScreenSpec, args: dict[str, object]) -> None:
        """Go to a screen; `args` reach its `enter`."""
        screen = self._screens.get(spec.key)
        if screen is None:
            screen = self._screens[spec.key] = spec.factory(self._desk)
            if spec.key not in self._places:
                screen.header.add_back(self._desk.back)
            self.addWidget(screen)
        self.setCurrentWidget(screen)
        screen.arrive(**args)
        for sheet in open_layers(screen):
            sheet.focus_first(sheet)  # it was open when somebody went elsewhere
            return
        screen.focus_first()
