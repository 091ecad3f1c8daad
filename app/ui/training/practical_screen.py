"""One person and one practical: stages, the steps of a round, the result, both signatures."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.egress import Document
from app.core.signatures import SignatureLine
from app.core.training.practicals import (
    STAGES,
    STAGES_IN_WORDS,
    BlankFor,
    Hand,
    PracticalRecord,
    ResultFact,
    RoundFact,
    RunFacts,
    RunState,
    Stage,
    StepMark,
    blank_form,
    filled_record,
    revised_in_words,
)
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card
from app.ui.kit.chips import StatusChip
from app.ui.kit.handing_out import save_document
from app.ui.kit.layouts import FlowLayout, clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import Tone
from app.ui.training.conclude_card import ConcludeCard, Conclusion
from app.ui.training.next_card import NextCard, RoundsCard
from app.ui.training.picture_sheet import PictureSheet
from app.ui.training.practical_papers import PapersCard
from app.ui.training.practical_signing import ResultSigning
from app.ui.training.practical_words import lapsed_in_words, standing_in_words
from app.ui.training.remark_sheet import RemarkSheet
from app.ui.training.result_card import ResultCard
from app.ui.training.step_rows import StepRows

_Seen = tuple[PracticalRecord, tuple[SignatureLine, ...]]


class PracticalScreen(Screen[Services]):
    """What is next stands on top: a round to begin, steps to mark, a result to sign."""

    topics = frozenset(
        {"practical_round", "practical_mark", "practical_result", "practical_signing",
         "practical_request", "practical_paper", "practical_form", "assessor_appointment", "assessor_end",
         "requirement_credit"}
    )  # fmt: skip

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Practical"))
        self._pair: tuple[UUID, UUID] | None = None
        self._held: UUID | None = None
        self.record: PracticalRecord | None = None
        self.signing = ResultSigning(self)
        self.header.add_action(plain(_("Save the record"), "download").on_press(self.save_record))
        self.header.add_action(plain(_("Blank form"), "file-down").on_press(self.save_form))
        self.strip = Banner("", Tone.DANGER)
        self.strip.hide()
        self.body.addWidget(self.strip)
        self._bar = QWidget()
        self._chips = FlowLayout(self._bar, gap=8)
        self.body.addWidget(self._bar)
        self._to_sign = column(gap=16)
        self.body.addLayout(self._to_sign)
        self.next_card = NextCard(self.begin)
        self.body.addWidget(self.next_card)
        self.round_card = Card(" ", gap=12)
        self.steps = StepRows(self.mark, self._ask_remark, self._show_pictures)
        self.revised = Banner("", Tone.WARNING)
        self.round_card.body.addWidget(self.revised)
        self.round_card.body.addWidget(self.steps)
        self.finish_button = primary(_("Finish this round"), "check").on_press(self.finish)
        self.round_card.body.addWidget(self.finish_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.round_card)
        self.conclude_card = ConcludeCard(self.conclude)
        self.body.addWidget(self.conclude_card)
        self._results = column(gap=16)
        self.body.addLayout(self._results)
        self._past = column(gap=16)
        self.body.addLayout(self._past)
        self.papers = PapersCard(self)
        self.body.addWidget(self.papers)
        self.body.addStretch(1)
        for part in (self.next_card, self.round_card, self.conclude_card):
            part.hide()

    @override
    def enter(self, **args: object) -> None:
        """Take whose practical it is: `person_id` and `requirement_id`."""
        person, requirement = args.get("person_id"), args.get("requirement_id")
        if isinstance(person, UUID) and isinstance(requirement, UUID):
            if (person, requirement) != self._pair:
                self._held = None
            self._pair = (person, requirement)

    @override
    def refresh(self) -> None:
        """Load everything of the person and the practical."""
        if self._pair is not None:
            self.load(self._look, self._show, what="record")

    def begin(self, stage: Stage) -> None:
        """Begin a round, or go on with one's own that is not finished."""
        if self._pair is None:
            return
        doing, pair = self.desk.services.training.practicals.doing, self._pair
        self.act(
            lambda _progress: doing.begin(self.desk.actor, *pair, stage),
            self._begun,
        )

    def mark(self, step: UUID, given: StepMark) -> None:
        """Put a mark on record, show it, and go on to the next step."""
        seen = self._in_hand()
        if seen is None:
            return
        held = seen.newest.get(step)
        remark = "" if held is None else held.remark
        doing, actor = self.desk.services.training.practicals.doing, self.desk.actor

        def done(_none: None) -> None:
            self.refresh()
            self.steps.go_on(step)

        self.act(lambda _progress: doing.mark(actor, seen.id, step, given, remark), done)

    def finish(self) -> None:
        """Let go of a round of practice in which everything is marked."""
        self._held = None
        self.refresh()

    def conclude(self, said: Conclusion) -> None:
        """Put on record what the assessment came to; then both sign."""
        seen = self._in_hand()
        if seen is None:
            return
        doing, actor = self.desk.services.training.practicals.doing, self.desk.actor

        def done(_result: UUID) -> None:
            self._held = None
            self.refresh()

        self.act(
            lambda _progress: doing.conclude(
                actor, seen.id, said.verdict, said.remark, said.retry_on
            ),
            done,
        )

    def save_record(self) -> None:
        """Save the record with its signatures as PDF."""
        record = self.record
        if record is None:
            return
        services, actor = self.desk.services, self.desk.actor

        def make(_progress: Progress) -> Document:
            now = services.training.practicals.record(
                actor, record.person_id, record.requirement_id
            )
            signed = services.signatures.under(*now.signing_ids)
            at = self.desk.clock.now()
            return filled_record(now, now.stands.result, signed, self.desk.place.name, at)

        name = f"{record.code} {record.number}.pdf"
        ask_where(self, _("Save the record"), name, lambda path: save_document(self, path, make))

    def save_form(self) -> None:
        """Save the blank form as PDF, to be filled by hand."""
        record = self.record
        if record is None or record.form is None:
            return
        form = record.form
        whose = BlankFor(
            person_id=record.person_id, number=record.number, name=record.name, run=record.run
        )

        def make(_progress: Progress) -> Document:
            at = self.desk.clock.now()
            return blank_form(record.code, form, self.desk.place.name, at, whose)

        name = f"{record.code} {record.number}.pdf"
        ask_where(self, _("Blank form"), name, lambda path: save_document(self, path, make))

    def _look(self, _progress: Progress) -> _Seen:
        if self._pair is None:
            raise LookupError("a practical of nobody")
        services = self.desk.services
        record = services.training.practicals.record(self.desk.actor, *self._pair)
        return record, services.signatures.under(*record.signing_ids)

    def _show(self, seen: _Seen) -> None:
        record, signed = seen
        self.record = record
        about = " · ".join(filter(None, (record.number, record.org_unit, record.title)))
        self.header.set_words(record.name, about)
        self._show_strip(record)
        self._show_chips(record)
        watched = self._in_hand()
        self.next_card.show_next(record, watched)
        self._show_round(record, watched)
        self._show_results(record, signed)
        clear(self._past)
        if record.facts.rounds:
            self._past.addWidget(RoundsCard(record))
        self.papers.follow(record.person_id, record.requirement_id)

    def _show_strip(self, record: PracticalRecord) -> None:
        held = record.qualification
        words = "" if held is None else lapsed_in_words(record.title, held)
        if record.stands.disagrees:
            words = _("Two assessors came to different results. Look at both.")
        self.strip.set_text(words)
        self.strip.setVisible(bool(words))

    def _show_chips(self, record: PracticalRecord) -> None:
        clear(self._chips)
        self._chips.addWidget(StatusChip(*standing_in_words(record)))
        if record.form is None:
            return
        for stage in STAGES[:-1]:
            needed = record.form.content.rounds_of(stage, record.run)
            done = record.stands.counted.get(stage, 0)
            if needed:
                words = f"{_(STAGES_IN_WORDS[stage])} {min(done, needed)}/{needed}"
                tone = Tone.SUCCESS if done >= needed else Tone.NEUTRAL
                self._chips.addWidget(StatusChip(words, tone))

    def _show_round(self, record: PracticalRecord, watched: RoundFact | None) -> None:
        is_open = watched is not None and record.form is not None
        self.round_card.setVisible(is_open)
        is_last = watched is not None and watched.stage is Stage.ASSESSED
        self.conclude_card.setVisible(is_open and is_last)
        if watched is None or record.form is None:
            return
        self.round_card.set_title(_(STAGES_IN_WORDS[watched.stage]))
        told = revised_in_words(record, watched)
        self.revised.set_text(
            _("{told}. What you mark here stays on version {number}.").format(
                told=told, number=watched.version
            )
        )
        self.revised.setVisible(bool(told))
        self.steps.show_round(watched, record.form.content, may_mark=True)
        self.finish_button.setVisible(not is_last)
        self.finish_button.setEnabled(watched.is_whole)
        self.conclude_card.show_round(watched, record.form.content, local_day(self.desk.clock))

    def _show_results(self, record: PracticalRecord, signed: tuple[SignatureLine, ...]) -> None:
        clear(self._to_sign)
        clear(self._results)
        for result in record.all_results:
            may = _hands(record, result, self.desk.actor)
            ask = partial(self.signing.ask, record)
            place = self._to_sign if may else self._results
            place.addWidget(ResultCard(record, result, signed, ask, may=may))

    def _begun(self, round_id: UUID) -> None:
        self._held = round_id
        self.load(self._look, self._show_begun, what="record")

    def _show_begun(self, seen: _Seen) -> None:
        self._show(seen)
        self.steps.focus_open()

    def _in_hand(self) -> RoundFact | None:
        """Return the round that is being marked: one's own that was begun here, or is not finished."""
        record, me = self.record, self.desk.actor.person_id
        if record is None or me is None or record.stands.is_over:
            return None
        return round_in_hand_of(record.facts, me, self._held)

    def _show_pictures(self, step: UUID) -> None:
        seen = self._in_hand()
        if seen is not None:
            known = next(one for one in seen.steps if one.key == step)
            PictureSheet(self, known, seen.newest.get(step)).open()

    def _ask_remark(self, step: UUID) -> None:
        seen = self._in_hand()
        if seen is None:
            return
        known = next(one for one in seen.steps if one.key == step)
        RemarkSheet(self, seen, known, self.refresh).open()


def _hands(record: PracticalRecord, result: ResultFact, actor: Actor) -> frozenset[Hand]:
    """Return whose signature the actor can have given here now."""
    stands = record.stands
    is_next = stands.result is not None and stands.result.id == result.id
    if stands.state is not RunState.TO_SIGN or not is_next:
        return frozenset()
    if actor.person_id == record.person_id:
        return frozenset({Hand.LEARNER})
    held = record.qualification
    is_mine = actor.person_id is not None and result.assessor_id == actor.person_id
    if held is None or not is_mine:
        return frozenset()
    return frozenset(Hand) if held.may_sign else frozenset({Hand.LEARNER})


def round_in_hand_of(facts: RunFacts, assessor_id: UUID, held: UUID | None) -> RoundFact | None:
    """Return an assessor's round that was not let go of: the one held, else the newest to finish."""
    mine = _not_concluded(facts, assessor_id)
    to_finish = [one for one in mine if not one.is_whole or one.stage is Stage.ASSESSED]
    wanted = [one for one in mine if one.id == held] or to_finish
    return wanted[-1] if wanted else None


def _not_concluded(facts: RunFacts, assessor_id: UUID) -> list[RoundFact]:
    """Return an assessor's rounds that can be gone on with and of which no result was given, the oldest first."""
    concluded = {one.round_id for one in facts.results}
    return [
        one
        for one in sorted(facts.rounds, key=lambda one: one.at)
        if one.assessor_id == assessor_id and one.id not in concluded and facts.is_of_now(one)
    ]


SPEC = ScreenSpec(
    key="practical",
    title=mark("Practical"),
    icon="clipboard-check",
    factory=PracticalScreen,
    in_navigation=False,
)
