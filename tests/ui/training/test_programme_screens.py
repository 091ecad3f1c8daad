"""The training plan and the checks of effectiveness: written, signed and made in their screens."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import system_actor
from app.core.base.ids import new_id
from app.core.people import Audience, NewPerson
from app.core.signatures import Proof
from app.core.training import RequirementType, Terms, Validity
from app.core.training.crediting import Met, give_credit
from app.core.training.effectiveness import EffectivenessRule
from app.core.training.kinds import Basis
from app.core.training.programme import NewPlanLine
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.fields import CheckBox
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignDialog
from app.ui.training.effectiveness_forms import CheckForm, CheckSheet
from app.ui.training.effectiveness_screen import EffectivenessScreen
from app.ui.training.plan_forms import LineForm
from app.ui.training.plan_screen import PlanScreen
from tests.support.clock import TurnedClock
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, check_usable, put, settle

BOSS = system_actor()
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def trained(founder_desk: Desk, clock: TurnedClock) -> UUID:
    """Asha, who was trained in lockout today; a check is asked for a day later."""
    services, actor = founder_desk.services, founder_desk.actor
    services.signatures.accept_statement(actor, Proof(name=LOGIN, password=PASSWORD))
    today = clock.now().astimezone().date()
    terms = Terms(from_on=today, validity=Validity.MONTHS, valid_count=12)
    new = NewRequirement(code="LOTO", title="Lockout", type=RequirementType.SESSION, terms=terms)
    requirement_id = services.training.catalogue.add(BOSS, new)
    asha = services.people.add(BOSS, NewPerson(number="E-7", name="Asha Kulkarni"))
    training = services.training
    training.assign(BOSS, "LOTO", Audience(numbers=("E-7",)), due_on=None, origin="The law")
    rule = EffectivenessRule(from_on=today, after_days=1, questions=("Does the lock stay on?",))
    training.effectiveness.say(actor, "LOTO", rule, "SOP QA-033")
    hold(services, asha, requirement_id, clock)
    return asha


def hold(services: Services, person_id: UUID, requirement_id: UUID, clock: TurnedClock) -> None:
    met = Met(
        person_id=person_id,
        requirement_id=requirement_id,
        at=clock.now(),
        basis=Basis.SESSION,
        proof_id=new_id(),
    )
    with services.open_site.site.transaction(BOSS, "session.sign") as unit:
        give_credit(unit, BOSS, met, clock.now())


def said(screen: QWidget) -> str:
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisibleTo(screen))


def chips(screen: QWidget) -> list[str]:
    return [one.text() for one in screen.findChildren(StatusChip)]


def sheet_of(screen: QWidget) -> FormSheet:
    return [one for one in screen.findChildren(FormSheet) if one.isVisible()][-1]


def sign(window: QWidget, jobs: JobRunner, qtbot: QtBot) -> None:
    (dialog,) = (one for one in window.findChildren(SignDialog) if one.isVisible())
    settle(jobs)
    if dialog.name is not None:
        qtbot.keyClicks(dialog.name.line, LOGIN)
    assert dialog.password is not None
    qtbot.keyClicks(dialog.password.line, PASSWORD)
    dialog.sign()
    settle(jobs)


def test_sm_01_a_year_is_proposed_planned_signed_and_compared_with_what_was_held(
    trained: UUID,
    founder_desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    qtbot: QtBot,
) -> None:
    screen = PlanScreen(founder_desk)
    put(screen, window, jobs)
    assert "1 trained" in said(screen)  # nobody had planned it
    assert not screen.sign_button.isEnabled()
    screen.add_button.click()
    settle(jobs)
    sheet = sheet_of(screen)
    assert isinstance(sheet.form, LineForm)
    sheet.form.people.set_value(2)
    sheet.form.note.set_value("Shed 2")
    sheet.save_button.click()
    settle(jobs)
    assert "LOTO · 1 of 2 trained · Shed 2" in said(screen)
    assert chips(screen) == ["Under way"]
    check_usable(screen)

    screen.sign_button.click()
    settle(jobs)
    sign(window, jobs, qtbot)
    assert "Signed by Meera Joshi" in said(screen)
    plans, actor = founder_desk.services.training.year_plans, founder_desk.actor
    plans.put(actor, [NewPlanLine(code="LOTO", month=NOVEMBER, people=1)], "One left")
    screen.refresh()
    settle(jobs)
    assert "It has changed since" in said(screen)
    assert chips(screen) == ["Done"]

    screen.year_box.setCurrentIndex(2)
    screen.refresh()
    settle(jobs)
    assert "Nothing is planned." in said(screen)
    screen.propose_button.click()
    settle(jobs)
    boxes = sheet_of(screen).findChildren(CheckBox)
    assert [box.text() for box in boxes] == ["Nov 2027: Lockout, 1 people"]
    sheet_of(screen).save_button.click()
    settle(jobs)
    assert "LOTO · 0 of 1 trained" in said(screen)
    assert founder_desk.errors == []


def test_sm_01_who_is_due_is_looked_at_and_signed_and_trained_again_where_it_failed(
    trained: UUID,
    founder_desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    qtbot: QtBot,
    clock: TurnedClock,
) -> None:
    screen = EffectivenessScreen(founder_desk)
    put(screen, window, jobs)
    assert "Nobody is to be looked at today." in said(screen)
    clock.turn(timedelta(days=1))
    screen.refresh()
    settle(jobs)
    assert "Asha Kulkarni (E-7)" in said(screen)
    check_usable(screen)

    late = founder_desk.services.oversight.checks()
    assert [one.says for one in late if one.key == "effectiveness"] == ["1 check waits."]

    (check,) = [one for one in screen.findChildren(Button) if one.text() == "Check"]
    check.click()
    settle(jobs)
    sheet = sheet_of(screen)
    assert isinstance(sheet.form, CheckForm)
    sheet.form.answers[0].set_value(False)
    sheet.form.seen.set_value(True)
    sheet.form.remark.set_value("She took it off to test")
    sheet.save_button.click()
    settle(jobs)
    sign(window, jobs, qtbot)

    assert founder_desk.errors == []
    assert "Nobody is to be looked at today." in said(screen)
    (one,) = founder_desk.services.training.effectiveness.made(founder_desk.actor)
    assert not one.is_effective
    assignments = founder_desk.services.training.assignments.of_person(BOSS, trained)
    assert [each.closed_at is None for each in assignments if each.cycle == 2] == [True]
    CheckSheet(screen, one).open()
    settle(jobs)
    assert "She took it off to test" in said(window)
    assert "Meera Joshi" in said(window)
