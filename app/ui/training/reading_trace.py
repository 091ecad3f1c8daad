"""What a reader has on screen of a document: counted while they read, and kept in the records as it comes."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.training.controlled import Pinned, Reading
from app.services import Services
from app.ui.kit.attention import Attention
from app.ui.kit.screen import Screen
from app.ui.training.document_pages import DocumentPages

_TELL_MS = 3000
"""How often what was read is told: the records promise not to lose more than five seconds."""


def pinned(reading: Reading) -> Pinned:
    """Return what just this reading is of."""
    return Pinned(
        requirement_id=reading.requirement_id,
        revision_id=reading.revision.id,
        language=reading.file.language,
    )


class ReadingTrace(QObject):
    """The seconds of each page since the document was opened."""

    counted = Signal()
    """More of it was on screen."""

    def __init__(self, host: Screen[Services], pages: DocumentPages) -> None:
        super().__init__(host)
        self._desk = host.desk
        self._pages = pages
        self._reading: Reading | None = None
        self._dwell: dict[int, int] = {}
        self._seen: dict[int, int] = {}
        self.attention = Attention(host, host.desk.clock)
        self.attention.beat.connect(self._dwelt)
        self._ticker = QTimer(self, interval=_TELL_MS)
        self._ticker.timeout.connect(self.tell)
        pages.turned.connect(lambda _page: self.attention.note())

    def begin(self, reading: Reading) -> None:
        """Go on from what was seen before."""
        self._reading = reading
        self._dwell, self._seen = {}, dict(reading.pages_seen)

    def end(self) -> None:
        """Tell the rest, and count no more."""
        self.stop()
        self._reading = None

    def reading(self) -> Reading | None:
        """Return the reading with what was seen since it was opened; None before."""
        if self._reading is None:
            return None
        return replace(self._reading, pages_seen=dict(self._seen))

    def start(self) -> None:
        """Count from now on, where a document is open."""
        if self._reading is not None:
            self.attention.start()
            self._ticker.start()

    def stop(self) -> None:
        """Count no more until `start`; what was counted is told."""
        self._ticker.stop()
        self.attention.stop()
        self.tell()

    def tell(self) -> None:
        """Keep what was on screen since the last time."""
        reading, dwell = self._reading, self._dwell
        if reading is None or not dwell or reading.is_done:
            return
        self._dwell = {}
        readings, actor = self._desk.services.documents.readings, self._desk.actor
        self._desk.jobs.run(
            lambda _progress: readings.trace(actor, pinned(reading), dwell),
            done=lambda _nothing: None,
            failed=self._desk.tell_error,
            owner=self,
        )

    def _dwelt(self, seconds: int) -> None:
        if self._reading is None or not self._pages.isVisible():
            return
        page = self._pages.page()
        self._dwell[page] = self._dwell.get(page, 0) + seconds
        self._seen[page] = self._seen.get(page, 0) + seconds
        self.counted.emit()
