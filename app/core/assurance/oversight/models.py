"""The table of what a site asks of its own looking."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id
from app.core.storage.tables import NAMES, Record, Scope


class OversightRuleRow(Record):
    """How often a site looks, from a day on, until a later rule takes over."""

    __tablename__ = "oversight_rule"
    __table_args__ = (sa.UniqueConstraint("site_id", "from_on"),)
    table_scope = Scope.IDENTITY
    regulated = frozenset({"review_days", "reader_days"})

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    from_on: Mapped[date] = mapped_column(Day)
    review_days: Mapped[int]
    """Within how many days after a month's end its trail is to be reviewed; 0: no review is asked for."""
    reader_days: Mapped[int]
    """After how many days a badge reader is to be tested again; 0: no test is asked for."""
