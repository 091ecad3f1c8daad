"""Rollup rules: which children count, and whether a rule holds for enough of them (RB.1.4)."""

from collections.abc import Callable

from app.core.content import (
    Action,
    ChildSet,
    Condition,
    Required,
    RollupAction,
    RollupRule,
    RuleCondition,
)
from app.core.learning.sequencing.objectives import View
from app.core.learning.sequencing.rules import combined, holds, is_prevented
from app.core.learning.sequencing.tree import Node, Session

_OBJECTIVE = frozenset({RollupAction.SATISFIED, RollupAction.NOT_SATISFIED})


def _default(action: RollupAction, condition: Condition, *, is_negated: bool = False) -> RollupRule:
    asked = RuleCondition(condition=condition, is_negated=is_negated)
    return RollupRule(action=action, conditions=(asked,))


DEFAULT_RULES: dict[RollupAction, RollupRule] = {
    RollupAction.SATISFIED: _default(RollupAction.SATISFIED, Condition.SATISFIED),
    RollupAction.NOT_SATISFIED: _default(
        RollupAction.NOT_SATISFIED, Condition.OBJECTIVE_STATUS_KNOWN
    ),
    RollupAction.COMPLETED: _default(RollupAction.COMPLETED, Condition.COMPLETED),
    RollupAction.INCOMPLETE: _default(RollupAction.INCOMPLETE, Condition.ACTIVITY_PROGRESS_KNOWN),
}
"""What holds for a cluster whose author wrote no rule for the pair (RB.1.2 c, RB.1.3 b)."""


def verdict(session: Session, node: Node, action: RollupAction) -> bool:
    """Tell whether a rule with that action fires for a cluster (RB.1.4)."""
    family = _OBJECTIVE if action in _OBJECTIVE else frozenset(RollupAction) - _OBJECTIVE
    written = [rule for rule in node.rules.rollup.rules if rule.action in family]
    rules = [rule for rule in written if rule.action is action]
    if not written:
        rules = [DEFAULT_RULES[action]]
    return any(_fires(session, node, rule) for rule in rules)


def _fires(session: Session, node: Node, rule: RollupRule) -> bool:
    answers = [
        combined(
            (holds(session, child, one, view=View.ROLLUP) for one in rule.conditions),
            rule.combination,
        )
        for child in session.children(node)
        if child.is_tracked and is_counted(session, child, rule.action)
    ]
    return _ENOUGH[rule.children](answers, rule)


def _all(answers: list[bool | None], _rule: RollupRule) -> bool:
    return all(answers)


def _any(answers: list[bool | None], _rule: RollupRule) -> bool:
    return any(answers)


def _none(answers: list[bool | None], _rule: RollupRule) -> bool:
    return all(one is False for one in answers)


def _count(answers: list[bool | None], rule: RollupRule) -> bool:
    return answers.count(True) >= rule.minimum_count


def _share(answers: list[bool | None], rule: RollupRule) -> bool:
    return bool(answers) and answers.count(True) >= rule.minimum_share * len(answers)


_ENOUGH: dict[ChildSet, Callable[[list[bool | None], RollupRule], bool]] = {
    ChildSet.ALL: _all,
    ChildSet.ANY: _any,
    ChildSet.NONE: _none,
    ChildSet.AT_LEAST_COUNT: _count,
    ChildSet.AT_LEAST_PERCENT: _share,
}


def is_counted(session: Session, child: Node, action: RollupAction) -> bool:
    """Tell whether a child is considered for an action of its parent (RB.1.4.2)."""
    settings = child.rules.rollup
    contributes = settings.satisfies if action in _OBJECTIVE else settings.completes
    required = {
        RollupAction.SATISFIED: settings.required_for_satisfied,
        RollupAction.NOT_SATISFIED: settings.required_for_not_satisfied,
        RollupAction.COMPLETED: settings.required_for_completed,
        RollupAction.INCOMPLETE: settings.required_for_incomplete,
    }[action]
    return contributes and _meets(session, child, required)


def _meets(session: Session, child: Node, required: Required) -> bool:
    tracking = session.of(child)
    match required:
        case Required.IF_NOT_SUSPENDED:
            return tracking.attempts > 0 and not tracking.is_suspended
        case Required.IF_ATTEMPTED:
            return tracking.attempts > 0
        case Required.IF_NOT_SKIPPED:
            return not is_prevented(session, child, Action.SKIP)
        case Required.ALWAYS:
            return True
