"""Recording statements: what is taken, what is refused, and that it comes back as it was sent."""

from typing import Any
from uuid import uuid4

import pytest

from tests.support.conformance import of_suite
from tests.support.lrs import ONE, TWO, Client, a_statement

pytestmark = of_suite("statements")

AGENT = {"mbox": "mailto:asha@example.in"}
ACTIVITY = {"id": "https://example.com/a"}
SCORE = {"scaled": 0.5}


def inner(**changes: Any) -> dict[str, Any]:
    """Return a statement that can stand inside another."""
    return {"objectType": "SubStatement", **a_statement(**changes)}


def choice(**changes: Any) -> dict[str, Any]:
    """Return an activity that is a question of choice."""
    definition = {"interactionType": "choice", "choices": [{"id": "a"}, {"id": "b"}], **changes}
    return {"id": "https://example.com/q", "definition": definition}


TAKEN = {
    "agent by hash": a_statement(actor={"mbox_sha1sum": "a" * 40}),
    "agent by openid": a_statement(actor={"openid": "https://id.example.in/asha"}),
    "agent by account": a_statement(
        actor={"account": {"homePage": "https://example.in", "name": "7"}}
    ),
    "group without name": a_statement(actor={"objectType": "Group", "member": [AGENT]}),
    "group with name, no members": a_statement(actor={"objectType": "Group", **AGENT}),
    "statement inside": a_statement(object=inner()),
    "about a statement": a_statement(object={"objectType": "StatementRef", "id": str(uuid4())}),
    "about somebody": a_statement(object={"objectType": "Agent", **AGENT}),
    "question": a_statement(object=choice(correctResponsesPattern=["a"])),
    "score at its ends": a_statement(result={"score": {"raw": 1, "min": 1, "max": 1}}),
    "extension of null": a_statement(result={"extensions": {"https://example.com/x": None}}),
    "long duration": a_statement(result={"duration": "P1Y2M3DT4H5M6.7S"}),
    "weeks": a_statement(result={"duration": "P4W"}),
    "language tags": a_statement(
        verb={"id": "http://x.in/v", "display": {"zh-Hant-TW": "", "x-own": "", "und": ""}}
    ),
    "authority that is replaced": a_statement(authority=AGENT),
    "file elsewhere": a_statement(
        attachments=[
            {
                "usageType": "https://example.com/use",
                "display": {"en": "A picture"},
                "contentType": "image/png",
                "length": 4,
                "sha2": "0" * 64,
                "fileUrl": "https://example.com/file",
            }
        ]
    ),
}

REFUSED = {
    "nothing": {},
    "no object at all": "statement",
    "no actor": a_statement(actor=None),
    "no verb": a_statement(verb=None),
    "no object": a_statement(object=None),
    "null": {**a_statement(), "result": None},
    "unknown property": a_statement(mood="good"),
    "unknown property inside": a_statement(result={"grade": "A"}),
    "case": a_statement(Result={"success": True}),
    "id that is none": a_statement(id="7"),
    "two identifiers": a_statement(actor={**AGENT, "openid": "https://id.example.in/asha"}),
    "no identifier": a_statement(actor={"name": "Asha"}),
    "mailbox without mailto": a_statement(actor={"mbox": "asha@example.in"}),
    "short hash": a_statement(actor={"mbox_sha1sum": "abc"}),
    "account without name": a_statement(actor={"account": {"homePage": "https://example.in"}}),
    "group of nobody": a_statement(actor={"objectType": "Group"}),
    "group in a group": a_statement(
        actor={"objectType": "Group", "member": [{"objectType": "Group", **AGENT}]}
    ),
    "members of an agent": a_statement(actor={**AGENT, "member": [AGENT]}),
    "verb without IRI": a_statement(verb={"id": "did"}),
    "display without language": a_statement(verb={"id": "http://x.in/v", "display": {"1": "x"}}),
    "display that is text": a_statement(verb={"id": "http://x.in/v", "display": "did"}),
    "activity without IRI": a_statement(object={"id": "lesson one"}),
    "object of no type": a_statement(object={"objectType": "Course", **ACTIVITY}),
    "reference to nothing": a_statement(object={"objectType": "StatementRef", "id": "7"}),
    "statement inside one inside": a_statement(object=inner(object=inner())),
    "inside with an id": a_statement(object=inner(id=str(uuid4()))),
    "inside with authority": a_statement(object=inner(authority=AGENT)),
    "choices of a number": a_statement(object=choice(interactionType="numeric")),
    "choices of nothing": a_statement(object=choice(interactionType=None)),
    "choices twice": a_statement(object=choice(choices=[{"id": "a"}, {"id": "a"}])),
    "no such interaction": a_statement(object=choice(interactionType="essay")),
    "scaled above one": a_statement(result={"score": {"scaled": 1.01}}),
    "scaled that is true": a_statement(result={"score": {"scaled": True}}),
    "raw above max": a_statement(result={"score": {"raw": 11, "max": 10}}),
    "min above max": a_statement(result={"score": {"min": 11, "max": 10}}),
    "success that is text": a_statement(result={"success": "true"}),
    "duration that is none": a_statement(result={"duration": "PT"}),
    "weeks and days": a_statement(result={"duration": "P4W1D"}),
    "extension without IRI": a_statement(result={"extensions": {"x": 1}}),
    "team that is one": a_statement(context={"team": AGENT}),
    "registration that is none": a_statement(context={"registration": "7"}),
    "platform of somebody": a_statement(
        object={"objectType": "Agent", **AGENT}, context={"platform": "x"}
    ),
    "context of no kind": a_statement(context={"contextActivities": {"near": [ACTIVITY]}}),
    "language that is none": a_statement(context={"language": "1"}),
    "day that is none": a_statement(timestamp="2026-02-30T10:00:00Z"),
    "offset nobody knows": a_statement(timestamp="2026-02-20T10:00:00-00:00"),
    "version of old": a_statement(version="0.9"),
    "authority of three": a_statement(
        authority={"objectType": "Group", "member": [AGENT, AGENT, AGENT]}
    ),
    "attachment without bytes": a_statement(
        attachments=[
            {
                "usageType": "https://example.com/use",
                "display": {"en": "A picture"},
                "contentType": "image/png",
                "length": 4,
                "sha2": "0" * 64,
            }
        ]
    ),
    "voiding an activity": a_statement(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}),
}
REFUSED["choices of nothing"]["object"]["definition"].pop("interactionType")


@pytest.mark.parametrize("statement", TAKEN.values(), ids=TAKEN.keys())
def test_a_right_statement_is_taken(either: Client, statement: dict[str, Any]) -> None:
    assert either.ask("POST", "statements", statement).status == 200


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_a_wrong_statement_is_refused(either: Client, statement: object) -> None:
    assert either.ask("POST", "statements", statement).status == 400


def test_an_empty_list_records_nothing(client: Client) -> None:
    assert client.send() == []


@pytest.mark.parametrize(
    "text", [b"{", b"\xff", b'{"a": NaN}', b'{"id": 1, "id": 2}', b'"\\ud800"', b"[" * 5000]
)
def test_what_is_no_json_is_refused(client: Client, text: bytes) -> None:
    answer = client.ask("POST", "statements", text, {"Content-Type": "application/json"})

    assert answer.status == 400


def test_numbers_come_back_as_they_were_written(client: Client) -> None:
    key = str(uuid4())
    text = (
        f'{{"id":"{key}","actor":{{"mbox":"mailto:a@b.in"}},"verb":{{"id":"http://x.in/v"}},'
        '"object":{"id":"http://x.in/a"},"result":{"score":{"scaled":0.10,'
        '"raw":12345678901234567890.000000001},"extensions":{"http://x.in/e":1e400}}}'
    )
    answer = client.ask("POST", "statements", text.encode(), {"Content-Type": "application/json"})
    assert answer.status == 200, answer.body

    body = client.ask("GET", "statements", statementId=key).body

    assert b'"scaled":0.10' in body
    assert b"12345678901234567890.000000001" in body
    assert b"1E+400" in body


def test_the_store_adds_what_is_its_own(client: Client) -> None:
    (key,) = client.send(a_statement(authority=AGENT, stored="2001-01-01T00:00:00Z"))

    found = client.ask("GET", "statements", statementId=key).json

    assert found["id"] == key
    assert found["timestamp"] == found["stored"] > "2026"
    assert found["authority"]["account"]["homePage"].startswith("https://daksha.invalid/site/")
    assert found["version"] == "1.0.0"


def test_one_activity_of_a_context_comes_back_as_a_list(client: Client) -> None:
    context = {"contextActivities": {"parent": ACTIVITY}}
    (key,) = client.send(a_statement(context=context))

    found = client.ask("GET", "statements", statementId=key).json

    assert found["context"]["contextActivities"] == {"parent": [ACTIVITY]}


def test_a_list_is_recorded_whole_or_not_at_all(client: Client) -> None:
    good = a_statement(id=str(uuid4()))

    answer = client.ask("POST", "statements", [good, a_statement(verb={"id": "bad"})])

    assert answer.status == 400
    assert client.ask("GET", "statements", statementId=good["id"]).status == 404


def test_an_id_may_stand_in_a_list_once(client: Client) -> None:
    twice = a_statement(id=str(uuid4()))

    assert client.ask("POST", "statements", [twice, twice]).status == 400


def test_the_same_statement_again_changes_nothing(client: Client) -> None:
    statement = a_statement(result={"score": {"raw": 1, "max": 5}})
    (key,) = client.send(statement)
    before = client.ask("GET", "statements", statementId=key).body

    again = {**statement, "id": key, "result": {"score": {"max": 5.0, "raw": 1.0}}}

    assert client.send(again) == [key]
    assert client.ask("PUT", "statements", again, statementId=key).status == 204
    assert client.ask("GET", "statements", statementId=key).body == before


@pytest.mark.parametrize(
    "change",
    [
        {"verb": {"id": "http://x.in/other"}},
        {"result": {"success": True}},
        {"timestamp": "2020-01-01T00:00:00Z"},
    ],
)
def test_an_id_is_never_given_to_something_else(either: Client, change: dict[str, Any]) -> None:
    statement = a_statement()
    (key,) = either.send(statement)

    other = {**statement, "id": key, **change}

    assert either.ask("POST", "statements", other).status == 409
    assert either.ask("PUT", "statements", other, statementId=key).status == 409


def test_put_takes_the_id_from_the_query(client: Client) -> None:
    key, statement = str(uuid4()), a_statement()

    assert client.ask("PUT", "statements", statement, statementId=key).status == 204
    assert client.ask("PUT", "statements", statement).status == 400
    assert (
        client.ask("PUT", "statements", {**statement, "id": str(uuid4())}, statementId=key).status
        == 400
    )


def test_people_of_a_context_are_of_the_second_edition_only(client: Client) -> None:
    people = [{"objectType": "contextAgent", "agent": AGENT}]
    statement = a_statement(context={"contextAgents": people})

    assert client.speaking(ONE).ask("POST", "statements", statement).status == 400
    assert client.speaking(TWO).ask("POST", "statements", statement).status == 200


def test_the_second_edition_tells_times_in_utc(client: Client) -> None:
    (key,) = client.speaking(TWO).send(a_statement(timestamp="2026-11-28T15:30:00.12+05:30"))

    found = client.ask("GET", "statements", statementId=key).json

    assert found["timestamp"] == "2026-11-28T10:00:00.12Z"
    assert found["version"] == "2.0.0"
