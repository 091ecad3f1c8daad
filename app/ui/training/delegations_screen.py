"""Who gives training for somebody else: whom I let do it for me, and what I oversee."""

from datetime import date, timedelta
from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.paging import Page, PageRequest, has_words
from app.core.base.words import _, mark
from app.core.people import OrgUnit, OrgUnitId
from app.core.people.delegating import (
    DELEGATION_STATES,
    Delegation,
    DelegationId,
    DelegationRefused,
    DelegationState,
    DelegationTerms,
)
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import primary
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.tables.columns import Column, chip_column, day_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import Tone
from app.ui.training.people_field import PeopleField

_USUAL_DAYS = 14
_TONES = {
    DelegationState.IN_FORCE: Tone.SUCCESS,
    DelegationState.TO_COME: Tone.INFO,
    DelegationState.GIVER_MAY_NOT: Tone.WARNING,
    DelegationState.TAKER_MAY_NOT: Tone.WARNING,
}


class DelegationsScreen(ListScreen[Services, Delegation]):
    """One list; opened with `number` it asks at once where and how long that person is to do it."""

    topics = frozenset({"delegation", "account", "role_grant", "person", "placement"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Others assign for me"),
            subtitle=_(
                "For some days, somebody else gives training in your place. They plan nothing, sign"
                " nothing and train nobody for you."
            ),
        )
        self.give_button = primary(_("Let somebody assign"), "user-plus").on_press(self.begin)
        self.header.add_action(self.give_button)
        table = DataTable(
            _("Others assign for me"),
            _columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=desk.jobs,
            search=_("Search by name or number"),
            menu=self._actions,
            empty=EmptyState(
                _("Nobody gives training for somebody else. Let somebody while you are away."),
                icon="handshake",
                action=_("Let somebody assign"),
                act=self.begin,
            ),
        )
        table.filters.add("past", "yes", _("Over or ended, too"))
        table.opened.connect(self._ask_ending)
        self.put_table(table)

    @override
    def enter(self, **args: object) -> None:
        """Ask for somebody, when the screen was opened from their page."""
        super().enter(**args)
        if "number" in args:
            self.begin(str(args["number"]))

    def begin(self, number: str = "") -> None:
        """Ask who is to give training, where and how long."""
        organisation, actor = self.desk.services.people.organisation, self.desk.actor
        scope = actor.scope_of(Capability.ASSIGN)

        def mine(_progress: object) -> tuple[OrgUnit, ...]:
            units = organisation.org_units(actor)
            return tuple(one for one in units if scope is None or one.id in scope)

        self.load(mine, partial(self._ask, number), what="units")

    def _ask(self, number: str, units: tuple[OrgUnit, ...]) -> None:
        form = DelegationForm(self, units, local_day(self.desk.clock), number)
        delegations, people = self.desk.services.people.delegations, self.desk.services.people
        actor = self.desk.actor

        def wish() -> Wish[DelegationId]:
            numbers, wanted = form.who.value(), form.wanted()
            if len(numbers) != 1:
                raise DelegationRefused(
                    _("It is for one person at a time."), _("Choose one person.")
                )

            def act() -> DelegationId:
                person_id = people.find(actor, numbers[0]).id
                return delegations.give(actor, person_id, wanted)

            return Wish(act, _("They find “Assign” in their navigation when they next sign in."))

        open_form(self, _("Let somebody assign for you"), form, wish, save=_("Let them"))

    def _fetch(self, request: PageRequest) -> Page[Delegation]:
        with_past = "yes" in request.values("past")
        found = self.desk.services.people.delegations.listed(self.desk.actor, with_past=with_past)
        wanted = [
            one
            for one in found
            if has_words(f"{one.name} {one.number} {one.giver} {one.org_unit}", request.text)
        ]
        return Page.cut(wanted, request)

    def _actions(self, one: Delegation) -> list[RowAction]:
        actions = [RowAction(_("End now"), partial(self._ask_ending, one), "ban", one.may_be_ended)]
        if one.person_id is not None:
            person = partial(self.desk.open, "person", person_id=one.person_id)
            actions.append(RowAction(_("Open the person"), person, "user"))
        return actions

    def _ask_ending(self, one: Delegation) -> None:
        if not one.may_be_ended:
            return
        question = Question(
            title=_("Let {name} assign for {giver} no longer?").format(
                name=one.name, giver=one.giver
            ),
            text=_("What they gave stays as it is."),
            yes=_("End now"),
            danger=True,
            ask_reason=True,
        )
        delegations, actor = self.desk.services.people.delegations, self.desk.actor
        self.act_on_yes(
            question, lambda reason: delegations.end(actor, one.id, reason), _("It is ended.")
        )


class DelegationForm(Form):
    """Who, where, from when until when, and why."""

    def __init__(
        self, host: Screen[Services], units: tuple[OrgUnit, ...], today: date, number: str
    ) -> None:
        super().__init__()
        self.who = PeopleField(
            host,
            _("Who gives training for you"),
            hint=_("One person with an account."),
            required=True,
            only_one=True,
        )
        if number:
            self.who.set_value([number])
        self.unit: ComboField[OrgUnitId | None] = ComboField(
            _("Where, with all below it"),
            [(None, _("Wherever you assign")), *((one.id, one.called) for one in units)],
        )
        self.first = DateField(_("From"), today, required=True)
        last = today + timedelta(days=_USUAL_DAYS)
        self.last = DateField(_("Last day"), last, required=True)
        self.reason = TextField(_("Why"), required=True, hint=_("Kept in the records; no names."))
        for field in (self.who, self.unit):
            self.add(field)
        self.add_beside(self.first, self.last)
        self.add(self.reason)
        self.mark_saved()

    def wanted(self) -> DelegationTerms:
        """Return what is wished for. Raises DelegationRefused."""
        last = self.last.value()
        if last is None:
            raise DelegationRefused(_("The last day is missing."), _("Give a last day."))
        return DelegationTerms(
            until_on=last,
            from_on=self.first.value(),
            org_unit_id=self.unit.value(),
            reason=self.reason.value(),
        )


def _columns() -> list[Column[Delegation]]:
    make = partial(text_column, sortable=False)
    return [
        make("name", _("Who gives training"), lambda one: one.name, under=lambda one: one.number),
        make("giver", _("For whom"), _for_whom, under=lambda one: one.giver_number),
        make(
            "place", _("Where"), _where,
            fold_below=900,
        ),
        day_column("from_on", _("From"), lambda one: one.from_on, sortable=False, fold_below=760),
        day_column("until_on", _("Last day"), lambda one: one.until_on, sortable=False),
        chip_column("state", _("State"), _state, width=210, sortable=False),
    ]  # fmt: skip


def _for_whom(one: Delegation) -> str:
    return _("You") if one.is_mine else one.giver


def _where(one: Delegation) -> str:
    anywhere = _("Wherever you assign") if one.is_mine else _("Wherever they assign")
    return one.org_unit or anywhere


def _state(one: Delegation) -> tuple[str, Tone]:
    return _(DELEGATION_STATES[one.state]), _TONES.get(one.state, Tone.NEUTRAL)


SPEC = ScreenSpec(
    key="delegations",
    title=mark("Others assign for me"),
    icon="handshake",
    in_navigation=False,
    stands_alone=True,
    needs=Capability.ASSIGN,
    factory=DelegationsScreen,
    beneath="assignments",
)
