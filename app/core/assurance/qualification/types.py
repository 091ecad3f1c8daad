"""What qualifying takes and gives: frozen values."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.core.base.words import _, mark, plural


class QualificationPart(StrEnum):
    """What is qualified."""

    INSTALLATION = "iq"
    """Whether all that the program needs is there, as it was released."""
    OPERATION = "oq"
    """Whether it does what it says, in a site that is thrown away."""


class StepResult(StrEnum):
    """What came of a step."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not-applicable"
    """It could not be looked at here, and says why; it neither passes nor fails anything."""


PARTS = {
    QualificationPart.INSTALLATION: mark("Installation (IQ)"),
    QualificationPart.OPERATION: mark("Operation (OQ)"),
}
RESULTS = {
    StepResult.PASSED: mark("Passed"),
    StepResult.FAILED: mark("Failed"),
    StepResult.NOT_APPLICABLE: mark("Not applicable"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was looked at or tried; already worded, as it was when it was done."""

    key: str
    part: QualificationPart
    title: str
    expected: str
    actual: str
    result: StepResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A step of the operational qualification before it is done.

    `run` returns what was seen. It raises StepFailed, or whatever the program raises where it should not.
    """

    key: str
    title: str
    expected: str
    run: Callable[[], str]


class StepFailed(Exception):
    """What was seen is not what was expected."""

    def __init__(self, actual: str) -> None:
        super().__init__(actual)
        self.actual = actual


Rehearse = Callable[[], AbstractContextManager[Sequence[Trial]]]
"""Gives the trials, on sites that are thrown away when the context ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """A qualification that was done, with every step."""

    id: UUID
    parts: tuple[QualificationPart, ...]
    version: str
    """Of the program."""
    pc: str
    at: datetime
    by: str
    steps: tuple[Step, ...]
    is_signed: bool
    """Whether the site's key signed the report; only the PC that holds it can."""
    sha256: str
    """Of the report's file."""

    @property
    def is_passed(self) -> bool:
        """Tell whether no step failed."""
        return not self.failed

    @property
    def failed(self) -> tuple[Step, ...]:
        """Return the steps that failed."""
        return tuple(one for one in self.steps if one.result is StepResult.FAILED)

    def of(self, part: QualificationPart) -> Iterator[Step]:
        """Yield the steps of a part."""
        return (one for one in self.steps if one.part is part)


def parts_in_words(parts: Sequence[QualificationPart]) -> str:
    """Return what was qualified, in words."""
    return ", ".join(_(PARTS[one]) for one in parts)


def outcome_in_words(done: Qualification) -> str:
    """Return what came of a qualification, in a sentence."""
    if done.failed:
        return plural("{count} step failed.", "{count} steps failed.", len(done.failed))
    passed = sum(one.result is StepResult.PASSED for one in done.steps)
    told = plural("Passed: {count} step.", "Passed: {count} steps.", passed)
    left_out = len(done.steps) - passed
    if not left_out:
        return told
    rest = plural(
        "{count} could not be looked at here.", "{count} could not be looked at here.", left_out
    )
    return f"{told} {rest}"
