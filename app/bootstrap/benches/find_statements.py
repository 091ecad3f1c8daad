"""All that was said in one registration, found among very many statements; beside the bare SQL."""

import hashlib
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

from app.bootstrap.benches.rounds import alternately, compared, median
from app.bootstrap.benches.small_site import SmallSite, open_small_site
from app.bootstrap.benches.statements import STATEMENT
from app.core.base.actor import system_actor
from app.core.base.measuring import Measured
from app.core.base.progress import NoProgress, Progress
from app.core.learning import StatementQuery, Submission, XapiVersion

_ROUNDS = 15
_AT_ONCE = 100
"""How many registrations speak in turn: those of one lie apart in the store."""
_EACH = 50
_BATCH = _AT_ONCE * _EACH
"""All that so many registrations say: the more at once, the less often a page of an index is written."""
_RAW = (
    "SELECT s.document FROM statement_key k JOIN statement s ON s.id = k.statement_id"
    " WHERE k.key = ? ORDER BY k.stored DESC LIMIT 101"
)


class FindStatementsBench:
    """`Statements.find` of a registration with fifty statements among `n`."""

    name: ClassVar[str] = "find-statements"
    about: ClassVar[str] = "the statements of one registration among n"
    default_n: ClassVar[int] = 1_000_000

    def run(self, n: int, progress: Progress) -> Measured:
        """Fill a store through its own front door, and measure; the first look comes uncached."""
        with tempfile.TemporaryDirectory() as folder:
            school = open_small_site(Path(folder))
            registration = _fill(school, n, progress)
            statements, site = school.services.statements, school.services.open_site.site
            key = hashlib.sha256(f"registration\0{registration}".encode()).digest()[:16]
            query = StatementQuery(registration=registration)
            others = StatementQuery(registration=registration, related_agents=True, verb=_VERB)

            def find() -> None:
                statements.find(system_actor(), query)

            def read() -> None:
                with site.read() as session:
                    session.connection().exec_driver_sql(_RAW, (key,)).all()

            ours, theirs = alternately(_ROUNDS, find, read, NoProgress())
            by_verb, _again = alternately(
                _ROUNDS, lambda: _find(school, others), read, NoProgress()
            )
            school.services.close()
        return compared(
            self,
            n,
            ours,
            theirs,
            goal="at most 20 ms among 1,000,000",
            details={"with a verb too, ms": median(by_verb).wall * 1000},
        )


_VERB = str(STATEMENT["verb"]["id"])


def _find(school: SmallSite, query: StatementQuery) -> None:
    school.services.statements.find(system_actor(), query)


def _fill(school: SmallSite, n: int, progress: Progress) -> UUID:
    """Record `n` statements; return the last registration that is whole."""
    spoken, newest, done = _spoken(), uuid4(), 0
    while done < n:
        found = list(islice(spoken, min(_BATCH, n - done)))
        newest = UUID(found[0]["context"]["registration"])
        submission = Submission(untrusted_statements=tuple(found), version=XapiVersion.ONE)
        school.services.statements.record(system_actor(), submission)
        done += len(found)
        progress.step(done, n)
    return newest


def _spoken() -> Iterator[dict[str, Any]]:
    """Yield statements of people in many registrations, without end."""
    while True:
        live = [(str(uuid4()), str(uuid4())) for _one in range(_AT_ONCE)]
        for question in range(_EACH):
            for person, registration in live:
                course = f"https://example.com/course/{registration[0]}"
                yield {
                    **STATEMENT,
                    "actor": {"account": {"homePage": "https://hr.example.com", "name": person}},
                    "object": {**STATEMENT["object"], "id": f"{course}/question/{question}"},
                    "context": {
                        "registration": registration,
                        "contextActivities": {"parent": [{"id": course}]},
                    },
                }
