"""Somebody's photo on their page: shown large, chosen from a file, taken away."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.base.words import _
from app.core.people import PersonDetail
from app.services import Services
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.chips import Avatar
from app.ui.kit.dialogs import Question
from app.ui.kit.layouts import column
from app.ui.kit.screen import Screen

_SIDE = 148


class PhotoPart(QWidget):
    """Changes somebody's photo where the actor keeps people; shows it to everybody who sees the person."""

    def __init__(self, host: Screen[Services], *, manages: bool) -> None:
        super().__init__()
        self._host = host
        self._manages = manages
        self._person: PersonDetail | None = None
        lines = column(self, gap=8)
        self.face = Avatar("", _SIDE)
        lines.addWidget(self.face)
        self.choose_button = Button("", Kind.GHOST, icon="camera", dense=True)
        self.choose_button.on_press(self._ask_file)
        self.remove_button = Button(_("Take away"), Kind.GHOST, icon="trash-2", dense=True)
        self.remove_button.on_press(self._ask_removal)
        for button in (self.choose_button, self.remove_button):
            lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.hide()
        lines.addStretch(1)

    def show_person(self, person: PersonDetail, photo: bytes) -> None:
        """Show somebody's photo, or their initials."""
        self._person = person
        self.face.set_name(person.name)
        self.face.set_photo(photo)
        has = _("Photo of {name}") if photo else _("{name} has no photo")
        self.face.setAccessibleName(has.format(name=person.name))
        self.choose_button.set_words(_("Another photo") if photo else _("Choose a photo"))
        self.choose_button.setVisible(self._manages)
        self.remove_button.setVisible(self._manages and bool(photo))

    def give(self, path: Path) -> None:
        """Let a file be their photo."""
        person, host = self._person, self._host
        if person is None:
            return
        photos, actor = host.desk.services.people.photos, host.desk.actor
        host.act(
            lambda _progress: photos.give(actor, person.id, path),
            lambda _none: host.desk.toast(_("The photo is kept.")),
        )

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, _("Choose a photo"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("JPEG, PNG, WebP (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff)")
        dialog.fileSelected.connect(lambda name: self.give(Path(name)))
        dialog.open()

    def _ask_removal(self) -> None:
        person, host = self._person, self._host
        if person is None:
            return
        question = Question(
            title=_("Take away the photo of {name}?").format(name=person.name),
            text=_(
                "It is shown nowhere any more. What the journal keeps of it is sealed, and is"
                " destroyed when {name} is erased."
            ).format(name=person.name),
            yes=_("Take away"),
            ask_reason=True,
        )
        host.desk.confirm(question, partial(self._remove, person))

    def _remove(self, person: PersonDetail, reason: str) -> None:
        host = self._host
        photos, actor = host.desk.services.people.photos, host.desk.actor
        host.act(
            lambda _progress: photos.take_away(actor, person.id, reason),
            lambda _none: host.desk.toast(_("The photo was taken away.")),
        )
