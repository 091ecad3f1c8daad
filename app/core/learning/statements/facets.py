"""Taking a checked statement apart: its agents, activities and what it refers to."""

from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

from app.core.learning.statements.agents import identifiers_in
from app.core.learning.statements.exact_json import Json
from app.core.learning.statements.grammar import CONTEXT_ACTIVITIES, VOIDED

_KEY_BYTES = 16


def find_key(kind: str, value: str) -> bytes:
    """Return under which key the statements with this value are indexed."""
    return _hashed(f"{kind}\0{value}")


def find_keys(statement: Json) -> frozenset[bytes]:
    """Return every key under which a statement itself is found."""
    target, registration = statement["object"], statement.get("context", {}).get("registration")
    found = [f"verb\0{statement['verb']['id']}"]
    if registration is not None:
        found.append(f"registration\0{registration.lower()}")
    if is_activity(target):
        found.append(f"activity\0{target['id']}")
    found += [f"agent\0{one}" for one in identifiers_in(_narrow_agents(statement))]
    found += [f"related-agent\0{one}" for one in identifiers_in(_all_agents(statement))]
    found += [f"related-activity\0{one['id']}" for one in all_activities(statement)]
    return frozenset(map(_hashed, found))


def _hashed(what: str) -> bytes:
    return sha256(what.encode()).digest()[:_KEY_BYTES]


def _narrow_agents(statement: Json) -> list[Json]:
    """Return the actor and, when it is somebody, the object."""
    target = statement["object"]
    return [statement["actor"]] if is_activity(target) else [statement["actor"], target]


def _all_agents(statement: Json) -> list[Json]:
    """Return everybody a statement speaks of, members and those of an inner statement included."""
    context = statement.get("context", {})
    found = _narrow_agents(statement)
    found += [statement[name] for name in ("authority",) if name in statement]
    found += [context[name] for name in ("instructor", "team") if name in context]
    found += [one["agent"] for one in context.get("contextAgents", ())]
    found += [one["group"] for one in context.get("contextGroups", ())]
    found += [member for one in found for member in one.get("member", ())]
    inner = inner_statement(statement)
    return found if inner is None else found + _all_agents(inner)


def all_activities(statement: Json) -> Iterator[Json]:
    """Yield every activity object of a statement, those of an inner statement included."""
    if is_activity(statement["object"]):
        yield statement["object"]
    context = statement.get("context", {}).get("contextActivities", {})
    for name in CONTEXT_ACTIVITIES:
        yield from context.get(name, ())
    inner = inner_statement(statement)
    if inner is not None:
        yield from all_activities(inner)


def is_activity(target: Json) -> bool:
    """Tell whether a statement's object is an activity."""
    return bool(target.get("objectType", "Activity") == "Activity")


def inner_statement(statement: Json) -> Json | None:
    """Return the statement inside a statement, when its object is one."""
    target = statement["object"]
    return target if target.get("objectType") == "SubStatement" else None


def referred_id(statement: Json) -> UUID | None:
    """Return the id of the statement that a statement's object is."""
    target = statement["object"]
    return UUID(target["id"]) if target.get("objectType") == "StatementRef" else None


def voided_id(statement: Json) -> UUID | None:
    """Return the id of the statement that a statement takes back."""
    return referred_id(statement) if statement["verb"]["id"] == VOIDED else None
