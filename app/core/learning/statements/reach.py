"""How far an access goes: the whole store, or what belongs to one launch of one lesson."""

from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.learning.errors import NotALearner
from app.core.learning.statements.agents import AgentKey, key_of
from app.core.learning.statements.errors import OutsideLaunch
from app.core.learning.statements.exact_json import Json
from app.core.learning.statements.facets import all_activities, voided_id
from app.core.learning.statements.models import DocumentKind
from app.core.learning.statements.types import DocumentPlace, StatementQuery


class Reach(Protocol):
    """What somebody may see and write. Every method raises NotAllowed for what lies outside."""

    def check_actor(self, actor: Actor, *, writes: bool) -> None:
        """Refuse an actor whose reach this cannot be."""
        ...

    def check_sent(self, statement: Json) -> None:
        """Refuse a checked statement as it was sent; what it may lack is still to be added."""
        ...

    def check_recorded(self, statement: Json) -> None:
        """Refuse to record a checked statement."""
        ...

    def check_seen(self, statement: Json) -> None:
        """Refuse to show a statement that was asked for by its id."""
        ...

    def narrowed(self, query: StatementQuery) -> StatementQuery:
        """Return a query that finds only what may be seen."""
        ...

    def narrowed_place(self, place: DocumentPlace) -> DocumentPlace:
        """Return the place with only the documents that may be used, or refuse."""
        ...

    def note_read(self, place: DocumentPlace) -> None:
        """Learn that a document at a narrowed place was asked for."""
        ...

    def check_written(self, place: DocumentPlace, content: bytes | None, media_type: str) -> None:
        """Refuse what is to be written at a narrowed place; None is to delete it."""
        ...

    def check_agent(self, key: AgentKey) -> None:
        """Refuse to tell about an agent."""
        ...

    def check_activity(self, activity: str) -> None:
        """Refuse to tell about an activity."""
        ...


@dataclass(frozen=True, slots=True)
class WholeStore:
    """Everything: for systems an administrator lets in, and for reading by who may see all records."""

    def check_actor(self, actor: Actor, *, writes: bool) -> None:
        """Refuse who neither manages the site (to write) nor sees everybody's records (to read)."""
        actor.require(Capability.MANAGE_SITE if writes else Capability.VIEW_RECORDS)

    def check_sent(self, statement: Json) -> None:
        """Refuse nothing."""

    def check_recorded(self, statement: Json) -> None:
        """Refuse nothing."""

    def check_seen(self, statement: Json) -> None:
        """Refuse nothing."""

    def narrowed(self, query: StatementQuery) -> StatementQuery:
        """Return the query as it is."""
        return query

    def narrowed_place(self, place: DocumentPlace) -> DocumentPlace:
        """Return the place as it is."""
        return place

    def note_read(self, place: DocumentPlace) -> None:
        """Learn nothing."""

    def check_written(self, place: DocumentPlace, content: bytes | None, media_type: str) -> None:
        """Refuse nothing."""

    def check_agent(self, key: AgentKey) -> None:
        """Refuse nothing."""

    def check_activity(self, activity: str) -> None:
        """Refuse nothing."""


WHOLE_STORE = WholeStore()


@dataclass(frozen=True, slots=True, kw_only=True)
class OneLaunch:
    """What a lesson needs while it runs: its learner, its registration, its activities."""

    person_id: UUID
    agent: AgentKey
    registration: UUID
    activities: frozenset[str]
    """IRIs of the lesson's own activities; what continues one after / # or ? belongs to it."""

    def check_actor(self, actor: Actor, *, writes: bool) -> None:  # noqa: ARG002  both alike
        """Refuse anybody but the learner of the launch. Raises NotALearner, OutsideLaunch."""
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            raise NotALearner
        if actor.person_id != self.person_id:
            raise OutsideLaunch("another learner")

    def check_sent(self, statement: Json) -> None:
        """Refuse nothing: a standard that leaves nothing to be added has a reach of its own."""

    def check_recorded(self, statement: Json) -> None:
        """Refuse statements of others, outside the registration, and to void: that unmakes evidence.

        Raises OutsideLaunch.
        """
        self.check_seen(statement)
        if voided_id(statement) is not None:
            raise OutsideLaunch("voiding a statement")

    def check_seen(self, statement: Json) -> None:
        """Refuse statements of others, and those of neither the registration nor an own activity.

        Raises OutsideLaunch.
        """
        if key_of(statement["actor"]) != self.agent:
            raise OutsideLaunch("a statement of somebody else")
        registration = statement.get("context", {}).get("registration")
        if registration is not None:
            if UUID(registration) != self.registration:
                raise OutsideLaunch("a statement of another registration")
        elif not any(self._owns(one["id"]) for one in all_activities(statement)):
            raise OutsideLaunch("a statement about another activity")

    def narrowed(self, query: StatementQuery) -> StatementQuery:
        """Return the query for this learner and registration. Raises OutsideLaunch."""
        if query.agent not in {None, self.agent}:
            raise OutsideLaunch("statements of somebody else")
        if query.registration not in {None, self.registration}:
            raise OutsideLaunch("statements of another registration")
        return replace(query, agent=self.agent, registration=self.registration)

    def narrowed_place(self, place: DocumentPlace) -> DocumentPlace:
        """Refuse documents of others, of other activities and of other registrations.

        All states of a lesson are, to a launch, all of its own registration. Raises OutsideLaunch.
        """
        if place.kind is not DocumentKind.AGENT_PROFILE:
            self.check_activity(place.activity)
        if place.kind is not DocumentKind.ACTIVITY_PROFILE and place.agent != self.agent:
            raise OutsideLaunch("a document of somebody else")
        if place.registration not in {None, self.registration}:
            raise OutsideLaunch("a document of another registration")
        if place.kind is DocumentKind.STATE and not place.name:
            return replace(place, registration=self.registration)
        return place

    def note_read(self, place: DocumentPlace) -> None:
        """Learn nothing: a standard that wants to know has a reach of its own."""

    def check_written(self, place: DocumentPlace, content: bytes | None, media_type: str) -> None:
        """Refuse nothing: a standard with rules for documents has a reach of its own."""

    def check_agent(self, key: AgentKey) -> None:
        """Refuse to tell about anybody but the learner. Raises OutsideLaunch."""
        if key != self.agent:
            raise OutsideLaunch("somebody else")

    def check_activity(self, activity: str) -> None:
        """Refuse to tell about activities of other lessons. Raises OutsideLaunch."""
        if not self._owns(activity):
            raise OutsideLaunch("another activity")

    def _owns(self, activity: str) -> bool:
        return activity in self.activities or any(
            activity.startswith((f"{own}/", f"{own}#", f"{own}?")) for own in self.activities
        )
