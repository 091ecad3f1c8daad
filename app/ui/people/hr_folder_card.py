"""The folder that HR drops files into: which it is, what waits in it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Actor
from app.core.base.figures import moment, number
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.people import WatchedState
from app.core.people.imports import (
    HrFolder,
    HrFolderChoice,
    HrFolderUnreachable,
    NotTaken,
    WatchedFile,
)
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.files import choose_folder
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, clear, column
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone

_SHOWN = 8
_STATES = {
    WatchedState.WAITING: mark("Waits for you"),
    WatchedState.SAME: mark("Everything is as it says"),
    WatchedState.APPLIED: mark("Applied"),
    WatchedState.STRANGE: mark("Its columns are not known yet"),
    WatchedState.REFUSED: mark("Cannot be read"),
    WatchedState.DISMISSED: mark("Put aside"),
}
_COUNTS = {
    "new": mark("new"),
    "changed": mark("changed"),
    "gone": mark("missing"),
    "errors": mark("with errors"),
}
_TO_LOOK_AT = frozenset({WatchedState.WAITING, WatchedState.STRANGE})


class HrFolderCard(Card):
    """Chooses the folder and lists its newest files."""

    file_chosen = Signal(str)
    """Carries the SHA-256 of a file."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__(
            _("Folder for HR files"),
            subtitle=_("Files that come there are looked at by themselves and wait for you here."),
        )
        self._host = host
        self._where = PlainLabel("", wrap=True)
        self.body.addWidget(self._where)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        self.choose_button = plain(_("Choose a folder"), "folder").on_press(self._choose)
        self.off_button = plain(_("Watch no folder")).on_press(partial(self._set, None))
        self.look_button = plain(_("Look now"), "refresh-cw").on_press(self._look)
        for button in (self.choose_button, self.look_button, self.off_button):
            flow.addWidget(button)
        self.body.addWidget(buttons)
        self.additions = CheckField(
            _("Apply at once what only adds a few people"),
            hint=_("Of files that a saved mapping reads without a question."),
        )
        self.additions.edited.connect(self._switch)
        self.body.addWidget(self.additions)
        self._lines = column(gap=8)
        self.body.addLayout(self._lines)
        self._show_choice()

    def refresh(self) -> None:
        """Load the files."""
        desk = self._host.desk
        watched, actor = desk.services.hr_folder, desk.actor
        self._host.load(
            lambda _progress: (watched.files(actor), _passed_over(watched, actor)),
            self._show,
            what="hr folder",
        )

    def _show_choice(self) -> None:
        choice = self._host.desk.services.hr_folder.choice
        words = str(choice.folder) if choice.folder else _("No folder is watched.")
        self._where.setText(words)
        self.additions.set_value(choice.applies_additions)
        for part in (self.additions, self.off_button, self.look_button):
            part.setVisible(choice.folder is not None)

    def _show(self, found: tuple[Sequence[WatchedFile], Sequence[NotTaken]]) -> None:
        files, passed_over = found
        clear(self._lines)
        for one in files[:_SHOWN]:
            tone = Tone.WARNING if one.state in _TO_LOOK_AT else Tone.NEUTRAL
            line = FactRow(one.path.name, _about(one), icon="file", tone=tone)
            if one.state in _TO_LOOK_AT:
                look = plain(_("Look")).on_press(partial(self.file_chosen.emit, one.sha256))
                look.setAccessibleName(_("Look at {file}").format(file=one.path.name))
                dismiss = plain(_("Put aside")).on_press(partial(self._dismiss, one.sha256))
                dismiss.setAccessibleName(_("Put {file} aside").format(file=one.path.name))
                line.add_button(look)
                line.add_button(dismiss)
            self._lines.addWidget(line)
        for aside in passed_over[:_SHOWN]:
            line = FactRow(aside.path.name, aside.words, icon="file", tone=Tone.WARNING)
            self._lines.addWidget(line)
        self._show_choice()

    def _choose(self) -> None:
        choose_folder(self, _("Folder for HR files"), self._set)

    def _set(self, folder: Path | None) -> None:
        watched, actor = self._host.desk.services.hr_folder, self._host.desk.actor
        additions = self.additions.value() and folder is not None

        def work(_progress: Progress) -> int:
            watched.choose(actor, HrFolderChoice(folder=folder, applies_additions=additions))
            return watched.look(actor)

        self._host.act(work, self._looked, title=_("Looking into the folder"))

    def _switch(self) -> None:
        self._set(self._host.desk.services.hr_folder.choice.folder)

    def _look(self) -> None:
        watched, actor = self._host.desk.services.hr_folder, self._host.desk.actor
        self._host.act(
            lambda _progress: watched.look(actor),
            self._looked,
            title=_("Looking into the folder"),
        )

    def _looked(self, _count: int) -> None:
        self.refresh()

    def _dismiss(self, sha256: str) -> None:
        watched, actor = self._host.desk.services.hr_folder, self._host.desk.actor
        self._host.act(
            lambda _progress: watched.dismiss(actor, sha256),
            lambda _none: self.refresh(),
            title=_("Folder for HR files"),
        )


def _passed_over(watched: HrFolder, actor: Actor) -> tuple[NotTaken, ...]:
    try:
        return watched.not_taken(actor)
    except HrFolderUnreachable:  # which the rounds tell, once
        return ()


def _about(one: WatchedFile) -> str:
    counts = [
        f"{number(one.counts[key])} {_(words)}"
        for key, words in _COUNTS.items()
        if one.counts.get(key)
    ]
    state = one.words if one.state is WatchedState.REFUSED else _(_STATES[one.state])
    return " · ".join(filter(None, (state, ", ".join(counts), one.mapping, moment(one.seen_at))))
