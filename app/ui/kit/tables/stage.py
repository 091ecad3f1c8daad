"""What stands under a list's bar: its rows, or why there are none, or what went wrong."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.layouts import NO_LIMIT, column
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.progress import BusyLine
from app.ui.kit.tables.model import PagedModel
from app.ui.kit.tables.view import RowsView
from app.ui.kit.theme import Tone, current_theme

T = TypeVar("T")
_LEAST_HEIGHT = 130


class ListStage(QWidget, Generic[T]):
    """The rows stay while others are fetched; trouble stands above them with a way to try again."""

    def __init__(
        self,
        view: RowsView,
        model: PagedModel[T],
        *,
        empty: EmptyState,
        nothing: EmptyState,
        narrows: Callable[[Sequence[tuple[str, str]]], bool],
        try_again: Callable[[], None],
    ) -> None:
        super().__init__()
        self._view = view
        self._model = model
        self.empty = empty
        self.nothing = nothing
        self._narrows = narrows
        self._most_rows = 0
        lines = column(self, gap=0)
        self._busy = BusyLine()
        lines.addWidget(self._busy)
        self.trouble = Banner("", Tone.DANGER)
        self.trouble.add_action(_("Try again"), try_again)
        self.trouble.hide()
        lines.addWidget(self.trouble)
        self._stack = QStackedWidget()
        for page in (view, empty, nothing):
            self._stack.addWidget(page)
        # Rows scroll: the picture of an empty list must not keep the window from a small screen.
        self._stack.setMinimumHeight(current_theme().px(_LEAST_HEIGHT))
        lines.addWidget(self._stack, 1)
        model.loading.connect(self._show_busy)
        model.refused.connect(self._show_trouble)

    def show_rows(self) -> None:
        """Show what the model holds now; nothing found is told apart from nothing there."""
        self.trouble.hide()
        request = self._model.request()
        if self._model.total():
            self._stack.setCurrentWidget(self._view)
        else:
            narrowed = bool(request.text) or self._narrows(request.filters)
            self._stack.setCurrentWidget(self.nothing if narrowed else self.empty)
        self._fit()

    def fit_rows(self, most: int) -> None:
        """Be as high as the rows, up to `most`."""
        self._most_rows = most
        self._fit()

    def _fit(self) -> None:
        if not self._most_rows:
            return
        rows = min(max(self._model.total(), 1), self._most_rows)
        high = self._view.verticalHeader().defaultSectionSize() * rows
        whole = high + self._view.header.sizeHint().height() + 2
        self._view.setMinimumHeight(whole)
        self._stack.setMinimumHeight(0)
        holds_rows = self._stack.currentWidget() is self._view
        self._stack.setMaximumHeight(whole if holds_rows else NO_LIMIT)  # no room for the others
        for part in (self._stack, self):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _show_busy(self, busy: bool) -> None:
        if busy and not self._busy.is_busy():
            self._busy.start()
        elif not busy:
            self._busy.stop()

    def _show_trouble(self, error: UserFacingError) -> None:
        self.trouble.set_text(error.sentence)
        self.trouble.show()
