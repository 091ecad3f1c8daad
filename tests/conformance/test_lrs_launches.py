"""A lesson's own way in: one learner, one registration, one course, until the lesson ends."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.core.base.actor import system_actor
from app.core.base.errors import NotAllowed
from app.core.learning import DocumentKind, DocumentPlace
from app.core.links import OpenLaunch
from tests.support.conformance import of_suite
from tests.support.lrs import COURSE, Client, RunningLrs, a_statement

pytestmark = of_suite("statements")

REGISTRATION = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")


class Lesson:
    """A learner's lesson that runs, and a colleague who has one too."""

    def __init__(self, lrs: RunningLrs) -> None:
        self.lrs = lrs
        self.learner = lrs.learner(uuid4().hex)
        self.colleague = lrs.learner(uuid4().hex)
        self.registration = uuid4()
        self.open = lrs.launch(self.learner, self.registration)
        self.client = Client(lrs.port, f"Basic {self.open.token}")

    @property
    def agent(self) -> dict[str, Any]:
        """Return the learner as statements name them."""
        assert self.learner.person_id is not None
        agent: dict[str, Any] = self.lrs.statements.agents.agent_of(self.learner.person_id)
        return agent

    @property
    def other_agent(self) -> dict[str, Any]:
        """Return the colleague as statements name them."""
        assert self.colleague.person_id is not None
        agent: dict[str, Any] = self.lrs.statements.agents.agent_of(self.colleague.person_id)
        return agent

    def statement(self, **changes: Any) -> dict[str, Any]:
        """Return what the lesson says of its learner."""
        context = {"registration": str(self.registration)}
        return a_statement(**{"actor": self.agent, "context": context, **changes})


@pytest.fixture
def lesson(lrs: RunningLrs) -> Lesson:
    """A lesson that runs."""
    return Lesson(lrs)


def test_a_lesson_records_and_reads_its_own(lesson: Lesson) -> None:
    (key,) = lesson.client.send(lesson.statement())

    assert lesson.client.find() == [key]
    assert lesson.client.ask("GET", "statements", statementId=key).status == 200


def test_what_a_lesson_says_belongs_to_the_person(lesson: Lesson) -> None:
    (key,) = lesson.client.send(lesson.statement())

    with lesson.lrs.site.read() as session:
        from app.core.learning.statements.models import StatementRow

        row = session.get_one(StatementRow, UUID(key))
    assert row.person_id == lesson.learner.person_id


def test_its_own_activities_need_no_registration(lesson: Lesson) -> None:
    for activity in (COURSE, f"{COURSE}/slide/4", f"{COURSE}#q1"):
        assert lesson.client.send(lesson.statement(object={"id": activity}, context=None))


OUTSIDE: dict[str, Callable[[Lesson], dict[str, Any]]] = {
    "somebody else": lambda lesson: lesson.statement(actor=lesson.other_agent),
    "nobody known": lambda lesson: lesson.statement(actor={"mbox": "mailto:x@example.in"}),
    "another registration": lambda lesson: lesson.statement(context={"registration": str(uuid4())}),
    "another activity, no registration": lambda lesson: lesson.statement(context=None),
    "an activity that only begins alike": lambda lesson: lesson.statement(
        object={"id": f"{COURSE}-two"}, context=None
    ),
    "voiding": lambda lesson: lesson.statement(
        verb={"id": "http://adlnet.gov/expapi/verbs/voided"},
        object={"objectType": "StatementRef", "id": str(uuid4())},
    ),
}


@pytest.mark.parametrize("made", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_a_lesson_says_nothing_of_others(
    lesson: Lesson, made: Callable[[Lesson], dict[str, Any]]
) -> None:
    statement = {**made(lesson), "id": str(uuid4())}

    assert lesson.client.ask("POST", "statements", [lesson.statement(), statement]).status == 403
    assert lesson.client.find() == []


def test_a_lesson_sees_nothing_of_others(lesson: Lesson) -> None:
    other = Lesson(lesson.lrs)
    (theirs,) = other.client.send(other.statement())

    ask = lesson.client.ask
    assert ask("GET", "statements", statementId=theirs).status == 403
    assert ask("GET", "statements", agent=lesson.other_agent).status == 403
    assert ask("GET", "statements", registration=str(other.registration)).status == 403
    assert ask("GET", "agents", agent=lesson.other_agent).status == 403
    assert ask("GET", "activities", activityId="https://example.com/other").status == 403
    assert theirs not in lesson.client.find()


def test_a_further_page_shows_no_more_than_the_first(lesson: Lesson) -> None:
    system = lesson.lrs.client()
    system.send(a_statement(), a_statement())
    link = system.ask("GET", "statements", limit=1).json["more"]
    (mine,) = lesson.client.send(lesson.statement())

    answer = lesson.client.ask("GET", link)

    assert {one["id"] for one in answer.json["statements"]} <= {mine}


def state(lesson: Lesson, **changes: Any) -> dict[str, Any]:
    """Return the query for the lesson's bookmark."""
    return {
        "activityId": COURSE,
        "agent": lesson.agent,
        "registration": str(lesson.registration),
        "stateId": "bookmark",
        **changes,
    }


def test_a_lesson_keeps_its_own_state(lesson: Lesson) -> None:
    assert lesson.client.ask("PUT", "activities/state", {"page": 3}, **state(lesson)).status == 204
    assert lesson.client.ask("GET", "activities/state", **state(lesson)).json == {"page": 3}


def test_a_lesson_keeps_no_state_of_others(lesson: Lesson) -> None:
    for changes in (
        {"agent": lesson.other_agent},
        {"activityId": "https://example.com/other"},
        {"registration": str(uuid4())},
    ):
        query = state(lesson, **changes)
        assert lesson.client.ask("PUT", "activities/state", {}, **query).status == 403
        assert lesson.client.ask("GET", "activities/state", **query).status == 403
    profile = {"agent": lesson.other_agent, "profileId": "preferences"}
    assert lesson.client.ask("GET", "agents/profile", **profile).status == 403


def test_deleting_all_states_spares_those_of_an_earlier_registration(lesson: Lesson) -> None:
    earlier = state(lesson, registration=str(uuid4()))
    lesson.lrs.client().ask("PUT", "activities/state", {"page": 9}, **earlier)
    lesson.client.ask("PUT", "activities/state", {"page": 3}, **state(lesson))

    answer = lesson.client.ask("DELETE", "activities/state", activityId=COURSE, agent=lesson.agent)

    assert answer.status == 204
    assert lesson.client.ask("GET", "activities/state", **state(lesson)).status == 404
    assert lesson.lrs.client().ask("GET", "activities/state", **earlier).json == {"page": 9}


def test_preferences_are_the_learners_own(lesson: Lesson) -> None:
    profile = {"agent": lesson.agent, "profileId": "cmi5LearnerPreferences"}
    free = {"If-None-Match": "*"}

    first = lesson.client.ask("PUT", "agents/profile", {"audio": "on"}, free, **profile)
    second = lesson.client.ask("PUT", "agents/profile", {"audio": "off"}, free, **profile)

    assert (first.status, second.status) == (204, 412)


def fetch(lesson: Lesson, opened: OpenLaunch, method: str = "POST") -> Any:
    """Ask for the token of a launch."""
    path = "/" + opened.fetch.split("/", 3)[3]
    return Client(lesson.lrs.port, "", None).ask(method, path)


def test_the_token_is_given_once(lesson: Lesson) -> None:
    assert fetch(lesson, lesson.open, "GET").status == 405
    first, second = fetch(lesson, lesson.open), fetch(lesson, lesson.open)

    assert first.json == {"auth-token": lesson.open.token}
    assert second.status == 200
    assert set(second.json) == {"error-code", "error-text"}
    assert second.json["error-code"] == "1"


def test_an_address_that_was_never_given_gives_nothing(lesson: Lesson) -> None:
    answer = Client(lesson.lrs.port, "", None).ask("POST", "/fetch/guess")

    assert answer.json["error-code"] == "2"


def test_a_closed_launch_lets_nobody_in_and_keeps_its_states(lesson: Lesson) -> None:
    lesson.client.ask("PUT", "activities/state", {"page": 3}, **state(lesson))

    lesson.lrs.endpoint.close_launch(lesson.learner, lesson.open.token)

    assert lesson.client.ask("GET", "statements").status == 401
    assert "auth-token" not in fetch(lesson, lesson.open).json
    assert lesson.lrs.statements.documents.settle(system_actor()) == 0
    assert lesson.learner.person_id is not None
    place = DocumentPlace(
        kind=DocumentKind.STATE,
        activity=COURSE,
        agent=lesson.lrs.statements.agents.key_of(lesson.learner.person_id),
        registration=lesson.registration,
        name="bookmark",
    )
    kept = lesson.lrs.statements.documents.get(system_actor(), place)
    assert kept.content == b'{"page": 3}'


def test_nobody_opens_a_launch_for_somebody_else(lesson: Lesson) -> None:
    reach = lesson.lrs.reach_of(lesson.colleague, REGISTRATION)

    with pytest.raises(NotAllowed):
        lesson.lrs.endpoint.open_launch(lesson.learner, reach)


def test_a_system_gets_no_further_than_who_let_it_in(lesson: Lesson) -> None:
    with pytest.raises(NotAllowed):
        lesson.lrs.endpoint.open_for_system(lesson.learner, "k", "s")
