"""How a bank stands with its approval, over its questions: submit it, look at what waits, compare."""

from dataclasses import dataclass
from uuid import UUID

from app.core.approvals import REVIEW_SCREEN, Comparison, Subject
from app.core.base.actor import Capability
from app.core.base.progress import Progress
from app.core.base.words import _
from app.ui.assessments.authoring.services import BankServices
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.comparison_view import ComparisonView
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone

_WIDTH = 760


@dataclass(frozen=True, slots=True)
class _Stands:
    is_asked: bool
    waiting: tuple[Subject, ...]
    comparison: Comparison | None


class BankApproval(Banner):
    """Shown only where this site asks for approvals of question banks, or something waits."""

    def __init__(self, screen: Screen[BankServices]) -> None:
        super().__init__("", Tone.INFO)
        self._screen = screen
        self._desk = screen.desk
        self._bank_id: UUID | None = None
        self._stands: _Stands | None = None
        self.compare_button = self.add_action(_("Compare"), self.compare)
        self.submit_button = self.add_action(_("Submit for approval"), self.ask_submit)
        self.look_button = self.add_action(_("Look at the review"), self._look_at_it)
        self.hide()

    def look(self, bank_id: UUID) -> None:
        """Ask how the bank stands, and show it."""
        self._bank_id = bank_id
        approving, actor = self._desk.services.banks.approving, self._desk.actor

        def work(_progress: Progress) -> _Stands:
            asked, waiting = approving.is_asked(), approving.waiting_of(actor, bank_id)
            compared = approving.compare(actor, bank_id) if asked else None
            return _Stands(asked, waiting, compared)

        self._screen.load(work, self._show, what="approval")

    def _show(self, stands: _Stands) -> None:
        self._stands = stands
        may_author = self._desk.actor.may(Capability.AUTHOR_COURSES)
        differs = stands.comparison is not None and not stands.comparison.is_same
        self.set_text(_words(stands, differs=differs))
        self.set_tone(Tone.WARNING if stands.waiting or differs else Tone.SUCCESS)
        self.compare_button.setVisible(differs)
        self.submit_button.setVisible(differs and may_author and not stands.waiting)
        self.look_button.setVisible(bool(stands.waiting))
        self.setVisible(stands.is_asked or bool(stands.waiting))

    def ask_submit(self) -> None:
        """Ask what is new, and submit the bank as it stands."""
        bank_id = self._bank_id
        if bank_id is None:
            return
        form = Form()
        note = TextAreaField(_("What is new"), rows=3, hint=_("Kept for approvers and auditors."))
        form.add(note)
        approving, actor = self._desk.services.banks.approving, self._desk.actor

        def wish() -> Wish[Subject]:
            told = _("Submitted. Somebody else reviews and signs it.")
            return Wish(lambda: approving.submit(actor, bank_id, note.value()), told)

        open_form(
            self._screen,
            _("Submit for approval"),
            form,
            wish,
            save=_("Submit for approval"),
            subtitle=_("The bank as it stands now; you can go on writing meanwhile."),
        )

    def compare(self) -> None:
        """Show what differs from what is approved."""
        if self._stands is None or self._stands.comparison is None:
            return
        sheet = SideSheet(self._screen, _("Compare with what is approved"), width=_WIDTH)
        view = ComparisonView()
        view.show_comparison(
            self._stands.comparison,
            whole=_("As a whole"),
            before=_("Approved"),
            after=_("As it stands"),
        )
        sheet.body.addWidget(view)
        sheet.open()

    def _look_at_it(self) -> None:
        if self._stands is not None and self._stands.waiting:
            subject = self._stands.waiting[0]
            self._desk.open(REVIEW_SCREEN, subject=subject, subject_id=subject.id)


def _words(stands: _Stands, *, differs: bool) -> str:
    if stands.waiting:
        return _("This bank waits for an approval. Quizzes take up what was approved before.")
    if differs:
        return _("Not all of this is approved. Quizzes take up only what is.")
    return _("All of this is approved.")
