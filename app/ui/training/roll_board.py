"""The roll on screen: a field that a badge reader types into, and a tile for each, green once they came."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.core.people import READS, Reads
from app.core.people.shifts import shift_at_time, shift_in_short
from app.core.training.sessions import OnRoll, SessionState
from app.ui.kit.announcing import announce
from app.ui.kit.cards import CardButton
from app.ui.kit.chips import Avatar, StatusChip
from app.ui.kit.forms.field import Field
from app.ui.kit.labels import ElidedLabel, IconLabel
from app.ui.kit.layouts import CardGrid, column, row
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.painted import fill_round, frame_round, smooth
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme
from app.ui.training.session_words import roll_status, rooms_in_words

_MOST = 300


class RollTile(CardButton):
    """Somebody on the roll. Pressing it asks what to do with them."""

    def __init__(
        self, one: OnRoll, state: SessionState, photo: bytes, parent: QWidget | None = None
    ) -> None:
        words, self._tone = roll_status(one, state)
        along = _(READS[Reads.ALONG]) if one.reads_along else ""
        hours = one.hours if one.hours and one.hours.is_away and not one.came else None
        away = shift_at_time(hours) if hours else ""
        also = rooms_in_words(one)
        called = ", ".join(filter(None, (one.name, one.number, words, along, away, also)))
        super().__init__(called, margin=10, parent=parent)
        self.setToolTip(" · ".join(filter(None, (along, away, also))))
        self.person_id = one.person_id
        inner = QWidget()
        line = row(inner, gap=10)
        self.avatar = Avatar(one.name, 44, photo=photo)
        line.addWidget(self.avatar)
        lines = column(gap=2)
        lines.addWidget(ElidedLabel(one.name, TextRole.STRONG))
        under = " · ".join(filter(None, (one.number, shift_in_short(hours) if hours else "")))
        lines.addWidget(ElidedLabel(under, TextRole.MUTED))
        line.addLayout(lines, 1)
        if along:  # a small sign, not words: who taps a badge here sees the tiles of others
            line.addWidget(IconLabel("ear", Ink.TEXT2))
        self.add(inner)
        self.chip = StatusChip(words, self._tone)
        self.add(self.chip)

    @property
    def tone(self) -> Tone:
        """Return how it looks: success once somebody is there."""
        return self._tone

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        area, radius = QRectF(self.rect()), theme.px(12)
        is_there = self._tone is Tone.SUCCESS
        ground = Ink.SUCCESS_SOFT if is_there else Ink.SURFACE
        fill_round(painter, area, radius, theme.colour(ground))
        if self.hasFocus():
            frame_round(painter, area, radius, theme.colour(Ink.FOCUS), 2)
        else:
            edge = Ink.SUCCESS if is_there else Ink.BORDER
            frame_round(painter, area, radius, theme.colour(edge))


class RollBoard(QWidget):
    """Emits what was typed or tapped, and whose tile was pressed; the screen acts."""

    typed = Signal(str)
    pressed = Signal(object)
    """Carries the OnRoll whose tile was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = column(self, gap=12)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Tap a badge, or type a number or a name and press Enter"))
        self.line.setMinimumHeight(current_theme().px(48))
        self.line.returnPressed.connect(self._tell)
        self.entry = Field(_("Badge or number"), self.line)
        self.told = Banner("", Tone.SUCCESS)
        self.told.hide()
        self.grid = CardGrid(210, gap=10)
        self.empty = EmptyState(
            _("Nobody is on the roll yet. Tap a badge, or invite people."), icon="users"
        )
        for part in (self.entry, self.told, self.grid, self.empty):
            lines.addWidget(part)
        lines.addStretch(1)
        self._shown: tuple[object, ...] = ()

    def show_roll(
        self, roll: Sequence[OnRoll], state: SessionState, photos: Mapping[UUID, bytes]
    ) -> None:
        """Show everybody, with the photos there are; who is there is green.

        Tiles that stay the same are not made anew.
        """
        takes = state in {SessionState.OPEN, SessionState.HELD}
        self.entry.setVisible(takes)
        if not takes:
            self.told.hide()
        self.grid.setVisible(bool(roll))
        self.empty.setVisible(not roll)
        told = (
            (o.person_id, o.place, o.reads_along, o.hours, o.elsewhere, roll_status(o, state))
            for o in roll[:_MOST]
        )
        shown = (state, photos, *told)
        if shown == self._shown:
            return
        self._shown = shown
        tiles: list[QWidget] = []
        for one in roll[:_MOST]:
            tile = RollTile(one, state, photos.get(one.person_id, b""))
            tile.clicked.connect(lambda _on=False, one=one: self.pressed.emit(one))
            tiles.append(tile)
        self.grid.set_cards(tiles)

    def tiles(self) -> list[RollTile]:
        """Return the tiles, as they lie."""
        return [one for one in self.grid.cards() if isinstance(one, RollTile)]

    def begin(self) -> None:
        """Say nothing of the taps of another session."""
        self.told.hide()
        self.line.clear()

    def tell(self, words: str, tone: Tone) -> None:
        """Say what the last tap did, and be ready for the next one."""
        self.told.set_tone(tone)
        self.told.set_text(words)
        self.told.show()
        announce(self, words, urgent=tone is Tone.DANGER)

    def take_focus(self) -> None:
        """Be ready for a badge."""
        self.line.setFocus()

    def _tell(self) -> None:
        typed = self.line.text()
        self.line.clear()
        if typed.strip():
            self.typed.emit(typed)
