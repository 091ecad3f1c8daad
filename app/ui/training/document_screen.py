"""One document: what it is, its revisions with what can be done about each, and what was decided."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.figures import day, moment
from app.core.base.progress import Progress
from app.core.base.words import _, language_name, plural
from app.core.training.controlled import (
    ASKS,
    REVISION_STATES,
    DocumentDetail,
    Impact,
    ImpactSubject,
    Revision,
    RevisionState,
    planned_lines,
)
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Button, IconButton, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signed_acts import MaySign, add_signatures, sign_if_asked
from app.ui.kit.tables.menus import RowAction, show_row_menu
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.compare_revisions_sheet import CompareRevisionsSheet
from app.ui.training.document_forms import DocumentForm, FormChoices, RevisionForm, choices_for
from app.ui.training.document_retiring import ask_bringing_back, ask_retiring
from app.ui.training.document_reviewing import ask_review, review_facts, review_row
from app.ui.training.impact_sheet import ImpactSheet
from app.ui.training.planned_impact_sheet import PlannedImpactSheet
from app.ui.training.revision_acts import RevisionActs
from app.ui.training.training_status_sheet import TrainingStatusSheet

TONES = {
    RevisionState.DRAFT: Tone.NEUTRAL,
    RevisionState.IN_REVIEW: Tone.WARNING,
    RevisionState.APPROVED: Tone.INFO,
    RevisionState.EFFECTIVE: Tone.SUCCESS,
    RevisionState.SUPERSEDED: Tone.NEUTRAL,
    RevisionState.RETIRED: Tone.NEUTRAL,
}

_SHOWN = 4
"""Acts of a revision that have a button of their own; the others are in a menu."""


class _ListCard(Card):
    """A card of rows that are made anew."""

    def __init__(self, title: str) -> None:
        super().__init__(title, gap=12)
        self._lines = column(gap=10)
        self.body.addLayout(self._lines)

    def emptied(self) -> QVBoxLayout:
        """Return where rows go, without those of before."""
        clear(self._lines)
        return self._lines


class DocumentScreen(Screen[Services]):
    """Whoever assigns shapes it; whoever approves signs revisions; auditors look."""

    topics = frozenset(
        {"controlled_document", "document_revision", "document_requirement", "approval_step",
         "impact_assessment", "acknowledgement", "assignment", "document_review",
         "document_keeper"}
    )  # fmt: skip

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Document"))
        self._documents = desk.services.documents
        self._document_id: UUID | None = None
        self._revision_id: UUID | None = None
        self.found: DocumentDetail | None = None
        self.acts = RevisionActs(self, self.show_impact, self.show_status, self.show_compared)
        self._shapes = desk.actor.may(Capability.ASSIGN)
        self.revise_button = primary(_("New revision"), "plus").on_press(self.begin_revising)
        self.change_button = plain(_("Change"), "pencil").on_press(self.begin_changing)
        self.retire_button = plain(_("Retire"), "ban").on_press(self._retire)
        self.review_button = plain(_("Record review"), "file-check").on_press(self._review)
        self.back_button = plain(_("Bring back"), "rotate-ccw").on_press(self._bring_back)
        self.back_button.hide()
        self.header.add_action(self.back_button)
        self.buttons = (
            self.change_button,
            self.retire_button,
            self.review_button,
            self.revise_button,
        )
        for button in self.buttons:
            button.hide()
            self.header.add_action(button)
        self.notice = Banner("", Tone.WARNING)
        self.notice.hide()
        self.body.addWidget(self.notice)
        self._facts = _ListCard(_("About"))
        self._revisions = _ListCard(_("Revisions"))
        self._reviews = _ListCard(_("Reviews"))
        self._history = _ListCard(_("Who was asked to read it again"))
        self._decisions = _ListCard(_("Out of force, and back"))
        for card in (
            self._facts,
            self._revisions,
            self._reviews,
            self._history,
            self._decisions,
        ):
            self.body.addWidget(card)
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        """Take the document, or a revision of it (`subject_id`, as the list of approvals says)."""
        given = args.get("document_id"), args.get("subject_id")
        self._document_id, self._revision_id = (
            None if one is None else UUID(str(one)) for one in given
        )

    @override
    def refresh(self) -> None:
        """Load the document."""
        documents, actor = self._documents, self.desk.actor
        document_id, revision_id = self._document_id, self._revision_id

        def work(_progress: Progress) -> DocumentDetail | None:
            if document_id is not None:
                return documents.detail(actor, document_id)
            return None if revision_id is None else documents.of_revision(actor, revision_id)

        self.load(work, self._show)

    def _show(self, found: DocumentDetail | None) -> None:
        if found is None:
            return
        self.found, one = found, found.summary
        self._document_id = one.id
        self.header.set_words(one.number, one.title)
        self.setAccessibleName(one.number)
        today = local_day(self.desk.clock)
        is_over = one.retired_on is not None and one.retired_on <= today
        for button in self.buttons:
            button.setVisible(self._shapes and not is_over)
        if one.in_force is None:
            self.review_button.hide()
        self.back_button.setVisible(self._shapes and one.retired_on is not None)
        self._show_notice(found, is_over=is_over)
        self._show_facts(found)
        self._show_revisions(found)
        self._show_reviews(found)
        self._show_history(found)
        lines = self._decisions.emptied()
        self._decisions.setVisible(bool(found.decisions))
        add_signatures(self, lines, found.decisions)

    def _show_notice(self, found: DocumentDetail, *, is_over: bool) -> None:
        one = found.summary
        words = ""
        if is_over and one.retired_on is not None:
            words = _("Retired from {day}: nobody is asked to read it.").format(
                day=day(one.retired_on)
            )
        elif any(each.is_double for each in found.revisions):
            words = _("Two PCs each added a revision of the same label. Withdraw one of them.")
        elif one.is_review_due and one.review_due is not None:
            words = _("Its review was due on {day}.").format(day=day(one.review_due))
        elif not found.requirements:
            words = _("No requirement points at it yet: nobody is asked to read it.")
        self.notice.set_text(words)
        self.notice.setVisible(bool(words))

    def _show_facts(self, found: DocumentDetail) -> None:
        lines, one = self._facts.emptied(), found.summary
        lines.addWidget(FactRow(one.owner, _("Who answers for it"), icon="briefcase"))
        where = one.org_unit or _("Everywhere")
        lines.addWidget(FactRow(where, _("Applies to"), icon="factory"))
        wanted = ", ".join(each.title for each in found.requirements) or "–"
        lines.addWidget(FactRow(wanted, _("Read for these requirements"), icon="clipboard-list"))
        terms = one.terms
        asked = [_("each page {count} s").format(count=max(1, terms.page_seconds))]
        if terms.least_seconds:
            asked.append(_("the whole {count} s").format(count=terms.least_seconds))
        asked.append(_("may be printed") if terms.may_print else _("not printed by learners"))
        lines.addWidget(FactRow(" · ".join(asked), _("Reading"), icon="book-open"))
        for fact in review_facts(self, one, shapes=self._shapes):
            lines.addWidget(fact)

    def _show_revisions(self, found: DocumentDetail) -> None:
        lines = self._revisions.emptied()
        if not found.revisions:
            words = _("There is no revision yet. Add the one that is in use.")
            lines.addWidget(PlainLabel(words, TextRole.BODY2, wrap=True))
        for one in found.revisions:
            lines.addWidget(self._revision(one, is_only=len(found.revisions) == 1))

    def _revision(self, one: Revision, *, is_only: bool) -> FactRow:
        title = _("Revision {label}").format(label=one.label)
        about = [_("In force from {day}").format(day=day(one.effective_from))]
        if one.review_due is not None:
            about.append(_("review due {day}").format(day=day(one.review_due)))
        if one.by_name:
            about.append(_("added by {name}").format(name=one.by_name))
        if one.approved_by:
            about.append(_("approved by {name}").format(name=one.approved_by))
        if one.given and one.state is RevisionState.IN_REVIEW:
            about.append(_("approved by 1 of {count}").format(count=one.approvers))
        if one.supersedes:
            about.append(_("after {label}").format(label=one.supersedes))
        lines = [" · ".join(about), one.summary, _impact_in_words(one), _files_in_words(one)]
        row = FactRow(title, "\n".join(line for line in lines if line), icon="scroll-text")
        row.add_button(StatusChip(_(REVISION_STATES[one.state]), TONES[one.state]))
        actions = self.acts.main_of(one, is_only=is_only)
        for action in actions[:_SHOWN]:
            row.add_button(_small(action, title))
        if len(actions) > _SHOWN:
            more = IconButton("ellipsis", _("More: {what}").format(what=title), dense=True)
            row.add_button(more.on_press(partial(_show_more, more, actions[_SHOWN:])))
        return row

    def _show_reviews(self, found: DocumentDetail) -> None:
        lines = self._reviews.emptied()
        self._reviews.setVisible(bool(found.reviews))
        for one in found.reviews:
            lines.addWidget(review_row(self, one))

    def _show_history(self, found: DocumentDetail) -> None:
        lines = self._history.emptied()
        self._history.setVisible(bool(found.impacts))
        for one in found.impacts:
            who = _(ASKS[one.ask])
            chosen = ", ".join(filter(None, (*one.job_roles, *one.org_units)))
            title = f"{one.called}: {chosen or who}"
            asked = plural("{count} person asked", "{count} people asked", one.asked)
            facts = [asked, one.reason, one.by_name, moment(one.at)]
            if one.due_on is not None:
                facts.insert(1, _("due {day}").format(day=day(one.due_on)))
            lines.addWidget(FactRow(title, " · ".join(facts), icon="users"))

    def begin_revising(self) -> None:
        """Ask for the next revision and its file."""
        found = self.found
        if found is None:
            return
        goes_on = found.summary.review_due is not None
        form = RevisionForm(found.free_from, found.next_review if goes_on else None)
        documents, actor, document_id = self._documents, self.desk.actor, found.summary.id

        def wish() -> Wish[UUID]:
            new = form.revision()
            told = _("Revision {label} was added as a draft.").format(label=new.label)
            return Wish(partial(documents.add_revision, actor, document_id, new), told)

        open_form(self, _("New revision"), form, wish, save=_("Add"), subtitle=found.summary.number)

    def begin_changing(self) -> None:
        """Ask what is to be said of the document from now on."""
        services, actor = self.desk.services, self.desk.actor
        self.load(lambda _progress: choices_for(services, actor), self._ask_change, what="choices")

    def _ask_change(self, choices: FormChoices) -> None:
        found = self.found
        if found is None:
            return
        form, number = DocumentForm(choices, found), found.summary.number
        documents, actor, document_id = self._documents, self.desk.actor, found.summary.id
        sheet = FormSheet(self, number, form)

        def keep() -> None:
            try:
                change, reason = form.change(), form.reason.value()
            except UserFacingError as error:
                sheet.refused(error)
                return
            told = _("{number} was changed.").format(number=number)
            wanted = MaySign(
                title=_("What is read for other requirements"),
                words=lambda: documents.change_text(actor, document_id, change, reason),
                act=lambda signed: documents.change(actor, document_id, change, reason, signed),
                done=lambda _nothing: self.desk.toast(told),
            )
            sign_if_asked(self, wanted, sheet)

        sheet.save_asked.connect(keep)
        sheet.open()

    def _retire(self) -> None:
        if self.found is not None:
            ask_retiring(self, self.found.summary)

    def _review(self) -> None:
        if self.found is not None:
            ask_review(self, self.found)

    def _bring_back(self) -> None:
        if self.found is not None:
            ask_bringing_back(self, self.found.summary)

    def show_impact(self, one: Revision) -> None:
        """Show whom a revision concerns, and ask who reads it again."""
        impacts, actor = self._documents.impacts, self.desk.actor

        def show(impact: Impact) -> None:
            if one.state is RevisionState.DRAFT:
                PlannedImpactSheet(self, impact, one, self._planned).open()
            else:
                ImpactSheet(self, impact, self._decided).open()

        self.load(
            lambda _progress: impacts.assess(actor, ImpactSubject.REVISION, one.id),
            show,
            what="impact",
        )

    def _planned(self, _count: int) -> None:
        self.desk.toast(_("It is in the draft: who approves it signs it, too."))

    def _decided(self, count: int) -> None:
        words = plural("{count} person reads it again.", "{count} people read it again.", count)
        self.desk.toast(words)

    def show_status(self, one: Revision) -> None:
        """Show who has read a revision, and who has not."""
        statuses, actor = self._documents.statuses, self.desk.actor
        self.load(
            lambda _progress: statuses.of_revision(actor, one.id),
            lambda status: TrainingStatusSheet(self, status).open(),
            what="status",
        )

    def show_compared(self, one: Revision) -> None:
        """Show what differs between a revision and the one before it, or another."""
        if self.found is not None:
            CompareRevisionsSheet(self, self.found, one).open()


def _impact_in_words(one: Revision) -> str:
    return "" if one.impact is None else " · ".join(planned_lines(one.impact))


def _files_in_words(one: Revision) -> str:
    files = []
    for each in one.files:
        language = language_name(each.language)
        pages = plural("{count} page", "{count} pages", each.pages)
        files.append(f"{language}: {each.name}, {pages}")
    return " · ".join(files)


def _show_more(button: IconButton, actions: list[RowAction]) -> None:
    show_row_menu(button, actions, button.mapToGlobal(button.rect().bottomLeft()))


def _small(action: RowAction, title: str) -> Button:
    button = Button(action.words, icon=action.icon, dense=True).on_press(action.act)
    button.setAccessibleName(f"{action.words}: {title}")
    return button
