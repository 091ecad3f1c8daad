"""What every way of answering does, and how a review marks it."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.assessments import Body, Response
from app.core.base.words import _, mark
from app.ui.assessments.media import QuestionMedia
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import TextRole, Tone, current_theme

BodyT = TypeVar("BodyT", bound=Body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a review tells of one question: what was given, and what would have been right."""

    given: Response | None
    best: Response | None
    correct: bool


class Mark(Enum):
    """How a review marks a part of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"

    def chip(self) -> StatusChip:
        """Return the mark as icon, word and colour."""
        match self:
            case Mark.RIGHT:
                return StatusChip(_("Right"), Tone.SUCCESS)
            case Mark.WRONG:
                return StatusChip(_("Wrong"), Tone.DANGER, icon="circle-x")
            case Mark.MISSED:
                return StatusChip(_("Right answer"), Tone.SUCCESS)


class AnswerWidget(QWidget, Generic[BodyT]):
    """One way of answering. `content` is the body of its question type, `order` the paper's.

    Takes keys and the focus; `changed` comes only when the learner changes the answer.
    """

    key: ClassVar[str]
    """Of the question type in the core."""
    silence: ClassVar[Response]
    """What is kept when an answer is taken back."""
    how: ClassVar[str]
    """Marked words: what the learner is to do."""
    keys: ClassVar[str] = mark("Keys: Enter next")
    """Marked words: which keys answer and lead on; letters and digits belong to what is typed."""
    is_typed: ClassVar[bool] = False
    """Whether it changes letter by letter, so that it is saved when typing rests."""
    changed = Signal()

    def __init__(
        self,
        content: BodyT,
        order: tuple[str, ...],
        media: QuestionMedia,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.content = content
        self.order = order
        self.media = media
        self.lines: QVBoxLayout = column(self, gap=10)
        self.setAccessibleName(_(self.how))

    def response(self) -> Response | None:
        """Return the answer as it stands; None while there is none."""
        raise NotImplementedError

    def show_response(self, response: Response | None) -> None:
        """Show an answer given before. Raises TypeError for one of another form."""
        raise NotImplementedError

    def show_review(self, review: Review) -> None:
        """Show what was given and what was right; nothing can be changed any more."""
        raise NotImplementedError

    def take_key(self, number: int) -> bool:  # noqa: ARG002  only options have numbers
        """Act on a key from 1 to 9; False when it means nothing here."""
        return False

    def describe(self, stem: str) -> None:
        """Tell the screen reader what is asked, along with the control that has the focus first."""
        self.setAccessibleDescription(stem)
        first = self.first_control()
        if first is not None:
            first.setAccessibleDescription(stem)

    def first_control(self) -> QWidget | None:
        """Return where answering begins."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the focus where answering begins."""
        first = self.first_control()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def as_form(response: Response | None, form: type[Response]) -> None:
    """Raise TypeError when a response is of another form than a widget shows."""
    if response is not None and not isinstance(response, form):
        raise TypeError(f"expected {form.__name__}, got {type(response).__name__}")


def told(label: str, text: str, mark: Mark | None) -> QHBoxLayout:
    """Return a line of a review: whose answer, the answer, and how it is marked."""
    line = row(gap=12)
    head = PlainLabel(label, TextRole.MUTED)
    head.setMinimumWidth(current_theme().px(96))
    line.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
    words = PlainLabel(
        text or _("No answer"), TextRole.STRONG if text else TextRole.BODY2, wrap=True
    )
    line.addWidget(words, 1)
    if mark is not None:
        line.addWidget(mark.chip(), 0, Qt.AlignmentFlag.AlignTop)
    return line


def review_lines(given: str, right: str, *, correct: bool) -> QVBoxLayout:
    """Return what was typed, and beneath it what was right where that was something else."""
    lines = column(gap=8)
    mark = Mark.RIGHT if correct else Mark.WRONG
    lines.addLayout(told(_("Your answer"), given, mark if given else None))
    if not correct and right:
        lines.addLayout(told(_("Right answer"), right, None))
    return lines
