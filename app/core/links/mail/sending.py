"""Handing the outbox to a relay: claimed in batches, noted one by one, put back where the relay is gone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.core.base.actor import Actor, system_actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.egress import Document, Egress, FileKind, Leaving
from app.core.journal import Site
from app.core.links.mail import queue
from app.core.links.mail.anew import Anew
from app.core.links.mail.anew import Said as SaidBefore
from app.core.links.mail.errors import RelayTrouble
from app.core.links.mail.kinds import MailKind, MailState
from app.core.links.mail.plans import Plans
from app.core.links.mail.relay import PATIENCE_SECONDS, Outcome, Relay, Said, reached
from app.core.links.mail.types import MailPlan, Message, Sent
from app.core.links.mail.writing import check_address, written

_BATCH = 50
"""Messages of one connection: a relay that ends it puts off so many at most."""
_STATES = {
    Outcome.TAKEN: MailState.SENT,
    Outcome.PUT_OFF: MailState.FAILED,
    Outcome.REFUSED: MailState.GIVEN_UP,
}


@dataclass(slots=True)
class _Run:
    """One run: who sends by what plan, and what came of it so far."""

    actor: Actor
    plan: MailPlan
    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    refusal: str = ""
    """What the relay said last to a message that it did not take."""
    reminders: list[Message] = field(default_factory=list)
    """Taken of this batch."""
    said: SaidBefore = field(default_factory=dict)
    """Of what whom was told in this run."""

    def count(self, state: MailState) -> None:
        self.sent += state is MailState.SENT
        self.put_off += state is MailState.FAILED
        self.given_up += state is MailState.GIVEN_UP

    @property
    def done(self) -> int:
        return self.sent + self.put_off + self.given_up


class Sending:
    """What the outbox sends with. Whoever calls it has checked that this PC may."""

    def __init__(
        self, site: Site, assets: AssetStore, plans: Plans, anew: Anew, site_name: str
    ) -> None:
        self._site = site
        self._assets = assets
        self._plans = plans
        self._anew = anew
        self._name = site_name
        self._egress = Egress(site)
        self.patience = PATIENCE_SECONDS
        """Seconds that a relay may take to answer."""

    def run(self, actor: Actor, plan: MailPlan, progress: Progress, *, at_once: bool) -> Sent:
        """Send what is due; return what came of it. `at_once` waits for nothing that was put off."""
        run, trouble = _Run(actor, plan), ""
        began, total = self._site.clock.now(), self._waiting()
        while not trouble:
            with self._site.transaction(actor, "mail.claim") as unit:
                batch = queue.claim(unit, began, _BATCH, at_once=at_once)
            if not batch:
                break
            trouble = self._send_batch(run, self._anew.looked_at(actor, batch, run.said))
            self._note_reminders(run)
            progress.step(run.done, total)
            at_once = at_once and run.put_off == 0  # those would come again and again
        return Sent(
            sent=run.sent,
            put_off=run.put_off,
            given_up=run.given_up,
            waiting=self._waiting(),
            trouble=trouble,
            refusal=run.refusal,
        )

    def files(
        self, actor: Actor, found: Iterable[Message], plan: MailPlan
    ) -> list[tuple[Message, bytes]]:
        """Return messages as files; one that cannot be written is given up, and says why."""
        ready: list[tuple[Message, bytes]] = []
        for one in self._anew.looked_at(actor, found, {}):
            try:
                ready.append((one, self._content(one, plan)))
            except UserFacingError as error:
                with self._site.transaction(system_actor(), "mail.note") as unit:
                    now = self._site.clock.now()
                    queue.note(unit, one.id, MailState.GIVEN_UP, now, error.happened)
        return ready

    def _send_batch(self, run: _Run, batch: list[Message]) -> str:
        """Send some messages over one connection; return why it ended early, or ""."""
        left = list(batch)
        if not left:
            return ""  # all were overtaken
        try:
            with reached(run.plan, self._plans.login(run.plan), self.patience) as relay:
                while left:
                    self._hand_over(run, relay, left[0])
                    del left[0]
        except RelayTrouble as error:
            with self._site.transaction(run.actor, "mail.note") as unit:
                for one in left:
                    queue.put_back(unit, one.id, self._site.clock.now(), error.happened)
            run.put_off += len(left)
            return error.sentence
        return ""

    def _hand_over(self, run: _Run, relay: Relay, message: Message) -> None:
        said = self._said_to(run, relay, message)
        state = _STATES[said.outcome]
        with self._site.transaction(run.actor, "mail.note") as unit:
            queue.note(unit, message.id, state, self._site.clock.now(), said.why)
        run.count(state)
        run.refusal = said.why or run.refusal
        if state is not MailState.SENT:
            return
        if message.kind is MailKind.CERTIFICATE:
            self._note_certificate(run, message)
        else:
            run.reminders.append(message)

    def _said_to(self, run: _Run, relay: Relay, message: Message) -> Said:
        """Return what the relay says; of a message that cannot be written why it cannot."""
        try:
            content, address = self._content(message, run.plan), check_address(message.address)
        except UserFacingError as error:
            return Said(Outcome.REFUSED, error.happened)
        return relay.hand_over(address, content)

    def _note_certificate(self, run: _Run, message: Message) -> None:
        title = message.attachment_name.removesuffix(".pdf")
        leaving = Leaving(
            kind=FileKind.CERTIFICATE, title=title, records=1, about=message.person_id
        )
        document = Document(content=self._assets.read(message.attachment), leaving=leaving)
        self._egress.note_mailed(run.actor, document, message.address)

    def _note_reminders(self, run: _Run) -> None:
        """Write one line into the register for the reminders of a batch."""
        if not run.reminders:
            return
        listed = "\n".join(str(one.id) for one in run.reminders).encode()
        leaving = Leaving(
            kind=FileKind.MAIL, title=_("E-mail messages"), records=len(run.reminders)
        )
        document = Document(content=listed, leaving=leaving)
        self._egress.note_mailed(run.actor, document, run.plan.host)
        run.reminders.clear()

    def _content(self, message: Message, plan: MailPlan) -> bytes:
        attachment = self._assets.read(message.attachment) if message.attachment else None
        return written(message, plan.sender, self._name, attachment)

    def _waiting(self) -> int:
        with self._site.read() as session:
            return queue.counts(session).waiting
