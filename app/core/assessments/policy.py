"""When an attempt may begin, how long it has left, and what may be seen afterwards. Pure decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.assessments.types import FeedbackPolicy, Outage, PastAttempt, QuizSettings


class StartReason(StrEnum):
    """Why an attempt may begin or not."""

    ALLOWED = "allowed"
    ATTEMPT_OPEN = "attempt_open"
    ALREADY_PASSED = "already_passed"
    ATTEMPTS_USED_UP = "attempts_used_up"
    RETRAINING_NEEDED = "retraining_needed"
    COOLING_OFF = "cooling_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDecision:
    """Whether another attempt may begin now."""

    reason: StartReason
    allowed_from: datetime | None = None
    """When waiting helps: the instant from which it may begin."""
    attempts_left: int | None = None
    """Counting the one that may begin now; None when their number is not limited."""

    @property
    def allowed(self) -> bool:
        """Tell whether it may begin."""
        return self.reason is StartReason.ALLOWED


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptHistory:
    """What a person has done at this quiz."""

    attempts: tuple[PastAttempt, ...] = ()
    unlocked_at: tuple[datetime, ...] = ()
    """When a supervisor gave one more attempt; each also ends the waiting and asks no retraining."""
    retrained_at: datetime | None = None
    """When the lesson was last taken anew."""

    @property
    def closed(self) -> tuple[PastAttempt, ...]:
        """Return the attempts that ended, the earliest first."""
        ended = [one for one in self.attempts if one.ended_at is not None]
        return tuple(sorted(ended, key=lambda one: one.ended_at or one.began_at))

    @property
    def failures_in_a_row(self) -> int:
        """Return how many attempts failed since the last that passed."""
        count = 0
        for one in reversed(self.closed):
            if one.passed:
                break
            count += 1
        return count

    @property
    def last_ended_at(self) -> datetime | None:
        """Return when the last attempt ended."""
        return self.closed[-1].ended_at if self.closed else None

    @property
    def has_fresh_unlock(self) -> bool:
        """Tell whether a supervisor unlocked it after the last attempt."""
        last = self.last_ended_at
        return any(last is None or at >= last for at in self.unlocked_at)


def may_start(settings: QuizSettings, history: AttemptHistory, now: datetime) -> StartDecision:
    """Decide whether another attempt may begin now."""
    left = _attempts_left(settings, history)
    opens = None if history.has_fresh_unlock else _cooled_off_at(settings, history)
    reason = _hindrance(settings, history, left)
    if reason is None and opens is not None and now < opens:
        return StartDecision(reason=StartReason.COOLING_OFF, allowed_from=opens, attempts_left=left)
    return StartDecision(reason=reason or StartReason.ALLOWED, attempts_left=left)


def _hindrance(
    settings: QuizSettings, history: AttemptHistory, left: int | None
) -> StartReason | None:
    """Return what stands in the way and does not pass by waiting."""
    if any(one.ended_at is None for one in history.attempts):
        return StartReason.ATTEMPT_OPEN
    if not settings.retake_after_pass and any(one.passed for one in history.attempts):
        return StartReason.ALREADY_PASSED
    if left == 0:
        return StartReason.ATTEMPTS_USED_UP
    if not history.has_fresh_unlock and _needs_retraining(settings, history):
        return StartReason.RETRAINING_NEEDED
    return None


def _attempts_left(settings: QuizSettings, history: AttemptHistory) -> int | None:
    if settings.max_attempts is None:
        return None
    return max(settings.max_attempts + len(history.unlocked_at) - len(history.attempts), 0)


def _needs_retraining(settings: QuizSettings, history: AttemptHistory) -> bool:
    """Tell whether enough attempts failed since the last pass and the last retraining."""
    if settings.retrain_after_failures is None:
        return False
    failed = history.closed[len(history.closed) - history.failures_in_a_row :]
    since = history.retrained_at
    counted = [one for one in failed if since is None or (one.ended_at and one.ended_at > since)]
    return len(counted) >= settings.retrain_after_failures


def _cooled_off_at(settings: QuizSettings, history: AttemptHistory) -> datetime | None:
    failures, last = history.failures_in_a_row, history.last_ended_at
    if not failures or not settings.cool_off_seconds or last is None:
        return None
    waits = settings.cool_off_seconds
    return last + timedelta(seconds=waits[min(failures, len(waits)) - 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """The course of one attempt in time."""

    began_at: datetime
    outages: tuple[Outage, ...] = ()
    extension_seconds: int = 0
    """Given by an invigilator, or to this person for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLeft:
    """How much of an attempt's time remains."""

    left: timedelta
    """Never below 0."""
    ends_at: datetime
    """When it runs out if nothing more happens."""
    late: bool
    """Past the grace as well: what is handed in now no longer counts."""


def time_used(settings: QuizSettings, sitting: Sitting, now: datetime) -> timedelta:
    """Return how long was worked; outages do not count where the quiz gives them back."""
    used = max(now - sitting.began_at, timedelta(0))
    if not settings.outages_excluded:
        return used
    lost = (
        ended - began
        for began, ended in _apart(sitting.outages, sitting.began_at, max(now, sitting.began_at))
    )
    return used - sum(lost, timedelta(0))


def time_left(settings: QuizSettings, sitting: Sitting, now: datetime) -> TimeLeft | None:
    """Return what remains of the time limit; None when there is no limit."""
    if settings.time_limit_seconds is None:
        return None
    given = timedelta(seconds=settings.time_limit_seconds + sitting.extension_seconds)
    remaining = given - time_used(settings, sitting, now)
    return TimeLeft(
        left=max(remaining, timedelta(0)),
        ends_at=now + remaining,
        late=remaining < -timedelta(seconds=settings.grace_seconds),
    )


def _apart(
    outages: Iterable[Outage], start: datetime, end: datetime
) -> Sequence[tuple[datetime, datetime]]:
    """Return the outages within start and end, in order, those that overlap made one."""
    spans = sorted((max(one.began_at, start), min(one.ended_at or end, end)) for one in outages)
    apart: list[tuple[datetime, datetime]] = []
    for began, ended in spans:
        if ended <= began:
            continue
        if apart and began <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], ended))
        else:
            apart.append((began, ended))
    return apart


def may_see_feedback(policy: FeedbackPolicy, *, ended: bool, passed: bool) -> bool:
    """Decide whether the learner may see what was right, and why."""
    match policy:
        case FeedbackPolicy.NONE:
            return False
        case FeedbackPolicy.AFTER_PASS:
            return ended and passed
        case FeedbackPolicy.AFTER_ATTEMPT:
            return ended
