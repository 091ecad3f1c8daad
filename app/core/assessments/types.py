"""What assessments are made of: questions, quizzes, papers, responses, scores. Plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

NOTHING = Fraction(0)
EVERYTHING = Fraction(1)


class TextFormat(StrEnum):
    """How the source of a text is to be read."""

    PLAIN = "plain"
    HTML = "html"
    MARKDOWN = "markdown"


class MediaKind(StrEnum):
    """How a media file is shown."""

    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRef:
    """A picture, sound or film that belongs to a text. HTML and Markdown place it as `media:<name>`."""

    name: str
    sha256: str | None = None
    """The stored asset; None until the file has been found and stored."""
    kind: MediaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RichText:
    """A text as its author wrote it. Show it through `markup.shown_html`, never as it stands."""

    source: str = ""
    format: TextFormat = TextFormat.PLAIN
    media: tuple[MediaRef, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing to see or hear."""
        return not self.source.strip() and not self.media


NO_TEXT = RichText()


def plain(source: str) -> RichText:
    """Return `source` as a plain text."""
    return RichText(source=source)


class Credit(StrEnum):
    """What an answer earns that is right in part."""

    ALL_OR_NOTHING = "all_or_nothing"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is particular to a question's type; each type has a body class of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The texts of a question in another language, in the order of `translations.texts_of`.

    A blank one is not translated: learners get it in the main language.
    """

    language: str
    texts: tuple[RichText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of any type: what all have in common, and the body that its type reads."""

    type: str
    """The key of its question type."""
    name: str = ""
    """A short title for lists; learners do not see it."""
    stem: RichText = NO_TEXT
    body: Body
    feedback: RichText = NO_TEXT
    """Shown after the question whatever was answered."""
    points: int = 1
    critical: bool = False
    """Must be wholly right, or the attempt fails whatever else was earned."""
    tags: tuple[str, ...] = ()
    language: str = ""
    """Code of the language it is written in; empty when not said."""
    translations: tuple[Translation, ...] = ()
    """Its texts in other languages, each language once."""


# Responses: what a learner gave. Silence is None.


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The keys of the options that were ticked."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed, as it was typed."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """Pairs of (key of the prompt, key of the answer laid beside it)."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """The keys of the items in the order they were put."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Pairs of (key of the gap, what was typed there or the key of the option chosen)."""

    gaps: tuple[tuple[str, str], ...]


Response = Chosen | Typed | Paired | Ordered | Filled


class FeedbackPolicy(StrEnum):
    """When a learner sees what was right and why."""

    NONE = "none"
    AFTER_PASS = "after_pass"  # noqa: S105  not a password
    AFTER_ATTEMPT = "after_attempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a quiz that draws its questions from a pool."""

    title: str = ""
    pool: tuple[UUID, ...] = ()
    """Ids of question versions, in the order they are asked when nothing is shuffled."""
    draw: int | None = None
    """How many are drawn at random; None asks all."""
    minimum: Fraction | None = None
    """The share of the section's points without which the attempt fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizSettings:
    """The rules of a quiz."""

    pass_mark: Fraction = Fraction(4, 5)
    time_limit_seconds: int | None = None
    grace_seconds: int = 0
    """How long after the limit an attempt may still be handed in (a slow PC is not the learner's fault)."""
    outages_excluded: bool = True
    """Whether time without power, or with the PC locked by the program, is given back."""
    max_attempts: int | None = None
    cool_off_seconds: tuple[int, ...] = ()
    """Waiting time after the first failure, the second, …; the last holds for all that follow."""
    retrain_after_failures: int | None = None
    """After this many failures in a row the lesson must be taken again before the next attempt."""
    retake_after_pass: bool = False
    shuffle_questions: bool = True
    shuffle_options: bool = True
    feedback: FeedbackPolicy = FeedbackPolicy.AFTER_ATTEMPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """A set of questions with rules."""

    sections: tuple[Section, ...] = ()
    settings: QuizSettings = QuizSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperQuestion:
    """A question as one attempt shows it."""

    question_id: UUID
    section: int
    """Index of the section that drew it."""
    order: tuple[str, ...] = ()
    """Keys of what the question type lays out (options, items, answers), in the order shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The questions of one attempt in the order shown; quiz, questions and seed rebuild it exactly."""

    seed: int
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionScore:
    """What one question of an attempt earned."""

    question_id: UUID
    section: int
    earned: Fraction
    possible: int
    correct: bool
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionScore:
    """What one section of an attempt earned."""

    title: str
    earned: Fraction
    possible: int
    minimum: Fraction | None
    met: bool


class Shortfall(StrEnum):
    """Why an attempt did not pass."""

    BELOW_PASS_MARK = "below_pass_mark"  # noqa: S105  not a password
    SECTION_BELOW_MINIMUM = "section_below_minimum"
    CRITICAL_WRONG = "critical_wrong"
    NOTHING_ASKED = "nothing_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptScore:
    """What an attempt earned, exactly, and whether it passed."""

    earned: Fraction
    possible: int
    questions: tuple[QuestionScore, ...]
    sections: tuple[SectionScore, ...]
    critical_failed: tuple[UUID, ...]
    passed: bool
    reasons: tuple[Shortfall, ...]
    """Why it did not pass; empty when it did."""

    @property
    def share(self) -> Fraction:
        """Return what was earned of what was possible, 0 to 1."""
        return self.earned / self.possible if self.possible else NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAttempt:
    """What the retake policy must know of an attempt."""

    began_at: datetime
    ended_at: datetime | None
    """None while it is open."""
    passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A stretch of an attempt in which the learner could not work."""

    began_at: datetime
    ended_at: datetime | None
    """None while it lasts."""


def with_stored_media(text: RichText, stored: Mapping[str, str]) -> RichText:
    """Return `text` with the SHA-256 of each media file that `stored` knows by name."""
    return replace(
        text,
        media=tuple(replace(one, sha256=stored.get(one.name, one.sha256)) for one in text.media),
    )
