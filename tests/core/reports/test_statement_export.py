"""The export for another system: what was received as it was, and the site's own facts as statements."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.assessments import best_response
from app.core.base.actor import Actor, system_actor
from app.core.base.errors import NotAllowed
from app.core.content import AssetStore
from app.core.courses import Outline
from app.core.journal import Site
from app.core.keys.models import SiteRow
from app.core.learning import SiteAgents, Statements, Submission, XapiVersion, read_json
from app.core.learning.statements.grammar import check_statement
from app.core.reports.statements import StatementExport
from tests.support.clock import TurnedClock
from tests.support.lrs import SITE_ID, a_statement
from tests.support.teaching import a_learner, a_lesson, a_quiz_lesson, a_school, published

ACTOR = system_actor()


@pytest.fixture
def learner(site: Site) -> Actor:
    """Somebody who learned a document and passed a quiz of two questions."""
    with site.transaction(ACTOR, "site.found") as unit:
        unit.add(SiteRow(id=SITE_ID, name="Plant", code="PL", founded_at=site.clock.now()))
    school, learner = a_school(site), a_learner(site)
    lessons = (a_lesson("acknowledgement", "Rules"), a_quiz_lesson(site, [True, False]))
    hand = school.learning.begin(learner, published(site, Outline(title="Press", lessons=lessons)))
    school.learning.acknowledge(
        learner, hand.start_id, hand.lessons[0].lesson_id, "I have read it", "pin"
    )
    attempt = school.quizzes.start(learner, hand.lessons[1].lesson_id)
    for asked in attempt.questions:
        response = best_response(asked.question)
        assert response is not None
        school.quizzes.answer(learner, attempt.attempt_id, asked.question_id, response)
    school.quizzes.submit(learner, attempt.attempt_id)
    return learner


def exported(site: Site, folder: Path, **narrowed: Any) -> list[dict[str, Any]]:
    """Return the statements of an export."""
    out = folder / "out.jsonl"
    StatementExport(site).write(ACTOR, out, overwrite=True, **narrowed)
    return [read_json(line) for line in out.read_text("utf-8").splitlines()]


def test_the_sites_own_facts_are_statements(site: Site, learner: Actor, tmp_path: Path) -> None:
    found = exported(site, tmp_path)

    told = [
        (one["verb"]["id"].rsplit("/", 1)[1], one["object"]["id"].rsplit("/", 2)[1])
        for one in found
    ]
    assert sorted(told) == [
        ("answered", "question"),
        ("answered", "question"),
        ("completed", "course"),
        ("completed", "lesson"),
        ("completed", "lesson"),
        ("passed", "lesson"),
    ]
    assert learner.person_id is not None
    account = SiteAgents(SITE_ID).agent_of(learner.person_id)["account"]
    assert {json.dumps(one["actor"]["account"]) for one in found} == {json.dumps(account)}
    (passed,) = (one for one in found if one["verb"]["id"].endswith("passed"))
    assert passed["result"]["score"] == {"scaled": 1}
    for one in found:
        check_statement(one, XapiVersion.ONE)


def test_the_same_facts_are_the_same_statements(site: Site, learner: Actor, tmp_path: Path) -> None:
    assert learner
    first, second = exported(site, tmp_path), exported(site, tmp_path)

    assert first == second
    assert len({one["id"] for one in first}) == len(first)


def test_an_export_is_taken_by_a_store(site: Site, learner: Actor, tmp_path: Path) -> None:
    assert learner
    store = Statements(site, AssetStore(tmp_path / "assets", site.clock), SiteAgents(SITE_ID))
    found = exported(site, tmp_path)

    ids = store.record(
        ACTOR, Submission(untrusted_statements=tuple(found), version=XapiVersion.ONE)
    )

    assert [str(one) for one in ids] == [one["id"] for one in found]


def test_what_was_received_goes_out_as_it_is(site: Site, learner: Actor, tmp_path: Path) -> None:
    store = Statements(site, AssetStore(tmp_path / "assets", site.clock), SiteAgents(SITE_ID))
    (key,) = store.record(
        ACTOR,
        Submission(
            untrusted_statements=(a_statement(actor=store.agents.agent_of(learner.person_id)),),  # type: ignore[arg-type]  # they are a person
            version=XapiVersion.ONE,
        ),
    )

    assert exported(site, tmp_path)[0]["id"] == str(key)
    first = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()[0]

    with site.read() as session:
        kept = session.scalar(sa.text("SELECT document FROM statement"))
    assert first == kept


def test_only_what_came_later_and_only_one_person(
    site: Site, learner: Actor, clock: TurnedClock, tmp_path: Path
) -> None:
    other = a_learner(site, "E-2", "Ravi")
    written = StatementExport(site).write(ACTOR, tmp_path / "a.jsonl")

    assert exported(site, tmp_path, since=written.through) == []
    assert exported(site, tmp_path, since=clock.now() - timedelta(seconds=1))
    assert exported(site, tmp_path, person=other.number) == []
    assert len(exported(site, tmp_path, person=learner.number.lower())) == written.own


def test_who_may_not_see_all_records_exports_none(
    site: Site, learner: Actor, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed):
        StatementExport(site).write(learner, tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()
