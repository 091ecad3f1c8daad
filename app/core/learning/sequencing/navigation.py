"""Whether a wish makes sense where the learner is (NB.2.1). Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.learning.sequencing.tree import Node, Session, common_ancestor
from app.core.learning.sequencing.types import Navigation, NavigationRequest


@dataclass(frozen=True, slots=True)
class Plan:
    """What a navigation request becomes: how the current activity ends, then what is sequenced."""

    terminates: Navigation | None = None
    sequences: Navigation | None = None
    target: str = ""
    code: str = ""


def planned(session: Session, request: NavigationRequest) -> Plan:
    """Return what a request becomes, or the code that refuses it (NB.2.1)."""
    return _CASES[request.kind](session, request)


def _start(session: Session, request: NavigationRequest) -> Plan:
    return Plan(code="NB.2.1-1") if session.current else Plan(sequences=request.kind)


def _resume_all(session: Session, request: NavigationRequest) -> Plan:
    if session.current:
        return Plan(code="NB.2.1-1")
    return Plan(sequences=request.kind) if session.suspended else Plan(code="NB.2.1-3")


def _continue(session: Session, request: NavigationRequest) -> Plan:
    current = session.current
    if current is None:
        return Plan(code="NB.2.1-2")
    if current.parent is None or not current.parent.rules.control.flow:
        return Plan(code="NB.2.1-4")
    return Plan(_leaving(session, current), request.kind)


def _previous(session: Session, request: NavigationRequest) -> Plan:
    current = session.current
    if current is None:
        return Plan(code="NB.2.1-2")
    if current.parent is None:
        return Plan(code="NB.2.1-6")
    control = current.parent.rules.control
    if not control.flow or control.forward_only:
        return Plan(code="NB.2.1-5")
    return Plan(_leaving(session, current), request.kind)


def _leaving(session: Session, current: Node) -> Navigation | None:
    return Navigation.EXIT if session.of(current).is_active else None


def _choice(session: Session, request: NavigationRequest) -> Plan:
    target = session.tree.nodes.get(request.target)
    if target is None:
        return Plan(code="NB.2.1-11")
    if target.parent is not None and not target.parent.rules.control.choice:
        return Plan(code="NB.2.1-10")
    current = session.current
    if current is None:
        return Plan(None, request.kind, request.target)
    if any(_holds_back(session, node) for node in _left(current, target)):
        return Plan(code="NB.2.1-8")
    return Plan(_leaving(session, current), request.kind, request.target)


def _left(current: Node, target: Node) -> list[Node]:
    """Return the activities that choosing the target leaves, the current one first."""
    if current is target:
        return []
    common = common_ancestor(current, target)
    path = list(current.path_up())
    return [current, *path[1 : path.index(common)]] if common is not current else []


def _holds_back(session: Session, node: Node) -> bool:
    return session.of(node).is_active and not node.rules.control.choice_exit


def _jump(session: Session, request: NavigationRequest) -> Plan:
    target = session.tree.nodes.get(request.target)
    if target is None or not session.is_available(target):
        return Plan(code="NB.2.1-11")
    current = session.current
    if current is None:
        return Plan(code="NB.2.1-2")
    return Plan(_leaving(session, current), request.kind, request.target)


def _exit(session: Session, request: NavigationRequest) -> Plan:
    current = session.current
    if current is None:
        return Plan(code="NB.2.1-2")
    if not session.of(current).is_active:
        return Plan(code="NB.2.1-12")
    return Plan(request.kind, Navigation.EXIT)


def _leave_all(session: Session, request: NavigationRequest) -> Plan:
    if session.current is None:
        return Plan(code="NB.2.1-2")
    return Plan(request.kind, Navigation.EXIT)


_CASES: dict[Navigation, Callable[[Session, NavigationRequest], Plan]] = {
    Navigation.START: _start,
    Navigation.RESUME_ALL: _resume_all,
    Navigation.CONTINUE: _continue,
    Navigation.PREVIOUS: _previous,
    Navigation.CHOICE: _choice,
    Navigation.JUMP: _jump,
    Navigation.EXIT: _exit,
    Navigation.EXIT_ALL: _leave_all,
    Navigation.ABANDON: _exit,
    Navigation.ABANDON_ALL: _leave_all,
    Navigation.SUSPEND_ALL: _leave_all,
}
