"""Reviews of a document: what came of one, signed; who sees to it; and the card that shows them."""

from functools import partial
from uuid import UUID

from app.core.base.actor import Capability
from app.core.base.figures import day, moment
from app.core.base.words import _
from app.core.signatures import Meaning
from app.core.training.controlled import (
    OUTCOMES,
    DocumentChange,
    DocumentDetail,
    DocumentSummary,
    NewReview,
    Review,
    ReviewOutcome,
    next_review,
)
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Button
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signed_acts import ToSign, open_signed_form
from app.ui.kit.theme import Tone
from app.ui.training.people_field import PeopleField


class ReviewForm(Form):
    """What somebody found who looked whether a revision is still right."""

    def __init__(self, found: DocumentDetail) -> None:
        super().__init__()
        self.outcome: ComboField[ReviewOutcome] = ComboField(
            _("What came of it"), [(one, _(words)) for one, words in OUTCOMES.items()]
        )
        self.outcome.set_value(ReviewOutcome.STAYS)
        self.next_due = DateField(
            _("Next review by"),
            found.next_review,
            required=True,
            hint=_("Proposed is the span of before, from today on."),
        )
        self.remark = TextAreaField(
            _("What was looked at, or what is to be changed"),
            required=True,
            rows=3,
            hint=_("Auditors read it, signed with your name."),
        )
        for field in (self.outcome, self.next_due, self.remark):
            self.add(field)
        self.edited.connect(self._show_next)

    def _show_next(self) -> None:
        self.next_due.setVisible(self._stays())

    def _stays(self) -> bool:
        return self.outcome.value() is not ReviewOutcome.REVISE

    def review(self) -> NewReview:
        """Return what was found."""
        return NewReview(
            outcome=self.outcome.value() or ReviewOutcome.STAYS,
            next_due=self.next_due.value() if self._stays() else None,
            remark=self.remark.value(),
        )


def ask_review(host: Screen[Services], found: DocumentDetail) -> None:
    """Ask what came of a review, show it in full, and have it signed."""
    reviewing, actor = host.desk.services.documents.reviewing, host.desk.actor
    one, form = found.summary, ReviewForm(found)
    label = "" if one.in_force is None else one.in_force.label
    title = _("Review of {number}").format(number=one.number)
    sheet = FormSheet(
        host,
        title,
        form,
        save=_("Sign the review"),
        subtitle=_("Revision {label}").format(label=label) + f" · {one.title}",
    )

    def to_sign(new: NewReview, shown: str) -> ToSign[UUID]:
        return ToSign(
            title=title,
            shown=shown,
            meaning=Meaning.REVIEWED,
            act=lambda signed, _reason: reviewing.review(actor, one.id, new, signed),
            done=lambda _id: host.desk.toast(_("The review is signed and on record.")),
        )

    open_signed_form(
        host, sheet, form.review, lambda new: reviewing.text(actor, one.id, new), to_sign
    )


def ask_keeper(host: Screen[Services], one: DocumentSummary) -> None:
    """Ask who of this site sees to the reviews of a document."""
    documents, actor, form = host.desk.services.documents, host.desk.actor, Form()
    here = host.desk.services.open_site.site.site_id
    who = PeopleField(
        host,
        _("Who sees to the review"),
        hint=_("Reminded before it is due, and once it is overdue; then those above them."),
        only_one=True,
    )
    who.set_value([each.number for each in one.keepers if each.site_id == here])
    reason = TextField(_("Why"), hint=_("Auditors read it beside the change."))
    for field in (who, reason):
        form.add(field)

    def wish() -> Wish[None]:
        change, why = DocumentChange(keeper=next(iter(who.value()), "")), reason.value()
        return Wish(partial(documents.change, actor, one.id, change, why), _("Saved."))

    open_form(host, _("Who sees to the review"), form, wish, subtitle=one.number)


def review_facts(host: Screen[Services], one: DocumentSummary, *, shapes: bool) -> list[FactRow]:
    """Return until when a document is reviewed, and who sees to it."""
    due = FactRow(_due(one), _("Review"), icon="calendar-clock", tone=_tone(one))
    keepers = ", ".join(f"{each.name} ({each.number})" for each in one.keepers)
    said = keepers or _("Nobody yet: nobody is reminded")
    keeper = FactRow(said, _("Who sees to the review"), icon="user-check")
    if shapes:
        button = Button(_("Choose"), icon="pencil", dense=True)
        button.setAccessibleName(_("Choose who sees to the review"))
        keeper.add_button(button.on_press(partial(ask_keeper, host, one)))
    return [due, keeper]


def review_row(host: Screen[Services], one: Review) -> FactRow:
    """Return a review as it was made, with the way to its signature."""
    is_fine = one.outcome is ReviewOutcome.STAYS
    title = _("Revision {label}").format(label=one.label) + f": {_(OUTCOMES[one.outcome])}"
    about = [one.by_name, moment(one.at)]
    if one.due_on is not None:
        about.append(_("was due {day}").format(day=day(one.due_on)))
    if one.next_due is not None:
        about.append(next_review(one.next_due))
    row = FactRow(
        title,
        "\n".join((one.remark, " · ".join(filter(None, about)))),
        icon="circle-check" if is_fine else "pencil",
        tone=Tone.SUCCESS if is_fine else Tone.WARNING,
    )
    if host.desk.actor.may(Capability.VIEW_JOURNAL):
        look = Button(_("Signature"), icon="signature", dense=True)
        look.setAccessibleName(f"{_('Signature')}: {title}, {moment(one.at)}")
        row.add_button(look.on_press(partial(host.desk.open, "signatures", record=str(one.id))))
    return row


def _due(one: DocumentSummary) -> str:
    if one.review_due is None:
        return _("No day is said")
    words = _("Due {day}").format(day=day(one.review_due))
    return f"{words} · {_(OUTCOMES[ReviewOutcome.REVISE])}" if is_to_revise(one) else words


def _tone(one: DocumentSummary) -> Tone:
    if one.is_review_due:
        return Tone.DANGER
    return Tone.WARNING if is_to_revise(one) else Tone.NEUTRAL


def is_to_revise(one: DocumentSummary) -> bool:
    """Tell whether the last review of what is in force found that a new revision is needed."""
    return one.last_review is not None and one.last_review.outcome is ReviewOutcome.REVISE
