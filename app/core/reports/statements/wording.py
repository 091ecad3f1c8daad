"""The site's own facts worded as xAPI statements: the same fact is the same statement for good."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from app.core.learning import SiteAgents, to_text, written_instant
from app.core.storage.columns import canonical_json

_VERBS = "http://adlnet.gov/expapi/verbs/"
_TYPES = "http://adlnet.gov/expapi/activities/"
VOIDED = "voided"
"""The verb of what takes a statement back."""
_UNSAID = "und"
"""The language tag for texts whose language is not known (RFC 5646)."""
_DIGITS = 6
"""Decimals of a scaled score: xAPI asks for seven significant digits at most."""


class ActivityKind(StrEnum):
    """What something was done with, as the vocabulary of ADL names it."""

    COURSE = "course"
    LESSON = "lesson"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Whom a fact is about."""

    person_id: UUID
    name: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What it was done with."""

    kind: ActivityKind
    id: UUID
    title: str
    revision: str
    """Its version, as people count them."""
    course_id: UUID | None = None
    """The course it is a lesson of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact about somebody, in the words that all kinds of facts share."""

    fact_id: UUID
    who: Who
    verb: str
    activity: Activity
    at: datetime
    registration: UUID
    result: dict[str, Any] = field(default_factory=dict)  # JSON, made here
    voids: tuple[str, UUID] | None = None
    """The verb and the fact of the event that it takes back."""


class Wording:
    """Words events as statements of one site."""

    def __init__(self, agents: SiteAgents) -> None:
        self._agents = agents

    def statement(self, event: Event) -> str:
        """Return the statement of an event as JSON; its id is made of the fact's."""
        if event.voids is not None:
            return self._voiding(event, *event.voids)
        document: dict[str, Any] = {  # JSON
            "id": self._id(event.verb, event.fact_id),
            "actor": {**self._agents.agent_of(event.who.person_id), "name": event.who.name},
            "verb": {"id": _VERBS + event.verb, "display": {"en": event.verb}},
            "object": self._object(event.activity),
            "context": self._context(event),
            "timestamp": written_instant(event.at),
            "result": event.result,
        }
        return to_text(document)

    def _voiding(self, event: Event, verb: str, fact_id: UUID) -> str:
        """Return the statement by which the site takes back another (xAPI 1.0.3, 2.3.2)."""
        site = {"homePage": self._agents.home_page, "name": str(self._agents.site_id)}
        document = {
            "id": self._id(event.verb, event.fact_id),
            "actor": {"objectType": "Agent", "account": site},
            "verb": {"id": _VERBS + event.verb, "display": {"en": event.verb}},
            "object": {"objectType": "StatementRef", "id": self._id(verb, fact_id)},
            "timestamp": written_instant(event.at),
        }
        return to_text(document)

    def _id(self, verb: str, fact_id: UUID) -> str:
        return str(uuid5(self._agents.site_id, f"{verb}/{fact_id}"))

    def extension(self, name: str) -> str:
        """Return the IRI of something that xAPI itself has no word for."""
        return f"{self._agents.home_page}/extension/{name}"

    def _object(self, activity: Activity) -> dict[str, Any]:
        definition = {"type": _TYPES + activity.kind, "name": {_UNSAID: activity.title}}
        address = self._iri(activity.kind, activity.id)
        return {"objectType": "Activity", "id": address, "definition": definition}

    def _iri(self, kind: ActivityKind, key: UUID) -> str:
        return f"{self._agents.home_page}/{kind}/{key}"

    def _context(self, event: Event) -> dict[str, Any]:
        context: dict[str, Any] = {
            "platform": "Daksha",
            "extensions": {self.extension("number"): event.who.number},
            "registration": str(event.registration),
            "revision": event.activity.revision,
        }
        if (course_id := event.activity.course_id) is not None:
            address = self._iri(ActivityKind.COURSE, course_id)
            context["contextActivities"] = {"parent": [{"objectType": "Activity", "id": address}]}
        return context


def scaled(share: Fraction) -> Decimal:
    """Return a share from 0 to 1 as a decimal, rounded down where it has no end."""
    shifted = share.numerator * 10**_DIGITS // share.denominator
    return Decimal(shifted).scaleb(-_DIGITS)


def duration(began: datetime, ended: datetime) -> str:
    """Return how long something took, in whole seconds, as an ISO 8601 duration."""
    return f"PT{max(0, int((ended - began).total_seconds()))}S"


def given_text(response: Any) -> str:  # JSON as assessments keep it
    """Return a response as text: what was typed, or keys as xAPI joins them."""
    match response:
        case {"form": "typed", "text": str(text)}:
            return text
        case {"form": "chosen" | "ordered", "keys": [*keys]}:
            return "[,]".join(map(str, keys))
        case {"form": "paired", "pairs": [*pairs]}:
            return "[,]".join("[.]".join(map(str, pair)) for pair in pairs)
        case _:
            return canonical_json(response)
