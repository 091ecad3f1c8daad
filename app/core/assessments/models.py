"""Tables of questions and of what people answered."""

from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant, Json, Share
from app.core.storage.tables import NAMES, Derived, DoneBy, Fact, Local, Record, Scope


class QuestionBankRow(Record):
    """A set of questions that quizzes draw from."""

    __tablename__ = "question_bank"
    table_scope = Scope.CATALOGUE

    code: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]


class QuestionRow(Record):
    """A question, of which versions are written."""

    __tablename__ = "question"
    table_scope = Scope.CATALOGUE

    bank_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("question_bank.id"), index=True)
    name: Mapped[str]
    position: Mapped[int]
    current_version_id: Mapped[UUID | None] = mapped_column(Id)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class QuestionVersionRow(Fact):
    """A question as it was asked, for good."""

    __tablename__ = "question_version"
    __table_args__ = (sa.Index("ix_question_version_question_id_number", "question_id", "number"),)
    table_scope = Scope.CATALOGUE

    question_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("question.id"))
    number: Mapped[int]
    type: Mapped[str]
    question: Mapped[dict[str, Any]] = mapped_column(Json)
    """The whole question (assessments.types.Question) as JSON."""
    written_at: Mapped[datetime] = mapped_column(Instant)


class BankStateRow(Fact):
    """A bank as it was submitted for approval: its questions in their order, each in one version."""

    __tablename__ = "bank_state"
    __table_args__ = (sa.Index("ix_bank_state_bank_id_number", "bank_id", "number"),)
    table_scope = Scope.CATALOGUE

    bank_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("question_bank.id"))
    number: Mapped[int]
    versions: Mapped[list[str]] = mapped_column(Json)
    """Ids of question versions."""
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Of the canonical JSON of the questions in full (bank_approving.py)."""
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)


class QuestionRescoreRow(Fact):
    """Somebody asks that a question be left out of every result, because it cannot be answered rightly.

    It counts once somebody else has approved and signed it. It goes where questions go, also to other
    sites: so it names an account, and nobody by name.
    """

    __tablename__ = "question_rescore"
    table_scope = Scope.CATALOGUE

    question_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("question.id"), index=True)
    versions: Mapped[list[str]] = mapped_column(Json)
    """Ids of the versions that are left out: all there were."""
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Of the canonical JSON of those versions (rescoring.py)."""
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})


class AttemptRow(Fact):
    """A try at a quiz, begun. Everything needed to rebuild its paper is here or is a fact."""

    __tablename__ = "attempt"
    __table_args__ = (
        sa.Index("ix_attempt_person_id_lesson_id_number", "person_id", "lesson_id", "number"),
    )
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    lesson_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("lesson.id"), index=True)
    number: Mapped[int]
    """From 1, per person and lesson; tries made on two PCs meanwhile may share one."""
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    began_at: Mapped[datetime] = mapped_column(Instant)
    language: Mapped[str] = mapped_column(default="en")


class AttemptOutageRow(Fact):
    """A stretch of an attempt in which the program was not running: found on return, given back."""

    __tablename__ = "attempt_outage"
    table_scope = Scope.RECORDS

    attempt_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("attempt.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime] = mapped_column(Instant)


class AttemptSeatRow(Local):
    """Where somebody sits in an open attempt on this PC, refreshed every few seconds."""

    __tablename__ = "attempt_seat"

    attempt_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    position: Mapped[int] = mapped_column(default=0)
    """Index of the question on screen."""
    flagged: Mapped[list[str]] = mapped_column(Json)
    """Ids of the questions marked to come back to."""


class ResponseRow(Fact):
    """What was given to one question. A later one for the same question replaces it.

    Responses lie with their attempt, by their key: each is one page to encrypt and to write, where
    a table with an index of its ids and one of their attempts was three, and an attempt is read
    from one place.
    """

    __tablename__ = "response"
    __table_args__ = ({"sqlite_with_rowid": False},)
    table_scope = Scope.RECORDS

    attempt_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("attempt.id"), primary_key=True)
    question_version_id: Mapped[UUID] = mapped_column(Id)
    response: Mapped[Any] = mapped_column(Json)
    share: Mapped[Fraction] = mapped_column(Share)
    """Earned, of the question's points, 0 to 1."""
    at: Mapped[datetime] = mapped_column(Instant)


class AttemptResultRow(Fact):
    """A try at a quiz, handed in and scored."""

    __tablename__ = "attempt_result"
    table_scope = Scope.RECORDS

    attempt_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("attempt.id"), unique=True)
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    ended_by: Mapped[str]
    """learner, or time."""
    score: Mapped[Fraction] = mapped_column(Share)
    """Of the points possible, 0 to 1, exact."""
    score_hundredths: Mapped[int]
    """The same in hundredths of a percent, rounded down: for sorting and averages in SQL."""
    passed: Mapped[bool]
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    """Points, sections, critical questions missed (assessments.types.AttemptScore)."""


class AttemptAnewRow(Derived):
    """The score that counts for an attempt instead of the one it was given: without questions left out."""

    __tablename__ = "attempt_anew"

    attempt_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    score: Mapped[Fraction] = mapped_column(Share)
    score_hundredths: Mapped[int]
    passed: Mapped[bool]
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    """As that of an attempt's result."""
    decisions: Mapped[list[str]] = mapped_column(Json)
    """Ids of the decisions (QuestionRescoreRow) that leave out what it asked."""


class AttemptUnlockRow(DoneBy, Fact):
    """A supervisor let somebody go on with a quiz: gave one more attempt, or ended the waiting."""

    __tablename__ = "attempt_unlock"
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    lesson_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("lesson.id"))
    adds_attempt: Mapped[bool]
    """Whether it gives an attempt, which also ends the waiting; else it ends the waiting only."""
    reason: Mapped[str]


class AttemptExtensionRow(DoneBy, Fact):
    """A supervisor gave more time for one attempt; several add up."""

    __tablename__ = "attempt_extension"
    table_scope = Scope.RECORDS

    attempt_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("attempt.id"), index=True)
    seconds: Mapped[int]
    reason: Mapped[str]


class ExtraTimeRow(DoneBy, Fact):
    """More time for one person at every quiz; the newest holds, and one of nothing ends it."""

    __tablename__ = "extra_time"
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    percent: Mapped[int]
    """Of a quiz's own time limit."""
    seconds: Mapped[int]
    reason: Mapped[str]
