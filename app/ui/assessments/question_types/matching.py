"""Answers are to be laid beside prompts: a list to choose from beside each prompt."""

from typing import ClassVar

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget
from typing_extensions import override

from app.core.assessments import MatchingBody, Paired, Response
from app.core.base.words import _, mark
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.question_types.base import AnswerWidget, Mark, Review, as_form
from app.ui.assessments.question_types.chooser import Chooser
from app.ui.assessments.rich_view import RichView
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import Ink, TextRole, current_theme


class MatchingWidget(AnswerWidget[MatchingBody]):
    """Prompts at the left, an arrow, and what belongs to each at the right."""

    key: ClassVar[str] = "matching"
    silence: ClassVar[Response] = Paired(pairs=())
    how: ClassVar[str] = mark("Choose what belongs to each.")

    def __init__(
        self,
        content: MatchingBody,
        order: tuple[str, ...],
        media: QuestionMedia,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(content, order, media, parent)
        texts = {answer.key: answer.text for answer in content.answers}
        offered = [(key, texts[key]) for key in order if key in texts]
        self._grid = QGridLayout()
        self._grid.setSpacing(current_theme().px(12))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 1)
        self.choosers: dict[str, Chooser] = {}
        for place, prompt in enumerate(content.prompts):
            view = RichView(prompt.text, media, tallest_picture=140)
            name = _("Belongs to: {prompt}").format(prompt=view.words())
            chooser = self.choosers[prompt.key] = Chooser(name, offered, media)
            chooser.picked.connect(self.changed)
            frame = QFrame()
            frame.setProperty("banner", "neutral")
            row(frame, margin=10).addWidget(view)
            self._grid.addWidget(frame, place, 0)
            self._grid.addWidget(IconLabel("arrow-right", Ink.TEXT3), place, 1)
            self._grid.addWidget(chooser, place, 2)
        self.lines.addLayout(self._grid)

    @override
    def response(self) -> Response | None:
        pairs = tuple((key, one.key()) for key, one in self.choosers.items() if one.key())
        return Paired(pairs=pairs) if pairs else None

    @override
    def show_response(self, response: Response | None) -> None:
        as_form(response, Paired)
        pairs = dict(response.pairs) if isinstance(response, Paired) else {}
        for key, chooser in self.choosers.items():
            chooser.show_key(pairs.get(key, ""))

    @override
    def show_review(self, review: Review) -> None:
        self.show_response(review.given)
        right = dict(review.best.pairs) if isinstance(review.best, Paired) else {}
        for place, (key, chooser) in enumerate(self.choosers.items()):
            chooser.hide()
            self._grid.removeWidget(chooser)
            self._grid.addWidget(_judged(chooser, right.get(key, "")), place, 2)

    @override
    def first_control(self) -> QWidget | None:
        return next(iter(self.choosers.values()), None)


def _judged(chooser: Chooser, right: str) -> QWidget:
    """Return what was chosen, its mark, and what was right where that was something else."""
    holder = QWidget()
    lines = column(holder, gap=4)
    given, is_right = chooser.key(), chooser.key() == right
    words = chooser.words_of(given) or _("No answer")
    lines.addWidget(PlainLabel(words, TextRole.STRONG if given else TextRole.BODY2, wrap=True))
    if given:
        lines.addWidget((Mark.RIGHT if is_right else Mark.WRONG).chip())
    if not is_right and right:
        told = _("Right answer: {answer}").format(answer=chooser.words_of(right))
        lines.addWidget(PlainLabel(told, TextRole.MUTED, wrap=True))
    return holder
