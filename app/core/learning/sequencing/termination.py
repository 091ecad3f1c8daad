"""Leaving the current activity (TB.2.1, TB.2.2, TB.2.3)."""

from dataclasses import dataclass

from app.core.content import Action
from app.core.learning.sequencing.attempts import end_attempt, end_below
from app.core.learning.sequencing.rollup import roll_up
from app.core.learning.sequencing.rules import checked
from app.core.learning.sequencing.tree import Node, Session
from app.core.learning.sequencing.types import Navigation


@dataclass(frozen=True, slots=True)
class Left:
    """What the rules want after an activity was left: nothing, an action in place of the learner's."""

    instead: Action | None = None
    """RETRY, CONTINUE, PREVIOUS or EXIT; None leaves the request as it was."""
    code: str = ""


def terminate(session: Session, kind: Navigation) -> Left:
    """Leave the current activity as asked (TB.2.3)."""
    current = session.current
    if current is None:
        return Left(code="TB.2.3-1")
    match kind:
        case Navigation.EXIT:
            return _exit(session, current)
        case Navigation.EXIT_ALL:
            return _exit_all(session, current)
        case Navigation.SUSPEND_ALL:
            return _suspend_all(session, current)
        case Navigation.ABANDON:
            session.of(current).is_active = False
            return Left()
        case _:
            return _abandon_all(session, current)


def _exit(session: Session, current: Node) -> Left:
    if not session.of(current).is_active:
        return Left(code="TB.2.3-2")
    end_attempt(session, current)
    current = _exit_by_rules(session, current)
    while True:
        action = _after(session, current)
        if action in {Action.EXIT_ALL, Action.RETRY_ALL}:
            left = _exit_all(session, current)
            return Left(Action.RETRY) if action is Action.RETRY_ALL else left
        if action is not Action.EXIT_PARENT:
            break
        if current.parent is None:
            return Left(code="TB.2.3-4")
        current = current.parent
        session.current = current
        end_attempt(session, current)
    if current.parent is None and action is not Action.RETRY:
        return Left(Action.EXIT)
    return Left(action)


def _exit_by_rules(session: Session, current: Node) -> Node:
    """Leave the highest cluster whose exit rule fires (TB.2.1)."""
    for node in current.path_down()[:-1]:
        if checked(session, node, node.rules.exit_rules, Action.EXIT):
            end_below(session, node)
            end_attempt(session, node)
            session.current = node
            return node
    return current


def _after(session: Session, node: Node) -> Action | None:
    """Return what the postcondition rules want, unless the activity is to be resumed (TB.2.2)."""
    if session.of(node).is_suspended:
        return None
    return checked(
        session,
        node,
        node.rules.post_rules,
        Action.RETRY,
        Action.CONTINUE,
        Action.PREVIOUS,
        Action.EXIT_PARENT,
        Action.EXIT_ALL,
        Action.RETRY_ALL,
    )


def _exit_all(session: Session, current: Node) -> Left:
    end_attempt(session, current)
    end_below(session, session.root)
    end_attempt(session, session.root)
    session.current = session.root
    return Left(Action.EXIT)


def _suspend_all(session: Session, current: Node) -> Left:
    tracking = session.of(current)
    if tracking.is_active or tracking.is_suspended:
        roll_up(session, current)
        suspended = current
    elif current.parent is not None:
        suspended = current.parent
    else:
        return Left(code="TB.2.3-3")
    for node in suspended.path_up():
        session.of(node).is_active = False
        session.of(node).is_suspended = True
    session.suspended = suspended
    session.current = session.root
    return Left(Action.EXIT)


def _abandon_all(session: Session, current: Node) -> Left:
    for node in current.path_up():
        session.of(node).is_active = False
    session.current = session.root
    return Left(Action.EXIT)
