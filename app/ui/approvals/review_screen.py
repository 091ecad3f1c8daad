"""The review of something submitted: what differs, its steps and signatures; then approve or reject."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.approvals import (
    Review,
    Step,
    StepLine,
    Subject,
    SubjectState,
    spaced,
    step_in_words,
    subject_state_in_words,
)
from app.core.base.actor import Capability
from app.core.base.figures import day, moment
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.courses import CourseReview
from app.core.signatures import SignatureLine
from app.services import Services
from app.ui.approvals.acts import ReviewActs
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.comparison_view import ComparisonView
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import SideBySide, clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.signature_block import signature_block
from app.ui.kit.theme import TextRole, Tone

STATE_LOOKS = {
    SubjectState.DRAFT: (Tone.WARNING, "pencil"),
    SubjectState.IN_REVIEW: (Tone.INFO, "hourglass"),
    SubjectState.APPROVED: (Tone.INFO, "calendar-clock"),
    SubjectState.EFFECTIVE: (Tone.SUCCESS, "circle-check"),
    SubjectState.RETIRED: (Tone.NEUTRAL, "archive"),
}
_STEP_LOOKS = {
    Step.SUBMITTED: ("send", Tone.INFO),
    Step.REJECTED: ("undo-2", Tone.DANGER),
    Step.APPROVED: ("stamp", Tone.SUCCESS),
    Step.WITHDRAWN: ("rotate-ccw", Tone.NEUTRAL),
    Step.RETIRED: ("archive", Tone.NEUTRAL),
}


@dataclass(frozen=True, slots=True)
class _Found:
    review: Review
    steps: tuple[tuple[StepLine, tuple[SignatureLine, ...]], ...]


class ReviewScreen(Screen[Services]):
    """Opened with `subject`. Does for every kind that registers its acts."""

    topics = frozenset({"approval_step", "course", "question_bank"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Review"))
        self._subject: Subject | None = None
        self.review: Review | None = None
        self.acts = ReviewActs(self)
        self.preview_button = plain(_("See it as a learner"), "eye").on_press(self._preview)
        self.withdraw_button = plain(_("Take back"), "rotate-ccw").on_press(self._withdraw)
        self.reject_button = plain(_("Reject"), "undo-2").on_press(self._reject)
        self.approve_button = primary(_("Approve and sign"), "signature").on_press(self._approve)
        self._buttons = (
            self.preview_button,
            self.withdraw_button,
            self.reject_button,
            self.approve_button,
        )
        for button in self._buttons:
            button.hide()
            self.header.add_action(button)
        self.notice = Banner("", Tone.INFO)
        self.notice.hide()
        self.comparison = ComparisonView()
        self.facts = Card(_("What it is"), gap=10)
        self._facts = column(gap=10)
        self.facts.body.addLayout(self._facts)
        self.history = Card(_("Steps and signatures"), gap=10)
        self._history = column(gap=10)
        self.history.body.addLayout(self._history)
        self.columns = SideBySide(self._main(), self._side(), side_width=340)
        self.columns.hide()
        self.body.addWidget(self.notice)
        self.body.addWidget(self.columns, 1)

    def _main(self) -> QWidget:
        main = QWidget()
        lines = column(main, gap=12)
        self.against = PlainLabel("", TextRole.BODY2, wrap=True)
        lines.addWidget(self.against)
        lines.addWidget(self.comparison, 1)
        return main

    def _side(self) -> QWidget:
        side = QWidget()
        lines = column(side, gap=16)
        lines.addWidget(self.facts)
        lines.addWidget(self.history)
        lines.addStretch(1)
        return side

    @override
    def enter(self, **args: object) -> None:
        subject = args.get("subject")
        if isinstance(subject, Subject) and subject != self._subject:
            self._subject, self.review = subject, None
            self.notice.hide()
            self.columns.hide()

    @override
    def refresh(self) -> None:
        if self._subject is not None:
            self.load(self._look, self._show)

    def _look(self, _progress: Progress) -> _Found:
        subject, services, actor = self._subject, self.desk.services, self.desk.actor
        if subject is None:
            raise LookupError(subject)
        review = services.approvals.acts(subject.kind).review(actor, subject)
        steps = services.approvals.steps(subject)
        return _Found(review, tuple((one, services.signatures.under(one.id)) for one in steps))

    def _show(self, found: _Found) -> None:
        review = self.review = found.review
        self.header.set_words(review.name, _about(review))
        self._show_buttons(review)
        notice = self._notice(review)
        self.notice.set_text(notice)
        self.notice.setVisible(bool(notice))
        self.against.setText(review.against)
        self.against.setVisible(bool(review.against))
        self.comparison.setVisible(review.comparison is not None)
        if review.comparison is not None:
            self.comparison.show_comparison(
                review.comparison,
                whole=_("As a whole"),
                before=_("In force"),
                after=_("Submitted"),
            )
        self._show_facts(review)
        clear(self._history)
        for step, signatures in found.steps:
            self._history.addWidget(_step_row(step))
            for signature in signatures:
                self._history.addWidget(signature_block(signature))
        self.columns.show()

    def _show_buttons(self, review: Review) -> None:
        actor = self.desk.actor
        waits = review.standing.state is SubjectState.IN_REVIEW
        may_approve = waits and actor.may(Capability.APPROVE)
        self.preview_button.setVisible(isinstance(review, CourseReview))
        self.withdraw_button.setVisible(waits and actor.may(Capability.AUTHOR_COURSES))
        self.reject_button.setVisible(may_approve)
        self.approve_button.setVisible(may_approve)
        self.approve_button.setEnabled(not review.is_own and not self._has_approved(review))

    def _notice(self, review: Review) -> str:
        if review.standing.state is not SubjectState.IN_REVIEW:
            return ""
        if review.is_own:
            return _("You wrote or submitted this, or part of it: somebody else approves it.")
        if self._has_approved(review):
            return _("You have approved this; somebody else approves it, too.")
        if review.standing.given:
            return _("One person has approved this; it takes you, too.")
        return ""

    def _has_approved(self, review: Review) -> bool:
        return self.desk.actor.account_id in {one.by for one in review.standing.given}

    def _show_facts(self, review: Review) -> None:
        clear(self._facts)
        tone, icon = STATE_LOOKS[review.standing.state]
        chip = StatusChip(subject_state_in_words(review.standing.state), tone, icon=icon)
        state = FactRow(_first_up(review.detail), moment(review.submitted_at), icon="file-text")
        state.add_button(chip)
        self._facts.addWidget(state)
        on = review.standing.effective_on
        if on is not None:
            self._facts.addWidget(FactRow(_("Effective from"), day(on), icon="calendar"))
        if review.note:
            self._facts.addWidget(FactRow(_("Note"), review.note, icon="message-square"))
        if review.sha256:
            self._facts.addWidget(FactRow("SHA-256", spaced(review.sha256), icon="hash"))
        for sentence in review.warnings:
            self._facts.addWidget(
                FactRow(_("Known to be amiss"), sentence, icon="triangle-alert", tone=Tone.WARNING)
            )

    def _preview(self) -> None:
        if isinstance(self.review, CourseReview):
            self.desk.open("player", preview=self.review.outline)

    def _approve(self) -> None:
        if self.review is not None:
            self.acts.approve(self.review)

    def _reject(self) -> None:
        if self.review is not None:
            self.acts.reject(self.review)

    def _withdraw(self) -> None:
        if self.review is not None:
            self.acts.withdraw(self.review)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def _about(review: Review) -> str:
    return f"{review.detail} · {subject_state_in_words(review.standing.state)}"


def _step_row(step: StepLine) -> FactRow:
    icon, tone = _STEP_LOOKS[step.step]
    effective = ""
    if step.effective_on is not None:
        effective = _("effective from {day}").format(day=day(step.effective_on))
    who = step.by_name or _("by the program or another site")
    lines = (who, moment(step.at), effective, step.reason)
    return FactRow(
        step_in_words(step.step), "\n".join(one for one in lines if one), icon=icon, tone=tone
    )


SPEC = ScreenSpec(
    key="approval_review",
    title=mark("Review"),
    icon="stamp",
    needs=Capability.VIEW_COURSES,
    factory=ReviewScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="approvals",
)
