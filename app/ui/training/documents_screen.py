"""The register of documents: number, revision in force, what comes next, review, how many have read it."""

from datetime import timedelta
from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, mark, plural
from app.core.training.controlled import DocumentSummary, NewDocument, Revision, RevisionState
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.training.document_forms import DocumentForm, FormChoices, choices_for
from app.ui.training.document_reviewing import is_to_revise

_SOON = timedelta(days=60)


class DocumentsScreen(ListScreen[Services, DocumentSummary]):
    """One list; a row opens the document."""

    topics = frozenset(
        {"controlled_document", "document_revision", "document_requirement", "approval_step",
         "impact_assessment", "acknowledgement", "assignment", "document_review"}
    )  # fmt: skip

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Documents"),
            subtitle=_("Procedures and instructions: which revision is in force, who has read it."),
        )
        self._documents = desk.services.documents
        self._shapes = desk.actor.may(Capability.ASSIGN)
        self.changes_button = plain("", "git-compare").on_press(partial(desk.open, "changes"))
        self.changes_button.hide()
        self.header.add_action(self.changes_button)
        if self._shapes:
            add = primary(_("Add a document"), "plus").on_press(self.begin_adding)
            self.header.add_action(add)
        table = DataTable(
            _("Documents"),
            _columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=desk.jobs,
            search=_("Search by number, title or owner"),
            menu=self._actions,
            limit=1000,
            empty=EmptyState(
                _("There are no documents yet. Add the first procedure that people have to read."),
                icon="scroll-text",
                action=_("Add a document") if self._shapes else "",
                act=self.begin_adding,
            ),
        )
        table.filters.add("review", "due", _("Review due"))
        table.filters.add("review", "soon", _("Review within 60 days"))
        table.filters.add("retired", "yes", _("Retired, too"))
        table.opened.connect(self._open)
        self.put_list(table, key="documents")

    @override
    def refresh(self) -> None:
        """Load the list, and how many changes wait for a decision."""
        self.table.refresh()
        if self._shapes:
            impacts, actor = self._documents.impacts, self.desk.actor
            self.load(
                lambda _progress: len(impacts.waiting(actor)), self._show_waiting, what="waiting"
            )

    def _show_waiting(self, count: int) -> None:
        words = plural("{count} change to decide", "{count} changes to decide", count)
        self.changes_button.set_words(words)
        self.changes_button.setVisible(count > 0)

    def begin_adding(self) -> None:
        """Ask for number, title and who answers for it."""
        services, actor = self.desk.services, self.desk.actor
        self.load(lambda _progress: choices_for(services, actor), self._ask, what="choices")

    def _ask(self, choices: FormChoices) -> None:
        form = DocumentForm(choices)
        documents, actor = self._documents, self.desk.actor

        def wish() -> Wish[object]:
            new, change = form.document(), form.change()
            told = _("{number} was added.").format(number=new.number)

            def act() -> object:
                return _add(new)

            def _add(new: NewDocument) -> object:
                added = documents.add(actor, new)
                if change.requirements:
                    documents.change(actor, added, change)
                return added

            return Wish(act, told)

        open_form(
            self,
            _("Add a document"),
            form,
            wish,
            save=_("Add"),
            done=lambda added: self.desk.open("document", document_id=str(added)),
        )

    def _fetch(self, request: PageRequest) -> Page[DocumentSummary]:
        found = self._documents.all(self.desk.actor, request.text)
        if not request.values("retired"):
            found = tuple(one for one in found if one.retired_on is None)
        if asked := request.values("review"):
            found = tuple(one for one in found if self._is_due(one, soon="soon" in asked))
        return Page.cut(found, request)

    def _is_due(self, one: DocumentSummary, *, soon: bool) -> bool:
        if one.review_due is None or not soon:
            return one.is_review_due
        return one.review_due <= local_day(self.desk.clock) + _SOON

    def _open(self, one: DocumentSummary) -> None:
        self.desk.open("document", document_id=str(one.id))

    def _actions(self, one: DocumentSummary) -> list[RowAction]:
        return [RowAction(_("Open"), partial(self._open, one), "scroll-text")]


def _columns() -> list[Column[DocumentSummary]]:
    return [
        text_column(
            "number", _("Document"), lambda one: one.number, under=lambda one: one.title, stretch=2,
            sortable=False,
        ),
        text_column(
            "in_force", _("In force"), lambda one: _since(one.in_force), width=190, sortable=False
        ),
        chip_column("next", _("Next"), _next, width=190, sortable=False, fold_below=900),
        chip_column("review", _("Review"), _review, width=150, sortable=False, fold_below=760),
        chip_column("trained", _("Have read it"), _trained, width=150, sortable=False),
    ]  # fmt: skip


def _since(one: Revision | None) -> str:
    if one is None:
        return "–"
    return _("{label} from {day}").format(label=one.label, day=day(one.effective_from))


def _next(one: DocumentSummary) -> tuple[str, Tone]:
    if one.retired_on is not None:
        return _("Retired {day}").format(day=day(one.retired_on)), Tone.NEUTRAL
    if one.coming is None:
        return "", Tone.NEUTRAL
    if one.coming.state is RevisionState.APPROVED:
        return _since(one.coming), Tone.INFO
    if one.coming.state is RevisionState.IN_REVIEW:
        return _("{label} in review").format(label=one.coming.label), Tone.WARNING
    return _("{label} is a draft").format(label=one.coming.label), Tone.NEUTRAL


def _review(one: DocumentSummary) -> tuple[str, Tone]:
    if is_to_revise(one) and not one.is_review_due:
        return _("To be revised"), Tone.WARNING
    if one.review_due is None:
        return "", Tone.NEUTRAL
    if one.is_review_due:
        return _("Due {day}").format(day=day(one.review_due)), Tone.DANGER
    return day(one.review_due), Tone.NEUTRAL


def _trained(one: DocumentSummary) -> tuple[str, Tone]:
    trained = one.trained
    if trained is None or not trained.required:
        return "", Tone.NEUTRAL
    words = _("{trained} of {required}").format(trained=trained.trained, required=trained.required)
    return words, Tone.SUCCESS if trained.trained == trained.required else Tone.WARNING


SPEC = ScreenSpec(
    key="documents",
    title=mark("Documents"),
    icon="scroll-text",
    section=mark("Learning"),
    needs=Capability.VIEW_RECORDS,
    factory=DocumentsScreen,
)
