"""Tables of statements and of the documents that content keeps beside them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant, Word
from app.core.storage.tables import Derived, Fact, Local, Scope


class DocumentKind(StrEnum):
    """What a document is kept for (xAPI Communication 2.2)."""

    STATE = "state"
    ACTIVITY_PROFILE = "activity_profile"
    AGENT_PROFILE = "agent_profile"


class StatementRow(Fact):
    """A statement, for good. Its `id` is the statement's own."""

    __tablename__ = "statement"
    __table_args__ = (
        sa.Index("ix_statement_stored", "stored", "id"),
        sa.Index("ix_statement_person", "person_id", "stored"),
    )
    table_scope = Scope.RECORDS

    stored: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"))
    """Who did it, when that is a person of this site."""
    refers_to: Mapped[UUID | None] = mapped_column(Id, index=True)
    """The statement that this one speaks of; it may not have arrived yet."""
    voids: Mapped[UUID | None] = mapped_column(Id, index=True)
    meaning: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    """Equal for statements that say the same."""
    document: Mapped[str] = mapped_column(sa.Text)
    """The statement as JSON, with every number as it was written. Text, so that nothing reads it anew."""


class StatementKeyRow(Derived):
    """What statements are found by: hashed verb, agent, activity, registration; rebuilt from them.

    A statement about another is found by the other's keys too: `origin_id` is whose key it is.
    """

    __tablename__ = "statement_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    stored: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    statement_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    origin_id: Mapped[UUID] = mapped_column(Id, primary_key=True)


class ActivityRow(Derived):
    """What is known of an activity: the definitions of all statements in one; rebuilt from them."""

    __tablename__ = "xapi_activity"

    key: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    definition: Mapped[str] = mapped_column(sa.Text)


class DocumentRow(Local):
    """A document as it is now on this PC; on disk before its writer is told so.

    What changed since it was last carried into the records is not `is_settled`; a deleted one
    without content waits for that too.
    """

    __tablename__ = "xapi_document"
    __table_args__ = (
        sa.Index("ix_xapi_document_place", "kind", "activity", "agent"),
        sa.Index("ix_xapi_document_unsettled", "is_settled"),
    )

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(Word(DocumentKind))
    activity: Mapped[str]
    agent: Mapped[str]
    """AgentKey text; "" for an activity's profile, as `activity` is for an agent's."""
    registration: Mapped[UUID | None] = mapped_column(Id)
    name: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    media_type: Mapped[str]
    etag: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(Instant)
    is_settled: Mapped[bool]


class DocumentVersionRow(Fact):
    """A document as it was at an end: of a launch, of the program, of a day. The newest one holds.

    This is how where somebody stopped travels with their records.
    """

    __tablename__ = "xapi_document_version"
    __table_args__ = (sa.Index("ix_xapi_document_version", "document_id", "at"),)
    table_scope = Scope.RECORDS

    document_id: Mapped[UUID] = mapped_column(Id)
    """UUIDv5 of kind, activity, agent, registration and name: the same on every PC."""
    kind: Mapped[DocumentKind] = mapped_column(Word(DocumentKind))
    activity: Mapped[str]
    agent: Mapped[str]
    registration: Mapped[UUID | None] = mapped_column(Id)
    name: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    """None: deleted."""
    media_type: Mapped[str]
