"""Planning: what a session is, who leads it, who is invited, and whom it is moved to."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments import QUIZ_KIND
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.words import _, plural
from app.core.courses import ReleasedVersion, Releases
from app.core.journal import Site, Unit
from app.core.people import NobodyMeant, place_of
from app.core.training.by_form import require_not_by_form
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.checks import clean_text
from app.core.training.requirements.queries import by_code
from app.core.training.sessions.errors import WrongState
from app.core.training.sessions.kinds import EACH_ALONE, SessionEvent, SessionKind, SessionState
from app.core.training.sessions.models import (
    ClassSessionRow,
    SessionEventRow,
    SessionInvitationRow,
    SessionRequirementRow,
    SessionTrainerRow,
)
from app.core.training.sessions.presence import is_there
from app.core.training.sessions.reading import (
    as_lines,
    events_of,
    held_when,
    lines_of,
    list_of,
    session_row,
    state_in,
    trainers_of,
)
from app.core.training.sessions.trainers import refuse_leaver, trainer_meant
from app.core.training.sessions.types import SessionPlan, Trainer

_LONGEST = timedelta(days=14)
_OLDEST = timedelta(days=92)
"""So long ago a session may be that is entered afterwards: a quarter of a year."""
_MOST_SEATS = 10_000
_MAY_CHANGE = frozenset({SessionState.PLANNED, SessionState.OPEN, SessionState.HELD})
_MAY_INVITE = frozenset({SessionState.PLANNED, SessionState.OPEN})


class Planning:
    """Plans sessions. Who may: holders of ASSIGN; people are invited within their scope."""

    def __init__(self, site: Site, releases: Releases) -> None:
        self._site = site
        self._releases = releases

    def plan(self, actor: Actor, plan: SessionPlan) -> UUID:
        """Plan a session and return its id. Raises TrainingRefused, NotFound for codes and people."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "session.plan") as unit:
            return self.plan_in(unit, actor, plan)

    def plan_in(self, unit: Unit, actor: Actor, plan: SessionPlan) -> UUID:
        """Plan a session in a unit of work that does more."""
        plan = checked(plan)
        self._check_age(plan.starts_at)
        row = ClassSessionRow(
            site_id=self._site.site_id,
            kind=plan.kind,
            title=plan.title,
            venue=plan.venue,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            seats=plan.seats,
            threshold=plan.threshold,
            course_id=self._course(unit, plan),
            quiz=plan.quiz,
            planned_at=self._site.clock.now(),
        )
        unit.add(row)
        unit.flush()
        self._prove(unit, row.id, plan.requirements)
        self._lead(unit, actor, row.id, plan.trainers)
        return row.id

    def change(self, actor: Actor, session_id: UUID, plan: SessionPlan, reason: str = "") -> None:
        """Plan a session anew. Its kind stays.

        Raises WrongState once it is signed; ReasonNeeded once it is over, for who signs it reads the reason;
        TrainingRefused for fewer seats than people who are there.
        """
        actor.require_anywhere(Capability.ASSIGN)
        plan, reason = checked(plan), " ".join(reason.split())
        with self._site.transaction(actor, "session.change", reason=reason) as unit:
            row = self._changeable(unit, session_id, _MAY_CHANGE)
            self._require_room(unit, session_id, plan)
            if state_in(unit, session_id) is SessionState.HELD:
                unit.add(self._changed_afterwards(unit, actor, row, reason))
            if plan.starts_at != row.starts_at:
                self._check_age(plan.starts_at)
            row.title, row.venue = plan.title, plan.venue
            row.starts_at, row.ends_at = plan.starts_at, plan.ends_at
            row.seats, row.threshold, row.quiz = plan.seats, plan.threshold, plan.quiz
            row.course_id = self._course(unit, plan)
            self._prove(unit, row.id, plan.requirements)
            self._lead(unit, actor, row.id, plan.trainers)

    def _require_room(self, unit: Unit, session_id: UUID, plan: SessionPlan) -> None:
        """Raise TrainingRefused for fewer seats than people who are there."""
        there = sum(is_there(as_lines(rows)) for rows in lines_of(unit, session_id).values())
        if plan.seats is not None and plan.seats < there:
            raise TrainingRefused(
                plural(
                    "{count} person is there already.", "{count} people are there already.", there
                ),
                _("Give at least as many seats."),
            )

    def _changed_afterwards(
        self, unit: Unit, actor: Actor, row: ClassSessionRow, reason: str
    ) -> SessionEventRow:
        """Return what tells who signs that it was changed after it was over: it was when it was, and why."""
        if not reason:
            raise ReasonNeeded
        now = self._site.clock.now()
        held = held_when(row, events_of(unit, row.id), now)
        return SessionEventRow(
            session_id=row.id,
            event=SessionEvent.HELD,
            at=now,
            began_at=held.began,
            ended_at=held.ended,
            reason=reason,
            by=actor.account_id,
            by_name=actor.name,
        )

    def _check_age(self, starts_at: datetime) -> None:
        """Raise TrainingRefused for a session that is long over."""
        if starts_at < self._site.clock.now() - _OLDEST:
            raise TrainingRefused(
                _("It would have been more than {count} days ago.").format(count=_OLDEST.days),
                _("Take it over from its paper records instead; a second person signs those."),
            )

    def cancel(self, actor: Actor, session_id: UUID, reason: str) -> None:
        """Say that a session is not held, or does not count; until it is signed.

        What was noted of it stays readable, and nobody is credited. Raises ReasonNeeded, WrongState.
        """
        actor.require_anywhere(Capability.ASSIGN)
        reason = " ".join(reason.split())
        if not reason:
            raise ReasonNeeded
        with self._site.transaction(actor, "session.cancel", reason=reason) as unit:
            row = self._changeable(unit, session_id, _MAY_CHANGE)
            now, state = self._site.clock.now(), state_in(unit, session_id)
            held = held_when(row, events_of(unit, session_id), now)
            unit.add(
                SessionEventRow(
                    session_id=session_id,
                    event=SessionEvent.CANCELLED,
                    at=now,
                    began_at=None if state is SessionState.PLANNED else held.began,
                    ended_at=held.ended if state is SessionState.HELD else None,
                    reason=reason,
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )

    def invite(self, actor: Actor, session_id: UUID, people: Iterable[UUID]) -> int:
        """Put people on the list, in this order; return how many were not on it.

        Whoever finds no seat waits. Raises TrainingRefused for who leads it or has left.
        """
        with self._site.transaction(actor, "session.invite") as unit:
            self._changeable(unit, session_id, _MAY_INVITE)
            return self._invite(unit, actor, session_id, people)

    def withdraw(self, actor: Actor, session_id: UUID, person_id: UUID) -> None:
        """Take somebody off the list; whoever waits first gets the seat. Raises TrainingRefused."""
        with self._site.transaction(actor, "session.withdraw") as unit:
            row = self._changeable(unit, session_id, _MAY_INVITE)
            _require_for(actor, unit, person_id)
            if person_id not in list_of(unit, row):
                raise TrainingRefused(
                    _("They are not on the list of this session."), _("Look at the list again.")
                )
            self._note(unit, actor, session_id, person_id, is_on=False)

    def rebook(self, actor: Actor, session_id: UUID, into: UUID, people: Iterable[UUID]) -> int:
        """Invite people who missed one session to another; return how many were not on its list."""
        with self._site.transaction(actor, "session.rebook") as unit:
            session_row(unit, session_id)
            self._changeable(unit, into, _MAY_INVITE)
            return self._invite(unit, actor, into, people)

    def _invite(self, unit: Unit, actor: Actor, session_id: UUID, people: Iterable[UUID]) -> int:
        row = session_row(unit, session_id)
        listed = list_of(unit, row)
        leads = {one.person_id for one in trainers_of(unit, session_id)}
        day = row.starts_at.astimezone().date()
        added = 0
        for person_id in dict.fromkeys(people):
            _require_for(actor, unit, person_id)
            name = _belongs(unit, person_id, day)
            if person_id in leads:
                raise TrainingRefused(
                    _("{name} leads this session.").format(name=name),
                    _("Take them off the trainers first."),
                )
            if person_id not in listed:
                self._note(unit, actor, session_id, person_id, is_on=True)
                added += 1
        return added

    def _note(
        self, unit: Unit, actor: Actor, session_id: UUID, person_id: UUID, *, is_on: bool
    ) -> None:
        unit.add(
            SessionInvitationRow(
                session_id=session_id,
                person_id=person_id,
                is_on=is_on,
                at=self._site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
        )

    def _changeable(
        self, unit: Unit, session_id: UUID, states: frozenset[SessionState]
    ) -> ClassSessionRow:
        unit.take_turn("session", session_id)
        row = session_row(unit, session_id)
        state = state_in(unit, session_id)
        if state not in states:
            raise WrongState(state)
        return row

    def _course(self, unit: Unit, plan: SessionPlan) -> UUID | None:
        """Return what is shown. Raises TrainingRefused where a quiz is asked of each and it has none."""
        course_id = _course(unit, plan.course)
        if plan.quiz not in EACH_ALONE:
            return course_id
        if course_id is None or not _has_quiz(self._releases.newest(unit, course_id)):
            raise TrainingRefused(
                _("There is no quiz that each could take."),
                _("Choose a course to show that has a quiz, or another kind of quiz."),
            )
        return course_id

    def _prove(self, unit: Unit, session_id: UUID, codes: Iterable[str]) -> None:
        asked = [by_code(unit, code) for code in codes]
        for one in asked:
            require_not_by_form(unit, one)
        wanted = {one.id for one in asked}
        rows = unit.scalars(
            sa.select(SessionRequirementRow).where(SessionRequirementRow.session_id == session_id)
        ).all()
        for row in rows:
            if row.requirement_id in wanted:
                row.ended_at = None
            elif row.ended_at is None:
                row.ended_at = self._site.clock.now()
        known = {row.requirement_id for row in rows}
        unit.add_all(
            SessionRequirementRow(session_id=session_id, requirement_id=one)
            for one in sorted(wanted - known)
        )
        unit.flush()

    def _lead(self, unit: Unit, actor: Actor, session_id: UUID, names: Iterable[str]) -> None:
        now = trainers_of(unit, session_id)
        outside = {one.name for one in now if one.person_id is None}
        wanted = [trainer_meant(unit, name, outside) for name in names] or [
            Trainer(name=actor.name, person_id=actor.person_id, account_id=actor.account_id)
        ]
        keys = {_key(one): one for one in wanted}
        for one in now:
            if _key(one) not in keys:
                unit.add(self._leads(session_id, one, leads=False))
        known = {_key(one) for one in now}
        for key, one in keys.items():
            if key not in known:
                refuse_leaver(unit, one, session_row(unit, session_id).starts_at)
                unit.add(self._leads(session_id, one, leads=True))
        unit.flush()

    def _leads(self, session_id: UUID, one: Trainer, *, leads: bool) -> SessionTrainerRow:
        is_outside = one.person_id is None
        return SessionTrainerRow(
            session_id=session_id,
            person_id=one.person_id,
            account_id=one.account_id,
            name=one.name if is_outside else "",
            leads=leads,
            at=self._site.clock.now(),
        )


def checked(plan: SessionPlan) -> SessionPlan:
    """Return a plan with clean texts. Raises TrainingRefused for one that does not hold together."""
    if plan.ends_at <= plan.starts_at or plan.ends_at - plan.starts_at > _LONGEST:
        raise TrainingRefused(
            _("It would end before it begins, or last more than 14 days."),
            _("Check when it starts and ends."),
        )
    if not 0 <= plan.threshold <= 100:  # noqa: PLR2004  per cent
        raise TrainingRefused(
            _("{share} is no share of the time.").format(share=plan.threshold),
            _("Give 0 to 100 per cent."),
        )
    if plan.seats is not None and not 1 <= plan.seats <= _MOST_SEATS:
        raise TrainingRefused(
            _("{count} is no number of seats.").format(count=plan.seats),
            _("Give at least one seat, or none at all where as many come as like."),
        )
    return SessionPlan(
        title=clean_text(plan.title, what=_("The title")),
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        kind=plan.kind,
        venue=clean_text(plan.venue, what=_("The venue"), required=False),
        requirements=plan.requirements,
        trainers=tuple(dict.fromkeys(one.strip() for one in plan.trainers if one.strip())),
        course=plan.course,
        seats=plan.seats,
        threshold=plan.threshold,
        quiz=plan.quiz,
    )


def _key(one: Trainer) -> tuple[UUID | None, str]:
    return (one.person_id, "") if one.person_id is not None else (None, one.name)


def _course(session: Session, code: str | None) -> UUID | None:
    if not code:
        return None
    statement = sa.select(RequirementRow.course_id).where(
        RequirementRow.code == code, RequirementRow.course_id.is_not(None)
    )
    found = session.scalar(statement)
    if found is None:
        raise NotFound(_("The course {code}").format(code=code))
    return found


def _has_quiz(version: ReleasedVersion) -> bool:
    return any(one.kind == QUIZ_KIND and one.is_required for one in version.outline.lessons)


def _belongs(session: Session, person_id: UUID, day: date) -> str:
    person = neighbours().person
    row = session.execute(
        sa.select(person.name, person.left_on).where(person.id == person_id)
    ).first()
    if row is None:
        raise NobodyMeant
    if row.left_on is not None and row.left_on <= day:
        raise TrainingRefused(
            _("{name} will have left by then.").format(name=row.name),
            _("Invite somebody else."),
        )
    return str(row.name)


def _require_for(actor: Actor, session: Session, person_id: UUID) -> None:
    actor.scope_of(Capability.ASSIGN)
    actor.require(Capability.ASSIGN, place_of(session, person_id))


def default_end(kind: SessionKind, starts_at: datetime) -> datetime:
    """Return when a session of a kind ends, unless somebody says so."""
    minutes = {SessionKind.CLASS: 60, SessionKind.TALK: 10, SessionKind.DRILL: 30}[kind]
    return starts_at + timedelta(minutes=minutes)
