"""Trees of activities as JSON: what is stored comes back, and nothing else is taken."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.content import (
    ActivityTree,
    DataStore,
    LaunchSettings,
    SequencedActivity,
    SequencingUnreadable,
    tree_from_json,
    tree_to_json,
)
from tests.support.activities import activity_trees


@given(activity_trees())
def test_what_is_stored_comes_back(tree: ActivityTree) -> None:
    assert tree_from_json(tree_to_json(tree)) == tree


def test_exact_numbers_and_settings_come_back() -> None:
    launch = LaunchSettings(
        resource="R", mastery_score=Fraction(2, 3), stores=(DataStore(target="t"),)
    )
    root = SequencedActivity(
        activity_id="a", title="ठेका", launch=launch, hidden_controls=frozenset({"exit"})
    )

    assert tree_from_json(tree_to_json(ActivityTree(root=root))).root == root


@given(st.binary(max_size=60))
def test_foreign_bytes_are_refused(untrusted: bytes) -> None:
    with pytest.raises(SequencingUnreadable):
        tree_from_json(untrusted)


SMALL = ActivityTree(root=SequencedActivity(activity_id="a", title=""))


@pytest.mark.parametrize(
    ("written", "tampered"),
    [
        (b'"schema":1', b'"schema":2'),
        (b'"minimum_measure":"1"', b'"minimum_measure":0.5'),
        (b'"minimum_measure":"1"', b'"minimum_measure":"1/0"'),
        (b'"minimum_measure":"1"', b'"minimum_measure":"one"'),
        (b'"minimum_measure":"1"', b'"minimum_measure":"' + b"1" * 99 + b'"'),
        (b'"children":[]', b'"children":' + b"[" * 100_000),
    ],
)
def test_what_was_tampered_with_is_refused(written: bytes, tampered: bytes) -> None:
    stored = tree_to_json(SMALL)
    assert written in stored

    with pytest.raises(SequencingUnreadable):
        tree_from_json(stored.replace(written, tampered))
