"""Where moving pictures are painted: an ordinary widget, so that captions can lie above it.

A native video window (libVLC's own, or QVideoWidget's) covers every Qt widget laid over it, does not
exist offscreen, and needs one code path per window system.
"""

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

_PREFERRED_SIZE = QSize(960, 540)


class VideoSurface(QWidget):
    """Shows the latest picture as large as it fits, on black, in its true proportions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QImage()
        self._shape = QSizeF()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def picture(self) -> QImage:
        """The picture shown now; a null image before the first one."""
        return self._picture

    def show_picture(self, picture: QImage, pixel_shape: float = 1.0) -> None:
        """Show `picture`; `pixel_shape` is the width of one pixel over its height."""
        self._picture = picture
        self._shape = QSizeF(picture.width() * pixel_shape, picture.height())
        self.update()

    def clear(self) -> None:
        """Show black."""
        self.show_picture(QImage())

    @override
    def sizeHint(self) -> QSize:
        return _PREFERRED_SIZE

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.black)
        if self._picture.isNull():
            return
        size = self._shape.scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        frame = QRectF(0, 0, size.width(), size.height())
        frame.moveCenter(QRectF(self.rect()).center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(frame, self._picture)
