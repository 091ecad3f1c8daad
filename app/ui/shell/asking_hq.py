"""Opening records through headquarters: two people ask by a file, and bring the answer back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.buttons import plain
from app.ui.kit.fingerprint import Fingerprint
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.saving_files import ask_where
from app.ui.kit.theme import TextRole
from app.ui.shell.lost_password import LostPasswordDialog
from app.ui.shell.site_opener import LostPassword, SiteOpener

if TYPE_CHECKING:
    from app.services import Services

_REQUEST, _ANSWER_ENDING = "records.daksha-key-request", ".daksha-key-answer"


class AskHqDialog(LostPasswordDialog):
    """On the left the request, on the right the answer: days may lie between, and the dialog be closed."""

    def __init__(
        self,
        parent: QWidget,
        jobs: JobRunner,
        opener: SiteOpener,
        then: Callable[["Services"], None],
    ) -> None:
        title = _("Ask headquarters")
        super().__init__(parent, jobs, opener, then, title=title, icon="building-2", width=780)
        self._answer: Path | None = None
        self.open_button.setEnabled(False)
        self.body.addWidget(self.banner)
        self.people = [
            TextField(_("Who is here"), required=True),
            TextField(_("Who else is here"), required=True),
        ]
        names = row(gap=16)
        for person in self.people:
            names.addWidget(person, 1)
        self.body.addLayout(names)
        sides = row(gap=24)
        sides.addLayout(self._make_asking(), 1)
        sides.addLayout(self._make_answering(), 1)
        self.body.addLayout(sides)
        self.add_buttons()

    def save(self, path: Path) -> None:
        """Write the request, and show the words that headquarters ask for."""
        people = tuple(person.value() for person in self.people)
        reason = self.reason.value()
        self.run(lambda: self.opener.ask_headquarters(path, people, reason), self._show_words)

    def take(self, path: Path) -> None:
        """Take the answer that was brought back."""
        self._answer = path
        self.brought.setText(path.name)
        self.open_button.setEnabled(True)
        self.login.line.setFocus()

    @override
    def needed(self) -> tuple[Field, ...]:
        return tuple(self.people)

    @override
    def is_complete(self) -> bool:
        return self._answer is not None

    @override
    def lost(self) -> LostPassword:
        return LostPassword(
            people=tuple(person.value() for person in self.people),
            login=self.login.value(),
            password=self.password.value(),
            answer=self._answer,
        )

    def _make_asking(self) -> QVBoxLayout:
        lines = column(gap=12)
        lines.addWidget(PlainLabel(_("1. Ask"), TextRole.H2))
        self.reason = TextField(_("Why the key is needed"), required=True)
        lines.addWidget(self.reason)
        self.save_button = plain(_("Save the request"), "save").on_press(self._ask_where)
        lines.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._words = column(gap=8)
        lines.addLayout(self._words)
        lines.addStretch(1)
        return lines

    def _make_answering(self) -> QVBoxLayout:
        lines = column(gap=12)
        lines.addWidget(PlainLabel(_("2. Bring the answer"), TextRole.H2))
        self.choose_button = plain(_("Choose the answer"), "file").on_press(self._choose)
        self.brought = PlainLabel(_("No file chosen yet."), TextRole.MUTED, wrap=True)
        line = row(gap=12)
        line.addWidget(self.choose_button)
        line.addWidget(self.brought, 1)
        lines.addLayout(line)
        for field in (self.login, self.password, self.again):
            lines.addWidget(field)
        lines.addStretch(1)
        return lines

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose the answer"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(f"*{_ANSWER_ENDING}")
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def _ask_where(self) -> None:
        valid = [field.validate() for field in (*self.people, self.reason)]
        if all(valid):
            ask_where(self, _("Save the request"), _REQUEST, self.save)

    def _show_words(self, words: str) -> None:
        clear(self._words)
        about = _("Saved. Headquarters ask for these words; whoever calls there reads them out:")
        self._words.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        self.fingerprint = Fingerprint(words)
        self._words.addWidget(self.fingerprint)
