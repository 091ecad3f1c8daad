"""How signatures are narrowed: by meaning, and by time."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.core.signatures import MEANINGS
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.layouts import row

_WEEK, _MONTH = 7, 30
_LETTERS = 9


class SignatureFilters(QWidget):
    """Two choices beside the search."""

    changed = Signal()

    def __init__(self, host: QWidget, today: date) -> None:
        super().__init__(host)
        self._today = today
        self.meaning_box = ComboBox(_("Meaning"))
        self.meaning_box.addItem(_("Every meaning"), "")
        for meaning, words in MEANINGS.items():
            self.meaning_box.addItem(_(words), meaning.value)
        self.when_box = ComboBox(_("When"))
        for key, words in (
            ("", _("Any time")),
            ("0", _("Today")),
            (str(_WEEK), _("Last 7 days")),
            (str(_MONTH), _("Last 30 days")),
        ):
            self.when_box.addItem(words, key)
        line = row(self, gap=8)
        for box in (self.meaning_box, self.when_box):
            box.keep_width(_LETTERS)
            box.activated.connect(lambda _index: self.changed.emit())
            line.addWidget(box)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return what is narrowed by now."""
        days = self.when_box.currentData() or ""
        first = (self._today - timedelta(days=int(days))).isoformat() if days else ""
        found = (("meaning", self.meaning_box.currentData() or ""), ("from", first))
        return tuple(pair for pair in found if pair[1])
