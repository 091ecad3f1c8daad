"""Handing messages to a relay of the plant's network (RFC 5321). Nothing else is spoken to."""

import re
import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, cast

from typing_extensions import override

from app.core.base.words import _
from app.core.links.mail.errors import RelayTrouble
from app.core.links.mail.kinds import Security
from app.core.links.mail.types import MailPlan
from app.core.links.mail.writing import one_line

PATIENCE_SECONDS = 30.0
"""For a connection, and for each answer as a whole: a relay that drips is no better than none."""
_LONGEST_LINE = 8192
_PERMANENT = 500
_CLOSING = 421
_NOBODY_THERE = frozenset({550, 551, 553})
_ENHANCED = re.compile(r"^5\d\d[ -]5\.(\d{1,3})\.\d{1,3}\b")
_ADDRESS_SUBJECTS = frozenset({"1", "2"})
"""Of an enhanced status code: the address, and its mailbox."""


class Outcome(Enum):
    """What a relay said to a message."""

    TAKEN = auto()
    PUT_OFF = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a message, and the relay's words."""

    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How a relay is signed in to."""

    name: str = ""
    password: str = field(default="", repr=False)


class Relay:
    """A relay that was reached. Made by `reached`."""

    def __init__(self, smtp: smtplib.SMTP, sender: str) -> None:
        self._smtp = smtp
        self._sender = sender

    def hand_over(self, address: str, content: bytes) -> Said:
        """Hand a message over; return what the relay said. Raises RelayTrouble where it is gone."""
        try:
            self._smtp.sendmail(self._sender, [address], content)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()), (_PERMANENT, b""))
            return _judged(code, words)
        except smtplib.SMTPDataError as error:
            return _judged(error.smtp_code, error.smtp_error)
        except smtplib.SMTPSenderRefused as error:
            raise RelayTrouble(
                _("The relay takes no mail from {sender}: {why}").format(
                    sender=self._sender, why=_words(error.smtp_code, error.smtp_error)
                ),
                _("Ask who looks after it, or give another address of the sender."),
            ) from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise _gone(error) from error
        return Said(Outcome.TAKEN)


@contextmanager
def reached(plan: MailPlan, login: Login, patience: float = PATIENCE_SECONDS) -> Iterator[Relay]:
    """Give the relay of a plan while it is connected. Raises RelayTrouble."""
    smtp = _connected(plan, patience)
    try:
        _introduce(smtp, plan, login)
        yield Relay(smtp, plan.sender)
        _say_goodbye(smtp)
    finally:
        smtp.close()


def _connected(plan: MailPlan, patience: float) -> smtplib.SMTP:
    try:
        return _Patient(plan.host, plan.port, patience)
    except smtplib.SMTPResponseException as error:
        raise RelayTrouble(
            _("The relay lets nobody in now: {why}").format(
                why=_words(error.smtp_code, error.smtp_error)
            ),
            _("It is tried again by itself."),
        ) from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise RelayTrouble(
            _("The relay {host}, port {port}, was not reached.").format(
                host=plan.host, port=plan.port
            ),
            _("See whether it runs and the cable is in; it is tried again by itself."),
        ) from error


def _introduce(smtp: smtplib.SMTP, plan: MailPlan, login: Login) -> None:
    try:
        smtp.ehlo_or_helo_if_needed()
        if plan.security is not Security.NONE:
            smtp.starttls(context=_context(plan.security))
            smtp.ehlo()
        if login.name:
            smtp.login(login.name, login.password)
    except smtplib.SMTPAuthenticationError as error:
        raise RelayTrouble(
            _("The relay does not take the login {login}.").format(login=login.name),
            _("Give login and password anew under Settings."),
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise RelayTrouble(
            _("The relay does not offer what the settings ask for (encryption or login)."),
            _("Change the settings, or ask who looks after the relay."),
        ) from error
    except ssl.SSLError as error:
        raise RelayTrouble(
            _("The relay's certificate is not trusted on this PC."),
            _("Install its issuer on this PC, or choose encryption without a check."),
        ) from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _gone(error) from error


def _context(security: Security) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if security is Security.UNCHECKED:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _say_goodbye(smtp: smtplib.SMTP) -> None:
    try:
        smtp.quit()
    except (smtplib.SMTPException, OSError, ValueError):
        return  # everything it took, it has taken


def _judged(code: int, words: bytes | str) -> Said:
    if code == _CLOSING:
        raise RelayTrouble(
            _("The relay ended the connection: {why}").format(why=_words(code, words)),
            _("It is tried again by itself."),
        )
    said = _words(code, words)
    return Said(Outcome.REFUSED if _is_about_the_address(code, said) else Outcome.PUT_OFF, said)


def _is_about_the_address(code: int, said: str) -> bool:
    """Tell whether a refusal is for good: there is nobody there (RFC 5321, 4.2.3; RFC 3463, 3.2 and 3.3).

    What else a relay refuses – it relays for nobody, wants a login, has rules of its own – is not the
    message's fault, and ends when somebody has put it right.
    """
    if code < _PERMANENT:
        return False
    if told := _ENHANCED.search(said):
        return told[1] in _ADDRESS_SUBJECTS
    return code in _NOBODY_THERE and "relay" not in said.casefold()


def _gone(error: Exception) -> RelayTrouble:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return RelayTrouble(
            _("The relay did not answer in time."), _("It is tried again by itself.")
        )
    return RelayTrouble(
        _("The relay ended the connection, or said what mail knows not."),
        _("It is tried again by itself; ask who looks after the relay if it stays so."),
    )


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return one_line(f"{code} {text}")


class _Patient(smtplib.SMTP):
    """Waits for a whole answer no longer than its patience, however slowly it drips."""

    def __init__(self, host: str, port: int, patience: float) -> None:
        self._patience = patience
        super().__init__(host, port, timeout=patience, local_hostname="daksha")

    @override
    def getreply(self) -> tuple[int, bytes]:
        if self.sock is not None and not isinstance(self.file, _Lines):
            self.file = cast("Any", _Lines(self.sock))
        if isinstance(self.file, _Lines):
            self.file.end = time.monotonic() + self._patience
        try:
            return super().getreply()
        finally:
            if self.sock is not None:
                self.sock.settimeout(self._patience)


class _Lines:
    """Lines of a socket, until an end that is common to all of an answer."""

    def __init__(self, sock: Any) -> None:  # a socket, or one that is encrypted
        self._sock = sock
        self._waiting = b""
        self.end = 0.0

    def readline(self, size: int = _LONGEST_LINE) -> bytes:
        """Return the next line, or as much of it as may be. Raises TimeoutError."""
        while b"\n" not in self._waiting and len(self._waiting) < size:
            left = self.end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._sock.settimeout(left)
            block = self._sock.recv(4096)
            if not block:
                break
            self._waiting += block
        length = min(self._waiting.find(b"\n") + 1 or len(self._waiting), size)
        line, self._waiting = self._waiting[:length], self._waiting[length:]
        return line

    def close(self) -> None:
        """Let go of what was not read."""
        self._waiting = b""
