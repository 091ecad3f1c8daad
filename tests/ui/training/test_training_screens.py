"""Requirements, assignments and rules in the window: written, tried, acted on by keyboard."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.figures import day
from app.core.base.ids import new_id
from app.core.people import Audience, Destination, NewPerson, PersonId
from app.core.people.models import PlacementRow
from app.core.training import EvidenceRule, Move, RequirementType, Terms, Validity
from app.core.training.assignments import EnteredEvidence, State
from app.core.training.enrolment import (
    ATTRIBUTES,
    All,
    Between,
    Condition,
    Either,
    Not,
    OfferedValues,
    OneOf,
    Rule,
    RuleWords,
)
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.tables.table import DataTable
from app.ui.training.absence_form import AbsenceForm
from app.ui.training.assignment_acts import AssignmentActs
from app.ui.training.assignment_sheet import AssignmentSheet
from app.ui.training.assignments_screen import AssignmentsScreen
from app.ui.training.condition_rows import (
    ChosenValues,
    ConditionField,
    OpenValues,
    as_rows,
    everybodys_choices,
)
from app.ui.training.evidence_sheet import WaitingSheet
from app.ui.training.requirement_forms import NewRequirementForm
from app.ui.training.requirements_screen import RequirementsScreen
from app.ui.training.rule_forms import RuleForm
from app.ui.training.rule_when import When
from app.ui.training.rules_screen import RulesScreen
from app.ui.training.tried_sheet import TriedSheet
from tests.core.training.conftest import SYSTEM
from tests.ui.reports.opened import SMALL, Desk, check_usable, put, settle

TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.services.open_site.site.listeners.append(desk.changes.announce)
    return desk


@pytest.fixture
def asha(services: Services) -> PersonId:
    """Asha in Finance, Ravi in the press shop."""
    organisation = services.people.organisation
    units = [organisation.add_org_unit(SYSTEM, code, code.title()) for code in ("FIN", "PRESS")]
    ids = [
        services.people.add(
            SYSTEM, NewPerson(number=number, name=name, place=Destination(org_unit_id=unit))
        )
        for number, name, unit in (("E-1", "Asha", units[0]), ("E-2", "Ravi", units[1]))
    ]
    return ids[0]


@pytest.fixture
def fork(services: Services, asha: PersonId) -> UUID:
    """A licence that Asha and Ravi have to show, confirmed by somebody else."""
    terms = Terms(
        from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.CONFIRMED
    )
    kind = RequirementType.EXTERNAL
    new = NewRequirement(code="FORK", title="Forklift licence", type=kind, terms=terms)
    fork = services.training.catalogue.add(SYSTEM, new)
    services.training.assign(SYSTEM, "FORK", Audience(), due_on=None, origin="Drives a forklift")
    return fork


def form_of(screen: QWidget) -> FormSheet:
    return screen.findChildren(FormSheet)[-1]


def fill(sheet: FormSheet, label: str, text: str) -> None:
    next(one for one in sheet.findChildren(TextField) if one.label == label).set_value(text)


def act(table: DataTable[object], row: int, words: str, jobs: JobRunner) -> None:
    """Do with a row what its menu offers."""
    shown = table.model.row(row)
    assert shown is not None
    offered = table._menu
    assert offered is not None
    next(one for one in offered(shown) if one.words == words).act()
    settle(jobs)


def state_of(services: Services, person: PersonId) -> State:
    (mine,) = services.training.assignments.of_person(SYSTEM, person)
    return mine.stands.state


def test_a_requirement_is_added_by_keyboard_and_changed_from_a_day_on(
    asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    screen = RequirementsScreen(desk)
    put(screen, window, jobs)
    screen.begin_adding()
    settle(jobs)
    sheet = form_of(screen)
    fill(sheet, "Title", "Forklift licence")
    fill(sheet, "Code", "fork")
    qtbot.keyClick(sheet.form, Qt.Key.Key_Return)
    settle(jobs)
    assert desk.toasts == ["Forklift licence was added."]
    found = services.training.catalogue.coded(SYSTEM, "FORK")
    assert (found.summary.terms.validity, found.summary.terms.valid_count) == (
        Validity.MONTHS,
        12,
    )

    screen.table.opened.emit(found.summary)
    settle(jobs)
    sheet = form_of(screen)
    fill(sheet, "Comes before it", "fork")
    sheet.save_button.click()
    settle(jobs)
    assert "That would be a loop: FORK → FORK." in texts(sheet)
    fill(sheet, "Comes before it", "")
    fill(sheet, "Earlier evidence counts if not older than", "soon")
    sheet.save_button.click()
    settle(jobs)
    assert "“soon” is no number of days." in texts(sheet)
    fill(sheet, "Earlier evidence counts if not older than", "90")
    sheet.save_button.click()
    settle(jobs)
    assert services.training.catalogue.coded(SYSTEM, "FORK").summary.terms.prior_days == 90


def test_a_requirement_says_whether_it_gives_a_certificate(
    desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    screen = RequirementsScreen(desk)
    put(screen, window, jobs)
    for code, kind, touched in (
        ("TALK", RequirementType.SESSION, False),
        ("DRILL", RequirementType.DRILL, False),
        ("EVAC", RequirementType.DRILL, True),
    ):
        screen.begin_adding()
        settle(jobs)
        sheet = form_of(screen)
        fill(sheet, "Title", code)
        fill(sheet, "Code", code)
        form = sheet.form
        assert isinstance(form, NewRequirementForm)
        form.kind.set_value(kind)
        form.edited.emit()
        tick = form.terms.certificate
        assert tick.value() is (kind is RequirementType.SESSION)
        if touched:
            tick.set_value(checked=True)
        sheet.save_button.click()
        settle(jobs)
    catalogue = services.training.catalogue
    said = {
        code: catalogue.coded(SYSTEM, code).summary.terms.gives_certificate
        for code in ("TALK", "DRILL", "EVAC")
    }
    assert said == {"TALK": None, "DRILL": None, "EVAC": True}  # None: as its type does


def test_an_assignment_tells_why_it_is_there_and_is_waived_with_a_reason(
    fork: UUID, asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    screen = AssignmentsScreen(desk)
    put(screen, window, jobs)
    assert screen.table.model.total() == 2
    first = screen.table.model.row(0)
    assert first is not None
    screen.open_detail(first)
    settle(jobs)
    sheet = screen.findChildren(AssignmentSheet)[-1]
    assert "Drives a forklift" in texts(sheet)
    next(one for one in sheet.buttons if one.text() == "Waive").click()
    settle(jobs)
    form = form_of(screen)
    fill(form, "Why", "Works in the office")
    form.save_button.click()
    settle(jobs)

    assert desk.toasts == ["Asha is let off."]
    assert state_of(services, asha) is State.WAIVED


def test_an_open_assignment_is_made_due_on_another_day_with_a_reason(
    fork: UUID, asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    screen = AssignmentsScreen(desk)
    put(screen, window, jobs)
    rows = [screen.table.model.row(at) for at in range(2)]
    one = next(each for each in rows if each is not None and each.person_id == asha)
    acts = AssignmentActs(screen)
    next(each for each in acts.for_row(one) if each.words == "Change the due date").act()
    settle(jobs)
    form = form_of(screen)
    due_on = TODAY + timedelta(days=3)
    next(each for each in form.findChildren(DateField) if each.label == "Due on").set_value(due_on)
    fill(form, "Reason", "The audit is on Friday")
    form.save_button.click()
    settle(jobs)

    assert desk.toasts == ["Done."]
    mine = services.training.assignments.of_person(SYSTEM, asha)
    assert [each.due_on for each in mine] == [due_on]


def test_evidence_is_entered_by_one_and_confirmed_by_another(
    fork: UUID, asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    ravi = Actor(
        account_id=new_id(),
        person_id=None,
        name="Ravi Das",
        grants=frozenset({Grant(capability=Capability.ASSIGN)}),
    )
    entered = EnteredEvidence(issuer="RTO Pune", number="MH12", obtained_on=TODAY)
    services.training.assignments.evidence.enter(ravi, asha, fork, entered)
    screen = AssignmentsScreen(desk)
    put(screen, window, jobs)
    assert screen.waiting_button.text() == "1 to confirm"
    screen.waiting_button.click()
    settle(jobs)
    sheet = screen.findChildren(WaitingSheet)[-1]
    confirm = sheet.confirm_buttons[0]
    assert isinstance(confirm, Button)
    confirm.click()
    settle(jobs)

    assert state_of(services, asha) is State.COMPLETED
    assert not screen.waiting_button.isVisible()


def test_a_rule_is_written_tried_and_switched_on(
    fork: UUID, asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD)
    gst = NewRequirement(code="GST", title="GST", type=RequirementType.SESSION, terms=terms)
    services.training.catalogue.add(SYSTEM, gst)
    screen = RulesScreen(desk)
    put(screen, window, jobs)
    screen.begin_adding()
    settle(jobs)
    sheet = form_of(screen)
    fill(sheet, "Why", "For Finance")
    fill(sheet, "Code", "gst-fin")
    combos = {one.label: one for one in sheet.findChildren(ComboField)}
    combos["Gives"].set_value(services.training.catalogue.coded(SYSTEM, "GST").summary)
    whom = sheet.findChildren(ConditionField)[0]
    whom.add_button.click()
    sheet.save_button.click()
    assert "says nothing yet" in whom.error()
    chosen = whom.rows[0].values
    assert isinstance(chosen, ChosenValues)
    chosen.choose("FIN")
    sheet.save_button.click()
    settle(jobs)
    rule = services.training.enrolment.coded(SYSTEM, "GST-FIN")
    assert not rule.is_on
    screen.try_out(rule)
    settle(jobs)
    tried = screen.findChildren(TriedSheet)[-1]
    assert tried.reach.accessibleName() == "It matches 1 person. 1 would get it."
    tried.carry_out_button.click()
    settle(jobs)

    assert desk.toasts[-1] == "Assigned to 1 person."
    assert services.training.enrolment.coded(SYSTEM, "GST-FIN").is_on
    codes = [one.code for one in services.training.assignments.of_person(SYSTEM, asha)]
    assert sorted(codes) == ["FORK", "GST"]


def rule_of(services: Services, code: str, condition: Condition) -> Rule:
    words = RuleWords(
        title=f"Rule {code}",
        requirement_id=services.training.catalogue.coded(SYSTEM, "FORK").summary.id,
        condition=condition,
    )
    services.training.enrolment.add(SYSTEM, code, words)
    return services.training.enrolment.coded(SYSTEM, code)


def test_a_rule_that_names_what_is_not_here_asks_first_and_one_that_reaches_nobody_is_not_let_loose(
    fork: UUID, asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    some = rule_of(services, "SOME", OneOf("unit", ("FIN", "HR")))
    none = rule_of(services, "NONE", OneOf("role", ("CFO",)))
    screen = RulesScreen(desk)
    put(screen, window, jobs)

    screen.try_out(none)
    settle(jobs)
    tried = screen.findChildren(TriedSheet)[-1]
    assert "it can match nobody" in tried.in_vain.accessibleName()
    assert not hasattr(tried, "carry_out_button")
    tried.dismiss()

    screen.try_out(some)
    settle(jobs)
    tried = screen.findChildren(TriedSheet)[-1]
    assert "Department, with all below it: HR" in tried.in_vain.accessibleName()
    tried.carry_out_button.click()
    settle(jobs)
    question = desk.questions[-1]
    assert (question.title, "HR" in question.text) == ("It names what is not here.", True)
    assert services.training.enrolment.coded(SYSTEM, "SOME").is_on


def test_what_is_written_of_people_is_offered_to_a_rule_and_anything_else_can_be_typed(
    window: QWidget, qtbot: QtBot
) -> None:
    offered = OfferedValues(locations=("Chakan", "Plot 5, Baddi"))
    field = ConditionField("To whom", everybodys_choices([], [], offered))
    field.setParent(window)
    row = field.add_row(OneOf("location", ("Plot 5, Baddi",)))
    values = row.values
    assert isinstance(values, OpenValues)
    QTest.keyClicks(values.other, " cHAKAN")
    assert row.value() == OneOf("location", ("Plot 5, Baddi", "Chakan"))
    QTest.keyClick(values.other, Qt.Key.Key_Return)
    QTest.keyClicks(values.other, "New  works")
    QTest.keyClick(values.other, Qt.Key.Key_Return)
    assert (values.other.text(), row.is_whole()) == ("", True)
    assert row.value() == OneOf("location", ("Plot 5, Baddi", "Chakan", "New works"))
    field.deleteLater()


def test_a_rule_asks_anew_who_comes_back_and_the_dry_run_says_why(
    fork: UUID, asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    absences = services.training.assignments.absences
    gone, back = TODAY - timedelta(days=60), TODAY - timedelta(days=1)
    absences.note(SYSTEM, asha, gone, back, "Leave")
    screen = RulesScreen(desk)
    put(screen, window, jobs)
    screen.begin_adding()
    settle(jobs)
    sheet = form_of(screen)
    fill(sheet, "Why", "Long leave")
    fill(sheet, "Code", "BACK")
    (form,) = sheet.findChildren(RuleForm)
    assert form.when.away.isHidden()
    form.when.when.set_value(When.BACK)
    form.edited.emit()
    assert form.when.after.isHidden()
    form.when.away.set_value(30)
    form.when.due.set_value("7")
    form.from_on.set_value(gone)
    sheet.save_button.click()
    settle(jobs)
    rule = services.training.enrolment.coded(SYSTEM, "BACK")
    assert (rule.words.away_days, rule.words.due_days, rule.words.after_days) == (30, 7, None)
    screen.try_out(rule)
    settle(jobs)
    tried = screen.findChildren(TriedSheet)[-1]

    assert tried.reach.accessibleName() == "It matches 1 person. 1 would get it."
    told = f"away from {day(gone)}, back on {day(back)} · due {day(TODAY + timedelta(days=6))}"
    assert told in texts(tried)


def test_a_rule_asks_who_was_moved_and_the_dry_run_says_from_where(
    fork: UUID, asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    places = services.people.organisation
    paint = places.add_org_unit(SYSTEM, "PAINT", "Paint shop")
    with services.open_site.site.transaction(SYSTEM, "person.move") as unit:
        (place,) = unit.scalars(sa.select(PlacementRow).where(PlacementRow.person_id == asha))
        place.from_on = TODAY - timedelta(days=60)
    services.people.move(SYSTEM, asha, Destination(org_unit_id=paint))
    screen = RulesScreen(desk)
    put(screen, window, jobs)
    screen.begin_adding()
    settle(jobs)
    sheet = form_of(screen)
    fill(sheet, "Why", "New to the line")
    fill(sheet, "Code", "MOVED")
    (form,) = sheet.findChildren(RuleForm)
    form.when.when.set_value(When.MOVED)
    form.edited.emit()
    assert [form.when.after.isHidden(), form.when.due.isHidden()] == [True, True]
    form.when.move.set_value(Move.UNIT)
    form.when.due_move.set_value("7")
    sheet.save_button.click()
    settle(jobs)
    rule = services.training.enrolment.coded(SYSTEM, "MOVED")
    said = rule.words
    assert (said.moved, said.after_days, said.due_days, said.away_days) == (Move.UNIT, 0, 7, None)
    screen.try_out(rule)
    settle(jobs)
    tried = screen.findChildren(TriedSheet)[-1]

    told = f"Paint shop · moved on {day(TODAY)} from Fin · due {day(TODAY + timedelta(days=7))}"
    assert told in texts(tried)


def test_days_far_back_are_asked_about_once_they_are_given(
    fork: UUID, asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    screen = AssignmentsScreen(desk)
    put(screen, window, jobs)
    act(screen.table, 0, "Away", jobs)
    sheet = form_of(screen)
    form = sheet.form
    assert isinstance(form, AbsenceForm)
    assert form.sure.isHidden()
    form.begins.set_value(TODAY - timedelta(days=400))
    form.reason.set_value("Leave")
    sheet.save_button.click()
    settle(jobs)
    assert "more than a year ago" in sheet._trouble.text()
    assert not form.sure.isHidden()

    form.sure.set_value(True)
    form.begins.set_value(TODAY - timedelta(days=500))
    form.begins.edited.emit()
    assert (form.sure.isHidden(), form.sure.value()) == (
        True,
        False,
    )  # another day, another question
    sheet.save_button.click()
    settle(jobs)
    form.sure.set_value(True)
    sheet.save_button.click()
    settle(jobs)

    shown = screen.table.model.row(0)
    assert shown is not None
    (noted,) = services.training.assignments.absences.of_person(SYSTEM, shown.person_id)
    assert noted.from_on == TODAY - timedelta(days=500)


def test_a_rule_of_another_shape_is_shown_in_words_and_kept(
    fork: UUID, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    either = Either((OneOf("unit", ("FIN",)), OneOf("shift", ("B",))))
    kept = All((either, Not(OneOf("kind", ("visitor",)))))
    words = RuleWords(title="Both", requirement_id=fork, condition=kept)
    services.training.enrolment.add(SYSTEM, "BOTH", words)
    screen = RulesScreen(desk)
    put(screen, window, jobs)
    act(screen.table, 0, "Change", jobs)
    sheet = form_of(screen)
    assert "Department, with all below it: FIN or Shift: B" in texts(sheet)
    sheet.save_button.click()
    settle(jobs)

    assert services.training.enrolment.coded(SYSTEM, "BOTH").words.condition == kept


_LEAVES = st.one_of(
    st.builds(
        OneOf,
        st.sampled_from([one for one in ATTRIBUTES if one != "joined_on"]),
        st.lists(st.sampled_from(["A", "B 2", "hi"]), min_size=1, unique=True).map(tuple),
    ),
    st.builds(
        Between, st.just("joined_on"), st.dates(date(1990, 1, 1)), st.none() | st.just(TODAY)
    ),
)
_PARTS = st.lists(_LEAVES | st.builds(Not, _LEAVES), min_size=2, max_size=4).map(tuple)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(condition=st.builds(All, _PARTS) | st.builds(Either, _PARTS))
def test_what_rows_show_is_the_condition_they_were_given(
    window: QWidget, condition: All | Either
) -> None:
    choices = everybodys_choices([("A", "Finance"), ("B 2", "Press")], [("A", "Fitter")])
    field = ConditionField("To whom", choices, as_rows(condition))
    assert field.value() == condition
    assert field.validate()
    field.deleteLater()


@pytest.mark.parametrize("kind", [RequirementsScreen, AssignmentsScreen, RulesScreen])
def test_it_is_usable_by_keyboard_in_a_small_window(
    fork: UUID, desk: Desk, window: QWidget, jobs: JobRunner, kind: type
) -> None:
    screen = kind(desk)
    put(screen, window, jobs)
    window.resize(*SMALL)
    settle(jobs)
    check_usable(screen)


def texts(widget: QWidget) -> str:
    """Return all that is written in a widget."""
    return " | ".join(one.text() for one in widget.findChildren(QLabel))
