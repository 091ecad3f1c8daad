"""What mail takes and gives: frozen values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.links.mail.kinds import MailKind, MailState, Security


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPlan:
    """How a site sends."""

    host: str = ""
    """Of the relay; "": there is none, and messages leave as files."""
    port: int = 25
    security: Security = Security.NONE
    login: str = ""
    sender: str = ""
    reminds: bool = False
    mails_certificates: bool = False
    sends_here: bool = False
    """Whether this PC is the one that writes and sends messages."""
    sends_elsewhere: bool = False
    """Whether another PC is."""
    certificates_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message that is to be put into the outbox."""

    key: str
    """What it is for: of one key there is one message."""
    kind: MailKind
    person_id: UUID | None
    address: str
    name: str
    subject: str
    text: str
    attachment: str = ""
    attachment_name: str = ""
    about: str = ""
    """Of a reminder, the steps that it tells of, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message of the outbox."""

    id: UUID
    kind: MailKind
    person_id: UUID | None
    address: str
    name: str
    subject: str
    text: str
    attachment: str
    attachment_name: str
    made_at: datetime
    state: MailState
    tries: int
    next_at: datetime
    left_at: datetime | None
    why: str
    key: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a run of sending came to."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    waiting: int = 0
    """What is still to leave."""
    trouble: str = ""
    """Why it ended early, as a sentence; "" where it did not."""
    refusal: str = ""
    """What the relay said last to a message that it did not take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many messages there are of each state."""

    waiting: int
    failed: int
    given_up: int
    left: int
