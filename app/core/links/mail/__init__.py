"""Mail: an outbox that survives months without a relay, and leaves by one or on a stick."""

from app.core.links.mail.errors import MailRefused, NoRelay, NotTheSender, RelayTrouble
from app.core.links.mail.kinds import MailKind, MailState, Security
from app.core.links.mail.outbox import Outbox
from app.core.links.mail.types import Counts, MailPlan, Message, Sent

__all__ = [
    "Counts",
    "MailKind",
    "MailPlan",
    "MailRefused",
    "MailState",
    "Message",
    "NoRelay",
    "NotTheSender",
    "Outbox",
    "RelayTrouble",
    "Security",
    "Sent",
]
