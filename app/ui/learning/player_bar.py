"""The line over a lesson: the way back, what is saved, how things look, and whose lesson it is."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, IconButton, Kind, link
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import row
from app.ui.kit.theme import Ink, TextRole, Theme, Tone
from app.ui.kit.top_bar import AccessMenu, PersonBox

_WORDS_NEED = 700


class SavedMark(QWidget):
    """Says when everything was last on disk, or that something is not yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = row(self, gap=6)
        self._icon = IconLabel("cloud-check", Ink.SUCCESS, 18)
        self._words = PlainLabel("", TextRole.MUTED)
        line.addWidget(self._icon)
        line.addWidget(self._words)
        self.hide()

    def text(self) -> str:
        """Return what it says; "" while there was nothing to save."""
        return self._words.text()

    def clear(self) -> None:
        """Say nothing: nothing has happened yet."""
        self._words.setText("")
        self.hide()

    def show_saved(self, at: datetime) -> None:
        """Say that everything is on disk."""
        words = _("Saved {time}").format(time=f"{at.astimezone():%H:%M}")
        self._say(words, "cloud-check", Ink.SUCCESS, None)
        self.setToolTip("")

    def show_failing(self, error: UserFacingError) -> None:
        """Say that something could not be saved yet."""
        words = _("Not saved yet")
        if words != self.text():
            announce(self, error.sentence, urgent=True)
        self._say(words, "triangle-alert", Ink.DANGER, Tone.DANGER)
        self.setToolTip(error.sentence)

    def show_preview(self) -> None:
        """Say that nothing is recorded."""
        self._say(_("Nothing is recorded"), "eye", Ink.TEXT3, None)

    def _say(self, words: str, icon: str, ink: Ink, tone: Tone | None) -> None:
        self._icon.set_icon(icon, ink)
        self._words.setText(words)
        self._words.set_tone(tone)
        self.setAccessibleName(words)
        self.show()


class PlayerBar(QFrame):
    """Emits what is asked for; the screen acts."""

    back_asked = Signal()
    not_me = Signal()

    def __init__(self, theme: Theme, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("top", True)
        self.setAccessibleName(_("Lesson bar"))
        self._theme = theme
        line = row(self, gap=12)
        line.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        self.back_button = link(_("Back to my courses"), "arrow-left")
        self.back_button.on_press(self.back_asked.emit)
        line.addWidget(self.back_button)
        line.addStretch(1)
        self.wall = StatusChip("")
        self.wall.hide()
        line.addWidget(self.wall)
        self.saved = SavedMark()
        line.addWidget(self.saved)
        self._menu = AccessMenu(theme, self)
        self.access_button = IconButton("accessibility", _("Size and colours"))
        self.access_button.on_press(self._open_menu)
        line.addWidget(self.access_button)
        self.person = PersonBox()
        self.person.show_person(actor.name, actor.number)
        line.addWidget(self.person)
        self.not_me_button = Button(_("Not you?"), Kind.GHOST, dense=True)
        self.not_me_button.on_press(self.not_me.emit)
        line.addWidget(self.not_me_button)

    def show_way_back(self, *, is_preview: bool, is_for_all: bool) -> None:
        """Say where the way back leads: whoever previews came from the course, not to learn it.

        `is_for_all`: a class looks on, who need not know whose PC it is.
        """
        words = _("Back") if is_preview else _("Back to my courses")
        self.back_button.set_words(_("Back to the roll") if is_for_all else words)
        for widget in (self.person, self.not_me_button):
            widget.setVisible(not is_for_all)
        self.wall.setVisible(is_for_all)

    def show_shown(self, *, shown: bool) -> None:
        """Say whether a class is shown something now."""
        if shown:
            self.wall.set_status(_("Shown to all"), Tone.SUCCESS)
        else:
            self.wall.set_status(_("Paused"), Tone.WARNING)

    def _open_menu(self) -> None:
        self._menu.popup(self.access_button.mapToGlobal(self.access_button.rect().bottomLeft()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.person.words.setVisible(self.width() >= self._theme.px(_WORDS_NEED))
