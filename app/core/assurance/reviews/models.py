"""The table of reviews of the audit trail."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Json
from app.core.storage.tables import NAMES, DoneBy, Fact, Scope


class AuditReviewRow(DoneBy, Fact):
    """Somebody looked at the audit trail of some days, wrote what they found, and signed it."""

    __tablename__ = "audit_review"
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    first_on: Mapped[date] = mapped_column(Day)
    last_on: Mapped[date] = mapped_column(Day)
    """The last day that was looked at."""
    entries: Mapped[int]
    """How many entries of those days there were when it was signed."""
    looked_at: Mapped[Any] = mapped_column(Json)
    """A list of [action or its beginning, entries]: what was looked at, and how many there were of it."""
    findings: Mapped[str] = mapped_column(sa.Text)
