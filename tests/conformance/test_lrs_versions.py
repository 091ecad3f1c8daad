"""Two editions on one endpoint, and what both have in common: paths, methods, doors, disguises."""

import json
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from app.core.links.resources import RESOURCES
from tests.support.conformance import of_suite
from tests.support.lrs import ONE, TWO, Client, RunningLrs, a_statement

pytestmark = of_suite("statements")

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("asked", "told"), [("1.0", ONE), ("1.0.0", ONE), ("1.0.9", ONE), ("2.0", TWO), ("2.0.0", TWO)]
)
def test_an_edition_is_answered_in_itself(client: Client, asked: str, told: str) -> None:
    answer = client.speaking(asked).ask("GET", "statements", limit=1)

    assert answer.status == 200
    assert answer.headers["x-experience-api-version"] == told


@pytest.mark.parametrize("asked", ["0.95", "1.1.0", "3.0", "1.0.3 ", "", "x"])
def test_another_edition_is_refused(client: Client, asked: str) -> None:
    expected = 200 if asked.strip() == ONE else 400

    assert client.speaking(asked).ask("GET", "statements", limit=1).status == expected


def test_who_names_no_edition_is_told_that_theirs_is_too_old(client: Client) -> None:
    answer = client.speaking(None).ask("GET", "statements", limit=1)

    assert answer.status == 400
    assert answer.headers["x-experience-api-version"] == "0.95"


def test_about_is_told_to_anybody(lrs: RunningLrs) -> None:
    answer = Client(lrs.port, "", None).ask("GET", "about")

    assert answer.status == 200
    assert {ONE, TWO} <= set(answer.json["version"])


@pytest.mark.parametrize("authorization", ["", "Basic", "Basic eDp5", "Basic %%%", "Bearer x"])
def test_nobody_gets_in_without_the_right_key(lrs: RunningLrs, authorization: str) -> None:
    assert Client(lrs.port, authorization).ask("GET", "statements").status == 401


def test_slashes_too_many_do_not_matter(client: Client) -> None:
    assert client.ask("POST", "/xapi//statements/", a_statement()).status == 200
    assert client.ask("GET", "//xapi///statements", limit=1).status == 200


@pytest.mark.parametrize("path", ["", "/", "/statements", "/xapi", "/xapi/x", "/xapi/statements/x"])
def test_there_is_nothing_elsewhere(client: Client, path: str) -> None:
    assert client.ask("GET", path or "/").status == 404


def test_a_method_that_a_resource_does_not_have(client: Client) -> None:
    answer = client.ask("DELETE", "statements")

    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST, PUT"


@pytest.mark.parametrize("path", ["/".join(path).replace("*", "x") for path in RESOURCES])
def test_every_resource_keeps_the_common_rules(lrs: RunningLrs, path: str) -> None:
    stranger, known = Client(lrs.port, ""), lrs.client()

    assert stranger.ask("GET", path).status == 401
    assert stranger.ask("OPTIONS", path).status == 204
    assert known.ask("PATCH", path).status == 405
    assert known.speaking("1.1").ask("GET", path).status == 400
    assert known.ask("HEAD", path).status == known.ask("GET", path).status


def test_a_page_may_ask_from_its_own_origin(client: Client) -> None:
    preflight = Client(client.port, "", None).ask(
        "OPTIONS", "statements", headers={"Origin": "http://127.0.0.1:9"}
    )

    assert preflight.status == 204
    assert "authorization" in preflight.headers["access-control-allow-headers"].lower()
    answer = client.ask("GET", "statements", limit=1)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert "ETag" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:80", 200),
        ("[::1]:80", 200),
        ("evil.example", 403),
        ("10.1.2.3", 403),
    ],
)
def test_a_name_that_is_not_this_pcs_is_refused(client: Client, host: str, status: int) -> None:
    assert client.ask("GET", "about", headers={"Host": host}).status == status


# The alternate request syntax of the first edition


def disguised(client: Client, method: str, **fields: str) -> tuple[int, bytes]:
    """POST a form that stands for another request; return status and body."""
    answer = client.speaking(None).ask(
        "POST", f"/xapi/statements?method={method}", urlencode(fields).encode(), FORM
    )
    return answer.status, answer.body


def test_a_form_may_stand_for_a_request(client: Client) -> None:
    bare = Client(client.port, "", None)
    known = {"Authorization": client.authorization, "X-Experience-API-Version": ONE}
    key, content = str(uuid4()), json.dumps(a_statement())

    put = disguised(bare, "PUT", statementId=key, content=content, **known)
    got = disguised(bare, "GET", statementId=key, **known)

    assert put == (204, b"")
    assert got[0] == 200
    assert json.loads(got[1])["id"] == key


def test_the_second_edition_has_no_disguises(client: Client) -> None:
    known = {"X-Experience-API-Version": TWO, "content": json.dumps(a_statement())}

    assert disguised(client, "POST", **known)[0] == 400


def test_a_disguise_that_does_not_fit_is_refused(client: Client) -> None:
    known = {"X-Experience-API-Version": ONE}
    content = json.dumps(a_statement())

    assert disguised(client, "PUT", statementId=str(uuid4()), **known)[0] == 400
    assert disguised(client, "PATCH", content=content, **known)[0] == 400
    assert disguised(client, "POST&limit=1", content=content, **known)[0] == 400
    answer = client.ask("PUT", "/xapi/statements?method=GET", b"", FORM)
    assert answer.status == 400
    answer = client.ask("POST", "/xapi/statements?method=PUT", a_statement())
    assert answer.status == 400
