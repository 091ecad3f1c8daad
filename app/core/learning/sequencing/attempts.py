"""Beginning and ending attempts on activities (UP.3, UP.4, DB.2, DB.2.1)."""

from app.core.learning.sequencing import objectives
from app.core.learning.sequencing.rollup import roll_up
from app.core.learning.sequencing.selection import renew
from app.core.learning.sequencing.tree import Node, Session, common_ancestor


def end_attempt(session: Session, node: Node) -> None:
    """End the attempt on an activity and roll up (UP.4).

    What content left open counts as done, unless the author says that the content decides.
    """
    tracking = session.of(node)
    if not tracking.is_active:
        return
    if node.is_leaf:
        if not tracking.is_suspended:
            _fill_in(session, node)
    else:
        tracking.is_suspended = any(session.of(one).is_suspended for one in session.children(node))
    tracking.is_active = False
    roll_up(session, node)
    if not tracking.is_suspended:
        renew(session, node)


def _fill_in(session: Session, node: Node) -> None:
    delivery, tracking = node.rules.delivery, session.of(node)
    if not (delivery.completion_set_by_content or tracking.says_completion):
        objectives.fill_in(session, node, "completed")
    if not (delivery.objective_set_by_content or tracking.says_success):
        objectives.fill_in(session, node, "satisfied")


def end_below(session: Session, node: Node) -> None:
    """End the attempts between the current activity and what it shares with `node` (UP.3)."""
    current = session.current
    if current is None:
        return
    common = common_ancestor(current, node)
    for one in list(current.path_up()):
        if one is common:
            break
        if one is not current:
            end_attempt(session, one)


def begin(session: Session, node: Node) -> None:
    """Make an activity the current one, beginning or resuming attempts down to it (DB.2)."""
    if session.suspended is not None and session.suspended is not node:
        _forget_suspended(session, session.suspended, node)
    end_below(session, node)
    for one in node.path_down():
        tracking = session.of(one)
        if not tracking.is_active:
            tracking.is_active = True
            tracking.is_resumed = tracking.is_suspended
            if tracking.is_suspended:
                tracking.is_suspended = False
            elif one.is_tracked:
                _begin_new(session, one)
    session.current = node
    session.suspended = None


def _begin_new(session: Session, node: Node) -> None:
    tracking = session.of(node)
    tracking.attempts += 1
    tracking.objectives.clear()
    tracking.has_old_objectives = tracking.has_old_progress = False
    tracking.says_success = tracking.says_completion = False
    _set_aside(session, node)


def _set_aside(session: Session, node: Node) -> None:
    """Let what is known of the children count as old, where the cluster asks for current attempts."""
    control = node.rules.control
    for child in node.children:
        tracking = session.of(child)
        tracking.has_old_objectives |= control.use_current_objective_info
        tracking.has_old_progress |= control.use_current_progress_info
        if control.use_current_objective_info or control.use_current_progress_info:
            _set_aside(session, child)


def _forget_suspended(session: Session, suspended: Node, node: Node) -> None:
    """Let go of the activity that was to be resumed, as another is delivered (DB.2.1)."""
    common = common_ancestor(suspended, node)
    for one in suspended.path_up():
        tracking = session.of(one)
        children = session.children(one)
        if not any(session.of(child).is_suspended for child in children):
            tracking.is_suspended = False
        if one is common:
            break
    session.suspended = None
