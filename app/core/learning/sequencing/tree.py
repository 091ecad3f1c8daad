"""The activity tree with its parents, and a session on it: the tree, the learner's state, what is shared."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.content import ActivityTree, SequencedActivity, Sequencing
from app.core.learning.sequencing.state import (
    ActivityState,
    ObjectiveState,
    SequencingState,
    SharedState,
)


@dataclass(eq=False, slots=True)
class Node:
    """An activity in its place in the tree."""

    activity: SequencedActivity
    parent: "Node | None"
    children: tuple["Node", ...] = ()

    @property
    def name(self) -> str:
        """Return the activity's identifier."""
        return self.activity.activity_id

    @property
    def rules(self) -> Sequencing:
        """Return the activity's sequencing definition."""
        return self.activity.sequencing

    @property
    def is_leaf(self) -> bool:
        """Tell whether it has no children, so that it can be delivered."""
        return not self.children

    @property
    def is_heading(self) -> bool:
        """Tell whether it holds neither others nor content: a heading, which cannot be opened."""
        return self.is_leaf and not self.activity.launch.resource

    @property
    def is_tracked(self) -> bool:
        """Tell whether anything is recorded of it; of a heading nothing ever is, so that it holds up nobody."""
        return self.rules.delivery.is_tracked and not self.is_heading

    def path_up(self) -> Iterator["Node"]:
        """Yield it and all above it, the root last."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def path_down(self) -> list["Node"]:
        """Return the root, …, it."""
        return list(self.path_up())[::-1]

    def is_within(self, other: "Node") -> bool:
        """Tell whether it is `other` or lies below it."""
        return any(one is other for one in self.path_up())

    def walk(self) -> Iterator["Node"]:
        """Yield it and all below it, in the manifest's order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


class Tree:
    """All activities of a course by name. Never changes: one can serve many sessions."""

    def __init__(self, definition: ActivityTree) -> None:
        self.definition = definition
        self.root = _planted(definition.root, None)
        self.nodes = {node.name: node for node in self.root.walk()}

    def readers_of(self, target: str) -> Iterator[Node]:
        """Yield the activities with an objective that reads the global objective `target`."""
        for node in self.nodes.values():
            maps = (one for objective in node.rules.all_objectives for one in objective.maps)
            if any(one.target == target for one in maps):
                yield node


def _planted(activity: SequencedActivity, parent: Node | None) -> Node:
    node = Node(activity, parent)
    node.children = tuple(_planted(one, node) for one in activity.children)
    return node


class Session:
    """One learner's state on a tree. The processes of the books are functions over it."""

    def __init__(self, tree: Tree, state: SequencingState, shared: SharedState) -> None:
        self.tree = tree
        self.state = state
        self.shared = shared
        self.locked: frozenset[str] = frozenset()
        """Activities that something outside the sequencing rules keeps shut."""
        for name in tree.nodes:
            state.activities.setdefault(name, ActivityState())
        self.changed_globals: set[str] = set()
        """Global objectives written since the last rollup."""

    def copied(self) -> "Session":
        """Return a session to try things on."""
        copied = Session(self.tree, self.state.copied(), self.shared.copied())
        copied.locked = self.locked
        return copied

    def of(self, node: Node) -> ActivityState:
        """Return the tracking of an activity."""
        return self.state.activities[node.name]

    @property
    def global_objectives(self) -> dict[str, ObjectiveState]:
        """Return what is known of global objectives, wherever the author keeps them."""
        is_shared = self.tree.definition.objectives_global_to_system
        return (self.shared if is_shared else self.state.own).objectives

    @property
    def data(self) -> dict[str, str]:
        """Return the learner's data stores."""
        is_shared = self.tree.definition.data_global_to_system
        return (self.shared if is_shared else self.state.own).data

    @property
    def root(self) -> Node:
        """Return the root activity."""
        return self.tree.root

    @property
    def current(self) -> Node | None:
        """Return the current activity."""
        return self._named(self.state.current)

    @current.setter
    def current(self, node: Node | None) -> None:
        self.state.current = node.name if node else None

    @property
    def suspended(self) -> Node | None:
        """Return the activity to resume."""
        return self._named(self.state.suspended)

    @suspended.setter
    def suspended(self, node: Node | None) -> None:
        self.state.suspended = node.name if node else None

    def _named(self, name: str | None) -> Node | None:
        return self.tree.nodes.get(name) if name is not None else None

    def children(self, node: Node) -> tuple[Node, ...]:
        """Return the available children of a cluster: those selected, in their order."""
        available = self.of(node).available
        if available is None:
            return node.children
        return tuple(self.tree.nodes[name] for name in available if name in self.tree.nodes)

    def siblings(self, node: Node) -> tuple[Node, ...]:
        """Return the available children of its parent; itself alone for the root."""
        return self.children(node.parent) if node.parent else (node,)

    def is_available(self, node: Node) -> bool:
        """Tell whether its parent offers it."""
        return node in self.siblings(node)

    def order(self) -> dict[str, int]:
        """Return the place of each activity in a forward walk over what is available."""
        places: dict[str, int] = {}
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            places[node.name] = len(places)
            waiting.extend(reversed(self.children(node)))
        return places


def common_ancestor(one: Node, other: Node) -> Node:
    """Return the lowest activity that is or lies above both."""
    return next(node for node in one.path_up() if other.is_within(node))
