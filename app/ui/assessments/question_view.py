"""One question on screen: what is asked, how it is answered, and in a review what was right and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.core.assessments import AskedQuestion, Response, RichText, best_response, question_type
from app.core.base.words import _
from app.ui.assessments.media import QuestionMedia, SoundButton, sounds_of
from app.ui.assessments.question_types import AnyAnswerWidget, Review, answer_widget
from app.ui.assessments.rich_view import RichView
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import FlowLayout, column, row
from app.ui.kit.theme import Ink, TextRole, Tone


class QuestionView(QWidget):
    """Stem, sounds, and the widget that takes the answer. `changed` comes from the learner only."""

    changed = Signal()

    def __init__(
        self, asked: AskedQuestion, media: QuestionMedia, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.asked = asked
        self._media = media
        self._lines = column(self, gap=14)
        self._stem = RichView(asked.question.stem, media, role=TextRole.H2)
        self._lines.addWidget(self._stem)
        self._add_sounds()
        self.answer: AnyAnswerWidget = answer_widget(asked, media)
        self._how = PlainLabel(_(self.answer.how), TextRole.MUTED, wrap=True)
        self._lines.addWidget(self._how)
        self._lines.addWidget(self.answer)
        self.answer.describe(self.stem_words())
        self.answer.show_response(asked.response)
        self.answer.changed.connect(self.changed)

    def stem_words(self) -> str:
        """Return what is asked, for the screen reader."""
        return self._stem.words()

    def response(self) -> Response | None:
        """Return the answer as it stands; None while there is none."""
        return self.answer.response()

    def show_review(self, *, correct: bool) -> None:
        """Show what was given, what was right, and what the author says to it."""
        question = self.asked.question
        self._how.hide()
        best = best_response(question)
        self.answer.show_review(Review(given=self.asked.response, best=best, correct=correct))
        kind = question_type(question.type)
        said = (*kind.feedback(question.body, self.asked.response), question.feedback)
        if any(not text.is_blank for text in said):
            self._lines.addWidget(self._said([text for text in said if not text.is_blank]))

    def _add_sounds(self) -> None:
        sounds = sounds_of(self.asked.question.stem)
        if sounds:
            holder = QWidget()
            flow = FlowLayout(holder, gap=8)
            for ref in sounds:
                flow.addWidget(SoundButton(ref, self._media))
            self._lines.addWidget(holder)

    def _said(self, texts: list[RichText]) -> QWidget:
        frame = QFrame()
        frame.setProperty("banner", "info")
        line = row(frame, gap=12, margin=12)
        line.addWidget(IconLabel("lightbulb", Ink.INFO))
        words = column(gap=6)
        for text in texts:
            words.addWidget(RichView(text, self._media, role=TextRole.BODY2))
        line.addLayout(words, 1)
        return frame


def critical_chip() -> StatusChip:
    """Return the mark of a question that must be right."""
    return StatusChip(_("Must be right"), Tone.WARNING, icon="star")
