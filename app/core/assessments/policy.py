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
    is_released: bool = False
    """Whether a supervisor gave an attempt, or ended the waiting, since the last one."""

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
    lifted_at: tuple[datetime, ...] = ()
    """When a supervisor ended the waiting, and nothing more."""
    retrained_at: datetime | None = None
    """When the lesson was last taken anew: what was tried and given before no longer counts."""

    @property
    def counted(self) -> tuple[PastAttempt, ...]:
        """Return the attempts since the last retraining; one that is still open always counts."""
        return tuple(one for one in self.attempts if self._counts(one))

    @property
    def closed(self) -> tuple[PastAttempt, ...]:
        """Return the attempts that ended, the earliest first.

        Those before the last retraining only while none has ended after it: the waiting goes on.
        """
        ended = [one for one in self.attempts if one.ended_at is not None]
        fresh = [one for one in ended if self._counts(one)]
        return tuple(sorted(fresh or ended, key=lambda one: one.ended_at or one.began_at))

    @property
    def unlocks(self) -> int:
        """Return how many attempts a supervisor has given since the last retraining."""
        since = self.retrained_at
        return sum(since is None or at >= since for at in self.unlocked_at)

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
    def fresh_unlocks(self) -> int:
        """Return how many attempts a supervisor has given since the last one was made."""
        return self._after_the_last(self.unlocked_at)

    @property
    def has_fresh_lift(self) -> bool:
        """Tell whether a supervisor ended the waiting after the last attempt."""
        return self._after_the_last(self.lifted_at) > 0

    def _counts(self, one: PastAttempt) -> bool:
        since = self.retrained_at
        return since is None or one.ended_at is None or one.ended_at > since

    def _after_the_last(self, given: tuple[datetime, ...]) -> int:
        last = max((one.ended_at or one.began_at for one in self.attempts), default=None)
        return sum(last is None or at >= last for at in given)


def may_start(settings: QuizSettings, history: AttemptHistory, now: datetime) -> StartDecision:
    """Decide whether another attempt may begin now."""
    left = _attempts_left(settings, history)
    is_released = history.fresh_unlocks > 0 or history.has_fresh_lift
    opens = None if is_released else _cooled_off_at(settings, history)
    reason = _hindrance(settings, history, left)
    waits = reason is None and opens is not None and now < opens
    if waits:
        reason = StartReason.COOLING_OFF
    return StartDecision(
        reason=reason or StartReason.ALLOWED,
        allowed_from=opens if waits else None,
        attempts_left=left,
        is_released=is_released,
    )


def is_used_up(settings: QuizSettings, history: AttemptHistory) -> bool:
    """Tell whether somebody has no attempt left and has to ask for one, whatever the time is."""
    left = _attempts_left(settings, history)
    return _hindrance(settings, history, left) is StartReason.ATTEMPTS_USED_UP


def can_unlock(decision: StartDecision) -> bool:
    """Tell whether one more attempt from a supervisor would change anything."""
    if decision.reason in {StartReason.ALREADY_PASSED, StartReason.ATTEMPT_OPEN}:
        return False
    return not decision.allowed or decision.attempts_left is not None


def can_lift(decision: StartDecision) -> bool:
    """Tell whether waiting is all that stands in the way."""
    return decision.reason is StartReason.COOLING_OFF


def _hindrance(
    settings: QuizSettings, history: AttemptHistory, left: int | None
) -> StartReason | None:
    """Return what stands in the way and does not pass by waiting."""
    if any(one.ended_at is None for one in history.attempts):
        return StartReason.ATTEMPT_OPEN
    if not settings.retake_after_pass and any(one.passed for one in history.counted):
        return StartReason.ALREADY_PASSED
    if left == 0:
        return StartReason.ATTEMPTS_USED_UP
    if not history.fresh_unlocks and _needs_retraining(settings, history):
        return StartReason.RETRAINING_NEEDED
    return None


def _attempts_left(settings: QuizSettings, history: AttemptHistory) -> int | None:
    """Return how many attempts may follow.

    One that was given is there even where two PCs, apart from each other, let too many be made.
    """
    if settings.max_attempts is None:
        return None
    left = settings.max_attempts + history.unlocks - len(history.counted)
    return max(left, history.fresh_unlocks)


def _needs_retraining(settings: QuizSettings, history: AttemptHistory) -> bool:
    """Tell whether enough attempts failed since the last pass and the last retraining."""
    if settings.retrain_after_failures is None:
        return False
    failed = history.closed[len(history.closed) - history.failures_in_a_row :]
    counted = [one for one in failed if one in history.counted]
    return len(counted) >= settings.retrain_after_failures


def _cooled_off_at(settings: QuizSettings, history: AttemptHistory) -> datetime | None:
    failures, last = history.failures_in_a_row, history.last_ended_at
    if not failures or not settings.cool_off_seconds or last is None:
        return None
    waits = settings.cool_off_seconds
    return last + timedelta(seconds=waits[min(failures, len(waits)) - 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraTime:
    """More time at every quiz that has a time limit; both parts together."""

    percent: int = 0
    """Of the quiz's own limit."""
    seconds: int = 0

    def on(self, limit_seconds: int) -> int:
        """Return how many seconds it adds to a limit; part of a second counts as a whole one."""
        return -(-limit_seconds * self.percent // 100) + self.seconds


NO_EXTRA_TIME = ExtraTime()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTime:
    """Extra time for a person from an instant on; one of nothing ends what was given before."""

    at: datetime
    extra: ExtraTime


def extra_seconds(limit_seconds: int, given: Iterable[GivenTime], began_at: datetime) -> int:
    """Return what a person's extra time adds to an attempt that began at an instant.

    What is given while it lasts counts at once; ending extra time takes nothing from an attempt
    that has begun.
    """
    in_order = sorted(given, key=lambda one: one.at)
    before = [one for one in in_order if one.at <= began_at][-1:]
    after = [one for one in in_order if one.at > began_at]
    return max((one.extra.on(limit_seconds) for one in (*before, *after)), default=0)


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
