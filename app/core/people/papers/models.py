"""The table of papers."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.people.papers.kinds import PaperKind
from app.core.storage.columns import Day, Id, Instant, Word
from app.core.storage.tables import NAMES, PERSONAL, Fact, Personal, Scope

_GOES = Personal("person_id", "")


class PersonPaperRow(Fact):
    """A paper was put to somebody's file, or taken out of it.

    Of those with one kind and title the last one stands; those before are its history.
    """

    __tablename__ = "person_paper"
    table_scope = Scope.IDENTITY

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    kind: Mapped[PaperKind] = mapped_column(Word(PaperKind))
    title: Mapped[str] = mapped_column(info={PERSONAL: _GOES})
    """Which of its kind: B.Pharm.; "" where there is one alone."""
    file_name: Mapped[str] = mapped_column(info={PERSONAL: _GOES})
    """As it was chosen."""
    dated_on: Mapped[date | None] = mapped_column(Day)
    """The day that stands on it; None where none was said."""
    content: Mapped[bytes] = mapped_column(
        sa.LargeBinary, info={PERSONAL: Personal("person_id", b"")}
    )
    """The file as it was given: PDF, PNG or JPEG; empty where it was taken out."""
    at: Mapped[datetime] = mapped_column(Instant)
    """Later than that of any paper of theirs that whoever wrote it knew of, whatever the clock said."""
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})
    """The account that put it there."""
