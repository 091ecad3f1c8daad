"""What a class gave the wrong person is put right from its roll, and the roll says so afterwards."""

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability
from app.core.people import NewPerson
from app.core.signatures import Proof, Undersigned
from app.core.training import RequirementType, Terms, Validity
from app.core.training.requirements import NewRequirement
from app.core.training.sessions import SessionPlan
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.training.correcting import CorrectionForm
from app.ui.training.requirement_forms import RequirementForm
from app.ui.training.requirements_screen import RequirementsScreen
from app.ui.training.session_screen import SessionScreen
from tests.core.training.conftest import SYSTEM, somebody
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, put, settle
from tests.ui.sync.conftest import said

RAVI = somebody("Ravi Das", Capability.ASSIGN)


@pytest.fixture
def taught(founder_desk: Desk) -> UUID:
    """A class that the founder led, to which only Asha came, signed."""
    desk, services = founder_desk, founder_desk.services
    services.signatures.accept_statement(desk.actor, Proof(name=LOGIN, password=PASSWORD))
    for number, name in (("E-2", "Asha Kulkarni"), ("E-3", "Bina Rao")):
        services.people.add(SYSTEM, NewPerson(number=number, name=name))
    clock = services.open_site.site.clock
    now = clock.now()
    terms = Terms(from_on=now.astimezone().date(), validity=Validity.MONTHS, valid_count=12)
    new = NewRequirement(
        code="FIRE", title="Fire safety", type=RequirementType.SESSION, terms=terms
    )
    services.training.catalogue.add(SYSTEM, new)
    plan = SessionPlan(
        title="Fire extinguishers", starts_at=now, ends_at=now + timedelta(hours=1),
        venue="Shed 2", requirements=("FIRE",),
    )  # fmt: skip
    sessions = services.sessions
    planned = sessions.planning.plan(desk.actor, plan)
    sessions.rolling.open(desk.actor, planned)
    sessions.rolling.tap(desk.actor, planned, "E-2")
    clock.turn(timedelta(hours=1))  # type: ignore[attr-defined]  # the clock of tests
    sessions.rolling.end(desk.actor, planned)
    pen = services.signatures.pen(desk.actor, Proof(name=LOGIN, password=PASSWORD))
    sessions.signing.sign(
        desk.actor, planned, Undersigned(pen, sessions.signing.text(desk.actor, planned))
    )
    services.open_site.site.listeners.append(desk.changes.announce)
    return planned


def test_what_the_wrong_person_was_given_is_put_right_from_the_roll(
    taught: UUID, founder_desk: Desk, jobs: JobRunner, window: QWidget
) -> None:
    desk = founder_desk
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=taught)
    assert screen.found is not None
    (asha,) = screen.found.roll
    acts = {each.words: each for each in screen.open_person(asha)}

    acts["Correct a record"].act()
    settle(jobs)
    sheet = window.findChildren(FormSheet)[-1]
    form = sheet.form
    assert isinstance(form, CorrectionForm)
    (who,) = [key for key in form.offered() if key.endswith("/person")]
    form.what.set_value(who)
    form.new.set_value("E-3")
    form.reason.set_value("Bina had Asha's badge")
    sheet.save_button.click()
    settle(jobs)
    corrections = desk.services.training.corrections
    (waits,) = corrections.waiting(desk.actor)
    corrections.approve(RAVI, waits.id)
    settle(jobs)

    (tile,) = screen.board.tiles()
    assert tile.chip.text() == "Corrected: does not count"


def test_the_look_and_the_titles_of_certificates_are_said_in_the_form(
    taught: UUID, founder_desk: Desk, jobs: JobRunner, window: QWidget
) -> None:
    screen = RequirementsScreen(founder_desk)
    put(screen, window, jobs)
    catalogue = founder_desk.services.training.catalogue
    found = catalogue.coded(SYSTEM, "FIRE")
    screen._open(found.summary)
    settle(jobs)
    sheet = window.findChildren(FormSheet)[-1]
    form = sheet.form
    assert isinstance(form, RequirementForm)
    assert form.terms.look.isVisibleTo(form)
    form.terms.look.set_value("modern")
    form.titles["hi"].set_value("अग्नि सुरक्षा")
    assert "Look of the certificate" in said(sheet)
    sheet.save_button.click()
    settle(jobs)

    found = catalogue.coded(SYSTEM, "FIRE")
    assert (found.summary.terms.template, found.titles) == ("modern", {"hi": "अग्नि सुरक्षा"})
