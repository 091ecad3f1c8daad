"""A message as mail programs read it (RFC 5322): headers that nobody's name can break."""

import re
from datetime import datetime
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.core.base.words import _
from app.core.links.mail.errors import MailRefused
from app.core.links.mail.types import Message

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_ADDRESS = re.compile(
    r"[^\s@<>\"(),:;\\\[\]\x00-\x1f\x7f]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
)
_MOST_ADDRESS = 254
_MOST_HEADER = 200


def check_address(untrusted: str) -> str:
    """Return a mail address. Raises MailRefused for one that no relay could take."""
    address = untrusted.strip()
    if len(address) > _MOST_ADDRESS or not address.isascii() or not _ADDRESS.fullmatch(address):
        raise MailRefused(
            _("“{text}” is no mail address.").format(text=one_line(untrusted)),
            _("Write it as name@example.in, in Latin letters."),
        )
    return address


def one_line(untrusted: str) -> str:
    """Return text that is safe in a header: one line, nothing that ends it."""
    return " ".join(_UNSAFE.sub(" ", untrusted).split())[:_MOST_HEADER]


def written(message: Message, sender: str, site_name: str, attachment: bytes | None) -> bytes:
    """Return a message as bytes, lines ending as SMTP wants them. Raises MailRefused.

    The Message-ID follows from the message, so that one which a relay took twice is seen to be one.
    """
    made = EmailMessage(policy=SMTP)
    try:
        made["From"] = _named(site_name, check_address(sender))
        made["To"] = _named(message.name, check_address(message.address))
        made["Subject"] = one_line(message.subject)
        made["Date"] = format_datetime(message.made_at)
        made["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(message.text)
        if attachment is not None:
            made.add_attachment(
                attachment,
                maintype="application",
                subtype="pdf",
                filename=one_line(message.attachment_name),
            )
        return made.as_bytes()
    except (HeaderParseError, MessageError, ValueError, IndexError) as error:
        raise MailRefused(
            _("The message to {name} cannot be written.").format(name=one_line(message.name)),
            _("Correct the name or the address of the person."),
        ) from error


def file_name(number: int, message: Message, at: datetime) -> str:
    """Return the name of a message's file: sorted as they were made, safe on every stick."""
    who = re.sub(r"[^A-Za-z0-9]+", "-", message.address.partition("@")[0]).strip("-")[:30]
    return f"{number:05}-{at:%Y%m%d}-{who or 'message'}.eml"


def _named(name: str, address: str) -> Address:
    return Address(display_name=one_line(name), addr_spec=address)
