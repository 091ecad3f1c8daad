"""Links: the one place of the core that speaks over a wire (ADR 9). The statement endpoint, and mail."""

from app.core.links.endpoint import THIS_PC, Endpoint, OpenLaunch
from app.core.links.errors import NotListening, PortTaken
from app.core.links.mail import (
    Counts,
    MailKind,
    MailPlan,
    MailRefused,
    MailState,
    Message,
    NoRelay,
    NotTheSender,
    Outbox,
    RelayTrouble,
    Security,
    Sent,
)

__all__ = [
    "THIS_PC",
    "Counts",
    "Endpoint",
    "MailKind",
    "MailPlan",
    "MailRefused",
    "MailState",
    "Message",
    "NoRelay",
    "NotListening",
    "NotTheSender",
    "OpenLaunch",
    "Outbox",
    "PortTaken",
    "RelayTrouble",
    "Security",
    "Sent",
]
