"""What may be asked for now, and the table of contents. Tried on a copy: nothing changes."""

from app.core.content import Action
from app.core.learning.sequencing import objectives
from app.core.learning.sequencing.attempts import end_attempt
from app.core.learning.sequencing.choice import Chooser
from app.core.learning.sequencing.flow import Step
from app.core.learning.sequencing.navigation import planned
from app.core.learning.sequencing.overall import barrier
from app.core.learning.sequencing.requests import BY_REQUEST
from app.core.learning.sequencing.rules import is_prevented
from app.core.learning.sequencing.tree import Node, Session
from app.core.learning.sequencing.types import (
    ContentsEntry,
    EntryStatus,
    Navigation,
    NavigationRequest,
    ValidRequests,
)

_LEAVING = (
    Navigation.EXIT,
    Navigation.EXIT_ALL,
    Navigation.ABANDON,
    Navigation.ABANDON_ALL,
    Navigation.SUSPEND_ALL,
)
_MOVING = (Navigation.START, Navigation.RESUME_ALL, Navigation.CONTINUE, Navigation.PREVIOUS)


def valid_requests(session: Session) -> ValidRequests:
    """Return what would be carried out, as if the current activity ended now."""
    after = session.copied()
    if after.current is not None:
        end_attempt(after, after.current)
    simple = {one for one in _LEAVING if not planned(session, NavigationRequest(one)).code}
    simple |= {one for one in _MOVING if _moves(session, after, one)}
    chooser = Chooser(after)
    nodes = session.tree.nodes.values()
    return ValidRequests(
        simple=frozenset(simple),
        choices=frozenset(one.name for one in nodes if _may_choose(session, after, chooser, one)),
        jumps=frozenset(one.name for one in nodes if _may_jump(session, after, one)),
    )


def _moves(session: Session, after: Session, kind: Navigation) -> bool:
    """Going on is offered wherever the author lets learners flow (NB.2.1), even past the end."""
    if planned(session, NavigationRequest(kind)).code:
        return False
    return kind is Navigation.CONTINUE or _leads_somewhere(after, BY_REQUEST[kind](after, ""))


def _leads_somewhere(after: Session, found: Step) -> bool:
    return found.ends or (found.node is not None and not barrier(after, found.node))


def _may_choose(session: Session, after: Session, chooser: Chooser, node: Node) -> bool:
    request = NavigationRequest(Navigation.CHOICE, node.name)
    if planned(session, request).code or chooser.refusal(node):
        return False
    found = chooser.found(node)
    return found is not None and not barrier(after, found)


def _may_jump(session: Session, after: Session, node: Node) -> bool:
    request = NavigationRequest(Navigation.JUMP, node.name)
    return not planned(session, request).code and not barrier(after, node)


def contents(session: Session, valid: ValidRequests) -> tuple[ContentsEntry, ...]:
    """Return the table of contents: what may be seen, in its order, and what may be chosen."""
    found: list[ContentsEntry] = []
    waiting = [(session.root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if is_prevented(session, node, Action.HIDDEN_FROM_CHOICE):
            continue
        is_seen = node.activity.is_visible
        if is_seen:
            found.append(_entry(session, node, depth, is_enabled=node.name in valid.choices))
        deeper = depth + 1 if is_seen else depth
        waiting.extend((one, deeper) for one in reversed(session.children(node)))
    return tuple(found)


def _entry(session: Session, node: Node, depth: int, *, is_enabled: bool) -> ContentsEntry:
    return ContentsEntry(
        activity=node.name,
        title=node.activity.title,
        depth=depth,
        is_leaf=node.is_leaf,
        is_current=node is session.current,
        is_enabled=is_enabled,
        status=status_of(session, node),
    )


def status_of(session: Session, node: Node) -> EntryStatus:
    """Return how an activity stands: its verdict before its completion."""
    satisfied = objectives.satisfied(session, node)
    completed = objectives.completed(session, node)
    if satisfied is not None and completed is not False:
        return EntryStatus.PASSED if satisfied else EntryStatus.FAILED
    if completed:
        return EntryStatus.COMPLETED
    has_begun = completed is not None or session.of(node).attempts > 0
    return EntryStatus.INCOMPLETE if has_begun else EntryStatus.NOT_ATTEMPTED
