"""Two states side by side: what came, went, moved or changed, with before and after next to each other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.approvals import (
    FATES,
    Comparison,
    Difference,
    Fate,
    PartDifference,
    moved_in_words,
)
from app.core.base.figures import number
from app.core.base.words import _
from app.ui.kit.cards import Card
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import EmptyState
from app.ui.kit.theme import TextRole, Tone, current_theme

_LOOKS = {
    Fate.ADDED: (Tone.SUCCESS, "plus"),
    Fate.REMOVED: (Tone.DANGER, "minus"),
    Fate.CHANGED: (Tone.INFO, "pencil"),
    Fate.MOVED: (Tone.NEUTRAL, "arrow-down"),
}
_SHOWN = 60
_NAME_WIDTH = 150


class ComparisonView(QWidget):
    """Shows a comparison; each part that differs is a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = column(self, gap=12)

    def show_comparison(
        self,
        comparison: Comparison,
        *,
        whole: str,
        before: str = "",
        after: str = "",
        is_numbered: bool = True,
    ) -> None:
        """Show what differs; `whole` is what is called that is no part, the others head the columns.

        Parts that say themselves which they are have no number before them.
        """
        clear(self._lines)
        heads = before or _("Before"), after or _("After")
        if comparison.is_same:
            self._lines.addWidget(EmptyState(_("Nothing differs."), icon="git-compare"))
        if comparison.whole:
            card = Card(whole, gap=8)
            card.body.addWidget(_Table(comparison.whole, heads))
            self._lines.addWidget(card)
        for part in comparison.parts[:_SHOWN]:
            self._lines.addWidget(_PartCard(part, heads, is_numbered=is_numbered))
        if len(comparison.parts) > _SHOWN:
            words = _("{count} more differ; the command line shows all of them.")
            left = number(len(comparison.parts) - _SHOWN)
            self._lines.addWidget(PlainLabel(words.format(count=left), TextRole.MUTED, wrap=True))
        self._lines.addStretch(1)


class _PartCard(Card):
    def __init__(self, part: PartDifference, heads: tuple[str, str], *, is_numbered: bool) -> None:
        place = (part.after or part.before) if is_numbered else None
        title = part.title if place is None else f"{number(place)}. {part.title}"
        super().__init__(title, subtitle=moved_in_words(part), gap=8)
        tone, icon = _LOOKS[part.fate]
        self.add_action(StatusChip(_(FATES[part.fate]), tone, icon=icon))
        self.setAccessibleName(f"{title}: {_(FATES[part.fate])}")
        if part.differences:
            shown = ("", heads[1]) if part.fate is Fate.ADDED else heads
            self.body.addWidget(_Table(part.differences, shown))


class _Table(QWidget):
    """Names, and what stood and stands there; what is new has one column."""

    def __init__(self, differences: tuple[Difference, ...], heads: tuple[str, str]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(current_theme().px(16))
        grid.setVerticalSpacing(current_theme().px(8))
        grid.setColumnMinimumWidth(0, current_theme().px(_NAME_WIDTH))
        has_before = bool(heads[0])
        columns = [(1, heads[0]), (2, heads[1])] if has_before else [(1, heads[1])]
        for place, words in columns:
            grid.addWidget(PlainLabel(words, TextRole.LABEL), 0, place)
            grid.setColumnStretch(place, 1)
        for line, one in enumerate(differences, start=1):
            name = PlainLabel(one.name, TextRole.MUTED, wrap=True)
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            texts = (one.before, one.after) if has_before else (one.after,)
            for place, text in enumerate(texts, start=1):
                is_new = place == len(texts)
                label = PlainLabel(
                    text or "–", TextRole.BODY if is_new else TextRole.BODY2, wrap=True
                )
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                label.setAccessibleName(f"{one.name}, {columns[place - 1][1]}: {text or '–'}")
                grid.addWidget(label, line, place, Qt.AlignmentFlag.AlignTop)
