"""Messages that are sent again: a stick was lost, or an address was wrong when they left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Unit
from app.core.links.mail import queue
from app.core.links.mail.errors import MailRefused
from app.core.links.mail.kinds import WAITING, MailState
from app.core.links.mail.letters import key_again
from app.core.links.mail.types import Letter, Message

_LEFT = frozenset({MailState.SENT, MailState.WRITTEN})


def left(session: Session, message_id: UUID, *, whole_stick: bool) -> list[Message]:
    """Return a message that has left, or all that were written with it. Raises NotFound, MailRefused."""
    found = queue.by_id(session, message_id)
    if found is None:
        raise NotFound(_("The message"))
    if found.state not in _LEFT:
        raise MailRefused(
            _("The message has not left."), _("Try it again, or wait until it leaves.")
        )
    if not whole_stick:
        return [found]
    if found.state is not MailState.WRITTEN:
        raise MailRefused(
            _("The message was not written to a stick."), _("Send it again by itself.")
        )
    return queue.written_with(session, found)


def put_in(
    unit: Unit, chosen: Sequence[Message], letters: Mapping[UUID, Letter], now: datetime, why: str
) -> int:
    """Put letters in once more for messages that have left, which keep why; return how many.

    Raises MailRefused where nothing of any is so still, or every one waits already.
    """
    fresh, waits = [], 0
    for one in chosen:
        same = queue.of_one(unit, one.key)
        if any(each.state in WAITING for each in same):
            waits += 1
        elif one.id in letters:
            fresh.append(replace(letters[one.id], key=key_again(one.key, len(same))))
            queue.said_of_left(unit, one.id, why)
    if not fresh and waits:
        raise MailRefused(_("It waits already."), _("Send it, or write it to a stick."))
    if not fresh:
        raise MailRefused(
            _("Nothing of the message is so any more, or there is no address."),
            _("What is due now has its own. Enter an address under People where there is none."),
        )
    return queue.put_in(unit, fresh, now)
