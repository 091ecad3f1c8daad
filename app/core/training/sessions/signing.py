"""Signing the attendance: the trainer signs, and only then anybody is credited, all in one.

Attendance that was entered by hand waits for a second person where a requirement asks for it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.figures import duration, moment
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import place_of, who_is
from app.core.signatures import Meaning, Pen, Signing
from app.core.training.crediting import Met, give_credit
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.kinds import Basis
from app.core.training.neighbours import neighbours
from app.core.training.sessions.errors import WrongState
from app.core.training.sessions.kinds import Place, SessionEvent, SessionKind, SessionState
from app.core.training.sessions.models import (
    ClassSessionRow,
    SessionEventRow,
    SessionSigningRow,
    SessionVerdictRow,
)
from app.core.training.sessions.presence import entered_by_hand
from app.core.training.sessions.reading import (
    Held,
    as_lines,
    events_of,
    held_when,
    lines_of,
    proves,
    roll_of,
    session_row,
    signed_of,
    signings_of,
    state_in,
    trainers_of,
)
from app.core.training.sessions.showing import Showing
from app.core.training.sessions.types import (
    OnRoll,
    Outcome,
    Proves,
    SignedSession,
    WaitingAttendance,
)

_TO_SIGN = frozenset({SessionState.HELD, SessionState.SIGNED})


@dataclass(frozen=True, slots=True)
class _Decided:
    """What signing makes of one who came."""

    one: OnRoll
    outcome: Outcome
    by_hand: frozenset[UUID | None]


class SessionSigning:
    """Signs sessions. Who may: a trainer of the session, with ASSIGN; never for oneself."""

    def __init__(self, site: Site, showing: Showing) -> None:
        self._site = site
        self._showing = showing
        self.also_read: list[Callable[[Session, ClassSessionRow], list[str]]] = []
        """Give more lines of what is read before signing: a drill tells of itself."""

    def text(self, actor: Actor, session_id: UUID) -> str:
        """Return what the trainer reads before signing: the whole attendance, as it will count."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            row = session_row(session, session_id)
            return self._text(session, row, self._held(session, row))

    def sign(self, actor: Actor, session_id: UUID, pen: Pen, shown: str) -> SignedSession:
        """Sign the attendance, and credit everybody who was there long enough.

        Signing again credits who has come to be known since, and nobody twice. Raises WrongState,
        TrainingRefused where the actor does not lead it, the roll has changed since it was read, or
        nobody came, and what signing does.
        """
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "session.sign") as unit:
            unit.take_turn("session", session_id)
            row = session_row(unit, session_id)
            state = state_in(unit, session_id)
            if state not in _TO_SIGN:
                raise WrongState(state)
            _require_trainer(unit, actor, session_id)
            held = self._held(unit, row)
            if self._text(unit, row, held) != shown:
                raise TrainingRefused(
                    _("The roll has changed since you read it."), _("Read it again, and sign then.")
                )
            decided = self._new(unit, actor, row, held)
            if not decided:
                raise TrainingRefused(
                    _("There is nobody to sign for."),
                    _("Take the roll first, or cancel the session."),
                )
            signing = self._signing(actor, session_id, held, decided)
            unit.add(signing)
            unit.flush()
            pen.sign(unit, signing, Signing(meaning=Meaning.PERFORMED, shown=shown))
            return self._credit(unit, actor, row, signing, decided)

    def waiting(self, actor: Actor) -> tuple[WaitingAttendance, ...]:
        """Return the attendance that waits for a second person, the newest first."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            rows = session.scalars(
                sa.select(SessionSigningRow).order_by(SessionSigningRow.at.desc())
            )
            found = (one for row in rows for one in _waiting(session, row))
            return tuple(
                one for one in found if scope is None or place_of(session, one.person_id) in scope
            )

    def confirm(self, actor: Actor, one: WaitingAttendance) -> None:
        """Let attendance count that was entered by hand. Raises TrainingRefused, NotFound."""
        with self._site.transaction(actor, "session.confirm") as unit:
            signing = self._verdict(unit, actor, one, "", is_accepted=True)
            row = session_row(unit, signing.session_id)
            self._give(unit, actor, row, signing, one.person_id, one.requirement_id)

    def refuse(self, actor: Actor, one: WaitingAttendance, reason: str) -> None:
        """Say that attendance does not count, and why. Raises ReasonNeeded, TrainingRefused."""
        reason = " ".join(reason.split())
        if not reason:
            raise ReasonNeeded
        with self._site.transaction(actor, "session.refuse", reason=reason) as unit:
            self._verdict(unit, actor, one, reason, is_accepted=False)

    def close(self, actor: Actor, session_id: UUID) -> None:
        """Close a signed session: nobody is added to it any more. Raises WrongState."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "session.close") as unit:
            unit.take_turn("session", session_id)
            session_row(unit, session_id)
            state = state_in(unit, session_id)
            if state is not SessionState.SIGNED:
                raise WrongState(state)
            unit.add(
                SessionEventRow(
                    session_id=session_id,
                    event=SessionEvent.CLOSED,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )

    def _new(self, unit: Unit, actor: Actor, row: ClassSessionRow, held: Held) -> list[_Decided]:
        """Return what becomes of everybody who came and was not credited before."""
        done = {
            one.person_id
            for one in signed_of(unit, signings_of(unit, row.id))
            if one.outcome is not Outcome.TOO_SHORT
        }
        lines = lines_of(unit, row.id)
        asks_second = any(one.needs_second for one in proves(unit, row))
        never = {one.person_id for one in trainers_of(unit, row.id)} | {actor.person_id}
        decided = []
        for one in roll_of(unit, row, held):
            if not one.came or one.person_id in done or one.person_id in never:
                continue
            actor.require(Capability.ASSIGN, place_of(unit, one.person_id))
            by_hand = entered_by_hand(as_lines(lines[one.person_id]))
            decided.append(_Decided(one, _outcome(one, by_hand, asks_second), by_hand))
        return decided

    def _signing(
        self, actor: Actor, session_id: UUID, held: Held, decided: Iterable[_Decided]
    ) -> SessionSigningRow:
        return SessionSigningRow(
            session_id=session_id,
            began_at=held.began,
            ended_at=held.ended,
            people=[
                {
                    "person": str(each.one.person_id),
                    "seconds": each.one.seconds,
                    "outcome": each.outcome.value,
                    "by_hand": sorted(str(account) for account in each.by_hand),
                }
                for each in decided
            ],
            at=self._site.clock.now(),
            by=actor.account_id,
            by_name=actor.name,
        )

    def _credit(
        self,
        unit: Unit,
        actor: Actor,
        row: ClassSessionRow,
        signing: SessionSigningRow,
        decided: Sequence[_Decided],
    ) -> SignedSession:
        proven = proves(unit, row)
        for each in decided:
            for requirement in proven:
                waits = each.outcome is Outcome.WAITS and requirement.needs_second
                if each.outcome is not Outcome.TOO_SHORT and not waits:
                    self._give(unit, actor, row, signing, each.one.person_id, requirement.id)
        enough = [one for one in decided if one.outcome is not Outcome.TOO_SHORT]
        completed = self._showing.apply(unit, row, [one.one for one in enough])
        held = self._held(unit, row)
        by_outcome = {
            outcome: tuple(one.one.person_id for one in decided if one.outcome is outcome)
            for outcome in Outcome
        }
        return SignedSession(
            signing_id=signing.id,
            credited=by_outcome[Outcome.CREDITED],
            waiting=by_outcome[Outcome.WAITS],
            too_short=by_outcome[Outcome.TOO_SHORT],
            absent=tuple(
                one.person_id
                for one in roll_of(unit, row, held)
                if one.place is Place.SEATED and not one.came
            ),
            completed=completed,
        )

    def _give(
        self,
        unit: Unit,
        actor: Actor,
        row: ClassSessionRow,
        signing: SessionSigningRow,
        person_id: UUID,
        requirement_id: UUID,
    ) -> None:
        is_drill = row.kind is SessionKind.DRILL
        met = Met(
            person_id=person_id,
            requirement_id=requirement_id,
            at=signing.ended_at,
            basis=Basis.DRILL if is_drill else Basis.SESSION,
            proof_id=signing.id,
        )
        give_credit(unit, actor, met, self._site.clock.now())

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
        entered = {
            UUID(account)
            for each in signing.people
            if who_is(unit, UUID(each["person"])) == one.person_id
            for account in each["by_hand"]
            if account != "None"
        }
        if actor.person_id == one.person_id or actor.account_id in entered | {signing.by}:
            raise TrainingRefused(
                _(
                    "Who entered or signed attendance does not confirm it, nor does whom it is about."
                ),
                _("Ask somebody else who may assign training."),
            )
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

    def _held(self, session: Session, row: ClassSessionRow) -> Held:
        return held_when(row, events_of(session, row.id), self._site.clock.now())

    def _text(self, session: Session, row: ClassSessionRow, held: Held) -> str:
        proven = proves(session, row)
        roll = roll_of(session, row, held)
        lines = lines_of(session, row.id)
        asks_second = any(one.needs_second for one in proven)
        leads = {one.person_id for one in trainers_of(session, row.id)}
        told = [
            row.title,
            _("{begin} to {end}, {venue}").format(
                begin=moment(held.began), end=moment(held.ended), venue=row.venue or "–"
            ),
            _("Led by {names}").format(
                names=", ".join(one.name for one in trainers_of(session, row.id)) or "–"
            ),
            _("Proves: {what}").format(what=_requirements(proven)),
            _("Counts from {share} % of the time on.").format(share=row.threshold),
            *(line for more in self.also_read for line in more(session, row)),
            "",
        ]
        for one in roll:
            if one.came and one.person_id not in leads:
                by_hand = entered_by_hand(as_lines(lines[one.person_id]))
                told.append(_said(one, _outcome(one, by_hand, asks_second)))
        absent = [one for one in roll if one.place is Place.SEATED and not one.came]
        if absent:
            told += ["", _("Did not come:")]
            told += [f"{one.number} {one.name}" for one in absent]
        return "\n".join(told)


def _outcome(one: OnRoll, by_hand: frozenset[UUID | None], asks_second: bool) -> Outcome:
    if not one.is_enough:
        return Outcome.TOO_SHORT
    return Outcome.WAITS if by_hand and asks_second else Outcome.CREDITED


def _said(one: OnRoll, outcome: Outcome) -> str:
    words = {
        Outcome.CREDITED: _("counts"),
        Outcome.WAITS: _("entered by hand, counts once a second person confirms it"),
        Outcome.TOO_SHORT: _("too short, does not count"),
    }[outcome]
    return f"{one.number} {one.name}: {duration(one.seconds)}, {words}"


def _requirements(proven: Iterable[Proves]) -> str:
    return ", ".join(f"{one.title} ({one.code})" for one in proven) or _(
        "attendance alone, no requirement"
    )


def _require_trainer(session: Session, actor: Actor, session_id: UUID) -> None:
    trainers = trainers_of(session, session_id)
    can_sign = [one for one in trainers if one.account_id is not None or one.person_id is not None]
    is_one = any(
        (one.account_id is not None and one.account_id == actor.account_id)
        or (one.person_id is not None and one.person_id == actor.person_id)
        for one in can_sign
    )
    if can_sign and not is_one:
        raise TrainingRefused(
            _("The attendance is signed by who leads the session: {names}.").format(
                names=", ".join(one.name for one in can_sign)
            ),
            _("Let them sign, or put yourself down as a trainer if you led it."),
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
