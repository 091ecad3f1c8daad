"""What the statements of an xAPI activity make of it."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.learning.launches.plays.xapi_outcomes import Outcome, outcome_after

ADL = "http://adlnet.gov/expapi/verbs/"
CMI5_PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"


def said(verb: str, **result: Any) -> dict[str, Any]:
    return {"verb": {"id": ADL + verb}, "object": {"id": "urn:a"}, "result": result}


def after(*statements: dict[str, Any]) -> Outcome:
    outcome = Outcome()
    for statement in statements:
        outcome = outcome_after(outcome, statement)
    return outcome


@pytest.mark.parametrize(
    ("statements", "is_done", "is_passed"),
    [
        ([said("completed")], True, None),
        ([said("passed")], True, True),
        ([said("mastered")], True, True),
        ([said("failed")], False, False),
        ([said("completed", success=False)], False, False),
        ([said("completed", success=True)], True, True),
        ([said("experienced", success=True)], False, None),
        ([said("answered", completion=True)], True, None),
        ([said("completed"), said("failed")], False, False),
        ([said("failed"), said("passed")], True, True),
        ([said("passed"), said("failed")], True, True),
        ([said("terminated")], False, None),
    ],
)
def test_what_is_said_last_counts_but_a_pass_stays(
    statements: list[dict[str, Any]], is_done: bool, is_passed: bool | None
) -> None:
    outcome = after(*statements)
    assert (outcome.is_done, outcome.is_passed) == (is_done, is_passed)


def test_score_time_and_progress_are_kept() -> None:
    outcome = after(
        said("progressed", extensions={CMI5_PROGRESS: 40}),
        said("failed", score={"scaled": Decimal("0.35")}, duration="PT1M"),
        said("suspended"),
    )
    assert (outcome.progress, outcome.score, outcome.seconds) == (
        Fraction(2, 5),
        Fraction(7, 20),
        60,
    )
    assert outcome.share == Fraction(2, 5)


@given(
    some.builds(
        Outcome,
        launches=some.integers(0, 9),
        has_said=some.booleans(),
        is_completed=some.booleans(),
        is_passed=some.none() | some.booleans(),
        score=some.none() | some.fractions(-1, 1),
        progress=some.none() | some.fractions(0, 1),
        seconds=some.none() | some.integers(0, 10**6),
    )
)
def test_what_is_kept_is_read_again(outcome: Outcome) -> None:
    assert Outcome.of(outcome.to_json()) == outcome
