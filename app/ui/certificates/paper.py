"""A certificate's document on screen, in a file and on paper: always the frozen bytes."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.certificates import CertificateSummary
from app.services import Services
from app.ui.kit.handing_out import save_with
from app.ui.kit.painted import Painted, draw_text, fill_round, frame_round, smooth
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Ink, TextRole, current_theme

_A4_LANDSCAPE = 297 / 210
_DRAWN_WIDTH = 1200
"""Pixels across: sharp on a sheet at 200 % too."""


def page_picture(content: bytes, width: int = _DRAWN_WIDTH) -> QImage:
    """Return the first page of a PDF as a picture; may be called from any thread."""
    from PySide6.QtPdf import QPdfDocument  # loads the PDF library

    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    points = document.pagePointSize(0)
    height = round(width * points.height() / points.width()) if points.width() else width
    page = document.render(0, QSize(width, height))
    document.close()
    picture = QImage(page.size(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.drawImage(0, 0, page)
    painter.end()
    return picture


class PagePicture(Painted):
    """A page, as wide as there is room; says what is the matter while there is none."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._words = _("Drawing the certificate…")
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def has_picture(self) -> bool:
        """Tell whether the page is here."""
        return self._picture is not None

    def show_picture(self, picture: QImage) -> None:
        """Show a page."""
        self._picture = picture
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()

    def show_trouble(self, error: UserFacingError) -> None:
        """Say why there is no page."""
        self._words = error.happened
        self.setToolTip(error.sentence)
        self.update()

    def _shape(self) -> float:
        picture = self._picture
        return picture.width() / picture.height() if picture is not None else _A4_LANDSCAPE

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return round(width / self._shape())

    @override
    def sizeHint(self) -> QSize:
        width = current_theme().px(280)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        width = current_theme().px(160)
        return QSize(width, self.heightForWidth(width))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, area = current_theme(), smooth(self), QRectF(self.rect())
        if self._picture is None:
            fill_round(painter, area, theme.px(6), theme.colour(Ink.SURFACE2))
            words = self.rect().adjusted(theme.px(12), 0, -theme.px(12), 0)
            centre = Qt.AlignmentFlag.AlignHCenter
            draw_text(painter, words, self._words, theme.font(TextRole.MUTED), Ink.TEXT3, centre)
            return
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        ratio = self.devicePixelRatioF()
        spot = QRectF(0, 0, size.width(), size.height())
        spot.moveCenter(area.center())
        sharp = self._picture.scaled(
            size * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(spot, sharp)
        frame_round(painter, spot, 2, theme.colour(Ink.BORDER))


class CertificatePaper(QObject):
    """Fetches, saves and prints certificates for a screen."""

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._desk = screen.desk

    def draw(self, certificate_id: UUID, picture: PagePicture) -> None:
        """Draw a certificate's page into `picture` once it is there."""
        document = partial(self._document, certificate_id)
        self._desk.jobs.run(
            lambda progress: page_picture(document(progress)),
            done=picture.show_picture,
            failed=picture.show_trouble,
            owner=picture,
        )

    def ask_file(self, certificate: CertificateSummary) -> None:
        """Ask where the PDF goes, and save it."""
        name = f"{certificate.number}.pdf".replace("/", "-")
        ask_where(self._screen, _("Save PDF"), name, partial(self.save, certificate))

    def save(self, certificate: CertificateSummary, path: Path) -> None:
        """Save the PDF; a file that is there already is asked about first."""
        certificates, actor = self._desk.services.certificates, self._desk.actor

        def write(overwrite: bool, _progress: Progress) -> None:
            certificates.save(actor, certificate.id, path, replace=overwrite)

        saved = _("Saved as {file}.").format(file=path)
        save_with(self._screen, path, write, lambda _none: self._desk.toast(saved), told=False)

    def print(self, certificate: CertificateSummary) -> None:
        """Fetch the PDF, then ask for the printer."""
        certificates, actor = self._desk.services.certificates, self._desk.actor
        self._screen.act(
            lambda _progress: certificates.paper(actor, certificate.id),
            partial(ask_printer, self._screen),
        )

    def _document(self, certificate_id: UUID, _progress: Progress) -> bytes:
        return self._desk.services.certificates.document(self._desk.actor, certificate_id)
