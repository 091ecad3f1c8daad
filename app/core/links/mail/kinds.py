"""Words of mail: what becomes of a message, and how a relay is spoken to."""

from enum import StrEnum


class MailState(StrEnum):
    """What became of a message."""

    QUEUED = "queued"
    SENDING = "sending"
    """It was being handed over when the program ended, or is now: the relay may have it."""
    SENT = "sent"
    FAILED = "failed"
    """It was refused or nobody answered, and is tried again."""
    WRITTEN = "written"
    """It left as a file."""
    GIVEN_UP = "given_up"
    OVERTAKEN = "overtaken"
    """It waited until nothing of what it says was so any more, and is not sent."""


WAITING = (MailState.QUEUED, MailState.SENDING, MailState.FAILED)
"""States in which a message is still to leave."""


class MailKind(StrEnum):
    """What a message is about."""

    REMINDER = "reminder"
    CERTIFICATE = "certificate"


class Security(StrEnum):
    """How a relay is spoken to."""

    NONE = "none"
    STARTTLS = "starttls"
    """Encrypted; the relay's certificate must be one that this PC trusts."""
    UNCHECKED = "unchecked"
    """Encrypted; whose certificate it is is not asked: relays of plants sign their own."""
