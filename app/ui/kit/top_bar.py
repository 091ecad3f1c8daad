"""The bar on top: search, how things look, language, jobs, and who is signed in."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from app.core.base.words import _, current_language, offered_languages
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.chips import Avatar, CountChip
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.icons import icon
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import ElidedLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import Appearance, TextRole, Theme, Tone

_FULL = 1000
_STILL = "still"


class AccessMenu(QMenu):
    """Size, colours and motion. What is chosen is in force at once."""

    choices_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(_("Size and colours"))
        self._add(_("Larger"), "zoom-in", lambda: theme.zoom_by(1), "Ctrl++")
        self._add(_("Smaller"), "zoom-out", lambda: theme.zoom_by(-1), "Ctrl+-")
        self._add(_("Ordinary size"), "type", lambda: theme.zoom_by(0), "Ctrl+0")
        self.addSeparator()
        group = QActionGroup(self)
        for look in Appearance:
            line = self._add(_(look.words), "", lambda look=look: theme.set_appearance(look), "")
            line.setCheckable(True)
            line.setData(look.value)
            group.addAction(line)
        self.addSeparator()
        still = self._add(
            _("Less motion"), "", lambda: theme.set_reduced_motion(not theme.reduced_motion), ""
        )
        still.setCheckable(True)
        still.setData(_STILL)
        self.aboutToShow.connect(self._show_choices)

    def _add(self, words: str, name: str, act: object, keys: str) -> QAction:
        line = self.addAction(f"{words}\t{keys}" if keys else words)
        if name:
            line.setIcon(icon(name))
        if callable(act):
            line.triggered.connect(lambda _on=False: act())
        line.triggered.connect(lambda _on=False: self.choices_changed.emit())
        return line

    def _show_choices(self) -> None:
        """Tick what is in force.

        The lines are asked for each time: those kept from the beginning are lost to Python when
        some other layer of the window is deleted.
        """
        for line in self.actions():
            if line.data() == _STILL:
                line.setChecked(self._theme.reduced_motion)
            elif line.data() == self._theme.appearance.value:
                line.setChecked(True)


class PersonBox(QWidget):
    """Who is signed in: picture, name, and what tells this person from another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = row(self, gap=8)
        self._avatar = Avatar("")
        self.words = QWidget()
        lines = column(self.words, gap=0)
        lines.addStretch(1)
        self._name = ElidedLabel("")
        self._about = ElidedLabel("", TextRole.MUTED)
        for label in (self._name, self._about):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            lines.addWidget(label)
        lines.addStretch(1)
        line.addWidget(self._avatar)
        line.addWidget(self.words)

    def show_person(self, name: str, about: str) -> None:
        """Show somebody; `about` is role and number."""
        self._avatar.set_name(name)
        self._name.setText(name)
        self._about.setText(about)
        self._about.setVisible(bool(about))  # or the name would stand above the middle
        told = f"{name}, {about}" if about else name
        self.setAccessibleName(told)
        self._avatar.setToolTip(told)

    def show_photo(self, photo: bytes) -> None:
        """Show the photo of who is shown; b"" shows their initials."""
        self._avatar.set_photo(photo)


class TopBar(QFrame):
    """Emits what is asked for; the window acts."""

    search_asked = Signal()
    language_chosen = Signal(str)
    jobs_asked = Signal()
    person_asked = Signal()
    not_me = Signal()
    look_changed = Signal()

    def __init__(
        self, theme: Theme, jobs: JobRunner, *, search: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("top", True)
        self.setAccessibleName(_("Top bar"))
        self._jobs = jobs
        self.search_button = Button(search, Kind.SEARCH, icon="search")
        self.search_button.on_press(self.search_asked.emit)
        self.search_button.setToolTip(f"{search}  (Ctrl+K)")
        self.search_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.search_button.setMaximumWidth(theme.px(320))
        self._lay_out(theme)
        jobs.jobs_changed.connect(self._count_jobs)
        self._count_jobs()

    def _lay_out(self, theme: Theme) -> None:
        line = row(self, gap=8)
        line.setContentsMargins(theme.px(24), theme.px(10), theme.px(24), theme.px(10))
        line.addWidget(self.search_button, 3)
        line.addStretch(1)
        self.access_menu = AccessMenu(theme, self)
        self.access_menu.choices_changed.connect(self.look_changed)
        self.access_button = IconButton("accessibility", _("Size and colours"))
        self.access_button.on_press(self._open_access_menu)
        line.addWidget(self.access_button)
        self.jobs_button = IconButton("activity", _("Jobs")).on_press(self.jobs_asked.emit)
        line.addWidget(self.jobs_button)
        self._jobs_count = CountChip("", Tone.PRIMARY)
        line.addWidget(self._jobs_count)
        self.language = ComboBox(_("Language"))
        for code, name in offered_languages().items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(current_language()))
        self.language.activated.connect(
            lambda _at: self.language_chosen.emit(str(self.language.currentData()))
        )
        line.addWidget(self.language)
        line.addSpacing(theme.px(8))
        self.person = PersonBox()
        line.addWidget(self.person)
        self.not_me_button = Button(_("Not you?"), Kind.GHOST, dense=True)
        self.not_me_button.on_press(self.not_me.emit)
        line.addWidget(self.not_me_button)

    def show_person(self, name: str, about: str, *, shared_pc: bool = True) -> None:
        """Show who is signed in; on a shared PC the way out is beside the name."""
        self.person.show_person(name, about)
        self.not_me_button.setVisible(shared_pc)

    def _open_access_menu(self) -> None:
        place = self.access_button.mapToGlobal(self.access_button.rect().bottomLeft())
        self.access_menu.popup(place)

    def _count_jobs(self) -> None:
        running = sum(not job.is_over for job in self._jobs.jobs())
        self._jobs_count.set_status(str(running), Tone.PRIMARY)
        self._jobs_count.setVisible(bool(running))
        words = _("Jobs, {count} running").format(count=running) if running else _("Jobs")
        self.jobs_button.set_name(words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search_button.setMinimumWidth(0)
