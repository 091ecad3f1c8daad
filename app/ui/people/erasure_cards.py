"""Cards of the erasures screen: what it would do, what is asked for, held back, and done."""

from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.base.figures import day, moment
from app.core.base.words import _, plural
from app.core.operations import BackupOfBefore
from app.core.people.erasing import (
    ErasedPerson,
    ErasurePlan,
    ErasureRequest,
    Hold,
    hindrance_in_words,
    open_entries_in_words,
    signed_texts_in_words,
)
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone

_BACKUPS_SHOWN = 5


class Acts(Protocol):
    """What the cards set off."""

    def ask_for(self, plan: ErasurePlan) -> None:
        """Ask that somebody be erased."""

    def hold(self, plan: ErasurePlan) -> None:
        """Hold somebody back."""

    def confirm(self, request: ErasureRequest) -> None:
        """Confirm what another asked for."""

    def withdraw(self, request: ErasureRequest) -> None:
        """Let a request be over."""

    def lift(self, hold: Hold) -> None:
        """Let a hold be over."""


class PlanCard(Card):
    """What erasing one person would do; nothing is done yet."""

    def __init__(self, acts: Acts) -> None:
        super().__init__(_("What erasing would do"))
        self._acts = acts
        self.ask_button: Button | None = None
        self.hold_button: Button | None = None
        self._lines = column(gap=12)
        self.body.addLayout(self._lines)
        self.hide()

    def show_plan(self, plan: ErasurePlan | None, backups: tuple[BackupOfBefore, ...]) -> None:
        """Show it; without a plan the card is not there."""
        clear(self._lines)
        self.ask_button = self.hold_button = None
        self.setVisible(plan is not None)
        if plan is None:
            return
        name = f"{plan.name} · {plan.number}"
        becomes = _("Becomes {pseudonym}, on every PC.").format(pseudonym=plan.pseudonym)
        self._lines.addWidget(FactRow(name, becomes, icon="user-x"))
        for hindrance in plan.hindrances:
            self._lines.addWidget(Banner(hindrance_in_words(hindrance), Tone.WARNING))
        goes = "\n".join(f"{_(one.title)}: {one.count}" for one in plan.goes)
        self._lines.addWidget(PlainLabel(_("This goes"), TextRole.STRONG))
        self._lines.addWidget(PlainLabel(goes, TextRole.BODY2, wrap=True))
        self._lines.addWidget(PlainLabel(_("This stays"), TextRole.STRONG))
        self._lines.addWidget(PlainLabel(_stays(plan), TextRole.BODY2, wrap=True))
        if plan.signed_texts:
            self._lines.addWidget(Banner(signed_texts_in_words(plan.signed_texts), Tone.WARNING))
        if plan.open_entries:
            self._lines.addWidget(Banner(open_entries_in_words(plan.open_entries), Tone.WARNING))
        _add_backups(self._lines, backups)
        self._lines.addLayout(self._buttons(plan))

    def _buttons(self, plan: ErasurePlan) -> QHBoxLayout:
        line = row(gap=8)
        self.hold_button = plain(_("Set a legal hold"), "gavel")
        self.hold_button.on_press(partial(self._acts.hold, plan))
        line.addWidget(self.hold_button)
        if plan.request is None:
            self.ask_button = Button(_("Ask for erasure"), Kind.DANGER, icon="user-x")
            self.ask_button.on_press(partial(self._acts.ask_for, plan))
            line.addWidget(self.ask_button)
        line.addStretch(1)
        return line


class RequestsCard(Card):
    """What is asked for and waits for a second person."""

    def __init__(self, acts: Acts) -> None:
        super().__init__(_("Asked for"))
        self._acts = acts
        self.confirm_buttons: list[Button] = []
        self.withdraw_buttons: list[Button] = []
        self._lines = column(gap=14)
        self.body.addLayout(self._lines)

    def show_requests(self, requests: tuple[ErasureRequest, ...]) -> None:
        """Show them."""
        clear(self._lines)
        self.confirm_buttons, self.withdraw_buttons = [], []
        for place, one in enumerate(requests):
            if place:
                self._lines.addWidget(Line())
            self._add(one)
        if not requests:
            self._lines.addWidget(PlainLabel(_("Nothing is asked for."), TextRole.MUTED))

    def _add(self, one: ErasureRequest) -> None:
        words = _("Asked for by {who}, {time} · {reason}").format(
            who=one.by_name, time=moment(one.at), reason=one.reason
        )
        line = row(gap=12)
        line.addWidget(FactRow(f"{one.name} · {one.number}", words, icon="user-x"), 1)
        withdraw = plain(_("Take back"), "undo-2").on_press(partial(self._acts.withdraw, one))
        withdraw.setAccessibleName(_("Withdraw the request about {name}").format(name=one.name))
        confirm = Button(_("Confirm"), Kind.DANGER).on_press(partial(self._acts.confirm, one))
        confirm.setAccessibleName(_("Confirm that {name} is erased").format(name=one.name))
        confirm.setEnabled(not one.hindrances)
        self.withdraw_buttons.append(withdraw)
        self.confirm_buttons.append(confirm)
        line.addWidget(withdraw)
        line.addWidget(confirm)
        self._lines.addLayout(line)
        for hindrance in one.hindrances:
            self._lines.addWidget(Banner(hindrance_in_words(hindrance), Tone.WARNING))


class HoldsCard(Card):
    """Who is held back, and why."""

    def __init__(self, acts: Acts) -> None:
        super().__init__(_("Legal holds"))
        self._acts = acts
        self.lift_buttons: list[Button] = []
        self._lines = column(gap=14)
        self.body.addLayout(self._lines)
        self.hide()

    def show_holds(self, holds: tuple[Hold, ...]) -> None:
        """Show them; with none the card is not there."""
        clear(self._lines)
        self.lift_buttons = []
        self.setVisible(bool(holds))
        for one in holds:
            words = _("Set by {who}, {time} · {reason}").format(
                who=one.by_name, time=moment(one.at), reason=one.reason
            )
            line = row(gap=12)
            line.addWidget(FactRow(f"{one.name} · {one.number}", words, icon="gavel"), 1)
            lift = plain(_("Lift"), "lock-open").on_press(partial(self._acts.lift, one))
            lift.setAccessibleName(_("Lift the hold on {name}").format(name=one.name))
            self.lift_buttons.append(lift)
            line.addWidget(lift)
            self._lines.addLayout(line)


class ErasedCard(Card):
    """Who is erased, and which backups hold them still."""

    def __init__(self) -> None:
        super().__init__(_("Erased"))
        self._lines = column(gap=14)
        self.body.addLayout(self._lines)
        self.hide()

    def show_erased(
        self, erased: tuple[ErasedPerson, ...], backups: tuple[BackupOfBefore, ...]
    ) -> None:
        """Show them; with none the card is not there."""
        clear(self._lines)
        self.setVisible(bool(erased))
        _add_backups(self._lines, backups if erased else ())
        for one in erased:
            words = _("{time} · asked for by {one}, confirmed by {other} · {reason}").format(
                time=moment(one.at),
                one=one.asked_by or "–",
                other=one.confirmed_by,
                reason=one.reason or "–",
            )
            self._lines.addWidget(FactRow(one.name, words, icon="user-x"))


def _stays(plan: ErasurePlan) -> str:
    records = plural(
        "{count} record of learning and work, under the pseudonym",
        "{count} records of learning and work, under the pseudonym",
        plan.stays,
    )
    return _(
        "{records}. Certificates are still checked by their code: “issued to an erased person”. The "
        "journal stays provable."
    ).format(records=records)


def _add_backups(lines: QVBoxLayout, backups: tuple[BackupOfBefore, ...]) -> None:
    if not backups:
        return
    days = [day(one.made_at.astimezone().date()) for one in backups[:_BACKUPS_SHOWN]]
    more = len(backups) - len(days)
    listed = ", ".join(days) + (f" (+{more})" if more > 0 else "")
    words = plural(
        "{count} backup holds it still, until it is let go for a newer one.",
        "{count} backups hold it still, until they are let go for newer ones.",
        len(backups),
    )
    of_days = _("Made on {days}.").format(days=listed)
    lines.addWidget(Banner(f"{words} {of_days}", Tone.INFO))
