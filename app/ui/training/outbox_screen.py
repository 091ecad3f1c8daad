"""The outbox: what waits, what left, what was given up and why; sending, and writing to a stick."""

from functools import partial
from pathlib import Path

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import moment
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _, mark, plural
from app.core.links import MailKind, MailPlan, MailState, Message, Sent
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.files import choose_folder
from app.ui.kit.jobs import Lane
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.training.mail_form import MailForm

_STATES = {
    MailState.QUEUED: (mark("Waiting"), Tone.INFO),
    MailState.SENDING: (mark("Being sent"), Tone.INFO),
    MailState.FAILED: (mark("Tried again"), Tone.WARNING),
    MailState.SENT: (mark("Sent"), Tone.SUCCESS),
    MailState.WRITTEN: (mark("Written to a stick"), Tone.SUCCESS),
    MailState.GIVEN_UP: (mark("Given up"), Tone.DANGER),
    MailState.OVERTAKEN: (mark("Overtaken"), Tone.NEUTRAL),
}
_KINDS = {
    MailKind.REMINDER: mark("Reminder"),
    MailKind.CERTIFICATE: mark("Certificate"),
}
_LEFT = frozenset({MailState.SENT, MailState.WRITTEN})


class OutboxScreen(ListScreen[Services, Message]):
    """One list of messages, the newest first."""

    topics = frozenset({"outbox_message", "mail_plan", "reminder"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Outbox"),
            subtitle=_("Messages of this PC. They wait until a relay takes them or a stick does."),
        )
        self._outbox = desk.services.outbox
        self.header.add_action(plain(_("Settings"), "settings").on_press(self.begin_settings))
        self.header.add_action(plain(_("Write reminders"), "pen-line").on_press(self.compose))
        self.header.add_action(
            plain(_("Write to a stick"), "file-down").on_press(self.begin_writing)
        )
        self.header.add_action(primary(_("Send now"), "send").on_press(self.send))
        self.banner = Banner("", Tone.INFO)
        self.body.addWidget(self.banner)
        table = DataTable(
            _("Outbox"),
            _columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=desk.jobs,
            search=_("Search by name, address or subject"),
            sort=Sort("made_at", descending=True),
            menu=self._actions,
            empty=EmptyState(_("No message waits, and none has left yet."), icon="mail"),
        )
        for state, (words, _tone) in _STATES.items():
            table.filters.add("state", state.value, _(words))
        self.put_list(table, key="outbox")

    @override
    def refresh(self) -> None:
        """Load the list, and how the site sends."""
        self.table.refresh()
        self.load(lambda _progress: self._outbox.plans.plan(), self._show_plan, what="plan")

    def begin_settings(self) -> None:
        """Ask how the site sends."""
        self.load(lambda _progress: self._outbox.plans.plan(), self._ask_plan, what="ask")

    def compose(self) -> None:
        """Write the reminders of today."""
        outbox, actor = self._outbox, self.desk.actor
        self.act(lambda _progress: outbox.compose(actor), self._composed)

    def send(self) -> None:
        """Hand everything to the relay now."""
        outbox, actor = self._outbox, self.desk.actor
        self.act(
            lambda progress: outbox.send(actor, progress, at_once=True),
            self._sent,
            title=_("Sending messages"),
            lane=Lane.WORK,
        )

    def try_all_again(self) -> None:
        """Let everything wait again that the relay refused."""
        outbox, actor = self._outbox, self.desk.actor

        def done(count: int) -> None:
            self.table.refresh()
            self.desk.toast(plural("{count} waits again.", "{count} wait again.", count))

        self.act(lambda _progress: outbox.try_all_again(actor), done)

    def begin_writing(self) -> None:
        """Ask for a stick, and write everything that waits into a new folder on it."""
        choose_folder(self, _("Write to a stick"), self.write_to)

    def write_to(self, stick: Path) -> None:
        """Write everything that waits into a new folder on a stick."""
        outbox, actor = self._outbox, self.desk.actor
        name = self.desk.clock.now().astimezone().strftime("mail-%Y-%m-%d-%H%M%S")
        self.act(
            lambda _progress: outbox.write(actor, stick / name),
            lambda count: self.desk.toast(
                plural("{count} message was written.", "{count} messages were written.", count)
            ),
            title=_("Writing messages"),
            lane=Lane.WORK,
        )

    def _composed(self, count: int) -> None:
        self.desk.toast(
            plural("{count} message was written.", "{count} messages were written.", count)
        )

    def _sent(self, done: Sent) -> None:
        self.table.refresh()
        if done.trouble:
            self.desk.toast(done.trouble, Tone.WARNING)
            return
        told = [plural("{count} message was sent.", "{count} messages were sent.", done.sent)]
        refused = done.put_off + done.given_up
        if refused:
            told.append(
                plural("{count} was not taken:", "{count} were not taken:", refused)
                + f" {done.refusal}"
            )
        self.desk.toast(" ".join(told), Tone.WARNING if refused else Tone.SUCCESS)

    def _show_plan(self, plan: MailPlan) -> None:
        if plan.sends_elsewhere:
            words, tone = _("Another PC of this site sends its messages."), Tone.WARNING
        elif not plan.sends_here:
            words, tone = _("No PC of this site sends messages yet. See Settings."), Tone.WARNING
        elif not plan.host:
            words, tone = _("No relay is named: messages leave on a stick."), Tone.INFO
        else:
            words = _("This PC sends by {host}, port {port}.").format(
                host=plan.host, port=plan.port
            )
            tone = Tone.INFO
        self.banner.set_tone(tone)
        self.banner.set_text(words)

    def _ask_plan(self, plan: MailPlan) -> None:
        form, plans, actor = MailForm(plan), self._outbox.plans, self.desk.actor

        def wish() -> Wish[None]:
            wanted, password = form.plan(), form.new_password()
            act = partial(plans.keep, actor, wanted, password, form.reason.value())
            return Wish(act, _("Saved."))

        open_form(self, _("How this site sends mail"), form, wish)

    def _fetch(self, request: PageRequest) -> Page[Message]:
        return self._outbox.page(self.desk.actor, request)

    def _actions(self, one: Message) -> list[RowAction]:
        outbox, actor = self._outbox, self.desk.actor
        if one.state in _LEFT:
            return self._once_more(one)
        if one.state is MailState.OVERTAKEN:
            return []
        if one.state is MailState.GIVEN_UP:
            again = partial(outbox.try_again, actor, one.id)
            return [
                RowAction(_("Try again"), partial(self._do, again), "rotate-ccw"),
                RowAction(_("Try all again"), self.try_all_again, "rotate-ccw"),
            ]
        give_up = partial(outbox.give_up, actor, one.id)
        return [RowAction(_("Give up"), partial(self._do, give_up), "ban")]

    def _once_more(self, one: Message) -> list[RowAction]:
        asks = partial(self.ask_again, one)
        actions = [RowAction(_("Send again"), asks, "rotate-ccw")]
        if one.state is MailState.WRITTEN:
            whole = partial(self.ask_again, one, whole_stick=True)
            actions.append(RowAction(_("Send all of its stick again"), whole, "rotate-ccw"))
        return actions

    def ask_again(self, one: Message, *, whole_stick: bool = False) -> None:
        """Ask why a message that has left, or all that left with it, is sent once more."""
        title = (
            _("Send all again that was written to this stick?")
            if whole_stick
            else _("Send the message to {name} again?").format(name=one.name)
        )
        question = Question(
            title=title,
            text=_(
                "It is written as things are now, to the address that stands under People. What left stays listed, with the reason."
            ),
            yes=_("Send again"),
            ask_reason=True,
        )
        outbox, actor = self._outbox, self.desk.actor

        def done(count: int) -> None:
            self.table.refresh()
            self.desk.toast(plural("{count} waits again.", "{count} wait again.", count))

        self.desk.confirm(
            question,
            lambda reason: self.act(
                lambda _progress: outbox.send_again(actor, one.id, reason, whole_stick=whole_stick),
                done,
            ),
        )

    def _do(self, act: "partial[None]") -> None:
        self.act(lambda _progress: act(), lambda _nothing: self.table.refresh())


def _columns() -> list[Column[Message]]:
    return [
        text_column(
            "name", _("For whom"), lambda one: one.name, under=lambda one: one.address, width=220
        ),
        text_column(
            "subject", _("Subject"), lambda one: one.subject, stretch=2,
            under=lambda one: _(_KINDS[one.kind]),
        ),
        text_column(
            "made_at", _("Written"), lambda one: moment(one.made_at.astimezone()), width=150,
            fold_below=1000,
        ),
        chip_column(
            "state", _("State"), lambda one: (_(_STATES[one.state][0]), _STATES[one.state][1]),
            width=170,
        ),
        text_column("why", _("Why"), lambda one: one.why, width=220, sortable=False, fold_below=900),
    ]  # fmt: skip


SPEC = ScreenSpec(
    key="outbox",
    title=mark("Outbox"),
    icon="mail",
    needs=Capability.MANAGE_SITE,
    factory=OutboxScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="reminders",
)
