"""Reminders and the outbox in the window: the list, the ladder, sending, a stick, and by itself."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.links import MailPlan, MailState
from app.core.people import Audience, Destination, NewPerson, PersonChange
from app.core.people.shifts import NewShift, WhoWorks, read_pattern
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.reminders import STEPS, RollBy, whom_told
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.training.board_sheet import BoardSheet
from app.ui.training.mail_rounds import MailRounds
from app.ui.training.outbox_screen import OutboxScreen
from app.ui.training.reminders_screen import RemindersScreen
from tests.core.training.conftest import SYSTEM
from tests.support.mail_relay import relaying
from tests.ui.reports.opened import Desk, check_usable, put, settle

TODAY = date(2026, 11, 23)
PAGE = PageRequest()


@pytest.fixture
def plant(services: Services) -> Services:
    """Asha under Meera, with a course that was due two days ago."""
    people = services.people
    unit = people.organisation.add_org_unit(SYSTEM, "FIN", "Finance")
    meera = people.add(SYSTEM, NewPerson(number="M-1", name="Meera", email="meera@plant.example"))
    place = Destination(org_unit_id=unit, manager_id=meera)
    asha = NewPerson(
        number="E-1",
        name="Asha",
        email="asha@plant.example",
        place=place,
        joined_on=TODAY - timedelta(days=30),
    )
    people.add(SYSTEM, asha)
    terms = Terms(
        from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
    )
    kind = RequirementType.EXTERNAL
    new = NewRequirement(code="GST", title="GST course", type=kind, terms=terms)
    services.training.catalogue.add(SYSTEM, new)
    due = TODAY - timedelta(days=2)
    to = Audience(numbers=("E-1",))
    services.training.assign(SYSTEM, "GST", to, due_on=due, origin="All")
    return services


def plan(services: Services, port: int = 0) -> None:
    host = "127.0.0.1" if port else ""
    services.outbox.plans.keep(
        SYSTEM,
        MailPlan(
            host=host, port=port or 25, sender="t@plant.example", reminds=True, sends_here=True
        ),
    )


def fill(sheet: FormSheet, label: str, text: str) -> None:
    next(one for one in sheet.findChildren(TextField) if one.label == label).set_value(text)


def test_the_list_says_who_is_told_and_the_ladder_changes_it(
    plant: Services, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    screen = RemindersScreen(desk)
    put(screen, window, jobs)
    rows = [screen.table.model.row(at) for at in range(3)]
    assert [(whom_told(one), STEPS[one.step]) for one in rows if one] == [
        ("Asha", "Learner"), ("Asha", "Learner, overdue"), ("Meera", "Supervisor"),
    ]  # fmt: skip
    assert screen.ladder.text().startswith(
        "Ladder: learner 7 days before, learner again once overdue, supervisor on the day"
    )
    screen.begin_changing()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    fill(sheet, "Supervisor", "soon")
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts == []
    fill(sheet, "Supervisor", "")
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts == ["Saved."]
    assert plant.training.reminders.ladder(SYSTEM).supervisor_after is None
    check_usable(screen)


def test_the_list_and_the_boards_are_made_for_who_works_today(
    plant: Services, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    people = plant.people
    people.edit(SYSTEM, people.find(SYSTEM, "E-1").id, PersonChange(shift="A"))
    off = read_pattern("1xoff, 1x06:00-14:00", TODAY)
    people.shifts.say(SYSTEM, NewShift(name="A", pattern=off))
    screen = RemindersScreen(desk)
    put(screen, window, jobs)
    screen.shifts.setCurrentIndex(screen.shifts.findText("A"))
    screen.shifts.activated.emit(1)
    settle(jobs)
    assert screen.table.model.total() == 3
    screen.table.ask(screen.table.request().filtered_by([("works", "today")]))
    settle(jobs)
    assert screen.table.model.total() == 0
    screen._open_board()
    (sheet,) = screen.findChildren(BoardSheet)
    sheet.by.set_value(RollBy.SHIFT)
    sheet.who.set_value(WhoWorks(on=TODAY))
    sheet.print_button.click()
    settle(jobs)
    (error,) = desk.errors
    assert error.happened == "Nothing is due of those for whom the pages would be."
    sheet.who.set_value(WhoWorks(on=TODAY + timedelta(days=1)))
    made = sheet._work()(NoProgress())
    assert (made.content[:4], made.leaving.records) == (b"%PDF", 1)
    sheet.dismiss()
    check_usable(screen)


def test_the_outbox_sends_tells_and_writes_to_a_stick(
    plant: Services, desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    with relaying() as relay:
        plan(plant, relay.port)
        screen = OutboxScreen(desk)
        put(screen, window, jobs)
        screen.compose()
        settle(jobs)
        assert desk.toasts[-1] == "2 messages were written."
        screen.send()
        settle(jobs)
        assert desk.toasts[-1] == "2 messages were sent."
        assert len(relay.taken) == 2
    due = TODAY - timedelta(days=1)
    plant.people.add(SYSTEM, NewPerson(number="E-2", name="Ravi", email="ravi@plant.example"))
    to = Audience(numbers=("E-2",))
    plant.training.assign(SYSTEM, "GST", to, due_on=due, origin="All")
    screen.compose()
    settle(jobs)
    screen.send()
    settle(jobs)
    assert "was not reached" in desk.toasts[-1]
    stick = tmp_path / "stick"
    stick.mkdir()
    screen.write_to(stick)
    settle(jobs)
    (folder,) = stick.iterdir()
    assert [one.suffix for one in folder.iterdir()] == [".eml"]
    assert desk.toasts[-1] == "1 message was written."
    check_usable(screen)
    (message,) = plant.outbox.page(SYSTEM, PageRequest(filters=(("state", "written"),))).rows
    offered = {one.words: one for one in screen._actions(message)}
    assert list(offered) == ["Send again", "Send all of its stick again"]
    offered["Send all of its stick again"].act()
    settle(jobs)
    assert desk.questions[-1].ask_reason
    assert desk.toasts[-1] == "1 waits again."
    assert plant.outbox.counts(SYSTEM).waiting == 1


def test_the_settings_say_what_is_wrong(
    plant: Services, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    screen = OutboxScreen(desk)
    put(screen, window, jobs)
    assert screen.banner.text() == "No PC of this site sends messages yet. See Settings."
    screen.send()
    settle(jobs)
    assert "No PC of this site sends messages yet." in desk.errors[-1].happened
    screen.begin_settings()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    fill(sheet, "Mail relay", "mail plant")
    fill(sheet, "Address of the sender", "t@plant.example")
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts == []
    fill(sheet, "Mail relay", "mail.plant")
    sheet.save_button.click()
    settle(jobs)
    assert plant.outbox.plans.plan().host == "mail.plant"


def test_rounds_send_by_themselves_and_tell_a_trouble_once(
    plant: Services, window: QWidget, jobs: JobRunner
) -> None:
    told: list[str] = []

    def tell(words: str) -> bool:
        told.append(words)
        return True

    rounds = MailRounds(plant.outbox, jobs, tell, window)
    rounds.go()
    settle(jobs)
    assert told == []  # nothing is set up, and nothing is opened
    with relaying() as relay:
        plan(plant, relay.port)
        rounds.go()
        settle(jobs)
        assert len(relay.taken) == 2
        port = relay.port
    plant.people.add(SYSTEM, NewPerson(number="E-2", name="Ravi", email="ravi@plant.example"))
    to = Audience(numbers=("E-2",))
    plant.training.assign(SYSTEM, "GST", to, due_on=TODAY, origin="All")
    for _round in range(2):
        rounds.go()
        settle(jobs)
    assert [f"port {port}" in words for words in told] == [True]
    assert plant.outbox.counts(SYSTEM).waiting == 1
    assert MailState.FAILED in {one.state for one in plant.outbox.page(SYSTEM, PAGE).rows}
    rounds.stop()
