"""Tables of incidents: what was reported, and what was done about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.assurance.incidents.types import Severity
from app.core.storage.columns import Id, Instant, Json, Word
from app.core.storage.tables import NAMES, DoneBy, Fact, Scope


class IncidentRow(DoneBy, Fact):
    """Something that went wrong was reported."""

    __tablename__ = "incident"
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    title: Mapped[str]
    what: Mapped[str] = mapped_column(sa.Text)
    severity: Mapped[Severity] = mapped_column(Word(Severity))
    happened_at: Mapped[datetime] = mapped_column(Instant)
    entries: Mapped[Any] = mapped_column(Json)
    """Positions of entries of the journal that belong to it, as the audit trail names them."""


class IncidentStepRow(DoneBy, Fact):
    """Something was done about an incident; the step that closes it is signed."""

    __tablename__ = "incident_step"
    table_scope = Scope.IDENTITY

    incident_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("incident.id"), index=True)
    closes: Mapped[bool]
    cause: Mapped[str] = mapped_column(sa.Text)
    """Of a step that closes: why it came about; "" of others."""
    done: Mapped[str] = mapped_column(sa.Text)
    """What was done, or found out."""
