"""Letters that waited are asked again when they leave: who completed it, left or moved is not told of."""

from collections.abc import Collection, Iterable
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.certificates import Certificates, CertificateState, CertificateSummary
from app.core.journal import Site
from app.core.links.mail import queue
from app.core.links.mail.kinds import MailKind, MailState
from app.core.links.mail.letters import (
    certificate_letter,
    certificate_of,
    reminder_letters,
    said_of,
)
from app.core.links.mail.types import Letter, Message
from app.core.training.reminders import Recipient, Reminders, Told

Said = dict[tuple[UUID | None, str], list[frozenset[str]]]
"""Of which assignments somebody at an address was told in one run, letter by letter."""
_AT_ONCE = 500
"""So much work is asked for at once: databases take so many words in one question."""


class Anew:
    """Looks again at messages that are about to leave. Whoever calls it has claimed them."""

    def __init__(
        self, site: Site, reminders: Reminders, certificates: Certificates, site_name: str
    ) -> None:
        self._site = site
        self._reminders = reminders
        self._certificates = certificates
        self._name = site_name

    def looked_at(self, actor: Actor, messages: Iterable[Message], said: Said) -> list[Message]:
        """Return what is to be sent of some messages, as it is by now; the rest is noted as overtaken.

        What somebody else is to be told by now is put in as a letter to them. Letters that waited together
        say the same by now: one of which all is in another one, or was `said` in this run, does not leave.
        """
        every = list(messages)
        told = self._told(one for one in every if one.about)
        found = []
        for one in every:
            if one.about:
                still = self._reminder(actor, one, [told[x] for x in _lines(one) if x in told])
            else:
                still = self._certificate(actor, one)
            if still is not None:
                found.append(still)
        twice = _said_twice(found, said)
        self._overtake(actor, twice, _("Another message says the same."))
        return [one for one in found if one.id not in twice]

    def letters(self, actor: Actor, messages: Iterable[Message]) -> dict[UUID, Letter]:
        """Return by message what it says now; one of which nothing is so any more is left out."""
        every = list(messages)
        told = self._told(one for one in every if one.about)
        found = {}
        for one in every:
            still = [told[line] for line in _lines(one) if line in told]
            letter = self._own(one, still)[0] if one.about else self._of_certificate(actor, one)
            if letter is not None:
                found[one.id] = letter
        return found

    def certificate_letter(self, actor: Actor, one: CertificateSummary, to: Recipient) -> Letter:
        """Return the letter of a certificate, whose document is made where it was not yet."""
        self._certificates.document(actor, one.id)
        frozen = self._certificates.detail(actor, one.id).document
        sha256 = "" if frozen is None else frozen.sha256
        return certificate_letter(one, to, sha256, self._name)

    def _told(self, messages: Iterable[Message]) -> dict[str, Told]:
        wanted = sorted({UUID(line.split(":")[1]) for one in messages for line in _lines(one)})
        found: dict[str, Told] = {}
        for first in range(0, len(wanted), _AT_ONCE):
            still = self._reminders.still(wanted[first : first + _AT_ONCE])
            found |= {said_of(one): one for one in still}
        return found

    def _reminder(self, actor: Actor, message: Message, told: list[Told]) -> Message | None:
        today = local_day(self._site.clock)
        if _is_as_written(message, told) and message.made_at.astimezone().date() == today:
            return message
        return self._write(actor, message, *self._own(message, told))

    def _own(self, message: Message, told: list[Told]) -> tuple[Letter | None, list[Letter]]:
        """Return the letter to whom a message goes, if there is one, and those to others."""
        today = local_day(self._site.clock)
        letters = reminder_letters([one for one in told if _address(one)], self._name, today)
        own = next((one for one in letters if one.person_id == message.person_id), None)
        return own, [one for one in letters if one is not own]

    def _write(
        self, actor: Actor, message: Message, own: Letter | None, others: list[Letter]
    ) -> Message | None:
        now = self._site.clock.now()
        with self._site.transaction(actor, "mail.note") as unit:
            queue.put_in(unit, others, now)
            if own is not None:
                return queue.write_anew(unit, message.id, own, now)
            why = _("Nothing of it is so any more.")
            queue.note(unit, message.id, MailState.OVERTAKEN, now, why)
        return None

    def _certificate(self, actor: Actor, message: Message) -> Message | None:
        if message.kind is not MailKind.CERTIFICATE:
            return message
        if not self._is_revoked(actor, message):
            return self._addressed(actor, message)
        self._overtake(actor, {message.id}, _("The certificate was revoked."))
        return None

    def _overtake(self, actor: Actor, messages: Collection[UUID], why: str) -> None:
        if not messages:
            return
        with self._site.transaction(actor, "mail.note") as unit:
            for one in messages:
                queue.note(unit, one, MailState.OVERTAKEN, self._site.clock.now(), why)

    def _addressed(self, actor: Actor, message: Message) -> Message | None:
        """Return the message of a certificate, to the address that its person has by now."""
        to = self._person(message)
        if to is None or to.email in {"", message.address}:
            return message
        now = self._site.clock.now()
        with self._site.transaction(actor, "mail.note") as unit:
            return queue.send_to(unit, message.id, to.email, now)

    def _of_certificate(self, actor: Actor, message: Message) -> Letter | None:
        to = self._person(message)
        if to is None or not to.email:
            return None
        summary = self._certificates.detail(actor, certificate_of(message.key)).summary
        if summary.state is CertificateState.REVOKED:
            return None
        return self.certificate_letter(actor, summary, to)

    def _person(self, message: Message) -> Recipient | None:
        if message.person_id is None:
            return None
        return self._reminders.recipients([message.person_id]).get(message.person_id)

    def _is_revoked(self, actor: Actor, message: Message) -> bool:
        try:
            found = self._certificates.detail(actor, certificate_of(message.key))
        except UserFacingError:
            return False  # what is wrong with it is said where it is written
        return found.summary.state is CertificateState.REVOKED


def _said_twice(messages: Iterable[Message], said: Said) -> frozenset[UUID]:
    """Return the letters of which all is said in a longer one, one before them, or one that is `said` already."""
    twice = set()
    reminders = (one for one in messages if one.about)
    for one in sorted(reminders, key=lambda one: len(_lines(one)), reverse=True):
        works = frozenset(line.split(":")[1] for line in _lines(one))
        others = said.setdefault((one.person_id, one.address), [])
        if any(works <= other for other in others):
            twice.add(one.id)
        else:
            others.append(works)
    return frozenset(twice)


def _is_as_written(message: Message, told: list[Told]) -> bool:
    """Tell whether all that a message tells of is so still, and is told to whom it goes."""
    goes_to = (message.person_id, message.address)
    return len(told) == len(_lines(message)) and all(
        one.recipient is not None and (one.recipient.id, one.recipient.email) == goes_to
        for one in told
    )


def _address(told: Told) -> str:
    return "" if told.recipient is None else told.recipient.email


def _lines(message: Message) -> list[str]:
    return message.about.splitlines()
