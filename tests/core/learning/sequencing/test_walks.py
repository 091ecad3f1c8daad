"""Any tree, any walk: nothing crashes, states come back from JSON, one activity is open at most."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.content import ActivityTree
from app.core.learning.sequencing import (
    Navigation,
    NavigationRequest,
    ObjectiveRun,
    OutcomeKind,
    RunData,
    Sequencer,
    shared_from_json,
    state_from_json,
    state_to_json,
)
from app.core.learning.sequencing.codes import CODES
from app.core.learning.sequencing.rollup import roll_up
from app.core.learning.sequencing.state import SharedState
from app.core.learning.sequencing.tree import Session, Tree
from tests.support.activities import activity_trees

NAMES = st.integers(1, 14).map(lambda n: f"a{n}")
REQUESTS = st.builds(NavigationRequest, st.sampled_from(list(Navigation)), NAMES)
TRUTHS = st.sampled_from([None, True, False])
MEASURES = st.sampled_from([None, "-1", "0", "0.25", "0.50", "1"])
FIELDS = ["satisfied", "completed", "measure", "progress"]
RUNS = st.builds(
    RunData,
    reports=st.frozensets(st.sampled_from(FIELDS)),
    satisfied=TRUTHS,
    completed=TRUTHS,
    measure=MEASURES,
    progress=st.sampled_from([None, "0", "0.4", "1"]),
    objectives=st.lists(
        st.builds(
            ObjectiveRun,
            objective_id=st.sampled_from(["P", "O", "unknown"]),
            reports=st.frozensets(st.sampled_from(FIELDS)),
            satisfied=TRUTHS,
            measure=MEASURES,
        ),
        max_size=2,
    ).map(tuple),
    is_suspended=st.booleans(),
)
STEPS = st.lists(st.tuples(st.none() | RUNS, REQUESTS), max_size=12)


def stored(sequencer: Sequencer, tree: ActivityTree) -> Sequencer:
    """Return the sequencer as it is after everything went to disk and back."""
    state, shared = sequencer.state, sequencer.shared
    read_state = state_from_json(state_to_json(state))
    read_shared = shared_from_json(state_to_json(shared))
    assert read_state == state
    assert read_shared == shared
    return Sequencer(tree, read_state, read_shared)


def check(sequencer: Sequencer, tree: ActivityTree) -> None:
    """Open is one leaf at most, with everything above it; what it says of itself holds together."""
    state = sequencer.state
    leaves = {one.activity_id for one in tree.root.walk() if not one.children}
    active = {name for name, one in state.activities.items() if one.is_active}
    assert len(active & leaves) <= 1
    if sequencer.is_delivered:
        assert active & leaves == {sequencer.current}
    choices = sequencer.valid_requests().choices
    assert {one.activity for one in sequencer.contents() if one.is_enabled} <= choices
    for activity in state.activities.values():
        for one in activity.objectives.values():
            assert one.measure is None or -1 <= Fraction(one.measure) <= 1
            assert one.progress is None or 0 <= Fraction(one.progress) <= 1


@settings(deadline=None, max_examples=50)
@given(activity_trees(), STEPS)
def test_any_walk_through_any_tree(tree: ActivityTree, steps: list) -> None:
    sequencer = Sequencer.begun(tree, seed=5)
    for run, request in steps:
        sequencer = stored(sequencer, tree)
        if run is not None and sequencer.is_delivered:
            sequencer.take_run(str(sequencer.current), run)
        outcome = sequencer.request(request)
        assert (outcome.kind is OutcomeKind.REFUSED) is bool(outcome.code)
        assert not outcome.code or outcome.code in CODES
        assert (outcome.kind is OutcomeKind.DELIVERED) is bool(outcome.activity)
        if outcome.activity:
            assert sequencer.is_delivered
            assert sequencer.current == outcome.activity
        check(sequencer, tree)


@settings(deadline=None, max_examples=50)
@given(activity_trees(), STEPS)
def test_asking_what_is_valid_changes_nothing(tree: ActivityTree, steps: list) -> None:
    sequencer = Sequencer.begun(tree, seed=5)
    for _run, request in steps:
        sequencer.request(request)
        before = sequencer.state
        sequencer.valid_requests()
        sequencer.contents()
        sequencer.statuses()
        assert sequencer.state == before


@settings(deadline=None, max_examples=50)
@given(activity_trees(), STEPS)
def test_a_choice_that_is_offered_delivers_or_rules_decide(tree: ActivityTree, steps: list) -> None:
    sequencer = Sequencer.begun(tree, seed=5)
    for _run, request in steps:
        sequencer.request(request)
        if sequencer.current is None:
            for name in sorted(sequencer.valid_requests().choices):
                tried = Sequencer(tree, sequencer.state, sequencer.shared)
                outcome = tried.request(NavigationRequest(Navigation.CHOICE, name))
                assert outcome.kind is OutcomeKind.DELIVERED


@settings(deadline=None, max_examples=50)
@given(activity_trees(mapped=False), STEPS)
def test_rolling_up_twice_is_rolling_up_once(tree: ActivityTree, steps: list) -> None:
    sequencer = Sequencer.begun(tree, seed=5)
    for run, request in steps:
        if run is not None and sequencer.is_delivered:
            sequencer.take_run(str(sequencer.current), run)
        sequencer.request(request)
    session = Session(Tree(tree), sequencer.state, SharedState())
    for node in session.root.walk():
        if node.is_leaf:
            roll_up(session, node)
    once = session.state.copied()
    for node in session.root.walk():
        if node.is_leaf:
            roll_up(session, node)

    assert session.state == once
