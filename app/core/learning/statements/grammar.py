"""What a statement looks like, as tables (xAPI 1.0.3 Data 2; IEEE 9274.1.1 clause 4.2)."""

from app.core.learning.statements.errors import StatementInvalid
from app.core.learning.statements.exact_json import Json
from app.core.learning.statements.scalars import (
    IRI,
    LANGUAGE,
    MAILBOX,
    MEDIA_TYPE,
    SHA1,
    SHA2,
    UUID_TEXT,
    is_duration,
    is_flag,
    is_number,
    is_text,
    is_timestamp,
    is_whole_number,
)
from app.core.learning.statements.shapes import (
    Amiss,
    Check,
    by_object_type,
    exactly_one,
    extensions,
    in_order,
    language_map,
    list_of,
    object_type,
    one_of,
    one_or_many,
    scalar,
    shape,
    text_like,
)
from app.core.learning.statements.versions import XapiVersion

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
"""The verb of a statement that takes another one back."""

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
"""The inverse functional identifiers: each says by itself who is meant."""

_TEXT = scalar(is_text, "text")
_NOT_EMPTY = scalar(lambda value: isinstance(value, str) and value != "", "text, not empty")
_IRI = text_like(IRI, "an IRI")
_UUID = text_like(UUID_TEXT, "a UUID")
_FLAG = scalar(is_flag, "true or false")
_NUMBER = scalar(is_number, "a number")
_COUNT = scalar(is_whole_number, "a whole number, not negative")
_TIMESTAMP = scalar(is_timestamp, "an ISO 8601 time")
_SCALED = scalar(lambda value: is_number(value) and -1 <= value <= 1, "from -1 to 1")  # type: ignore[operator]  # it is a number

# Who

_ACCOUNT = shape({"homePage": _IRI, "name": _TEXT}, frozenset({"homePage", "name"}))
_IDENTITY: dict[str, Check] = {
    "mbox": text_like(MAILBOX, "a mailto: address"),
    "mbox_sha1sum": text_like(SHA1, "a SHA-1 hash in hexadecimal"),
    "openid": _IRI,
    "account": _ACCOUNT,
}
_AGENT = shape(
    {"objectType": one_of("Agent"), "name": _TEXT, **_IDENTITY},
    further=(exactly_one(*IDENTIFIERS),),
)


def _identified_or_made_of_members(value: Json) -> None:
    identifiers = sum(name in value for name in IDENTIFIERS)
    if identifiers > 1 or (not identifiers and not value.get("member")):
        raise Amiss("a group has one identifier, or members")


_GROUP = shape(
    {"objectType": one_of("Group"), "name": _TEXT, "member": list_of(_AGENT), **_IDENTITY},
    frozenset({"objectType"}),
    (_identified_or_made_of_members,),
)
_ACTOR = by_object_type("Agent", {"Agent": _AGENT, "Group": _GROUP})
_OAUTH_MEMBERS = 2


def _authority(value: Json) -> None:
    _ACTOR(value)
    if object_type(value, "Agent") == "Agent":
        return
    if len(value.get("member", ())) != _OAUTH_MEMBERS or any(name in value for name in IDENTIFIERS):
        raise Amiss("an authority is an agent, or a group of two without name")


# What was done, and to what

_VERB = shape({"id": _IRI, "display": language_map}, frozenset({"id"}))
_COMPONENT = shape({"id": _NOT_EMPTY, "description": language_map}, frozenset({"id"}))
_COMPONENTS: dict[str, frozenset[str]] = {
    "true-false": frozenset(),
    "choice": frozenset({"choices"}),
    "fill-in": frozenset(),
    "long-fill-in": frozenset(),
    "matching": frozenset({"source", "target"}),
    "performance": frozenset({"steps"}),
    "sequencing": frozenset({"choices"}),
    "likert": frozenset({"scale"}),
    "numeric": frozenset(),
    "other": frozenset(),
}
"""Interaction types and the lists of components each may have."""

_ALL_COMPONENTS = frozenset().union(*_COMPONENTS.values())


def _interaction(value: Json) -> None:
    given = _ALL_COMPONENTS & value.keys()
    kind = value.get("interactionType")
    if kind is None and (given or "correctResponsesPattern" in value):
        raise Amiss("this property must be given", ".interactionType")
    if kind is not None and not given <= _COMPONENTS[kind]:
        raise Amiss("this interaction has no such components")
    for name in given:
        ids = [component["id"] for component in value[name]]
        if len(set(ids)) != len(ids):
            raise Amiss("an id is given twice", f".{name}")


_DEFINITION = shape(
    {
        "name": language_map,
        "description": language_map,
        "type": _IRI,
        "moreInfo": _IRI,
        "extensions": extensions,
        "interactionType": one_of(*_COMPONENTS),
        "correctResponsesPattern": list_of(_TEXT),
        **{name: list_of(_COMPONENT) for name in _ALL_COMPONENTS},
    },
    further=(_interaction,),
)
_ACTIVITY = shape(
    {"objectType": one_of("Activity"), "id": _IRI, "definition": _DEFINITION}, frozenset({"id"})
)
_STATEMENT_REF = shape(
    {"objectType": one_of("StatementRef"), "id": _UUID}, frozenset({"objectType", "id"})
)

# How it went

_SCORE = shape(
    {"scaled": _SCALED, "raw": _NUMBER, "min": _NUMBER, "max": _NUMBER},
    further=(lambda value: in_order(value, "min", "raw", "max"),),
)
_RESULT = shape(
    {
        "score": _SCORE,
        "success": _FLAG,
        "completion": _FLAG,
        "response": _TEXT,
        "duration": scalar(is_duration, "an ISO 8601 duration"),
        "extensions": extensions,
    }
)
_ATTACHMENT = shape(
    {
        "usageType": _IRI,
        "display": language_map,
        "description": language_map,
        "contentType": text_like(MEDIA_TYPE, "a media type"),
        "length": _COUNT,
        "sha2": text_like(SHA2, "a SHA-2 hash in hexadecimal"),
        "fileUrl": _IRI,
    },
    frozenset({"usageType", "display", "contentType", "length", "sha2"}),
)

# In which context

CONTEXT_ACTIVITIES = ("parent", "grouping", "category", "other")
"""How an activity of a context relates to the statement."""

_CONTEXT: dict[str, Check] = {
    "registration": _UUID,
    "instructor": _ACTOR,
    "team": by_object_type("Agent", {"Group": _GROUP}),
    "contextActivities": shape({name: one_or_many(_ACTIVITY) for name in CONTEXT_ACTIVITIES}),
    "revision": _TEXT,
    "platform": _TEXT,
    "language": text_like(LANGUAGE, "a language tag"),
    "statement": _STATEMENT_REF,
    "extensions": extensions,
}
_RELEVANT_TYPES = list_of(_IRI, at_least=1)
_CONTEXT_OF_TWO: dict[str, Check] = {
    **_CONTEXT,
    "contextAgents": list_of(
        shape(
            {
                "objectType": one_of("contextAgent"),
                "agent": _AGENT,
                "relevantTypes": _RELEVANT_TYPES,
            },
            frozenset({"objectType", "agent"}),
        )
    ),
    "contextGroups": list_of(
        shape(
            {
                "objectType": one_of("contextGroup"),
                "group": _GROUP,
                "relevantTypes": _RELEVANT_TYPES,
            },
            frozenset({"objectType", "group"}),
        )
    ),
}


def _activity_context(value: Json) -> None:
    context = value.get("context", {})
    if value["object"].get("objectType", "Activity") == "Activity":
        return
    for name in ("revision", "platform"):
        if name in context:
            raise Amiss("this is for activities only", f".context.{name}")


def _voiding(value: Json) -> None:
    is_reference = value["object"].get("objectType") == "StatementRef"
    if value["verb"]["id"] == VOIDED and not is_reference:
        raise Amiss("only a statement can be voided", ".object")


def _stamped(version: XapiVersion) -> Check:
    if version is XapiVersion.ONE:
        return scalar(lambda value: _is_stamp(value, "1.0"), "1.0 or 1.0.x")
    return scalar(
        lambda value: _is_stamp(value, "1.0") or _is_stamp(value, "2.0"), "1.0.x or 2.0.x"
    )


def _is_stamp(value: object, edition: str) -> bool:
    return isinstance(value, str) and (value == edition or value.startswith(f"{edition}."))


def _grammar(version: XapiVersion) -> Check:
    context = shape(_CONTEXT if version is XapiVersion.ONE else _CONTEXT_OF_TWO)
    plain: dict[str, Check] = {
        "Activity": _ACTIVITY,
        "Agent": _AGENT,
        "Group": _GROUP,
        "StatementRef": _STATEMENT_REF,
    }
    common: dict[str, Check] = {
        "actor": _ACTOR,
        "verb": _VERB,
        "object": by_object_type("Activity", plain),
        "result": _RESULT,
        "context": context,
        "timestamp": _TIMESTAMP,
        "attachments": list_of(_ATTACHMENT),
    }
    must = frozenset({"actor", "verb", "object"})
    inner = shape(
        {"objectType": one_of("SubStatement"), **common},
        must | {"objectType"},
        (_activity_context,),
    )
    return shape(
        {
            **common,
            "object": by_object_type("Activity", {**plain, "SubStatement": inner}),
            "id": _UUID,
            "stored": _TIMESTAMP,
            "authority": _authority,
            "version": _stamped(version),
        },
        must,
        (_activity_context, _voiding),
    )


_GRAMMARS = {version: _grammar(version) for version in XapiVersion}


def check_statement(untrusted: Json, version: XapiVersion, where: str = "statement") -> None:
    """Raise StatementInvalid unless a value is a statement of this edition."""
    _check(_GRAMMARS[version], untrusted, where)


def check_actor(untrusted: Json, where: str = "agent") -> None:
    """Raise StatementInvalid unless a value is an agent or a group."""
    _check(_ACTOR, untrusted, where)


def check_agent(untrusted: Json, where: str = "agent") -> None:
    """Raise StatementInvalid unless a value is an agent."""
    _check(_AGENT, untrusted, where)


def _check(check: Check, untrusted: Json, where: str) -> None:
    try:
        check(untrusted)
    except Amiss as amiss:
        raise StatementInvalid(f"{where}{amiss.where}", amiss.why) from amiss
