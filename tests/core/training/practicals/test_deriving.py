"""Where a run stands follows from its facts alone, in whatever order and however often they come."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.core.training.practicals import (
    STAGES,
    AssessmentVerdict,
    FormContent,
    FormSection,
    FormStep,
    Hand,
    MarkFact,
    Qualified,
    ResultFact,
    RoundFact,
    RunFacts,
    RunState,
    SigningFact,
    Stage,
    StepMark,
    stand_of,
)
from app.core.training.practicals.qualifying import Span, qualification_on

T = TypeVar("T")
START = datetime(2026, 11, 23, 4, tzinfo=UTC)
STEPS = tuple(
    FormStep(key=UUID(int=place), text=f"Step {place}", is_critical=place == 2)
    for place in (1, 2, 3)
)
FORM = FormContent(
    title="LOTO",
    observed=1,
    guided=2,
    independent=1,
    sections=(FormSection(steps=STEPS),),
)
DAY = date(2026, 11, 23)

marks = st.builds(
    MarkFact,
    id=st.uuids(),
    step=st.sampled_from([step.key for step in STEPS]),
    mark=st.sampled_from(StepMark),
    at=st.integers(0, 40).map(lambda minutes: START + timedelta(minutes=minutes)),
)
rounds = st.builds(
    RoundFact,
    id=st.uuids(),
    stage=st.sampled_from(Stage),
    at=st.integers(0, 40).map(lambda minutes: START + timedelta(minutes=minutes)),
    steps=st.just(STEPS),
    marks=st.lists(marks, max_size=6, unique_by=lambda one: one.id).map(tuple),
)
signings = st.builds(SigningFact, id=st.uuids(), hand=st.sampled_from(Hand), at=st.just(START))
results = st.builds(
    ResultFact,
    id=st.uuids(),
    round_id=st.uuids(),
    verdict=st.sampled_from(AssessmentVerdict),
    at=st.integers(0, 40).map(lambda minutes: START + timedelta(minutes=minutes)),
    signings=st.lists(signings, max_size=3).map(tuple),
)
facts = st.builds(
    RunFacts,
    number=st.integers(1, 3),
    rounds=st.lists(rounds, max_size=7, unique_by=lambda one: one.id).map(tuple),
    results=st.lists(results, max_size=4, unique_by=lambda one: one.id).map(tuple),
)


@given(facts, st.randoms(use_true_random=False))
def test_any_order_and_repetition_says_the_same(known: RunFacts, chance: Random) -> None:
    """Two assessors at once: whatever order their facts arrive in, every PC says the same."""

    def mixed(some: tuple[T, ...]) -> tuple[T, ...]:
        twice = [*some, *some[:2]]
        chance.shuffle(twice)
        return tuple(twice)

    again = RunFacts(
        number=known.number,
        rounds=tuple(replace(one, marks=mixed(one.marks)) for one in mixed(known.rounds)),
        results=tuple(replace(one, signings=mixed(one.signings)) for one in mixed(known.results)),
    )
    before, after = stand_of(FORM, known), stand_of(FORM, again)

    assert (before.state, before.stage, before.done, before.counted, before.disagrees) == (
        after.state, after.stage, after.done, after.counted, after.disagrees,
    )  # fmt: skip
    assert (before.result and before.result.id) == (after.result and after.result.id)


@given(facts)
def test_a_run_is_over_by_a_competent_result_with_both_hands_and_by_nothing_else(
    known: RunFacts,
) -> None:
    over = any(
        one.verdict is AssessmentVerdict.COMPETENT
        and {two.hand for two in one.signings} == set(Hand)
        for one in known.results
    )

    assert stand_of(FORM, known).is_over is over


@given(facts)
def test_the_stage_is_the_first_that_lacks_rounds(known: RunFacts) -> None:
    stands = stand_of(FORM, known)
    if stands.is_over:
        return
    for stage in STAGES[: STAGES.index(stands.stage)]:
        assert stands.counted[stage] >= FORM.rounds_of(stage, known.number)
    if stands.stage is not Stage.ASSESSED:
        assert stands.done < stands.needed


@given(facts, rounds)
def test_another_round_never_brings_somebody_back_a_stage(known: RunFacts, one: RoundFact) -> None:
    before = stand_of(FORM, known)
    after = stand_of(FORM, replace(known, rounds=(*known.rounds, one)))

    assert STAGES.index(after.stage) >= STAGES.index(before.stage)


@given(rounds)
def test_a_round_counts_when_every_step_is_marked_and_the_critical_ones_are_done(
    one: RoundFact,
) -> None:
    newest = {}
    for mark in sorted(one.marks, key=lambda each: (each.at, each.id)):
        newest[mark.step] = mark.mark
    expected = len(newest) == len(STEPS) and newest[STEPS[1].key] is StepMark.DONE

    assert one.counts is expected


days = st.integers(-30, 30).map(lambda count: DAY + timedelta(days=count))
spans = st.builds(Span, from_on=days, until_on=st.none() | days, ended_on=st.none() | days)


@given(st.lists(spans, max_size=5), days)
def test_an_assessor_is_qualified_on_the_days_of_any_appointment(
    appointed: list[Span], day: date
) -> None:
    expected = any(
        one.from_on <= day
        and (one.until_on is None or day <= one.until_on)
        and (one.ended_on is None or day < one.ended_on)
        for one in appointed
    )
    found = qualification_on(day, appointed)

    assert found.may_sign is expected
    assert qualification_on(day, appointed[::-1]) == found
    has_held = any(one.ever_held and one.from_on <= day for one in appointed)
    if found.state is Qualified.LAPSED and has_held:
        assert found.since is not None
        assert qualification_on(found.since - timedelta(days=1), appointed).may_sign
        assert not qualification_on(found.since, appointed).may_sign


def test_who_does_not_hold_what_assessors_must_is_not_qualified() -> None:
    always = [Span(from_on=DAY - timedelta(days=9))]

    assert qualification_on(DAY, always).may_sign
    assert not qualification_on(DAY, always, holds_until=None).may_sign
    lapsed = qualification_on(DAY, always, holds_until=DAY - timedelta(days=2))
    assert (lapsed.state, lapsed.since) == (Qualified.LAPSED, DAY - timedelta(days=1))


def test_a_result_waits_for_signatures_until_another_round_begins() -> None:
    watched = RoundFact(id=UUID(int=9), stage=Stage.ASSESSED, at=START, steps=STEPS)
    result = ResultFact(
        id=UUID(int=8),
        round_id=watched.id,
        verdict=AssessmentVerdict.NOT_YET,
        at=START + timedelta(minutes=5),
    )
    known = RunFacts(rounds=(watched,), results=(result,))
    assert stand_of(FORM, known).state is RunState.TO_SIGN

    later = replace(watched, id=UUID(int=10), at=START + timedelta(minutes=9))
    assert stand_of(FORM, replace(known, rounds=(watched, later))).state is RunState.PRACTISING
