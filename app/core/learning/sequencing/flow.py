"""Flow: the next activity forward or backward that can be delivered (SB.2.1, SB.2.2, SB.2.3). Pure."""

from dataclasses import dataclass
from enum import Enum

from app.core.content import Action
from app.core.learning.sequencing.rules import is_barred, is_prevented
from app.core.learning.sequencing.tree import Node, Session


class Direction(Enum):
    """Which way a learner goes through the tree."""

    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True)
class Step:
    """Where a traversal came to. Without a node, `code` says why and `ends` that the course is over."""

    node: Node | None = None
    direction: Direction = Direction.FORWARD
    code: str = ""
    ends: bool = False


def step(
    session: Session,
    node: Node,
    direction: Direction,
    *,
    into_children: bool,
    came: Direction | None = None,
) -> Step:
    """Return the next activity in a walk over what is available (SB.2.1)."""
    is_reversed = False
    if came is Direction.BACKWARD and node.parent and session.siblings(node)[-1:] == (node,):
        direction, node, is_reversed = Direction.BACKWARD, session.siblings(node)[0], True
    if direction is Direction.FORWARD:
        return _step_forward(session, node, into_children=into_children)
    return _step_backward(session, node, into_children=into_children, is_reversed=is_reversed)


def _step_forward(session: Session, node: Node, *, into_children: bool) -> Step:
    if into_children and not node.is_leaf:
        children = session.children(node)
        return Step(children[0]) if children else Step(code="SB.2.1-2")
    for one in node.path_up():
        follower = _beside(session, one, 1)
        if follower is not None:
            return Step(follower)
    return Step(ends=True)


def _step_backward(session: Session, node: Node, *, into_children: bool, is_reversed: bool) -> Step:
    if node.parent is None and not into_children:
        return Step(code="SB.2.1-3")
    if into_children and not node.is_leaf:
        return _last_child(session, node)
    for one in node.path_up():
        if one.parent is None:
            break
        if not is_reversed and one.parent.rules.control.forward_only:
            return Step(code="SB.2.1-4")
        before = _beside(session, one, -1)
        if before is not None:
            return Step(before, Direction.BACKWARD)
        is_reversed = False
    return Step(code="SB.2.1-3")


def _last_child(session: Session, node: Node) -> Step:
    children = session.children(node)
    if not children:
        return Step(code="SB.2.1-2")
    if node.rules.control.forward_only:
        return Step(children[0], Direction.FORWARD)
    return Step(children[-1], Direction.BACKWARD)


def _beside(session: Session, node: Node, offset: int) -> Node | None:
    if node.parent is None:
        return None
    siblings = session.siblings(node)
    if node not in siblings:
        return None
    place = siblings.index(node) + offset
    return siblings[place] if 0 <= place < len(siblings) else None


def _deliverable(session: Session, start: Step) -> Step:
    """Walk on from an activity until one can be delivered (SB.2.2)."""
    here, came = start, None
    for _turn in range(4 * len(session.tree.nodes) + 4):
        node = here.node
        if node is None:
            return here
        if node.parent is not None and not node.parent.rules.control.flow:
            return Step(code="SB.2.2-1")
        if node.is_heading or is_prevented(session, node, Action.SKIP):
            here, came = _past(session, node, here.direction, came)
        elif is_barred(session, node):
            return Step(code="SB.2.2-2")
        elif node.is_leaf:
            return here
        else:
            here, came = _down(session, node, here.direction)
    return Step(code="SB.2.2-2")


def _past(
    session: Session, node: Node, direction: Direction, came: Direction | None
) -> tuple[Step, Direction | None]:
    """Step past an activity that is skipped (SB.2.2 3)."""
    found = step(session, node, direction, into_children=False, came=came)
    is_turned = came is Direction.BACKWARD and found.direction is Direction.BACKWARD
    return found, None if is_turned else came


def _down(session: Session, node: Node, direction: Direction) -> tuple[Step, Direction | None]:
    """Step into a cluster (SB.2.2 6)."""
    found = step(session, node, direction, into_children=True)
    is_turned = direction is Direction.BACKWARD and found.direction is Direction.FORWARD
    return found, Direction.BACKWARD if is_turned else None


def flow(session: Session, node: Node, direction: Direction, *, into_children: bool) -> Step:
    """Return the activity to deliver when flowing from `node` (SB.2.3)."""
    return _deliverable(session, step(session, node, direction, into_children=into_children))
