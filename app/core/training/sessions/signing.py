"""Signing the attendance: the trainer signs, and only then anybody is credited, all in one.

Attendance that was entered by hand waits for a second person where a requirement asks for it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.figures import duration, moment
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.signatures import Meaning, Undersigned
from app.core.training.credited import CreditHook, tell_credited
from app.core.training.errors import TrainingRefused
from app.core.training.hindrances import missing_of
from app.core.training.models import RequirementRow
from app.core.training.sessions.crediting import credit_attendance
from app.core.training.sessions.deciding import Decided, hindered_by, outcome_of, said_of
from app.core.training.sessions.errors import WrongState
from app.core.training.sessions.kinds import Place, SessionEvent, SessionState
from app.core.training.sessions.models import (
    ClassSessionRow,
    SessionEventRow,
    SessionSigningRow,
    SessionWaitRow,
)
from app.core.training.sessions.presence import entered_by_hand
from app.core.training.sessions.quizzing import ClassQuizzes
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
    summary,
    trainers_of,
)
from app.core.training.sessions.rooms import with_rooms
from app.core.training.sessions.scope import within_scope
from app.core.training.sessions.showing import Showing
from app.core.training.sessions.trainers import require_leading
from app.core.training.sessions.types import (
    OnRoll,
    Outcome,
    Proves,
    SignedSession,
)
from app.core.training.sessions.words import (
    beyond_seats_in_words,
    lacks_trainer_in_words,
    revised_in_words,
)

_TO_SIGN = frozenset({SessionState.HELD, SessionState.SIGNED})


class SessionSigning:
    """Signs sessions. Who may: a trainer of the session, with ASSIGN; never for oneself."""

    def __init__(self, site: Site, showing: Showing, quizzes: ClassQuizzes) -> None:
        self._site = site
        self._quizzes = quizzes
        self._showing = showing
        self.also_read: list[Callable[[Session, ClassSessionRow], list[str]]] = []
        """Give more lines of what is read before signing: a drill tells of itself."""
        self.first_settled: list[Callable[[Session, ClassSessionRow], None]] = []
        """Each raises TrainingRefused for what has to be settled before a session is signed first."""
        self.on_credited: list[CreditHook] = []

    def text(self, actor: Actor, session_id: UUID) -> str:
        """Return what the trainer reads before signing: the whole attendance, as it will count.

        Raises TrainingRefused where something is to be settled first.
        """
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            row = session_row(session, session_id)
            return self._text(session, actor, row, self._held(session, row))

    def sign(self, actor: Actor, session_id: UUID, signed: Undersigned) -> SignedSession:
        """Sign the attendance, and credit everybody who was there long enough.

        Signing again credits who has come to be known since, or holds by now what comes first, and
        nobody twice. Raises WrongState, TrainingRefused where the actor does not lead it or nobody came,
        ReadOtherwise where the roll has changed since it was read, and what signing does.
        """
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "session.sign") as unit:
            unit.take_turn("session", session_id)
            row = session_row(unit, session_id)
            state = state_in(unit, session_id)
            if state not in _TO_SIGN:
                raise WrongState(state)
            require_leading(actor, trainers_of(unit, session_id))
            held = self._held(unit, row)
            words = self._text(unit, actor, row, held)
            undecided, decided = self._new(unit, actor, row, held)
            if not decided:
                raise _nobody(state, is_undecided=bool(undecided))
            signing = self._signing(actor, session_id, held, decided)
            unit.add(signing)
            unit.flush()
            signed.sign(unit, signing, Meaning.PERFORMED, words)
            done = self._credit(unit, actor, row, signing, decided)
            return replace(done, undecided=undecided)

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

    def _new(
        self, unit: Unit, actor: Actor, row: ClassSessionRow, held: Held
    ) -> tuple[tuple[UUID, ...], list[Decided]]:
        """Return who is in two rooms undecided, and what becomes of all others not credited before."""
        done = {
            one.person_id
            for one in signed_of(unit, signings_of(unit, row.id))
            if one.outcome is not Outcome.TOO_SHORT
        }
        decided = [
            each
            for each in self._decided(unit, actor, row, roll_of(unit, row, held))
            if each.one.person_id not in done
        ]
        undecided = tuple(each.one.person_id for each in decided if each.one.is_undecided)
        return undecided, [each for each in decided if not each.hindered]

    def _decided(
        self, session: Session, actor: Actor, row: ClassSessionRow, roll: Iterable[OnRoll]
    ) -> list[Decided]:
        """Return what becomes of each who came, who leads it left out."""
        leading = {one.person_id for one in trainers_of(session, row.id)}
        came = with_rooms(
            session,
            row,
            [one for one in roll if one.came and one.person_id not in leading],
            self._site.clock.now(),
        )
        held = self._held(session, row)
        may = within_scope(session, actor, row, [one.person_id for one in came])
        first = self._first(session, row, came)
        lines = lines_of(session, row.id)
        asks_second = any(one.needs_second for one in proves(session, row))
        found = []
        for one in came:
            by_hand = entered_by_hand(
                as_lines(lines[one.person_id]), held.began, held.ended, row.threshold
            )
            lacks_quiz = self._quizzes.is_missing(session, row, one.person_id)
            outcome = outcome_of(one, waits=bool(by_hand) and asks_second, lacks_quiz=lacks_quiz)
            hindered = hindered_by(
                one,
                first.get(one.person_id, ()),
                is_signer=one.person_id == actor.person_id,
                may=one.person_id in may,
            )
            found.append(Decided(one, outcome, by_hand, lacks_quiz, hindered))
        return found

    def _signing(
        self, actor: Actor, session_id: UUID, held: Held, decided: Iterable[Decided]
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
        decided: Sequence[Decided],
    ) -> SignedSession:
        enough = [each for each in decided if each.outcome is not Outcome.TOO_SHORT]
        self._count(unit, actor, row, signing, enough)
        sure = [each.one for each in enough if each.outcome is not Outcome.WAITS]
        completed = self._showing.apply(unit, row, sure)
        absent = _absent(roll_of(unit, row, self._held(unit, row)))
        by_outcome = {
            outcome: tuple(each.one.person_id for each in decided if each.outcome is outcome)
            for outcome in Outcome
        }
        return SignedSession(
            signing_id=signing.id,
            credited=by_outcome[Outcome.CREDITED],
            waiting=by_outcome[Outcome.WAITS],
            to_pass=by_outcome[Outcome.QUIZ],
            too_short=by_outcome[Outcome.TOO_SHORT],
            undecided=(),
            absent=tuple(one.person_id for one in absent),
            not_counted=tuple(one.code for one in proves(unit, row) if one.lacks_trainer),
            completed=completed,
        )

    def _count(
        self,
        unit: Unit,
        actor: Actor,
        row: ClassSessionRow,
        signing: SessionSigningRow,
        enough: Iterable[Decided],
    ) -> None:
        """Let attendance count for what the session proves, or write down what it waits for."""
        proven = [one for one in proves(unit, row) if not one.lacks_trainer]
        now = self._site.clock.now()
        for each in enough:
            person_id = each.one.person_id
            for requirement in proven:
                wait = _wait(signing, each, requirement, now)
                if wait is not None:
                    unit.add(wait)
                    continue
                given = credit_attendance(unit, actor, signing, person_id, requirement.id, now)
                tell_credited(self.on_credited, unit, given)

    def _held(self, session: Session, row: ClassSessionRow) -> Held:
        return held_when(row, events_of(session, row.id), self._site.clock.now())

    def _text(self, session: Session, actor: Actor, row: ClassSessionRow, held: Held) -> str:
        if not signings_of(session, row.id):
            for settle in self.first_settled:
                settle(session, row)
        about, came = self._about(session, row, held), self._attendance(session, actor, row, held)
        return "\n".join([*about, "", *came])

    def _about(self, session: Session, row: ClassSessionRow, held: Held) -> Iterator[str]:
        """Yield what was taught, when, where, by whom, and what it counts for."""
        leading = ", ".join(one.name for one in trainers_of(session, row.id))
        yield row.title
        yield _("{begin} to {end}, {venue}").format(
            begin=moment(held.began), end=moment(held.ended), venue=row.venue or "–"
        )
        yield from _told_of_its_plan(row, held, events_of(session, row.id))
        yield _("Led by {names}").format(names=leading or "–")
        yield _("Proves: {what}").format(what=_requirements(proves(session, row)))
        for one in proves(session, row):
            if one.lacks_trainer:
                yield lacks_trainer_in_words(one.title, one.code)
        yield _("Counts from {share} % of the time on.").format(share=row.threshold)
        yield from filter(None, (beyond_seats_in_words(summary(session, row)),))
        shown = self._showing.shown(session, row)
        for film in shown:
            yield _("Shown: {title}, {begin} to {end}, noted by {name}").format(
                title=film.title,
                begin=moment(film.from_at),
                end=moment(film.to_at),
                name=film.by_name,
            )
        if shown:
            yield _(
                "What was shown counts in its course, which is complete for who has seen all of it by this."
            )
        revised = self._showing.revised(session, row, self._quizzes.queue_of(session, row))
        if revised is not None:
            yield revised_in_words(revised)
        for more in self.also_read:
            yield from more(session, row)

    def _attendance(
        self, session: Session, actor: Actor, row: ClassSessionRow, held: Held
    ) -> Iterator[str]:
        """Yield what becomes of each who came, who leads it left out; then who did not come."""
        roll = roll_of(session, row, held)
        yield from map(said_of, self._decided(session, actor, row, roll))
        absent = _absent(roll)
        if absent:
            yield from ("", _("Did not come:"))
            yield from (f"{one.number} {one.name}" for one in absent)

    def _first(
        self, session: Session, row: ClassSessionRow, roll: Iterable[OnRoll]
    ) -> Mapping[UUID, tuple[str, ...]]:
        """Return of who came what they have to hold before this counts for them, and do not."""
        proven = {one.id for one in proves(session, row)}
        if row.course_id is not None:
            of_course = sa.select(RequirementRow.id).where(
                RequirementRow.course_id == row.course_id
            )
            proven |= set(session.scalars(of_course))
        came = {one.person_id for one in roll if one.came and one.is_enough}
        return missing_of(session, came, proven, local_day(self._site.clock))


def _told_of_its_plan(
    row: ClassSessionRow, held: Held, events: Iterable[SessionEventRow]
) -> Iterator[str]:
    """Yield that it was shorter than planned by more than may be missed, and what was changed after it."""
    planned, was = row.ends_at - row.starts_at, held.ended - held.began
    if was * 100 < planned * row.threshold:
        yield _("It was planned for {planned}, and held for {held}.").format(
            planned=duration(planned), held=duration(was)
        )
    for one in events:
        if one.event is SessionEvent.HELD and one.reason:
            yield _("{name} changed the plan after it was over, {at}: {reason}").format(
                name=one.by_name, at=moment(one.at), reason=one.reason
            )


def _nobody(state: SessionState, *, is_undecided: bool) -> TrainingRefused:
    if is_undecided:
        return TrainingRefused(
            _("Who came was in another room at the same time, where it counts."),
            _("Say on the roll whether it counts here too, and sign then."),
        )
    if state is SessionState.SIGNED:
        return TrainingRefused(
            _("There is nobody to sign for."), _("Everybody who came is signed for already.")
        )
    return TrainingRefused(
        _("There is nobody to sign for."), _("Take the roll first, or cancel the session.")
    )


def _absent(roll: Iterable[OnRoll]) -> list[OnRoll]:
    """Return who had a seat and did not come."""
    return [one for one in roll if one.place is Place.SEATED and not one.came]


def _wait(
    signing: SessionSigningRow, each: Decided, requirement: Proves, now: datetime
) -> SessionWaitRow | None:
    """Return what keeps attendance from counting for a requirement; None: nothing."""
    for_second = each.outcome is Outcome.WAITS and requirement.needs_second
    if not (for_second or each.lacks_quiz):
        return None
    return SessionWaitRow(
        signing_id=signing.id,
        person_id=each.one.person_id,
        requirement_id=requirement.id,
        for_quiz=each.lacks_quiz,
        for_second=for_second,
        at=now,
    )


def _requirements(proven: Iterable[Proves]) -> str:
    return ", ".join(f"{one.title} ({one.code})" for one in proven) or _(
        "attendance alone, no requirement"
    )
