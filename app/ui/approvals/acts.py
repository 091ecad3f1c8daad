"""What is done at the end of a review: approve with a signature, reject, withdraw."""

from functools import partial

from PySide6.QtCore import QObject

from app.core.approvals import Approval, Review, Standing, SubjectState, approval_text
from app.core.base.words import _
from app.core.signatures import Meaning, Undersigned
from app.services import Services
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.kit.theme import Tone


class ApproveSheet(FormSheet):
    """Asks from which day on it holds; what is signed is read next."""

    def __init__(self, host: Screen[Services], review: Review) -> None:
        today = host.desk.services.approvals.today
        form = Form()
        form.add_part(Banner(review.follows, Tone.INFO))
        self.effective_on = DateField(_("Effective from"), today, required=True)
        self.remark = TextAreaField(_("Remark"), rows=3, hint=_("Kept with the signature."))
        form.add(self.effective_on)
        form.add(self.remark)
        super().__init__(
            host,
            _("Approve"),
            form,
            save=_("Read and sign"),
            subtitle=f"{review.name}, {review.detail}",
        )


class ReviewActs(QObject):
    """Carries out what the buttons of a review ask for."""

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._desk = screen.desk

    def approve(self, review: Review) -> None:
        """Ask for the day, let the approver read what they sign, and sign it."""
        sheet = ApproveSheet(self._screen, review)

        def go_on() -> None:
            sheet.saved()
            self._sign(review, sheet)

        sheet.save_asked.connect(go_on)
        sheet.open()

    def _sign(self, review: Review, sheet: ApproveSheet) -> None:
        desk, actor = self._desk, self._desk.actor
        day = sheet.effective_on.value() or desk.services.approvals.today
        remark, shown = sheet.remark.value().strip(), approval_text(review, day)
        acts = desk.services.approvals.acts(review.subject.kind)

        def act(signed: Undersigned, _reason: str) -> Standing:
            approval = Approval(
                sha256=review.sha256, effective_on=day, signed=signed, remark=remark
            )
            acts.approve(actor, review.subject, approval)
            return desk.services.approvals.standing(review.subject)

        def done(standing: Standing) -> None:
            waits = standing.state is SubjectState.IN_REVIEW
            desk.toast(_("Signed: somebody else approves it, too.") if waits else _("Approved."))

        wanted = ToSign(
            title=_("Approve, and sign"),
            shown=shown,
            meaning=Meaning.APPROVED,
            act=act,
            done=done,
        )
        ask_signature(self._screen, wanted)

    def reject(self, review: Review) -> None:
        """Ask why, and send it back to its authors."""
        question = Question(
            title=_("Reject {title}?").format(title=review.name),
            text=_("It is a draft again. Its authors read why, mend it and submit it once more."),
            yes=_("Reject"),
            danger=True,
            ask_reason=True,
        )
        reject = self._desk.services.approvals.acts(review.subject.kind).reject
        act = partial(reject, self._desk.actor, review.subject)
        self._screen.act_on_yes(question, act, _("Rejected."))

    def withdraw(self, review: Review) -> None:
        """Ask why, and take it back."""
        question = Question(
            title=_("Take {title} back?").format(title=review.name),
            text=_("It is a draft again, and waits for nobody."),
            yes=_("Take back"),
            ask_reason=True,
        )
        withdraw = self._desk.services.approvals.acts(review.subject.kind).withdraw
        act = partial(withdraw, self._desk.actor, review.subject)
        self._screen.act_on_yes(question, act, _("Taken back."))
