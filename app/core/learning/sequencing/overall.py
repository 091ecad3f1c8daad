"""One navigation request from wish to delivery (OP.1, SB.2.12, DB.1.1)."""

from app.core.learning.sequencing.attempts import begin, end_attempt, end_below
from app.core.learning.sequencing.flow import Step
from app.core.learning.sequencing.navigation import Plan, planned
from app.core.learning.sequencing.requests import BY_REQUEST, BY_RULE
from app.core.learning.sequencing.rules import is_barred
from app.core.learning.sequencing.state import SharedState
from app.core.learning.sequencing.termination import Left, terminate
from app.core.learning.sequencing.tree import Node, Session
from app.core.learning.sequencing.types import Navigation, NavigationRequest, Outcome, OutcomeKind


def carry_out(session: Session, request: NavigationRequest) -> Outcome:
    """Carry out a request as far as the author's rules let it (OP.1)."""
    plan = planned(session, request)
    if plan.code:
        return _refused(plan.code)
    left = terminate(session, plan.terminates) if plan.terminates else Left()
    if left.code:
        return _refused(left.code)
    found = _sequenced(session, plan, left)
    if found.ends:
        return _ended(session)
    if found.node is None:
        if found.code:
            return _refused(found.code)
        return Outcome(kind=OutcomeKind.IDLE)
    return _delivered(session, found.node)


def _sequenced(session: Session, plan: Plan, left: Left) -> Step:
    """Find what comes next; what the author's rules want goes before what was asked for."""
    _forget_course(session)
    if left.instead is not None:
        return BY_RULE[left.instead](session, "")
    if plan.terminates is Navigation.ABANDON or plan.sequences is None:
        return Step()
    found = BY_REQUEST[plan.sequences](session, plan.target)
    if found.code == "SB.2.9-9":
        _enter_empty(session, session.tree.nodes[plan.target])
    return found


def _forget_course(session: Session) -> None:
    """What the author kept to this course lasts for one attempt on it (SN 3.9.3, RTE 4.3)."""
    root = session.of(session.root)
    if not root.is_active and not root.is_suspended:
        session.state.own = SharedState()


def _enter_empty(session: Session, target: Node) -> None:
    """Stand at a cluster that was chosen though nothing in it can be delivered (SB.2.9 8.1)."""
    end_below(session, target)
    session.current = target


def _delivered(session: Session, node: Node) -> Outcome:
    code = barrier(session, node)
    if code:
        return _refused(code)
    begin(session, node)
    resumed = session.of(node).is_resumed
    return Outcome(kind=OutcomeKind.DELIVERED, activity=node.name, is_resumed=resumed)


def barrier(session: Session, node: Node) -> str:
    """Return the code that keeps an activity from being delivered; empty when nothing does (DB.1.1)."""
    if not node.is_leaf or node.is_heading:
        return "DB.1.1-1"
    is_shut = any(is_barred(session, one) for one in node.path_up())
    return "DB.1.1-3" if is_shut else ""


def _ended(session: Session) -> Outcome:
    end_below(session, session.root)
    end_attempt(session, session.root)
    session.current = None
    return Outcome(kind=OutcomeKind.ENDED)


def _refused(code: str) -> Outcome:
    return Outcome(kind=OutcomeKind.REFUSED, code=code)
