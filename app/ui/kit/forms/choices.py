"""Choices that stand open: tabs in a row, filter chips, languages under their own names."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from app.core.base.words import _, current_language, offered_languages
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.layouts import FlowLayout, clear
from app.ui.kit.theme import current_theme


class SegmentedTabs(QWidget):
    """One of a few, in a row; arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(
        self, name: str, tabs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, gap=4)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, Button] = {}
        self.set_tabs(tabs)

    def set_tabs(self, tabs: Sequence[tuple[str, str]]) -> None:
        """Offer other choices, as pairs of key and words. The chosen key stays chosen."""
        if list(self._buttons) == [key for key, _words in tabs]:
            for key, words in tabs:
                self._buttons[key].set_words(words)
            return
        kept = self.key()
        clear(self._flow)
        self._buttons = {}
        for key, words in tabs:
            button = Button(words, Kind.TAB)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            self._flow.addWidget(button)
        if self._buttons:
            self.choose(kept if kept in self._buttons else next(iter(self._buttons)))

    def key(self) -> str:
        """Return the key of the one chosen; "" when nothing is offered."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose without telling anybody."""
        self._buttons[key].setChecked(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        keys = list(self._buttons)
        if step is None or not keys:
            super().keyPressEvent(event)
            return
        key = keys[(keys.index(self.key()) + step) % len(keys)]
        self._buttons[key].setFocus()
        self._buttons[key].click()


class LanguagePicker(SegmentedTabs):
    """Every language of the product under its own name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Language"), list(offered_languages().items()), parent)
        self.choose(current_language())


class FilterChips(QWidget):
    """Filters that can be on or off, as chips; one button takes all off."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = FlowLayout(self, gap=8)
        self._chips: dict[tuple[str, str], Button] = {}
        self._usual: set[tuple[str, str]] = set()
        self._none = IconButton("x", _("Take all filters off"), dense=True)
        self._none.clicked.connect(self.clear)
        self._none.hide()
        self._flow.addWidget(self._none)

    def add(self, key: str, value: str, words: str, *, on: bool = False) -> Button:
        """Offer a filter: rows whose `key` is `value`."""
        chip = Button(words, Kind.CHIP)
        chip.setCheckable(True)
        chip.setChecked(on)
        if on:
            self._usual.add((key, value))
        chip.toggled.connect(lambda shown, chip=chip: self._toggled(chip, shown))
        self._chips[(key, value)] = chip
        self._flow.addWidget(chip)
        self._toggled(chip, on)
        return chip

    def filters(self) -> tuple[tuple[str, str], ...]:
        """Return the filters that are on, as a PageRequest takes them."""
        return tuple(pair for pair, chip in self._chips.items() if chip.isChecked())

    def narrows(self, pairs: Sequence[tuple[str, str]]) -> bool:
        """Tell whether filters leave out more than the list does when it is opened."""
        return bool(set(pairs) - self._usual)

    def buttons(self) -> tuple[Button, ...]:
        """Return the buttons as they lie: the one that takes all off first."""
        return (self._none, *self._chips.values())

    def words_of(self, pair: tuple[str, str]) -> str:
        """Return what the chip of a filter says; "" where there is none."""
        chip = self._chips.get(pair)
        return chip.text() if chip is not None else ""

    def offers(self, pair: tuple[str, str]) -> bool:
        """Whether a chip stands for that filter."""
        return pair in self._chips

    def set_filters(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Put on those filters, and no others."""
        for pair, chip in self._chips.items():
            chip.setChecked(pair in pairs)

    def clear(self) -> None:
        """Take all off."""
        self.set_filters(())

    def _toggled(self, chip: Button, on: bool) -> None:
        chip.set_icon("check" if on else "")
        self._none.setVisible(bool(self.filters()))
        self.setMinimumHeight(current_theme().px(32))
        self.changed.emit()
