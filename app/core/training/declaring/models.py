"""The table of declarations."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant
from app.core.storage.tables import Fact, Scope


class DeclarationRow(Fact):
    """Somebody declared for themselves what a requirement has them declare: what a signature is bound to."""

    __tablename__ = "declaration"
    __table_args__ = (sa.Index("ix_declaration_person_id", "person_id", "requirement_id"),)
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    called: Mapped[str]
    """What the requirement was called then."""
    statement: Mapped[str]
    """The very words that were declared."""
    language: Mapped[str]
    """Code of the language of the words; "" where they are the site's own."""
    at: Mapped[datetime] = mapped_column(Instant)
    is_signed: Mapped[bool]
    witness_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"))
    """Who read it to somebody who needs that; None where nobody did."""
