"""Taking a checked statement apart: its agents, activities and what it refers to."""

from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

from app.core.learning.statements.agents import AgentKey, key_of, keys_within
from app.core.learning.statements.exact_json import Json
from app.core.learning.statements.grammar import CONTEXT_ACTIVITIES, VOIDED

_KEY_BYTES = 16


def find_key(kind: str, value: str) -> bytes:
    """Return under which key the statements with this value are indexed."""
    return sha256(f"{kind}\0{value}".encode()).digest()[:_KEY_BYTES]


def find_keys(statement: Json) -> frozenset[bytes]:
    """Return every key under which a statement itself is found."""
    context = statement.get("context", {})
    pairs = [("verb", statement["verb"]["id"])]
    if "registration" in context:
        pairs.append(("registration", context["registration"].lower()))
    pairs += [("agent", key.text) for key in narrow_agents(statement)]
    pairs += [("related-agent", key.text) for key in all_agents(statement)]
    if is_activity(statement["object"]):
        pairs.append(("activity", statement["object"]["id"]))
    pairs += [("related-activity", activity["id"]) for activity in all_activities(statement)]
    return frozenset(find_key(kind, value) for kind, value in pairs)


def narrow_agents(statement: Json) -> Iterator[AgentKey]:
    """Yield the keys of the actor and, when it is somebody, the object."""
    for one in (statement["actor"], statement["object"]):
        key = key_of(one)
        if key is not None:
            yield key


def all_agents(statement: Json) -> Iterator[AgentKey]:
    """Yield the keys of everybody a statement speaks of, members and inner statement included."""
    context = statement.get("context", {})
    speakers = [statement["actor"], statement["object"]]
    speakers += [statement[name] for name in ("authority",) if name in statement]
    speakers += [context[name] for name in ("instructor", "team") if name in context]
    speakers += [one["agent"] for one in context.get("contextAgents", ())]
    speakers += [one["group"] for one in context.get("contextGroups", ())]
    for speaker in speakers:
        yield from keys_within(speaker)
    inner = inner_statement(statement)
    if inner is not None:
        yield from all_agents(inner)


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
