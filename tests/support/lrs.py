"""A statement endpoint on loopback with a real site behind it, and a client that asks it."""

import base64
import json
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from app.core.base.actor import Actor, system_actor
from app.core.base.clock import Clock
from app.core.content import AssetStore
from app.core.journal import Site
from app.core.learning import OneLaunch, SiteAgents, Statements
from app.core.links import Endpoint, OpenLaunch
from tests.support.sites import DATA_KEY, empty_database, open_site
from tests.support.teaching import a_learner

SITE_ID = UUID("0190f6f0-7f00-7000-8000-00000000beef")
KEY, SECRET = "hr-system", "a secret"
COURSE = "https://example.com/course/loto"
ONE, TWO = "1.0.3", "2.0.0"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)


@dataclass
class Client:
    """Somebody with one way in. `version` goes with every request unless it is None."""

    port: int
    authorization: str
    version: str | None = ONE

    def ask(
        self,
        method: str,
        path: str,
        content: Any = None,
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> Answer:
        """Ask below the endpoint; `content` is bytes as they are, else sent as JSON."""
        words = {"True": "true", "False": "false"}
        texts = {
            name: json.dumps(value)
            if isinstance(value, dict)
            else words.get(str(value), str(value))
            for name, value in query.items()
        }
        target = f"/xapi/{path}" if not path.startswith("/") else path
        target += f"?{urlencode(texts)}" if texts else ""
        sent = dict(headers or {})
        if self.authorization:
            sent.setdefault("Authorization", self.authorization)
        if self.version is not None:
            sent.setdefault("X-Experience-API-Version", self.version)
        body = content
        if content is not None and not isinstance(content, bytes):
            body = json.dumps(content).encode()
            sent.setdefault("Content-Type", "application/json")
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, target, body, sent)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def speaking(self, version: str | None) -> "Client":
        """Return the same client in another edition."""
        return Client(self.port, self.authorization, version)

    def send(self, *statements: Any) -> list[str]:
        """Record statements and return their ids; the test fails when they are refused."""
        answer = self.ask("POST", "statements", list(statements))
        assert answer.status == 200, answer.body
        ids: list[str] = answer.json
        return ids

    def find(self, **query: Any) -> list[str]:
        """Return the ids of the statements of a query, in order."""
        answer = self.ask("GET", "statements", **query)
        assert answer.status == 200, answer.body
        return [one["id"] for one in answer.json["statements"]]


@dataclass
class RunningLrs:
    """Everything that runs: the site, its store, the endpoint."""

    site: Site
    statements: Statements
    endpoint: Endpoint

    @property
    def port(self) -> int:
        """Return where the endpoint listens."""
        return int(self.endpoint.url.split(":")[2].split("/")[0])

    def client(self, version: str | None = ONE) -> Client:
        """Return a system that was let in by its key."""
        token = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        return Client(self.port, f"Basic {token}", version)

    def launch(self, learner: Actor, registration: UUID | None = None) -> OpenLaunch:
        """Open a launch of the course for a learner."""
        return self.endpoint.open_launch(learner, self.reach_of(learner, registration or uuid4()))

    def reach_of(self, learner: Actor, registration: UUID) -> OneLaunch:
        """Return how far a launch of the course reaches."""
        assert learner.person_id is not None
        return OneLaunch(
            person_id=learner.person_id,
            agent=self.statements.agents.key_of(learner.person_id),
            registration=registration,
            activities=frozenset({COURSE}),
        )

    def learner(self, number: str) -> Actor:
        """Add a learner."""
        return a_learner(self.site, number)

    def close(self) -> None:
        """End the endpoint and close the site."""
        self.endpoint.stop()
        self.site.close()


def run_lrs(folder: Path, clock: Clock) -> RunningLrs:
    """Start an endpoint over an empty site in `folder`, open for one system."""
    site = open_site(empty_database(folder, DATA_KEY), clock)
    statements = Statements(site, AssetStore(folder / "assets", clock), SiteAgents(SITE_ID))
    endpoint = Endpoint(statements)
    endpoint.open_for_system(system_actor(), KEY, SECRET)
    endpoint.start()
    return RunningLrs(site, statements, endpoint)


def a_statement(**changes: Any) -> dict[str, Any]:
    """Return a small, valid statement about nobody else's activity; `None` takes a property away."""
    statement: dict[str, Any] = {
        "actor": {"mbox": f"mailto:{uuid4().hex}@example.in"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {"id": f"https://example.com/activity/{uuid4().hex}"},
        **changes,
    }
    return {name: value for name, value in statement.items() if value is not None}
