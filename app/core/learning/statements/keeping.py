"""The documents of the statement store as a service: rights, transactions, and when they are facts."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.learning.statements import documents as kept
from app.core.learning.statements.agents import AgentKey, SiteAgents
from app.core.learning.statements.models import DocumentKind, DocumentRow
from app.core.learning.statements.reach import WHOLE_STORE, Reach
from app.core.learning.statements.types import (
    UNCONDITIONAL,
    Condition,
    Document,
    DocumentPlace,
)
from app.core.learning.statements.versions import XapiVersion
from app.core.people import known_people

TURN = "statements"
"""One turn for statements and documents: some units keep the one first, some the other."""


class KeptDocuments:
    """States and profiles. What is acknowledged is on disk; `settle` makes it travel."""

    def __init__(self, site: Site, agents: SiteAgents) -> None:
        self._site = site
        self._agents = agents

    def get(self, actor: Actor, place: DocumentPlace, reach: Reach = WHOLE_STORE) -> Document:
        """Return a document. Raises NotFound."""
        reach.check_actor(actor, writes=False)
        within = reach.narrowed_place(place)
        reach.note_read(within)
        with self._site.read() as session:
            found = kept.find(session, within)
        if found is None:
            raise NotFound(_("The document"))
        return found

    def names(
        self,
        actor: Actor,
        place: DocumentPlace,
        since: datetime | None = None,
        reach: Reach = WHOLE_STORE,
    ) -> tuple[tuple[str, datetime], ...]:
        """Return the names of the documents at a place changed after `since`, and when each was."""
        reach.check_actor(actor, writes=False)
        within = reach.narrowed_place(place)
        with self._site.read() as session:
            return tuple(kept.names(session, within, since))

    def put(
        self,
        actor: Actor,
        place: DocumentPlace,
        content: bytes,
        media_type: str,
        *,
        condition: Condition = UNCONDITIONAL,
        version: XapiVersion = XapiVersion.ONE,
        reach: Reach = WHOLE_STORE,
    ) -> None:
        """Make or replace a document; the conditions are those of the edition.

        Raises DocumentConflict, DocumentChanged, ConditionMissing, DocumentTooLarge.
        """
        reach.check_actor(actor, writes=True)
        within = reach.narrowed_place(place)
        reach.check_written(within, content, media_type)
        fresh = kept.document_of(content, media_type, self._site.clock.now())
        with self._site.transaction(actor, "document.put") as unit:
            unit.take_turn(TURN)
            kept.put(unit, within, fresh, condition, version)
            self._settle_profiles(unit, within)

    def put_within(
        self,
        unit: Unit,
        place: DocumentPlace,
        content: bytes,
        media_type: str,
        *,
        replaces: bool = True,
    ) -> None:
        """Make or replace a document in a unit that is open: what the program itself keeps."""
        unit.take_turn(TURN)
        if not replaces and kept.find(unit, place) is not None:
            return
        fresh = kept.document_of(content, media_type, self._site.clock.now())
        kept.keep(unit, place, fresh)
        self._settle_profiles(unit, place)

    def merge(
        self,
        actor: Actor,
        place: DocumentPlace,
        content: bytes,
        media_type: str,
        *,
        condition: Condition = UNCONDITIONAL,
        reach: Reach = WHOLE_STORE,
    ) -> None:
        """Lay JSON properties over a document's, or make it.

        Raises StatementInvalid, DocumentChanged, DocumentTooLarge.
        """
        reach.check_actor(actor, writes=True)
        within = reach.narrowed_place(place)
        reach.check_written(within, content, media_type)
        fresh = kept.document_of(content, media_type, self._site.clock.now())
        with self._site.transaction(actor, "document.merge") as unit:
            unit.take_turn(TURN)
            kept.merge(unit, within, fresh, condition)
            self._settle_profiles(unit, within)

    def delete(
        self,
        actor: Actor,
        place: DocumentPlace,
        *,
        condition: Condition = UNCONDITIONAL,
        reach: Reach = WHOLE_STORE,
    ) -> None:
        """Delete a document, or all at a place without a name; none is not an error."""
        reach.check_actor(actor, writes=True)
        within = reach.narrowed_place(place)
        reach.check_written(within, None, "")
        with self._site.transaction(actor, "document.delete") as unit:
            unit.take_turn(TURN)
            kept.remove(unit, within, condition, self._site.clock.now())
            self._settle_profiles(unit, within)

    def settle(self, actor: Actor) -> int:
        """Make facts of what changed: when a launch ends, before an export, when the program ends."""
        with self._site.read() as session:
            if not session.scalar(sa.select(kept.unsettled().exists())):
                return 0
        with self._site.transaction(actor, "document.settle") as unit:
            unit.take_turn(TURN)
            return self._settle(unit, kept.unsettled())

    def _settle_profiles(self, unit: Unit, place: DocumentPlace) -> None:
        if place.kind is not DocumentKind.STATE:
            self._settle(unit, kept.unsettled().where(DocumentRow.kind == place.kind))

    def _settle(self, unit: Unit, unsettled: sa.Select[DocumentRow]) -> int:
        rows = list(unit.scalars(unsettled))
        people = people_behind(unit, self._agents, (AgentKey(row.agent) for row in rows))
        for row in rows:
            kept.settle(unit, row, people.get(AgentKey(row.agent)))
        unit.flush()
        return len(rows)


def people_behind(
    unit: Unit, agents: SiteAgents, keys: Iterable[AgentKey | None]
) -> dict[AgentKey | None, UUID]:
    """Return the people of this site that agents stand for; strangers are left out."""
    meant = {key: agents.person_of(key) for key in set(keys) if key is not None and key.text}
    known = known_people(unit, {one for one in meant.values() if one is not None})
    return {key: person_id for key, person_id in meant.items() if person_id in known}
