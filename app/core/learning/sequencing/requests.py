"""Finding the activity to deliver for a sequencing request (SB.2.5 to SB.2.13)."""

from collections.abc import Callable

from app.core.content import Action
from app.core.learning.sequencing.choice import Chooser
from app.core.learning.sequencing.flow import Direction, Step, flow
from app.core.learning.sequencing.tree import Session
from app.core.learning.sequencing.types import Navigation

_Find = Callable[[Session, str], Step]


def start(session: Session, _target: str) -> Step:
    """Begin the course (SB.2.5)."""
    if session.current is not None:
        return Step(code="SB.2.5-1")
    if session.root.is_leaf:
        return Step(session.root)
    return flow(session, session.root, Direction.FORWARD, into_children=True)


def resume_all(session: Session, _target: str) -> Step:
    """Go on where the course was put aside (SB.2.6)."""
    if session.current is not None:
        return Step(code="SB.2.6-1")
    if session.suspended is None:
        return Step(code="SB.2.6-2")
    return Step(session.suspended)


def go_on(session: Session, _target: str) -> Step:
    """Flow forward (SB.2.7)."""
    current = session.current
    if current is None:
        return Step(code="SB.2.7-1")
    if current.parent is not None and not current.parent.rules.control.flow:
        return Step(code="SB.2.7-2")
    return flow(session, current, Direction.FORWARD, into_children=False)


def go_back(session: Session, _target: str) -> Step:
    """Flow backward (SB.2.8)."""
    current = session.current
    if current is None:
        return Step(code="SB.2.8-1")
    if current.parent is not None and not current.parent.rules.control.flow:
        return Step(code="SB.2.8-2")
    return flow(session, current, Direction.BACKWARD, into_children=False)


def choose(session: Session, target: str) -> Step:
    """Deliver what was chosen, or the first in it (SB.2.9)."""
    node = session.tree.nodes.get(target)
    if node is None:
        return Step(code="SB.2.9-1")
    chooser = Chooser(session)
    code = chooser.refusal(node)
    if code:
        return Step(code=code)
    found = chooser.found(node)
    return Step(code="SB.2.9-9") if found is None else Step(found)


def retry(session: Session, _target: str) -> Step:
    """Deliver the current activity again, from its beginning (SB.2.10)."""
    current = session.current
    if current is None:
        return Step(code="SB.2.10-1")
    tracking = session.of(current)
    if tracking.is_active or tracking.is_suspended:
        return Step(code="SB.2.10-2")
    if current.is_leaf:
        return Step(current)
    found = flow(session, current, Direction.FORWARD, into_children=True)
    return found if found.node else Step(code="SB.2.10-3")


def leave(session: Session, _target: str) -> Step:
    """End the course when the root was left (SB.2.11)."""
    current = session.current
    if current is None:
        return Step(code="SB.2.11-1")
    if session.of(current).is_active:
        return Step(code="SB.2.11-2")
    return Step(ends=current.parent is None)


def jump(session: Session, target: str) -> Step:
    """Deliver an activity the content names, past the author's controls (SB.2.13)."""
    if session.current is None:
        return Step(code="SB.2.13-1")
    return Step(session.tree.nodes[target])


BY_REQUEST: dict[Navigation, _Find] = {
    Navigation.START: start,
    Navigation.RESUME_ALL: resume_all,
    Navigation.CONTINUE: go_on,
    Navigation.PREVIOUS: go_back,
    Navigation.CHOICE: choose,
    Navigation.JUMP: jump,
    Navigation.EXIT: leave,
}
BY_RULE: dict[Action, _Find] = {
    Action.RETRY: retry,
    Action.CONTINUE: go_on,
    Action.PREVIOUS: go_back,
    Action.EXIT: leave,
}
