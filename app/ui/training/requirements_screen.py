"""What people must hold: the list, adding one, what it asks for from a day on."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, mark, plural
from app.core.training import (
    OFFERINGS,
    REQUIREMENT_TYPES,
    RequirementType,
    asked_in_words,
    had_in_words,
)
from app.core.training.offers import Offer
from app.core.training.requirements import (
    NewRequirement,
    RequirementChange,
    RequirementDetail,
    RequirementSummary,
)
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.dialogs import Question
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.signed_acts import MaySign, sign_if_asked
from app.ui.kit.tables.columns import Column, chip_column, number_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.training.offer_form import ask_offer
from app.ui.training.requirement_forms import NewRequirementForm, RequirementForm, codes_in
from app.ui.training.signing_form import ask_signing_terms
from app.ui.training.words import due_in_words, validity_in_words


class RequirementsScreen(ListScreen[Services, RequirementSummary]):
    """One list; a row opens what the requirement asks for."""

    topics = frozenset(
        {"requirement", "requirement_terms", "requirement_link", "assignment", "catalogue_offer"}
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Requirements"),
            subtitle=_("What people must hold, until when it is valid, and when it is due."),
        )
        self._catalogue = desk.services.training.catalogue
        self._offers: dict[UUID, Offer] = {}
        self._shapes = desk.actor.scope_of(Capability.ASSIGN) is None
        self._add_actions()
        table = DataTable(
            _("Requirements"),
            _columns(self._offered),
            self._fetch,
            key=lambda one: one.id,
            jobs=desk.jobs,
            search=_("Search by title or code"),
            menu=self._actions,
            limit=1000,
            empty=EmptyState(
                _("Nothing is required yet. Publish a course, or add a requirement."),
                icon="clipboard-list",
                action=_("Add a requirement") if self._shapes else "",
                act=self.begin_adding,
            ),
        )
        table.opened.connect(self._open)
        self.put_list(table, key="requirements")

    def _add_actions(self) -> None:
        desk = self.desk
        self.header.add_action(
            plain(_("Enrolment rules"), "sliders-horizontal").on_press(partial(desk.open, "rules"))
        )
        self.header.add_action(
            plain(_("Practicals"), "list-checks").on_press(partial(desk.open, "practicals"))
        )
        if desk.actor.may(Capability.MANAGE_SITE):
            self.signed_button = plain(_("What is signed"), "signature").on_press(
                partial(ask_signing_terms, self)
            )
            self.header.add_action(self.signed_button)
        if self._shapes:
            add = primary(_("Add a requirement"), "plus").on_press(self.begin_adding)
            self.header.add_action(add)

    def begin_adding(self) -> None:
        """Ask what a new requirement is, and what it asks for."""
        form = NewRequirementForm(self._today())
        catalogue, actor = self._catalogue, self.desk.actor

        def wish() -> Wish[UUID]:
            new = NewRequirement(
                code=form.code.value(),
                title=form.title.value(),
                type=form.kind.value() or RequirementType.EXTERNAL,
                wording=form.wording_said(),
                terms=form.terms.terms(),
            )
            told = _("{title} was added.").format(title=new.title)
            return Wish(partial(catalogue.add, actor, new), told)

        open_form(
            self,
            _("Add a requirement"),
            form,
            wish,
            done=self.table.current.go_to,
            save=_("Add"),
        )

    def _fetch(self, request: PageRequest) -> Page[RequirementSummary]:
        found = self._catalogue.all(self.desk.actor, request.text)
        offers = self.desk.services.training.offers.all(self.desk.actor)
        self._offers = {one.requirement_id: one for one in offers}
        return Page.cut(found, request)

    def _offered(self, one: RequirementSummary) -> str:
        """Return how people find it in the catalogue, and who."""
        offer = self._offers.get(one.id)
        if offer is None:
            return "–"
        words = _(OFFERINGS[offer.offering])
        return f"{words} ({offer.audience_code})" if offer.audience_code else words

    def _actions(self, one: RequirementSummary) -> list[RowAction]:
        who = partial(self.desk.open, "assignments", requirement=str(one.id))
        actions = [RowAction(_("Who has it"), who, "users")]
        if not self._shapes:
            return actions
        actions.append(RowAction(_("Change"), partial(self._open, one), "pencil"))
        offer = partial(ask_offer, self, one)
        actions.append(RowAction(_("Offer in the catalogue"), offer, "library"))
        if one.awaits_publishing:
            return actions
        if one.retired_on is None:
            actions.append(
                RowAction(_("Assign it no more"), partial(self._ask_retiring, one), "ban")
            )
        else:
            back = partial(self._ask_bringing_back, one)
            actions.append(RowAction(_("Let it be assigned again"), back, "rotate-ccw"))
        return actions

    def _open(self, one: RequirementSummary) -> None:
        if not self._shapes:
            return
        catalogue, actor = self._catalogue, self.desk.actor
        self.load(
            lambda _progress: catalogue.detail(actor, one.id), self._ask_change, what="detail"
        )

    def _ask_change(self, found: RequirementDetail) -> None:
        form = RequirementForm(found, self._today())
        open_form(
            self,
            found.summary.title,
            form,
            partial(self._wish, found, form),
            subtitle=f"{_(REQUIREMENT_TYPES[found.summary.type])} · {found.summary.code}",
        )

    def _wish(self, found: RequirementDetail, form: RequirementForm) -> Wish[None]:
        catalogue, actor, terms = self._catalogue, self.desk.actor, form.terms.terms()
        before, instead = codes_in(form.before.value()), codes_in(form.instead.value())
        title, titles = form.title.value(), form.titles_said()
        wording, wordings = form.wording_said(), form.wordings_said()
        hold = form.wordings_hold.value()
        reason, laws = form.reason.value(), form.laws_said()

        def ids(codes: tuple[str, ...]) -> tuple[UUID, ...]:
            return tuple(catalogue.coded(actor, code).summary.id for code in codes)

        def act() -> None:
            change = RequirementChange(
                title=title,
                titles=titles,
                wording=wording,
                wordings=wordings,
                wordings_hold=hold,
                terms=terms,
                prerequisites=ids(before),
                substitutes=ids(instead),
                laws=laws,
            )
            catalogue.change(actor, found.summary.id, change, reason)

        return Wish(act, _("{title} was changed.").format(title=title))

    def _ask_retiring(self, one: RequirementSummary) -> None:
        kept = _("Who holds it keeps it.")
        ends = plural(
            "{count} open assignment ends.", "{count} open assignments end.", one.open_assignments
        )
        question = Question(
            title=_("Assign “{title}” no more?").format(title=one.title),
            text=f"{ends} {kept}" if one.open_assignments else kept,
            yes=_("Assign it no more"),
            ask_reason=True,
        )
        catalogue, actor, today = self._catalogue, self.desk.actor, self._today()

        def retire(reason: str) -> None:
            wanted = MaySign(
                title=_("Assign {code} no more").format(code=one.code),
                words=lambda: catalogue.text_to_sign(actor, one.id, today, reason),
                act=lambda signed: catalogue.retire(actor, one.id, today, reason, signed),
                done=lambda _nothing: self.desk.toast(_("It is assigned no more.")),
            )
            sign_if_asked(self, wanted)

        self.desk.confirm(question, retire)

    def _ask_bringing_back(self, one: RequirementSummary) -> None:
        back, actor = self.desk.services.training.brought_back, self.desk.actor
        self.load(
            lambda _progress: back.would_ask(actor, one.id),
            partial(self._ask_back, one),
            what="who had it",
        )

    def _ask_back(self, one: RequirementSummary, had: int) -> None:
        catalogue, actor = self._catalogue, self.desk.actor
        question = Question(
            title=_("Let “{title}” be assigned again?").format(title=one.title),
            text=had_in_words(had),
            yes=_("Let it be assigned again"),
            ask_reason=True,
        )

        def bring_back(reason: str) -> None:
            wanted = MaySign(
                title=_("Let {code} be assigned again").format(code=one.code),
                words=lambda: catalogue.text_to_sign(actor, one.id, None, reason),
                act=lambda signed: catalogue.bring_back(actor, one.id, reason, signed),
                done=lambda asked: self.desk.toast(asked_in_words(asked)),
            )
            sign_if_asked(self, wanted)

        self.desk.confirm(question, bring_back)

    def _today(self) -> date:
        return local_day(self.desk.clock)


def _columns(offered: Callable[[RequirementSummary], str]) -> list[Column[RequirementSummary]]:
    return [
        text_column(
            "title", _("Title"), lambda one: one.title, under=lambda one: one.code, width=240,
            stretch=3, sortable=False,
        ),
        text_column("type", _("Type"), lambda one: _(REQUIREMENT_TYPES[one.type]), width=185, stretch=0, sortable=False),
        text_column(
            "valid",
            _("Valid"),
            lambda one: validity_in_words(one.terms, one.course_months),
            width=120,
            sortable=False,
        ),
        text_column(
            "due", _("First due"), lambda one: due_in_words(one.terms), width=170, sortable=False,
            fold_below=900,
        ),
        number_column(
            "open", _("Still open"), lambda one: one.open_assignments, width=90, sortable=False
        ),
        text_column(
            "catalogue", _("Catalogue"), offered, width=130, sortable=False, fold_below=1080
        ),
        chip_column("state", _("Status"), _status, width=180, sortable=False, fold_below=760),
    ]  # fmt: skip


def _status(one: RequirementSummary) -> tuple[str, Tone]:
    if one.awaits_publishing:
        return _("Not published"), Tone.NEUTRAL
    if one.last_day is not None:
        return _("Needs a new last day"), Tone.WARNING
    if one.retired_on is None:
        return _("In use"), Tone.SUCCESS
    return _("Until {day}").format(day=day(one.retired_on)), Tone.NEUTRAL


SPEC = ScreenSpec(
    key="requirements",
    title=mark("Requirements"),
    icon="clipboard-list",
    section=mark("Training"),
    needs=Capability.ASSIGN,
    factory=RequirementsScreen,
)
