"""Where somebody stands with a practical, out of what was seen, concluded and signed: pure.

Facts may come in any order and more than once; the same facts say the same. Of several marks of a
step, or results of a run, the newest counts, by its time and then its id.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from app.core.storage.columns import canonical_json
from app.core.training.practicals.forms import FormContent, FormStep
from app.core.training.practicals.kinds import (
    STAGES,
    AssessmentVerdict,
    Hand,
    RunState,
    Stage,
    StepMark,
)

BOTH = frozenset(Hand)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkFact:
    """What was seen of a step once."""

    id: UUID
    step: UUID
    mark: StepMark
    remark: str = ""
    photo: str = ""
    at: datetime
    by_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFact:
    """Once through the steps."""

    id: UUID
    stage: Stage
    at: datetime
    steps: tuple[FormStep, ...]
    """Of the version of the form that it was watched by."""
    marks: tuple[MarkFact, ...] = ()
    version: int = 1
    version_sha256: str = ""
    assessor_id: UUID | None = None
    by_name: str = ""

    @property
    def newest(self) -> dict[UUID, MarkFact]:
        """Return the mark that counts of each step."""
        found: dict[UUID, MarkFact] = {}
        for mark in self.marks:
            held = found.get(mark.step)
            if held is None or (held.at, held.id) < (mark.at, mark.id):
                found[mark.step] = mark
        return found

    @property
    def seen_at(self) -> datetime:
        """Return when the first of the steps was seen as it counts: no newer than that is what it shows."""
        return min((one.at for one in self.newest.values()), default=self.at)

    @property
    def is_whole(self) -> bool:
        """Tell whether every step is marked."""
        marked = self.newest
        return all(step.key in marked for step in self.steps)

    @property
    def missed(self) -> tuple[FormStep, ...]:
        """Return the critical steps that are not done."""
        marked = self.newest
        return tuple(
            step
            for step in self.steps
            if step.is_critical
            and (step.key not in marked or marked[step.key].mark is not StepMark.DONE)
        )

    @property
    def counts(self) -> bool:
        """Tell whether all of it is marked, and every critical step done."""
        return self.is_whole and not self.missed


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningFact:
    """One hand under a result."""

    id: UUID
    hand: Hand
    at: datetime
    by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFact:
    """What an assessment came to."""

    id: UUID
    round_id: UUID
    verdict: AssessmentVerdict
    remark: str = ""
    retry_on: date | None = None
    sha256: str = ""
    at: datetime
    assessor_id: UUID | None = None
    by_name: str = ""
    signings: tuple[SigningFact, ...] = ()

    @property
    def hands(self) -> frozenset[Hand]:
        """Return who has signed."""
        return frozenset(one.hand for one in self.signings)

    @property
    def is_signed(self) -> bool:
        """Tell whether both have signed."""
        return self.hands >= BOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """All that is known of one run."""

    number: int = 1
    rounds: tuple[RoundFact, ...] = ()
    results: tuple[ResultFact, ...] = ()
    since: datetime | None = None
    """From when on rounds count: it was asked for anew then, or the person came back; None: all do."""

    @property
    def is_over(self) -> bool:
        """Tell whether both signed that the person is competent: what was watched for that counts for good."""
        return any(
            one.is_signed and one.verdict is AssessmentVerdict.COMPETENT for one in self.results
        )

    def is_of_now(self, seen: RoundFact) -> bool:
        """Tell whether a round was begun since the practical was asked for anew."""
        return self.since is None or seen.at >= self.since or self.is_over

    def counts(self, seen: RoundFact) -> bool:
        """Tell whether a round is one of those that its stage asks for."""
        return seen.counts and self.is_of_now(seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """Where a run stands."""

    state: RunState
    stage: Stage
    """That comes next, or in which it is."""
    done: int
    """Rounds of that stage that count."""
    needed: int
    result: ResultFact | None = None
    """The one that counts: of a run that is over the one that ended it, else the newest."""
    disagrees: bool = False
    """Whether one signed result says competent, and another not yet."""
    counted: Mapping[Stage, int] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more is recorded in the run."""
        return self.state is RunState.COMPETENT


def stand_of(content: FormContent, facts: RunFacts) -> Stands:
    """Return where a run stands by the form that is in force."""
    rounds = tuple({one.id: one for one in facts.rounds}.values())
    results = _in_order(facts.results)
    signed = [one for one in results if one.is_signed]
    ended = [one for one in signed if one.verdict is AssessmentVerdict.COMPETENT]
    result = next(iter([*ended[-1:], *results[-1:]]), None)
    counted = {
        stage: sum(facts.counts(one) for one in rounds if one.stage is stage) for stage in STAGES
    }
    stage = Stage.ASSESSED if ended else _stage_to_come(content, facts.number, counted)
    return Stands(
        state=_state(bool(ended), result, bool(rounds), _watched_since(rounds, result)),
        stage=stage,
        done=counted[stage],
        needed=content.rounds_of(stage, facts.number),
        result=result,
        disagrees=_is_later_no(signed, ended),
        counted=counted,
    )


def _in_order(results: Iterable[ResultFact]) -> list[ResultFact]:
    """Return results as they came, each once."""
    return sorted({one.id: one for one in results}.values(), key=lambda one: (one.at, one.id))


def _stage_to_come(content: FormContent, number: int, counted: Mapping[Stage, int]) -> Stage:
    """Return the first stage that lacks rounds, else the assessment."""
    lacking = (one for one in STAGES if counted[one] < content.rounds_of(one, number))
    return next(lacking, Stage.ASSESSED)


def _state(is_over: bool, result: ResultFact | None, is_begun: bool, goes_on: bool) -> RunState:
    if is_over:
        return RunState.COMPETENT
    if result is not None and not goes_on:
        return RunState.NOT_YET if result.is_signed else RunState.TO_SIGN
    return RunState.PRACTISING if is_begun else RunState.OPEN


def _watched_since(rounds: Iterable[RoundFact], result: ResultFact | None) -> bool:
    """Tell whether another round began after the result."""
    return result is not None and any(one.at > result.at for one in rounds)


def _is_later_no(signed: list[ResultFact], ended: list[ResultFact]) -> bool:
    """Tell whether somebody said not yet after somebody said competent."""
    if not ended:
        return False
    first = (ended[0].at, ended[0].id)
    return any(
        one.verdict is AssessmentVerdict.NOT_YET and (one.at, one.id) > first for one in signed
    )


def digest_of(
    seen: RoundFact, verdict: AssessmentVerdict, remark: str, retry_on: date | None
) -> str:
    """Return SHA-256 of what was seen in a round and concluded from it: what both sign."""
    said = {
        "round": str(seen.id),
        "form": seen.version_sha256,
        "stage": seen.stage.value,
        "marks": {
            str(step): [one.mark.value, one.remark, one.photo] for step, one in seen.newest.items()
        },
        "verdict": verdict.value,
        "remark": remark,
        "retry_on": None if retry_on is None else retry_on.isoformat(),
    }
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()
