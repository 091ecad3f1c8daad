"""One person: who they are, where they belonged, how they sign in."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from typing_extensions import override

from app.core.assessments import SupervisedPerson
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotAllowed
from app.core.base.figures import day, last_day
from app.core.base.words import _, language_name, mark
from app.core.learning import UnitInHand
from app.core.people import (
    AccountDetail,
    GatePass,
    JobRole,
    OrgUnit,
    PersonDetail,
    PersonId,
    Reads,
    gate_pass_that_counts,
    leaving_in_words,
)
from app.core.people.delegating import Delegation
from app.core.people.ownership import OwnedField
from app.core.people.papers import PersonPaper
from app.core.people.shifts import PersonHours
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.focus import lead_through_parts, tab_stops
from app.ui.kit.layouts import SideBySide, clear, column, row, stacked
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Tone
from app.ui.people.account_card import AccountCard
from app.ui.people.delegations_card import DelegationsCard
from app.ui.people.further_roles_part import FurtherRolesPart
from app.ui.people.gap_words import gap_in_words
from app.ui.people.leaving_sheets import LeaveSheet, ReturnSheet
from app.ui.people.papers_card import PapersCard, read_papers
from app.ui.people.person_form import PersonForm
from app.ui.people.photo_part import PhotoPart
from app.ui.people.quiz_card import QuizCard
from app.ui.people.same_person_card import SamePersonCard
from app.ui.people.signer_card import SignerCard
from app.ui.people.unit_card import UnitCard
from app.ui.people.words import gate_pass_words, kind_words, reads_words, shift_words


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is read of a person at once."""

    person: PersonDetail
    photo: bytes
    papers: tuple[PersonPaper, ...] | None
    """None where the actor may not see their record."""
    account: AccountDetail | None
    supervised: SupervisedPerson | None
    units: tuple[UnitInHand, ...]
    delegations: tuple[Delegation, ...]
    hours: PersonHours


class PersonScreen(Screen[Services]):
    """Opened with `person_id`."""

    topics = frozenset(
        {
            "person",
            "person_photo",
            "person_paper",
            "person_decision",
            "placement",
            "shift",
            "holiday",
            "shift_hours",
            "person_job_role",
            "org_unit",
            "job_role",
            "account",
            "credential",
            "role_grant",
            "delegation",
            "sign_in_guard",
            "attempt",
            "attempt_result",
            "attempt_unlock",
            "attempt_extension",
            "extra_time",
            "statement",
            "signing_key",
            "signing_key_end",
            "signer_check",
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Person"))
        self._person_id: PersonId | None = None
        self._person: PersonDetail | None = None
        self._manages = desk.actor.may(Capability.MANAGE_PEOPLE)
        self._add_actions()
        self.account = AccountCard(desk, self)
        self.delegations = DelegationsCard(self)
        self.same = SamePersonCard(desk)
        self.quizzes = QuizCard(desk, self)
        self.units = UnitCard(desk, self)
        self.signer = SignerCard(self)
        self.facts, self.places = column(gap=12), column(gap=12)
        self._lay_out()

    def _add_actions(self) -> None:
        desk = self.desk
        if desk.actor.may(Capability.VIEW_RECORDS):
            self.header.add_action(
                plain(_("Training record"), "file-text").on_press(self._open_record)
            )
        self.retrain_button = plain(_("Order retraining"), "repeat")
        self.retrain_button.on_press(
            lambda: desk.open("retrain", numbers=self._person.number if self._person else "")
        )
        self.header.add_action(self.retrain_button)
        self.retrain_button.setVisible(desk.actor.may(Capability.ASSIGN))
        self.erase_button = plain(_("Erase…"), "user-x").on_press(self._open_erasure)
        self.header.add_action(self.erase_button)
        self.erase_button.setVisible(desk.actor.may(Capability.ERASE_PEOPLE))
        self.edit_button = primary(_("Edit"), "pencil").on_press(self._edit)
        self.leave_button = plain(_("Has left"), "log-out").on_press(self._leave)
        self.stay_button = plain(_("Stays after all"), "log-in").on_press(self._stay)
        self.rejoin_button = plain(_("Came back"), "log-in").on_press(self._rejoin)
        for button in (self.leave_button, self.stay_button, self.rejoin_button, self.edit_button):
            self.header.add_action(button)
            button.setVisible(self._manages)

    def _lay_out(self) -> None:
        facts, places = Card(_("Person")), Card(_("Where they belonged"))
        self.photo = PhotoPart(self, manages=self._manages)
        sides = row(gap=20)
        sides.addWidget(self.photo)
        sides.addLayout(self.facts, 1)
        facts.body.addLayout(sides)
        places.body.addLayout(self.places)
        self.further = FurtherRolesPart(self, manages=self._manages)
        places.body.addWidget(self.further)
        left = stacked(self.same, facts, places, self.quizzes, self.units)
        self.papers = PapersCard(self, manages=self._manages)
        right = stacked(self.account, self.delegations, self.papers, self.signer)
        self.body.addWidget(SideBySide(left, right, side_width=380, fold_below=860))
        self.body.addStretch(1)

    def enter(self, **args: object) -> None:
        """Take whom to show."""
        self._person_id = PersonId(args["person_id"])  # type: ignore[arg-type]  # the shell hands on what it was given

    def refresh(self) -> None:
        """Load the person and how they sign in."""
        if self._person_id is not None:
            self.load(self._read, self._show)
            self.same.look(self, self._person_id)

    @override
    def focus_first(self) -> None:
        """Put the focus into the header: the first control below it may take something away."""
        first = [self.edit_button] if self.edit_button.isVisible() else tab_stops(self.header)
        for stop in first[:1]:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, _progress: object) -> _Shown:
        services, actor = self.desk.services, self.desk.actor
        person = services.people.person(actor, PersonId(self._person_id))  # type: ignore[arg-type]  # refresh saw to it
        account = None
        if person.account_id is not None and actor.may(Capability.MANAGE_ACCOUNTS):
            account = services.sign_in.accounts.account(actor, person.account_id)
        return _Shown(
            person=person,
            photo=services.people.photos.of(actor, person.id),
            papers=read_papers(self, person),
            account=account,
            supervised=_supervised(services, actor, person.id),
            units=_units(services, actor, person.id),
            delegations=services.people.delegations.of_person(actor, person.id),
            hours=services.people.shifts.of(actor, person.id),
        )

    def _show(self, shown: _Shown) -> None:
        person, account = shown.person, shown.account
        self._person = person
        self.photo.show_person(person, shown.photo)
        self.papers.show_papers(person, shown.papers)
        self.header.set_words(person.name, f"{person.number} · {kind_words(person.kind)}")
        self.retrain_button.setVisible(person.active and self.desk.actor.may(Capability.ASSIGN))
        self.leave_button.setVisible(self._manages and person.active)
        is_leaving = person.active and person.left_on is not None
        self.stay_button.setVisible(self._manages and is_leaving)
        self.rejoin_button.setVisible(self._manages and not person.active)
        self._show_facts(person, shown.hours)
        self._show_places(person)
        self.further.show_person(person)
        self.account.show_account(person, account)
        self.delegations.show_delegations(person, shown.delegations)
        self.signer.show_signer(account)
        self.quizzes.show_quizzes(shown.supervised)
        self.units.show_units(shown.units)
        lead_through_parts(
            [
                self.same,
                self.photo,
                self.further,
                self.quizzes,
                self.units,
                self.account,
                self.delegations,
                self.papers,
                self.signer,
            ]
        )

    def _show_facts(self, person: PersonDetail, hours: PersonHours) -> None:
        clear(self.facts)
        facts = [
            (_("Numbers of before"), ", ".join(person.former_numbers), "id-card"),
            (_("Name in own script"), person.name_local, "languages"),
            (_("Language"), language_name(person.language), "languages"),
            (_("Reading"), _aloud(person), "ear"),
            (_("E-mail"), person.email, "mail"),
            (_("Joined on"), day(person.joined_on) if person.joined_on else "", "calendar"),
            (_("Location"), person.location, "map-pin"),
            (_("Shift"), shift_words(hours, active=person.active), "clock"),
            (_("Agency"), person.agency, "handshake"),
            (_("Leaves") if person.active else _("Left"), _leaving(person), "log-out"),
        ]
        for title, value, icon in facts:
            if value:
                self.facts.addWidget(FactRow(value, title, icon=icon))
        self._show_gate_pass(gate_pass_that_counts(person.kind, person.gate_pass))
        self.facts.addStretch(1)

    def _show_gate_pass(self, noted: GatePass) -> None:
        today = local_day(self.desk.clock)
        words = gate_pass_words(noted, today)
        if words:
            tone = Tone.DANGER if noted.is_over(today) else Tone.NEUTRAL
            self.facts.addWidget(FactRow(words, _("Gate pass"), icon="id-card", tone=tone))

    def _show_places(self, person: PersonDetail) -> None:
        clear(self.places)
        for place in person.placements:
            to_on = place.to_on or (None if person.active else person.left_on)
            until = day(last_day(place.from_on, to_on)) if to_on else _("today")
            about = _("{role} · {begin} to {end}").format(
                role=place.job_role or _("no job role"), begin=day(place.from_on), end=until
            )
            self.places.addWidget(FactRow(place.org_unit, about, icon="building-2"))
        if not person.placements:
            self.places.addWidget(
                FactRow(_("Nowhere yet"), _("Edit gives a department."), icon="building-2")
            )

    def _edit(self) -> None:
        organisation, actor = self.desk.services.people.organisation, self.desk.actor
        imports = self.desk.services.people.imports
        owners, person_id = self.desk.services.people.owners, self._person_id
        self.load(
            lambda _progress: (
                organisation.org_units(actor),
                organisation.job_roles(actor),
                imports.owned_fields(actor),
                {} if person_id is None else owners.closed(actor, person_id),
            ),
            self._show_form,
            what="form",
        )

    def _show_form(
        self,
        known: tuple[
            tuple[OrgUnit, ...], tuple[JobRole, ...], dict[str, str], dict[OwnedField, str]
        ],
    ) -> None:
        units, roles, owned, closed = known
        form = PersonForm(units, roles, person=self._person, owned=owned, closed=closed)
        form.role.edited.connect(partial(self._load_gap, form))
        sheet = FormSheet(self, _("Edit"), form)
        sheet.save_asked.connect(partial(self._save, sheet, form))
        sheet.open()

    def _load_gap(self, form: PersonForm) -> None:
        """Say what the chosen job role would ask for, to whoever assigns; nothing is changed by it."""
        role, person, actor = form.role.value(), self._person, self.desk.actor
        if person is None or not actor.may(Capability.ASSIGN):
            return
        now = None if person.placement is None else person.placement.job_role_id
        if role is None or role == now:
            form.tell_gap("")
            return
        matrix, person_id = self.desk.services.training.matrix, person.id
        self.load(
            lambda _progress: matrix.gap(actor, person_id, [role]),
            lambda gap: form.tell_gap(gap_in_words(gap)),
            failed=lambda _refused: form.tell_gap(""),
            what="gap",
        )

    def _save(self, sheet: FormSheet, form: PersonForm) -> None:
        people, actor, person_id = self.desk.services.people, self.desk.actor, self._person_id
        if person_id is None:
            return
        change, place = form.correction(), form.place() if form.has_moved else None

        def save(_progress: object) -> None:
            people.edit(actor, person_id, change)
            if place is not None:
                people.move(actor, person_id, place)

        self.desk.jobs.run(save, done=lambda _none: sheet.saved(), failed=sheet.refused, owner=self)

    def _leave(self) -> None:
        if self._person is not None:
            LeaveSheet(self, self._person).open()

    def _rejoin(self) -> None:
        if self._person is not None:
            ReturnSheet(self, self._person).open()

    def _stay(self) -> None:
        person = self._person
        if person is None or person.left_on is None:
            return
        question = Question(
            title=_("Does {name} stay after all?").format(name=person.name),
            text=_("They were to be gone from {day}. That is taken away, and nothing ends.").format(
                day=day(person.left_on)
            ),
            yes=_("Yes, they stay"),
            ask_reason=True,
        )
        self.desk.confirm(question, self._stayed)

    def _stayed(self, reason: str) -> None:
        people, actor, person_id = self.desk.services.people, self.desk.actor, self._person_id
        if person_id is not None:
            self.act(
                lambda _progress: people.stay(actor, person_id, reason),
                lambda _none: self.desk.toast(_("Recorded. They stay.")),
            )

    def _open_erasure(self) -> None:
        self.desk.open("erasures", person_id=self._person_id)

    def _open_record(self) -> None:
        self.desk.open("dossier", person_id=self._person_id)


def _leaving(person: PersonDetail) -> str:
    """Return until when somebody works who leaves or has left; "" for who stays."""
    return "" if person.left_on is None else leaving_in_words(person.left_on)


def _aloud(person: PersonDetail) -> str:
    """Return that somebody needs another to read along; "" where they do not."""
    return reads_words(person.reads) if person.reads is Reads.ALONG else ""


def _supervised(services: Services, actor: Actor, person_id: PersonId) -> SupervisedPerson | None:
    """Return somebody's quizzes; None where the actor does not supervise them."""
    try:
        return services.quizzes.supervision.of(actor, person_id)
    except NotAllowed:
        return None


def _units(services: Services, actor: Actor, person_id: PersonId) -> tuple[UnitInHand, ...]:
    """Return somebody's units that the actor may waive."""
    try:
        return services.waiving.units_of(actor, person_id)
    except NotAllowed:
        return ()


SPEC = ScreenSpec(
    key="person",
    title=mark("Person"),
    icon="user",
    needs=Capability.VIEW_PEOPLE,
    factory=PersonScreen,
    in_navigation=False,
)
