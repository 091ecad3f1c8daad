"""Tables of drills. Who took part stands in the roll of the drill's session."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant, Word
from app.core.storage.tables import BY, NAMES, PERSONAL, DoneBy, Fact, Record, Scope
from app.core.training.drills.kinds import DrillEvent, DrillKind


class DrillRow(Record):
    """A session is a drill: of what, and in which shift."""

    __tablename__ = "drill"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), unique=True)
    drill: Mapped[DrillKind] = mapped_column(Word(DrillKind))
    shift: Mapped[str] = mapped_column(default="")


class DrillEventRow(Fact):
    """Something happened in a drill: it began, heads were counted, all clear."""

    __tablename__ = "drill_event"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    event: Mapped[DrillEvent] = mapped_column(Word(DrillEvent))
    at: Mapped[datetime] = mapped_column(Instant)
    expected: Mapped[int | None]
    counted: Mapped[int | None]
    missing: Mapped[str] = mapped_column(default="")
    """Who was missing, by name, as it was called out."""
    unexpected: Mapped[str] = mapped_column(default="")
    """Who was there and not expected, or why more heads were counted than that."""
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})


class DrillObservationRow(DoneBy, Fact):
    """Something that was seen in a drill, with a photo where there is one."""

    __tablename__ = "drill_observation"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    text: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    """Of the photo, in the asset store."""
    photo: Mapped[str] = mapped_column(default="")
    """What its file was called."""


class DrillRuleRow(Record):
    """How often a drill is due at a site, from a day on, until a later rule of its kind takes over."""

    __tablename__ = "drill_rule"
    __table_args__ = (sa.UniqueConstraint("site_id", "drill", "from_on"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"months"})

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    drill: Mapped[DrillKind] = mapped_column(Word(DrillKind))
    from_on: Mapped[date] = mapped_column(Day)
    months: Mapped[int]
    """Between drills; 0: none is due any more."""
    law: Mapped[str] = mapped_column(default="")
    """What asks for it, or the name of the rule set."""
