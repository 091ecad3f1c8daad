"""What an administrator is told above every screen until it is seen to."""

from contextlib import suppress
from datetime import timedelta

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.base.actor import system_actor
from app.core.people import LOCKING_TRY, AccountLocked, NewPerson, WrongSignIn
from app.core.training import RequirementType, Terms, Validity
from app.core.training.enrolment import All, RuleWords
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import column
from app.ui.kit.notices import Banner
from app.ui.shell.day_rounds import DayRounds
from app.ui.shell.site_notices import SiteNotices
from tests.support.clock import TurnedClock
from tests.ui.reports.opened import Desk, settle

SYSTEM = system_actor()


def test_p11_28_wrong_tries_are_told_until_an_administrator_unlocks_the_account(
    desk: Desk, services: Services, window: QWidget, jobs: JobRunner, clock: TurnedClock
) -> None:
    asha = services.people.add(SYSTEM, NewPerson(number="E-2", name="Asha Kulkarni"))
    account = services.sign_in.accounts.give_account(SYSTEM, asha)
    services.sign_in.accounts.set_pin(SYSTEM, account, "739201", must_change=False)
    services.open_site.site.listeners.append(desk.changes.announce)
    notices = SiteNotices(desk, window)
    column(window).addWidget(notices)

    def told() -> list[str]:
        settle(jobs)
        return [one.accessibleName() for one in notices.findChildren(Banner)]

    notices.refresh()
    assert told() == []
    for _try in range(LOCKING_TRY):
        clock.turn(timedelta(hours=2))
        with suppress(WrongSignIn, AccountLocked):
            services.sign_in.sign_in("E-2", "111333")

    (words,) = told()
    assert words.startswith("After 5 wrong tries nobody gets into the account of Asha Kulkarni")
    (look,) = [one for one in notices.findChildren(QPushButton) if one.text() == "Look"]
    look.click()
    assert desk.opened == [("person", {"person_id": asha})]

    services.sign_in.accounts.unlock(desk.actor, account, "Asha had mistyped")
    assert told() == []


def test_rules_that_wait_for_somebody_are_told_until_they_are_run(
    desk: Desk, services: Services, window: QWidget, jobs: JobRunner, clock: TurnedClock
) -> None:
    services.open_site.site.listeners.append(desk.changes.announce)
    notices = SiteNotices(desk, window)
    column(window).addWidget(notices)
    rounds = DayRounds(services, jobs, desk.tell_error, window)
    today = clock.now().astimezone().date()
    terms = Terms(from_on=today, validity=Validity.FOR_GOOD)
    new = NewRequirement(code="GST", title="GST", type=RequirementType.EXTERNAL, terms=terms)
    requirement = services.training.catalogue.add(SYSTEM, new)
    words = RuleWords(title="Everybody", requirement_id=requirement, condition=All())
    rule = services.training.enrolment.add(SYSTEM, "ALL", words)
    services.training.enrolment.switch_on(SYSTEM, rule)
    for number in range(30):
        joins = NewPerson(number=f"N-{number}", name="New", joined_on=today + timedelta(days=1))
        services.people.add(SYSTEM, joins)

    def told() -> list[str]:
        settle(jobs)
        every = [one.accessibleName() for one in notices.findChildren(Banner)]
        return [one for one in every if one.startswith("Rules wait")]

    rounds.go()
    notices.refresh()
    assert told() == []
    clock.turn(timedelta(days=1))
    rounds.look()
    (words_told,) = told()
    assert words_told.startswith("Rules wait, because they would suddenly reach many: Everybody.")
    look = next(one for one in notices.findChildren(QPushButton) if one.text() == "Look")
    look.click()
    assert desk.opened == [("rules", {})]

    services.training.enrolment.run(SYSTEM, rule, confirmed=30)
    notices.refresh()
    assert told() == []
    rounds.stop()
