"""The guards that every test stands on do guard."""

import logging
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.support.logs import LoggedTrouble
from tests.support.network import NetworkGuard, NetworkReached, is_local

AWAY = ("192.0.2.1", 9)
"""An address that RFC 5737 sets aside for documentation: nobody is there."""


@pytest.mark.parametrize("name", ["connect", "connect_ex"])
def test_a_connection_to_another_machine_is_refused(name: str, no_network: NetworkGuard) -> None:
    with socket.socket() as sock, pytest.raises(NetworkReached):
        getattr(sock, name)(AWAY)

    assert len(no_network.attempts) == 1
    no_network.attempts.clear()


def test_a_datagram_to_another_machine_is_refused(no_network: NetworkGuard) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(NetworkReached):
        sock.sendto(b"anyone?", AWAY)

    no_network.attempts.clear()


@pytest.mark.parametrize("name", ["getaddrinfo", "gethostbyname"])
def test_a_name_is_not_looked_up(name: str, no_network: NetworkGuard) -> None:
    arguments = ("example.invalid", 80)[: 2 if name == "getaddrinfo" else 1]

    with pytest.raises(NetworkReached):
        getattr(socket, name)(*arguments)

    no_network.attempts.clear()


def test_loopback_and_local_sockets_stay_open(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
    if hasattr(socket, "AF_UNIX"):
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            server.bind(str(tmp_path / "s"))
            server.listen()
            client.connect(str(tmp_path / "s"))


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.8.9.1", True), ("::1", True), (None, True), (b"localhost", True), ("10.0.0.1", False)],
)
def test_this_pc_is_told_from_others(host: object, expected: bool) -> None:
    assert is_local(host) is expected


def test_the_home_and_the_site_are_empty_and_ones_own(isolated_home: Path) -> None:
    assert Path.home() == isolated_home / "home"
    assert Path(os.environ["DAKSHA_DATA"]).parent == isolated_home
    assert not Path(os.environ["DAKSHA_DATA"]).exists()


def test_a_warning_that_nobody_expected_is_trouble(logged_trouble: LoggedTrouble) -> None:
    logging.getLogger("app.core.people").warning("row %d was skipped", 7)

    assert logged_trouble.unexpected() == ["WARNING app.core.people: row 7 was skipped"]

    logged_trouble.expect(r"row \d+ was skipped")
    assert logged_trouble.unexpected() == []


@given(some.integers())
def test_property_tests_run_beside_the_guards(number: int) -> None:
    assert number + 0 == number
