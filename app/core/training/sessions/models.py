"""Tables of sessions: the plan is edited, everything that happens is a fact (ADR 43).

State, seats, waiting list and presence are derived, so that PCs that took the same roll apart agree.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column
from typing_extensions import override

from app.core.storage.columns import Id, Instant, Json, Word
from app.core.storage.tables import BY, NAMES, PERSONAL, DoneBy, Fact, Record, Scope
from app.core.training.sessions.kinds import GroupQuiz, Method, RollMark, SessionEvent, SessionKind


class ClassSessionRow(Record):
    """People come together to be taught, to talk for some minutes, or for a drill."""

    __tablename__ = "class_session"
    __table_args__ = (sa.Index("ix_class_session_starts_at", "starts_at", "site_id"),)
    table_scope = Scope.RECORDS
    regulated = frozenset({"threshold"})

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    kind: Mapped[SessionKind] = mapped_column(Word(SessionKind))
    title: Mapped[str]
    venue: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    seats: Mapped[int | None]
    """None: as many as come."""
    threshold: Mapped[int]
    """Of the time, in per cent, that somebody must have been there to be credited."""
    course_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("course.id"))
    """What is shown."""
    quiz: Mapped[GroupQuiz] = mapped_column(Word(GroupQuiz), default=GroupQuiz.NONE)
    planned_at: Mapped[datetime] = mapped_column(Instant)


class SessionRequirementRow(Record):
    """A requirement that a session proves."""

    __tablename__ = "session_requirement"
    __table_args__ = (sa.UniqueConstraint("session_id", "requirement_id"),)
    table_scope = Scope.RECORDS
    regulated = frozenset({"ended_at"})

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was taken off the plan."""


class SessionTrainerRow(Fact):
    """Somebody leads a session, or no longer does: the newest line of a name counts."""

    __tablename__ = "session_trainer"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    account_id: Mapped[UUID | None] = mapped_column(Id)
    """With which they sign; None for who comes from outside."""
    name: Mapped[str] = mapped_column(default="")
    """Of who comes from outside."""
    leads: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Instant)


class SessionInvitationRow(DoneBy, Fact):
    """Somebody is on a session's list from here on, or no longer. Who came first has a seat first."""

    __tablename__ = "session_invitation"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    is_on: Mapped[bool]


class SessionEventRow(Fact):
    """Something happened to a session as a whole."""

    __tablename__ = "session_event"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    event: Mapped[SessionEvent] = mapped_column(Word(SessionEvent))
    at: Mapped[datetime] = mapped_column(Instant)
    began_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """Of one that was held: from when to when; of one called off, how far it had come by then."""
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})


class AttendanceRow(Fact):
    """A line of the roll. A correction is a line more, which names the one that it takes the place of."""

    __tablename__ = "session_attendance"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    mark: Mapped[RollMark] = mapped_column(Word(RollMark))
    at: Mapped[datetime] = mapped_column(Instant)
    """When they came or went."""
    method: Mapped[Method] = mapped_column(Word(Method))
    corrects_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("session_attendance.id"))
    reason: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})


class SessionSigningRow(DoneBy, Fact):
    """The attendance as a trainer signed it: the signature is bound to this."""

    __tablename__ = "session_signing"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime] = mapped_column(Instant)
    people: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """Of each who came: id, seconds there, outcome, and who entered what was entered by hand."""

    @override
    def stands_for(self, session: Session) -> Iterator[Fact | Record]:
        """Yield the plan, what it proves, who led it, when it was, the lines of the roll, what was shown."""
        yield session.get_one(ClassSessionRow, self.session_id)
        for part in _PARTS:
            of_session: sa.Select[Any] = sa.select(part).where(part.session_id == self.session_id)
            yield from session.scalars(of_session)


class SessionWaitRow(Fact):
    """Signed attendance that does not count for a requirement yet, and what for: all of it has to come."""

    __tablename__ = "session_wait"
    __table_args__ = (sa.Index("ix_session_wait_pair", "person_id", "requirement_id"),)
    table_scope = Scope.RECORDS

    signing_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("session_signing.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    for_quiz: Mapped[bool]
    """They have to pass the quiz of the class."""
    for_second: Mapped[bool]
    """Somebody else has to confirm what was entered by hand."""
    at: Mapped[datetime] = mapped_column(Instant)


class SessionVerdictRow(DoneBy, Fact):
    """Somebody else confirmed attendance that was entered by hand, or refused it (Annex 11, 6)."""

    __tablename__ = "session_verdict"
    table_scope = Scope.RECORDS

    signing_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("session_signing.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    is_accepted: Mapped[bool]
    reason: Mapped[str]


class SessionRoomRow(DoneBy, Fact):
    """Who led a session decided whether it counts for somebody who was on another roll meanwhile.

    The newest of a session and person stands, until they are signed for (ADR 83).
    """

    __tablename__ = "session_room"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    is_accepted: Mapped[bool]
    """Whether it counts here, too."""
    reason: Mapped[str]


class SessionSheetRow(DoneBy, Fact):
    """A sign-in sheet was made: who stands on which line of it, so that a scan is read as it was printed."""

    __tablename__ = "session_sheet"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    people: Mapped[list[str]] = mapped_column(Json)
    """Ids, line by line over all pages."""


class SessionPaperRow(DoneBy, Fact):
    """A scanned sheet of a session: the picture is an asset, what was read of it stands beside."""

    __tablename__ = "session_paper"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    page: Mapped[int | None]
    """None where its code could not be read."""
    sha256: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str]


class SessionPaceRow(Fact):
    """A lesson was shown to all who were there, from when to when."""

    __tablename__ = "session_pace"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    lesson_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("lesson.id"))
    from_at: Mapped[datetime] = mapped_column(Instant)
    to_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})


class SessionTallyRow(DoneBy, Fact):
    """How many knew the answer, by show of hands; the newest count of a question stands."""

    __tablename__ = "session_tally"
    table_scope = Scope.RECORDS

    session_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("class_session.id"), index=True)
    question: Mapped[str]
    knew: Mapped[int]
    missed: Mapped[int]


_PARTS = (
    SessionRequirementRow,
    SessionTrainerRow,
    SessionEventRow,
    AttendanceRow,
    SessionPaceRow,
    SessionTallyRow,
)
"""What a signed roll stands for besides the plan."""
