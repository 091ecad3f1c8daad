"""What a form is made of: sections of steps, how often each stage, kept as canonical JSON.

Values only. SHA-256 of that JSON names a version.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import msgspec

from app.core.base.ids import new_id
from app.core.base.words import _
from app.core.storage.columns import canonical_json
from app.core.training.practicals.errors import FormUnreadable
from app.core.training.practicals.kinds import STAGES, Stage

MOST_STEPS = 200
MOST_SECTIONS = 50
MOST_TEXT = 500
MOST_ROUNDS = 20
MOST_RETRY_DAYS = 366
_SHA256 = re.compile(r"([0-9a-f]{64})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormStep:
    """One thing to be done."""

    key: UUID = field(default_factory=new_id)
    """The same step keeps its key from version to version."""
    text: str
    texts: dict[str, str] = field(default_factory=dict)
    """In other languages, by language."""
    is_critical: bool = False
    """Whether nobody is competent who has not done it."""
    picture: str = ""
    """SHA-256 of a stored picture; "" without one."""

    def text_in(self, language: str) -> str:
        """Return the text in a language, or as it is."""
        return self.texts.get(language, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """Steps under a heading; the heading may be empty."""

    title: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    steps: tuple[FormStep, ...] = ()

    def title_in(self, language: str) -> str:
        """Return the heading in a language, or as it is."""
        return self.titles.get(language, self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContent:
    """A whole form."""

    title: str
    titles: dict[str, str] = field(default_factory=dict)
    language: str = "en"
    note: str = ""
    """What the assessor reads first: place, material, limits."""
    notes: dict[str, str] = field(default_factory=dict)
    observed: int = 1
    """How many rounds of each stage come before the assessment."""
    guided: int = 1
    independent: int = 1
    renewal_from: Stage = Stage.ASSESSED
    """The first stage that is asked for again when it is renewed."""
    retry_days: int = 14
    """After how many days another try is proposed."""
    sections: tuple[FormSection, ...] = ()

    @property
    def steps(self) -> tuple[FormStep, ...]:
        """Return every step in order."""
        return tuple(step for section in self.sections for step in section.steps)

    def title_in(self, language: str) -> str:
        """Return the title in a language, or as it is."""
        return self.titles.get(language, self.title)

    def note_in(self, language: str) -> str:
        """Return the note in a language, or as it is."""
        return self.notes.get(language, self.note)

    def step(self, key: UUID) -> FormStep | None:
        """Return the step with a key."""
        return next((one for one in self.steps if one.key == key), None)

    def rounds_of(self, stage: Stage, number: int = 1) -> int:
        """Return how many rounds of a stage the n-th run of somebody asks for."""
        if stage is Stage.ASSESSED:
            return 1
        if number > 1 and STAGES.index(stage) < STAGES.index(self.renewal_from):
            return 0
        return {
            Stage.OBSERVED: self.observed,
            Stage.GUIDED: self.guided,
            Stage.INDEPENDENT: self.independent,
        }[stage]


def to_json(content: FormContent) -> dict[str, Any]:
    """Return a form as JSON values."""
    built: dict[str, Any] = msgspec.to_builtins(content)
    return built


def from_json(document: object) -> FormContent:
    """Return the form of JSON values. Raises FormUnreadable."""
    try:
        return msgspec.convert(document, FormContent)
    except (msgspec.ValidationError, ValueError) as error:
        raise FormUnreadable(str(error)) from error


def digest_of_form(document: dict[str, Any]) -> str:
    """Return SHA-256 of a form's JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(document).encode()).hexdigest()


def drafting_problems(content: FormContent) -> tuple[str, ...]:
    """Return what keeps a form from being kept as a draft, as sentences."""
    return tuple(_drafting_problems(content))


def publishing_problems(content: FormContent) -> tuple[str, ...]:
    """Return what keeps a form from being published, as sentences."""
    return (*drafting_problems(content), *_publishing_problems(content))


def with_kept_keys(new: FormContent, old: FormContent) -> FormContent:
    """Return a form whose steps are those of an older one where their texts are the same."""
    known: dict[str, list[UUID]] = {}
    for step in old.steps:
        known.setdefault(step.text, []).append(step.key)

    def kept(step: FormStep) -> FormStep:
        keys = known.get(step.text)
        return replace(step, key=keys.pop(0)) if keys else step

    sections = tuple(
        replace(section, steps=tuple(map(kept, section.steps))) for section in new.sections
    )
    return replace(new, sections=sections)


def _drafting_problems(content: FormContent) -> Iterator[str]:
    yield from _step_problems(content)
    yield from _count_problems(content)
    if any(len(text) > MOST_TEXT for text in _texts(content)):
        yield _("A text of the form is longer than {most} letters.").format(most=MOST_TEXT)
    if not all(_LANGUAGE.fullmatch(language) for language in _languages(content)):
        yield _("A language is written as hi or ta.")


def _step_problems(content: FormContent) -> Iterator[str]:
    steps = content.steps
    if len(steps) > MOST_STEPS or len(content.sections) > MOST_SECTIONS:
        yield _("A form has at most {most} steps.").format(most=MOST_STEPS)
    if len({step.key for step in steps}) < len(steps):
        yield _("Two steps have the same key.")
    if not all(_SHA256.fullmatch(step.picture) for step in steps):
        yield _("A picture is not named by its SHA-256.")


def _count_problems(content: FormContent) -> Iterator[str]:
    counts = (content.observed, content.guided, content.independent)
    if any(not 0 <= count <= MOST_ROUNDS for count in counts):
        yield _("Each stage is done 0 to {most} times.").format(most=MOST_ROUNDS)
    if not 0 <= content.retry_days <= MOST_RETRY_DAYS:
        yield _("Another try comes after 0 to {most} days.").format(most=MOST_RETRY_DAYS)


def _publishing_problems(content: FormContent) -> Iterator[str]:
    if not content.title.strip():
        yield _("The form has no title.")
    if not content.steps:
        yield _("The form has no steps yet.")
    if any(not step.text.strip() for step in content.steps):
        yield _("A step has no text.")


def _texts(content: FormContent) -> Iterator[str]:
    yield from (content.title, content.note, *content.titles.values(), *content.notes.values())
    for section in content.sections:
        yield from (section.title, *section.titles.values())
        for step in section.steps:
            yield from (step.text, *step.texts.values())


def _languages(content: FormContent) -> Iterable[str]:
    yield content.language
    yield from (*content.titles, *content.notes)
    for section in content.sections:
        yield from section.titles
        for step in section.steps:
            yield from step.texts
