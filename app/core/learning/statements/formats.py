"""The three ways in which a statement is told: exact, ids, canonical (xAPI Communication 2.1.3)."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from app.core.learning.statements.exact_json import Json
from app.core.learning.statements.facets import inner_statement, is_activity
from app.core.learning.statements.grammar import CONTEXT_ACTIVITIES, IDENTIFIERS

Definitions = Mapping[str, Json]
"""What is known of activities, by their ids."""


class StatementFormat(StrEnum):
    """How much of a statement is told."""

    EXACT = "exact"
    """As it was recorded."""
    IDS = "ids"
    """Only what says who and what is meant."""
    CANONICAL = "canonical"
    """With the definitions known now, each in one language."""


def only_ids(statement: Json) -> Json:
    """Return a statement in which agents, activities and verbs are only identified."""
    return _changed(statement, _identified, lambda activity: {"id": activity["id"]}, _verb_id)


def canonical(statement: Json, definitions: Definitions, languages: tuple[str, ...]) -> Json:
    """Return a statement with the definitions known now, in the first of `languages` there is."""

    def activity(given: Json) -> Json:
        known = definitions.get(given["id"])
        told = {**given, "definition": known} if known is not None else given
        return in_one_language(told, languages)

    return _changed(
        statement, lambda actor: actor, activity, lambda verb: in_one_language(verb, languages)
    )


def in_one_language(value: Json, languages: tuple[str, ...]) -> Json:
    """Return an activity or verb whose language maps have one entry each."""
    if isinstance(value, list):
        return [in_one_language(one, languages) for one in value]
    if not isinstance(value, dict):
        return value
    told = {}
    for name, inner in value.items():
        if name in {"name", "description", "display"} and isinstance(inner, dict):
            told[name] = _one_entry(inner, languages)
        else:
            told[name] = inner if name == "extensions" else in_one_language(inner, languages)
    return told


def preferred_languages(untrusted_header: str) -> tuple[str, ...]:
    """Return the tags of an Accept-Language header, the most wanted first."""
    weighed = []
    for position, item in enumerate(untrusted_header.split(",")):
        tag, _semicolon, parameter = item.strip().partition(";")
        weighed.append((-_weight(parameter), position, tag.strip().lower()))
    return tuple(tag for weight, _position, tag in sorted(weighed) if tag and weight)


def _weight(parameter: str) -> float:
    name, _equals, text = parameter.partition(";")[0].strip().partition("=")
    try:
        return min(float(text), 1.0) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def _one_entry(texts: Json, languages: tuple[str, ...]) -> Json:
    lowered = {name.lower(): name for name in texts}
    for wanted in languages:
        if wanted in lowered:
            return {lowered[wanted]: texts[lowered[wanted]]}
        primary = wanted.partition("-")[0]
        for tag, name in lowered.items():
            if wanted == "*" or tag.partition("-")[0] == primary:
                return {name: texts[name]}
    return dict(list(texts.items())[:1])


Change = Callable[[Json], Json]


def _changed(statement: Json, actor: Change, activity: Change, verb: Change) -> Json:
    told = {**statement, "actor": actor(statement["actor"]), "verb": verb(statement["verb"])}
    target = statement["object"]
    if inner_statement(statement) is not None:
        told["object"] = _changed(target, actor, activity, verb)
    elif is_activity(target):
        told["object"] = activity(target)
    elif target["objectType"] != "StatementRef":
        told["object"] = actor(target)
    if "authority" in statement:
        told["authority"] = actor(statement["authority"])
    if "context" in statement:
        told["context"] = _changed_context(statement["context"], actor, activity)
    return told


def _changed_context(context: Json, actor: Change, activity: Change) -> Json:
    told = dict(context)
    for name in ("instructor", "team"):
        if name in context:
            told[name] = actor(context[name])
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in context:
            told[name] = [{**one, inner: actor(one[inner])} for one in context[name]]
    given = context.get("contextActivities")
    if given is not None:
        told["contextActivities"] = {
            name: [activity(one) for one in given[name]]
            for name in CONTEXT_ACTIVITIES
            if name in given
        }
    return told


def _identified(actor: Json) -> Json:
    kept = {name: actor[name] for name in ("objectType", *IDENTIFIERS) if name in actor}
    if not any(name in actor for name in IDENTIFIERS):
        kept["member"] = [_identified(one) for one in actor["member"]]
    return kept


def _verb_id(verb: Json) -> Json:
    return {"id": verb["id"]}
