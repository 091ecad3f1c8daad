"""Table of who owns which field of people."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.people.ownership.kinds import FieldOwner, OwnedField
from app.core.storage.columns import Id, Word
from app.core.storage.tables import NAMES, Record, Scope


class FieldOwnerRow(Record):
    """Who changes a field of people. Headquarters says so for all sites; alone, a site for itself."""

    __tablename__ = "field_owner"
    __table_args__ = (sa.UniqueConstraint("site_id", "field"),)
    table_scope = Scope.CATALOGUE

    site_id: Mapped[UUID] = mapped_column(Id, info={NAMES: "site"})
    """Who said so."""
    field: Mapped[OwnedField] = mapped_column(Word(OwnedField))
    owner: Mapped[FieldOwner] = mapped_column(Word(FieldOwner))
    reason: Mapped[str]
