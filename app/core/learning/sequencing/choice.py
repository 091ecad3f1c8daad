"""Choosing an activity from the menu (SB.2.4, SB.2.9, SB.2.9.1, SB.2.9.2). Pure."""

from collections.abc import Iterable

from app.core.content import Action
from app.core.learning.sequencing.flow import Direction, flow
from app.core.learning.sequencing.rules import is_prevented
from app.core.learning.sequencing.tree import Node, Session, common_ancestor


class Chooser:
    """Answers for one state of a session which activities may be chosen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._order = session.order()

    def refusal(self, target: Node) -> str:
        """Return the code that forbids choosing an activity; empty when nothing does (SB.2.9)."""
        current = self._session.current
        return self._unreachable(target) or self._barrier(current, target)

    def found(self, target: Node) -> Node | None:
        """Return what choosing delivers: the activity, or the first in it that can be (SB.2.9 7, 8)."""
        if target.is_leaf:
            return target
        return flow(self._session, target, Direction.FORWARD, into_children=True).node

    def _unreachable(self, target: Node) -> str:
        for node in target.path_down():
            if not self._session.is_available(node):
                return "SB.2.9-2"
            if is_prevented(self._session, node, Action.HIDDEN_FROM_CHOICE):
                return "SB.2.9-3"
        if target.parent is not None and not target.parent.rules.control.choice:
            return "SB.2.9-4"
        return ""

    def _barrier(self, current: Node | None, target: Node) -> str:
        if current is target:
            return ""
        if current is None:
            return self._into(self._session.root, target)
        if current.parent is not None and current.parent is target.parent:
            return self._beside(current, target)
        common = common_ancestor(current, target)
        if common is current:
            return self._into(common, target)
        if common is target:
            return self._out_of(_up_to(current, target))
        return self._across(current, common, target)

    def _beside(self, current: Node, target: Node) -> str:
        siblings = self._session.siblings(current)
        if current not in siblings:
            return "SB.2.9-5"
        here, there = siblings.index(current), siblings.index(target)
        if here < there:
            return self._walk(siblings[here:there], Direction.FORWARD)
        return self._walk(siblings[there + 1 : here + 1], Direction.BACKWARD)

    def _walk(self, nodes: Iterable[Node], direction: Direction) -> str:
        codes = (self._blocked(node, direction) for node in nodes)
        return next((code for code in codes if code), "")

    def _blocked(self, node: Node, direction: Direction) -> str:
        """Tell what stops a walk at an activity (SB.2.4)."""
        if direction is Direction.FORWARD:
            stops = is_prevented(self._session, node, Action.STOP_FORWARD_TRAVERSAL)
            return "SB.2.4-1" if stops else ""
        if node.parent is None:
            return "SB.2.4-3"
        return "SB.2.4-2" if node.parent.rules.control.forward_only else ""

    def _into(self, common: Node, target: Node) -> str:
        if common is target:
            return ""
        return self._descent(common, target, is_forward=True)

    def _descent(self, common: Node, target: Node, *, is_forward: bool) -> str:
        """Walk from the common ancestor down to the target, without it."""
        path = list(_up_to(target, common))[1:]
        for node in (common, *reversed(path)):
            if is_forward:
                blocked = self._blocked(node, Direction.FORWARD)
                if blocked:
                    return blocked
            is_active = self._session.of(node).is_active
            if node is not common and not is_active and node.rules.choice_limits.prevent_activation:
                return "SB.2.9-6"
        return ""

    def _out_of(self, path: Iterable[Node]) -> str:
        is_locked = any(not node.rules.control.choice_exit for node in path)
        return "SB.2.9-7" if is_locked else ""

    def _across(self, current: Node, common: Node, target: Node) -> str:
        path = list(_up_to(current, common))
        locked = self._out_of(path)
        if locked:
            return locked
        is_forward = self._order[target.name] > self._order.get(current.name, -1)
        clusters = (one for one in path if not one.is_leaf)
        constrained = next(
            (one for one in clusters if one.rules.choice_limits.constrain_choice), None
        )
        if constrained is not None and not self._is_near(constrained, target):
            return "SB.2.9-8"
        return self._descent(common, target, is_forward=is_forward)

    def _is_near(self, constrained: Node, target: Node) -> bool:
        forward = self._order[target.name] > self._order.get(constrained.name, -1)
        neighbour = self._neighbour(constrained, 1 if forward else -1)
        return target.is_within(neighbour) or target is constrained

    def _neighbour(self, node: Node, offset: int) -> Node:
        """Return the activity that flowing would reach, itself when there is none (SB.2.9.1, .2)."""
        for one in node.path_up():
            siblings = self._session.siblings(one)
            place = siblings.index(one) + offset if one in siblings else -1
            if 0 <= place < len(siblings):
                return siblings[place]
        return node


def _up_to(node: Node, top: Node) -> Iterable[Node]:
    """Yield `node` and those above it, without `top`."""
    for one in node.path_up():
        if one is top:
            return
        yield one
