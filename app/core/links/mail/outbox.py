"""The outbox: messages written once, kept for as long as it takes, sent by a relay or written to a stick."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import local_day
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.certificates import Certificates, CertificateState
from app.core.content import AssetStore
from app.core.egress import Egress, FileKind, Leaving
from app.core.journal import Site, Unit
from app.core.keys import KeyFolder
from app.core.links.mail import again, queue
from app.core.links.mail.anew import Anew
from app.core.links.mail.errors import MailRefused, NoRelay, NotTheSender
from app.core.links.mail.kinds import WAITING, MailKind, MailState
from app.core.links.mail.letters import certificate_key, reminder_letters
from app.core.links.mail.plans import Plans
from app.core.links.mail.sending import Sending
from app.core.links.mail.types import Counts, MailPlan, Message, Sent
from app.core.links.mail.writing import file_name
from app.core.training import ReasonNeeded
from app.core.training.reminders import Recipient, Reminders

_CERTIFICATES_AT_ONCE = 500


class Outbox:
    """Writes, sends and lists messages. Who may: holders of MANAGE_SITE; certificates as below.

    One PC of a site sends. Nothing is opened on the network unless a relay is named.
    """

    def __init__(
        self,
        site: Site,
        keys: KeyFolder,
        assets: AssetStore,
        reminders: Reminders,
        certificates: Certificates,
        site_name: str,
    ) -> None:
        self._site = site
        self._reminders = reminders
        self._certificates = certificates
        self._name = site_name
        self._egress = Egress(site)
        self.plans = Plans(site, keys)
        self._anew = Anew(site, reminders, certificates, site_name)
        self.sending = Sending(site, assets, self.plans, self._anew, site_name)

    def page(self, actor: Actor, request: PageRequest) -> Page[Message]:
        """Return one stretch of the outbox (queue.page has its filters and sorts).

        What waits is listed with the address that its person has by now, to which it will go.
        """
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            found = queue.page(session, request)
        now = self._addresses_now(one for one in found.rows if one.state in WAITING)
        rows = (
            replace(one, address=now.get(one.person_id, one.address))
            if one.person_id is not None and one.state in WAITING
            else one
            for one in found.rows
        )
        return Page(rows=tuple(rows), total=found.total)

    def _addresses_now(self, waiting: Iterable[Message]) -> dict[UUID, str]:
        """Return the address that the person of each message has by now, where they have one."""
        people = self._reminders.recipients(one.person_id for one in waiting if one.person_id)
        return {key: one.email for key, one in people.items() if one.email}

    def counts(self, actor: Actor) -> Counts:
        """Return how many messages wait, failed and left."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            return queue.counts(session)

    def compose(self, actor: Actor) -> int:
        """Write what is new today: reminders, and certificates that were issued; return how many.

        Doing it again writes nothing. Raises NotTheSender on any other PC.
        """
        actor.require(Capability.MANAGE_SITE)
        plan = self._own_plan()
        made = self._compose_certificates(plan) if plan.mails_certificates else 0
        if not plan.reminds:
            return made
        fresh = self._reminders.fresh()  # outside of the transaction: others go on writing
        if not fresh:
            return made
        with self._site.transaction(actor, "mail.compose") as unit:
            told = self._reminders.take(unit, fresh)
            letters = reminder_letters(told, self._name, local_day(self._site.clock))
            return made + queue.put_in(unit, letters, self._site.clock.now())

    def mail_certificates(self, actor: Actor, certificate_ids: Collection[UUID]) -> int:
        """Put chosen certificates into the outbox, for those whom they are of; return how many.

        For holders of VIEW_RECORDS over them. Raises NotTheSender, and MailRefused where one is
        revoked or its person has no address: then none is put in.
        """
        self._own_plan()
        letters = []
        for one in certificate_ids:
            summary = self._certificates.detail(actor, one).summary
            if summary.state is CertificateState.REVOKED:
                raise MailRefused(
                    _("{number} is revoked.").format(number=summary.number),
                    _("Leave it out."),
                )
            to = self._reminders.recipient(summary.person_id)
            if not to.email:
                raise MailRefused(
                    _("{name} has no mail address.").format(name=summary.person_name),
                    _("Enter one under People, or print the certificate."),
                )
            letters.append(self._anew.certificate_letter(actor, summary, to))
        with self._site.transaction(actor, "mail.compose") as unit:
            return queue.put_in(unit, letters, self._site.clock.now())

    def send(
        self, actor: Actor, progress: Progress | None = None, *, at_once: bool = False
    ) -> Sent:
        """Hand what is due to the relay; what it does not take waits, longer each time.

        `at_once` does not wait. Raises NotTheSender, NoRelay. Where the relay is gone, `trouble` says
        why. After a crash between a message's handing over and its note it is sent once more, under
        the same Message-ID: that it came twice cannot be ruled out, that it is lost can.
        """
        actor.require(Capability.MANAGE_SITE)
        plan = self._own_plan()
        if not plan.host:
            raise NoRelay
        return self.sending.run(actor, plan, progress or NoProgress(), at_once=at_once)

    def send_if_due(self) -> Sent:
        """Write what is new and send it, where this PC does so at all; say nothing otherwise."""
        plan, actor = self.plans.plan(), system_actor()
        if not plan.sends_here:
            return Sent()
        self.compose(actor)
        return self.send(actor) if plan.host else Sent()

    def write(self, actor: Actor, folder: Path) -> int:
        """Write every message that waits as a file into a new folder; return how many.

        One line stands in the register of what left. Raises NotTheSender, MailRefused where nothing
        waits, and as `Egress.writing` does.
        """
        actor.require(Capability.MANAGE_SITE)
        plan = self._own_plan()
        with self._site.read() as session:
            found = queue.waiting(session)
        ready = self.sending.files(actor, found, plan)
        if not ready:
            raise MailRefused(
                _("No message waits that could be written."), _("Look again when there are any.")
            )
        now = self._site.clock.now()
        files = (
            (file_name(number, one, one.made_at.astimezone()), content)
            for number, (one, content) in enumerate(ready, start=1)
        )
        leaving = Leaving(kind=FileKind.MAIL, title=_("E-mail messages"))
        count = self._egress.save_set(actor, folder, files, leaving)
        with self._site.transaction(actor, "mail.note") as unit:
            for one, _content in ready:
                queue.note(unit, one.id, MailState.WRITTEN, now)
        return count

    def give_up(self, actor: Actor, message_id: UUID) -> None:
        """Send a message no more."""
        why = _("Given up by {name}").format(name=actor.name)
        with self._site.transaction(actor, "mail.note") as unit:
            self._waits(unit, actor, message_id)
            queue.give_up(unit, message_id, self._site.clock.now(), why)

    def try_again(self, actor: Actor, message_id: UUID) -> None:
        """Let a message wait again that was given up."""
        with self._site.transaction(actor, "mail.note") as unit:
            self._waits(unit, actor, message_id)
            queue.note(unit, message_id, MailState.QUEUED, self._site.clock.now())

    def send_again(
        self, actor: Actor, message_id: UUID, reason: str, *, whole_stick: bool = False
    ) -> int:
        """Put a message that has left into the outbox once more, as it is now; return how many.

        `whole_stick`: all that were written with it. The old one stays, and says who sent it again and
        why. What is not so any more, or waits already, is passed over. Raises NotTheSender, ReasonNeeded,
        NotFound, and MailRefused where nothing is left to send.
        """
        actor.require(Capability.MANAGE_SITE)
        self._own_plan()
        reason = reason.strip()
        if not reason:
            raise ReasonNeeded
        with self._site.read() as session:
            chosen = again.left(session, message_id, whole_stick=whole_stick)
        letters = self._anew.letters(system_actor(), chosen)
        with self._site.transaction(actor, "mail.send-again", reason=reason) as unit:
            why = _("Sent again by {name}: {reason}").format(name=actor.name, reason=reason)
            return again.put_in(unit, chosen, letters, self._site.clock.now(), why)

    def try_all_again(self, actor: Actor) -> int:
        """Let every message wait again that the relay refused; return how many.

        Those that somebody gave up stay so.
        """
        actor.require(Capability.MANAGE_SITE)
        with self._site.transaction(actor, "mail.note") as unit:
            return queue.try_refused_again(unit, self._site.clock.now())

    def forget(self, people: Collection[UUID]) -> int:
        """Forget the messages to people who are erased; return how many (hook of people)."""
        with self._site.transaction(system_actor(), "mail.note") as unit:
            return queue.forget(unit, people)

    def _waits(self, unit: Unit, actor: Actor, message_id: UUID) -> None:
        """Raise NotFound for no message, MailRefused for one that has left."""
        actor.require(Capability.MANAGE_SITE)
        found = queue.by_id(unit, message_id)
        if found is None:
            raise NotFound(_("The message"))
        if found.state in {MailState.SENT, MailState.WRITTEN}:
            raise MailRefused(
                _("The message has left."), _("Send it again where it did not arrive.")
            )
        if found.state is MailState.OVERTAKEN:
            raise MailRefused(
                _("Nothing of the message is so any more."), _("What is due now has its own.")
            )

    def _compose_certificates(self, plan: MailPlan) -> int:
        actor, letters = system_actor(), []
        for certificate_id, to in self._unsent(actor, plan):
            try:
                summary = self._certificates.detail(actor, certificate_id).summary
                letters.append(self._anew.certificate_letter(actor, summary, to))
            except UserFacingError:
                continue  # its document cannot be made here now; the next round tries again
            if len(letters) == _CERTIFICATES_AT_ONCE:
                break
        if not letters:
            return 0
        with self._site.transaction(actor, "mail.compose") as unit:
            return queue.put_in(unit, letters, self._site.clock.now())

    def _unsent(self, actor: Actor, plan: MailPlan) -> Iterator[tuple[UUID, Recipient]]:
        """Yield what was issued since the site sends it and has no message, for whom it is, the oldest first."""
        if plan.certificates_from is None:
            return
        issued = self._certificates.issued_since(actor, plan.certificates_from)
        with self._site.read() as session:
            known = queue.keys(session, MailKind.CERTIFICATE)
        fresh = [one for one in issued if certificate_key(one[0]) not in known]
        people = self._reminders.recipients(person_id for _one, person_id in fresh)
        for certificate_id, person_id in fresh:
            to = people.get(person_id)
            if to is not None and to.email:
                yield certificate_id, to

    def _own_plan(self) -> MailPlan:
        plan = self.plans.plan()
        if not plan.sends_here:
            raise NotTheSender(elsewhere=plan.sends_elsewhere)
        return plan
