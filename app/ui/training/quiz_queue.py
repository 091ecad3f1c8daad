"""The quiz after a class, as a list: who was there, and how it stands with each."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.core.base.figures import percent
from app.core.base.words import _
from app.core.training.sessions import QUIZ_TURNS, InQuizQueue, QuizTurn
from app.ui.kit.cards import Card
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import ElidedLabel, PlainLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.theme import TextRole, Tone

_TONES = {
    QuizTurn.WAITING: Tone.NEUTRAL,
    QuizTurn.UNDER_WAY: Tone.INFO,
    QuizTurn.FAILED: Tone.WARNING,
    QuizTurn.USED_UP: Tone.DANGER,
    QuizTurn.PASSED: Tone.SUCCESS,
}
_ORDER = tuple(_TONES)
_WHOLE = 10_000
"""Hundredths of a percent."""


class QuizQueueCard(Card):
    """Who waits stands first, who has passed last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Quiz of each"), gap=8, margin=16, parent=parent)
        self.count = PlainLabel("", TextRole.MUTED, wrap=True)
        self.body.addWidget(self.count)
        self._lines = column(gap=6)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self.names: list[str] = []
        """As they are listed."""

    def show_queue(self, queue: Sequence[InQuizQueue]) -> None:
        """Show how it stands with everybody who was there."""
        clear(self._lines)
        passed = sum(one.turn is QuizTurn.PASSED for one in queue)
        self.count.setText(passed_in_words(passed, len(queue)))
        listed = sorted(queue, key=lambda one: (_ORDER.index(one.turn), one.name))
        self.names = [one.name for one in listed]
        for one in listed:
            self._lines.addWidget(_line(one))


def passed_in_words(passed: int, of: int) -> str:
    """Return how many have passed, of all who were there."""
    return _("Passed: {passed} of {count}").format(passed=passed, count=of)


def _line(one: InQuizQueue) -> QWidget:
    made = QWidget()
    line = row(made, gap=10)
    words = column(gap=0)
    words.addWidget(ElidedLabel(one.name, TextRole.STRONG))
    words.addWidget(ElidedLabel(_about(one), TextRole.MUTED))
    line.addLayout(words, 1)
    line.addWidget(StatusChip(_(QUIZ_TURNS[one.turn]), _TONES[one.turn]))
    return made


def _about(one: InQuizQueue) -> str:
    if one.score_hundredths is None:
        return one.number
    return f"{one.number} · {percent(one.score_hundredths, _WHOLE)}"
