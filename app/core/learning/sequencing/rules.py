"""Sequencing rules: conditions of three values, rule checks, limits (UP.1, UP.2, UP.5)."""

from collections.abc import Callable, Iterable

from app.core.content import Action, Combination, Condition, RuleCondition, SequencingRule
from app.core.learning.sequencing import objectives
from app.core.learning.sequencing.objectives import View
from app.core.learning.sequencing.tree import Node, Session

_Asked = Callable[[Session, Node, RuleCondition, View], bool | None]


def _satisfied(session: Session, node: Node, asked: RuleCondition, view: View) -> bool | None:
    return objectives.satisfied(session, node, asked.objective, view=view)


def _satisfied_known(session: Session, node: Node, asked: RuleCondition, view: View) -> bool | None:
    return objectives.satisfied(session, node, asked.objective, view=view) is not None


def _measure_known(session: Session, node: Node, asked: RuleCondition, view: View) -> bool | None:
    return objectives.measure(session, node, asked.objective, view=view) is not None


def _measure_above(session: Session, node: Node, asked: RuleCondition, view: View) -> bool | None:
    measure = objectives.measure(session, node, asked.objective, view=view)
    return None if measure is None else measure > asked.threshold


def _measure_below(session: Session, node: Node, asked: RuleCondition, view: View) -> bool | None:
    measure = objectives.measure(session, node, asked.objective, view=view)
    return None if measure is None else measure < asked.threshold


def _completed(session: Session, node: Node, asked: RuleCondition, view: View) -> bool | None:
    return objectives.completed(session, node, asked.objective, view=view)


def _progress_known(session: Session, node: Node, asked: RuleCondition, view: View) -> bool | None:
    return objectives.completed(session, node, asked.objective, view=view) is not None


def _attempted(session: Session, node: Node, _asked: RuleCondition, _view: View) -> bool | None:
    return session.of(node).attempts > 0


def _limit_exceeded(
    session: Session, node: Node, _asked: RuleCondition, _view: View
) -> bool | None:
    limit = node.rules.limits.attempts
    return limit is not None and session.of(node).attempts >= limit


def _always(_session: Session, _node: Node, _asked: RuleCondition, _view: View) -> bool | None:
    return True


def _never(_session: Session, _node: Node, _asked: RuleCondition, _view: View) -> bool | None:
    return False


_CONDITIONS: dict[Condition, _Asked] = {
    Condition.SATISFIED: _satisfied,
    Condition.OBJECTIVE_STATUS_KNOWN: _satisfied_known,
    Condition.OBJECTIVE_MEASURE_KNOWN: _measure_known,
    Condition.OBJECTIVE_MEASURE_GREATER_THAN: _measure_above,
    Condition.OBJECTIVE_MEASURE_LESS_THAN: _measure_below,
    Condition.COMPLETED: _completed,
    Condition.ACTIVITY_PROGRESS_KNOWN: _progress_known,
    Condition.ATTEMPTED: _attempted,
    Condition.ATTEMPT_LIMIT_EXCEEDED: _limit_exceeded,
    # SCORM leaves time limits to the content: an LMS need not evaluate them (SN 3.5).
    Condition.TIME_LIMIT_EXCEEDED: _never,
    Condition.OUTSIDE_AVAILABLE_TIME_RANGE: _never,
    Condition.ALWAYS: _always,
    Condition.NEVER: _never,
}


def holds(
    session: Session, node: Node, asked: RuleCondition, *, view: View = View.RULES
) -> bool | None:
    """Return what a condition says of an activity; "not" of unknown stays unknown."""
    answer = _CONDITIONS[asked.condition](session, node, asked, view)
    if answer is None:
        return None
    return answer is not asked.is_negated


def combined(answers: Iterable[bool | None], combination: Combination) -> bool | None:
    """Return conditions put together, in three values."""
    decisive = combination is Combination.ANY
    listed = list(answers)
    if decisive in listed:
        return decisive
    return None if None in listed else not decisive


def checked(
    session: Session, node: Node, rules: Iterable[SequencingRule], *actions: Action
) -> Action | None:
    """Return the action of the first rule that fires among those with one of `actions` (UP.2, UP.2.1)."""
    for rule in rules:
        if rule.action in actions:
            answers = (holds(session, node, one) for one in rule.conditions)
            if combined(answers, rule.combination):
                return rule.action
    return None


def is_prevented(session: Session, node: Node, action: Action) -> bool:
    """Tell whether a precondition rule with that action fires."""
    return checked(session, node, node.rules.pre_rules, action) is not None


def is_beyond_limits(session: Session, node: Node) -> bool:
    """Tell whether no new attempt is allowed (UP.1)."""
    tracking = session.of(node)
    if not node.is_tracked or tracking.is_active or tracking.is_suspended:
        return False
    limit = node.rules.limits.attempts
    return limit is not None and tracking.attempts >= limit


def is_barred(session: Session, node: Node) -> bool:
    """Tell whether an activity may not be delivered: disabled, or beyond its limits (UP.5)."""
    if node.name in session.locked:
        return True
    return is_prevented(session, node, Action.DISABLED) or is_beyond_limits(session, node)
