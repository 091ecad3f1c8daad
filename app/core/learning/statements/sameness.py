"""When two statements say the same (xAPI 1.0.3 Data 2.3.2; IEEE 9274.1.1 clause 4.2.1).

What a store may set itself, descriptions that may change with time, and orders without a meaning
do not count; nor do a number's trailing zeros, nor what lies beyond a hundredth of a second.
"""

from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256

from app.core.learning.statements.exact_json import Json, to_sorted_bytes
from app.core.learning.statements.facets import is_activity
from app.core.learning.statements.grammar import CONTEXT_ACTIVITIES
from app.core.learning.statements.scalars import parse_timestamp, to_hundredths

_SET_BY_STORE = frozenset({"id", "stored", "authority", "version", "timestamp"})
_KEPT_OF_ATTACHMENT = ("usageType", "contentType", "length", "sha2", "fileUrl")


def meaning_of(statement: Json) -> bytes:
    """Return a hash that statements saying the same have in common. Times are compared apart."""
    kept = {name: value for name, value in statement.items() if name not in _SET_BY_STORE}
    return sha256(_spelled(_meaning(kept))).digest()


def same_instant(one: str, other: str) -> bool:
    """Tell whether two timestamps name the same instant."""
    return parse_timestamp(one) == parse_timestamp(other)


def _meaning(statement: Json) -> Json:
    found = {
        name: _PARTS[name](value) if name in _PARTS else value for name, value in statement.items()
    }
    return _without_empty(found)


def _actor(actor: Json) -> Json:
    kept = {name: value for name, value in actor.items() if name not in {"name", "objectType"}}
    if "member" in actor:
        kept["member"] = _unordered([_actor(one) for one in actor["member"]])
    return kept


def _object(target: Json) -> Json:
    if is_activity(target):
        return target["id"]
    if target["objectType"] == "SubStatement":
        return {"SubStatement": _meaning(target)}
    if target["objectType"] == "StatementRef":
        return {"StatementRef": target["id"].lower()}
    return _actor(target)


def _result(result: Json) -> Json:
    if "duration" not in result:
        return result
    return {**result, "duration": to_hundredths(result["duration"])}


def _context(context: Json) -> Json:
    kept = dict(context)
    for name in ("instructor", "team"):
        if name in context:
            kept[name] = _actor(context[name])
    if "registration" in context:
        kept["registration"] = context["registration"].lower()
    if "statement" in context:
        kept["statement"] = context["statement"]["id"].lower()
    if "contextActivities" in context:
        kept["contextActivities"] = _activities(context["contextActivities"])
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in context:
            kept[name] = _unordered([{**one, inner: _actor(one[inner])} for one in context[name]])
    return _without_empty(kept)


def _activities(given: Json) -> Json:
    return {
        name: sorted({activity["id"] for activity in as_list(given[name])})
        for name in CONTEXT_ACTIVITIES
        if given.get(name)
    }


def _attachment(attachment: Json) -> Json:
    return {name: attachment[name] for name in _KEPT_OF_ATTACHMENT if name in attachment}


def as_list(one_or_many: Json) -> list[Json]:
    """Return a value that may stand alone as a list."""
    return one_or_many if isinstance(one_or_many, list) else [one_or_many]


def _unordered(found: list[Json]) -> list[Json]:
    return sorted(found, key=_spelled)


def _without_empty(given: Json) -> Json:
    return {name: value for name, value in given.items() if value or value not in ({}, [])}


_PARTS: dict[str, Callable[[Json], Json]] = {
    "actor": _actor,
    "verb": lambda verb: verb["id"],
    "object": _object,
    "result": _result,
    "context": _context,
    "timestamp": lambda text: str(parse_timestamp(text)),
    "attachments": lambda found: _unordered([_attachment(one) for one in found]),
}


def _spelled(value: Json) -> bytes:
    """Return one spelling for all ways to write a value."""
    return to_sorted_bytes(_told_apart(value))


def _told_apart(value: Json) -> Json:
    """Return a value in which numbers have one spelling, and are no text for all that."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {
            name: inner if isinstance(inner, str) else _told_apart(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return ["list", *map(_told_apart, value)]
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return ["number", _plain_number(Decimal(value))]
    return value


def _plain_number(number: Decimal) -> str:
    """Return one spelling for all ways to write a number (1, 1.0, 10e-1)."""
    sign, digits, exponent = number.as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    bare = text.rstrip("0")
    if not bare:
        return "0"
    return f"{'-' if sign else ''}{bare}e{int(exponent) + len(text) - len(bare)}"
