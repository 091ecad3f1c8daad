"""The same store on PostgreSQL: what is recorded is found, kept and rebuilt as in a file."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.errors import NotFound
from app.core.content import AssetStore
from app.core.journal import Site, Unit
from app.core.learning import (
    Attached,
    DocumentKind,
    DocumentPlace,
    SiteAgents,
    Statement,
    StatementConflict,
    StatementFormat,
    StatementQuery,
    Statements,
    Submission,
    XapiVersion,
    read_agent,
    read_json,
    rebuild_documents,
    rebuild_statement_index,
)
from app.core.learning.statements.queries import matching
from tests.support.clock import TurnedClock
from tests.support.lrs import COURSE, SITE_ID, a_statement
from tests.support.postgres import postgres_database, postgres_server
from tests.support.sites import another_station, open_site

pytestmark = pytest.mark.postgresql
ACTOR = system_actor()
AGENT = '{"mbox":"mailto:a@b.in"}'


PICTURE = Attached(sha2=sha256(b"test").hexdigest(), media_type="text/plain", content=b"test")
ATTACHMENT = {
    "usageType": "http://x.in/u",
    "display": {"en": "x"},
    "contentType": "text/plain",
    "length": 4,
    "sha2": PICTURE.sha2,
}


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    """An empty site on a server."""
    with postgres_server() as url, postgres_database(url) as database:
        yield open_site(database, clock)


def test_the_store_works_on_a_server(site: Site, tmp_path: Path) -> None:
    store = Statements(site, AssetStore(tmp_path / "assets", site.clock), SiteAgents(SITE_ID))
    first, second = record(store)
    check_found(site, store, str(first), str(second))
    check_documents(site, store)
    check_that_a_page_is_found_without_reading_all(site)


def check_that_a_page_is_found_without_reading_all(site: Site) -> None:
    """Whether one was taken back, and whether it has a further key, is asked of each that is reached."""
    by_two_keys = StatementQuery(registration=uuid4(), verb="http://x.in/v")
    for query, questions in ((StatementQuery(), 1), (by_two_keys, 2)):
        with site.read() as session:
            connection = session.connection()
            sql = matching(query).compile(connection)
            plan = connection.exec_driver_sql(f"EXPLAIN {sql}", sql.params).scalars().all()
        assert sum(line.strip().startswith("SubPlan") for line in plan) == questions
        assert not any("hashed" in line for line in plan)


def record(store: Statements) -> tuple[UUID, ...]:
    """Record a statement about another, and the other with its attachment."""
    what = {"id": COURSE, "definition": {"name": {"en": "Lesson", "x-nul": "\x00"}}}
    target = a_statement(
        id=str(uuid4()), actor=read_json(AGENT), object=what, attachments=[ATTACHMENT]
    )
    about = a_statement(object={"objectType": "StatementRef", "id": target["id"]})
    submission = Submission(
        untrusted_statements=(about, target), version=XapiVersion.TWO, attached=(PICTURE,)
    )
    return store.record(ACTOR, submission)


def check_found(site: Site, store: Statements, first: str, second: str) -> None:
    """See that both are found, page by page, after everything was derived anew."""
    with site.transaction(ACTOR, "test.rebuild") as unit:
        rebuild_statement_index(unit)
    agent = read_agent(AGENT)
    page = store.find(ACTOR, StatementQuery(agent=agent, activity=COURSE, limit=1, ascending=True))
    rest = store.find(ACTOR, StatementQuery(agent=agent, ascending=True, after=page.next))
    told = store.statement(ACTOR, UUID(second), told_as=StatementFormat.CANONICAL)

    assert [read_json(text)["id"] for text in page.texts] == [first]
    assert [read_json(text)["id"] for text in rest.texts] == [second]
    assert store.attached(rest) == (PICTURE,)
    assert read_json(told.texts[0])["object"]["definition"]["name"] == {"en": "Lesson"}


def check_documents(site: Site, store: Statements) -> None:
    """See that a document is kept, settled, rebuilt and deleted."""
    place = DocumentPlace(
        kind=DocumentKind.STATE, activity=COURSE, agent=read_agent(AGENT), name="bookmark"
    )
    store.documents.put(ACTOR, place, b"\x00\xff", "application/octet-stream")
    assert store.documents.settle(ACTOR) == 1
    with site.transaction(ACTOR, "test.rebuild") as unit:
        rebuild_documents(unit)
    assert store.documents.get(ACTOR, place).content == b"\x00\xff"
    store.documents.delete(ACTOR, place)
    with pytest.raises(NotFound):
        store.documents.get(ACTOR, place)


def test_a_statement_that_two_stations_send_at_once_is_recorded_once(
    site: Site, tmp_path: Path
) -> None:
    named = {"id": COURSE, "definition": {"name": {"en": "Lesson"}}}
    statement = a_statement(id=str(uuid4()), object=named)

    assert sent_meanwhile(site, tmp_path, statement, statement).result() == (UUID(statement["id"]),)


def test_other_content_under_an_id_that_arrives_at_once_is_refused(
    site: Site, tmp_path: Path
) -> None:
    statement = a_statement(id=str(uuid4()))
    other = a_statement(id=statement["id"])

    with pytest.raises(StatementConflict):
        sent_meanwhile(site, tmp_path, statement, other).result()


def test_two_stations_that_tell_of_one_activity_at_once_are_both_heard(
    site: Site, tmp_path: Path
) -> None:
    told = {code: {"id": COURSE, "definition": {"name": {code: "Lesson"}}} for code in ("en", "hi")}
    sent_meanwhile(
        site, tmp_path, *(a_statement(id=str(uuid4()), object=one) for one in told.values())
    ).result()

    store = Statements(site, AssetStore(tmp_path / "assets", site.clock), SiteAgents(SITE_ID))
    known = read_json(store.activity(ACTOR, COURSE))
    assert known["definition"]["name"] == {"en": "Lesson", "hi": "Lesson"}


def sent_meanwhile(
    site: Site, folder: Path, first: dict[str, Any], second: dict[str, Any]
) -> Future[tuple[UUID, ...]]:
    """Send `second` from another station while `first` waits for its commit; return what came of it."""
    assets = AssetStore(folder / "assets", site.clock)
    here = Statements(site, assets, SiteAgents(SITE_ID))
    elsewhere = Statements(
        open_site(site.database, site.clock, another_station()), assets, SiteAgents(SITE_ID)
    )
    sent: list[Future[tuple[UUID, ...]]] = []

    def send_too(_unit: Unit, _recorded: tuple[Statement, ...]) -> None:
        sent.append(threads.submit(elsewhere.record, ACTOR, one_of(second)))
        wait_until_blocked(site)

    here.on_recorded.append(send_too)
    with ThreadPoolExecutor(max_workers=1) as threads:
        here.record(ACTOR, one_of(first))
    return sent[0]


def one_of(statement: dict[str, Any]) -> Submission:
    """Return what is sent: one statement."""
    return Submission(untrusted_statements=(statement,), version=XapiVersion.ONE)


def wait_until_blocked(site: Site) -> None:
    """Return once the server says that somebody waits for somebody else's lock."""
    for _look in range(10_000):
        with site.read() as session:
            if session.scalar(sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return
    pytest.fail("nobody waits")
