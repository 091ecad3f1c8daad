"""One launch's line to the statement store: what its pages say, and what the player says to it.

Statements arrive on the endpoint's threads, in a transaction of the store: there they are told to
the play, which may refuse them, and the player's own words are recorded with them, all or nothing.

Locks: whoever holds a launch's never waits for the database; so the database always comes first.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import RLock
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.journal import Site, Unit
from app.core.learning.launches.addresses import seen_by_pages
from app.core.learning.launches.remembering import said_before
from app.core.learning.launches.types import Situation
from app.core.learning.launches.wire import Line, OpenDoor, Rehearsal, Talk
from app.core.learning.statements import Statement, Statements
from app.core.learning.statements.exact_json import Json
from app.core.learning.statements.facets import all_activities

_JSON = "application/json"

Heard = Callable[[Unit, Actor], None]


class Wire:
    """One launch's line to the statement store."""

    def __init__(
        self,
        *,
        actor: Actor,
        talk: Talk,
        registration: UUID,
        site: Site,
        statements: Statements,
        line: Line,
        rehearsal: Rehearsal | None,
    ) -> None:
        self.actor = actor
        self.registration = registration
        self.on_heard: Callable[[], None] | None = None
        """Called on any thread once something that pages have said is on disk."""
        self.heard: Heard | None = None
        """Called within the unit in which something was said."""
        self.rehearsal = rehearsal
        self._talk = talk
        self._site = site
        self._statements = statements
        self._line = line
        self._lock = RLock()
        self._door: OpenDoor | None = None
        self._origin = ""
        self._session = ""
        self._is_speaking = False
        self.was_begun = False
        """Whether anything was ever opened."""

    @property
    def origin(self) -> str:
        """Return the one address outside the package that its pages may talk to."""
        return self._origin

    def begin(self) -> None:
        """Listen, and go on from what is recorded."""
        self._origin = seen_by_pages(self._line.start()).removesuffix("xapi/")
        with self._site.read() as session, self._lock:
            self._talk.recall(self._known(session))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep what pages say waiting while the play is moved."""
        with self._lock:
            yield

    def speak(self, unit: Unit) -> None:
        """Record what the player has to say now, and put out the documents that pages need."""
        with self._lock:
            self._say(unit)
            if self._talk.session not in {"", self._session}:
                for paper in self._talk.papers():
                    self._statements.documents.put_within(
                        unit, paper.place, paper.content, _JSON, replaces=paper.replaces
                    )

    def rehearse(self) -> None:
        """Record what the player has to say, where it is thrown away."""
        with self._site.transaction(self.actor, "package.move") as unit:
            self.speak(unit)

    def opened(self, situation: Situation) -> Situation:
        """Let in what is open now and nobody else; return the situation with its full address."""
        session = self._talk.session
        self.was_begun = True
        if session != self._session:
            self._shut()
            self._session = session
        opening = situation.opening
        if opening is None or not session or self.actor.person_id is None:
            return situation
        if self._door is None:
            reach = self._talk.reach(self.actor.person_id)
            self._door = self._line.open_launch(self.actor, reach, self._statements)
        return replace(situation, opening=self._talk.addressed(opening, self._door))

    def answered(self) -> int:
        """Return how many requests of the page that is open have been answered."""
        return 0 if self._door is None else self._line.answered(self._door.token)

    def owns(self, statements: Statements, statement: Statement) -> bool:
        """Tell whether a statement in one of the stores was said in this launch, which is open."""
        if statements is not self._statements or self._door is None:
            return False
        if statement.registration is not None:
            return statement.registration == self.registration
        return statement.person_id == self.actor.person_id

    def take(self, unit: Unit, recorded: tuple[Statement, ...]) -> None:
        """Tell the play what pages have said. Raises NotAllowed: then nothing of it is recorded."""
        with self._lock:
            if self._is_speaking:
                return
            known = self._recalled(unit, recorded)
            try:
                self._talk.hear([one.document for one in recorded])
            except BaseException:
                if known is not None:
                    self._talk.recall(known)
                raise
            self._say(unit)
        if self.heard is not None:
            self.heard(unit, self.actor)

    def _recalled(self, unit: Unit, recorded: tuple[Statement, ...]) -> list[Json] | None:
        """Remind the play of what was said before, where it matters to what is said now; return it."""
        if not any(self._is_remembered(one.document) for one in recorded):
            return None
        fresh = {str(one.id) for one in recorded}
        known = [one for one in self._known(unit) if one["id"] not in fresh]
        self._talk.recall(known)
        return known

    def close(self) -> None:
        """Let nobody in any more."""
        self._shut()
        self._session = ""

    def _say(self, unit: Unit) -> None:
        said = self._talk.words(self._site.clock.now())
        if not said:
            return
        self._is_speaking = True
        try:
            self._statements.record_within(unit, self.actor, said)
        finally:
            self._is_speaking = False
        self._talk.note(said)

    def _is_remembered(self, document: Json) -> bool:
        """Tell whether a statement is one of those that decide where the learner stands."""
        category = self._talk.remembered_by
        return any(one["id"] == category for one in all_activities(document))

    def _known(self, session: Session) -> list[Json]:
        category = self._talk.remembered_by
        if not category:
            return []
        return said_before(session, self.registration, category)

    def _shut(self) -> None:
        door, self._door = self._door, None
        if door is not None:
            self._line.close_launch(self.actor, door.token)
