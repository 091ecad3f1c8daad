"""A learner's own practicals: where they stand, who assesses, asking to be watched, signing."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import day
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.signatures import SignatureLine
from app.core.training.practicals import STAGES, STAGES_IN_WORDS, Hand, PracticalRecord, RunState
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Kind, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, clear, column
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.practical_signing import ResultSigning
from app.ui.training.practical_words import stage_in_words, standing_in_words
from app.ui.training.result_card import ResultCard

_Mine = tuple[tuple[PracticalRecord, ...], tuple[SignatureLine, ...]]


class MyPracticalsScreen(Screen[Services]):
    """A card for each; the one thing to do stands in it as a button."""

    topics = frozenset(
        {"practical_request", "practical_round", "practical_mark", "practical_result",
         "practical_signing", "assignment", "requirement_credit"}
    )  # fmt: skip

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("My practicals"),
            subtitle=_("What you do by hand: watched, then alone, then assessed."),
        )
        self.signing = ResultSigning(self)
        self._cards = column(gap=16)
        self.body.addLayout(self._cards)
        self.body.addStretch(1)

    @override
    def refresh(self) -> None:
        """Load what is the actor's own."""
        self.load(self._look, self._show)

    def ask(self, record: PracticalRecord) -> None:
        """Ask, by a form, to be watched or assessed."""
        form = Form()
        wanted = DateField(_("On which day"), hint=_("Leave it open for any day."))
        note = TextAreaField(_("A word to the assessor"), rows=2)
        form.add(wanted)
        form.add(note)
        doing, actor = self.desk.services.training.practicals.doing, self.desk.actor

        def wish() -> Wish[None]:
            act = partial(doing.ask, actor, record.requirement_id, wanted.value(), note.value())
            return Wish(act, _("The assessors see it in their list."))

        open_form(
            self, _("Ask for an assessment"), form, wish, save=_("Ask"), subtitle=record.title
        )

    def _look(self, _progress: Progress) -> _Mine:
        services = self.desk.services
        found = services.training.practicals.mine(self.desk.actor)
        ids = [one for record in found for one in record.signing_ids]
        return found, services.signatures.under(*ids)

    def _show(self, mine: _Mine) -> None:
        found, signed = mine
        clear(self._cards)
        if not found:
            words = _("No practical is asked of you. What is will stand here.")
            self._cards.addWidget(EmptyState(words, icon="hand"))
        is_asked = False
        for record in found:
            to_sign = self._to_sign(record, signed)
            if to_sign is not None:
                self._cards.addWidget(to_sign)
            card = self._card(record, is_first=not is_asked and to_sign is None)
            is_asked = is_asked or to_sign is not None or not record.stands.is_over
            self._cards.addWidget(card)

    def _to_sign(
        self, record: PracticalRecord, signed: tuple[SignatureLine, ...]
    ) -> ResultCard | None:
        result = record.stands.result
        if record.stands.state is not RunState.TO_SIGN or result is None:
            return None
        may = frozenset({Hand.LEARNER}) - result.hands
        return ResultCard(record, result, signed, partial(self.signing.ask, record), may=may)

    def _card(self, record: PracticalRecord, *, is_first: bool) -> Card:
        card = Card(record.title, gap=10)
        card.add_action(StatusChip(*standing_in_words(record)))
        if record.form is not None and not record.stands.is_over:
            card.body.addWidget(_progress_of(record))
        card.body.addWidget(PlainLabel(_told(record), TextRole.BODY2, wrap=True))
        names = ", ".join(record.assessors) or _("Nobody is appointed yet")
        card.body.addWidget(FactRow(names, _("May assess it"), icon="user-check"))
        if record.request is not None:
            wanted = record.request.wanted_on
            words = _("Any day") if wanted is None else day(wanted)
            about = record.request.note or _("You asked to be watched")
            card.body.addWidget(FactRow(words, about, icon="hand"))
        if _may_ask(record):
            words = _("Ask for an assessment")
            make = primary if is_first and record.request is None else plain
            button = make(words, "hand").on_press(partial(self.ask, record))
            button.setAccessibleName(f"{words}: {record.title}")
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        look = plain(_("Every step"), "list-checks")
        look.set_kind(Kind.GHOST)
        look.setAccessibleName(_("Every step of {title}").format(title=record.title))
        look.on_press(
            partial(
                self.desk.open,
                "practical",
                person_id=record.person_id,
                requirement_id=record.requirement_id,
            )
        )
        card.body.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _progress_of(record: PracticalRecord) -> QWidget:
    part = QWidget()
    line = FlowLayout(part, gap=8)
    if record.form is None:
        return part
    for stage in STAGES:
        needed = record.form.content.rounds_of(stage, record.run)
        if not needed:
            continue
        done = min(record.stands.counted.get(stage, 0), needed)
        is_next = stage is record.stands.stage
        tone = Tone.SUCCESS if done >= needed else Tone.INFO if is_next else Tone.NEUTRAL
        line.addWidget(StatusChip(f"{_(STAGES_IN_WORDS[stage])} {done}/{needed}", tone))
    return part


def _may_ask(record: PracticalRecord) -> bool:
    waits = record.stands.state is RunState.TO_SIGN
    return record.form is not None and not record.stands.is_over and not waits


def _told(record: PracticalRecord) -> str:
    if record.stands.is_over:
        held = record.held_until
        if held is None:
            return _("Signed by both.")
        return _("For good") if held == held.max else _("Valid until {day}").format(day=day(held))
    if record.stands.state is RunState.TO_SIGN:
        return _("You and the assessor sign the result.")
    parts = [_("Next: {stage}").format(stage=stage_in_words(record.stands))]
    if record.due_on is not None:
        parts.append(_("due {day}").format(day=day(record.due_on)))
    result = record.stands.result
    if record.stands.state is RunState.NOT_YET and result is not None and result.retry_on:
        parts.append(_("another try is proposed for {day}").format(day=day(result.retry_on)))
    return " · ".join(parts)


SPEC = ScreenSpec(
    key="my_practicals",
    title=mark("My practicals"),
    icon="hand",
    needs=Capability.LEARN,
    factory=MyPracticalsScreen,
)
