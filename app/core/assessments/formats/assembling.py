"""From what a foreign file says to a question that can be asked, or the reason why it cannot."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.core.assessments.formats.base import BankFile, BankImport, BankQuestion, Problem
from app.core.assessments.formats.decoding import Decoded
from app.core.assessments.markup import clean, plain_text
from app.core.assessments.rules import question_problems
from app.core.assessments.stored import with_texts
from app.core.assessments.types import Question, RichText
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


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as a file says it."""

    question: Question
    notes: tuple[str, ...] = ()
    """What did not come through, as sentences; the question does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A question, or why there is none, and what was lost on the way."""

    question: BankQuestion | None
    problems: tuple[Problem, ...]


def make(source: Source, read: Callable[[], Draft]) -> Made:
    """Return the question that `read` finds; for what it finds cannot be asked, the reason."""
    try:
        draft = read()
    except NotAsked as error:
        return left_out(source, error.reason)
    except ValueError as error:  # a number of the file that is beyond all bounds
        return left_out(source, str(error))
    return assemble(source, draft)


def assemble(source: Source, draft: Draft) -> Made:
    """Return the question with its texts cleaned and its media named, if it can be asked."""
    cleaned, outside = _cleaned(draft.question)
    if faults := question_problems(cleaned):
        return left_out(source, " ".join(faults))
    notes = [*draft.notes, *map(_outside, outside)]
    kept = BankQuestion(
        question=cleaned,
        category=source.category,
        external_id=source.external_id,
        line=source.line,
    )
    return Made(question=kept, problems=tuple(_problem(source, one, lost=False) for one in notes))


def left_out(source: Source, reason: str) -> Made:
    """Return that there is no question, and why."""
    return Made(question=None, problems=(_problem(source, reason, lost=True),))


def collected(
    made: Iterable[Made],
    *,
    categories: Iterable[tuple[str, ...]] = (),
    encoding: str = "utf-8",
    files: tuple[BankFile, ...] = (),
) -> BankImport:
    """Return what a file holds: all that was made of it, in its order, each category once."""
    kept = list(made)
    return BankImport(
        questions=tuple(one.question for one in kept if one.question),
        problems=tuple(problem for one in kept for problem in one.problems),
        categories=tuple(dict.fromkeys(one for one in categories if one)),
        encoding=encoding,
        files=files,
    )


def how_read(decoded: Decoded) -> list[Made]:
    """Return what is to be said of how a text was read: something, where it had to be guessed."""
    if not decoded.guessed:
        return []
    reason = _("The file does not say how it is encoded; it was read as {encoding}.")
    text = reason.format(encoding=decoded.encoding)
    return [told(Problem(line=0, question_name="", reason=text, left_out=False))]


def told(problem: Problem) -> Made:
    """Return that something is to be said of the file, and no question to be had."""
    return Made(question=None, problems=(problem,))


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
