"""The same store on PostgreSQL: what is recorded is found, kept and rebuilt as in a file."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.core.base.actor import system_actor
from app.core.base.errors import NotFound
from app.core.content import AssetStore
from app.core.journal import Site
from app.core.learning import (
    Attached,
    DocumentKind,
    DocumentPlace,
    SiteAgents,
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
from tests.support.clock import TurnedClock
from tests.support.lrs import COURSE, SITE_ID, a_statement
from tests.support.postgres import postgres_database, postgres_server
from tests.support.sites import open_site

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
