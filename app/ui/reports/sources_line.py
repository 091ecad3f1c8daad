"""Under figures that count records of other PCs and sites: as of when each of them is known."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.sync import STALE, Source, sources_in_words
from app.services import Services
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone


class SourcesLine(QWidget):
    """Nothing where all is of this PC; a quiet line; a warning once somebody was long not heard of."""

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__()
        self._screen = screen
        lines = column(self, gap=0)
        self.quiet = PlainLabel("", TextRole.MUTED, wrap=True)
        self.warning = Banner("", Tone.WARNING, icon="hourglass")
        for part in (self.quiet, self.warning):
            part.hide()
            lines.addWidget(part)
        self.hide()

    def refresh(self) -> None:
        """Ask again."""
        reports, actor = self._screen.desk.services.reports, self._screen.desk.actor

        def look(_progress: Progress) -> Sequence[Source]:
            return reports.sources(actor)

        self._screen.load(look, self._show, what="sources")

    def _show(self, sources: Sequence[Source]) -> None:
        words = sources_in_words(sources)
        is_stale = bool(sources) and self._screen.desk.clock.now() - sources[0].as_of > STALE
        self.setVisible(bool(words))
        self.quiet.setVisible(bool(words) and not is_stale)
        self.warning.setVisible(is_stale)
        self.quiet.setText(_("Figures include {sources}.").format(sources=words))
        if is_stale:
            told = _("These figures are not of today: they include {sources}.")
            self.warning.set_text(told.format(sources=words))
