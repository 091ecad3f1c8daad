"""A line to type an answer into."""

from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.core.assessments import Response, Typed
from app.core.base.words import _
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.question_types.base import (
    AnswerWidget,
    BodyT,
    Review,
    as_form,
    review_lines,
)
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import row
from app.ui.kit.theme import TextRole, current_theme

_LONGEST = 500


class TypedAnswer(AnswerWidget[BodyT]):
    """Base of what is answered by typing one line; what was typed is kept as it was typed."""

    silence: ClassVar[Response] = Typed(text="")
    is_typed: ClassVar[bool] = True
    line_width: ClassVar[int] = 560

    def __init__(
        self,
        content: BodyT,
        order: tuple[str, ...],
        media: QuestionMedia,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(content, order, media, parent)
        self.line = QLineEdit()
        self.line.setProperty("large", True)
        self.line.setMaxLength(_LONGEST)
        self.line.setAccessibleName(_("Your answer"))
        self.line.setPlaceholderText(_("Type your answer"))
        self.line.setMaximumWidth(current_theme().px(self.line_width))
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self._label = PlainLabel(_("Your answer"), TextRole.STRONG)
        self._label.setBuddy(self.line)
        self.lines.addWidget(self._label)
        holder = row(gap=0)
        holder.addWidget(self.line, 1)
        holder.addStretch(0)
        self.lines.addLayout(holder)
        self._hint = PlainLabel(self.hint(), TextRole.MUTED, wrap=True)
        self.lines.addWidget(self._hint)
        self._hint.setVisible(bool(self.hint()))

    def hint(self) -> str:
        """Return how the answer is to be typed; "" when there is nothing to say."""
        return ""

    @override
    def response(self) -> Response | None:
        text = self.line.text()
        return Typed(text=text) if text.strip() else None

    @override
    def show_response(self, response: Response | None) -> None:
        as_form(response, Typed)
        self.line.setText(response.text if isinstance(response, Typed) else "")

    @override
    def show_review(self, review: Review) -> None:
        self.show_response(review.given)
        for part in (self._label, self.line, self._hint):
            part.hide()
        best = review.best.text if isinstance(review.best, Typed) else ""
        self.lines.addLayout(review_lines(self.line.text().strip(), best, correct=review.correct))

    @override
    def first_control(self) -> QWidget | None:
        return self.line
