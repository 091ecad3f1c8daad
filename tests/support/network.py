"""Refuses every way out of this PC that Python code could take. Loopback and local sockets stay open.

Code in C (libpq, Qt's network, a media player) opens sockets without Python and is not seen here.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest


class NetworkReached(AssertionError):
    """The program tried to reach another machine."""


def is_local(host: object) -> bool:
    """Tell whether `host` (a name, an address or nothing) is this very PC."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False  # a name: looking it up would already ask another machine


class NetworkGuard:
    """Refuses and remembers, so that a test fails even when the program swallows the refusal."""

    def __init__(self) -> None:
        self.attempts: list[str] = []

    def put_up(self, patch: pytest.MonkeyPatch) -> None:
        """Stand before the socket module until `patch` is undone."""
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, self._guarded_connect(getattr(socket.socket, name)))
        patch.setattr(socket.socket, "sendto", self._guarded_sendto(socket.socket.sendto))
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
            patch.setattr(socket, name, self._guarded_lookup(getattr(socket, name), name))

    def _refuse(self, what: str) -> None:
        self.attempts.append(what)
        raise NetworkReached(f"the program reached for the network: {what}")

    # What is wrapped belongs to the socket module, whose address arguments have no common type.
    def _guarded_connect(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(sock: socket.socket, address: Any) -> Any:
            if sock.family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
                self._refuse(f"connect to {address!r}")
            return connect(sock, address)

        return guarded

    def _guarded_sendto(self, sendto: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(sock: socket.socket, data: Any, *rest: Any) -> Any:
            address = rest[-1]
            if sock.family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
                self._refuse(f"send to {address!r}")
            return sendto(sock, data, *rest)

        return guarded

    def _guarded_lookup(self, lookup: Callable[..., Any], name: str) -> Callable[..., Any]:
        def guarded(host: Any, *rest: Any, **named: Any) -> Any:
            if not is_local(host):
                self._refuse(f"{name}({host!r})")
            return lookup(host, *rest, **named)

        return guarded
