"""The picture of a step, and the photo that was taken of it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

from app.core.base.progress import Progress
from app.core.base.words import _, current_language
from app.core.training.practicals import FormStep, MarkFact
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.pictures import read_picture
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, current_theme

_WIDE = 560
_SIDE = 480


class PictureSheet(SideSheet):
    """Shows what is there; a file that did not come with the records yet is told."""

    def __init__(self, host: Screen[Services], step: FormStep, seen: MarkFact | None) -> None:
        super().__init__(
            host, _("Pictures"), subtitle=step.text_in(current_language()), width=_WIDE
        )
        self._screen = host
        self.pictures: list[PlainLabel] = []
        photo = "" if seen is None else seen.photo
        for title, sha256 in ((_("How it is done"), step.picture), (_("Photo"), photo)):
            if sha256:
                self._add(title, sha256)
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))

    def _add(self, title: str, sha256: str) -> None:
        self.body.addWidget(PlainLabel(title, TextRole.H2))
        label = PlainLabel("", TextRole.MUTED, wrap=True)
        label.setAccessibleName(title)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(label)
        self.pictures.append(label)
        assets, width = self._screen.desk.services.assets, current_theme().px(_SIDE)

        def look(_progress: Progress) -> QImage:
            path: Path = assets.place_for(sha256)
            return read_picture(path, width) if path.exists() else QImage()

        def show(image: QImage) -> None:
            if image.isNull():
                label.setText(_("This picture has not come to this PC yet."))
                return
            shown = QPixmap.fromImage(image)
            if shown.width() > width:
                shown = shown.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            label.setPixmap(shown)

        self._screen.desk.jobs.run(look, done=show, owner=self)
