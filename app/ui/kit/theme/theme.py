"""The look in force: appearance, zoom, kiosk scale, motion, language; switched while running."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from app.core.base.words import mark
from app.ui.kit.theme.fonts import families_for, load_fonts
from app.ui.kit.theme.style import qt_palette, style_sheet
from app.ui.kit.theme.tokens import Ink, Palette, TextRole, Tokens, load_tokens

MINIMUM_ZOOM, MAXIMUM_ZOOM, ZOOM_STEP = 1.0, 2.0, 0.1


class Appearance(StrEnum):
    """Which palette is worn."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"

    @property
    def words(self) -> str:
        """Return its words, marked; the screen translates them."""
        return {
            Appearance.SYSTEM: mark("Same as the computer"),
            Appearance.LIGHT: mark("Light"),
            Appearance.DARK: mark("Dark"),
            Appearance.HIGH_CONTRAST: mark("High contrast"),
        }[self]


class _Current:
    """The theme in force. One per process: Qt has one style sheet per application."""

    theme: "Theme | None" = None


def current_theme() -> "Theme":
    """Return the theme in force. Raises RuntimeError before a Theme has been made."""
    if _Current.theme is None:
        raise RuntimeError("make a Theme before the first widget")
    return _Current.theme


class Theme(QObject):
    """Dresses the application. Widgets learn of a change by their style change event."""

    changed = Signal()

    def __init__(self, application: QApplication, tokens: Tokens | None = None) -> None:
        super().__init__(application)
        self._application = application
        self.tokens = tokens or load_tokens()
        self._appearance = Appearance.SYSTEM
        self._zoom = 1.0
        self._kiosk = False
        self._reduced_motion = False
        self._language = "en"
        self._holding = 0
        self._worn: Palette = self.tokens.light
        self.put_in_force()
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def put_in_force(self) -> None:
        """Make this the theme that widgets ask: the newest is, until an earlier one is put in force again."""
        _Current.theme = self

    def apply(self) -> None:
        """Dress the application as the present choices say. Cheap before widgets exist."""
        if self._holding:
            return
        self._worn = self._palette()
        load_fonts()
        if self._application.style().name() != "fusion":
            self._application.setStyle("Fusion")
        self._application.setPalette(qt_palette(self._worn))
        self._application.setFont(self.font(TextRole.BODY))
        self._application.setStyleSheet(style_sheet(self._worn, self.scale))
        self.changed.emit()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make several choices and dress once, at the end."""
        self._holding += 1
        try:
            yield
        finally:
            self._holding -= 1
            self.apply()

    @property
    def appearance(self) -> Appearance:
        """Return the choice; SYSTEM stays SYSTEM."""
        return self._appearance

    def set_appearance(self, appearance: Appearance) -> None:
        """Wear another palette."""
        if appearance is not self._appearance:
            self._appearance = appearance
            self.apply()

    @property
    def zoom(self) -> float:
        """Return the reader's zoom, 1.0 to 2.0."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Make everything larger or smaller, within 100 to 200 %."""
        zoom = round(min(max(zoom, MINIMUM_ZOOM), MAXIMUM_ZOOM), 2)
        if zoom != self._zoom:
            self._zoom = zoom
            self.apply()

    def zoom_by(self, steps: int) -> None:
        """Go `steps` of ten percent up or down; 0 goes back to 100 %."""
        self.set_zoom(self._zoom + steps * ZOOM_STEP if steps else 1.0)

    @property
    def kiosk(self) -> bool:
        """Tell whether controls have the size for gloves and a standing reader."""
        return self._kiosk

    def set_kiosk(self, kiosk: bool) -> None:
        """Enlarge everything for a shared screen, on top of the zoom."""
        if kiosk != self._kiosk:
            self._kiosk = kiosk
            self.apply()

    @property
    def reduced_motion(self) -> bool:
        """Tell whether the reader wants nothing to move."""
        return self._reduced_motion

    def set_reduced_motion(self, reduced: bool) -> None:
        """Stop or allow motion."""
        if reduced != self._reduced_motion:
            self._reduced_motion = reduced
            self.changed.emit()

    def set_language(self, language: str) -> None:
        """Put the fonts of the language's script in front."""
        if language != self._language:
            self._language = language
            self.apply()

    @property
    def scale(self) -> float:
        """Return how many screen pixels a design pixel has: zoom times kiosk scale."""
        return self._zoom * (self.tokens.kiosk_scale if self._kiosk else 1.0)

    @property
    def is_high_contrast(self) -> bool:
        """Tell whether the high contrast palette is worn."""
        return self._worn is self.tokens.high_contrast

    def px(self, design: float) -> int:
        """Return a length of the design in pixels of this zoom."""
        return round(design * self.scale)

    def hex(self, ink: Ink) -> str:
        """Return a colour as #RRGGBB."""
        return self._worn[ink]

    def colour(self, ink: Ink) -> QColor:
        """Return a colour for painting."""
        return QColor(self._worn[ink])

    def font(self, role: TextRole) -> QFont:
        """Return the font of a text role, with the script of the language in front."""
        style = self.tokens.type[role]
        made = QFont()
        made.setFamilies(families_for(self._language, self.tokens.families))
        made.setPixelSize(self.px(style.pixels))
        made.setWeight(QFont.Weight(style.weight))
        return made

    def _palette(self) -> Palette:
        hints = self._application.styleHints()
        match self._appearance:
            case Appearance.LIGHT:
                return self.tokens.light
            case Appearance.DARK:
                return self.tokens.dark
            case Appearance.HIGH_CONTRAST:
                return self.tokens.high_contrast
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return self.tokens.high_contrast
        if hints.colorScheme() == Qt.ColorScheme.Dark:
            return self.tokens.dark
        return self.tokens.light

    def _system_changed(self) -> None:
        if self._appearance is Appearance.SYSTEM and self._palette() is not self._worn:
            self.apply()
