"""Statements, one by one and in batches: sent, checked, on disk, in the journal and found.

Beside a bare SQLCipher commit of the same text, and of as many texts in one commit.
"""

import os
import tempfile
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

from sqlcipher3 import dbapi2

from app.bootstrap.benches.rounds import alternately, compared, median
from app.bootstrap.benches.small_site import SmallSite, open_small_site
from app.core.base.actor import system_actor
from app.core.base.measuring import Measured
from app.core.base.progress import Progress
from app.core.learning import Submission, XapiVersion, read_json, to_text
from app.core.links import Endpoint

_ROUNDS = 5
_BATCH, _BATCHES = 200, 5
_A_ROUND = _BATCH * _BATCHES
_COURSE = "https://example.com/course/press-safety"
STATEMENT: dict[str, Any] = {
    "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
    "object": {
        "id": f"{_COURSE}/question/4",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "interactionType": "choice",
            "name": {"en": "Where is the emergency stop?"},
            "choices": [{"id": "left", "description": {"en": "Left of the press"}}],
        },
    },
    "result": {"success": True, "response": "left", "duration": "PT12.4S"},
    "context": {
        "registration": str(uuid4()),
        "contextActivities": {"parent": [{"id": _COURSE}]},
    },
}


class StatementsBench:
    """A POST over loopback against one INSERT of the same text in a transaction of its own."""

    name: ClassVar[str] = "statements"
    about: ClassVar[str] = "a statement sent to the endpoint, on disk and in the journal"
    default_n: ClassVar[int] = 100

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure `n` statements a round; the figure is one statement."""
        with tempfile.TemporaryDirectory() as folder:
            school = open_small_site(Path(folder))
            person_id = school.learner.person_id
            if person_id is None:
                raise ValueError("the bench's learner is a person")
            actor = school.services.statements.agents.agent_of(person_id)
            text = to_text({"actor": actor, **STATEMENT})
            sender = _Sender(school.services.endpoint)
            raw = _raw_database(Path(folder) / "raw.db")

            batches = f"[{','.join([text] * _BATCH)}]"
            one_by_one, all_at_once = (
                partial(_commit, raw, text, n),
                partial(_commit_many, raw, text),
            )
            ours, theirs = alternately(_ROUNDS, partial(sender.send, text, n), one_by_one, progress)
            direct, _again = alternately(
                _ROUNDS, partial(_record, school, text, n), one_by_one, progress
            )
            many, raw_many = alternately(
                _ROUNDS, partial(sender.send, batches, _BATCHES), all_at_once, progress
            )
            sender.close()
            raw.close()
            school.services.close()
        return compared(
            self,
            n,
            ours,
            theirs,
            each=n,
            goal="at most 10 ms; in batches 3000 a second",
            details={
                "without HTTP, ms": median(direct).wall / n * 1000,
                "in batches, a second": _A_ROUND / median(many).wall,
                "in batches, a second of CPU": _A_ROUND / median(many).cpu,
                "in batches, raw, a second": _A_ROUND / median(raw_many).wall,
            },
        )


class _Sender:
    """A client that keeps its connection, as browsers do."""

    def __init__(self, endpoint: Endpoint) -> None:
        from http.client import HTTPConnection

        endpoint.open_for_system(system_actor(), "bench", "bench")
        endpoint.start()
        self._connection = HTTPConnection(endpoint.url.split("/")[2])

    def send(self, text: str, times: int) -> None:
        for _turn in range(times):
            self._send(text)

    def _send(self, text: str) -> None:
        headers = {
            "Authorization": "Basic YmVuY2g6YmVuY2g=",
            "Content-Type": "application/json",
            "X-Experience-API-Version": "1.0.3",
        }
        self._connection.request("POST", "/xapi/statements", text, headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 200:  # noqa: PLR2004  HTTP's "OK"
            raise RuntimeError(answer.status)

    def close(self) -> None:
        self._connection.close()


def _record(school: SmallSite, text: str, n: int) -> None:
    submission = Submission(untrusted_statements=(read_json(text),), version=XapiVersion.ONE)
    for _turn in range(n):
        school.services.statements.record(system_actor(), submission)


def _commit(raw: dbapi2.Connection, text: str, times: int) -> None:
    for _turn in range(times):
        raw.execute("INSERT INTO statement VALUES (?, ?, 1)", (uuid4().bytes, text))


def _commit_many(raw: dbapi2.Connection, text: str) -> None:
    for _turn in range(_BATCHES):
        raw.execute("BEGIN IMMEDIATE")
        rows = [(uuid4().bytes, text) for _one in range(_BATCH)]
        raw.executemany("INSERT INTO statement VALUES (?, ?, 1)", rows)
        raw.execute("COMMIT")


def _raw_database(path: Path) -> dbapi2.Connection:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{os.urandom(32).hex()}'\"")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE statement (id BLOB PRIMARY KEY, document TEXT, stored INT)")
    return connection
