"""SequencedActivity trees for tests: a short way to write one, and any tree from a number.

Drawing a tree field by field takes Hypothesis a second; a number that a seeded generator grows into a
tree takes none, and still names the tree that fails.
"""

from fractions import Fraction
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from app.core.content import (
    Action,
    ActivityTree,
    ChildSet,
    ChoiceLimits,
    Combination,
    CompletionThreshold,
    Condition,
    ControlMode,
    DeliveryControls,
    LaunchSettings,
    LimitConditions,
    Objective,
    ObjectiveMap,
    Randomization,
    Required,
    RollupAction,
    RollupRule,
    RollupSettings,
    RuleCondition,
    SequencedActivity,
    Sequencing,
    SequencingRule,
    Timing,
)

_T = TypeVar("_T")

SHARES = [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)]
MEASURES = [Fraction(-1), Fraction(0), Fraction(1, 4), Fraction(1)]
TARGETS = ["g1", "g2"]
PRE = [Action.SKIP, Action.DISABLED, Action.HIDDEN_FROM_CHOICE, Action.STOP_FORWARD_TRAVERSAL]
POST = [
    Action.EXIT_PARENT,
    Action.EXIT_ALL,
    Action.RETRY,
    Action.RETRY_ALL,
    Action.CONTINUE,
    Action.PREVIOUS,
]


def leaf(name: str, sequencing: Sequencing | None = None, **launch: object) -> SequencedActivity:
    """Return a SCO."""
    return SequencedActivity(
        activity_id=name,
        title=name,
        launch=LaunchSettings(resource=f"R-{name}", is_sco=True, **launch),
        sequencing=sequencing or Sequencing(),
    )


def cluster(
    name: str, *children: SequencedActivity, sequencing: Sequencing | None = None, **control: bool
) -> SequencedActivity:
    """Return a cluster that flows, unless told otherwise."""
    rules = sequencing or Sequencing(control=ControlMode(**{"flow": True, **control}))
    return SequencedActivity(activity_id=name, title=name, sequencing=rules, children=children)


def rule(action: Action, condition: Condition, *, negated: bool = False) -> SequencingRule:
    """Return a rule with one condition."""
    asked = RuleCondition(condition=condition, is_negated=negated)
    return SequencingRule(action=action, conditions=(asked,))


class Grower:
    """Grows an activity tree of up to four levels from a number."""

    def __init__(self, seed: int, *, mapped: bool) -> None:
        self._chance = Random(seed)
        self._mapped = mapped
        self._count = 0

    def tree(self) -> ActivityTree:
        return ActivityTree(root=self._activity(0), objectives_global_to_system=self._maybe())

    def _maybe(self, one_in: int = 2) -> bool:
        return self._chance.randrange(one_in) == 0

    def _one(self, values: list[_T]) -> _T:
        return self._chance.choice(values)

    def _activity(self, depth: int) -> SequencedActivity:
        self._count += 1
        name = f"a{self._count}"
        width = self._chance.randint(1 if depth == 0 else 0, 3) if depth < 3 else 0
        return SequencedActivity(
            activity_id=name,
            title=name,
            is_visible=not self._maybe(5),
            launch=LaunchSettings(resource="" if width else f"R-{name}", is_sco=not width),
            sequencing=self._sequencing(),
            children=tuple(self._activity(depth + 1) for _ in range(width)),
        )

    def _conditions(self) -> tuple[RuleCondition, ...]:
        return tuple(
            RuleCondition(
                condition=self._one(list(Condition)),
                is_negated=self._maybe(),
                objective=self._one(["", "P", "O"]),
                threshold=self._one(MEASURES),
            )
            for _ in range(self._chance.randint(1, 2))
        )

    def _rules(self, actions: list[Action]) -> tuple[SequencingRule, ...]:
        return tuple(
            SequencingRule(
                action=self._one(actions),
                conditions=self._conditions(),
                combination=self._one(list(Combination)),
            )
            for _ in range(self._one([0, 0, 1, 2]))
        )

    def _rollup(self) -> RollupSettings:
        rules = tuple(
            RollupRule(
                action=self._one(list(RollupAction)),
                conditions=self._conditions(),
                combination=self._one(list(Combination)),
                children=self._one(list(ChildSet)),
                minimum_count=self._chance.randint(0, 3),
                minimum_share=self._one(SHARES),
            )
            for _ in range(self._one([0, 0, 1, 2]))
        )
        return RollupSettings(
            rules=rules,
            satisfies=self._maybe(),
            completes=self._maybe(),
            measure_weight=self._one(SHARES),
            required_for_satisfied=self._one(list(Required)),
            required_for_completed=self._one(list(Required)),
            measure_satisfaction_if_active=self._maybe(),
        )

    def _objective(self, name: str) -> Objective:
        maps = tuple(
            ObjectiveMap(
                target=self._one(TARGETS),
                read_satisfied=self._maybe(),
                read_measure=self._maybe(),
                write_satisfied=self._maybe(),
                write_measure=self._maybe(),
                read_completion=self._maybe(),
                write_completion=self._maybe(),
                write_progress=self._maybe(),
            )
            for _ in range(self._chance.randint(0, 2) if self._mapped else 0)
        )
        return Objective(
            objective_id=name,
            is_satisfied_by_measure=self._maybe(3),
            minimum_measure=self._one(MEASURES),
            maps=maps,
        )

    def _sequencing(self) -> Sequencing:
        return Sequencing(
            control=ControlMode(
                choice=not self._maybe(4),
                choice_exit=not self._maybe(4),
                flow=not self._maybe(4),
                forward_only=self._maybe(4),
                use_current_objective_info=self._maybe(),
                use_current_progress_info=self._maybe(),
            ),
            choice_limits=ChoiceLimits(
                prevent_activation=self._maybe(4), constrain_choice=self._maybe(4)
            ),
            pre_rules=self._rules(PRE) if self._maybe() else (),
            exit_rules=self._rules([Action.EXIT]),
            post_rules=self._rules(POST),
            limits=LimitConditions(attempts=self._one([None, None, None, 1, 2])),
            rollup=self._rollup(),
            primary=self._objective("P"),
            objectives=(self._objective("O"),) if self._maybe() else (),
            randomization=Randomization(
                selection=self._one(list(Timing)),
                select_count=self._one([None, 1, 2]),
                randomization=self._one(list(Timing)),
                reorders=self._maybe(),
            ),
            delivery=DeliveryControls(
                is_tracked=not self._maybe(5),
                completion_set_by_content=self._maybe(),
                objective_set_by_content=self._maybe(),
            ),
            completion=CompletionThreshold(
                by_measure=self._maybe(3), minimum=self._one(SHARES), weight=self._one(SHARES)
            ),
        )


def activity_trees(*, mapped: bool = True) -> st.SearchStrategy[ActivityTree]:
    """Draw a tree; with `mapped`, its objectives share global ones."""
    return st.integers(0, 2**32).map(lambda seed: Grower(seed, mapped=mapped).tree())
