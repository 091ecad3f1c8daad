"""What waits for somebody else: evidence to confirm, waivers to approve, corrections to agree to."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.core.base.figures import day
from app.core.base.words import _
from app.core.egress import Document, FileKind, Leaving
from app.core.signatures import Meaning, Undersigned
from app.core.training import CheckedBy
from app.core.training.assignments import (
    CHECKED_BY,
    Assignments,
    Evidence,
    WaiverAsked,
    same_numbers_in_words,
)
from app.core.training.corrections import Correction
from app.core.training.legacy import Scan
from app.core.training.signing import SigningRule
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import Line
from app.ui.kit.layouts import row
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.kit.theme import Tone
from app.ui.training.correcting import add_correction
from app.ui.training.waiting import Waiting


class WaitingSheet(SideSheet):
    """Each with what stands on it, and two buttons."""

    def __init__(self, host: Screen[Services], waiting: Waiting) -> None:
        super().__init__(
            host,
            _("To confirm"),
            subtitle=_("Look at the paper itself. Who entered it does not confirm it."),
        )
        self._screen = host
        self._waiting = waiting
        self.how: list[ComboField[CheckedBy]] = []
        self.confirm_buttons = [self._add_evidence(one) for one in waiting.evidence]
        self.approve_buttons = [self._add_waiver(one) for one in waiting.waivers]
        self.agree_buttons = [self._add_correction(one) for one in waiting.corrections]
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))

    def _add_evidence(self, one: Evidence) -> Button:
        self._begin()
        until = _("For good") if one.valid_until is None else day(one.valid_until)
        entered = _("Handed it in") if one.is_handed_in else _("Entered it")
        told = (
            (f"{one.name} · {one.number}", f"{one.title} · {one.code}", "user"),
            (one.issuer, one.certificate or "–", "award"),
            (day(one.obtained_on), _("Obtained; valid until: {day}").format(day=until), "calendar"),
            (one.by_name, one.note or entered, "pen-line"),
        )
        for title, about, icon in told:
            self.body.addWidget(FactRow(title, about, icon=icon))
        same = same_numbers_in_words(self._waiting.same_numbers.get(one.id, ()))
        if same:
            self.body.addWidget(Banner(same, Tone.WARNING))
        for scan in self._waiting.scans.get(one.id, ()):
            line = FactRow(scan.name, _("Scan"), icon="paperclip")
            save = Button(_("Save"), Kind.GHOST, dense=True)
            save.setAccessibleName(_("Save {name}").format(name=scan.name))
            line.add_button(save.on_press(partial(self._ask_where, one, scan)))
            self.body.addWidget(line)
        how = ComboField(
            _("How you checked it"), [(key, _(words)) for key, words in CHECKED_BY.items()]
        )
        how.set_value(CheckedBy.ORIGINAL)
        self.how.append(how)
        self.body.addWidget(how)
        return self._buttons(
            _("Confirm"), partial(self._confirm, one, how), partial(self._refuse, one)
        )

    def _add_waiver(self, one: WaiverAsked) -> Button:
        self._begin()
        until = _("For good") if one.until_on is None else day(one.until_on)
        told = (
            (f"{one.name} · {one.number}", f"{one.title} · {one.code}", "user"),
            (_("Waiver"), _("Until: {day}").format(day=until), "calendar-x"),
            (one.by_name, one.reason, "pen-line"),
        )
        for title, about, icon in told:
            self.body.addWidget(FactRow(title, about, icon=icon))
        button = self._buttons(
            _("Approve"), partial(self._approve, one), partial(self._refuse_waiver, one)
        )
        button.setEnabled(not one.is_mine)
        return button

    def _add_correction(self, one: Correction) -> Button:
        self._begin()
        add_correction(self.body, one)
        button = self._buttons(
            _("Agree"), partial(self._agree, one), partial(self._refuse_correction, one)
        )
        button.setEnabled(not one.is_mine)
        return button

    def _begin(self) -> None:
        if self.body.count():
            self.body.addWidget(Line())

    def _buttons(self, yes: str, confirm: Callable[[], None], refuse: Callable[[], None]) -> Button:
        line = row(gap=8)
        button = primary(yes, "check").on_press(confirm)
        line.addWidget(plain(_("Refuse"), "x").on_press(refuse))
        line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)
        return button

    def _confirm(self, one: Evidence, how: ComboField[CheckedBy]) -> None:
        proving, actor = self._acts().evidence, self._screen.desk.actor
        checked = how.value() or CheckedBy.NOT_SAID
        if self._waiting.evidence_rule is SigningRule.PLAIN:
            self._do(lambda: proving.confirm(actor, one.id, how=checked), _("It counts."))
            return

        def act(signed: Undersigned, _reason: str) -> None:
            proving.confirm(actor, one.id, how=checked, signed=signed)

        self._screen.load(
            lambda _progress: proving.text(actor, one.id, checked),
            lambda text: self._sign(
                _("Confirm and sign"), text, Meaning.CONFIRMED, act, _("It counts.")
            ),
            what="text to sign",
        )

    def _refuse(self, one: Evidence) -> None:
        proving, actor = self._acts().evidence, self._screen.desk.actor
        question = Question(
            title=_("Refuse this evidence?"),
            text=_("It stays on record, with your reason, and does not count."),
            yes=_("Refuse"),
            danger=True,
            ask_reason=True,
        )
        self._ask(question, lambda why: proving.refuse(actor, one.id, why), _("It does not count."))

    def _approve(self, one: WaiverAsked) -> None:
        waivers, actor = self._acts().waivers, self._screen.desk.actor
        told = _("{name} is let off.").format(name=one.name)
        if self._waiting.waiver_rule is SigningRule.PLAIN:
            self._do(lambda: waivers.approve(actor, one.assignment_id), told)
            return

        def act(signed: Undersigned, _reason: str) -> None:
            waivers.approve(actor, one.assignment_id, signed)

        self._sign(_("Approve and sign"), one.text, Meaning.WAIVED, act, told)

    def _refuse_waiver(self, one: WaiverAsked) -> None:
        waivers, actor = self._acts().waivers, self._screen.desk.actor
        question = Question(
            title=_("Refuse this waiver?"),
            text=_("{name} has to meet “{title}” as before.").format(
                name=one.name, title=one.title
            ),
            yes=_("Refuse"),
            ask_reason=True,
        )
        refuse = partial(waivers.refuse, actor, one.assignment_id)
        self._ask(question, refuse, _("Nobody is let off."))

    def _agree(self, one: Correction) -> None:
        corrections = self._screen.desk.services.training.corrections
        actor, told = self._screen.desk.actor, _("The correction stands.")
        if self._waiting.correction_rule is SigningRule.PLAIN:
            self._do(lambda: corrections.approve(actor, one.id), told)
            return

        def act(signed: Undersigned, _reason: str) -> None:
            corrections.approve(actor, one.id, signed)

        self._screen.load(
            lambda _progress: corrections.text_to_approve(actor, one.id),
            lambda text: self._sign(_("Agree and sign"), text, Meaning.APPROVED, act, told),
            what="text to sign",
        )

    def _refuse_correction(self, one: Correction) -> None:
        corrections, actor = (
            self._screen.desk.services.training.corrections,
            self._screen.desk.actor,
        )
        question = Question(
            title=_("Refuse this correction?"),
            text=_("What stood there stands. The correction stays on record, with your reason."),
            yes=_("Refuse"),
            ask_reason=True,
        )
        refuse = partial(corrections.refuse, actor, one.id)
        self._ask(question, refuse, _("What stood there stands."))

    def _sign(
        self,
        title: str,
        shown: str,
        meaning: Meaning,
        act: Callable[[Undersigned, str], None],
        told: str,
    ) -> None:
        def done(_none: None) -> None:
            self._screen.desk.toast(told)
            self.dismiss()

        wanted = ToSign(title=title, shown=shown, meaning=meaning, act=act, done=done)
        ask_signature(self._screen, wanted)

    def _ask(self, question: Question, act: Callable[[str], None], told: str) -> None:
        self._screen.desk.confirm(question, lambda why: self._do(lambda: act(why), told))

    def _do(self, act: Callable[[], None], told: str) -> None:
        def done(_nothing: None) -> None:
            self._screen.desk.toast(told)
            self.dismiss()

        self._screen.act(lambda _progress: act(), done)

    def _ask_where(self, one: Evidence, scan: Scan) -> None:
        save_paper(self._screen, one, scan)

    def _acts(self) -> Assignments:
        return self._screen.desk.services.training.assignments


def save_paper(host: Screen[Services], one: Evidence, scan: Scan) -> None:
    """Ask where, and save the scan of a certificate there."""
    papers, actor = host.desk.services.papers, host.desk.actor

    def make() -> Document:
        leaving = Leaving(
            kind=FileKind.TRAINING_RECORD, title=scan.name, records=1, about=one.person_id
        )
        return Document(content=papers.scan(actor, one.id, scan.id), leaving=leaving)

    def save(path: Path) -> None:
        save_document(host, path, lambda _progress: make())

    ask_where(host, _("Save the scan"), scan.name, save)
