"""Table of what a site asks to be signed, from a day on."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Word
from app.core.storage.tables import NAMES, Record, Scope
from app.core.training.signing.kinds import SigningRule


class SigningTermsRow(Record):
    """Which acts of training a site lets be signed from a day on, until later terms take over."""

    __tablename__ = "signing_terms"
    __table_args__ = (sa.UniqueConstraint("site_id", "from_on"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"waivers", "corrections", "evidence", "first_requirement_id"})

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    from_on: Mapped[date] = mapped_column(Day)
    waivers: Mapped[SigningRule] = mapped_column(Word(SigningRule), default=SigningRule.PLAIN)
    corrections: Mapped[SigningRule] = mapped_column(Word(SigningRule), default=SigningRule.PLAIN)
    evidence: Mapped[SigningRule] = mapped_column(Word(SigningRule), default=SigningRule.PLAIN)
    first_requirement_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    """What somebody must hold before their first signature; None: nothing."""
    reason: Mapped[str]
