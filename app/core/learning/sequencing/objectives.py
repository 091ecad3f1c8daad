"""Reading and writing what is tracked, through the maps to global objectives (SN 3.9, 4.2).

Who reads matters: see `View`.
"""

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

from app.core.content import Objective, ObjectiveMap
from app.core.learning.sequencing.state import ObjectiveState
from app.core.learning.sequencing.tree import Node, Session


class View(Enum):
    """For whom a value is read."""

    RULES = "rules"
    """Sequencing rules, the menu: nothing is known of what is not tracked."""
    ROLLUP = "rollup"
    """As rules, but without what is of an earlier attempt on a cluster that wants current ones."""
    CONTENT = "content"
    """What content is told at its launch: global objectives even where it is not tracked itself."""


_READS = {
    "satisfied": "read_satisfied",
    "measure": "read_measure",
    "raw": "read_raw",
    "minimum": "read_min",
    "maximum": "read_max",
    "completed": "read_completion",
    "progress": "read_progress",
}
_WRITES = {field: name.replace("read_", "write_") for field, name in _READS.items()}
_SHARED_ALONE = frozenset({"satisfied", "measure"})
"""Fields that are never the activity's own where they are read from a global objective."""
_PROGRESS = frozenset({"completed", "progress"})


def objective_of(node: Node, name: str) -> Objective | None:
    """Return an objective of an activity; empty means the one that rolls up."""
    if not name:
        return node.rules.primary
    return next((one for one in node.rules.all_objectives if one.objective_id == name), None)


def satisfied(
    session: Session, node: Node, name: str = "", *, view: View = View.RULES
) -> bool | None:
    """Return whether an objective is satisfied; None while nobody knows."""
    objective = objective_of(node, name)
    if objective is None:
        return None
    if not objective.is_satisfied_by_measure:
        return _truth(_read(session, node, objective, "satisfied", view=view))
    reached = measure(session, node, name, view=view)
    if reached is None or _waits(session, node):
        return None
    return reached >= objective.minimum_measure


def _waits(session: Session, node: Node) -> bool:
    return session.of(node).is_active and not node.rules.rollup.measure_satisfaction_if_active


def measure(
    session: Session, node: Node, name: str = "", *, view: View = View.RULES
) -> Fraction | None:
    """Return an objective's normalized measure, -1 to 1."""
    return _number(text_value(session, node, name, "measure", view=view))


def progress(
    session: Session, node: Node, name: str = "", *, view: View = View.RULES
) -> Fraction | None:
    """Return how far it is, 0 to 1."""
    return _number(text_value(session, node, name, "progress", view=view))


def completed(
    session: Session, node: Node, name: str = "", *, view: View = View.RULES
) -> bool | None:
    """Return whether the activity, or one of its objectives, is completed."""
    objective = objective_of(node, name)
    if objective is None:
        return None
    threshold = node.rules.completion
    if _is_measured(node, objective) and view is not View.CONTENT:
        reached = progress(session, node, name, view=view)
        return None if reached is None else reached >= threshold.minimum
    return _truth(_read(session, node, objective, "completed", view=view))


def text_value(
    session: Session, node: Node, name: str, field: str, *, view: View = View.RULES
) -> str | None:
    """Return a score or measure as it was written."""
    objective = objective_of(node, name)
    if objective is None:
        return None
    found = _read(session, node, objective, field, view=view)
    return found if isinstance(found, str) else None


def _truth(found: bool | str | None) -> bool | None:
    return found if isinstance(found, bool) else None


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _read(
    session: Session, node: Node, objective: Objective, field: str, *, view: View
) -> bool | str | None:
    """Read a field: from the global objective it is mapped to, from the activity itself without one."""
    if not node.is_tracked and view is not View.CONTENT:
        return None
    targets = list(_targets(objective, _READS[field]))
    known = session.global_objectives
    shared = (_value(known.get(target), field) for target in targets)
    found = next((value for value in shared if value is not None), None)
    if found is not None or (targets and field in _SHARED_ALONE):
        return found
    return _own(session, node, objective, field, view)


def _own(
    session: Session, node: Node, objective: Objective, field: str, view: View
) -> bool | str | None:
    tracking = session.of(node)
    is_old = tracking.has_old_progress if field in _PROGRESS else tracking.has_old_objectives
    if view is View.ROLLUP and is_old:
        return None
    return _value(tracking.objectives.get(objective.objective_id), field)


def _targets(objective: Objective, right: str) -> Iterator[str]:
    return (one.target for one in objective.maps if _allows(one, right))


def _allows(mapped: ObjectiveMap, right: str) -> bool:
    return bool(getattr(mapped, right))


def _value(state: ObjectiveState | None, field: str) -> bool | str | None:
    found: bool | str | None = getattr(state, field, None)
    return found


def write(session: Session, node: Node, name: str, **values: bool | str | None) -> None:
    """Set fields of a local objective and of the global ones it writes to; None is unknown.

    What a measure decides takes no other verdict.
    """
    objective = objective_of(node, name)
    if objective is None or not node.is_tracked:
        return
    known = session.of(node).objectives
    local = known.setdefault(objective.objective_id, ObjectiveState())
    for field, value in values.items():
        if _is_decided_by_measure(node, objective, field):
            continue
        _freshen(session, node, field)
        setattr(local, field, value)
        _publish(session, objective, field, value)
    if objective.is_satisfied_by_measure and "measure" in values:
        _publish(session, objective, "satisfied", satisfied(session, node, name))
    if _is_measured(node, objective) and "progress" in values:
        done = completed(session, node, name)
        local.completed = done
        _publish(session, objective, "completed", done)


def _is_measured(node: Node, objective: Objective) -> bool:
    return node.rules.completion.by_measure and objective is node.rules.primary


def _is_decided_by_measure(node: Node, objective: Objective, field: str) -> bool:
    if field == "completed":
        return _is_measured(node, objective)
    return field == "satisfied" and objective.is_satisfied_by_measure


def fill_in(session: Session, node: Node, field: str) -> None:
    """Count what content left open as done, for the objective that rolls up (UP.4 1.1.1)."""
    primary = node.rules.primary
    if _read(session, node, primary, field, view=View.RULES) is None:
        write(session, node, "", **{field: True})


def _freshen(session: Session, node: Node, field: str) -> None:
    """What is written is of now: forget what is of an earlier attempt beside it."""
    tracking = session.of(node)
    if field in _PROGRESS and tracking.has_old_progress:
        tracking.has_old_progress = False
        for one in tracking.objectives.values():
            one.completed = one.progress = None
    elif field not in _PROGRESS and tracking.has_old_objectives:
        tracking.has_old_objectives = False
        for one in tracking.objectives.values():
            one.satisfied = one.measure = one.raw = one.minimum = one.maximum = None


def _publish(session: Session, objective: Objective, field: str, value: bool | str | None) -> None:
    for target in _targets(objective, _WRITES[field]):
        shared = session.global_objectives.setdefault(target, ObjectiveState())
        if _value(shared, field) != value:
            setattr(shared, field, value)
            session.changed_globals.add(target)
