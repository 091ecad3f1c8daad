"""Answers are to be laid beside what they belong to."""

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from app.core.assessments.draws import Draws
from app.core.assessments.markup import plain_text
from app.core.assessments.question_types.arranged import ArrangedType
from app.core.assessments.question_types.base import (
    TextChange,
    credited,
    expect,
    key_problems,
    number_key,
    text_problems,
)
from app.core.assessments.types import NO_TEXT, NOTHING, Body, Credit, Paired, Response, RichText
from app.core.base.words import _, mark


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPrompt:
    """What stands fixed, and the key of the answer that belongs beside it."""

    key: str
    text: RichText
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchAnswer:
    """What is laid beside. One that no prompt names is there to mislead; one may serve several."""

    key: str
    text: RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingBody(Body):
    """Prompts and answers."""

    prompts: tuple[MatchPrompt, ...]
    answers: tuple[MatchAnswer, ...]
    credit: Credit = Credit.ALL_OR_NOTHING


class Matching(ArrangedType[MatchingBody]):
    """Pairs to be found."""

    key: ClassVar[str] = "matching"
    title: ClassVar[str] = mark("Matching")
    body_class = MatchingBody

    def blank(self) -> MatchingBody:
        """Return three empty pairs."""
        keys = [number_key(i) for i in range(3)]
        return MatchingBody(
            prompts=tuple(MatchPrompt(key=key, text=NO_TEXT, answer=key) for key in keys),
            answers=tuple(MatchAnswer(key=key, text=NO_TEXT) for key in keys),
        )

    def problems(self, body: MatchingBody) -> tuple[str, ...]:
        """Return what keeps it from being asked."""
        found = []
        if len(body.prompts) < 2 or len(body.answers) < 2:  # noqa: PLR2004
            found.append(_("There must be at least two pairs."))
        found.extend(key_problems([one.key for one in body.prompts]))
        found.extend(key_problems([one.key for one in body.answers]))
        texts = [*(one.text for one in body.prompts), *(one.text for one in body.answers)]
        found.extend(text_problems(texts, _("One side of a pair is empty.")))
        if not {one.answer for one in body.prompts} <= {one.key for one in body.answers}:
            found.append(_("A prompt has no answer."))
        return tuple(found)

    def score(self, body: MatchingBody, response: Response | None) -> Fraction:
        """Return the share of prompts that have their answer; a prompt paired twice has none."""
        paired = expect(response, Paired)
        if paired is None or not body.prompts:
            return NOTHING
        times = Counter(prompt for prompt, _answer in paired.pairs)
        given = {prompt: answer for prompt, answer in paired.pairs if times[prompt] == 1}
        right = sum(given.get(one.key) == one.answer for one in body.prompts)
        return credited(Fraction(right, len(body.prompts)), body.credit)

    def best_response(self, body: MatchingBody) -> Paired | None:
        """Return every prompt with its answer."""
        if not body.prompts:
            return None
        return Paired(pairs=tuple((one.key, one.answer) for one in body.prompts))

    def describe_response(self, body: MatchingBody, response: Response | None) -> str:
        """Return the pairs in words."""
        paired = expect(response, Paired)
        prompts = {one.key: plain_text(one.text) for one in body.prompts}
        answers = {one.key: plain_text(one.text) for one in body.answers}
        return "; ".join(
            f"{prompts.get(prompt, prompt)} → {answers.get(answer, answer)}"
            for prompt, answer in (paired.pairs if paired else ())
        )

    def as_written(self, body: MatchingBody) -> tuple[str, ...]:
        """Return the answers' keys in the author's order."""
        return tuple(one.key for one in body.answers)

    def shuffle(self, body: MatchingBody, draws: Draws) -> tuple[str, ...]:
        """Return the answers' keys in an order drawn at random; the prompts stay."""
        return draws.shuffled(self.as_written(body))

    def numbered(self, body: MatchingBody) -> MatchingBody:
        """Return the body with prompts and answers called by their numbers."""
        numbers = {one.key: number_key(index) for index, one in enumerate(body.answers)}
        prompts = (
            replace(one, key=number_key(index), answer=numbers.get(one.answer, one.answer))
            for index, one in enumerate(body.prompts)
        )
        answers = (replace(one, key=numbers[one.key]) for one in body.answers)
        return replace(body, prompts=tuple(prompts), answers=tuple(answers))

    def with_texts(self, body: MatchingBody, change: TextChange) -> MatchingBody:
        """Return the body with each text changed."""
        return replace(
            body,
            prompts=tuple(replace(one, text=change(one.text)) for one in body.prompts),
            answers=tuple(replace(one, text=change(one.text)) for one in body.answers),
        )
