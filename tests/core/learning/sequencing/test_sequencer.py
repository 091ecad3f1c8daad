"""The sequencer's decisions in small trees: what is delivered, refused, rolled up and shown."""

from fractions import Fraction

import pytest

from app.core.content import (
    Action,
    ActivityTree,
    ChildSet,
    ChoiceLimits,
    CompletionThreshold,
    Condition,
    ControlMode,
    DataStore,
    DeliveryControls,
    LimitConditions,
    Objective,
    ObjectiveMap,
    Randomization,
    RollupAction,
    RollupRule,
    RollupSettings,
    RuleCondition,
    SequencedActivity,
    Sequencing,
    Timing,
)
from app.core.learning.sequencing import (
    EntryStatus,
    Navigation,
    NavigationRequest,
    ObjectiveRun,
    Outcome,
    OutcomeKind,
    RunData,
    Sequencer,
    SharedState,
)
from app.core.learning.sequencing.codes import CODES, sentence_of
from tests.support.activities import cluster, leaf, rule


def begun(
    *children: SequencedActivity, shared: SharedState | None = None, **control: bool
) -> Sequencer:
    tree = ActivityTree(root=cluster("root", *children, **control))
    return Sequencer.begun(tree, seed=1, shared=shared)


def ask(sequencer: Sequencer, kind: Navigation, target: str = "") -> Outcome:
    return sequencer.request(NavigationRequest(kind, target))


def report(sequencer: Sequencer, **values: object) -> None:
    current = sequencer.current
    assert current is not None
    fields = frozenset(values) - {"objectives", "stores", "is_suspended"}
    sequencer.take_run(current, RunData(reports=fields, **values))


def status(sequencer: Sequencer, activity: str) -> EntryStatus:
    return sequencer.statuses()[activity]


def test_a_course_flows_from_its_first_to_its_last_lesson_and_ends() -> None:
    course = begun(leaf("a"), leaf("b"))

    assert ask(course, Navigation.START).activity == "a"
    assert ask(course, Navigation.CONTINUE).activity == "b"
    assert ask(course, Navigation.PREVIOUS).activity == "a"
    assert ask(course, Navigation.CONTINUE).activity == "b"
    assert ask(course, Navigation.CONTINUE).kind is OutcomeKind.ENDED
    assert course.current is None
    assert status(course, "root") is EntryStatus.PASSED


def test_flow_goes_into_clusters_and_out_again() -> None:
    course = begun(cluster("c1", leaf("a"), leaf("b")), cluster("c2", cluster("c3", leaf("d"))))
    ask(course, Navigation.START)

    assert ask(course, Navigation.CONTINUE).activity == "b"
    assert ask(course, Navigation.CONTINUE).activity == "d"
    assert ask(course, Navigation.PREVIOUS).activity == "b"


def test_flowing_backward_into_a_forward_only_cluster_begins_at_its_first() -> None:
    course = begun(cluster("c", leaf("a"), leaf("b"), forward_only=True), leaf("z"))
    ask(course, Navigation.START)
    ask(course, Navigation.CHOICE, "z")

    assert ask(course, Navigation.PREVIOUS).activity == "a"
    assert ask(course, Navigation.PREVIOUS).code == "NB.2.1-5"


@pytest.mark.parametrize(
    ("control", "kind", "target", "code"),
    [
        ({"flow": False}, Navigation.START, "", "SB.2.2-1"),
        ({}, Navigation.CONTINUE, "", "NB.2.1-2"),
        ({}, Navigation.PREVIOUS, "", "NB.2.1-2"),
        ({}, Navigation.RESUME_ALL, "", "NB.2.1-3"),
        ({}, Navigation.EXIT, "", "NB.2.1-2"),
        ({}, Navigation.SUSPEND_ALL, "", "NB.2.1-2"),
        ({}, Navigation.CHOICE, "nowhere", "NB.2.1-11"),
        ({}, Navigation.JUMP, "nowhere", "NB.2.1-11"),
        ({}, Navigation.JUMP, "a", "NB.2.1-2"),
        ({"choice": False}, Navigation.CHOICE, "a", "NB.2.1-10"),
    ],
)
def test_what_cannot_be_before_the_start_is_refused_with_the_books_code(
    control: dict[str, bool], kind: Navigation, target: str, code: str
) -> None:
    course = begun(leaf("a"), leaf("b"), **control)

    outcome = ask(course, kind, target)

    assert outcome.kind is OutcomeKind.REFUSED
    assert outcome.code == code
    assert outcome.sentence


def test_every_code_has_a_sentence() -> None:
    assert all(sentence_of(code).endswith(".") for code in CODES)


def test_starting_twice_is_refused() -> None:
    course = begun(leaf("a"))
    ask(course, Navigation.START)

    assert ask(course, Navigation.START).code == "NB.2.1-1"


def test_a_course_put_aside_goes_on_where_it_was() -> None:
    course = begun(cluster("c", leaf("a"), leaf("b")))
    ask(course, Navigation.START)
    ask(course, Navigation.CONTINUE)
    report(course, measure="0.5")

    assert ask(course, Navigation.SUSPEND_ALL).kind is OutcomeKind.ENDED
    outcome = ask(course, Navigation.RESUME_ALL)

    assert outcome.activity == "b"
    assert outcome.is_resumed
    assert course.state.activities["b"].attempts == 1
    assert course.state.activities["b"].objectives[""].measure == "0.5"


def test_choosing_another_lesson_forgets_the_one_put_aside() -> None:
    course = begun(leaf("a"), leaf("b"))
    ask(course, Navigation.START)
    ask(course, Navigation.SUSPEND_ALL)

    outcome = ask(course, Navigation.CHOICE, "b")

    assert outcome.activity == "b"
    assert not outcome.is_resumed
    assert course.state.suspended is None


def test_content_that_wants_to_go_on_later_is_resumed() -> None:
    course = begun(leaf("a"), leaf("b"))
    ask(course, Navigation.START)
    report(course, is_suspended=True)
    ask(course, Navigation.CONTINUE)

    outcome = ask(course, Navigation.PREVIOUS)

    assert outcome.is_resumed
    assert course.state.activities["a"].attempts == 1


def test_giving_up_counts_nothing() -> None:
    course = begun(leaf("a"))
    ask(course, Navigation.START)

    assert ask(course, Navigation.ABANDON_ALL).kind is OutcomeKind.ENDED
    assert status(course, "a") is EntryStatus.INCOMPLETE


def test_leaving_a_lesson_leaves_the_choice_to_the_learner() -> None:
    course = begun(leaf("a"), leaf("b"))
    ask(course, Navigation.START)

    assert ask(course, Navigation.EXIT).kind is OutcomeKind.IDLE
    assert not course.is_delivered
    assert ask(course, Navigation.CHOICE, "b").activity == "b"


def test_what_content_leaves_open_counts_as_done_unless_content_decides() -> None:
    decides = DeliveryControls(completion_set_by_content=True, objective_set_by_content=True)
    course = begun(leaf("a"), leaf("b", Sequencing(delivery=decides)), leaf("c"))
    ask(course, Navigation.START)
    ask(course, Navigation.CONTINUE)
    ask(course, Navigation.CONTINUE)
    report(course, satisfied=None, completed=None)
    ask(course, Navigation.EXIT_ALL)

    assert status(course, "a") is EntryStatus.PASSED
    assert status(course, "b") is EntryStatus.INCOMPLETE
    assert status(course, "c") is EntryStatus.INCOMPLETE, "content said itself that it is unknown"


def test_a_lesson_beyond_its_attempts_is_shut() -> None:
    once = Sequencing(limits=LimitConditions(attempts=1))
    course = begun(leaf("a", once), leaf("b"))
    ask(course, Navigation.START)
    ask(course, Navigation.CONTINUE)

    assert "a" not in course.valid_requests().choices
    assert ask(course, Navigation.CHOICE, "a").code == "DB.1.1-3"


def test_a_heading_without_content_is_passed_over() -> None:
    heading = SequencedActivity(activity_id="h", title="Part two")
    course = begun(leaf("a"), heading, leaf("b"))
    ask(course, Navigation.START)

    assert "h" not in course.valid_requests().choices
    assert ask(course, Navigation.CONTINUE).activity == "b"
    assert ask(course, Navigation.PREVIOUS).activity == "a"
    assert ask(course, Navigation.CHOICE, "h").code == "DB.1.1-1"


def test_a_heading_holds_up_no_completion() -> None:
    course = begun(leaf("a"), SequencedActivity(activity_id="h", title="Part two"))
    ask(course, Navigation.START)
    ask(course, Navigation.EXIT_ALL)

    assert status(course, "root") is EntryStatus.PASSED


def test_a_locked_lesson_is_shut_until_it_is_unlocked() -> None:
    course = begun(leaf("a"), leaf("b"))
    course.lock({"b"})
    ask(course, Navigation.START)

    assert ask(course, Navigation.CONTINUE).code == "SB.2.2-2"
    course.lock(())
    assert ask(course, Navigation.CHOICE, "b").activity == "b"


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (Action.SKIP, ["c"]),
        (Action.DISABLED, []),
        (Action.HIDDEN_FROM_CHOICE, ["b"]),
        (Action.STOP_FORWARD_TRAVERSAL, ["b"]),
    ],
)
def test_precondition_rules(action: Action, expected: list[str]) -> None:
    course = begun(
        leaf("a"), leaf("b", Sequencing(pre_rules=(rule(action, Condition.ALWAYS),))), leaf("c")
    )
    ask(course, Navigation.START)

    assert [ask(course, Navigation.CONTINUE).activity][: len(expected)] == expected


def test_a_lesson_that_stops_the_way_can_be_chosen_but_not_what_follows_it() -> None:
    stops = Sequencing(pre_rules=(rule(Action.STOP_FORWARD_TRAVERSAL, Condition.ALWAYS),))
    course = begun(leaf("a"), leaf("b", stops), leaf("c"))
    ask(course, Navigation.START)

    assert course.valid_requests().choices >= {"a", "b"}
    assert "c" not in course.valid_requests().choices


@pytest.mark.parametrize(
    ("action", "delivered"),
    [
        (Action.RETRY, "a"),
        (Action.CONTINUE, "b"),
        (Action.EXIT_PARENT, "z"),
        (Action.RETRY_ALL, "a"),
        (Action.EXIT_ALL, ""),
    ],
)
def test_postcondition_rules_go_before_the_learners_wish(action: Action, delivered: str) -> None:
    after = Sequencing(post_rules=(rule(action, Condition.ALWAYS),))
    course = begun(cluster("c", leaf("a", after), leaf("b")), leaf("z"), leaf("y"))
    ask(course, Navigation.START)

    kind = Navigation.CONTINUE if action is Action.EXIT_PARENT else Navigation.CHOICE
    outcome = ask(course, kind, "y" if kind is Navigation.CHOICE else "")

    assert outcome.activity == delivered


def test_an_exit_rule_leaves_the_whole_cluster() -> None:
    rules = Sequencing(
        control=ControlMode(flow=True), exit_rules=(rule(Action.EXIT, Condition.SATISFIED),)
    )
    course = begun(cluster("c", leaf("a"), sequencing=rules), leaf("z"))
    ask(course, Navigation.START)
    report(course, satisfied=True)

    assert ask(course, Navigation.CONTINUE).activity == "z"
    assert not course.state.activities["c"].is_active


def test_not_of_unknown_stays_unknown() -> None:
    needs = Sequencing(pre_rules=(rule(Action.SKIP, Condition.SATISFIED, negated=True),))
    course = begun(leaf("a", needs), leaf("b"))

    assert ask(course, Navigation.START).activity == "a"


def test_measures_roll_up_by_weight_exactly() -> None:
    def weighed(name: str, weight: Fraction) -> SequencedActivity:
        return leaf(name, Sequencing(rollup=RollupSettings(measure_weight=weight)))

    course = begun(weighed("a", Fraction(1)), weighed("b", Fraction(1, 2)))
    ask(course, Navigation.START)
    report(course, measure="0.1")
    ask(course, Navigation.CONTINUE)
    report(course, measure="1")
    ask(course, Navigation.EXIT_ALL)

    assert course.state.activities["root"].objectives[""].measure == "2/5"


def test_progress_rolls_up_and_completes_by_threshold() -> None:
    def weighed(name: str) -> SequencedActivity:
        return leaf(name, Sequencing(completion=CompletionThreshold(weight=Fraction(1, 2))))

    rules = Sequencing(
        control=ControlMode(flow=True),
        completion=CompletionThreshold(by_measure=True, minimum=Fraction(1, 2)),
    )
    root = cluster("root", weighed("a"), weighed("b"), sequencing=rules)
    course = Sequencer.begun(ActivityTree(root=root), seed=1)
    ask(course, Navigation.START)
    report(course, progress="0.9", completed=False)
    ask(course, Navigation.CONTINUE)
    assert course.state.activities["root"].objectives[""].completed is False
    report(course, progress="0.1", completed=False)
    ask(course, Navigation.EXIT_ALL)

    assert course.state.activities["root"].objectives[""].progress == "1/2"
    assert course.state.activities["root"].objectives[""].completed is True


@pytest.mark.parametrize(
    ("children", "passed", "expected"),
    [
        (ChildSet.ALL, 2, False),
        (ChildSet.ALL, 3, True),
        (ChildSet.ANY, 1, True),
        (ChildSet.NONE, 1, False),
        (ChildSet.AT_LEAST_COUNT, 1, False),
        (ChildSet.AT_LEAST_COUNT, 2, True),
        (ChildSet.AT_LEAST_PERCENT, 1, False),
        (ChildSet.AT_LEAST_PERCENT, 2, True),
    ],
)
def test_rollup_rules_count_children(children: ChildSet, passed: int, expected: bool) -> None:
    wanted = RollupRule(
        action=RollupAction.SATISFIED,
        conditions=(RuleCondition(condition=Condition.SATISFIED),),
        children=children,
        minimum_count=2,
        minimum_share=Fraction(1, 2),
    )
    rules = Sequencing(control=ControlMode(flow=True), rollup=RollupSettings(rules=(wanted,)))
    root = cluster("root", leaf("a"), leaf("b"), leaf("c"), sequencing=rules)
    course = Sequencer.begun(ActivityTree(root=root), seed=1)
    ask(course, Navigation.START)
    for place in range(3):
        report(course, satisfied=place < passed)
        ask(course, Navigation.CONTINUE)

    assert bool(course.state.activities["root"].objectives[""].satisfied) is expected


SHARED = Objective(
    objective_id="P",
    maps=(ObjectiveMap(target="g", write_satisfied=True, write_measure=True, read_raw=True),),
)


def test_a_global_objective_reaches_what_reads_it_and_rolls_up_there() -> None:
    course = begun(
        leaf("a", Sequencing(primary=SHARED)),
        cluster("c", leaf("b", Sequencing(primary=SHARED))),
    )
    ask(course, Navigation.START)
    report(course, satisfied=True, measure="0.7")
    ask(course, Navigation.EXIT)

    assert status(course, "b") is EntryStatus.PASSED
    assert status(course, "c") is EntryStatus.PASSED
    assert course.state.activities["c"].objectives[""].measure == "7/10"


def test_global_objectives_are_shared_between_courses_unless_the_author_keeps_them() -> None:
    first = begun(leaf("a", Sequencing(primary=SHARED)))
    ask(first, Navigation.START)
    report(first, satisfied=True)
    ask(first, Navigation.EXIT_ALL)

    second = begun(leaf("b", Sequencing(primary=SHARED)), shared=first.shared)
    own = Sequencer.begun(
        ActivityTree(
            root=cluster("root", leaf("b", Sequencing(primary=SHARED))),
            objectives_global_to_system=False,
        ),
        seed=1,
        shared=first.shared,
    )

    assert status(second, "b") is EntryStatus.PASSED
    assert status(own, "b") is EntryStatus.NOT_ATTEMPTED


def test_data_stores_are_written_by_those_who_may() -> None:
    course = begun(
        leaf("a", stores=(DataStore(target="t"), DataStore(target="u", may_write=False)))
    )
    ask(course, Navigation.START)
    report(course, stores=(("t", "kept"), ("u", "refused"), ("v", "unknown")))

    assert course.shared.data == {"t": "kept"}
    assert [(one.target, one.value) for one in course.facts("a").stores] == [
        ("t", "kept"),
        ("u", None),
    ]


def test_content_is_told_its_objectives_and_thresholds() -> None:
    rules = Sequencing(
        primary=Objective(
            objective_id="P", is_satisfied_by_measure=True, minimum_measure=Fraction(3, 5)
        ),
        objectives=(Objective(objective_id="O"),),
    )
    course = begun(leaf("a", rules, completion_threshold=Fraction(4, 5)))
    ask(course, Navigation.START)
    report(course, measure="0.7", objectives=(ObjectiveRun(objective_id="O"),))

    facts = course.facts("a")

    assert facts.scaled_passing_score == Fraction(3, 5)
    assert facts.completion_threshold == Fraction(4, 5)
    assert [one.objective_id for one in facts.objectives] == ["P", "O"]
    assert facts.objectives[0].satisfied is True
    assert facts.objectives[0].measure == "0.7"


def test_only_what_is_open_may_report() -> None:
    course = begun(leaf("a"), leaf("b"))
    ask(course, Navigation.START)

    with pytest.raises(ValueError, match="not open"):
        course.take_run("b", RunData())


def test_constrained_choice_stays_near_and_closed_clusters_stay_closed() -> None:
    near = Sequencing(
        control=ControlMode(flow=True), choice_limits=ChoiceLimits(constrain_choice=True)
    )
    shut = Sequencing(
        control=ControlMode(flow=True), choice_limits=ChoiceLimits(prevent_activation=True)
    )
    course = begun(
        cluster("c1", leaf("a"), sequencing=near),
        cluster("c2", leaf("b")),
        cluster("c3", leaf("d")),
        cluster("c4", leaf("e"), sequencing=shut),
    )
    ask(course, Navigation.START)

    assert ask(course, Navigation.CHOICE, "d").code == "SB.2.9-8"
    assert ask(course, Navigation.CHOICE, "b").activity == "b"
    assert ask(course, Navigation.CHOICE, "e").code == "SB.2.9-6"


def test_a_lesson_that_may_not_be_left_by_choosing_holds() -> None:
    held = Sequencing(control=ControlMode(choice_exit=False))
    course = begun(leaf("a", held), leaf("b"))
    ask(course, Navigation.START)

    assert course.valid_requests().choices == {"a"}
    assert ask(course, Navigation.CHOICE, "b").code == "NB.2.1-8"
    assert course.is_delivered


def test_content_may_jump_where_learners_may_not_choose() -> None:
    course = begun(leaf("a"), leaf("b"), choice=False)
    ask(course, Navigation.START)

    assert course.valid_requests().jumps == {"a", "b"}
    assert ask(course, Navigation.JUMP, "b").activity == "b"


def test_the_table_of_contents() -> None:
    hidden = Sequencing(pre_rules=(rule(Action.HIDDEN_FROM_CHOICE, Condition.ALWAYS),))
    unseen = SequencedActivity(activity_id="u", title="u", is_visible=False, children=(leaf("v"),))
    course = begun(
        leaf("a"), leaf("b"), cluster("h", leaf("x"), sequencing=hidden), unseen, leaf("c")
    )
    ask(course, Navigation.START)
    report(course, completed=True, satisfied=False)
    ask(course, Navigation.CONTINUE)

    lines = {one.activity: one for one in course.contents()}

    assert list(lines) == ["root", "a", "b", "v", "c"]
    assert lines["a"].status is EntryStatus.FAILED
    assert lines["b"].is_current
    assert lines["b"].status is EntryStatus.INCOMPLETE
    assert lines["c"].is_enabled
    assert lines["v"].depth == 1
    assert lines["root"].depth == 0


def drawn(timing: Timing, seed: int) -> Sequencer:
    rules = Sequencing(
        control=ControlMode(flow=True),
        randomization=Randomization(
            selection=timing, select_count=3, randomization=timing, reorders=True
        ),
    )
    root = cluster("root", *(leaf(f"l{n}") for n in range(6)), sequencing=rules)
    return Sequencer.begun(ActivityTree(root=root), seed=seed)


def order(course: Sequencer) -> list[str]:
    found = [ask(course, Navigation.START).activity]
    while (outcome := ask(course, Navigation.CONTINUE)).kind is OutcomeKind.DELIVERED:
        found.append(outcome.activity)
    return found


def test_selection_and_order_come_from_the_seed() -> None:
    assert order(drawn(Timing.ONCE, 1)) == order(drawn(Timing.ONCE, 1))
    assert len({tuple(order(drawn(Timing.ONCE, seed))) for seed in range(20)}) > 10
    assert all(len(order(drawn(Timing.ONCE, seed))) == 3 for seed in range(5))


def test_a_new_attempt_draws_again_where_the_author_wants_it() -> None:
    once, each = drawn(Timing.ONCE, 3), drawn(Timing.ON_EACH_NEW_ATTEMPT, 3)

    assert order(once) == order(once)
    assert len({tuple(order(each)) for _ in range(6)}) > 1


def test_what_was_not_selected_cannot_be_chosen() -> None:
    course = drawn(Timing.ONCE, 1)
    left_out = {f"l{n}" for n in range(6)} - set(course.state.activities["root"].available or ())

    assert ask(course, Navigation.CHOICE, left_out.pop()).code == "SB.2.9-2"
