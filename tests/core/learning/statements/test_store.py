"""The store without a wire: facts, hooks, people, documents that travel, indexes that are rebuilt."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.progress import NoProgress
from app.core.content import AssetStore
from app.core.journal import Site, Unit
from app.core.journal.verify import verify_journal
from app.core.learning import (
    DocumentKind,
    DocumentPlace,
    SiteAgents,
    Statement,
    StatementConflict,
    StatementQuery,
    Statements,
    Submission,
    XapiVersion,
    read_agent,
    rebuild_documents,
    rebuild_statement_index,
)
from app.core.learning.statements.models import (
    ActivityRow,
    DocumentRow,
    DocumentVersionRow,
    StatementKeyRow,
    StatementRow,
)
from app.core.storage.tables import table_of
from tests.support.clock import TurnedClock
from tests.support.lrs import COURSE, SITE_ID, a_statement
from tests.support.teaching import a_learner

ACTOR = system_actor()


@pytest.fixture
def store(site: Site, tmp_path: Path) -> Statements:
    """An empty store."""
    return Statements(site, AssetStore(tmp_path / "assets", site.clock), SiteAgents(SITE_ID))


def record(store: Statements, *statements: Any, actor: Actor = ACTOR) -> tuple[UUID, ...]:
    """Record statements in the first edition."""
    submission = Submission(untrusted_statements=statements, version=XapiVersion.ONE)
    return store.record(actor, submission)


def count(site: Site, model: type[Any]) -> int:
    """Return how many rows a table has."""
    with site.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_who_waits_for_statements_hears_of_new_ones_only(site: Site, store: Statements) -> None:
    heard: list[Statement] = []
    store.on_recorded.append(lambda _unit, statements: heard.extend(statements))
    statement = a_statement(context={"registration": str(SITE_ID)})

    (key,) = record(store, statement)
    record(store, {**statement, "id": str(key)})

    assert [one.id for one in heard] == [key]
    assert heard[0].registration == SITE_ID
    assert heard[0].verb == statement["verb"]["id"]


def test_a_hook_that_fails_takes_the_statement_with_it(site: Site, store: Statements) -> None:
    def fail(_unit: Unit, _statements: tuple[Statement, ...]) -> None:
        raise RuntimeError("higher up")

    store.on_recorded.append(fail)

    with pytest.raises(RuntimeError, match="higher up"):
        record(store, a_statement())
    assert count(site, StatementRow) == 0


def test_a_hook_may_record_what_follows_in_the_same_unit(site: Site, store: Statements) -> None:
    def follow(unit: Unit, statements: tuple[Statement, ...]) -> None:
        if statements[0].verb.endswith("experienced"):
            store.record_within(unit, ACTOR, [a_statement(verb={"id": "http://x.in/satisfied"})])

    store.on_recorded.append(follow)

    record(store, a_statement())

    assert count(site, StatementRow) == 2


def test_who_decides_within_a_unit_sees_what_was_just_recorded(
    site: Site, store: Statements
) -> None:
    seen: list[int] = []

    def look(unit: Unit, statements: tuple[Statement, ...]) -> None:
        query = StatementQuery(registration=statements[0].registration, limit=10)
        seen.append(len(store.recorded(unit, query)))
        store.documents.put_within(unit, bookmark(), b"{}", "application/json")

    store.on_recorded.append(look)
    for _turn in range(2):
        record(store, a_statement(context={"registration": str(SITE_ID)}))

    assert seen == [1, 2]
    assert store.documents.get(ACTOR, bookmark()).content == b"{}"


def test_a_person_of_the_site_is_recognised(site: Site, store: Statements) -> None:
    learner = a_learner(site)
    assert learner.person_id is not None
    theirs = store.agents.agent_of(learner.person_id)
    stranger = store.agents.agent_of(uuid4())
    elsewhere = SiteAgents(uuid4()).agent_of(learner.person_id)
    keys = record(store, *(a_statement(actor=one) for one in (theirs, stranger, elsewhere)))

    with site.read() as session:
        found = [session.get_one(StatementRow, key).person_id for key in keys]

    assert found == [learner.person_id, None, None]


def test_statements_of_one_tick_keep_their_order(store: Statements, clock: TurnedClock) -> None:
    keys = [record(store, a_statement())[0] for _turn in range(5)]
    keys += record(store, a_statement(), a_statement())
    clock.turn(timedelta(seconds=1))
    keys += record(store, a_statement())

    page = store.find(ACTOR, StatementQuery(ascending=True))

    assert [UUID(one) for one in ids_of(page.texts)] == keys


def ids_of(texts: tuple[str, ...]) -> list[str]:
    """Return the ids of statements told as JSON."""
    from app.core.learning import read_json

    return [read_json(text)["id"] for text in texts]


def test_a_clock_that_was_set_back_does_not_hold_statements_up(
    store: Statements, clock: TurnedClock
) -> None:
    record(store, a_statement())
    clock.set_wall(clock.now() - timedelta(days=1))

    (key,) = record(store, a_statement())

    page = store.statement(ACTOR, key)
    assert page.newest == clock.now()


def test_another_statement_under_the_same_id_is_refused(store: Statements) -> None:
    (key,) = record(store, a_statement())

    with pytest.raises(StatementConflict):
        record(store, a_statement(id=str(key)))


def test_facts_cannot_be_changed_behind_the_back(site: Site, store: Statements) -> None:
    record(store, a_statement())

    for change in ("UPDATE statement SET document = '{}'", "DELETE FROM statement"):
        with pytest.raises(sa.exc.DatabaseError), site.database.write() as connection:
            connection.exec_driver_sql(change)


def test_the_journal_says_what_the_store_says(site: Site, store: Statements) -> None:
    learner = a_learner(site)
    assert learner.person_id is not None
    number = '{"x": 0.10}'
    record(store, a_statement(actor=store.agents.agent_of(learner.person_id)))
    keep(store, number.encode())
    store.documents.settle(ACTOR)

    with site.read() as session:
        verdict = verify_journal(session.connection(), NoProgress())

    assert verdict.ok, verdict.first_bad


def test_rights(site: Site, store: Statements) -> None:
    learner = a_learner(site)
    reader = Actor(
        account_id=None,
        person_id=None,
        name="Auditor",
        grants=frozenset({Grant(capability=Capability.VIEW_RECORDS)}),
    )
    partly = Actor(
        account_id=None,
        person_id=None,
        name="Trainer",
        grants=frozenset(
            {Grant(capability=Capability.VIEW_RECORDS, org_units=frozenset({uuid4()}))}
        ),
    )

    for actor in (learner, reader):
        with pytest.raises(NotAllowed):
            record(store, a_statement(), actor=actor)
    for actor in (learner, partly):
        with pytest.raises(NotAllowed):
            store.find(actor, StatementQuery())
    assert store.find(reader, StatementQuery()).texts == ()


def statements_of_all_kinds() -> Iterator[Any]:
    """Yield statements that refer to each other, before and after, and tell definitions."""
    first, second = str(uuid4()), str(uuid4())
    yield a_statement(object={"objectType": "StatementRef", "id": second})
    yield a_statement(id=first, object={"id": COURSE, "definition": {"name": {"en": "A"}}})
    yield a_statement(object={"objectType": "StatementRef", "id": first})
    yield a_statement(id=second, object={"id": COURSE, "definition": {"name": {"hi": "B"}}})


def test_what_is_derived_can_be_derived_anew(site: Site, store: Statements) -> None:
    for statement in statements_of_all_kinds():
        record(store, statement)
    before = derived(site)

    with site.transaction(ACTOR, "test.rebuild") as unit:
        rebuild_statement_index(unit)

    assert derived(site) == before
    assert before[0]


def derived(site: Site) -> tuple[list[Any], list[Any]]:
    """Return everything that is derived from statements."""
    with site.read() as session:
        keys = session.execute(sa.select(table_of(StatementKeyRow))).all()
        activities = session.execute(sa.select(table_of(ActivityRow))).all()
    return sorted(map(tuple, keys)), sorted(map(tuple, activities))


# Documents


def bookmark() -> DocumentPlace:
    """Return the place of a state."""
    return DocumentPlace(
        kind=DocumentKind.STATE,
        activity=COURSE,
        agent=read_agent('{"mbox":"mailto:a@b.in"}'),
        registration=SITE_ID,
        name="bookmark",
    )


def keep(store: Statements, content: bytes) -> None:
    """Keep a state."""
    store.documents.put(ACTOR, bookmark(), content, "application/json")


def test_a_state_becomes_one_fact_when_it_is_settled(site: Site, store: Statements) -> None:
    for page in range(50):
        keep(store, b'{"page":%d}' % page)
    assert count(site, DocumentVersionRow) == 0

    assert store.documents.settle(ACTOR) == 1
    assert store.documents.settle(ACTOR) == 0

    with site.read() as session:
        row = session.scalars(sa.select(DocumentVersionRow)).one()
    assert row.content == b'{"page":49}'


def test_a_profile_is_a_fact_at_once(site: Site, store: Statements) -> None:
    place = DocumentPlace(
        kind=DocumentKind.AGENT_PROFILE,
        agent=read_agent('{"mbox":"mailto:a@b.in"}'),
        name="preferences",
    )
    with site.transaction(ACTOR, "test") as unit:
        store.documents.put_within(unit, place, b"{}", "application/json")

    assert count(site, DocumentVersionRow) == 1


def forget_documents(site: Site) -> None:
    """Lose what is kept on this PC only, as a restore elsewhere would."""
    with site.database.write() as connection:
        connection.execute(sa.delete(table_of(DocumentRow)))


def rebuild(site: Site) -> None:
    """Bring documents up to the records."""
    with site.transaction(ACTOR, "test.rebuild") as unit:
        rebuild_documents(unit)


def test_a_settled_state_comes_back_from_the_records(
    site: Site, store: Statements, clock: TurnedClock
) -> None:
    for page in (1, 2):
        keep(store, b'{"page":%d}' % page)
        store.documents.settle(ACTOR)
        clock.turn(timedelta(minutes=1))
    before = store.documents.get(ACTOR, bookmark())
    forget_documents(site)

    rebuild(site)

    assert store.documents.get(ACTOR, bookmark()) == before
    assert before.content == b'{"page":2}'
    assert store.documents.settle(ACTOR) == 0


def test_a_deleted_state_does_not_come_back(
    site: Site, store: Statements, clock: TurnedClock
) -> None:
    keep(store, b"{}")
    store.documents.settle(ACTOR)
    clock.turn(timedelta(minutes=1))
    store.documents.delete(ACTOR, bookmark())
    store.documents.settle(ACTOR)
    forget_documents(site)

    rebuild(site)

    with pytest.raises(NotFound):
        store.documents.get(ACTOR, bookmark())


def test_what_is_newer_here_than_in_the_records_stays(
    site: Site, store: Statements, clock: TurnedClock
) -> None:
    keep(store, b'{"page":1}')
    store.documents.settle(ACTOR)
    clock.turn(timedelta(minutes=1))
    keep(store, b'{"page":2}')

    rebuild(site)

    assert store.documents.get(ACTOR, bookmark()).content == b'{"page":2}'
    assert store.documents.settle(ACTOR) == 1
