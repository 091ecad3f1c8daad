"""The outbox: messages written once, kept for as long as it takes, sent by a relay or written to a stick."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import local_day
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.certificates import Certificates, CertificateState, CertificateSummary
from app.core.content import AssetStore
from app.core.egress import Document, Egress, FileKind, Leaving
from app.core.journal import Site
from app.core.keys import KeyFolder
from app.core.links.mail import queue
from app.core.links.mail.errors import MailRefused, NoRelay, NotTheSender, RelayTrouble
from app.core.links.mail.kinds import MailKind, MailState
from app.core.links.mail.letters import certificate_letter, reminder_letters
from app.core.links.mail.plans import Plans
from app.core.links.mail.relay import PATIENCE_SECONDS, Outcome, Relay, reached
from app.core.links.mail.types import Counts, Letter, MailPlan, Message, Sent
from app.core.links.mail.writing import check_address, file_name, written
from app.core.training import Recipient, Reminders

_BATCH = 50
"""Messages of one connection: a relay that ends it puts off so many at most."""
_CERTIFICATES_AT_ONCE = 500


@dataclass(slots=True)
class _Tally:
    sent: int = 0
    put_off: int = 0
    given_up: int = 0


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
        self._assets = assets
        self._reminders = reminders
        self._certificates = certificates
        self._name = site_name
        self._egress = Egress(site)
        self.plans = Plans(site, keys)
        self.patience = PATIENCE_SECONDS
        """Seconds that a relay may take to answer."""

    def page(self, actor: Actor, request: PageRequest) -> Page[Message]:
        """Return one stretch of the outbox (queue.page has its filters and sorts)."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            return queue.page(session, request)

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
        with self._site.transaction(actor, "mail.compose") as unit:
            told = self._reminders.take_new(unit)
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
            letters.append(self._certificate(actor, summary, to))
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
        return self._send(actor, plan, progress or NoProgress(), at_once=at_once)

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
        ready = self._ready(found, plan)
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
        self._say(
            actor, message_id, MailState.GIVEN_UP, _("Given up by {name}").format(name=actor.name)
        )

    def try_again(self, actor: Actor, message_id: UUID) -> None:
        """Let a message wait again that was given up."""
        self._say(actor, message_id, MailState.QUEUED, "")

    def forget(self, people: Collection[UUID]) -> int:
        """Forget the messages to people who are erased; return how many (hook of people)."""
        with self._site.transaction(system_actor(), "mail.note") as unit:
            return queue.forget(unit, people)

    def _say(self, actor: Actor, message_id: UUID, state: MailState, why: str) -> None:
        actor.require(Capability.MANAGE_SITE)
        with self._site.transaction(actor, "mail.note") as unit:
            found = queue.by_id(unit, message_id)
            if found is None:
                raise NotFound(_("The message"))
            if found.state in {MailState.SENT, MailState.WRITTEN}:
                raise MailRefused(_("The message has left."), _("Nothing brings it back."))
            queue.note(unit, message_id, state, self._site.clock.now(), why)

    def _send(self, actor: Actor, plan: MailPlan, progress: Progress, *, at_once: bool) -> Sent:
        tally, trouble = _Tally(), ""
        began = self._site.clock.now()
        total = self.counts(actor).waiting
        gone: list[Message] = []
        while not trouble:
            with self._site.transaction(actor, "mail.claim") as unit:
                batch = queue.claim(unit, began, _BATCH, at_once=at_once)
            if not batch:
                break
            trouble = self._send_batch(actor, plan, batch, tally, gone)
            progress.step(tally.sent + tally.put_off + tally.given_up, total)
            at_once = at_once and tally.put_off == 0  # those would come again and again
        self._note_left(actor, plan, gone)
        waiting = self.counts(actor).waiting
        return Sent(
            sent=tally.sent,
            put_off=tally.put_off,
            given_up=tally.given_up,
            waiting=waiting,
            trouble=trouble,
        )

    def _send_batch(
        self,
        actor: Actor,
        plan: MailPlan,
        batch: list[Message],
        tally: _Tally,
        gone: list[Message],
    ) -> str:
        """Send some messages over one connection; return why it ended early, or ""."""
        left = list(batch)
        try:
            with reached(plan, self.plans.login(plan), self.patience) as relay:
                while left:
                    self._hand_over(actor, plan, relay, left[0], tally, gone)
                    del left[0]
        except RelayTrouble as error:
            with self._site.transaction(actor, "mail.note") as unit:
                for one in left:
                    queue.put_back(unit, one.id, self._site.clock.now(), error.happened)
            tally.put_off += len(left)
            return error.sentence
        return ""

    def _hand_over(
        self,
        actor: Actor,
        plan: MailPlan,
        relay: Relay,
        message: Message,
        tally: _Tally,
        gone: list[Message],
    ) -> None:
        try:
            content = self._content(message, plan)
        except UserFacingError as error:
            state, why = MailState.GIVEN_UP, error.happened
        else:
            said = relay.hand_over(check_address(message.address), content)
            state, why = _STATES[said.outcome], said.why
        with self._site.transaction(actor, "mail.note") as unit:
            queue.note(unit, message.id, state, self._site.clock.now(), why)
        if state is MailState.SENT:
            gone.append(message)
        tally.sent += state is MailState.SENT
        tally.put_off += state is MailState.FAILED
        tally.given_up += state is MailState.GIVEN_UP

    def _note_left(self, actor: Actor, plan: MailPlan, gone: Iterable[Message]) -> None:
        """Write into the register what left: each certificate, and the reminders together."""
        reminders = []
        for one in gone:
            if one.kind is not MailKind.CERTIFICATE:
                reminders.append(one)
                continue
            leaving = Leaving(
                kind=FileKind.CERTIFICATE, title=one.attachment_name.removesuffix(".pdf"),
                records=1, about=one.person_id,
            )  # fmt: skip
            document = Document(content=self._assets.read(one.attachment), leaving=leaving)
            self._egress.note_mailed(actor, document, one.address)
        if reminders:
            listed = "\n".join(str(one.id) for one in reminders).encode()
            leaving = Leaving(
                kind=FileKind.MAIL, title=_("E-mail messages"), records=len(reminders)
            )
            self._egress.note_mailed(actor, Document(content=listed, leaving=leaving), plan.host)

    def _ready(self, found: Iterable[Message], plan: MailPlan) -> list[tuple[Message, bytes]]:
        """Return messages as files; one that cannot be written is given up, and says why."""
        ready: list[tuple[Message, bytes]] = []
        for one in found:
            try:
                ready.append((one, self._content(one, plan)))
            except UserFacingError as error:
                with self._site.transaction(system_actor(), "mail.note") as unit:
                    now = self._site.clock.now()
                    queue.note(unit, one.id, MailState.GIVEN_UP, now, error.happened)
        return ready

    def _content(self, message: Message, plan: MailPlan) -> bytes:
        attachment = self._assets.read(message.attachment) if message.attachment else None
        return written(message, plan.sender, self._name, attachment)

    def _compose_certificates(self, plan: MailPlan) -> int:
        actor, letters = system_actor(), []
        for summary in self._issued(actor, plan):
            with self._site.read() as session:
                is_there = queue.has_key(session, f"certificate:{summary.id}")
            to = self._reminders.recipient(summary.person_id)
            if is_there or not to.email or summary.state is CertificateState.REVOKED:
                continue
            try:
                letters.append(self._certificate(actor, summary, to))
            except UserFacingError:
                continue  # its document cannot be made here now; the next round tries again
        with self._site.transaction(actor, "mail.compose") as unit:
            return queue.put_in(unit, letters, self._site.clock.now())

    def _issued(self, actor: Actor, plan: MailPlan) -> Iterator[CertificateSummary]:
        """Yield the certificates that were issued since the site sends them, the newest first."""
        request = PageRequest(sort="issued_at", descending=True, limit=_CERTIFICATES_AT_ONCE)
        for one in self._certificates.register(actor, request).rows:
            if plan.certificates_from is None or one.issued_at < plan.certificates_from:
                return
            yield one

    def _certificate(self, actor: Actor, summary: CertificateSummary, to: Recipient) -> Letter:
        """Return the letter of a certificate, whose document is made where it was not yet."""
        self._certificates.document(actor, summary.id)
        frozen = self._certificates.detail(actor, summary.id).document
        sha256 = "" if frozen is None else frozen.sha256
        return certificate_letter(summary, to, sha256, self._name)

    def _own_plan(self) -> MailPlan:
        plan = self.plans.plan()
        if not plan.sends_here:
            raise NotTheSender(elsewhere=plan.sends_elsewhere)
        return plan


_STATES = {
    Outcome.TAKEN: MailState.SENT,
    Outcome.PUT_OFF: MailState.FAILED,
    Outcome.REFUSED: MailState.GIVEN_UP,
}
