"""Where a subject stands: from its steps in any order, and the same asked of the database."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.core.approvals import StepTaken, SubjectState, standing_of, state_in_sql
from app.core.approvals.in_sql import waiting_in_sql
from app.core.approvals.models import ApprovalStepRow, Step
from app.core.base.actor import system_actor
from app.core.base.ids import new_id
from app.core.journal import Site

TODAY = date(2026, 3, 14)
_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_SENT = tuple(UUID(int=number) for number in (1, 2, 3))


def step(kind: Step, **values: object) -> StepTaken:
    """Return a step with everything that does not matter filled in."""
    usual: dict[str, object] = {
        "id": new_id(),
        "answers": None,
        "at": _NOON,
        "by": None,
        "authors": frozenset(),
        "reason": "",
        "effective_on": TODAY if kind is Step.APPROVED else None,
        "sha256": "",
    }
    return StepTaken(step=kind, **{**usual, **values})  # type: ignore[arg-type]  # filled in above


sent = step(Step.SUBMITTED, id=_SENT[0])
approval = step(Step.APPROVED, answers=sent.id)
rejection = step(Step.REJECTED, answers=sent.id)


_later = step(Step.APPROVED, answers=sent.id, effective_on=TODAY + timedelta(days=2))
_BOOK = [
    ([], SubjectState.DRAFT),
    ([sent], SubjectState.IN_REVIEW),
    ([sent, rejection], SubjectState.DRAFT),
    ([sent, step(Step.WITHDRAWN, answers=sent.id)], SubjectState.DRAFT),
    ([sent, approval], SubjectState.EFFECTIVE),
    ([approval], SubjectState.DRAFT),
    ([sent, approval, step(Step.RETIRED)], SubjectState.RETIRED),
    ([sent, rejection, step(Step.SUBMITTED, id=_SENT[1])], SubjectState.IN_REVIEW),
    ([sent, _later], SubjectState.APPROVED),
]


@pytest.mark.parametrize(("steps", "state"), _BOOK)
def test_each_step_leads_to_the_state_of_the_book(
    steps: list[StepTaken], state: SubjectState
) -> None:
    assert standing_of(steps, TODAY).state is state


def test_an_approval_is_effective_on_its_day_and_not_before() -> None:
    assert standing_of([sent, _later], TODAY).state is SubjectState.APPROVED
    assert standing_of([sent, _later], TODAY + timedelta(days=2)).state is SubjectState.EFFECTIVE
    assert standing_of([sent, _later, approval], TODAY).effective_on == TODAY


def test_a_rejection_beats_an_approval_of_the_same_submission_whatever_the_clocks_say() -> None:
    for hours in (-5, 0, 5):
        late = step(Step.REJECTED, answers=sent.id, at=_NOON + timedelta(hours=hours))
        assert standing_of([sent, approval, late], TODAY).state is SubjectState.DRAFT


def test_what_two_people_approve_waits_for_the_second_and_counts_from_both_on() -> None:
    both = step(Step.SUBMITTED, id=_SENT[0], approvers=2)
    meera, ravi = UUID(int=8), UUID(int=9)
    first = step(Step.APPROVED, answers=both.id, by=meera)
    again = step(Step.APPROVED, answers=both.id, by=meera, at=_NOON + timedelta(hours=1))
    tomorrow = TODAY + timedelta(days=1)
    second = step(Step.APPROVED, answers=both.id, by=ravi, effective_on=tomorrow)

    for waiting in ([both, first], [again, both, first]):
        standing = standing_of(waiting, TODAY)
        assert (standing.state, len(standing.given)) == (SubjectState.IN_REVIEW, 1)
    standing = standing_of([second, both, again, first], TODAY)
    assert (standing.state, standing.effective_on) == (SubjectState.APPROVED, tomorrow)
    assert [one.by for one in standing.given] == [meera, ravi]
    refused = step(Step.REJECTED, answers=both.id)
    assert standing_of([both, first, second, refused], TODAY).state is SubjectState.DRAFT


@st.composite
def _steps(draw: st.DrawFn) -> list[StepTaken]:
    count = draw(st.integers(0, 8))
    made = []
    for _index in range(count):
        kind = draw(st.sampled_from(Step))
        made.append(
            step(
                kind,
                answers=None
                if kind in {Step.SUBMITTED, Step.RETIRED}
                else draw(st.sampled_from(_SENT)),
                at=_NOON + timedelta(hours=draw(st.integers(-3, 3))),
                by=draw(st.sampled_from([None, UUID(int=8), UUID(int=9)])),
                effective_on=draw(
                    st.sampled_from([TODAY - timedelta(days=1), TODAY + timedelta(1)])
                )
                if kind is Step.APPROVED
                else None,
            )
        )
    submissions = [index for index, one in enumerate(made) if one.step is Step.SUBMITTED]
    for index, key in zip(submissions, _SENT, strict=False):
        approvers = draw(st.integers(1, 2))
        made[index] = step(Step.SUBMITTED, id=key, at=made[index].at, approvers=approvers)
    return made


@given(steps=_steps(), data=st.data())
def test_any_order_and_any_repetition_of_the_steps_gives_one_state(
    steps: list[StepTaken], data: st.DataObject
) -> None:
    turned = data.draw(st.permutations(steps))
    again = [*turned, *data.draw(st.permutations(turned))]

    found = standing_of(steps, TODAY)
    assert standing_of(turned, TODAY) == found
    assert standing_of(again, TODAY).state is found.state
    refused = {one.answers for one in steps if one.step in {Step.REJECTED, Step.WITHDRAWN}}
    if found.approval is not None:
        assert found.approval.answers not in refused


def _kept(site: Site, key: UUID, steps: Sequence[StepTaken]) -> None:
    with site.transaction(system_actor(), "test") as unit:
        named: dict[UUID | None, UUID] = {one.id: new_id() for one in steps}
        for one in steps:
            unit.add(
                ApprovalStepRow(
                    id=named[one.id],
                    subject_kind="thing",
                    subject_id=key,
                    step=one.step,
                    answers=None if one.answers is None else named.get(one.answers, new_id()),
                    at=one.at,
                    by=one.by,
                    approvers=one.approvers,
                    authors=[],
                    reason="",
                    effective_on=one.effective_on,
                    sha256="",
                )
            )


def test_lists_ask_the_database_for_the_same_state(site: Site) -> None:
    keys: dict[UUID, SubjectState] = {}

    def keep(steps: list[StepTaken]) -> None:
        key = new_id()
        _kept(site, key, steps)
        keys[key] = standing_of(steps, TODAY).state

    given(_steps())(keep)()
    for steps, _state in _BOOK:
        keep(steps)
    row = ApprovalStepRow
    with site.read() as session:
        expression = state_in_sql("thing", row.subject_id, TODAY)
        asked = sa.select(row.subject_id, expression.label("state")).distinct()
        found = {one.subject_id: one.state for one in session.execute(asked)}
        waiting = {one.subject_id for one in session.scalars(waiting_in_sql())}
    assert found == {key: keys[key].value for key in found}
    assert len(set(keys.values())) == len(SubjectState)
    assert waiting == {key for key, state in keys.items() if state is SubjectState.IN_REVIEW}
