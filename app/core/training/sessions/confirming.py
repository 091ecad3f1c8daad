"""Attendance that was entered by hand: it waits for a second person, who confirms or refuses it."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import is_own, place_of, who_is
from app.core.training.credited import CreditHook, tell_credited
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.neighbours import neighbours
from app.core.training.sessions.crediting import credit_attendance
from app.core.training.sessions.models import (
    ClassSessionRow,
    SessionSigningRow,
    SessionVerdictRow,
)
from app.core.training.sessions.quizzing import ClassQuizzes
from app.core.training.sessions.reading import proves, session_row
from app.core.training.sessions.types import Outcome, WaitingAttendance


class Confirming:
    """Answers. Who may: holders of ASSIGN, in their scope, who neither entered nor signed it."""

    def __init__(self, site: Site, quizzes: ClassQuizzes) -> None:
        self._site = site
        self._quizzes = quizzes
        self.on_credited: list[CreditHook] = []

    def waiting(self, actor: Actor) -> tuple[WaitingAttendance, ...]:
        """Return the attendance that waits for a second person, the newest first."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            rows = session.scalars(
                sa.select(SessionSigningRow)
                .join(ClassSessionRow, ClassSessionRow.id == SessionSigningRow.session_id)
                .where(
                    sa.or_(
                        ClassSessionRow.site_id == self._site.site_id,
                        ClassSessionRow.site_id.is_(None),
                    )
                )
                .order_by(SessionSigningRow.at.desc())
            )
            found = (one for row in rows for one in _waiting(session, row))
            return tuple(
                one for one in found if scope is None or place_of(session, one.person_id) in scope
            )

    def confirm(self, actor: Actor, one: WaitingAttendance) -> None:
        """Let attendance count that was entered by hand, if no quiz is missing.

        Raises TrainingRefused, NotFound.
        """
        with self._site.transaction(actor, "session.confirm") as unit:
            signing = self._verdict(unit, actor, one, "", is_accepted=True)
            row = session_row(unit, signing.session_id)
            if self._quizzes.is_missing(unit, row, one.person_id):
                return  # it counts once they pass
            given = credit_attendance(
                unit, actor, signing, one.person_id, one.requirement_id, self._site.clock.now()
            )
            tell_credited(self.on_credited, unit, given)

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
        still = {(a.person_id, a.requirement_id) for a in _waiting(unit, signing)}
        if (one.person_id, one.requirement_id) not in still:
            raise TrainingRefused(
                _("Somebody has answered this already."), _("Look at the list again.")
            )
        _require_other(unit, actor, signing, one.person_id)
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


def _waiting(session: Session, signing: SessionSigningRow) -> Iterable[WaitingAttendance]:
    waits = [one for one in signing.people if one["outcome"] == Outcome.WAITS.value]
    if not waits:
        return
    row = session_row(session, signing.session_id)
    answered = {
        (one.person_id, one.requirement_id)
        for one in session.scalars(
            sa.select(SessionVerdictRow).where(SessionVerdictRow.signing_id == signing.id)
        )
    }
    person = neighbours().person
    for one in waits:
        person_id = who_is(session, UUID(one["person"]))
        found = session.execute(
            sa.select(person.number, person.name).where(person.id == person_id)
        ).first()
        for requirement in proves(session, row):
            if not requirement.needs_second or (person_id, requirement.id) in answered:
                continue
            yield WaitingAttendance(
                signing_id=signing.id,
                session_id=row.id,
                title=row.title,
                held_at=signing.ended_at,
                person_id=person_id,
                number=found.number if found else "",
                name=found.name if found else "",
                requirement_id=requirement.id,
                requirement=requirement.title,
                by_name=signing.by_name,
            )
