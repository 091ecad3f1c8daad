"""Which of those who have it due are offered: of all shifts, who is at work then, or of one shift."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.figures import number
from app.core.base.words import _
from app.core.people.shifts import known_hours, shift_at_time, tally_in_words
from app.core.training.sessions import Suggestions
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.theme import TextRole

_ALL, _AT_WORK, _SHIFT = "all", "at_work", "shift"


class ShiftChoice(QWidget):
    """Shown only where hours of anybody are known."""

    chosen = Signal()

    def __init__(self, due: Suggestions) -> None:
        super().__init__()
        hours = known_hours(due.all_hours)
        self.is_of_use = bool(hours)
        """Whether hours of anybody are known."""
        self.box = ComboBox(_("Of which shift"))
        self.told = PlainLabel(tally_in_words(hours), TextRole.MUTED, wrap=True)
        lines = column(self, gap=6)
        for part in (self.box, self.told):
            lines.addWidget(part)
        self.box.addItem(_("All shifts"), (_ALL, None))
        if any(one.at.is_away for one in due.by_shift):
            self.box.addItem(_("Without those who are not at work then"), (_AT_WORK, None))
        for one in due.by_shift:
            words = f"{shift_at_time(one.at)} ({number(one.people)})"
            self.box.addItem(words, (_SHIFT, one.at.shift))
        self.box.activated.connect(lambda _index: self.chosen.emit())
        self.setVisible(self.is_of_use)

    @property
    def shift(self) -> str | None:
        """Return the shift of which people are wanted; None for any."""
        shift: str | None = self.box.currentData()[1]
        return shift

    @property
    def at_work(self) -> bool:
        """Tell whether those are wanted of whom it is not known that they are not at work then."""
        way: str = self.box.currentData()[0]
        return way == _AT_WORK
