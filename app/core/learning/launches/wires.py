"""All launches that are on a wire: the endpoint listens while there is one, and no longer."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from app.core.base.actor import Actor, Capability, Grant
from app.core.journal import Site, Unit
from app.core.learning.launches.open_wire import Wire
from app.core.learning.launches.wire import Line, Rehearsal, WiredPlay
from app.core.learning.statements import SiteAgents, Statement, Statements

_TABLE = "statement"


class Wires:
    """Ties launches of cmi5 and xAPI to the statement store and to the endpoint."""

    def __init__(
        self,
        site: Site,
        statements: Statements,
        line: Line,
        rehearse: Callable[[], Rehearsal],
    ) -> None:
        self._site = site
        self._statements = statements
        self._line = line
        self._rehearse = rehearse
        self._open: list[Wire] = []
        self._has_started = False
        self._listen_to(site, statements)

    @property
    def agents(self) -> SiteAgents:
        """Return how people are named in statements."""
        return self._statements.agents

    def attach(self, actor: Actor, play: WiredPlay, registration: UUID) -> Wire:
        """Put a learner's launch on a wire; one of the same registration that was never begun ends."""
        for wire in tuple(self._open):
            if wire.registration == registration and not wire.was_begun:
                self.detach(wire)
        return self._begun(actor, play, registration, self._site, self._statements, None)

    def attach_preview(self, actor: Actor, play: WiredPlay, registration: UUID) -> Wire:
        """Put an author's look on a wire that leads to records which are thrown away."""
        rehearsal = self._rehearse()
        self._listen_to(rehearsal.site, rehearsal.statements)
        learner = Actor(
            account_id=None,
            person_id=registration,
            name=actor.name,
            language=actor.language,
            grants=frozenset({Grant(capability=Capability.LEARN)}),
        )
        return self._begun(
            learner, play, registration, rehearsal.site, rehearsal.statements, rehearsal
        )

    def detach(self, wire: Wire) -> None:
        """Let nobody in by a wire any more. After the last one the endpoint listens no more."""
        if wire not in self._open:
            return
        self._open.remove(wire)
        wire.close()
        if not self._open and self._has_started:
            self._has_started = False
            self._line.stop()
        if wire.rehearsal is not None:
            wire.rehearsal.close()

    def _begun(
        self,
        actor: Actor,
        play: WiredPlay,
        registration: UUID,
        site: Site,
        statements: Statements,
        rehearsal: Rehearsal | None,
    ) -> Wire:
        wire = Wire(
            actor=actor,
            talk=play.talk,
            registration=registration,
            site=site,
            statements=statements,
            line=self._line,
            rehearsal=rehearsal,
        )
        self._has_started = self._has_started or not self._line.is_running
        self._open.append(wire)
        wire.begin()
        return wire

    def _listen_to(self, site: Site, statements: Statements) -> None:
        statements.on_recorded.append(partial(self._take, statements))
        site.listeners.append(self._announce)

    def _take(self, statements: Statements, unit: Unit, recorded: tuple[Statement, ...]) -> None:
        for wire in tuple(self._open):
            said = tuple(one for one in recorded if wire.owns(statements, one))
            if said:
                wire.take(unit, said)

    def _announce(self, topics: frozenset[str]) -> None:
        if _TABLE not in topics:
            return
        for wire in tuple(self._open):
            if wire.on_heard is not None:
                wire.on_heard()
