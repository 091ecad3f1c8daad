"""Taking statements back: they stay, and are shown only to who asks for voided ones."""

from typing import Any

from tests.support.conformance import of_suite
from tests.support.lrs import Client, a_statement

pytestmark = of_suite("statements")

VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


def voiding(key: str) -> dict[str, Any]:
    """Return a statement that takes another back."""
    return a_statement(verb=VOIDED, object={"objectType": "StatementRef", "id": key})


def test_a_voided_statement_is_found_as_such_only(either: Client) -> None:
    (key,) = either.send(a_statement())
    either.send(voiding(key))

    assert either.ask("GET", "statements", statementId=key).status == 404
    assert either.ask("GET", "statements", voidedStatementId=key).json["id"] == key


def test_a_statement_that_stands_is_not_found_as_voided(client: Client) -> None:
    (key,) = client.send(a_statement())

    assert client.ask("GET", "statements", voidedStatementId=key).status == 404


def test_lists_leave_out_the_voided_but_not_what_voids(client: Client) -> None:
    statement = a_statement()
    (key,) = client.send(statement)
    (taker,) = client.send(voiding(key))

    assert client.find(activity=statement["object"]["id"]) == [taker]


def test_what_voids_is_never_voided(client: Client) -> None:
    (key,) = client.send(a_statement())
    (taker,) = client.send(voiding(key))
    client.send(voiding(taker))

    assert client.ask("GET", "statements", statementId=taker).status == 200


def test_voiding_may_come_before_what_it_voids(client: Client) -> None:
    statement = a_statement(id="0f0f6f1e-3c5b-4b0a-8f43-3f1f1f1f1f1f")
    client.send(voiding(statement["id"]))
    client.send(statement)

    assert client.ask("GET", "statements", statementId=statement["id"]).status == 404
