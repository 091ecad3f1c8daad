"""From what a foreign file says to a question that can be asked, or the reason why it cannot."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from app.core.assessments.formats.base import BankQuestion, Problem
from app.core.assessments.markup import clean, plain_text
from app.core.assessments.question_types.choice_many import ChoiceCredit, ChoiceManyBody
from app.core.assessments.question_types.options import Option
from app.core.assessments.rules import question_problems
from app.core.assessments.stored import with_texts
from app.core.assessments.types import EVERYTHING, NOTHING, Question, RichText
from app.core.base.words import _

CRITICAL_TAG = "critical"
"""A tag of ours: the question must be right, whatever else was earned. Other systems show it as a tag."""
_LONGEST_NAME = 60


class NotAsked(Exception):
    """Something in a file cannot be asked here; the reason is a sentence for people."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where in a file a question stands, and what surrounds it."""

    name: str = ""
    """How it is called when something is said of it."""
    category: tuple[str, ...] = ()
    external_id: str = ""
    line: int = 0
    notes: tuple[str, ...] = field(default=())
    """What did not come through, as sentences; the question does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A question, or why there is none, and what was lost on the way."""

    question: BankQuestion | None
    problems: tuple[Problem, ...]


def assemble(question: Question, source: Source) -> Made:
    """Return the question with its texts cleaned and its media named, if it can be asked."""
    cleaned, outside = _cleaned(question)
    if faults := question_problems(cleaned):
        return left_out(source, " ".join(faults))
    notes = [*source.notes, *map(_outside, outside)]
    kept = BankQuestion(
        question=cleaned,
        category=source.category,
        external_id=source.external_id,
        line=source.line,
    )
    return Made(question=kept, problems=tuple(_problem(source, one, lost=False) for one in notes))


def choice_by_weights(options: tuple[Option, ...]) -> ChoiceManyBody:
    """Return a choice of several whose options carry weights.

    Weights by which each wrong option takes as much as each right one gives are our rule of credit
    in part, and are kept as that.
    """
    right = [one for one in options if one.share > 0]
    each = Fraction(1, max(len(right), 1))
    even = all(abs(one.share) == each for one in options) and len(right) < len(options)
    if not even:
        return ChoiceManyBody(options=options, credit=ChoiceCredit.WEIGHTED)
    plain = tuple(replace(one, share=EVERYTHING if one.share > 0 else NOTHING) for one in options)
    return ChoiceManyBody(options=plain, credit=ChoiceCredit.PARTIAL)


def left_out(source: Source, reason: str) -> Made:
    """Return that there is no question, and why."""
    return Made(question=None, problems=(_problem(source, reason, lost=True),))


def name_of(question: Question) -> str:
    """Return what to call a question that has no name of its own."""
    return question.name or plain_text(question.stem)[:_LONGEST_NAME]


def split_tags(tags: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """Return the tags without the one that says that a question is critical, and whether it is."""
    every = tuple(dict.fromkeys(one.strip() for one in tags if one.strip()))
    return tuple(one for one in every if one != CRITICAL_TAG), CRITICAL_TAG in every


def joined_tags(question: Question) -> tuple[str, ...]:
    """Return the tags as other systems carry them, with the one that says that it is critical."""
    tags = tuple(one for one in question.tags if one != CRITICAL_TAG)
    return (*tags, CRITICAL_TAG) if question.critical else tags


def _cleaned(question: Question) -> tuple[Question, list[str]]:
    outside: list[str] = []

    def cleaned(text: RichText) -> RichText:
        result = clean(text)
        outside.extend(result.outside)
        return result.text

    return with_texts(question, cleaned), outside


def _outside(address: str) -> str:
    return _("A file does not come with the question: {address}").format(address=address)


def _problem(source: Source, reason: str, *, lost: bool) -> Problem:
    return Problem(line=source.line, question_name=source.name, reason=reason, left_out=lost)
