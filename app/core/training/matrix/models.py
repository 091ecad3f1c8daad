"""Tables of the matrix: curricula, audiences, dated entries, the changes that made them (ADR 41)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant, Json, Word
from app.core.storage.tables import NAMES, Fact, Local, Record, Scope
from app.core.training.matrix.kinds import Need


class CurriculumRow(Record):
    """A named, ordered set of requirements and of other curricula."""

    __tablename__ = "curriculum"
    table_scope = Scope.CATALOGUE

    code: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    retired_on: Mapped[date | None] = mapped_column(Day)
    """First day on which nobody gets it any more; who has something of it keeps that."""


class CurriculumItemRow(Record):
    """What a curriculum holds, from a day up to, but not on, a day: a requirement or a curriculum."""

    __tablename__ = "curriculum_item"
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"to_on"})

    curriculum_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("curriculum.id"), index=True)
    requirement_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    part_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("curriculum.id"))
    """The curriculum that is a part of it, where it is no requirement."""
    position: Mapped[int]
    from_on: Mapped[date] = mapped_column(Day)
    to_on: Mapped[date | None] = mapped_column(Day)


class AudienceRow(Record):
    """A saved condition on people, under a name: a row of the matrix beside the job roles."""

    __tablename__ = "audience"
    __table_args__ = (sa.UniqueConstraint("site_id", "code"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"condition"})

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    """Whose it is: every site asks of its own people."""
    code: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    condition: Mapped[dict[str, Any]] = mapped_column(Json)
    """The tree of conditions (`enrolment.conditions`)."""
    retired_on: Mapped[date | None] = mapped_column(Day)
    """First day on which nobody is of it."""


class MatrixChangeRow(Fact):
    """The matrix was changed, all of it at once: by whom, why, from which day on, for how many people."""

    __tablename__ = "matrix_change"
    table_scope = Scope.CATALOGUE

    at: Mapped[datetime] = mapped_column(Instant)
    effective_on: Mapped[date] = mapped_column(Day)
    reason: Mapped[str]
    people: Mapped[int]
    """For how many it would change something, as was said before it was applied."""
    is_confirmed: Mapped[bool]
    """Whether somebody said that number."""
    by: Mapped[UUID | None] = mapped_column(Id)
    """The account."""
    by_name: Mapped[str]


class MatrixEntryRow(Record):
    """What one cell asks for, from a day on until a later entry of the cell takes over.

    A cell is a row (job role or audience) and a column (requirement or curriculum).
    """

    __tablename__ = "matrix_entry"
    __table_args__ = (sa.UniqueConstraint("cell", "from_on"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"need", "to_on"})

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    """Whose it is: every site asks of its own people."""
    cell: Mapped[str]
    """Row and column in one word, so that the same cell of two PCs is one thing (ADR 16)."""
    job_role_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("job_role.id"))
    audience_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("audience.id"))
    requirement_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    curriculum_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("curriculum.id"))
    need: Mapped[Need] = mapped_column(Word(Need))
    from_on: Mapped[date] = mapped_column(Day)
    to_on: Mapped[date | None] = mapped_column(Day)
    """First day on which it asks no more; None while nobody knows of one."""
    change_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("matrix_change.id"))
    """The change that wrote it."""
    is_settled: Mapped[bool] = mapped_column(default=False)
    """Whether somebody who knew that another PC had said something else for this day decided."""


class MatrixDraftRow(Local):
    """What somebody has marked in the grid and not applied yet, on this PC."""

    __tablename__ = "matrix_draft"

    account_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    edits: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    kept_at: Mapped[datetime] = mapped_column(Instant)
