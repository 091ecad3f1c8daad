"""The folder that this PC shares with the others of its site: on or off, which one, how it goes."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from app.core.base.errors import UserFacingError
from app.core.base.figures import ago
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.reports import FILES_THAT_LEFT
from app.core.sync import LastRound
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone
from app.ui.sync.folder_choice import FolderChoice
from app.ui.sync.standing import entries
from app.ui.sync.topics import FOLDER_TOPIC


class SharedFolderCard(Card):
    """A switch and a folder. Chosen for this PC alone."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__(
            _("Shared folder"),
            subtitle=_("PCs of this site keep together through it, while Daksha is open."),
        )
        self._host = host
        self.switch = CheckField(_("Exchange through a shared folder"))
        self.switch.edited.connect(self._switched)
        self.body.addWidget(self.switch)
        named = _("The folder that the PCs of this site share")
        self.choice = FolderChoice(named, icon="network", narrow=True)
        self.choice.chosen.connect(self._choose)
        self.body.addWidget(self.choice)
        self.trouble = Banner("", Tone.DANGER)
        self.body.addWidget(self.trouble)
        self.useless = Banner("", Tone.WARNING)
        self.body.addWidget(self.useless)
        self.words = PlainLabel("", TextRole.MUTED, wrap=True)
        self.body.addWidget(self.words)
        self.laid = Button(_("What this PC laid there"), icon="table", dense=True)
        self.laid.on_press(
            partial(host.desk.open, "report", report=FILES_THAT_LEFT, filters=(("way", "folder"),))
        )
        self.body.addWidget(self.laid, 0, Qt.AlignmentFlag.AlignLeft)
        host.desk.changes.changed.connect(self._heard)
        self._refused = ""
        self.refresh()

    def refresh(self) -> None:
        """Show what is kept, and how the last round went."""
        shared = self._host.desk.services.sync.shared
        folder = shared.folder
        if folder is not None:
            self.choice.show_folder(folder)
            self._set_switch(on=True)
        self.choice.setVisible(self.switch.value())
        troubles = [self._refused] if self._refused else []
        if folder is not None and shared.last is not None and shared.last.failed:
            troubles += shared.last.troubles
        _show(self.trouble, " ".join(troubles))
        last = shared.last if folder is not None else None
        _show(self.useless, "" if last is None else _useless_in_words(last))
        self.words.setText(self._state(folder, shared.last))

    def _state(self, folder: Path | None, last: LastRound | None) -> str:
        if folder is None:
            return (
                _("Choose the folder; nothing is exchanged before.")
                if self.switch.value()
                else _("Off. Sync files go by stick.")
            )
        if last is None:
            return _("It is looked at every few seconds; the first look is about to come.")
        when = ago(last.at, self._host.desk.clock.now())
        if last.failed:
            return _("Tried {when}. It is tried again of itself.").format(when=when)
        if not last.changed:
            return _("Looked at {when}: nothing new.").format(when=when)
        return _("Looked at {when}: {came} came, {went} were laid there.").format(
            when=when, came=entries(last.applied), went=entries(last.sent)
        )

    def _heard(self, topics: frozenset[str]) -> None:
        if FOLDER_TOPIC in topics and self.isVisible():
            self.refresh()

    def _switched(self) -> None:
        if self.switch.value() and self.choice.folder is not None:
            self._choose(self.choice.folder)
        elif not self.switch.value():
            self._choose(None)
        else:
            self.refresh()
            self.choice.button.setFocus()

    def _choose(self, folder: Path | None) -> None:
        desk = self._host.desk

        def work(_progress: Progress) -> None:
            desk.services.sync.shared.choose(desk.actor, folder)

        def kept(_none: None) -> None:
            self._refused = ""
            self.refresh()

        def refused(error: UserFacingError) -> None:
            self._refused = error.sentence
            self.refresh()

        desk.jobs.run(work, done=kept, failed=refused, owner=self)

    def _set_switch(self, *, on: bool) -> None:
        self.switch.blockSignals(True)  # shown, not chosen
        self.switch.set_value(on)
        self.switch.blockSignals(False)


def _show(banner: Banner, words: str) -> None:
    if words and words != banner.text():
        banner.set_text(words)
    banner.setVisible(bool(words))


def _useless_in_words(last: LastRound) -> str:
    """Return what is wrong with the first file of no use, and how many more there are."""
    if not last.useless:
        return ""
    first, *others = last.useless
    more = plural(
        "{count} more file is of no use.", "{count} more files are of no use.", len(others)
    )
    return f"{first} {more}" if others else first
