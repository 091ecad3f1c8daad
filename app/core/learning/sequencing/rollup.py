"""Rollup: what the children of a cluster make of it (RB.1.1 to RB.1.5)."""

from collections.abc import Callable
from fractions import Fraction

from app.core.content import RollupAction
from app.core.learning.sequencing import objectives
from app.core.learning.sequencing.objectives import View
from app.core.learning.sequencing.rollup_rules import verdict
from app.core.learning.sequencing.tree import Node, Session

_Reading = Callable[..., Fraction | None]
_Weight = Callable[[Node], Fraction]


def roll_up(session: Session, node: Node) -> None:
    """Roll up from an activity to the root (RB.1.5), then wherever a global objective was read.

    An activity that reads a global objective changes when another writes it: its parents are rolled
    up as well, until nothing changes any more (or each was visited as often as there are activities:
    maps can be drawn in circles).
    """
    _roll_up_path(session, node)
    rounds = len(session.tree.nodes)
    while session.changed_globals and rounds:
        rounds -= 1
        changed, session.changed_globals = session.changed_globals, set()
        for name in _parents_of_readers(session, changed):
            _roll_up_path(session, session.tree.nodes[name])
    session.changed_globals.clear()


def _parents_of_readers(session: Session, targets: set[str]) -> list[str]:
    readers = [node for target in sorted(targets) for node in session.tree.readers_of(target)]
    return list(dict.fromkeys(node.parent.name for node in readers if node.parent))


def _roll_up_path(session: Session, node: Node) -> None:
    for one in node.path_up():
        if not one.is_leaf:
            _roll_up_measure(session, one)
            _roll_up_progress(session, one)
            _roll_up_objective(session, one)
            _roll_up_completion(session, one)


def _roll_up_measure(session: Session, node: Node) -> None:
    """Average the children's measures by weight (RB.1.1 a)."""
    mean = _mean(session, node, objectives.measure, lambda child: child.rules.rollup.measure_weight)
    objectives.write(session, node, "", measure=None if mean is None else str(mean))


def _roll_up_progress(session: Session, node: Node) -> None:
    """Average the children's progress by weight (RB.1.1 b)."""
    mean = _mean(session, node, objectives.progress, lambda child: child.rules.completion.weight)
    objectives.write(session, node, "", progress=None if mean is None else str(mean))


def _mean(session: Session, node: Node, read: _Reading, weight_of: _Weight) -> Fraction | None:
    total, weights, is_known = Fraction(0), Fraction(0), False
    for child in session.children(node):
        if child.is_tracked:
            value, weight = read(session, child, view=View.ROLLUP), weight_of(child)
            weights += weight
            if value is not None:
                is_known = True
                total += value * weight
    return total / weights if is_known and weights else None


def _roll_up_objective(session: Session, node: Node) -> None:
    """Decide whether the cluster is satisfied, by measure or by rules (RB.1.2)."""
    if node.rules.primary.is_satisfied_by_measure:
        return
    for action, value in ((RollupAction.NOT_SATISFIED, False), (RollupAction.SATISFIED, True)):
        if verdict(session, node, action):
            objectives.write(session, node, "", satisfied=value)


def _roll_up_completion(session: Session, node: Node) -> None:
    """Decide whether the cluster is completed, by measure or by rules (RB.1.3)."""
    if node.rules.completion.by_measure:
        return
    for action, done in ((RollupAction.INCOMPLETE, False), (RollupAction.COMPLETED, True)):
        if verdict(session, node, action):
            objectives.write(session, node, "", completed=done)
