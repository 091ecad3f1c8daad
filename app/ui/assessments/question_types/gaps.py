"""A text with gaps: filled where they stand when the text is plain, in a list beneath it otherwise."""

import html
import re
from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.core.assessments import (
    GAP,
    Filled,
    Gap,
    GapsBody,
    Response,
    RichText,
    TextFormat,
    question_type,
    shown_html,
)
from app.core.base.words import _, mark
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.question_types.base import (
    AnswerWidget,
    Review,
    as_form,
    review_lines,
)
from app.ui.assessments.question_types.chooser import Chooser
from app.ui.assessments.rich_view import RichView
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, column, row
from app.ui.kit.theme import TextRole, current_theme

_PARAGRAPH = re.compile(r"</?(?:p|br)\s*/?>")
_GAP_WIDTH, _WORDS_BEFORE = 150, 4


class GapLine(QLineEdit):
    """A short line in a text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedWidth(current_theme().px(_GAP_WIDTH))


class GapsWidget(AnswerWidget[GapsBody]):
    """Lines and lists in the text, in the order of the text."""

    key: ClassVar[str] = "gaps"
    silence: ClassVar[Response] = Filled(gaps=())
    how: ClassVar[str] = mark("Fill every gap.")
    is_typed: ClassVar[bool] = True

    def __init__(
        self,
        content: GapsBody,
        order: tuple[str, ...],
        media: QuestionMedia,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(content, order, media, parent)
        self.inputs: dict[str, GapLine | Chooser] = {}
        self._text = QWidget()
        words = _flowing_words(content.text)
        names = dict(_names(words or shown_html(content.text)))
        for gap in content.gaps:
            if gap.key in self.inputs:
                continue  # an author has not yet told the two apart
            self.inputs[gap.key] = self._input(gap, names.get(gap.key, gap.key))
        if words is None:
            self._lay_out_list()
        else:
            self._lay_out_flow(words)
        self.lines.addWidget(self._text)
        for one in self.inputs.values():
            if one.parent() is None:  # an author has not yet said where the gap stands
                one.setParent(self)
                one.hide()

    @override
    def response(self) -> Response | None:
        given = tuple((key, _given(one)) for key, one in self.inputs.items() if _given(one).strip())
        return Filled(gaps=given) if given else None

    @override
    def show_response(self, response: Response | None) -> None:
        as_form(response, Filled)
        given = dict(response.gaps) if isinstance(response, Filled) else {}
        for key, one in self.inputs.items():
            if isinstance(one, Chooser):
                one.show_key(given.get(key, ""))
            else:
                one.setText(given.get(key, ""))

    @override
    def show_review(self, review: Review) -> None:
        self.show_response(review.given)
        self._text.hide()
        shown = GAP.sub(
            lambda found: f" ({self._number(found[1])}) ____ ", self.content.text.source
        )
        text = RichText(
            source=shown, format=self.content.text.format, media=self.content.text.media
        )
        self.lines.addWidget(RichView(text, self.media))
        best = dict(review.best.gaps) if isinstance(review.best, Filled) else {}
        for key, one in self.inputs.items():
            line = row(gap=12)
            line.addWidget(PlainLabel(f"({self._number(key)})", TextRole.STRONG))
            given, right = _words(one, _given(one)), _words(one, best.get(key, ""))
            correct = _is_right(self.content, best, key, _given(one))
            line.addLayout(review_lines(given, right, correct=correct), 1)
            self.lines.addLayout(line)

    @override
    def first_control(self) -> QWidget | None:
        return next(iter(self.inputs.values()), None)

    def _number(self, key: str) -> int:
        keys = list(self.inputs)
        return keys.index(key) + 1 if key in keys else 0

    def _input(self, gap: Gap, name: str) -> GapLine | Chooser:
        if gap.choice is None:
            line = GapLine(name)
            line.textEdited.connect(lambda _text: self.changed.emit())
            return line
        texts = {option.key: option.text for option in gap.choice.options}
        prefix = f"{gap.key}/"
        keys = [key.removeprefix(prefix) for key in self.order if key.startswith(prefix)]
        chooser = Chooser(name, [(key, texts[key]) for key in keys if key in texts], self.media)
        chooser.picked.connect(self.changed)
        return chooser

    def _lay_out_flow(self, words: str) -> None:
        lines = column(self._text, gap=6)
        for paragraph in words.split("\n"):
            if paragraph.strip():
                holder = QWidget()
                flow = FlowLayout(holder, gap=6)
                for word in GAP.sub(r" [[\1]] ", paragraph).split():
                    flow.addWidget(self._word_or_input(word))
                lines.addWidget(holder)

    def _word_or_input(self, word: str) -> QWidget:
        gap = GAP.fullmatch(word)
        found = self.inputs.get(gap[1]) if gap else None
        if found is None:
            return PlainLabel(word)
        if isinstance(found, Chooser):
            found.setSizePolicy(found.sizePolicy().Policy.Fixed, found.sizePolicy().Policy.Fixed)
        return found

    def _lay_out_list(self) -> None:
        lines = column(self._text, gap=10)
        numbered = GAP.sub(
            lambda found: f"({self._number(found[1])}) ____", self.content.text.source
        )
        text = RichText(
            source=numbered, format=self.content.text.format, media=self.content.text.media
        )
        lines.addWidget(RichView(text, self.media))
        for key, one in self.inputs.items():
            line = row(gap=12)
            line.addWidget(PlainLabel(f"({self._number(key)})", TextRole.STRONG))
            line.addWidget(one, 1 if isinstance(one, Chooser) else 0)
            line.addStretch(1)
            lines.addLayout(line)


def _flowing_words(text: RichText) -> str | None:
    """Return the text when nothing but words and line breaks is in it; None otherwise."""
    if text.media:
        return None
    if text.format is TextFormat.PLAIN:
        return text.source
    bare = _PARAGRAPH.sub("\n", shown_html(text))
    return None if "<" in bare else html.unescape(bare)


def _names(words: str) -> Iterator[tuple[str, str]]:
    """Yield for each gap what the screen reader calls it: its number and the words before it."""
    found = list(GAP.finditer(words))
    for place, gap in enumerate(found, start=1):
        start = found[place - 2].end() if place > 1 else 0
        before = " ".join(
            re.sub(r"<[^>]*>", " ", words[start : gap.start()]).split()[-_WORDS_BEFORE:]
        )
        name = _("Gap {number} of {count}").format(number=place, count=len(found))
        yield gap[1], f"{name}: {before} …" if before else name


def _given(one: GapLine | Chooser) -> str:
    return one.key() if isinstance(one, Chooser) else one.text()


def _words(one: GapLine | Chooser, given: str) -> str:
    return one.words_of(given) if isinstance(one, Chooser) else given.strip()


def _is_right(content: GapsBody, best: dict[str, str], key: str, given: str) -> bool:
    """Ask the core: with every other gap filled right, is the whole right?"""
    if not given.strip():
        return False
    tried = Filled(gaps=tuple({**best, key: given}.items()))
    return question_type("gaps").score(content, tried) == 1
