"""Sessions as trainers see them: planned, the roll taken, shown, signed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day, start_of
from app.core.content import AssetStore
from app.core.courses import Releases
from app.core.journal import Site
from app.core.learning import Learning
from app.core.people.shifts import at_times
from app.core.training.models import RequirementRow
from app.core.training.sessions.confirming import Confirming
from app.core.training.sessions.kinds import SessionKind, SessionState
from app.core.training.sessions.models import (
    ClassSessionRow,
    SessionPaperRow,
    SessionRequirementRow,
    SessionTrainerRow,
)
from app.core.training.sessions.papers import SessionPapers
from app.core.training.sessions.planning import Planning
from app.core.training.sessions.quizzing import ClassQuizzes
from app.core.training.sessions.reading import (
    Held,
    events_of,
    held_when,
    proves,
    roll_of,
    session_row,
    signed_of,
    signings_of,
    summary,
    trainers_of,
)
from app.core.training.sessions.rolling import Rolling
from app.core.training.sessions.rooms import Rooms, with_rooms
from app.core.training.sessions.showing import Showing, tallies_of
from app.core.training.sessions.signing import SessionSigning
from app.core.training.sessions.standing import as_it_stands, gone_from
from app.core.training.sessions.suggesting import Suggesting
from app.core.training.sessions.trainers import leads
from app.core.training.sessions.types import (
    OnRoll,
    Outcome,
    PastEvent,
    ScannedPage,
    SessionDetail,
    SessionPlan,
    SessionSummary,
)

_MOST = 400
_LONGEST = timedelta(days=14)
_UNSIGNED = frozenset({SessionState.OPEN, SessionState.HELD})


class Sessions:
    """Everything about sessions. Who may see and run them: holders of ASSIGN."""

    def __init__(
        self, site: Site, releases: Releases, learning: Learning, assets: AssetStore
    ) -> None:
        self._site = site
        self.planning = Planning(site, releases)
        self.suggesting = Suggesting(site)
        self.rolling = Rolling(site)
        self.rooms = Rooms(site)
        self.papers = SessionPapers(site, assets, self.rolling)
        self.showing = Showing(site, releases, learning)
        self.quizzes = ClassQuizzes(site, releases, learning)
        self.signing = SessionSigning(site, self.showing, self.quizzes)
        self.confirming = Confirming(site, self.showing, self.quizzes)

    def between(
        self,
        actor: Actor,
        first: date,
        last: date,
        kinds: frozenset[SessionKind] = frozenset({SessionKind.CLASS, SessionKind.TALK}),
        proving: Collection[UUID] = (),
    ) -> tuple[SessionSummary, ...]:
        """Return the sessions that start within some days, by start; of this site alone.

        `proving`: only those that prove one of these requirements. At most the 400 that start last.
        """
        actor.require_anywhere(Capability.ASSIGN)
        begin, end = start_of(first), start_of(last + timedelta(days=1))
        with self._site.read() as session:
            rows = session.scalars(
                sa.select(ClassSessionRow)
                .where(
                    ClassSessionRow.starts_at >= begin,
                    ClassSessionRow.starts_at < end,
                    ClassSessionRow.kind.in_(sorted(kinds)),
                    *_that_prove(proving),
                    _of_site(self._site),
                )
                .order_by(ClassSessionRow.starts_at.desc(), ClassSessionRow.id)
                .limit(_MOST)
            ).all()
            return tuple(summary(session, row) for row in reversed(rows))

    def led_today(self, actor: Actor) -> tuple[SessionSummary, ...]:
        """Return the classes and talks that the actor leads and has not signed: of today, and of the days
        before those that go on, or whose roll is open or to be signed."""
        actor.require_anywhere(Capability.ASSIGN)
        now, today = self._site.clock.now(), local_day(self._site.clock)
        begin, end = start_of(today - _LONGEST), start_of(today + timedelta(days=1))
        with self._site.read() as session:
            rows = session.scalars(
                sa.select(ClassSessionRow)
                .where(
                    ClassSessionRow.starts_at >= begin,
                    ClassSessionRow.starts_at < end,
                    ClassSessionRow.kind != SessionKind.DRILL,
                    _of_site(self._site),
                    _names_as_trainer(actor),
                )
                .order_by(ClassSessionRow.starts_at, ClassSessionRow.id)
            ).all()
            found = [
                summary(session, row)
                for row in rows
                if any(leads(one, actor) for one in trainers_of(session, row.id))
            ]
        return tuple(
            one
            for one in found
            if one.state in _UNSIGNED
            or (
                one.state is SessionState.PLANNED
                and (one.ends_at > now or one.starts_at >= start_of(today))
            )
        )

    def detail(self, actor: Actor, session_id: UUID) -> SessionDetail:
        """Return a session with everybody who is on it. Raises NotFound."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            row = session_row(session, session_id)
            events = events_of(session, session_id)
            held = held_when(row, events, self._site.clock.now())
            signings = signings_of(session, session_id)
            roll = self._roll(session, row, held)
            gone = gone_from(session, session_id)
            queue = self.quizzes.queue_of(session, row)
            return SessionDetail(
                summary=summary(session, row),
                threshold=row.threshold,
                quiz=row.quiz,
                course_id=row.course_id,
                course=_code_of_course(session, row),
                requirements=proves(session, row),
                trainers=trainers_of(session, session_id),
                roll=tuple(_as_it_counts(one, gone.get(one.person_id)) for one in roll),
                began_at=held.began,
                ended_at=held.ended if held.is_over else None,
                events=tuple(
                    PastEvent(event=one.event, at=one.at, by_name=one.by_name, reason=one.reason)
                    for one in events
                ),
                signed=as_it_stands(session, session_id, signed_of(session, signings), gone),
                signed_on=tuple(dict.fromkeys(one.at.astimezone().date() for one in signings)),
                signings=tuple(one.id for one in signings),
                shown=self.showing.shown(session, row),
                tallies=tallies_of(session, session_id),
                quiz_queue=queue,
                revised=self.showing.revised(session, row, queue),
                papers=_papers(session, session_id),
            )

    def _roll(self, session: Session, row: ClassSessionRow, held: Held) -> tuple[OnRoll, ...]:
        """Return the roll with who was elsewhere meanwhile, and how their shifts lie before it is over."""
        roll = with_rooms(session, row, roll_of(session, row, held), self._site.clock.now())
        if held.is_over or row.kind is SessionKind.DRILL:
            return roll
        ids, here = (one.person_id for one in roll), self._site.site_id
        hours = at_times(session, here, ids, row.starts_at, row.ends_at)
        return tuple(replace(one, hours=hours[one.person_id]) for one in roll)

    def talk(
        self, actor: Actor, topic: str, minutes: int, requirements: tuple[str, ...] = ()
    ) -> UUID:
        """Begin a toolbox talk of some minutes: planned, and its roll open at once; return its id.

        Raises TrainingRefused.
        """
        actor.require_anywhere(Capability.ASSIGN)
        now: datetime = self._site.clock.now()
        plan = SessionPlan(
            title=topic,
            kind=SessionKind.TALK,
            starts_at=now,
            ends_at=now + timedelta(minutes=minutes),
            requirements=requirements,
            threshold=0,
        )
        with self._site.transaction(actor, "session.talk") as unit:
            session_id = self.planning.plan_in(unit, actor, plan)
            self.rolling.open_in(unit, actor, session_id)
        return session_id


def _as_it_counts(one: OnRoll, gone: Outcome | None) -> OnRoll:
    """Return a line of the roll with whether it counts no more, or was said not to count at all."""
    is_refused = one.decision is not None and not one.decision.counts
    return replace(
        one,
        is_withdrawn=gone is Outcome.WITHDRAWN,
        is_refused=gone is Outcome.REFUSED or is_refused,
    )


def _code_of_course(session: Session, row: ClassSessionRow) -> str:
    """Return the code under which what is shown is required; "" where nothing is, or is not required."""
    if row.course_id is None:
        return ""
    code = sa.select(RequirementRow.code).where(RequirementRow.course_id == row.course_id)
    return session.scalar(code) or ""


def _papers(session: Session, session_id: UUID) -> tuple[ScannedPage, ...]:
    rows = session.scalars(
        sa.select(SessionPaperRow)
        .where(SessionPaperRow.session_id == session_id)
        .order_by(SessionPaperRow.at)
    )
    return tuple(
        ScannedPage(page=one.page, sha256=one.sha256, name=one.name, at=one.at, by_name=one.by_name)
        for one in rows
    )


def _of_site(site: Site) -> sa.ColumnElement[bool]:
    return sa.or_(ClassSessionRow.site_id == site.site_id, ClassSessionRow.site_id.is_(None))


def _names_as_trainer(actor: Actor) -> sa.ColumnElement[bool]:
    """Return the condition that the actor was ever put down as one who leads a session."""
    row = SessionTrainerRow
    mine = [
        column == key
        for column, key in ((row.account_id, actor.account_id), (row.person_id, actor.person_id))
        if key is not None
    ]
    return sa.exists().where(row.session_id == ClassSessionRow.id, sa.or_(sa.false(), *mine))


def _that_prove(requirements: Collection[UUID]) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the condition that a session proves one of some requirements; none for none."""
    if not requirements:
        return ()
    proves = sa.exists().where(
        SessionRequirementRow.session_id == ClassSessionRow.id,
        SessionRequirementRow.requirement_id.in_(requirements),
        SessionRequirementRow.ended_at.is_(None),
    )
    return (proves,)
