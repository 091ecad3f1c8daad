"""The statement store: what systems and lessons say that people did, for good.

An answer is given after the commit: what was acknowledged survives a power cut. Access over the
wire is `app.core.links`; this is the same store without a wire.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.journal import Site, Unit, kept_by_reserve
from app.core.learning.statements.activities import activity_object, definitions_of
from app.core.learning.statements.agents import AgentKey, SiteAgents, key_of, person_object
from app.core.learning.statements.exact_json import Json, read_json, to_text
from app.core.learning.statements.facets import all_activities
from app.core.learning.statements.formats import StatementFormat, canonical, only_ids
from app.core.learning.statements.keeping import TURN, KeptDocuments, people_behind
from app.core.learning.statements.models import StatementRow
from app.core.learning.statements.queries import is_voided, matching, names_of
from app.core.learning.statements.reach import WHOLE_STORE, Reach
from app.core.learning.statements.received import Accepted, accepted, attachments_of
from app.core.learning.statements.scalars import written_instant
from app.core.learning.statements.types import (
    Attached,
    Place,
    Statement,
    StatementPage,
    StatementQuery,
    Submission,
)
from app.core.learning.statements.versions import XapiVersion
from app.core.learning.statements.writing import stamps, unknown_of, write

OnRecorded = Callable[[Unit, tuple[Statement, ...]], None]
"""Called inside the unit with the statements that were not there before."""

_NAMES_FROM = 20
"""How many statements about an agent are looked through for names."""


class Statements:
    """Records and finds statements. `reach` says how far the actor's access goes."""

    def __init__(self, site: Site, assets: AssetStore, agents: SiteAgents) -> None:
        self._site = site
        self._assets = assets
        self.agents = agents
        self.documents = KeptDocuments(site, agents)
        self.on_recorded: list[OnRecorded] = []

    @kept_by_reserve
    def record(
        self, actor: Actor, submission: Submission, reach: Reach = WHOLE_STORE
    ) -> tuple[UUID, ...]:
        """Record statements, all or none; return their ids in order. On disk when this returns.

        What is recorded already is recorded still. Raises StatementInvalid, StatementConflict.
        """
        reach.check_actor(actor, writes=True)
        statements = accepted(submission)
        for sent, one in zip(submission.untrusted_statements, statements, strict=True):
            reach.check_sent(sent)
            reach.check_recorded(one.document)
        if not submission.attached:
            with self._site.transaction(actor, "statement.record") as unit:
                self._record(unit, actor, statements)
            return _ids(statements)
        with self._assets.staging() as staging:
            for attached in submission.attached:
                staging.keep(attached.content)
            with self._site.transaction(actor, "statement.record") as unit:
                for attached in submission.attached:
                    staging.add_bytes(unit, attached.content, attached.media_type, attached.sha2)
                self._record(unit, actor, statements)
                staging.settle()
        return _ids(statements)

    def record_within(self, unit: Unit, actor: Actor, documents: Sequence[Json]) -> None:
        """Record what the program itself says, in a unit that is open: a session was abandoned.

        Those who wait in `on_recorded` hear of these too.
        """
        submission = Submission(untrusted_statements=tuple(documents), version=XapiVersion.ONE)
        self._record(unit, actor, accepted(submission))

    def recorded(self, session: Session, query: StatementQuery) -> tuple[Statement, ...]:
        """Return what is recorded, to who decides on it within a unit or a read of their own."""
        return tuple(
            Statement(
                id=row.id,
                stored=row.stored,
                person_id=row.person_id,
                document=read_json(row.document),
            )
            for row in session.scalars(matching(query))
        )[: query.limit]

    def find(
        self, actor: Actor, query: StatementQuery, reach: Reach = WHOLE_STORE
    ) -> StatementPage:
        """Return one page of the statements asked for."""
        reach.check_actor(actor, writes=False)
        narrowed = reach.narrowed(query)
        with self._site.read() as session:
            rows = list(session.scalars(matching(narrowed)))
            page = rows[: narrowed.limit]
            texts = self._told(session, page, query.format, query.languages)
        return StatementPage(
            texts=texts,
            next=Place(page[-1].stored, page[-1].id) if len(rows) > len(page) else None,
            newest=max((row.stored for row in page), default=None),
        )

    def statement(
        self,
        actor: Actor,
        statement_id: UUID,
        *,
        voided: bool = False,
        told_as: StatementFormat = StatementFormat.EXACT,
        languages: tuple[str, ...] = (),
        reach: Reach = WHOLE_STORE,
    ) -> StatementPage:
        """Return the one statement with this id, which is `voided` or is not. Raises NotFound."""
        reach.check_actor(actor, writes=False)
        with self._site.read() as session:
            row = session.get(StatementRow, statement_id)
            if row is None or is_voided(session, row) is not voided:
                raise NotFound(_("The statement"))
            reach.check_seen(read_json(row.document))
            texts = self._told(session, [row], told_as, languages)
        return StatementPage(texts=texts, next=None, newest=row.stored)

    def attached(self, page: StatementPage) -> tuple[Attached, ...]:
        """Return the bytes that came with the statements of a page, each once."""
        described = {
            one["sha2"].lower(): one
            for text in page.texts
            for one in attachments_of(read_json(text))
        }
        with self._site.read() as session:
            stored = self._assets.stored(session, described)
        return tuple(
            Attached(
                sha2=sha2,
                media_type=described[sha2]["contentType"],
                content=self._assets.read(sha2),
            )
            for sha2 in described
            if sha2 in stored
        )

    def person(self, actor: Actor, key: AgentKey, reach: Reach = WHOLE_STORE) -> str:
        """Return what is known of an agent, as a Person object in JSON."""
        reach.check_actor(actor, writes=False)
        reach.check_agent(key)
        with self._site.read() as session:
            rows = list(names_of(session, key, _NAMES_FROM))
        actors = [read_json(row.document)["actor"] for row in rows]
        names = [one["name"] for one in actors if key_of(one) == key and "name" in one]
        return person_object(key, list(dict.fromkeys(names)))

    def activity(self, actor: Actor, activity: str, reach: Reach = WHOLE_STORE) -> str:
        """Return an activity with all that is known of it, in JSON."""
        reach.check_actor(actor, writes=False)
        reach.check_activity(activity)
        with self._site.read() as session:
            return activity_object(activity, definitions_of(session, [activity]).get(activity))

    def consistent_through(self) -> datetime:
        """Return until when everything that was stored is found: a commit is found at once."""
        return self._site.clock.now()

    def _record(self, unit: Unit, actor: Actor, statements: Sequence[Accepted]) -> None:
        unit.take_turn(TURN)
        fresh = unknown_of(unit, statements)
        if not fresh:
            return
        authority = self.agents.authority(actor.account_id)
        times = stamps(unit, self._site.clock.now(), len(fresh))
        actors = [key_of(one.document["actor"]) for one in fresh]
        people = people_behind(unit, self.agents, actors)
        recorded = tuple(
            _complete(one, stored, authority, people.get(actor))
            for one, stored, actor in zip(fresh, times, actors, strict=True)
        )
        write(unit, recorded)
        for act in self.on_recorded:
            act(unit, recorded)

    def _told(
        self,
        session: Session,
        rows: Sequence[StatementRow],
        told_as: StatementFormat,
        languages: tuple[str, ...],
    ) -> tuple[str, ...]:
        if told_as is StatementFormat.EXACT:
            return tuple(row.document for row in rows)
        found = [read_json(row.document) for row in rows]
        if told_as is StatementFormat.IDS:
            return tuple(to_text(only_ids(one)) for one in found)
        spoken = {activity["id"] for one in found for activity in all_activities(one)}
        definitions = definitions_of(session, spoken)
        return tuple(to_text(canonical(one, definitions, languages)) for one in found)


def _complete(
    accepted: Accepted, stored: datetime, authority: Json, person_id: UUID | None
) -> Statement:
    written = written_instant(stored)
    added = {"stored": written, "authority": authority}
    complete = {"timestamp": written, **accepted.document, **added}
    return Statement(id=accepted.id, stored=stored, person_id=person_id, document=complete)


def _ids(statements: Sequence[Accepted]) -> tuple[UUID, ...]:
    return tuple(one.id for one in statements)
