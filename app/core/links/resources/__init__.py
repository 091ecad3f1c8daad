"""What can be asked, by path. A new resource is one module and one line in `RESOURCES`."""

from app.core.links.resources import lookups, statements
from app.core.links.resources.call import Call, Methods
from app.core.links.resources.documents import ACTIVITY_PROFILE, AGENT_PROFILE, STATE

RESOURCES: dict[tuple[str, ...], Methods] = {
    ("statements",): statements.METHODS,
    ("more", "*"): statements.MORE_METHODS,
    ("activities",): lookups.ACTIVITY_METHODS,
    ("activities", "state"): STATE.methods(),
    ("activities", "profile"): ACTIVITY_PROFILE.methods(),
    ("agents",): lookups.AGENT_METHODS,
    ("agents", "profile"): AGENT_PROFILE.methods(),
}
"""By the parts of a path after the endpoint; a star stands for any one part."""


def methods_of(path: tuple[str, ...]) -> Methods | None:
    """Return what can be done at a path, or None when there is nothing there."""
    found = RESOURCES.get(path)
    if found is None and path[:-1]:
        found = RESOURCES.get((*path[:-1], "*"))
    return found


__all__ = ["RESOURCES", "Call", "methods_of"]
