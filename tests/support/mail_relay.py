"""A mail relay on this PC that takes what it is told to take, and can be hostile, slow or half dead."""

import base64
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typing_extensions import override

Answer = Callable[[str], str | None]
"""What is said to a command: a line, or None for what a relay says as a rule."""


class MailRelay:
    """Listens on loopback; `taken` has the messages, `answer` says something else to a command."""

    def __init__(self, answer: Answer = lambda _command: None, greeting: str = "220 relay") -> None:
        self.taken: list[bytes] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.answer = answer
        self.greeting = greeting
        self.dies_after: int | None = None
        """So many messages are taken; then the line is cut before the answer."""
        self.tls: ssl.SSLContext | None = None
        """Offers STARTTLS with it, and a login by PLAIN once it is on."""
        self.logins: list[str] = []
        self.drip: float = 0.0
        """Seconds between the letters of an answer."""
        self._server = _Server(("127.0.0.1", 0), self)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def messages(self) -> list[EmailMessage]:
        """Return the messages that were taken, as a mail program reads them."""
        found = [message_from_bytes(one, policy=policy.default) for one in self.taken]
        return [one for one in found if isinstance(one, EmailMessage)]

    def close(self) -> None:
        """Stop, and let the port go."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def own_certificate(folder: Path) -> ssl.SSLContext:
    """Return what a relay that signed its own certificate speaks with."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = folder / "relay.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@contextmanager
def relaying(
    answer: Answer = lambda _command: None, greeting: str = "220 relay"
) -> Iterator[MailRelay]:
    """Give a relay that runs."""
    relay = MailRelay(answer, greeting)
    try:
        yield relay
    finally:
        relay.close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int], relay: MailRelay) -> None:
        self.relay = relay
        super().__init__(address, _Session)


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        relay = self.server.relay
        relay.connections += 1
        try:
            self._say(relay.greeting)
            while line := self.rfile.readline():
                command = line.decode("utf-8", "replace").strip()
                if not self._answered(command):
                    return
        except OSError:
            return

    @override
    def finish(self) -> None:
        with suppress(OSError):  # who hung up first does not matter
            super().finish()
        if isinstance(self.request, ssl.SSLSocket):
            self.request.close()

    def _answered(self, command: str) -> bool:
        relay, verb = self.server.relay, command[:4].upper()
        said = relay.answer(command)
        if said is not None:
            self._say(said)
            return verb != "QUIT" and not said.startswith("421")
        if verb == "EHLO" and relay.tls is not None:
            is_on = isinstance(self.request, ssl.SSLSocket)
            self._say("250-relay\r\n250 " + ("AUTH PLAIN" if is_on else "STARTTLS"))
            return True
        if verb == "STAR" and relay.tls is not None:
            self._say("220 go on")
            self.request = relay.tls.wrap_socket(self.request, server_side=True)
            self.setup()
            return True
        if verb == "AUTH":
            relay.logins.append(base64.b64decode(command.rsplit(maxsplit=1)[-1]).decode())
            self._say("235 welcome")
            return True
        if verb == "RCPT":
            relay.recipients.append(command.partition("<")[2].partition(">")[0])
        if verb == "DATA":
            return self._take()
        self._say("221 bye" if verb == "QUIT" else "250 well")
        return verb != "QUIT"

    def _take(self) -> bool:
        relay = self.server.relay
        self._say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        relay.taken.append(b"".join(lines))
        if relay.dies_after is not None and len(relay.taken) >= relay.dies_after:
            relay.dies_after = None
            return False
        self._say(relay.answer("DATA.") or "250 taken")
        return True

    def _say(self, words: str) -> None:
        drip = self.server.relay.drip
        if not drip:
            self.wfile.write(f"{words}\r\n".encode())
            return
        for letter in f"{words}\r\n":
            self.wfile.write(letter.encode())
            time.sleep(drip)  # what a hostile relay does; nothing waits for it
