"""The catalogue on screens: offered, found and taken by keyboard, asked for, approved by the supervisor."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor, Capability
from app.core.courses import Outline, PublishedCourse
from app.core.people import Destination, NewPerson
from app.core.training import Offering, RequirementType, Terms, Validity
from app.core.training.offers import EntryState
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.cards import RowButton
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.learning.catalogue_screen import CatalogueScreen
from app.ui.learning.entry_sheet import EntrySheet
from app.ui.learning.home_screen import HomeScreen
from app.ui.training.requests_screen import RequestsScreen
from app.ui.training.requirements_screen import RequirementsScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.teaching import a_lesson, published
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle, somebody

BOSS = administrator()


def said(screen: QWidget) -> str:
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisibleTo(screen))


@pytest.fixture
def asha(services: Services, clock: TurnedClock) -> Actor:
    """A learner, who is supervised by Meena."""
    people = services.people
    unit = people.organisation.add_org_unit(BOSS, "YARD", "Yard")
    meena = people.add(
        BOSS, NewPerson(number="E-9", name="Meena Pillai", place=Destination(org_unit_id=unit))
    )
    place = Destination(org_unit_id=unit, manager_id=meena)
    person_id = people.add(BOSS, NewPerson(number="E-1", name="Asha Kulkarni", place=place))
    return replace(somebody("Asha Kulkarni", Capability.LEARN), person_id=person_id)


@pytest.fixture
def meena(services: Services, asha: Actor) -> Actor:
    person = services.people.find(BOSS, "E-9")
    return replace(somebody("Meena Pillai", Capability.LEARN), person_id=person.id)


@pytest.fixture
def offered(services: Services, clock: TurnedClock) -> None:
    """A course that is open to take, and a licence that somebody approves."""
    lessons = (a_lesson("page", "Rules"), a_lesson("page", "Signs"))
    outline = Outline(
        title="Lifting with care",
        titles={"hi": "सावधानी से उठाना"},
        description="How to lift without hurting your back.",
        topic="forklift",
        lessons=lessons,
    )
    site, training = services.open_site.site, services.training
    course = published(site, outline, "LIFT")
    released = PublishedCourse(
        course_id=course, version_id=course, code="LIFT", number=1, outline=outline
    )
    with site.transaction(BOSS, "course.publish") as unit:
        training.require_course(unit, released)
    terms = Terms(from_on=clock.now().astimezone().date(), validity=Validity.MONTHS, valid_count=12)
    kind = RequirementType.EXTERNAL
    new = NewRequirement(code="FORK", title="Forklift licence", type=kind, terms=terms)
    training.catalogue.add(BOSS, new)
    found = {one.code: one.id for one in training.catalogue.all(BOSS)}
    training.offers.say(BOSS, found["LIFT"], Offering.OPEN)
    training.offers.say(BOSS, found["FORK"], Offering.APPROVAL)


def test_a_learner_finds_takes_and_gives_back_by_keyboard(
    services: Services, desk: Desk, window: QWidget, jobs: JobRunner, qtbot: QtBot,
    clock: TurnedClock, asha: Actor, offered: None,
) -> None:  # fmt: skip
    hers = WrittenDesk(services, asha, jobs, desk.theme, clock)
    home = HomeScreen(hers)
    put(home, window, jobs)
    assert home.catalogue_button.isVisibleTo(home)
    check_usable(home)
    home.catalogue_button.click()
    assert hers.opened == [("catalogue", {})]

    screen = CatalogueScreen(hers)
    put(screen, window, jobs)
    check_usable(screen)
    screen.table.search_box.search_for("vehicles")
    qtbot.waitUntil(lambda: screen.table.model.total() == 1)
    settle(jobs)
    screen.table.view.setFocus()
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Down)
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Return)
    (sheet,) = screen.findChildren(EntrySheet)
    assert "How to lift without hurting your back." in said(sheet)
    sheet.buttons[0].click()
    settle(jobs)
    states = {one.code: one.state for one in services.training.choosing.entries(asha)}
    assert states["LIFT"] is EntryState.CHOSEN
    (entry,) = (one for one in services.training.choosing.entries(asha) if one.code == "LIFT")
    screen.drop(entry)
    settle(jobs)
    states = {one.code: one.state for one in services.training.choosing.entries(asha)}
    assert states["LIFT"] is EntryState.TO_TAKE


def test_what_needs_approval_is_asked_for_and_the_supervisor_finds_it_at_home(
    services: Services, desk: Desk, window: QWidget, jobs: JobRunner, clock: TurnedClock,
    asha: Actor, meena: Actor, offered: None,
) -> None:  # fmt: skip
    screen = CatalogueScreen(WrittenDesk(services, asha, jobs, desk.theme, clock))
    put(screen, window, jobs)
    (entry,) = (one for one in services.training.choosing.entries(asha) if one.code == "FORK")
    screen.open_entry(entry)
    (sheet,) = screen.findChildren(EntrySheet)
    sheet.buttons[0].click()
    settle(jobs)
    (form,) = screen.findChildren(FormSheet)
    form.form.fields()[0].set_value("I help in the yard")
    form.save_button.click()
    settle(jobs)

    home = HomeScreen(WrittenDesk(services, meena, jobs, desk.theme, clock))
    put(home, window, jobs)
    (line,) = home.requests.findChildren(RowButton)
    assert "1 request for training" in line.accessibleName()
    theirs = RequestsScreen(WrittenDesk(services, meena, jobs, desk.theme, clock))
    put(theirs, window, jobs)
    check_usable(theirs)
    (approve,) = (
        one
        for one in theirs.findChildren(Button)
        if one.accessibleName() == "Approve for Asha Kulkarni"
    )
    approve.click()
    (asked,) = theirs.findChildren(FormSheet)
    asked.save_button.click()
    settle(jobs)
    assert "Meena Pillai replied on 23 Nov 2026" in said(theirs)
    (taken,) = services.training.assignments.of_person(asha, asha.person_id)
    assert taken.origin == "Chosen in the catalogue, approved by Meena Pillai"
    mine = RequestsScreen(WrittenDesk(services, asha, jobs, desk.theme, clock))
    put(mine, window, jobs)
    assert "Meena Pillai replied on 23 Nov 2026" in said(mine)


def test_whoever_assigns_for_the_site_says_how_something_is_offered(
    services: Services, desk: Desk, window: QWidget, jobs: JobRunner, offered: None
) -> None:
    screen = RequirementsScreen(desk)
    put(screen, window, jobs)
    (fork,) = (one for one in services.training.catalogue.all(BOSS) if one.code == "FORK")
    (offer,) = (one for one in screen._actions(fork) if one.icon == "library")
    offer.act()
    settle(jobs)
    (sheet,) = screen.findChildren(FormSheet)
    assert sheet.form.fields()[0].value() is Offering.APPROVAL
    sheet.form.fields()[0].set_value(Offering.OPEN)
    sheet.save_button.click()
    settle(jobs)
    told = {one.code: one.offering for one in services.training.offers.all(BOSS)}
    assert told["FORK"] is Offering.OPEN
    screen.refresh()
    settle(jobs)
    assert screen._offered(fork) == "Open to take"
