"""Supervising quizzes: one more attempt, an end to waiting, more time; each for a reason.

Everything given is a fact under the name of who gave it. Nobody gives anything to themselves.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.errors import (
    AttemptClosed,
    GiftRefused,
    NotForOneself,
    TimeRefused,
)
from app.core.assessments.histories import Histories, given_time
from app.core.assessments.laid_out import LaidOutAttempts, is_closed, open_row, time_left_of
from app.core.assessments.models import (
    AttemptAnewRow,
    AttemptExtensionRow,
    AttemptResultRow,
    AttemptRow,
    AttemptUnlockRow,
    ExtraTimeRow,
)
from app.core.assessments.policy import NO_EXTRA_TIME, ExtraTime, can_lift, can_unlock
from app.core.assessments.supervised import Gift, GiftKind, SupervisedPerson, SupervisedQuiz
from app.core.base.actor import Actor, Capability
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.courses import Releases
from app.core.journal import Site, Unit
from app.core.people import place_of, printed_person

LONGEST_EXTENSION_SECONDS = 8 * 60 * 60
MOST_PERCENT = 400
OnGiven = Callable[[Unit, UUID, UUID], None]
"""Is called, inside the unit, when a person may go on with a lesson's quiz."""


class Supervision:
    """What holders of SUPERVISE_QUIZZES give the people within their org units."""

    def __init__(
        self, site: Site, releases: Releases, attempts: LaidOutAttempts, histories: Histories
    ) -> None:
        self._site = site
        self._releases = releases
        self._attempts = attempts
        self._histories = histories
        self.on_given: list[OnGiven] = []

    def of(self, actor: Actor, person_id: UUID) -> SupervisedPerson:
        """Return where a person stands with every quiz they have tried. Raises NotFound."""
        with self._site.read() as session:
            _require_over(session, actor, person_id)
            given = given_time(session, person_id)
            current = given[-1].extra if given else NO_EXTRA_TIME
            return SupervisedPerson(
                person_id=person_id,
                extra_time=current if current != NO_EXTRA_TIME else None,
                extra_gifts=_extra_gifts(session, person_id),
                quizzes=tuple(
                    self._quiz(session, person_id, lesson_id)
                    for lesson_id in _tried(session, person_id)
                ),
            )

    def give_attempt(self, actor: Actor, person_id: UUID, lesson_id: UUID, *, reason: str) -> None:
        """Give one more attempt at a quiz; waiting and retraining end with it.

        Raises GiftRefused where it would change nothing.
        """
        self._unlock(actor, person_id, lesson_id, reason, adds_attempt=True)

    def lift_waiting(self, actor: Actor, person_id: UUID, lesson_id: UUID, *, reason: str) -> None:
        """End the waiting before the next attempt. Raises GiftRefused where nobody waits."""
        self._unlock(actor, person_id, lesson_id, reason, adds_attempt=False)

    def extend(self, actor: Actor, attempt_id: UUID, seconds: int, *, reason: str) -> None:
        """Give an open attempt more time. Raises AttemptClosed, TimeRefused, GiftRefused."""
        why = explained(reason)
        if not 0 < seconds <= LONGEST_EXTENSION_SECONDS:
            raise TimeRefused
        with self._site.transaction(actor, "attempt.extend", reason=why) as unit:
            laid = self._attempts.of(unit, attempt_id)
            _require_over(unit, actor, laid.row.person_id, gives=True)
            if is_closed(unit, attempt_id):
                raise AttemptClosed
            if laid.quiz.settings.time_limit_seconds is None:
                raise GiftRefused(_("This quiz has no time limit."))
            unit.add(
                AttemptExtensionRow(
                    attempt_id=attempt_id, seconds=seconds, **self._given_by(actor, why)
                )
            )

    def give_extra_time(
        self, actor: Actor, person_id: UUID, extra: ExtraTime, *, reason: str
    ) -> None:
        """Give a person more time at every quiz from now on, instead of what they had.

        It counts for an attempt that is open. Raises TimeRefused.
        """
        longest = LONGEST_EXTENSION_SECONDS
        if not (0 <= extra.percent <= MOST_PERCENT and 0 <= extra.seconds <= longest):
            raise TimeRefused
        if extra == NO_EXTRA_TIME:
            raise TimeRefused
        self._set_extra_time(actor, person_id, extra, reason)

    def end_extra_time(self, actor: Actor, person_id: UUID, *, reason: str) -> None:
        """End a person's extra time; attempts that have begun keep it. Raises GiftRefused."""
        self._set_extra_time(actor, person_id, NO_EXTRA_TIME, reason)

    def _unlock(
        self, actor: Actor, person_id: UUID, lesson_id: UUID, reason: str, *, adds_attempt: bool
    ) -> None:
        why = explained(reason)
        is_of_use = can_unlock if adds_attempt else can_lift
        with self._site.transaction(
            actor, "attempt.unlock" if adds_attempt else "attempt.lift_waiting", reason=why
        ) as unit:
            _require_over(unit, actor, person_id, gives=True)
            now = self._site.clock.now()
            if not is_of_use(self._histories.decision(unit, person_id, lesson_id, now)):
                raise GiftRefused(
                    _("They may go on already, have passed, or have an attempt open.")
                    if adds_attempt
                    else _("No waiting time keeps them from this quiz.")
                )
            unit.add(
                AttemptUnlockRow(
                    person_id=person_id,
                    lesson_id=lesson_id,
                    adds_attempt=adds_attempt,
                    **self._given_by(actor, why),
                )
            )
            unit.flush()
            for act in self.on_given:
                act(unit, person_id, lesson_id)

    def _set_extra_time(self, actor: Actor, person_id: UUID, extra: ExtraTime, reason: str) -> None:
        why = explained(reason)
        ends = extra == NO_EXTRA_TIME
        with self._site.transaction(
            actor, "extra_time.end" if ends else "extra_time.give", reason=why
        ) as unit:
            _require_over(unit, actor, person_id, gives=True)
            given = given_time(unit, person_id)
            if extra == (given[-1].extra if given else NO_EXTRA_TIME):
                raise GiftRefused(_("Their extra time is so already."))
            unit.add(
                ExtraTimeRow(
                    person_id=person_id,
                    percent=extra.percent,
                    seconds=extra.seconds,
                    **self._given_by(actor, why),
                )
            )

    def _given_by(self, actor: Actor, reason: str) -> dict[str, str | datetime | UUID | None]:
        now = self._site.clock.now()
        return {"reason": reason, "at": now, "by": actor.account_id, "by_name": actor.name}

    def _quiz(self, session: Session, person_id: UUID, lesson_id: UUID) -> SupervisedQuiz:
        version, now = self._releases.of_lesson(session, lesson_id), self._site.clock.now()
        mine = (AttemptRow.person_id == person_id, AttemptRow.lesson_id == lesson_id)
        score = sa.func.coalesce(AttemptAnewRow.score_hundredths, AttemptResultRow.score_hundredths)
        counted = (
            sa.select(sa.func.count(AttemptRow.id), sa.func.max(score))
            .outerjoin(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
            .outerjoin(AttemptAnewRow, AttemptAnewRow.attempt_id == AttemptRow.id)
            .where(*mine)
        )
        attempts, best = session.execute(counted).one()
        open_attempt = open_row(session, person_id, lesson_id)
        return SupervisedQuiz(
            lesson_id=lesson_id,
            course_id=version.course_id,
            course=version.outline.title,
            version=version.number,
            position=version.lesson_ids.index(lesson_id) + 1,
            title=version.plan(lesson_id).title,
            decision=self._histories.decision(session, person_id, lesson_id, now),
            attempts=attempts,
            best_hundredths=best,
            open_attempt_id=None if open_attempt is None else open_attempt.id,
            time_left=None
            if open_attempt is None
            else time_left_of(session, self._attempts.of(session, open_attempt.id), now),
            gifts=_gifts(session, person_id, lesson_id),
        )


def _require_over(session: Session, actor: Actor, person_id: UUID, *, gives: bool = False) -> None:
    """Raise NotFound, NotAllowed, NotForOneself unless the actor supervises the person."""
    actor.require(Capability.SUPERVISE_QUIZZES, place_of(session, person_id))
    printed_person(session, person_id)
    if gives and actor.person_id == person_id:
        raise NotForOneself


def _tried(session: Session, person_id: UUID) -> list[UUID]:
    statement = (
        sa.select(AttemptRow.lesson_id)
        .where(AttemptRow.person_id == person_id)
        .group_by(AttemptRow.lesson_id)
        .order_by(sa.func.max(AttemptRow.began_at).desc(), AttemptRow.lesson_id)
    )
    return list(session.scalars(statement))


def _gifts(session: Session, person_id: UUID, lesson_id: UUID) -> tuple[Gift, ...]:
    unlocks = sa.select(AttemptUnlockRow).where(
        AttemptUnlockRow.person_id == person_id, AttemptUnlockRow.lesson_id == lesson_id
    )
    extensions = (
        sa.select(AttemptExtensionRow)
        .join(AttemptRow, AttemptRow.id == AttemptExtensionRow.attempt_id)
        .where(AttemptRow.person_id == person_id, AttemptRow.lesson_id == lesson_id)
    )
    found = [
        *(
            Gift(
                kind=GiftKind.ATTEMPT if row.adds_attempt else GiftKind.WAITING_LIFTED,
                at=row.at,
                by_name=row.by_name,
                reason=row.reason,
            )
            for row in session.scalars(unlocks)
        ),
        *(
            Gift(
                kind=GiftKind.TIME,
                at=row.at,
                by_name=row.by_name,
                reason=row.reason,
                extra=ExtraTime(seconds=row.seconds),
            )
            for row in session.scalars(extensions)
        ),
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _extra_gifts(session: Session, person_id: UUID) -> tuple[Gift, ...]:
    statement = (
        sa.select(ExtraTimeRow)
        .where(ExtraTimeRow.person_id == person_id)
        .order_by(ExtraTimeRow.at.desc(), ExtraTimeRow.id.desc())
    )
    return tuple(
        Gift(
            kind=GiftKind.EXTRA_TIME if row.percent or row.seconds else GiftKind.EXTRA_TIME_ENDED,
            at=row.at,
            by_name=row.by_name,
            reason=row.reason,
            extra=ExtraTime(percent=row.percent, seconds=row.seconds),
        )
        for row in session.scalars(statement)
    )
