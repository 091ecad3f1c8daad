"""Launches that are on the wire: a statement store and an endpoint on a real site, tied as bootstrap does."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.bootstrap.rehearsals import ScratchRecords
from app.core.base.actor import Actor
from app.core.content import AssetStore
from app.core.courses import Releases
from app.core.journal import Site
from app.core.learning import (
    Launches,
    Learning,
    SiteAgents,
    StatementQuery,
    Statements,
    Waiving,
    Wires,
    read_json,
)
from app.core.links import Endpoint
from tests.support.teaching import ACTOR

SITE_ID = UUID("0192f0c1-2d3e-7a4b-8c5d-6e7f80912a3b")


@dataclass(frozen=True)
class Wired:
    """What stands behind launches of cmi5 and xAPI."""

    launches: Launches
    statements: Statements
    endpoint: Endpoint
    waiving: Waiving

    def said(self, registration: UUID) -> list[dict[str, Any]]:
        """Return every statement of a registration, the oldest first."""
        query = StatementQuery(registration=registration, ascending=True, limit=1000)
        return [read_json(text) for text in self.statements.find(ACTOR, query).texts]

    def agent(self, learner: Actor) -> dict[str, Any]:
        """Return who a learner is in statements."""
        assert learner.person_id is not None
        agent: dict[str, Any] = self.statements.agents.agent_of(learner.person_id)
        return agent


def a_wired(site: Site, learning: Learning, assets: AssetStore) -> Wired:
    """Tie launches to a statement store and an endpoint."""
    agents = SiteAgents(SITE_ID)
    statements = Statements(site, assets, agents)
    endpoint = Endpoint(statements)
    wires = Wires(site, statements, endpoint, lambda: ScratchRecords(agents, site.clock))
    return Wired(
        launches=Launches(site, learning, assets, wires),
        statements=statements,
        endpoint=endpoint,
        waiving=Waiving(site, Releases(), learning, assets, statements),
    )


def verbs(statements: Iterable[dict[str, Any]]) -> list[str]:
    """Return the last words of the verbs' addresses."""
    return [one["verb"]["id"].rpartition("/")[2] for one in statements]
