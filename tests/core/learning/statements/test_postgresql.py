"""The same store on PostgreSQL: what is recorded is found, kept and rebuilt as in a file."""

from pathlib import Path
from uuid import uuid4

import pytest

from app.core.base.actor import system_actor
from app.core.base.errors import NotFound
from app.core.content import AssetStore
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


def test_the_store_works_on_a_server(tmp_path: Path, clock: TurnedClock) -> None:
    with postgres_server(tmp_path / "pg") as url, postgres_database(url) as database:
        site = open_site(database, clock)
        store = Statements(site, AssetStore(tmp_path / "assets", clock), SiteAgents(SITE_ID))
        what = {"id": COURSE, "definition": {"name": {"en": "Lesson", "x-nul": "\x00"}}}
        target = a_statement(id=str(uuid4()), actor=read_json(AGENT), object=what)
        about = a_statement(object={"objectType": "StatementRef", "id": target["id"]})
        picture = Attached(
            sha2="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            media_type="text/plain",
            content=b"test",
        )
        attachment = {
            "usageType": "http://x.in/u",
            "display": {"en": "x"},
            "contentType": "text/plain",
            "length": 4,
            "sha2": picture.sha2,
        }
        ids = store.record(
            ACTOR,
            Submission(
                untrusted_statements=(about, {**target, "attachments": [attachment]}),
                version=XapiVersion.TWO,
                attached=(picture,),
            ),
        )

        with site.transaction(ACTOR, "test.rebuild") as unit:
            rebuild_statement_index(unit)
        query = StatementQuery(agent=read_agent(AGENT), activity=COURSE, limit=1, ascending=True)
        first = store.find(ACTOR, query)
        canonical = store.statement(ACTOR, ids[1], told_as=StatementFormat.CANONICAL)

        assert read_json(first.texts[0])["id"] == str(ids[0])
        assert first.next is not None
        rest = store.find(
            ACTOR, StatementQuery(agent=read_agent(AGENT), ascending=True, after=first.next)
        )
        assert [read_json(text)["id"] for text in rest.texts] == [str(ids[1])]
        assert store.attached(rest) == (picture,)
        assert read_json(canonical.texts[0])["object"]["definition"]["name"] == {"en": "Lesson"}

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
