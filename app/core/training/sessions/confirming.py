"""Attendance that was entered by hand: it waits for a second person, who confirms or refuses it."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import is_own, people_within, place_of, who_is
from app.core.training.by_form import require_not_by_form
from app.core.training.credited import CreditHook, tell_credited
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.queries import by_id
from app.core.training.sessions.crediting import credit_attendance
from app.core.training.sessions.models import (
    ClassSessionRow,
    SessionSigningRow,
    SessionVerdictRow,
    SessionWaitRow,
)
from app.core.training.sessions.quizzing import ClassQuizzes
from app.core.training.sessions.reading import Held, roll_of, session_row
from app.core.training.sessions.showing import Showing
from app.core.training.sessions.types import WaitingAttendance


class Confirming:
    """Answers. Who may: holders of ASSIGN, in their scope, who neither entered nor signed it."""

    def __init__(self, site: Site, showing: Showing, quizzes: ClassQuizzes) -> None:
        self._site = site
        self._showing = showing
        self._quizzes = quizzes
        self.on_credited: list[CreditHook] = []

    def waiting(self, actor: Actor) -> tuple[WaitingAttendance, ...]:
        """Return the attendance that waits for a second person, the newest first."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            within = () if scope is None else (_is_within(scope),)
            return tuple(_waiting(session, self._site.site_id, *within))

    def confirm(self, actor: Actor, one: WaitingAttendance) -> None:
        """Let attendance count that was entered by hand, if no quiz is missing.

        Raises TrainingRefused, NotFound.
        """
        with self._site.transaction(actor, "session.confirm") as unit:
            signing = self._verdict(unit, actor, one, "", is_accepted=True)
            row = session_row(unit, signing.session_id)
            self._let_what_was_shown_count(unit, row, signing, one.person_id)
            if self._quizzes.is_missing(unit, row, one.person_id):
                return  # it counts once they pass
            given = credit_attendance(
                unit, actor, signing, one.person_id, one.requirement_id, self._site.clock.now()
            )
            tell_credited(self.on_credited, unit, given)

    def _let_what_was_shown_count(
        self, unit: Unit, row: ClassSessionRow, signing: SessionSigningRow, person_id: UUID
    ) -> None:
        """Let the course that was shown count for somebody once nothing of what they were signed for waits."""
        if not _all_confirmed(unit, signing, person_id):
            return
        held = Held(began=signing.began_at, ended=signing.ended_at, is_over=True)
        roll = roll_of(unit, row, held)
        self._showing.apply(unit, row, [one for one in roll if one.person_id == person_id])

    def refuse(self, actor: Actor, one: WaitingAttendance, reason: str) -> None:
        """Say that attendance does not count, and why. Raises ReasonNeeded, TrainingRefused."""
        reason = " ".join(reason.split())
        if not reason:
            raise ReasonNeeded
        with self._site.transaction(actor, "session.refuse", reason=reason) as unit:
            self._verdict(unit, actor, one, reason, is_accepted=False)

    def _verdict(
        self,
        unit: Unit,
        actor: Actor,
        one: WaitingAttendance,
        reason: str,
        *,
        is_accepted: bool,
    ) -> SessionSigningRow:
        unit.take_turn("session", one.session_id)
        actor.scope_of(Capability.ASSIGN)
        actor.require(Capability.ASSIGN, place_of(unit, one.person_id))
        signing = unit.get(SessionSigningRow, one.signing_id)
        if signing is None:
            raise NotFound(_("The signed session"))
        still = _waiting(
            unit,
            self._site.site_id,
            SessionWaitRow.signing_id == signing.id,
            SessionWaitRow.person_id == one.person_id,
            SessionWaitRow.requirement_id == one.requirement_id,
        )
        if not still:
            raise TrainingRefused(
                _("Somebody has answered this already."), _("Look at the list again.")
            )
        _require_other(unit, actor, signing, one.person_id)
        if is_accepted:
            require_not_by_form(unit, by_id(unit, one.requirement_id))
        unit.add(
            SessionVerdictRow(
                signing_id=signing.id,
                person_id=one.person_id,
                requirement_id=one.requirement_id,
                is_accepted=is_accepted,
                reason=reason,
                at=self._site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
        )
        return signing


def _all_confirmed(unit: Unit, signing: SessionSigningRow, person_id: UUID) -> bool:
    """Tell whether a second person confirmed all of somebody's attendance that waited for one."""
    wait, verdict = SessionWaitRow, SessionVerdictRow
    confirmed = sa.exists().where(
        verdict.signing_id == wait.signing_id,
        verdict.person_id == wait.person_id,
        verdict.requirement_id == wait.requirement_id,
        verdict.is_accepted,
    )
    open_one = sa.select(wait.requirement_id).where(
        wait.signing_id == signing.id,
        wait.person_id == person_id,
        wait.for_second,
        ~confirmed.correlate(wait),
    )
    return unit.scalar(open_one.limit(1)) is None


def _is_within(scope: frozenset[UUID]) -> sa.ColumnElement[bool]:
    return SessionWaitRow.person_id.in_(people_within(scope))


def _require_other(unit: Unit, actor: Actor, signing: SessionSigningRow, person_id: UUID) -> None:
    """Raise TrainingRefused for whoever it is about, entered it or signed it."""
    entered = {
        UUID(account)
        for each in signing.people
        if who_is(unit, UUID(each["person"])) == person_id
        for account in each["by_hand"]
        if account != "None"
    }
    if actor.person_id == person_id or is_own(unit, actor, entered | {signing.by}):
        raise TrainingRefused(
            _("Who entered or signed attendance does not confirm it, nor does whom it is about."),
            _("Ask somebody else who may assign training."),
        )


def _waiting(
    session: Session, here: UUID | None, *conditions: sa.ColumnElement[bool]
) -> list[WaitingAttendance]:
    """Return what waits here and nobody has answered: as it was signed, whatever is asked since."""
    wait, verdict, person = SessionWaitRow, SessionVerdictRow, neighbours().person
    is_answered = sa.exists().where(
        verdict.signing_id == wait.signing_id,
        verdict.person_id == wait.person_id,
        verdict.requirement_id == wait.requirement_id,
    )
    rows = session.execute(
        sa.select(
            SessionSigningRow,
            ClassSessionRow.title,
            person.id,
            person.number,
            person.name,
            RequirementRow.id,
            RequirementRow.title,
        )
        .select_from(wait)
        .join(SessionSigningRow, SessionSigningRow.id == wait.signing_id)
        .join(ClassSessionRow, ClassSessionRow.id == SessionSigningRow.session_id)
        .join(person, person.id == wait.person_id)
        .join(RequirementRow, RequirementRow.id == wait.requirement_id)
        .where(
            wait.for_second,
            ~is_answered.correlate(wait),
            sa.or_(ClassSessionRow.site_id == here, ClassSessionRow.site_id.is_(None)),
            *conditions,
        )
        .order_by(SessionSigningRow.at.desc(), person.number, RequirementRow.code)
    ).all()
    return [
        WaitingAttendance(
            signing_id=signing.id,
            session_id=signing.session_id,
            title=title,
            held_at=signing.ended_at,
            person_id=person_id,
            number=number,
            name=name,
            requirement_id=requirement_id,
            requirement=requirement,
            by_name=signing.by_name,
        )
        for signing, title, person_id, number, name, requirement_id, requirement in rows
    ]
