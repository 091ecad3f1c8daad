"""Reading stored pictures at the size they are shown in; drawings stay sharp at any."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader


def read_picture(path: Path, width: int) -> QImage:
    """Return a picture; a drawing (SVG) as wide as asked for. Null when it cannot be read."""
    reader = _reader(path)
    size = reader.size()
    if _is_drawing(reader) and size.width() > 0:
        reader.setScaledSize(size.scaled(width, 10 * width, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def picture_of(content: bytes) -> QImage:
    """Return a picture from its bytes; null when there are none, or they cannot be read."""
    return QImage.fromData(content) if content else QImage()


def picture_size(path: Path) -> QSize:
    """Return how large a picture is of itself; empty when it cannot be read."""
    return _reader(path).size()


def is_drawing(path: Path) -> bool:
    """Tell whether a picture is made of lines, so that it is sharp at any size."""
    return _is_drawing(_reader(path))


def _reader(path: Path) -> QImageReader:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader


def _is_drawing(reader: QImageReader) -> bool:
    return bytes(reader.format().data()).startswith(b"svg")
