"""What a course is made of: the outline, edited as a draft and published whole.

Values only. An outline is kept as canonical JSON (`to_json`), so that its SHA-256 names it.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from uuid import UUID

import msgspec

from app.core.base.errors import UserFacingError
from app.core.base.ids import new_id
from app.core.base.words import _


class OutlineUnreadable(UserFacingError):
    """The JSON is not an outline."""

    def __init__(self) -> None:
        super().__init__(_("This course's outline cannot be read."), safe=_("Nothing was changed."))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRule:
    """When a lesson counts as done: both must be met.

    What `share` is of, the lesson's kind says: of a recording watched, of pages read, of a quiz
    passed (then 1), of a statement acknowledged (then 1).
    """

    share: Fraction = Fraction(1)
    active_seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A caption track beside a recording."""

    language: str
    asset: str
    """SHA-256, hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A lesson's content in one language."""

    language: str
    asset: str
    """SHA-256 of the file, hexadecimal."""
    title: str = ""
    captions: tuple[Caption, ...] = ()
    parts: tuple[str, ...] = ()
    """SHA-256 of the files that the content itself refers to (the pictures of a page)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonPlan:
    """One lesson of an outline."""

    key: UUID = field(default_factory=new_id)
    kind: str
    title: str
    titles: dict[str, str] = field(default_factory=dict)
    """The title in other languages, by language; a lesson may have one without a variant."""
    variants: tuple[Variant, ...] = ()
    seconds: int = 0
    """How long it takes, as far as is known; for "12 min left"."""
    rule: CompletionRule = field(default_factory=CompletionRule)
    is_required: bool = True
    is_locked_first: bool = True
    """First-view lock: no seeking past what was watched until the lesson is done."""
    body: dict[str, Any] = field(default_factory=dict)
    """The kind's own settings (a quiz's rules, a statement's text), as JSON values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A whole course."""

    title: str
    titles: dict[str, str] = field(default_factory=dict)
    """The title in other languages, by language."""
    description: str = ""
    descriptions: dict[str, str] = field(default_factory=dict)
    """The description in other languages, by language."""
    language: str = "en"
    topic: str = ""
    in_order: bool = True
    """Whether each lesson opens only when the required ones before it are done."""
    valid_months: int | None = None
    certificate: str | None = "classic"
    """The certificate template issued on completion; None issues none."""
    lessons: tuple[LessonPlan, ...] = ()

    def lesson(self, key: UUID) -> LessonPlan:
        """Return the lesson with this key. Raises KeyError."""
        for lesson in self.lessons:
            if lesson.key == key:
                return lesson
        raise KeyError(key)


def languages_of(outline: Outline) -> tuple[str, ...]:
    """Return the languages that a course can be learned in, its own first."""
    spoken = (variant.language for lesson in outline.lessons for variant in lesson.variants)
    return tuple(dict.fromkeys((outline.language, *spoken)))


def assets_of(outline: Outline) -> frozenset[str]:
    """Return the SHA-256 of every file that an outline names."""
    variants = [variant for lesson in outline.lessons for variant in lesson.variants]
    return frozenset(
        sha256
        for variant in variants
        for sha256 in (variant.asset, *variant.parts, *(c.asset for c in variant.captions))
    )


def to_json(outline: Outline) -> dict[str, Any]:
    """Return an outline as JSON values."""
    built: dict[str, Any] = msgspec.to_builtins(outline, enc_hook=_fraction_out)
    return built


def lesson_to_json(lesson: LessonPlan) -> dict[str, Any]:
    """Return one lesson as JSON values."""
    built: dict[str, Any] = msgspec.to_builtins(lesson, enc_hook=_fraction_out)
    return built


def from_json(document: dict[str, Any]) -> Outline:
    """Return the outline of JSON values. Raises OutlineUnreadable."""
    try:
        return msgspec.convert(document, Outline, dec_hook=_fraction_in)
    except (msgspec.ValidationError, ValueError, ZeroDivisionError) as error:
        raise OutlineUnreadable from error


def _fraction_out(value: object) -> str:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    raise TypeError(type(value))


def _fraction_in(kind: type, value: Any) -> Any:
    if kind is Fraction:
        return Fraction(value)
    raise TypeError(kind)
