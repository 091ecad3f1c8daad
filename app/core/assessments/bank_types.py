"""What question banks hand out: banks and questions in lists, an import in the making, what a quiz lacks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from app.core.assessments.formats import BankImport, Problem
from app.core.assessments.types import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class BankSummary:
    """A question bank in a list."""

    id: UUID
    code: str
    title: str
    questions: int
    """How many are in use."""
    withdrawn: int
    changed_at: datetime | None
    """When a question was last written; None while there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankEntry:
    """A question of a bank, as it stands now."""

    id: UUID
    bank_id: UUID
    version_id: UUID
    number: int
    """Of the version, from 1."""
    position: int
    title: str
    question: Question
    written_at: datetime
    is_withdrawn: bool


class EntryState(StrEnum):
    """Whether a question is asked by new quizzes."""

    IN_USE = "in_use"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankReport:
    """What would become of a file of questions. Nothing has been written."""

    path: Path
    title: str
    """Of the bank it would make."""
    format: str
    """Key of the bank format it was read as."""
    counts: Mapping[str, int]
    """How many questions of each type."""
    problems: tuple[Problem, ...]
    missing: tuple[str, ...]
    """Names of pictures and sounds that do not lie beside the file."""
    files: Mapping[str, Path] = field(repr=False)
    found: BankImport = field(repr=False)

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """Return the questions that would not come in, each with its reason."""
        return tuple(one for one in self.problems if one.left_out)

    @property
    def can_import(self) -> bool:
        """Tell whether there is at least one question to import."""
        return bool(self.found.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizBank:
    """A bank that a quiz draws from, and what has changed in it since the quiz took its questions."""

    id: UUID
    title: str
    code: str
    """Tells banks of one title apart."""
    changed: int
    """Questions of which there is a newer version."""
    withdrawn: int
    added: int

    @property
    def total(self) -> int:
        """Return how many questions are not as the quiz has them."""
        return self.changed + self.withdrawn + self.added
