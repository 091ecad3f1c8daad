"""Qualification: whether the program is installed and works as it was released, done here and kept."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.assurance import (
    PARTS,
    Qualification,
    QualificationPart,
    Step,
    StepResult,
    outcome_in_words,
    parts_in_words,
)
from app.core.base.actor import Capability
from app.core.base.figures import moment
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.services import Services
from app.ui.kit.buttons import Button, plain, primary
from app.ui.kit.cards import Card, FactRow, RowButton
from app.ui.kit.handing_out import save_document
from app.ui.kit.jobs import Lane
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import SideBySide, clear, column, row, stacked
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone

_LOOKS = {
    StepResult.PASSED: ("circle-check", Tone.SUCCESS),
    StepResult.FAILED: ("circle-x", Tone.DANGER),
    StepResult.NOT_APPLICABLE: ("circle-minus", Tone.NEUTRAL),
}


class QualificationScreen(Screen[Services]):
    """For administrators, who qualify, and auditors, who look."""

    topics = frozenset({"qualification"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Qualification"),
            subtitle=_("Whether Daksha is installed and works on this PC as it was released."),
        )
        self._done: tuple[Qualification, ...] = ()
        self._shown: Qualification | None = None
        self.both: Button | None = None
        self.header.add_action(
            plain(_("Parts by others"), "package").on_press(
                lambda: self.desk.open("report", report="third-party-parts")
            )
        )
        if desk.actor.may(Capability.MANAGE_SITE):
            self._offer_running()
        self.result = Banner("", Tone.INFO)
        self.result.hide()
        self.body.addWidget(self.result)
        self.steps = column(gap=12)
        card = Card(_("Steps"))
        card.body.addLayout(self.steps)
        self.past = column(gap=6)
        beside = Card(_("Done so far"))
        beside.body.addLayout(self.past)
        self.body.addWidget(
            SideBySide(stacked(card), stacked(beside), side_width=360, fold_below=860)
        )
        self.body.addStretch(1)

    def _offer_running(self) -> None:
        installation, operation = QualificationPart.INSTALLATION, QualificationPart.OPERATION
        self.header.add_action(
            plain(_("Installation only"), "hard-drive").on_press(partial(self.run, installation))
        )
        self.both = primary(_("Qualify"), "clipboard-check").on_press(
            partial(self.run, installation, operation)
        )
        self.header.add_action(self.both)

    @override
    def focus_first(self) -> None:
        """Stay at the head: below it is only what was done before."""
        if self.both is None:
            super().focus_first()
        else:
            self.both.setFocus()

    @override
    def refresh(self) -> None:
        """Look what was qualified."""
        actor = self.desk.actor
        self.load(lambda _progress: self.desk.services.qualifications.past(actor), self._show)

    def run(self, *parts: QualificationPart) -> None:
        """Qualify these parts, as a job that may be stopped."""
        qualifications, actor = self.desk.services.qualifications, self.desk.actor

        def work(progress: Progress) -> Qualification:
            return qualifications.run(actor, parts, progress)

        self._shown = None  # the newest is shown when it is there
        self.act(work, self._told, title=_("Qualifying"), lane=Lane.WORK)

    def _told(self, done: Qualification) -> None:
        tone = Tone.SUCCESS if done.is_passed else Tone.WARNING
        self.desk.toast(outcome_in_words(done), tone)
        self.refresh()

    def _show(self, done: tuple[Qualification, ...]) -> None:
        self._done = done
        kept = self._shown and next((one for one in done if one.id == self._shown.id), None)
        self._choose(kept or next(iter(done), None))
        clear(self.past)
        for one in done:
            tone = Tone.SUCCESS if one.is_passed else Tone.DANGER
            title = f"{moment(one.at)} · {one.pc}"
            about = _("Daksha {version} · {parts} · {outcome} {name}").format(
                version=one.version,
                parts=parts_in_words(one.parts),
                outcome=outcome_in_words(one),
                name=one.by,
            )
            button = RowButton(title, about, icon="clipboard-check", tone=tone)
            button.clicked.connect(partial(self._choose, one))
            self.past.addWidget(button)
        if not done:
            words = _("Nothing has been qualified here yet.")
            self.past.addWidget(PlainLabel(words, TextRole.MUTED, wrap=True))

    def _choose(self, done: Qualification | None, _on: bool = False) -> None:
        """Show the steps of one qualification."""
        self._shown = done
        clear(self.steps)
        self.result.setVisible(done is not None)
        if done is None:
            words = _(
                "Qualify after installing or upgrading Daksha on a PC, and after its system was changed. "
                "It takes about a minute and touches none of your records."
            )
            self.steps.addWidget(EmptyState(words, icon="clipboard-check"))
            return
        self._tell_result(done)
        self.steps.addWidget(self._offers(done))
        for part in done.parts:
            self.steps.addWidget(PlainLabel(_(PARTS[part]), TextRole.H2))
            for step in done.of(part):
                self.steps.addWidget(_row(step))

    def _offers(self, done: Qualification) -> QWidget:
        offers = QWidget()
        line = row(offers, gap=10)
        line.addWidget(plain(_("Save the report"), "download").on_press(partial(self._save, done)))
        line.addWidget(
            plain(_("Print the report"), "printer").on_press(partial(self._print, done.id))
        )
        line.addStretch(1)
        return offers

    def _tell_result(self, done: Qualification) -> None:
        signed = (
            _("The report is signed by the site's key.")
            if done.is_signed
            else _("The report is not signed: {pc} does not hold the site's key.").format(
                pc=done.pc
            )
        )
        self.result.set_text(f"{outcome_in_words(done)} {signed}")
        self.result.set_tone(Tone.SUCCESS if done.is_passed else Tone.DANGER)

    def _save(self, done: Qualification) -> None:
        name = _("qualification {pc} {version}").format(pc=done.pc, version=done.version) + ".pdf"
        qualifications, actor = self.desk.services.qualifications, self.desk.actor
        ask_where(
            self,
            _("Save the report"),
            name,
            lambda path: save_document(
                self, path, lambda _progress: qualifications.report(actor, done.id)
            ),
        )

    def _print(self, qualification_id: UUID) -> None:
        qualifications, actor = self.desk.services.qualifications, self.desk.actor
        self.act(
            lambda _progress: qualifications.report(actor, qualification_id),
            lambda document: ask_printer(self, document),
        )


def _row(step: Step) -> FactRow:
    icon, tone = _LOOKS[step.result]
    about = step.actual
    if step.result is StepResult.FAILED:
        about = _("{actual} · expected: {expected}").format(
            actual=step.actual, expected=step.expected
        )
    return FactRow(f"{step.title}: {step.expected}", about, icon=icon, tone=tone)


SPEC = ScreenSpec(
    key="qualification",
    title=mark("Qualification"),
    icon="clipboard-check",
    needs=Capability.VIEW_JOURNAL,
    factory=QualificationScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="audit",
)
