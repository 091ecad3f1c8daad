"""What a GIFT file says, item by item, before it becomes questions."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class GiftFormat(StrEnum):
    """How a text of the file is to be read; `moodle` is that system's mixture of plain text and HTML."""

    MOODLE = "moodle"
    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftText:
    """A text with its escapes undone."""

    source: str
    format: GiftFormat = GiftFormat.MOODLE


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftAnswer:
    """An option or an accepted text."""

    right: bool
    """Whether it was marked `=`."""
    weight: Decimal | None = None
    """In percent, as written."""
    text: GiftText
    feedback: GiftText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftNumber:
    """Accepted numbers: a value with its tolerance, or a range."""

    value: Decimal | None = None
    tolerance: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    weight: Decimal | None = None
    feedback: GiftText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftPair:
    """A prompt, blank for an answer that only misleads, and its answer."""

    prompt: GiftText
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftDescription:
    """A text that asks nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftEssay:
    """A question answered at length, which a person must mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftChoice:
    """Options."""

    answers: tuple[GiftAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftTruth:
    """True or false."""

    answer: bool
    wrong_feedback: GiftText | None = None
    right_feedback: GiftText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftWords:
    """Texts that are accepted."""

    answers: tuple[GiftAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftNumbers:
    """Numbers that are accepted, and what is said to all others."""

    numbers: tuple[GiftNumber, ...]
    other_feedback: GiftText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftPairs:
    """Pairs to be found."""

    pairs: tuple[GiftPair, ...]


GiftAsked = (
    GiftDescription | GiftEssay | GiftChoice | GiftTruth | GiftWords | GiftNumbers | GiftPairs
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCategory:
    """Where the questions that follow belong."""

    line: int
    title: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftItem:
    """One question of the file."""

    line: int
    name: str = ""
    stem: GiftText
    has_gap: bool = False
    """Whether the answers stood within the sentence, where five underscores stand now."""
    general_feedback: GiftText | None = None
    asked: GiftAsked
    external_id: str = ""
    tags: tuple[str, ...] = ()
