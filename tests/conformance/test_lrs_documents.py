"""States and profiles: kept, merged, listed, deleted, and never overwritten unawares."""

import json
from typing import Any
from uuid import uuid4

import pytest

from tests.support.conformance import of_suite
from tests.support.lrs import ONE, TWO, Client

pytestmark = of_suite("statements")

FREE = {"If-None-Match": "*"}
AGENT = {"mbox": "mailto:asha@example.in"}

PLACES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "state": (
        "activities/state",
        "stateId",
        {"activityId": "https://example.com/a", "agent": AGENT},
    ),
    "activity profile": (
        "activities/profile",
        "profileId",
        {"activityId": "https://example.com/a"},
    ),
    "agent profile": ("agents/profile", "profileId", {"agent": AGENT}),
}


class Place:
    """One document of one kind, under a name of its own."""

    def __init__(self, client: Client, kind: str) -> None:
        self.client = client
        self.path, self.naming, self.whose = PLACES[kind]
        self.name = uuid4().hex

    def ask(self, method: str, content: Any = None, **headers: str) -> Any:
        """Ask for the one document; header names have underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        query = {**self.whose, self.naming: self.name}
        return self.client.ask(method, self.path, content, sent, **query)


@pytest.fixture(params=PLACES)
def place(either: Client, request: pytest.FixtureRequest) -> Place:
    """A place where nothing is kept yet, in each edition."""
    return Place(either, request.param)


def test_what_was_put_is_what_is_got(place: Place) -> None:
    content = bytes(range(256))
    put = place.ask("PUT", content, **FREE, Content_Type="application/octet-stream")

    got = place.ask("GET")

    assert put.status == 204
    assert (got.status, got.body) == (200, content)
    assert got.headers["content-type"] == "application/octet-stream"
    assert "last-modified" in got.headers


def test_what_is_not_there_is_not_found(place: Place) -> None:
    assert place.ask("GET").status == 404


def test_head_is_get_without_the_body(place: Place) -> None:
    place.ask("PUT", {"page": 3}, **FREE)

    head, got = place.ask("HEAD"), place.ask("GET")

    assert head.status == 200
    assert head.body == b""
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-length"] == str(len(got.body))


def test_posting_lays_properties_over_those_there(place: Place) -> None:
    place.ask("PUT", {"page": 3, "seen": {"a": 1}, "share": 0.5}, **FREE)

    assert (
        place.ask("POST", b'{"page":4,"seen":{"b":0.10}}', Content_Type="application/json").status
        == 204
    )

    body = place.ask("GET").body
    assert json.loads(body) == {"page": 4, "seen": {"b": 0.1}, "share": 0.5}
    assert b"0.10" in body


@pytest.mark.parametrize("first", [b"text", b"[1]"])
def test_only_json_objects_are_merged(place: Place, first: bytes) -> None:
    media_type = "application/json" if first.startswith(b"[") else "text/plain"
    place.ask("PUT", first, **FREE, Content_Type=media_type)

    assert place.ask("POST", {"page": 4}).status == 400
    assert place.ask("GET").body == first


def test_json_that_is_none_is_refused(place: Place) -> None:
    answer = place.ask("PUT", b"{page: 3}", **FREE, Content_Type="application/json")

    assert answer.status == 400
    assert place.ask("GET").status == 404


def test_a_deleted_document_is_gone_and_may_come_again(place: Place) -> None:
    place.ask("PUT", {"page": 3}, **FREE)

    assert place.ask("DELETE").status == 204
    assert place.ask("GET").status == 404
    assert place.ask("DELETE").status == 204
    assert place.ask("PUT", {"page": 1}, **FREE).status == 204
    assert place.ask("GET").json == {"page": 1}


def test_names_are_listed_since_when(place: Place) -> None:
    place.ask("PUT", {"page": 3}, **FREE)
    ask = place.client.ask

    assert place.name in ask("GET", place.path, **place.whose).json
    assert ask("GET", place.path, **place.whose, since="2999-01-01T00:00:00Z").json == []
    assert ask("GET", place.path, **place.whose, since="yesterday").status == 400


@pytest.mark.parametrize("kind", PLACES)
def test_what_is_missing_or_wrong_in_the_query_is_refused(client: Client, kind: str) -> None:
    path, naming, whose = PLACES[kind]
    for name in whose:
        lacking = {key: value for key, value in whose.items() if key != name}
        assert client.ask("GET", path, **lacking, **{naming: "x"}).status == 400
        assert client.ask("GET", path, **{**whose, name: "x y"}).status == 400
    assert client.ask("PUT", path, {}, FREE, **whose).status == 400
    assert client.ask("GET", path, **whose, **{naming: "x"}, colour="red").status == 400


def test_registrations_keep_states_apart(client: Client) -> None:
    path, naming, whose = PLACES["state"]
    activity = {**whose, "activityId": f"https://example.com/{uuid4().hex}"}
    first, second = str(uuid4()), str(uuid4())
    for registration in (first, second):
        query = {**activity, naming: "bookmark", "registration": registration}
        assert client.ask("PUT", path, {"of": registration}, **query).status == 204

    got = client.ask("GET", path, **activity, **{naming: "bookmark"}, registration=second)
    client.ask("DELETE", path, **activity, registration=first)

    assert got.json == {"of": second}
    assert client.ask("GET", path, **activity, registration=first).json == []
    assert client.ask("GET", path, **activity, registration=second).json == ["bookmark"]


# Who writes says what they take to be there.


def test_the_right_etag_lets_a_writer_in_and_a_wrong_one_does_not(place: Place) -> None:
    place.ask("PUT", {"page": 3}, **FREE)
    etag = place.ask("GET").headers["etag"]

    for method in ("PUT", "POST", "DELETE"):
        assert place.ask(method, {"page": 9}, If_Match='"1234"').status == 412
    assert place.ask("GET").json == {"page": 3}
    assert place.ask("PUT", {"page": 4}, If_Match=etag).status == 204
    assert place.ask("PUT", {"page": 5}, If_Match=etag).status == 412
    assert place.ask("GET").json == {"page": 4}


def test_an_etag_is_the_hash_in_quotes(place: Place) -> None:
    place.ask("PUT", b"abc", **FREE, Content_Type="text/plain")

    etag = place.ask("GET").headers["etag"]

    assert etag == '"a9993e364706816aba3e25717850c26c9cd0d89d"'  # FIPS 180-4, appendix A.1


def test_a_place_that_must_be_free_and_is_not(place: Place) -> None:
    place.ask("PUT", {"page": 3}, **FREE)

    assert place.ask("PUT", {"page": 4}, **FREE).status == 412


def test_a_place_that_must_be_taken_and_is_not(place: Place) -> None:
    assert place.ask("PUT", {"page": 4}, If_Match="*").status == 412


@pytest.mark.parametrize(
    ("kind", "version", "free", "taken"),
    [
        ("state", ONE, 204, 204),
        ("state", TWO, 204, 409),
        ("activity profile", ONE, 400, 409),
        ("activity profile", TWO, 204, 409),
        ("agent profile", ONE, 400, 409),
        ("agent profile", TWO, 204, 409),
    ],
)
def test_writing_blindly(client: Client, kind: str, version: str, free: int, taken: int) -> None:
    place = Place(client.speaking(version), kind)

    assert place.ask("PUT", {"page": 1}).status == free
    place.ask("POST", {"page": 2})
    assert place.ask("PUT", {"page": 3}).status == taken


def test_a_document_may_not_be_a_file_store(client: Client) -> None:
    place = Place(client, "state")

    assert place.ask("PUT", b"x" * (4 << 20), Content_Type="text/plain").status == 204
    assert place.ask("PUT", b"x" * (4 << 20 | 1), Content_Type="text/plain").status == 413
    assert len(place.ask("GET").body) == 4 << 20
