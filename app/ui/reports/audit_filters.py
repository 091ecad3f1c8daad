"""How the audit trail is narrowed: what was done, and when."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.base.figures import day, number
from app.core.base.paging import PageRequest
from app.core.base.words import _, mark
from app.core.reports import ActionCount, AuditSearch
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.forms.form import Form
from app.ui.kit.layouts import row
from app.ui.kit.sheets import FormSheet

Pair = tuple[str, str]
_BETWEEN = "between"
_WEEK, _MONTH = 7, 30
_DAYS = {"from": mark("From {day}"), "to": mark("Until {day}")}


def search_of(request: PageRequest) -> AuditSearch:
    """Return what a request asks of the audit trail."""
    asked = dict(request.filters)
    return AuditSearch(
        text=request.text,
        action=asked.get("action", ""),
        first_day=_day(asked.get("from", "")),
        last_day=_day(asked.get("to", "")),
        offset=request.offset,
        limit=request.limit,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_LETTERS = 9
"""As wide as a small window leaves room for, beside the search and the tools of the list."""


class AuditFilters(QWidget):
    """Two choices beside the search; "between two days" opens a sheet."""

    changed = Signal()

    def __init__(self, host: QWidget, today: date) -> None:
        super().__init__()
        self._host = host
        self._today = today
        self._between: tuple[date | None, date | None] = (None, None)
        self.what_box = ComboBox(_("What was done"))
        self.when_box = ComboBox(_("When"))
        line: QHBoxLayout = row(self, gap=8)
        for box in (self.what_box, self.when_box):
            box.keep_width(_LETTERS)
            line.addWidget(box)
        self.show_actions(())
        for key, words in (
            ("", _("Any time")),
            ("0", _("Today")),
            (str(_WEEK), _("Last 7 days")),
            (str(_MONTH), _("Last 30 days")),
            (_BETWEEN, _("Between two days…")),
        ):
            self.when_box.addItem(words, key)
        self.what_box.activated.connect(lambda _index: self.changed.emit())
        self.when_box.activated.connect(lambda _index: self._when_chosen())

    def show_actions(self, counts: Sequence[ActionCount]) -> None:
        """Offer what was done in this journal, the most frequent first."""
        kept = self.what_box.currentData()
        self.what_box.clear()
        self.what_box.addItem(_("Every action"), "")
        for one in counts:
            words = _("{action} ({count})").format(action=one.title, count=number(one.count))
            self.what_box.addItem(words, one.action)
        self.what_box.setCurrentIndex(max(0, self.what_box.findData(kept)))
        self.what_box.setMaximumWidth(max(self.what_box.minimumSizeHint().width() // 2, 220))

    def pairs(self) -> tuple[Pair, ...]:
        """Return what is narrowed by now."""
        first, last = self._days()
        found = (
            ("action", self.what_box.currentData() or ""),
            ("from", first.isoformat() if first else ""),
            ("to", last.isoformat() if last else ""),
        )
        return tuple(pair for pair in found if pair[1])

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Stand as somebody narrowed before; a kept time is shown by its days."""
        asked = dict(pairs)
        self.what_box.setCurrentIndex(max(0, self.what_box.findData(asked.get("action", ""))))
        self._between = (_day(asked.get("from", "")), _day(asked.get("to", "")))
        key = _BETWEEN if any(self._between) else ""
        self.when_box.setCurrentIndex(self.when_box.findData(key))

    def words_of(self, pair: Pair) -> str:
        """Return a pair in words, as a paper tells how it was narrowed."""
        key, value = pair
        told = _day(value) if key in _DAYS else None
        if told is not None:
            return _(_DAYS[key]).format(day=day(told))
        return self.what_box.itemText(self.what_box.findData(value)) if key == "action" else ""

    def choose_days(self, first: date | None, last: date | None) -> None:
        """Narrow to the days from `first` to `last`."""
        self._between = (first, last)
        self.when_box.setCurrentIndex(self.when_box.findData(_BETWEEN))
        self.changed.emit()

    def _days(self) -> tuple[date | None, date | None]:
        key = self.when_box.currentData() or ""
        if key == _BETWEEN:
            return self._between
        return (self._today - timedelta(days=int(key)), None) if key else (None, None)

    def _when_chosen(self) -> None:
        if self.when_box.currentData() != _BETWEEN:
            self.changed.emit()
            return
        form = Form()
        first, last = DateField(_("From"), self._between[0]), DateField(_("To"), self._between[1])
        form.add(first)
        form.add(last)
        sheet = FormSheet(self._host, _("Between two days"), form, save=_("Show"))

        def chosen() -> None:
            sheet.saved()
            self.choose_days(first.value(), last.value())

        sheet.save_asked.connect(chosen)
        sheet.open()
