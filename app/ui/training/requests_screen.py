"""Asking for training: everybody for themselves; who supervises them, or assigns training, answers."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.training.requests import TrainingRequest
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Button, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import Tone

Requests = tuple[TrainingRequest, ...]


class RequestsScreen(Screen[Services]):
    """One's own requests, and for coordinators those of their people."""

    topics = frozenset({"training_request", "training_reply"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Training asked for"),
            subtitle=_("Every request stays on record, with its reply."),
        )
        actor = desk.actor
        self._learns = actor.may(Capability.LEARN) and actor.person_id is not None
        self._replies = actor.may(Capability.ASSIGN)
        self.mine, self.others = column(gap=12), column(gap=12)
        if self._learns:
            ask = primary(_("Ask for training"), "plus").on_press(self.ask)
            self.header.add_action(ask)
            self._add_card(_("What I asked for"), self.mine)
        self._card_of_others = self._add_card(_("What people asked for"), self.others)
        self._card_of_others.setVisible(self._replies)
        self.body.addStretch(1)

    def _add_card(self, title: str, lines: QVBoxLayout) -> Card:
        card = Card(title)
        card.body.addLayout(lines)
        self.body.addWidget(card)
        return card

    @override
    def refresh(self) -> None:
        requests, actor = self.desk.services.training.requests, self.desk.actor

        def work(_progress: Progress) -> tuple[Requests, Requests]:
            mine = requests.mine(actor) if self._learns else ()
            answers = self._replies or actor.person_id is not None
            return mine, requests.all(actor) if answers else ()

        self.load(work, self._show)

    def ask(self) -> None:
        """Ask what somebody wants to be trained in."""
        desk, form = self.desk, Form()
        words = TextAreaField(_("What you want to be trained in, and why"), rows=4, required=True)
        form.add(words)

        def wish() -> Wish[object]:
            said = words.value()
            return Wish(
                lambda: desk.services.training.requests.ask(desk.actor, said),
                _("Your request is on record."),
            )

        open_form(
            self, _("Ask for training"), form, wish, done=lambda _id: self.refresh(), save=_("Ask")
        )

    def reply(self, request: TrainingRequest) -> None:
        """Ask for the day, or why there is none."""
        desk, form = self.desk, Form()
        on = DateField(_("It takes place on"), local_day(desk.clock), hint=_("Empty: refused."))
        words = TextAreaField(_("What you say to them"), rows=3)
        for field in (on, words):
            form.add(field)

        def wish() -> Wish[None]:
            planned, said = on.value(), words.value()
            return Wish(
                lambda: desk.services.training.requests.reply(
                    desk.actor, request.id, planned, said
                ),
                _("The reply is on record."),
            )

        open_form(
            self,
            _("Reply to {name}").format(name=request.name),
            form,
            wish,
            done=lambda _none: self.refresh(),
            save=_("Reply"),
            subtitle=_asked(request),
        )

    def approve(self, request: TrainingRequest) -> None:
        """Let somebody have what they asked for: it is assigned as chosen by themselves."""
        desk, form = self.desk, Form()
        on = DateField(_("It takes place on"), None, hint=_("Empty: they learn it when they like."))
        words = TextAreaField(_("What you say to them"), rows=3)
        for field in (on, words):
            form.add(field)

        def wish() -> Wish[object]:
            planned, said = on.value(), words.value()
            return Wish(
                lambda: desk.services.training.requests.approve(
                    desk.actor, request.id, planned_on=planned, words=said
                ),
                _("It is approved and assigned."),
            )

        open_form(
            self,
            _("Approve for {name}").format(name=request.name),
            form,
            wish,
            done=lambda _id: self.refresh(),
            save=_("Approve"),
            subtitle=_asked(request),
        )

    def _approve_button(self, one: TrainingRequest) -> Button:
        button = plain(_("Approve"), "check").on_press(partial(self.approve, one))
        button.setAccessibleName(_("Approve for {name}").format(name=one.name))
        button.setVisible(one.reply is None or not one.reply.is_granted)
        return button

    def _show(self, found: tuple[Requests, Requests]) -> None:
        mine, others = found
        clear(self.mine)
        clear(self.others)
        for one in mine:
            self.mine.addWidget(_row(_asked(one), one))
        for one in others:
            row = _row(f"{one.name} ({one.number}): {_asked(one)}", one)
            if one.requirement_id is not None and one.person_id != self.desk.actor.person_id:
                row.add_button(self._approve_button(one))
            words = _("Reply") if one.reply is None else _("Reply again")
            button = plain(words, "message-square").on_press(partial(self.reply, one))
            button.setAccessibleName(_("Reply to {name}").format(name=one.name))
            row.add_button(button)
            self.others.addWidget(row)
        self._card_of_others.setVisible(self._replies or bool(others))
        for lines, is_shown, sentence in (
            (self.mine, self._learns, _("You have asked for no training yet.")),
            (self.others, self._replies, _("Nobody has asked for training yet.")),
        ):
            if is_shown and not lines.count():
                lines.addWidget(EmptyState(sentence, icon="message-square"))


def _row(title: str, one: TrainingRequest) -> FactRow:
    asked = _("Asked on {day}").format(day=day(one.at.astimezone().date()))
    reply = one.reply
    if reply is None:
        row = FactRow(title, asked, icon="message-square")
        row.add_button(StatusChip(_("Waits for a reply"), Tone.WARNING))
        return row
    replied = _("{name} replied on {day}").format(
        name=reply.by, day=day(reply.at.astimezone().date())
    )
    row = FactRow(
        title, " · ".join(filter(None, (asked, replied, reply.words))), icon="message-square"
    )
    if reply.planned_on is not None:
        row.add_button(StatusChip(_("On {day}").format(day=day(reply.planned_on)), Tone.SUCCESS))
    elif reply.is_granted:
        row.add_button(StatusChip(_("Approved"), Tone.SUCCESS))
    else:
        row.add_button(StatusChip(_("Refused"), Tone.NEUTRAL))
    return row


def _asked(one: TrainingRequest) -> str:
    return " – ".join(filter(None, (one.title, one.words)))


SPEC = ScreenSpec(
    key="training_requests",
    title=mark("Training asked for"),
    icon="message-square",
    section=mark("Training"),
    factory=RequestsScreen,
    beneath="assignments",
)
