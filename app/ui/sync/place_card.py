"""Where a sync file goes: onto a stick, whose room and leftovers are looked at, or on paper."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.sync import MOST_SHEETS, Stick, delete_leftovers, leftovers
from app.services import Services
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.jobs import Lane
from app.ui.kit.layouts import column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone
from app.ui.sync.folder_choice import FolderChoice

_STICK, _PAPER = "stick", "paper"


class PlaceCard(Card):
    """The way, and for a stick its folder."""

    chosen = Signal()
    """Another way, or another folder."""
    room_seen = Signal(object)
    """Carries how many bytes are free on the stick."""
    refused = Signal(object)
    """Carries the error of a stick that cannot be looked at."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__(_("Where to"))
        self._host = host
        ways = [(_STICK, _("Onto a stick")), (_PAPER, _("On paper"))]
        self.way = SegmentedTabs(_("Where to"), ways)
        self.way.chosen.connect(self._choose_way)
        self.body.addWidget(self.way)
        self._stick_part = QWidget()
        lines = column(self._stick_part, gap=12)
        self.place = FolderChoice(_("The stick's folder"), icon="usb")
        self.place.chosen.connect(self._look)
        lines.addWidget(self.place)
        self.leftovers = Banner("", Tone.INFO)
        self.leftovers.add_action(_("Delete"), self._delete_leftovers)
        self.leftovers.hide()
        lines.addWidget(self.leftovers)
        self.body.addWidget(self._stick_part)
        about = _(
            "For where no stick may go. Records alone, at most {count} sheets; they are scanned there."
        )
        self._paper_part = FactRow(
            _("Sheets of codes, to be printed"),
            about.format(count=MOST_SHEETS),
            icon="qr-code",
        )
        self.body.addWidget(self._paper_part)
        self._choose_way(_STICK)

    @property
    def is_paper(self) -> bool:
        """Tell whether it goes on paper."""
        return self.way.key() == _PAPER

    @property
    def folder(self) -> Path | None:
        """Return the stick's folder, if one was chosen."""
        return self.place.folder

    def _choose_way(self, key: str) -> None:
        self.way.choose(key)
        self._stick_part.setVisible(key == _STICK)
        self._paper_part.setVisible(key == _PAPER)
        self.chosen.emit()

    def _look(self, folder: Path) -> None:
        self.chosen.emit()
        self.leftovers.hide()

        def look(_progress: Progress) -> tuple[list[str], int]:
            stick = Stick(folder)
            return leftovers(stick), stick.room()

        self._host.desk.jobs.run(
            look, done=self._show_stick, failed=self._tell, owner=self, lane=Lane.EXCHANGE
        )

    def _show_stick(self, seen: tuple[list[str], int]) -> None:
        names, room = seen
        self.room_seen.emit(room)
        if names:
            words = _("Files that were never finished lie there: {names}. They can be deleted.")
            self.leftovers.set_text(words.format(names=", ".join(names)))
        self.leftovers.setVisible(bool(names))

    def _tell(self, error: UserFacingError) -> None:
        self.refused.emit(error)

    def _delete_leftovers(self) -> None:
        folder = self.folder
        if folder is not None:
            self._host.act(
                lambda _progress: delete_leftovers(Stick(folder)),
                lambda _names: self.leftovers.hide(),
                lane=Lane.EXCHANGE,
            )
