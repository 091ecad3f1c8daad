"""The table of what a site's people find in the catalogue."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Word
from app.core.storage.tables import NAMES, Record, Scope
from app.core.training.kinds import Offering


class OfferRow(Record):
    """Whether a site's people may have a requirement of themselves, and which of them."""

    __tablename__ = "catalogue_offer"
    __table_args__ = (sa.UniqueConstraint("site_id", "requirement_id"),)
    table_scope = Scope.CATALOGUE

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    """Whose it is: every site offers to its own people."""
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"), index=True)
    offering: Mapped[Offering] = mapped_column(Word(Offering, otherwise=Offering.NOT_OFFERED))
    audience_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("audience.id"))
    """Only who is of it finds it; None: everybody here."""
