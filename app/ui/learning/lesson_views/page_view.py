"""Pages: safe HTML from the store, with its pictures; how far down it was read counts."""

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QShowEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.courses import LessonPlan
from app.core.learning import LessonInHand
from app.ui.kit.page_look import page_font, page_style
from app.ui.kit.paged_document import scroll_page
from app.ui.kit.pictures import read_picture
from app.ui.kit.theme import current_theme
from app.ui.learning.lesson_views.lesson_view import (
    LessonView,
    Place,
    asked_share,
    needs_time,
    variant_in,
    with_time,
)
from app.ui.learning.progress_keeper import Trace

_WHOLE = 1000
_SETTLE_MS = 120
_LINE_WIDTH = 760
_MARGIN = 28
_EDGE = 3
_ON_THE_WALL = 1.5
"""Letters are so much larger where a whole room reads them."""


class PageBrowser(QTextBrowser):
    """Shows safe HTML. Pictures come from the store only; nothing else is ever loaded."""

    def __init__(
        self, assets: AssetStore, scale: float = 1.0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._assets = assets
        self._html = ""
        self._scale = scale
        self.setAccessibleName(_("Page"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settled.timeout.connect(self._settle)
        current_theme().changed.connect(self.lay_out_again)

    def show_page(self, safe_html: str) -> None:
        """Show another page, from its beginning."""
        self._html = safe_html
        self._render()
        self.verticalScrollBar().setValue(0)

    def lay_out_again(self) -> None:
        """Fit text and pictures to the present width and look; the reader stays where they were."""
        at = self.position()
        self._render()
        self.go_to(at)

    def position(self) -> int:
        """Return where the top of what is seen lies, in thousandths of the way down."""
        bar = self.verticalScrollBar()
        return bar.value() * _WHOLE // bar.maximum() if bar.maximum() else 0

    def reached(self) -> int:
        """Return how far down the page what is seen reaches, in thousandths of its length."""
        length = self.document().size().height()
        bottom = self.verticalScrollBar().value() + self.viewport().height() + 1
        return min(_WHOLE, int(bottom * _WHOLE / length)) if length > 0 else 0

    def go_to(self, thousandths: int) -> None:
        """Scroll to a position."""
        self.document().size()  # lays the whole page out, so that the scroll bar knows its length
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() * thousandths // _WHOLE)

    def _settle(self) -> None:
        if self.isVisible():  # nobody reads a hidden page, so nothing about it may move
            self.lay_out_again()

    def _render(self) -> None:
        document = self.document()
        document.clear()
        document.setDefaultStyleSheet(page_style(self._scale))
        document.setDefaultFont(page_font(self._scale))
        self.setHtml(self._html)
        self._set_margins()

    def _set_margins(self) -> None:
        theme = current_theme()
        free = (self.viewport().width() - self._line_width()) // 2
        side = max(theme.px(_MARGIN), free)
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        if form.leftMargin() != side:
            form.setLeftMargin(side)
            form.setRightMargin(side)
            form.setTopMargin(theme.px(_MARGIN) - 8)
            form.setBottomMargin(theme.px(_MARGIN))
            frame.setFrameFormat(form)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        address = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value or address.scheme() != "asset":
            return None
        try:
            path = self._assets.path(address.path())
        except UserFacingError:  # told by the health page; the words beside it still read
            return None
        room = min(self.viewport().width() - 2 * _MARGIN, self._line_width())
        return _fitted(read_picture(path, max(room, 1)), room)

    def _line_width(self) -> int:
        return current_theme().px(round(_LINE_WIDTH * self._scale))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._html:
            self._settled.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self._html:
            self._settled.start()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            scroll_page(self.verticalScrollBar(), -1 if back else 1)
            return
        super().keyPressEvent(event)


class PageView(LessonView[str]):
    """A page to read down to its end."""

    kinds = frozenset({"page"})

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        scale = _ON_THE_WALL if place.keeper.is_for_all else 1.0
        self.browser = PageBrowser(place.desk.services.assets, scale)
        self.browser.setProperty("card", True)
        self.body.addWidget(self.browser, 1)
        self.setFocusProxy(self.browser)
        self._told: tuple[int, int] | None = None
        self._reached = 0
        self.is_placed = False
        self.browser.verticalScrollBar().valueChanged.connect(self._moved)
        place.attention.beat.connect(self._look)

    @classmethod
    @override
    def counts(cls, plan: LessonPlan) -> str:
        share = asked_share(plan)
        words = _("Read {share} of the page") if share else _("Read to the end")
        return with_time(plan, words.format(share=share))

    @classmethod
    @override
    def fetch(cls, place: Place, lesson: LessonInHand, language: str) -> str:
        variant = variant_in(lesson.plan, language)
        return place.desk.services.assets.read(variant.asset).decode("utf-8")

    @override
    def present(self, lesson: LessonInHand, language: str, content: str) -> None:
        self.is_placed = False
        self.browser.show_page(content)

    @override
    def resume(self, state: Trace) -> None:
        self._reached = int(state.get("reached", 0))
        self._told = None
        at = int(state.get("position", 0))

        def place() -> None:
            self.browser.go_to(at)
            self.is_placed = True
            self._moved()

        QTimer.singleShot(0, self, place)

    @override
    def state(self) -> Trace:
        self._look()
        return {"reached": self._reached, "position": self.browser.position()}

    @override
    def new_trace(self) -> Trace:
        self._look()
        now = (self._reached, self.browser.position())
        if now == self._told or not self.is_placed:
            return {}
        self._told = now
        return {"reached": now[0], "position": now[1]}

    @override
    def hint(self, lesson: LessonInHand) -> str:
        if lesson.is_done:
            return _("You have read this page. Come back to it whenever you like.")
        return _("Read to the end of the page. Space bar and Page Down move on.")

    @override
    def needs(self, lesson: LessonInHand) -> str:
        return needs_time(lesson) or _("Read to the end to continue")

    @override
    def turn(self, pages: int) -> bool:
        return scroll_page(self.browser.verticalScrollBar(), pages)

    @override
    def take_focus(self) -> None:
        self.browser.setFocus()

    def _moved(self) -> None:
        if not self.is_placed:
            return
        self.place.attention.note()
        before = self._reached
        self._look()
        if before < _WHOLE <= self._reached:
            self.tell()

    def _look(self) -> None:
        if self.is_placed and self.browser.isVisible():
            self._reached = max(self._reached, self.browser.reached())


def _fitted(picture: QImage, room: int) -> QImage:
    if picture.width() <= room:
        return picture
    return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
