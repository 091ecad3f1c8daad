"""Finding statements: by every filter, in both orders, page by page, told in three ways."""

from typing import Any
from uuid import uuid4

import pytest

from tests.support.conformance import of_suite
from tests.support.lrs import TWO, Client, a_statement

pytestmark = of_suite("statements")


def somebody() -> dict[str, Any]:
    """Return an agent that nobody else is."""
    return {"mbox": f"mailto:{uuid4().hex}@example.in"}


def something() -> dict[str, str]:
    """Return an activity that nothing else is."""
    return {"id": f"https://example.com/activity/{uuid4().hex}"}


def verb() -> dict[str, Any]:
    """Return a verb that nothing else has."""
    return {"id": f"https://example.com/verb/{uuid4().hex}"}


def test_by_verb_agent_activity_and_registration(either: Client) -> None:
    actor, did, what, registration = somebody(), verb(), something(), str(uuid4())
    (key,) = either.send(
        a_statement(actor=actor, verb=did, object=what, context={"registration": registration})
    )
    either.send(a_statement())

    for query in (
        {"verb": did["id"]},
        {"agent": actor},
        {"activity": what["id"]},
        {"registration": registration},
        {"registration": registration.upper(), "agent": actor, "verb": did["id"]},
    ):
        assert either.find(**query) == [key]
    assert either.find(verb=did["id"], agent=somebody()) == []


def test_an_agent_is_found_as_object_too(client: Client) -> None:
    actor = somebody()
    (key,) = client.send(a_statement(object={"objectType": "Agent", **actor}))

    assert client.find(agent=actor) == [key]


def test_related_agents_are_found_when_asked_for(client: Client) -> None:
    actor = somebody()
    group = {"objectType": "Group", "member": [actor]}
    keys = client.send(
        a_statement(context={"instructor": actor}),
        a_statement(context={"team": group}),
        a_statement(actor=group),
        a_statement(object={"objectType": "SubStatement", **a_statement(actor=actor)}),
    )
    keys += client.speaking(TWO).send(
        a_statement(context={"contextAgents": [{"objectType": "contextAgent", "agent": actor}]}),
        a_statement(context={"contextGroups": [{"objectType": "contextGroup", "group": group}]}),
    )

    assert client.find(agent=actor) == []
    assert client.find(agent=actor, related_agents=True, ascending=True) == keys


def test_related_activities_are_found_when_asked_for(client: Client) -> None:
    what = something()
    keys = client.send(
        *(
            a_statement(context={"contextActivities": {name: [what]}})
            for name in ("parent", "grouping", "category", "other")
        ),
        a_statement(object={"objectType": "SubStatement", **a_statement(object=what)}),
    )

    assert client.find(activity=what["id"]) == []
    assert client.find(activity=what["id"], related_activities=True, ascending=True) == keys


def test_what_speaks_of_a_found_statement_is_found_with_it(client: Client) -> None:
    actor, did = somebody(), verb()
    early = {"objectType": "StatementRef", "id": str(uuid4())}
    (before,) = client.send(a_statement(object=early))
    (target,) = client.send(a_statement(id=early["id"], actor=actor, verb=did))
    (about,) = client.send(a_statement(object={"objectType": "StatementRef", "id": target}))
    (further,) = client.send(a_statement(object={"objectType": "StatementRef", "id": about}))

    found = client.find(agent=actor, verb=did["id"], ascending=True)

    assert found == [before, target, about, further]


def test_filters_hold_for_one_statement_not_for_one_half_each(client: Client) -> None:
    did = verb()
    (target,) = client.send(a_statement(verb=did))
    speaker = a_statement(object={"objectType": "StatementRef", "id": target})
    client.send(speaker)

    assert client.find(verb=did["id"], agent=speaker["actor"]) == []


def test_since_and_until_are_about_when_it_was_stored(client: Client) -> None:
    what = something()
    first, second = client.send(a_statement(object=what), a_statement(object=what))
    stored = client.ask("GET", "statements", statementId=first).json["stored"]

    assert client.find(activity=what["id"], since=stored) == [second]
    assert client.find(activity=what["id"], until=stored) == [first]


@pytest.mark.parametrize("ascending", [False, True])
def test_pages_follow_on_without_a_gap(client: Client, ascending: bool) -> None:
    what = something()
    keys = client.send(*(a_statement(object=what) for _turn in range(7)))
    answer = client.ask("GET", "statements", activity=what["id"], limit=3, ascending=ascending)
    found = [one["id"] for one in answer.json["statements"]]
    pages = 1

    while answer.json["more"]:
        answer = client.ask("GET", answer.json["more"])
        found += [one["id"] for one in answer.json["statements"]]
        pages += 1

    assert found == (keys if ascending else keys[::-1])
    assert pages == 3


@pytest.mark.parametrize("query", [{}, {"limit": 0}])
def test_without_a_limit_the_page_is_as_long_as_pages_get(
    client: Client, query: dict[str, Any]
) -> None:
    what = something()
    keys = client.send(*(a_statement(object=what) for _turn in range(150)))

    answer = client.ask("GET", "statements", activity=what["id"], ascending=True, **query)

    assert [one["id"] for one in answer.json["statements"]] == keys
    assert answer.json["more"] == ""


def test_a_link_that_was_tampered_with_is_refused(client: Client) -> None:
    for link in ("x", "e30", "W10"):
        assert client.ask("GET", f"more/{link}").status == 400


def test_only_ids(client: Client) -> None:
    named = {**somebody(), "name": "Asha", "objectType": "Agent"}
    team = {"objectType": "Group", "member": [named], "name": "Shift A"}
    what = {**something(), "definition": {"name": {"en": "Lesson"}}}
    (key,) = client.send(
        a_statement(
            actor=named,
            verb={"id": "http://x.in/v", "display": {"en": "did"}},
            object=what,
            context={"team": team, "contextActivities": {"parent": [what]}},
        )
    )

    told = client.ask("GET", "statements", statementId=key, format="ids").json

    bare = {"objectType": "Agent", "mbox": named["mbox"]}
    assert told["actor"] == bare
    assert told["verb"] == {"id": "http://x.in/v"}
    assert told["object"] == {"id": what["id"]}
    assert told["context"]["team"] == {"objectType": "Group", "member": [bare]}
    assert told["context"]["contextActivities"]["parent"] == [{"id": what["id"]}]


def test_definitions_known_now_in_the_language_wanted(client: Client) -> None:
    what = something()
    (key,) = client.send(
        a_statement(object={**what, "definition": {"name": {"en": "Lesson", "hi": "पाठ"}}})
    )
    client.send(
        a_statement(
            object={**what, "definition": {"description": {"en": "The first", "hi-IN": "पहला"}}}
        )
    )

    told = client.ask(
        "GET",
        "statements",
        headers={"Accept-Language": "fr, hi;q=0.8, en;q=0.5"},
        statementId=key,
        format="canonical",
    ).json

    assert told["object"]["definition"] == {
        "name": {"hi": "पाठ"},
        "description": {"hi-IN": "पहला"},
    }
    exact = client.ask("GET", "statements", statementId=key).json
    assert exact["object"]["definition"] == {"name": {"en": "Lesson", "hi": "पाठ"}}


def test_an_activity_is_told_with_all_that_is_known(client: Client) -> None:
    what = something()
    client.send(a_statement(object={**what, "definition": {"name": {"en": "Lesson"}}}))
    client.send(a_statement(object={**what, "definition": {"type": "http://x.in/lesson"}}))

    told = client.ask("GET", "activities", activityId=what["id"]).json

    assert told["definition"] == {"name": {"en": "Lesson"}, "type": "http://x.in/lesson"}
    stranger = something()["id"]
    assert client.ask("GET", "activities", activityId=stranger).json == {
        "objectType": "Activity",
        "id": stranger,
    }


def test_an_agent_is_told_with_its_names(client: Client) -> None:
    actor = somebody()
    client.send(
        a_statement(actor={**actor, "name": "Asha"}), a_statement(actor={**actor, "name": "A. K."})
    )

    told = client.ask("GET", "agents", agent=actor).json

    assert told["objectType"] == "Person"
    assert told["mbox"] == [actor["mbox"]]
    assert sorted(told["name"]) == ["A. K.", "Asha"]


@pytest.mark.parametrize(
    "query",
    [
        {"colour": "red"},
        {"Verb": "http://x.in/v"},
        {"verb": "did"},
        {"activity": "x y"},
        {"agent": "{"},
        {"agent": {"name": "Asha"}},
        {"registration": "7"},
        {"since": "yesterday"},
        {"limit": "-1"},
        {"limit": "many"},
        {"ascending": "up"},
        {"format": "short"},
        {"statementId": "7"},
        {"statementId": str(uuid4()), "verb": "http://x.in/v"},
        {"statementId": str(uuid4()), "voidedStatementId": str(uuid4())},
    ],
)
def test_a_question_that_cannot_be_meant_is_refused(either: Client, query: dict[str, Any]) -> None:
    answer = either.ask("GET", "statements", **query)

    assert answer.status == 400
    assert "x-experience-api-consistent-through" in answer.headers


def test_a_parameter_given_twice_is_refused(client: Client) -> None:
    assert client.ask("GET", "/xapi/statements?limit=1&limit=2").status == 400


def test_everything_stored_before_the_answer_is_found(client: Client) -> None:
    (key,) = client.send(a_statement())

    answer = client.ask("GET", "statements", limit=1)

    (newest,) = answer.json["statements"]
    assert newest["id"] == key
    assert answer.headers["x-experience-api-consistent-through"] >= newest["stored"]
    assert "last-modified" in answer.headers


def test_head_tells_how_long_the_answer_would_be(client: Client) -> None:
    (key,) = client.send(a_statement())

    head = client.ask("HEAD", "statements", statementId=key)

    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(
        client.ask("GET", "statements", statementId=key).body
    )
