"""Committees: who sits on them, whether the presiding officer is trained, and the notice to hang up."""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import day, last_day, moment
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.egress import Document
from app.core.training.committees import (
    SEAT_ROLES,
    Committee,
    NewSeat,
    Seat,
    SeatRole,
    Strength,
    Trouble,
    strength_in_words,
)
from app.core.training.requirements import RequirementSummary
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import IconButton, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.held_note import held_banner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.printing import ask_printer
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.committee_forms import CommitteeForm, TermsForm

_TROUBLES = {
    Trouble.PRESIDING: mark("It has no presiding officer today."),
    Trouble.UNTRAINED: mark("Its presiding officer lacks: {lacks}"),
    Trouble.NOTICE: mark(
        "The notice that hangs out is not of who sits on it today. Print another."
    ),
}


class CommitteesScreen(Screen[Services]):
    """For coordinators of the whole site."""

    topics = frozenset(
        {
            "committee",
            "committee_seat",
            "committee_notice",
            "row_held",
            "person",
            "requirement_credit",
            "course_completion",
            "completion_withdrawal",
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Committees"),
            subtitle=_("Who sits on them, from when to when, and the notice of them."),
        )
        self.add_button = primary(_("Add a committee"), "plus").on_press(self.ask_committee)
        self.header.add_action(self.add_button)
        self.cards = column(gap=16)
        self.body.addLayout(self.cards)
        self.body.addStretch(1)

    @override
    def focus_first(self) -> None:
        self.add_button.setFocus()

    @override
    def refresh(self) -> None:
        services, actor = self.desk.services, self.desk.actor

        def work(_progress: Progress) -> tuple[tuple[Committee, ...], frozenset[UUID]]:
            found = services.training.committees.all(actor)
            return found, services.journal.held_rows([one.id for one in found])

        self.load(work, lambda shown: self._show(*shown))

    def ask_committee(self) -> None:
        """Ask for a committee, and what its presiding officer has to hold."""
        catalogue, actor = self.desk.services.training.catalogue, self.desk.actor
        self.load(
            lambda _progress: tuple(catalogue.all(actor, "")), self._ask_committee, what="asks"
        )

    def _ask_committee(self, requirements: tuple[RequirementSummary, ...]) -> None:
        desk, form = self.desk, CommitteeForm(requirements)

        def wish() -> Wish[object]:
            called, asks, terms = form.title.value(), form.asks(), form.terms()
            return Wish(
                lambda: desk.services.training.committees.add(desk.actor, called, asks, terms),
                _("{title} is there.").format(title=called),
            )

        open_form(self, _("Add a committee"), form, wish, done=lambda _id: self.refresh())

    def ask_terms(self, committee: Committee) -> None:
        """Ask what it is for and how many members it has to have."""
        desk, form = self.desk, TermsForm(committee.terms)

        def wish() -> Wish[None]:
            terms = form.terms()
            return Wish(
                lambda: desk.services.training.committees.set_terms(
                    desk.actor, committee.id, terms
                ),
                _("Kept."),
            )

        title = _("Numbers of {title}").format(title=committee.title)
        open_form(self, title, form, wish, done=lambda _none: self.refresh())

    def ask_seat(self, committee: Committee) -> None:
        """Ask who is to sit on it."""
        desk, form = self.desk, Form()
        number = TextField(_("Number of the person"), hint=_("Empty for somebody from outside."))
        name = TextField(_("Name, from outside"))
        role: ComboField[SeatRole] = ComboField(
            _("What they are"), [(one, _(words)) for one, words in SEAT_ROLES.items()]
        )
        contact = TextField(_("How they are reached"), hint=_("Stands on the notice."))
        begins = DateField(_("From"), local_day(desk.clock), required=True)
        for field in (number, name, role, contact, begins):
            form.add(field)

        def wish() -> Wish[None]:
            new = NewSeat(
                role=role.value() or SeatRole.MEMBER,
                from_on=begins.value() or local_day(desk.clock),
                number=number.value(),
                name=name.value(),
                contact=contact.value(),
            )
            return Wish(
                lambda: desk.services.training.committees.seat(desk.actor, committee.id, new),
                _("Kept. Print the notice anew."),
            )

        title = _("Add a member of {title}").format(title=committee.title)
        open_form(self, title, form, wish, done=lambda _none: self.refresh())

    def print_notice(self, committee: Committee) -> None:
        """Make the notice, keep that it was, and hand it to a printer."""
        committees, actor = self.desk.services.training.committees, self.desk.actor
        self.act(
            lambda _progress: committees.notice(actor, committee.id),
            self._print,
        )

    def _print(self, document: Document) -> None:
        ask_printer(self, document)
        self.refresh()

    def _show(self, found: tuple[Committee, ...], held: frozenset[UUID]) -> None:
        clear(self.cards)
        for one in found:
            card = self._card(one)
            if one.id in held:
                card.body.insertWidget(1, held_banner())
            self.cards.addWidget(card)
        if not found:
            words = _("There is no committee yet. The law asks for an Internal Committee.")
            self.cards.addWidget(EmptyState(words, icon="users"))

    def _card(self, one: Committee) -> Card:
        card, today = Card(one.title), local_day(self.desk.clock)
        self._show_trouble(card, one, today)
        for part in one.strength(today):
            card.body.addWidget(_strength_row(part))
        if one.terms.least_per_shift and not one.shifts:
            words = _("Nobody here has a shift yet: give people one, and it is counted by shift.")
            card.body.addWidget(PlainLabel(words, TextRole.MUTED, wrap=True))
        for seat in one.seats:
            card.body.addWidget(self._seat(seat, sits=seat.sits_on(today)))
        if not one.seats:
            card.body.addWidget(PlainLabel(_("Nobody sits on it yet."), TextRole.MUTED))
        for printed in one.notices[:1]:
            words = _("Notice printed {moment}, {name}").format(
                moment=moment(printed.at), name=printed.by
            )
            state = _("Superseded") if printed.is_superseded else _("Holds")
            card.body.addWidget(FactRow(words, state, icon="file-text"))
        card.body.addWidget(self._offers(one))
        return card

    def _show_trouble(self, card: Card, one: Committee, today: date) -> None:
        trouble, short = one.trouble(today), one.shortages(today)
        if trouble in _TROUBLES:
            lacks = sorted({title for seat in one.presiding(today) for title in seat.lacks})
            words = _(_TROUBLES[trouble]).format(lacks=", ".join(lacks))
            card.body.addWidget(Banner(words, Tone.WARNING))
        if short:
            said = " · ".join(map(strength_in_words, short))
            words = _("Members are missing. {where}").format(where=said)
            card.body.addWidget(Banner(words, Tone.DANGER))

    def _seat(self, seat: Seat, *, sits: bool) -> FactRow:
        since = _("from {day}").format(day=day(seat.from_on))
        last = None if seat.to_on is None else last_day(seat.from_on, seat.to_on)
        until = _("until {day}").format(day=day(last)) if last else ""
        shift = _("shift {shift}").format(shift=seat.shift) if seat.shift else ""
        lacks = _("lacks {titles}").format(titles=", ".join(seat.lacks)) if seat.lacks else ""
        left = "" if seat.is_here else _("has left, and does not count")
        said = (_(SEAT_ROLES[seat.role]), shift, seat.contact, since, until, lacks, left)
        about = " · ".join(filter(None, said))
        tone = Tone.WARNING if sits and not seat.counts else Tone.NEUTRAL
        named = f"{seat.name} ({seat.number})" if seat.number else seat.name
        shown = FactRow(named, about, icon="user" if sits else "user-x", tone=tone)
        if sits:
            end = IconButton("x", _("{name} is no longer on it").format(name=seat.name))
            shown.add_button(end.on_press(partial(self._ask_end, seat)))
        return shown

    def _offers(self, one: Committee) -> QWidget:
        offers = QWidget()
        line = row(offers, gap=10)
        line.addWidget(plain(_("Add a member"), "plus").on_press(partial(self.ask_seat, one)))
        notice = plain(_("Print the notice"), "printer").on_press(partial(self.print_notice, one))
        line.addWidget(notice)
        terms = plain(_("Numbers…"), "sliders-horizontal").on_press(partial(self.ask_terms, one))
        line.addWidget(terms)
        line.addStretch(1)
        return offers

    def _ask_end(self, seat: Seat) -> None:
        committees, actor = self.desk.services.training.committees, self.desk.actor
        question = Question(
            title=_("{name} is no longer on the committee?").format(name=seat.name),
            text=_("From today on. That they were on it stays; print the notice anew."),
            yes=_("From today on"),
            ask_reason=True,
        )
        today = local_day(self.desk.clock)
        self.desk.confirm(
            question,
            lambda reason: self.act(
                lambda _progress: committees.end_seat(actor, seat.id, today, reason),
                lambda _none: self.refresh(),
            ),
        )


def _strength_row(part: Strength) -> FactRow:
    """Return how many there are of how many, red with the number that is missing."""
    missing = part.need - part.have
    about = _("{count} too few").format(count=missing) if part.is_short else _("Enough")
    icon, tone = ("circle-alert", Tone.DANGER) if part.is_short else ("circle-check", Tone.SUCCESS)
    return FactRow(strength_in_words(part), about, icon=icon, tone=tone)


SPEC = ScreenSpec(
    key="committees",
    title=mark("Committees"),
    icon="users",
    section=mark("Training"),
    needs=Capability.ASSIGN,
    factory=CommitteesScreen,
    beneath="people",
)
