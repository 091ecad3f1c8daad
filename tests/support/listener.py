"""Listens on this PC and remembers everything that reaches it, whatever protocol it speaks."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Listener:
    """Knows what came in: the first line of what each visitor said, or that there was one."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._tcp = _Server(("127.0.0.1", 0), self.heard)
        self.port: int = self._tcp.server_address[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        self._threads = [
            threading.Thread(target=self._tcp.serve_forever, daemon=True),
            threading.Thread(target=self._hear_datagrams, daemon=True),
        ]

    def open(self) -> None:
        """Begin to listen."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop, and let the ports go."""
        self._tcp.shutdown()
        self._tcp.server_close()
        self._udp.sendto(b"", ("127.0.0.1", self.port))
        self._threads[1].join(5)
        self._udp.close()

    def _hear_datagrams(self) -> None:
        while True:
            datagram, _sender = self._udp.recvfrom(2048)
            if not datagram:
                return
            self.heard.append("datagram")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int], heard: list[str]) -> None:
        self.heard = heard
        super().__init__(address, _Visitor)


class _Visitor(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.settimeout(2)
        try:
            line = self.request.recv(2048).split(b"\r\n")[0].decode("latin-1")
        except OSError:
            line = "a connection"
        self.server.heard.append(line or "a connection")  # type: ignore[attr-defined]  # _Server
        self.request.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n"
            b"Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\nok"
        )


@contextmanager
def listening() -> Iterator[Listener]:
    """Give a listener on a free port."""
    listener = Listener()
    listener.open()
    try:
        yield listener
    finally:
        listener.close()
