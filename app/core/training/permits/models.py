"""Tables of "May I?": tasks, what they ask for, who is under age, day passes, and kept checks (ADR 46)."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Word
from app.core.storage.tables import NAMES, DoneBy, Fact, Record, Scope
from app.core.training.permits.kinds import Proved, Verdict


class TaskRow(Record):
    """A machine or an operation: what somebody asks "may I?" about. Its code stands on its label."""

    __tablename__ = "task"
    __table_args__ = (sa.UniqueConstraint("site_id", "code"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"is_dangerous", "allows_supervision", "retired_on"})

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    """Whose machine it is."""
    code: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    org_unit_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "org_unit"})
    location: Mapped[str] = mapped_column(default="")
    is_dangerous: Mapped[bool] = mapped_column(default=False)
    """Whether nobody under 18 works there without a supervisor (Factories Act, 23)."""
    allows_supervision: Mapped[bool] = mapped_column(default=False)
    """Whether somebody in training may work there beside a person who may do it alone."""
    retired_on: Mapped[date | None] = mapped_column(Day)
    """First day on which nobody may do it any more."""


class TaskRequirementRow(Record):
    """A requirement that a task asks for: from a day up to, but not on, a day."""

    __tablename__ = "task_requirement"
    __table_args__ = (sa.UniqueConstraint("task_id", "requirement_id", "from_on"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"one_of", "to_on"})

    task_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("task.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"), index=True)
    from_on: Mapped[date] = mapped_column(Day)
    to_on: Mapped[date | None] = mapped_column(Day)
    one_of: Mapped[str] = mapped_column(default="")
    """Name of a set of which one is enough; "": it is needed itself."""


class YoungPersonRow(Record):
    """Somebody who is under 18 up to, but not on, a day. Nothing else is kept of their age."""

    __tablename__ = "young_person"
    __table_args__ = (sa.UniqueConstraint("person_id"),)
    table_scope = Scope.IDENTITY

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    adult_on: Mapped[date | None] = mapped_column(Day)
    """None: it was noted by mistake."""


class DayPassRow(DoneBy, Fact):
    """A visitor is here on a day, with an escort. The newest of a visitor and day counts."""

    __tablename__ = "day_pass"
    __table_args__ = (sa.Index("ix_day_pass_person_id_day", "person_id", "day"),)
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    day: Mapped[date] = mapped_column(Day, index=True)
    escort_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"))
    """None: the pass was taken back."""
    purpose: Mapped[str]
    induction: Mapped[str] = mapped_column(default="")
    """What a visitor read and acknowledged at the gate before it was given."""


class TaskCheckRow(DoneBy, Fact):
    """An answer that was kept: always where a supervisor was named, else where the site wants it."""

    __tablename__ = "task_check"
    table_scope = Scope.RECORDS

    task_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("task.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    supervisor_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"))
    supervisor_proved: Mapped[Proved | None] = mapped_column(Word(Proved))
    """How the supervisor proved that they are here; None: an earlier program did not ask."""
    verdict: Mapped[Verdict] = mapped_column(Word(Verdict))
    at_gate: Mapped[bool]
    """Whether it was asked at the gate, where nobody is signed in and a badge alone is shown."""


class GateRuleRow(Record):
    """How a site answers "May I?": whether without sign-in, and what is kept of it."""

    __tablename__ = "gate_rule"
    __table_args__ = (sa.UniqueConstraint("site_id"),)
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    is_open: Mapped[bool] = mapped_column(default=False)
    """Whether the sign-in page leads to the gate, which asks for no sign-in."""
    keeps_checks: Mapped[bool] = mapped_column(default=False)
    soon_days: Mapped[int] = mapped_column(default=30)
    """From so many days before expiry on, the answer says in how many days."""
    shown_seconds: Mapped[int] = mapped_column(default=10)
    """How long an answer stays on the gate's screen."""
