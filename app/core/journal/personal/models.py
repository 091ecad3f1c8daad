"""The keys of people, of this PC only: what is sealed under one is gone when the last PC destroyed it."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id
from app.core.storage.tables import Local


class PersonKeyRow(Local):
    """A key under which entries say what is personal of somebody. Never in an entry.

    Mostly a person has one. Two PCs that wrote of somebody before either knew the other's key made two.
    """

    __tablename__ = "person_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    person_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    key: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)


class KeyWantedRow(Local):
    """Somebody of whom entries came that no key here opens: they stand under a pseudonym until it comes."""

    __tablename__ = "person_key_wanted"
    __table_args__ = ({"sqlite_with_rowid": False},)

    person_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
