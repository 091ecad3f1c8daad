"""A text with gaps (cloze): each is filled by typing words or a number, or by choosing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar

from app.core.assessments.draws import Draws
from app.core.assessments.question_types.base import (
    QuestionType,
    StoredType,
    TextChange,
    credited,
    expect,
    key_problems,
    number_key,
)
from app.core.assessments.question_types.choice_one import ChoiceOne, ChoiceOneBody
from app.core.assessments.question_types.numeric import Numeric, NumericBody
from app.core.assessments.question_types.short_text import ShortText, ShortTextBody
from app.core.assessments.types import (
    NO_TEXT,
    NOTHING,
    Body,
    Chosen,
    Credit,
    Filled,
    Response,
    RichText,
    Typed,
)
from app.core.base.words import _, mark

GAP = re.compile(r"\[\[([^\[\]\s]{1,40})\]\]")
"""Where a gap stands in the text: its key in double square brackets."""
_BETWEEN = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap, filled in one of three ways."""

    key: str
    words: ShortTextBody | None = None
    number: NumericBody | None = None
    choice: ChoiceOneBody | None = None
    weight: int = 1
    """How much it counts beside the other gaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsBody(Body):
    """The text, in which each gap stands as [[key]], and the gaps."""

    text: RichText
    gaps: tuple[Gap, ...]
    credit: Credit = Credit.ALL_OR_NOTHING


@dataclass(frozen=True, slots=True)
class _Part:
    """A gap seen as a small question of its own."""

    type: QuestionType[Any]  # Any: it is only ever handed `body`, which is its own
    body: Body
    chooses: bool = False

    def response(self, given: str | None) -> Response | None:
        if not given:
            return None
        return Chosen(keys=(given,)) if self.chooses else Typed(text=given)

    def best(self) -> str | None:
        match self.type.best_response(self.body):
            case Chosen(keys=(key,)):
                return key
            case Typed(text=text):
                return text
        return None


class Gaps(StoredType[GapsBody]):
    """A text with gaps."""

    key: ClassVar[str] = "gaps"
    title: ClassVar[str] = mark("Fill the gaps")
    always_shuffles: ClassVar[bool] = False
    body_class = GapsBody

    def blank(self) -> GapsBody:
        """Return no text and no gaps."""
        return GapsBody(text=NO_TEXT, gaps=())

    def problems(self, body: GapsBody) -> tuple[str, ...]:
        """Return what keeps it from being asked."""
        keys = [gap.key for gap in body.gaps]
        found = list(key_problems(keys))
        if not body.gaps:
            found.append(_("There is no gap."))
        if sorted(GAP.findall(body.text.source)) != sorted(keys):
            found.append(_("Each gap must stand in the text once, as [[its key]]."))
        if any(gap.weight < 1 for gap in body.gaps):
            found.append(_("A gap must count at least 1."))
        for gap in body.gaps:
            part = _part(gap)
            problems = part.type.problems(part.body) if part else (_("Say how it is filled."),)
            found.extend(
                _("Gap {key}: {problem}").format(key=gap.key, problem=one) for one in problems
            )
        return tuple(found)

    def score(self, body: GapsBody, response: Response | None) -> Fraction:
        """Return the share of the gaps by weight."""
        given = _given(response)
        whole = sum(gap.weight for gap in body.gaps)
        if not given or whole <= 0:
            return NOTHING
        earned = NOTHING
        for gap in body.gaps:
            if part := _part(gap):
                share = part.type.score(part.body, part.response(given.get(gap.key)))
                earned += share * gap.weight
        return credited(earned / whole, body.credit)

    def best_response(self, body: GapsBody) -> Filled | None:
        """Return the best for each gap."""
        parts = {gap.key: part for gap in body.gaps if (part := _part(gap))}
        best = {key: given for key, part in parts.items() if (given := part.best()) is not None}
        return Filled(gaps=tuple(best.items())) if best else None

    def describe_response(self, body: GapsBody, response: Response | None) -> str:
        """Return what each gap was filled with, in order."""
        given = _given(response)
        if not given:
            return ""
        told = []
        for gap in body.gaps:
            part = _part(gap)
            words = part.response(given.get(gap.key)) if part else None
            described = part.type.describe_response(part.body, words) if part else ""
            told.append(described or "–")
        return "; ".join(told)

    def feedback(self, body: GapsBody, response: Response | None) -> tuple[RichText, ...]:
        """Return what the author says to each gap."""
        given = _given(response)
        return tuple(
            text
            for gap in body.gaps
            if (part := _part(gap))
            for text in part.type.feedback(part.body, part.response(given.get(gap.key)))
        )

    def as_written(self, body: GapsBody) -> tuple[str, ...]:
        """Return "gap/option" for each option of each gap, in the author's order."""
        return tuple(
            gap.key + _BETWEEN + key
            for gap in body.gaps
            if (part := _part(gap))
            for key in part.type.as_written(part.body)
        )

    def shuffle(self, body: GapsBody, draws: Draws) -> tuple[str, ...]:
        """Return "gap/option" with each gap's options in an order drawn at random."""
        return tuple(
            gap.key + _BETWEEN + key
            for gap in body.gaps
            if (part := _part(gap))
            for key in part.type.shuffle(part.body, draws)
        )

    def numbered(self, body: GapsBody) -> GapsBody:
        """Return the body with its gaps, and their options, called by their numbers."""
        numbers = {gap.key: number_key(index) for index, gap in enumerate(body.gaps)}
        source = GAP.sub(lambda mark: f"[[{numbers.get(mark[1], mark[1])}]]", body.text.source)
        gaps = (
            replace(
                gap, key=numbers[gap.key], choice=gap.choice and ChoiceOne().numbered(gap.choice)
            )
            for gap in body.gaps
        )
        return replace(body, text=replace(body.text, source=source), gaps=tuple(gaps))

    def with_texts(self, body: GapsBody, change: TextChange) -> GapsBody:
        """Return the body with each text changed."""
        gaps = (_gap_with_texts(gap, change) for gap in body.gaps)
        return replace(body, text=change(body.text), gaps=tuple(gaps))


def _given(response: Response | None) -> Mapping[str, str]:
    filled = expect(response, Filled)
    return dict(filled.gaps) if filled else {}


def _part(gap: Gap) -> _Part | None:
    """Return how the gap is filled, or None when that is not said or said twice."""
    parts: list[_Part] = []
    if gap.words is not None:
        parts.append(_Part(ShortText(), gap.words))
    if gap.number is not None:
        parts.append(_Part(Numeric(), gap.number))
    if gap.choice is not None:
        parts.append(_Part(ChoiceOne(), gap.choice, chooses=True))
    return parts[0] if len(parts) == 1 else None


def _gap_with_texts(gap: Gap, change: TextChange) -> Gap:
    return replace(
        gap,
        words=gap.words and ShortText().with_texts(gap.words, change),
        number=gap.number and Numeric().with_texts(gap.number, change),
        choice=gap.choice and ChoiceOne().with_texts(gap.choice, change),
    )
