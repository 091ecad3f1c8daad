"""Pictures that are a lesson of their own: whole at first, then as large as one likes."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.core.courses import LessonPlan
from app.core.learning import LessonInHand
from app.ui.kit.buttons import IconButton
from app.ui.kit.focus_ring import FocusRing
from app.ui.kit.layouts import row
from app.ui.kit.pictures import is_drawing, picture_size, read_picture
from app.ui.learning.lesson_views.lesson_view import (
    FileDamaged,
    LessonView,
    Place,
    needs_time,
    variant_in,
    with_time,
)
from app.ui.learning.progress_keeper import Trace

_LARGEST = 6.0
_FITS_UP_TO = 2.0
"""A photograph is not blown up further than this to fill the room."""
_STEP = 1.25
_WIDEST = 4000
_WHOLE = 1000


class _Canvas(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.picture = QImage()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self.picture)


class PictureArea(QScrollArea):
    """A picture that fits, or is dragged about when it is larger. Keys: + − 0 and the arrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = _Canvas()
        self._size = QSize()
        self._path = Path()
        self._zoom = 1.0
        self._fits = True
        self._most = _FITS_UP_TO
        self._dragged_from: QPoint | None = None
        self.setWidget(self._canvas)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("card", True)

    def show_picture(self, path: Path, name: str) -> None:
        """Show another picture, whole."""
        self._path = path
        self._size = picture_size(path)
        self._most = _LARGEST if is_drawing(path) else _FITS_UP_TO
        self.setAccessibleName(name)
        self.fit()

    def fit(self) -> None:
        """Show the whole picture."""
        self._fits = True
        self._apply()

    def zoom_by(self, factor: float) -> None:
        """Show it larger or smaller."""
        self._zoom = min(max(self._zoom * factor, self._fitting() / 2), _LARGEST)
        self._fits = False
        self._apply()

    def _fitting(self) -> float:
        if self._size.isEmpty():
            return 1.0
        room = self.maximumViewportSize()
        width, height = self._size.width(), self._size.height()
        return min(room.width() / width, room.height() / height, self._most)

    def _apply(self) -> None:
        if self._size.isEmpty():
            return
        if self._fits:
            self._zoom = self._fitting()
        shown = QSize(
            max(1, int(self._size.width() * self._zoom)),
            max(1, int(self._size.height() * self._zoom)),
        )
        wanted = min(round(shown.width() * self.devicePixelRatioF()), _WIDEST)
        if self._canvas.picture.width() < wanted:
            self._canvas.picture = read_picture(self._path, wanted)
        self._canvas.resize(shown)
        self._canvas.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self._apply()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_by(_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is None:
            return
        at = event.position().toPoint()
        moved, self._dragged_from = at - self._dragged_from, at
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - moved.x())
        down.setValue(down.value() - moved.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None


class ImageView(LessonView[Path]):
    """A picture with buttons to see it larger; seen at all is seen whole."""

    kinds = frozenset({"image"})

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self.area = PictureArea()
        FocusRing(self.area)
        self.setFocusProxy(self.area)
        self._told = False
        self.body.addWidget(self.area, 1)
        bar = row(gap=4)
        bar.addStretch(1)
        for icon, name, act in (
            ("zoom-out", _("Smaller"), lambda: self.area.zoom_by(1 / _STEP)),
            ("zoom-in", _("Larger"), lambda: self.area.zoom_by(_STEP)),
            ("maximize", _("Whole picture"), self.area.fit),
        ):
            bar.addWidget(IconButton(icon, name, dense=True).on_press(act))
        self.body.addLayout(bar)

    @classmethod
    @override
    def counts(cls, plan: LessonPlan) -> str:
        return with_time(plan, _("Look at the picture"))

    @classmethod
    @override
    def fetch(cls, place: Place, lesson: LessonInHand, language: str) -> Path:
        variant = variant_in(lesson.plan, language)
        return place.desk.services.assets.path(variant.asset)

    @override
    def present(self, lesson: LessonInHand, language: str, content: Path) -> None:
        if picture_size(content).isEmpty():
            raise FileDamaged
        title = lesson.plan.titles.get(language, lesson.plan.title)
        self.area.show_picture(content, _("Picture: {title}").format(title=title))

    @override
    def new_trace(self) -> Trace:
        if self._told:
            return {}
        self._told = True
        return {"reached": _WHOLE, "position": 0}

    @override
    def hint(self, lesson: LessonInHand) -> str:
        return _("Look at the picture. The keys + and − make it larger and smaller.")

    @override
    def needs(self, lesson: LessonInHand) -> str:
        return needs_time(lesson) or _("Look at the picture to continue")

    @override
    def take_focus(self) -> None:
        self.area.setFocus()
