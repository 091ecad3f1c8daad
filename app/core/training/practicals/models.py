"""Tables of practicals: forms, who may assess, and everything that was seen, concluded and signed.

What happened is facts, so that two assessors on two PCs lose nothing; where somebody stands is derived
from them (`deriving`).
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column
from typing_extensions import override

from app.core.storage.columns import Day, Id, Instant, Json, Word
from app.core.storage.tables import BY, PERSONAL, DoneBy, Fact, Record, Scope
from app.core.training.practicals.kinds import AssessmentVerdict, Hand, Stage, StepMark


class PracticalFormRow(Record):
    """The form of a requirement of type practical, with the draft that is being worked on."""

    __tablename__ = "practical_form"
    __table_args__ = (sa.UniqueConstraint("requirement_id"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"assessor_holds_id"})

    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    title: Mapped[str]
    """Of the draft while there is no version, else of the newest version."""
    draft: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """The content (`forms`) in work; None when there is nothing unpublished."""
    current_version_id: Mapped[UUID | None] = mapped_column(Id)
    assessor_holds_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    """What who assesses must hold themselves."""


class PracticalVersionRow(Fact):
    """A form as it was published, for good."""

    __tablename__ = "practical_version"
    table_scope = Scope.CATALOGUE

    form_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("practical_form.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Of the content's canonical JSON."""
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by: Mapped[UUID | None] = mapped_column(Id)
    note: Mapped[str]


class AssessorAppointmentRow(DoneBy, Fact):
    """Somebody may assess a practical from a day on; a renewal is another appointment."""

    __tablename__ = "assessor_appointment"
    __table_args__ = (
        sa.Index("ix_assessor_appointment_pair", "person_id", "requirement_id"),
    )  # fmt: skip
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"), index=True)
    from_on: Mapped[date] = mapped_column(Day)
    until_on: Mapped[date | None] = mapped_column(Day)
    """Last day, the whole of it; None: until it is ended."""
    reason: Mapped[str]


class AssessorEndRow(DoneBy, Fact):
    """An appointment holds no more from a day on."""

    __tablename__ = "assessor_end"
    table_scope = Scope.RECORDS

    appointment_id: Mapped[UUID] = mapped_column(
        Id, sa.ForeignKey("assessor_appointment.id"), index=True
    )
    end_on: Mapped[date] = mapped_column(Day)
    """First day on which it holds no more."""
    reason: Mapped[str]


class PracticalRunRow(Record):
    """One way of somebody through a practical, up to being competent; the next renews it.

    The same run of a pair is one thing, wherever it was opened (ADR 16).
    """

    __tablename__ = "practical_run"
    __table_args__ = (sa.UniqueConstraint("person_id", "requirement_id", "number"),)
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"), index=True)
    number: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(Instant)


class PracticalRoundRow(Fact):
    """Once through the steps, at a stage, watched by one assessor."""

    __tablename__ = "practical_round"
    table_scope = Scope.RECORDS

    run_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("practical_run.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("practical_version.id"))
    stage: Mapped[Stage] = mapped_column(Word(Stage))
    at: Mapped[datetime] = mapped_column(Instant)
    assessor_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})


class PracticalMarkRow(DoneBy, Fact):
    """What was seen of a step in a round; the newest of a step counts, all are kept."""

    __tablename__ = "practical_mark"
    table_scope = Scope.RECORDS

    round_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("practical_round.id"), index=True)
    step: Mapped[UUID] = mapped_column(Id)
    """The step's key in the version of the round."""
    mark: Mapped[StepMark] = mapped_column(Word(StepMark))
    remark: Mapped[str]
    photo: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of a stored picture; "" without one."""


class PracticalResultRow(Fact):
    """What an assessment came to. It counts once the learner and the assessor have signed it."""

    __tablename__ = "practical_result"
    table_scope = Scope.RECORDS

    round_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("practical_round.id"), index=True)
    verdict: Mapped[AssessmentVerdict] = mapped_column(Word(AssessmentVerdict))
    remark: Mapped[str]
    retry_on: Mapped[date | None] = mapped_column(Day)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Of what was seen and concluded (`deriving.digest_of`)."""
    at: Mapped[datetime] = mapped_column(Instant)
    assessor_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})


class PracticalSigningRow(Fact):
    """One of the two signed a result: what their electronic signature is bound to."""

    __tablename__ = "practical_signing"
    table_scope = Scope.RECORDS

    result_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("practical_result.id"), index=True)
    hand: Mapped[Hand] = mapped_column(Word(Hand))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """As in the result: the signature covers what was seen through it."""
    verdict: Mapped[AssessmentVerdict] = mapped_column(Word(AssessmentVerdict))
    at: Mapped[datetime] = mapped_column(Instant)
    signer_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    by: Mapped[UUID | None] = mapped_column(Id)

    @override
    def stands_for(self, session: Session) -> Iterator[Fact | Record]:
        """Yield the result, whose it is, the round, its form as published, and all marks of the round."""
        result = session.get_one(PracticalResultRow, self.result_id)
        watched = session.get_one(PracticalRoundRow, result.round_id)
        yield result
        yield watched
        yield session.get_one(PracticalRunRow, watched.run_id)
        yield session.get_one(PracticalVersionRow, watched.version_id)
        yield from session.scalars(
            sa.select(PracticalMarkRow).where(PracticalMarkRow.round_id == watched.id)
        )


class PracticalPaperRow(DoneBy, Fact):
    """The scan of a form that was filled on paper, kept with the practical that its code names."""

    __tablename__ = "practical_paper"
    __table_args__ = (sa.Index("ix_practical_paper_pair", "person_id", "requirement_id"),)
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    version_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("practical_version.id"))
    run: Mapped[int]
    """Which way through the practical the form was printed for."""
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Of the stored file."""
    name: Mapped[str]
    """Of the file as it was chosen."""
    media_type: Mapped[str]


class PracticalRequestRow(Fact):
    """A learner asks to be watched or assessed; the next round answers it."""

    __tablename__ = "practical_request"
    __table_args__ = (sa.Index("ix_practical_request_pair", "person_id", "requirement_id"),)
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    wanted_on: Mapped[date | None] = mapped_column(Day)
    note: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)


class PracticalRefusalRow(DoneBy, Fact):
    """Somebody wanted to watch, conclude or sign who may not: kept for whoever looks after safety."""

    __tablename__ = "practical_refusal"
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    deed: Mapped[str]
    reason: Mapped[str]
