"""The endpoint itself: there when started, gone when stopped, and no way in left open."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.base.actor import system_actor
from app.core.base.clock import SystemClock
from app.core.links import NotListening, PortTaken
from app.core.links.access import Doors, token_of
from tests.support.logs import LoggedTrouble
from tests.support.lrs import Client, RunningLrs, a_statement, run_lrs


@pytest.fixture
def lrs(tmp_path: Path) -> Iterator[RunningLrs]:
    """An endpoint that runs."""
    running = run_lrs(tmp_path, SystemClock())
    yield running
    running.close()


def is_listening(port: int) -> bool:
    """Tell whether somebody answers on a port of this PC."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def is_alive(name: str) -> bool:
    """Tell whether a thread of this name runs."""
    return any(thread.name == name for thread in threading.enumerate())


def test_nothing_listens_after_the_end(lrs: RunningLrs) -> None:
    port = lrs.port
    assert is_listening(port)

    lrs.endpoint.stop()

    assert not lrs.endpoint.is_running
    assert not is_listening(port)
    with pytest.raises(NotListening):
        lrs.endpoint.url  # noqa: B018  asking is the point


def test_stopping_twice_and_starting_again(lrs: RunningLrs) -> None:
    lrs.endpoint.stop()
    lrs.endpoint.stop()

    lrs.endpoint.start()

    assert lrs.client().ask("GET", "about").status == 200


def test_starting_twice_is_starting_once(lrs: RunningLrs) -> None:
    assert lrs.endpoint.start() == lrs.endpoint.url


def test_a_client_that_keeps_its_connection_does_not_hold_the_end_up(lrs: RunningLrs) -> None:
    with socket.create_connection(("127.0.0.1", lrs.port)) as idle:
        idle.sendall(b"GET /xapi/about HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert idle.recv(15) == b"HTTP/1.1 200 OK"

        lrs.endpoint.stop()

        while idle.recv(4096):
            pass


def test_a_client_that_does_not_take_its_answer_is_hung_up_on(lrs: RunningLrs) -> None:
    client, place = lrs.client(), {"activityId": "https://example.org/fire", "profileId": "film"}
    film = bytes(4 << 20)
    put = client.ask(
        "PUT",
        "activities/profile",
        film,
        {"Content-Type": "application/octet-stream", "If-None-Match": "*"},
        **place,
    )
    assert put.status == 204
    with socket.create_connection(("127.0.0.1", lrs.port)) as slow:
        asked = (
            f"GET /xapi/activities/profile?{urlencode(place)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: {client.authorization}\r\nX-Experience-API-Version: 1.0.3\r\n\r\n"
        )
        slow.sendall(asked.encode() * 4)  # more than the buffers of two sockets hold
        assert slow.recv(15) == b"HTTP/1.1 200 OK"

        lrs.endpoint.stop()

    assert not is_alive("statement endpoint")


def test_an_endpoint_may_be_stopped_right_after_any_answer(lrs: RunningLrs) -> None:
    for _turn in range(60):  # the thread that answers is still awake when it is told to end
        assert lrs.client().ask("GET", "about").status == 200
        lrs.endpoint.stop()
        assert not is_alive("statement endpoint")
        lrs.endpoint.start()


def test_it_answers_however_many_files_the_program_has_open(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows numbers its sockets otherwise")
    most, _most_there_may_be = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < 1_500:
        pytest.skip("this system lets nobody open more files than select() can wait for")
    with ExitStack() as held:
        null = os.open(os.devnull, os.O_RDONLY)
        held.callback(os.close, null)
        while null < 1_024:  # the lowest number that select() refuses
            null = os.dup(null)
            held.callback(os.close, null)

        running = run_lrs(tmp_path, SystemClock())
        held.callback(running.close)

        assert running.client().ask("GET", "about").status == 200


def test_a_port_that_is_taken_is_said_to_be(lrs: RunningLrs, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    second = run_lrs(other, SystemClock())
    second.endpoint.stop()

    with pytest.raises(PortTaken):
        second.endpoint.start(port=lrs.port)
    with pytest.raises(PortTaken):
        second.endpoint.start(host="localhost")
    second.close()


def test_a_body_too_long_is_refused_unread(lrs: RunningLrs) -> None:
    head = f"POST /xapi/statements HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {1 << 40}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", lrs.port)) as client:
        client.sendall(head.encode())

        assert client.recv(12) == b"HTTP/1.1 413"


def test_a_fault_of_the_program_is_a_number_to_the_client_and_a_line_in_the_log(
    lrs: RunningLrs, logged_trouble: LoggedTrouble
) -> None:
    def fail(_unit: object, _statements: object) -> None:
        raise RuntimeError("a bug above")

    lrs.statements.on_recorded.append(fail)
    logged_trouble.expect("a request to the endpoint failed")

    answer = lrs.client().ask("POST", "statements", a_statement())

    assert answer.status == 500
    assert b"a bug above" not in answer.body


def test_many_clients_at_once_are_all_answered(lrs: RunningLrs) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def send(_turn: int) -> str:
        return lrs.client().send(a_statement())[0]

    with ThreadPoolExecutor(8) as clients:
        keys = list(clients.map(send, range(40)))

    assert sorted(lrs.client().find(limit=100)) == sorted(keys)


@given(some.text(), some.text())
def test_a_key_opens_and_everything_else_does_not(key: str, secret: str) -> None:
    try:
        token = token_of(key, secret)
    except UnicodeEncodeError:
        return
    doors = Doors()
    doors.open_for_system(system_actor(), key, secret)

    assert doors.enter(f"Basic {token}") is not None
    assert doors.enter(f"basic {token.rstrip('=')}") is not None
    assert doors.enter(f"Basic {token_of(key, secret + 'x')}") is None
    assert doors.enter(f"Digest {token}") is None
    doors.close(token)
    assert doors.enter(f"Basic {token}") is None


@given(some.text())
def test_no_header_breaks_the_door(untrusted: str) -> None:
    assert Doors().enter(untrusted) is None
    assert Doors().enter(f"Basic {untrusted}") is None


def test_the_client_that_knows_no_token_is_out(lrs: RunningLrs) -> None:
    assert Client(lrs.port, "Basic x").ask("GET", "statements").status == 401
