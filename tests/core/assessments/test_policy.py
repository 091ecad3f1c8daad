"""When an attempt may begin, and how long it has left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.policy import (
    AttemptHistory,
    ExtraTime,
    GivenTime,
    Sitting,
    StartReason,
    can_lift,
    can_unlock,
    extra_seconds,
    may_see_feedback,
    may_start,
    time_left,
    time_used,
)
from app.core.assessments.types import FeedbackPolicy, Outage, PastAttempt, QuizSettings

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
HOUR = 3600


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def attempt(ended: float | None, *, passed: bool = False) -> PastAttempt:
    return PastAttempt(
        began_at=at((ended or 0) - 10), ended_at=None if ended is None else at(ended), passed=passed
    )


def history(
    *attempts: PastAttempt,
    unlocked: float | None = None,
    lifted: float | None = None,
    retrained: float | None = None,
) -> AttemptHistory:
    return AttemptHistory(
        attempts=attempts,
        unlocked_at=() if unlocked is None else (at(unlocked),),
        lifted_at=() if lifted is None else (at(lifted),),
        retrained_at=None if retrained is None else at(retrained),
    )


FAILED, PASSED, OPEN = attempt(0), attempt(0, passed=True), attempt(None)
TWICE = (attempt(0), attempt(30))
LIMITED = QuizSettings(max_attempts=2)
COOLING = QuizSettings(cool_off_seconds=(HOUR, 24 * HOUR))
RETRAINING = QuizSettings(retrain_after_failures=2)


@pytest.mark.parametrize(
    ("settings", "past", "reason"),
    [
        (QuizSettings(), history(), StartReason.ALLOWED),
        (QuizSettings(), history(FAILED), StartReason.ALLOWED),
        (QuizSettings(), history(OPEN), StartReason.ATTEMPT_OPEN),
        (QuizSettings(), history(PASSED), StartReason.ALREADY_PASSED),
        (QuizSettings(retake_after_pass=True), history(PASSED), StartReason.ALLOWED),
        (LIMITED, history(FAILED), StartReason.ALLOWED),
        (LIMITED, history(*TWICE), StartReason.ATTEMPTS_USED_UP),
        (LIMITED, history(*TWICE, unlocked=40), StartReason.ALLOWED),
        (LIMITED, history(*TWICE, attempt(50), unlocked=40), StartReason.ATTEMPTS_USED_UP),
        (COOLING, history(FAILED), StartReason.COOLING_OFF),
        (COOLING, history(FAILED, unlocked=5), StartReason.ALLOWED),
        (COOLING, history(FAILED, unlocked=0), StartReason.ALLOWED),
        (COOLING, history(FAILED, unlocked=-5), StartReason.COOLING_OFF),
        (COOLING, history(FAILED, lifted=5), StartReason.ALLOWED),
        (COOLING, history(FAILED, lifted=-5), StartReason.COOLING_OFF),
        (COOLING, history(FAILED, retrained=5), StartReason.COOLING_OFF),
        (LIMITED, history(*TWICE, lifted=40), StartReason.ATTEMPTS_USED_UP),
        (LIMITED, history(*TWICE, retrained=40), StartReason.ALLOWED),
        (LIMITED, history(*TWICE, retrained=10), StartReason.ALLOWED),
        (LIMITED, history(OPEN, retrained=40), StartReason.ATTEMPT_OPEN),
        (QuizSettings(), history(PASSED, retrained=5), StartReason.ALLOWED),
        (QuizSettings(), history(PASSED, retrained=-5), StartReason.ALREADY_PASSED),
        (RETRAINING, history(*TWICE, lifted=45), StartReason.RETRAINING_NEEDED),
        (RETRAINING, history(FAILED), StartReason.ALLOWED),
        (RETRAINING, history(*TWICE), StartReason.RETRAINING_NEEDED),
        (RETRAINING, history(*TWICE, retrained=0), StartReason.ALLOWED),
        (RETRAINING, history(*TWICE, retrained=10), StartReason.ALLOWED),
        (RETRAINING, history(*TWICE, retrained=-10), StartReason.RETRAINING_NEEDED),
        (RETRAINING, history(*TWICE, retrained=45), StartReason.ALLOWED),
        (RETRAINING, history(*TWICE, unlocked=45), StartReason.ALLOWED),
    ],
)
def test_whether_an_attempt_may_begin(
    settings: QuizSettings, past: AttemptHistory, reason: StartReason
) -> None:
    decision = may_start(settings, past, at(55))
    assert decision.reason is reason
    assert decision.allowed == (reason is StartReason.ALLOWED)


@pytest.mark.parametrize(
    ("failures", "hours"), [(1, 1), (2, 24), (3, 24)], ids=["first", "second", "every later"]
)
def test_the_waiting_time_grows_with_each_failure(failures: int, hours: int) -> None:
    past = history(*(attempt(number) for number in range(failures)))
    opens = at(failures - 1) + timedelta(hours=hours)

    before = may_start(COOLING, past, opens - timedelta(seconds=1))

    assert (before.reason, before.allowed_from) == (StartReason.COOLING_OFF, opens)
    assert may_start(COOLING, past, opens).allowed


def test_the_row_of_failures_begins_anew_with_the_first_after_retraining() -> None:
    past = history(attempt(0), attempt(1), attempt(10), retrained=5)
    opens = at(10) + timedelta(hours=1)
    assert may_start(COOLING, past, at(11)).allowed_from == opens


def test_a_pass_ends_the_row_of_failures() -> None:
    settings = QuizSettings(cool_off_seconds=(HOUR,), retake_after_pass=True)
    assert may_start(settings, history(attempt(0), attempt(30, passed=True)), at(31)).allowed


@pytest.mark.parametrize(("past", "left"), [((), 2), ((FAILED,), 1), (TWICE, 0)])
def test_attempts_left_are_counted(past: tuple[PastAttempt, ...], left: int) -> None:
    assert may_start(LIMITED, history(*past), at(55)).attempts_left == left
    assert may_start(QuizSettings(), history(*past), at(55)).attempts_left is None


minutes = st.integers(0, 300)
attempts = st.lists(st.tuples(minutes, st.booleans()), max_size=6).map(
    lambda ended: tuple(attempt(one, passed=passed) for one, passed in ended)
)
rules = st.builds(
    QuizSettings,
    max_attempts=st.none() | st.integers(1, 4),
    cool_off_seconds=st.lists(st.integers(0, 3 * HOUR), max_size=3).map(tuple),
    retrain_after_failures=st.none() | st.integers(1, 3),
    retake_after_pass=st.booleans(),
)
NOW = at(301)


@given(rules, attempts, st.none() | minutes, st.none() | minutes)
def test_an_unlock_lets_one_more_attempt_begin_wherever_it_is_of_use(
    settings: QuizSettings,
    tried: tuple[PastAttempt, ...],
    unlocked: int | None,
    retrained: int | None,
) -> None:
    past = history(*tried, unlocked=unlocked, retrained=retrained)
    before = may_start(settings, past, NOW)
    after = may_start(settings, replace(past, unlocked_at=(*past.unlocked_at, NOW)), NOW)

    if can_unlock(before):
        assert after.allowed
        assert after.is_released
    else:
        assert after.reason is before.reason
    if before.attempts_left is not None:
        assert after.attempts_left is not None
        assert 0 <= after.attempts_left - before.attempts_left <= 1


@given(rules, attempts, st.none() | minutes, st.none() | minutes)
def test_ending_the_waiting_ends_nothing_else(
    settings: QuizSettings,
    tried: tuple[PastAttempt, ...],
    unlocked: int | None,
    retrained: int | None,
) -> None:
    past = history(*tried, unlocked=unlocked, retrained=retrained)
    before = may_start(settings, past, NOW)
    after = may_start(settings, replace(past, lifted_at=(NOW,)), NOW)

    wanted = StartReason.ALLOWED if can_lift(before) else before.reason
    assert (after.reason, after.attempts_left) == (wanted, before.attempts_left)


@given(rules, attempts, st.none() | minutes)
def test_retraining_makes_every_attempt_new(
    settings: QuizSettings, tried: tuple[PastAttempt, ...], unlocked: int | None
) -> None:
    fresh = may_start(settings, history(), NOW)
    decision = may_start(settings, history(*tried, unlocked=unlocked, retrained=301), NOW)

    assert decision.reason in {StartReason.ALLOWED, StartReason.COOLING_OFF}
    assert decision.attempts_left == fresh.attempts_left


def given_at(minute: int, percent: int, seconds: int = 0) -> GivenTime:
    return GivenTime(at=at(minute), extra=ExtraTime(percent=percent, seconds=seconds))


def test_extra_time_counts_from_when_it_is_given_and_is_not_taken_back() -> None:
    given = (given_at(0, 25), given_at(10, 0), given_at(20, 50, 60))
    assert {extra_seconds(600, given, at(began)) for began in (-1, 0, 5, 10, 19, 20, 99)} == {360}
    assert [extra_seconds(600, given[:2], at(began)) for began in (5, 10, 20)] == [150, 0, 0]


@given(
    st.integers(1, 10_000),
    st.lists(st.builds(given_at, minutes, st.integers(0, 400), st.integers(0, 900)), max_size=5),
    minutes,
    st.builds(given_at, st.integers(301, 400), st.integers(0, 400)),
)
def test_what_is_given_later_only_adds(
    limit: int, given: list[GivenTime], began: int, later: GivenTime
) -> None:
    before = extra_seconds(limit, given, at(began))
    after = extra_seconds(limit, [*given, later], at(began))
    assert after == max(before, later.extra.on(limit))
    assert before == extra_seconds(limit, reversed(given), at(began)) or len(
        {one.at for one in given}
    ) < len(given)


TIMED = QuizSettings(time_limit_seconds=30 * 60, grace_seconds=60)


def minutes_left(
    now: float, *outages: Outage, settings: QuizSettings = TIMED, extra: int = 0
) -> float:
    sitting = Sitting(began_at=START, outages=outages, extension_seconds=extra)
    left = time_left(settings, sitting, at(now))
    assert left is not None
    return left.left.total_seconds() / 60


def outage(began: float, ended: float | None) -> Outage:
    return Outage(began_at=at(began), ended_at=None if ended is None else at(ended))


def test_time_runs() -> None:
    assert [minutes_left(now) for now in (-5, 0, 10, 30, 45)] == [30, 30, 20, 0, 0]
    assert minutes_left(40, extra=900) == 5


def test_an_outage_is_given_back() -> None:
    assert minutes_left(20, outage(5, 15)) == 20
    assert minutes_left(20, outage(15, None)) == 15
    assert minutes_left(20, outage(5, 15), outage(10, 18), outage(5, 15)) == 23
    assert minutes_left(20, outage(-10, 5), outage(18, 90), outage(12, 11)) == 17


def test_an_outage_counts_where_the_quiz_says_so() -> None:
    strict = QuizSettings(time_limit_seconds=30 * 60, outages_excluded=False)
    assert minutes_left(20, outage(5, 15), settings=strict) == 10


def test_late_is_after_the_grace() -> None:
    sitting = Sitting(began_at=START)
    late = [time_left(TIMED, sitting, at(now)) for now in (29, 30.5, 31, 31.5)]
    assert [one.late for one in late if one] == [False, False, False, True]
    assert late[0] is not None
    assert late[0].ends_at == at(30)


def test_without_a_limit_there_is_no_time_left() -> None:
    assert time_left(QuizSettings(), Sitting(began_at=START), at(1)) is None


@given(
    st.lists(st.tuples(st.integers(-60, 120), st.integers(-60, 120)), max_size=5),
    st.integers(0, 90),
)
def test_time_used_never_exceeds_time_gone(spans: list[tuple[int, int]], now: int) -> None:
    outages = tuple(outage(began, ended) for began, ended in spans)
    used = time_used(TIMED, Sitting(began_at=START, outages=outages), at(now))
    lost = {minute for began, ended in spans for minute in range(max(began, 0), min(ended, now))}
    assert used == timedelta(minutes=now - len(lost))


@pytest.mark.parametrize(
    ("policy", "seen"),
    [
        (FeedbackPolicy.NONE, [False, False, False]),
        (FeedbackPolicy.AFTER_PASS, [False, False, True]),
        (FeedbackPolicy.AFTER_ATTEMPT, [False, True, True]),
    ],
)
def test_feedback_is_seen_by_policy(policy: FeedbackPolicy, seen: list[bool]) -> None:
    cases = [(False, False), (True, False), (True, True)]
    assert [may_see_feedback(policy, ended=ended, passed=passed) for ended, passed in cases] == seen
