"""How far a session of a unit reaches into the statement store, and by which rules (cmi5 1.0)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from typing_extensions import override

from app.core.base.actor import Actor
from app.core.learning.cmi5 import (
    LAUNCH_DATA,
    LEARNER_PREFERENCES,
    Cmi5Refused,
    SessionTerms,
    check_preferences,
    check_sent,
    check_statement,
)
from app.core.learning.statements import DocumentKind, DocumentPlace, OneLaunch
from app.core.learning.statements.exact_json import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReach(OneLaunch):
    """What a unit needs while its session lasts. It lets nobody in before, or after."""

    terms: SessionTerms
    is_over: Callable[[], bool]
    read: set[str] = field(default_factory=set)
    """The documents a unit has to read before it says anything (10.1, 11)."""

    @override
    def check_actor(self, actor: Actor, *, writes: bool) -> None:
        """Refuse anybody but the learner, and everybody once the session has ended (9.3.8)."""
        super(SessionReach, self).check_actor(actor, writes=writes)
        if self.is_over():
            raise Cmi5Refused("8.1.2", "the session has ended")

    @override
    def check_sent(self, statement: Json) -> None:
        """Refuse what has no id or no time of its own (9.1, 9.7)."""
        check_sent(statement)

    @override
    def check_recorded(self, statement: Json) -> None:
        """Refuse what breaks a rule of cmi5, or comes before its unit has read what it has to."""
        super(SessionReach, self).check_recorded(statement)
        check_statement(statement, self.terms)
        if not {LAUNCH_DATA, LEARNER_PREFERENCES} <= self.read:
            raise Cmi5Refused("11", "launch data and learner preferences are read first")

    @override
    def note_read(self, place: DocumentPlace) -> None:
        """Remember what was read."""
        self.read.add(place.name)

    @override
    def check_written(self, place: DocumentPlace, content: bytes | None, media_type: str) -> None:
        """Refuse to change the launch data (10.2.1), and preferences that are none (11)."""
        if place.kind is DocumentKind.STATE and place.name in {LAUNCH_DATA, ""}:
            raise Cmi5Refused("10.2.1", "the launch data are for the player alone to write")
        if place.kind is DocumentKind.AGENT_PROFILE and place.name == LEARNER_PREFERENCES:
            if content is None:
                raise Cmi5Refused("11", "learner preferences are not deleted")
            check_preferences(content, media_type)
