"""Enrolment rules: written, tried, and then let loose."""

from datetime import date
from functools import partial
from uuid import UUID

from app.core.base.actor import Capability
from app.core.base.figures import day, number
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.training.enrolment import Rule, RuleTried, RunOfRules, in_words
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.dialogs import Question
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, number_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.training.rule_forms import RuleChoices, RuleForm
from app.ui.training.tried_sheet import TriedSheet


class RulesScreen(ListScreen[Services, Rule]):
    """One list; a row is tried first, and switched on from there."""

    topics = frozenset({"enrolment_rule", "requirement", "assignment"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Enrolment rules"),
            subtitle=_("Who gets what by itself: when they join, move, come back, or match."),
        )
        self._enrolment = desk.services.training.enrolment
        self._shapes = desk.actor.scope_of(Capability.ASSIGN) is None
        if self._shapes:
            run = plain(_("Run all now"), "play").on_press(self._ask_run)
            add = primary(_("Add a rule"), "plus").on_press(self.begin_adding)
            self.header.add_action(run)
            self.header.add_action(add)
        table = DataTable(
            _("Enrolment rules"),
            _columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=desk.jobs,
            search=_("Search by words of the rule"),
            menu=self._actions,
            limit=1000,
            empty=EmptyState(
                _("No rule yet. “All new joiners in Finance get GST training on day 1” is one."),
                icon="sliders-horizontal",
                action=_("Add a rule") if self._shapes else "",
                act=self.begin_adding,
            ),
        )
        table.opened.connect(self.try_out)
        self.put_list(table, key="rules")

    def begin_adding(self) -> None:
        """Ask what a new rule says."""
        self.load(self._choices, partial(self._ask_words, None), what="form")

    def try_out(self, rule: Rule) -> None:
        """Say whom a rule would reach now."""
        enrolment, actor = self._enrolment, self.desk.actor
        self.load(
            lambda _progress: enrolment.try_out(actor, rule.words, rule.id),
            partial(self._show_tried, rule),
            what="try",
        )

    def _choices(self, _progress: Progress) -> RuleChoices:
        services, actor = self.desk.services, self.desk.actor
        organisation = services.people.organisation
        return RuleChoices(
            requirements=services.training.catalogue.all(actor),
            units=organisation.org_units(actor),
            roles=organisation.job_roles(actor),
            offered=services.training.enrolment.offered(actor),
        )

    def _ask_words(self, rule: Rule | None, choices: RuleChoices) -> None:
        form = RuleForm(choices, rule)
        enrolment, actor = self._enrolment, self.desk.actor

        def wish() -> Wish[UUID]:
            words, code = form.words(), form.code.value()

            def keep() -> UUID:
                if rule is None:
                    return enrolment.add(actor, code, words)
                enrolment.change(actor, rule.id, words)
                return rule.id

            return Wish(keep, _("The rule is off until you have tried it and switch it on."))

        title = _("Add a rule") if rule is None else _("Change the rule")
        open_form(self, title, form, wish, done=self.table.current.go_to)

    def _fetch(self, request: PageRequest) -> Page[Rule]:
        found = self._enrolment.rules(self.desk.actor, request.text)
        return Page.cut(found, request)

    def _actions(self, rule: Rule) -> list[RowAction]:
        actions = [RowAction(_("Try"), partial(self.try_out, rule), "eye")]
        if not self._shapes:
            return actions
        change = partial(self.load, self._choices, partial(self._ask_words, rule), what="form")
        actions.append(RowAction(_("Change"), change, "pencil"))
        if rule.is_on:
            actions.append(RowAction(_("Switch off"), partial(self._ask_off, rule), "pause"))
        return actions

    def _show_tried(self, rule: Rule, tried: RuleTried) -> None:
        carry_out = partial(self._carry_out, rule, tried) if self._shapes else None
        TriedSheet(self, rule, tried, carry_out).open()

    def _carry_out(self, rule: Rule, tried: RuleTried) -> None:
        """Switch the rule on, or run it; that it reaches many, or names what is not here, is asked first."""
        enrolment, actor = self._enrolment, self.desk.actor
        act = enrolment.run if rule.is_on else enrolment.switch_on

        def do(_reason: str = "") -> None:
            told = self._told if tried.begins_on is None else partial(self._waits, tried.begins_on)
            carry_out = partial(act, actor, rule.id, confirmed=tried.count, even_so=tried.in_vain)
            self.act(lambda _progress: carry_out(), told)

        question = _question(rule, tried)
        if question is None:
            do()
        else:
            self.desk.confirm(question, do)

    def _ask_off(self, rule: Rule) -> None:
        question = Question(
            title=_("Switch “{title}” off?").format(title=rule.words.title),
            text=_("It assigns no more. What it assigned stays."),
            yes=_("Switch off"),
            ask_reason=True,
        )
        enrolment, actor = self._enrolment, self.desk.actor
        self.act_on_yes(
            question,
            lambda reason: enrolment.switch_off(actor, rule.id, reason),
            _("The rule is off."),
        )

    def _ask_run(self) -> None:
        enrolment, actor = self._enrolment, self.desk.actor
        self.act(
            lambda _progress: enrolment.run_all(actor), self._told, title=_("Running the rules")
        )

    def _waits(self, begins_on: date, _done: RunOfRules) -> None:
        self.desk.toast(_("The rule is on. It begins on {day}.").format(day=day(begins_on)))

    def _told(self, done: RunOfRules) -> None:
        words = plural("Assigned to {count} person.", "Assigned to {count} people.", done.assigned)
        if done.held_back:
            held = _("Not run, because they reach many: {titles}.").format(
                titles=", ".join(done.held_back)
            )
            self.desk.toast(f"{words} {held}", Tone.WARNING)
            return
        self.desk.toast(words)


def _question(rule: Rule, tried: RuleTried) -> Question | None:
    """Return what is to be confirmed before a rule is let loose, if anything."""
    is_many = tried.reaches_many and tried.begins_on is None
    many = _("“{title}” changes something for {count} of {here} people.").format(
        title=rule.words.title, count=number(tried.count), here=number(tried.here)
    )
    named = _("Not here, or no longer: {named}.").format(named=tried.in_vain.in_words())
    said = [many] * is_many + [named] * bool(tried.in_vain.named)
    if not said:
        return None
    title = _("It reaches many people.") if is_many else _("It names what is not here.")
    return Question(title=title, text=" ".join(said), yes=_("That is meant"), careful=True)


def _columns() -> list[Column[Rule]]:
    return [
        text_column(
            "title", _("Rule"), lambda one: one.words.title, under=lambda one: one.code,
            width=240, stretch=2, sortable=False,
        ),
        text_column(
            "whom", _("To whom"), lambda one: in_words(one.words.condition),
            under=lambda one: one.words.when(), width=280, stretch=3, sortable=False,
        ),
        text_column(
            "what", _("Gives"), lambda one: one.requirement_title, sortable=False, fold_below=900
        ),
        number_column(
            "open", _("Still open"), lambda one: one.open_assignments, width=90, sortable=False
        ),
        chip_column("state", _("Status"), _status, width=110, sortable=False),
    ]  # fmt: skip


def _status(rule: Rule) -> tuple[str, Tone]:
    if rule.is_held_back:
        return _("Waits"), Tone.WARNING
    return (_("On"), Tone.SUCCESS) if rule.is_on else (_("Off"), Tone.NEUTRAL)


SPEC = ScreenSpec(
    key="rules",
    title=mark("Enrolment rules"),
    icon="sliders-horizontal",
    needs=Capability.ASSIGN,
    factory=RulesScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="requirements",
)
