"""PDF lessons, page by page: which pages stayed on screen, and for how long, counts."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.core.base.words import _, plural
from app.core.courses import LessonPlan
from app.core.learning import LessonInHand
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.focus_ring import FocusRing
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import row
from app.ui.kit.paged_document import STEP, PagedDocument
from app.ui.kit.theme import TextRole, current_theme
from app.ui.learning.lesson_views.lesson_view import (
    FileDamaged,
    LessonView,
    Place,
    asked_share,
    needs_time,
    variant_in,
    with_time,
)
from app.ui.learning.progress_keeper import Trace

_GLANCE_SECONDS = 1


class DocumentView(LessonView[Path]):
    """A document with buttons for pages and size, and a search in its text."""

    kinds = frozenset({"document"})

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self._document = QPdfDocument(self)
        self.pages = PagedDocument(self._document)
        self.pages.setProperty("card", True)
        FocusRing(self.pages)
        self.setFocusProxy(self.pages)
        self._dwell: dict[int, int] = {}
        self._seen: dict[int, int] = {}
        self._told_page = 0
        self._found = QPdfSearchModel(self)
        self._found.setDocument(self._document)
        self._found.countChanged.connect(self._show_found)
        self.pages.setSearchModel(self._found)
        self._make_bar()
        self.body.addLayout(self._bar())
        self.body.addWidget(self.pages, 1)
        self.pages.turned.connect(self._turned)
        place.attention.beat.connect(self._dwelt)

    def page_count(self) -> int:
        """Return how many pages the document has."""
        return self._document.pageCount()

    def _make_bar(self) -> None:
        pages = self.pages
        self.back = IconButton("chevron-left", _("Page before"), dense=True)
        self.back.on_press(lambda: pages.turn_to(pages.page() - 1))
        self.forward = IconButton("chevron-right", _("Next page"), dense=True)
        self.forward.on_press(lambda: pages.turn_to(pages.page() + 1))
        self._where = PlainLabel("", TextRole.MUTED)
        self.search = SearchBox(_("Search in this document"))
        self.search.setProperty("dense", True)
        self.search.setMaximumWidth(current_theme().px(240))
        self.search.searched.connect(self._found.setSearchString)
        self.search.returnPressed.connect(self._next_hit)
        self.hits = Button("", Kind.GHOST, dense=True).on_press(self._next_hit)
        self.hits.hide()
        self._hit = -1

    def _bar(self) -> QHBoxLayout:
        bar = row(gap=4)
        for widget in (self.back, self._where, self.forward):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.hits)
        bar.addWidget(self.search, 1)
        for icon, name, act in (
            ("zoom-out", _("Smaller"), lambda: self.pages.zoom_by(1 / STEP)),
            ("zoom-in", _("Larger"), lambda: self.pages.zoom_by(STEP)),
            ("file-text", _("Whole page"), self.pages.fit_page),
            ("maximize", _("Full width"), self.pages.fit_width),
        ):
            bar.addWidget(IconButton(icon, name, dense=True).on_press(act))
        return bar

    @classmethod
    @override
    def counts(cls, plan: LessonPlan) -> str:
        share = asked_share(plan)
        words = _("See {share} of the pages") if share else _("See every page")
        return with_time(plan, words.format(share=share))

    @classmethod
    @override
    def fetch(cls, place: Place, lesson: LessonInHand, language: str) -> Path:
        variant = variant_in(lesson.plan, language)
        return place.desk.services.assets.path(variant.asset)

    @override
    def present(self, lesson: LessonInHand, language: str, content: Path) -> None:
        self._dwell = {}
        if self._document.load(str(content)) is not QPdfDocument.Error.None_:
            raise FileDamaged

    @override
    def resume(self, state: Trace) -> None:
        self._seen = {int(page): int(time) for page, time in state.get("pages", {}).items()}
        page = int(state.get("page", 1))
        self._told_page = 0

        def go_there() -> None:
            self.pages.turn_to(page)
            self._turned(self.pages.page())

        QTimer.singleShot(0, self, go_there)

    @override
    def state(self) -> Trace:
        pages = {str(page): seconds for page, seconds in self._seen.items()}
        return {"pages": pages, "page": self.pages.page(), "count": self.page_count()}

    @override
    def new_trace(self) -> Trace:
        page = self.pages.page()
        if not self._dwell and page == self._told_page:
            return {}
        dwell, self._dwell, self._told_page = self._dwell, {}, page
        pages = {str(number): seconds for number, seconds in dwell.items()}
        return {"pages": pages, "page": page, "count": self.page_count()}

    @override
    def hint(self, lesson: LessonInHand) -> str:
        if lesson.is_done:
            return _("You have seen every page. Come back to it whenever you like.")
        return _("Turn the pages with the arrow keys. Each page counts after a moment.")

    @override
    def needs(self, lesson: LessonInHand) -> str:
        left = self.page_count() - len(self._pages_seen())
        if needs_time(lesson) or left <= 0:
            return needs_time(lesson) or _("Stay a moment on this page")
        return plural("{count} page to look at", "{count} pages to look at", left)

    @override
    def turn(self, pages: int) -> bool:
        return self.pages.scroll_or_turn(pages)

    @override
    def take_focus(self) -> None:
        self.pages.setFocus()

    def _pages_seen(self) -> list[int]:
        return [page for page, seconds in self._seen.items() if seconds >= _GLANCE_SECONDS]

    def _turned(self, page: int) -> None:
        self.place.attention.note()
        count = self.page_count()
        self._where.setText(_("Page {page} of {count}").format(page=page, count=count))
        self.back.setEnabled(page > 1)
        self.forward.setEnabled(page < count)

    def _dwelt(self, seconds: int) -> None:
        if self.lesson is None or not self.pages.isVisible() or not self.page_count():
            return
        page = self.pages.page()
        is_new = page not in self._pages_seen()
        self._dwell[page] = self._dwell.get(page, 0) + seconds
        self._seen[page] = self._seen.get(page, 0) + seconds
        if is_new:
            self.tell()

    def _show_found(self) -> None:
        count = self._found.rowCount(self._found.index(-1, 0))
        self._hit = -1
        self.hits.setVisible(bool(self._found.searchString()))
        self.hits.setEnabled(bool(count))
        self.hits.set_words(plural("{count} place", "{count} places", count))

    def _next_hit(self) -> None:
        count = self._found.rowCount(self._found.index(-1, 0))
        if not count:
            return
        self._hit = (self._hit + 1) % count
        self.pages.setCurrentSearchResultIndex(self._hit)
        link = self._found.resultAtIndex(self._hit)
        self.pages.pageNavigator().jump(link.page(), link.location())
        place = _("{number} of {count}").format(number=self._hit + 1, count=count)
        self.hits.set_words(place)
