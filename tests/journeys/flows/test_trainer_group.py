"""Trainer, flow A: a class is shown a course on the wall, asked, and signed from the paper they signed on."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.core.courses import LessonPlan, NewCourse, Outline, Variant
from app.core.people import Destination, NewPerson, RoleName
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.requirements import NewRequirement
from app.core.training.sessions import GroupQuiz, SessionPlan
from app.services import Services
from app.ui.learning.player_screen import PlayerScreen
from tests.journeys.flows.looks import shot
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc
from tests.support.practicals import SYSTEM, TODAY, let_sign
from tests.support.scanned import as_jpeg, cross, dot, pages_of
from tests.support.signers import Door
from tests.support.teaching import a_lesson, a_quiz_lesson
from tests.support.walking import Counted, Walker

TRAINER, PIN = "seven brass locks", "739201"
NAMES = {
    "P-1": "Asha Kulkarni",
    "P-2": "Imran Khan",
    "P-3": "Sita Patil",
    "P-4": "Uma Rao",
    "P-5": "Anil Mane",
}
BADGES = {"P-1": "04A1B2C3", "P-2": "04A1B2C4"}


def furnish(services: Services, pc: Pc, quiz: GroupQuiz) -> None:
    """Ravi's class of an hour is on now; it shows a course of two pages and a quiz."""
    site, people = services.open_site.site, services.people
    door = Door(pc, services.sign_in, services.signatures)
    unit = people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop")
    ravi = people.add(SYSTEM, NewPerson(number="E-9", name="Ravi Das"))
    let_sign(door, ravi, "E-9", TRAINER, RoleName.TRAINER, unit)
    accounts, invited = services.sign_in.accounts, []
    for number, name in NAMES.items():
        person = people.add(
            SYSTEM, NewPerson(number=number, name=name, place=Destination(org_unit_id=unit))
        )
        invited.append(person)
        account = accounts.give_account(SYSTEM, person, roles=(RoleName.LEARNER,))
        accounts.set_pin(SYSTEM, account, PIN, must_change=False)
        if number in BADGES:
            accounts.set_badge(SYSTEM, account, BADGES[number])
    terms = Terms(
        from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
    )
    kind = RequirementType.SESSION
    new = NewRequirement(code="FIRE", title="Fire extinguishers", type=kind, terms=terms)
    services.training.catalogue.add(SYSTEM, new)
    pages = (_page(services, "Which class of fire"), _page(services, "Pull, aim, squeeze, sweep"))
    lessons = (*pages, a_quiz_lesson(site, [True, True]))
    course = services.courses.create(SYSTEM, NewCourse(title="Extinguishers", code="EXT"))
    services.courses.save_draft(SYSTEM, course, Outline(title="Extinguishers", lessons=lessons))
    services.courses.publish(SYSTEM, course)
    now = site.clock.now()
    plan = SessionPlan(
        title="Fire extinguishers",
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        venue="Shed 2",
        requirements=("FIRE",),
        trainers=("E-9",),
        course="EXT",
        quiz=quiz,
    )
    session_id = services.sessions.planning.plan(SYSTEM, plan)
    services.sessions.planning.invite(SYSTEM, session_id, invited)


def _page(services: Services, title: str) -> LessonPlan:
    html = f"<h1>{title}</h1>" + f"<p>{title}: what to do, and what never to do.</p>" * 5
    with services.open_site.site.transaction(SYSTEM, "asset.add") as unit:
        stored = services.assets.add_bytes(unit, html.encode(), "text/html", "page.html")
    return a_lesson("page", title, variants=(Variant(language="en", asset=stored.sha256),))


@pytest.mark.journey
def test_a_class_watches_the_wall_is_asked_by_cards_and_signs_on_paper(
    walk: Callable[..., Walker], clock: TurnedClock, tmp_path: Path
) -> None:
    walker = walk(lambda services, pc: furnish(services, pc, GroupQuiz.TALLY))
    walker.sign_in("E-9", TRAINER)
    walker.go("Sessions")
    walker.press("Open the roll: Fire extinguishers, 10:42")
    shot(walker, "group-roll")
    for badge in BADGES.values():
        walker.tap(badge)
    walker.counted()
    walker.press("Project")
    shot(walker, "projected")
    lesson = walker.work.current
    assert isinstance(lesson, PlayerScreen)
    assert walker.window.isFullScreen()
    look(lesson, clock, 45)
    walker.key(Qt.Key.Key_Space)
    assert lesson.bar.wall.text() == "Paused"
    shot(walker, "wall-paused")
    look(lesson, clock, 300)
    walker.key(Qt.Key.Key_Space)
    look(lesson, clock, 30)
    walker.key(Qt.Key.Key_PageDown)
    assert "Pull, aim, squeeze, sweep" in walker.said()
    look(lesson, clock, 60)
    walker.key(Qt.Key.Key_Escape)
    assert not walker.window.isFullScreen()
    shot(walker, "group-shown")
    assert walker.counted() == Counted(presses=5)

    walker.press("End")
    walker.press("End")
    walker.press("Show of hands")
    walker.fill("Statement 0", "1")
    walker.fill("Statement 1", "2")
    shot(walker, "hands")
    walker.press("Save")
    shot(walker, "group-held")
    assert walker.counted() == Counted(presses=4, fields=2)

    walker.press("Scan the sheet")
    walker.choose_file(scan_of(walker, tmp_path))
    shot(walker, "scan")
    walker.press("Sita Patil · P-3")
    walker.press("Take over")
    shot(walker, "group-taken")
    assert walker.counted() == Counted(presses=4, fields=1)
    walker.press("Sign")
    shot(walker, "group-sign")
    walker.sign(TRAINER, name="E-9")
    assert walker.counted() == Counted(presses=2, fields=2)
    walker.heard("4 credited.")
    shot(walker, "group-signed")


@pytest.mark.journey
def test_each_takes_the_quiz_at_the_trainers_pc_by_badge_and_pin(
    walk: Callable[..., Walker], clock: TurnedClock
) -> None:
    walker = walk(lambda services, pc: furnish(services, pc, GroupQuiz.REQUIRED))
    walker.sign_in("E-9", TRAINER)
    walker.go("Sessions")
    walker.press("Open the roll: Fire extinguishers, 10:42")
    for badge in BADGES.values():
        walker.tap(badge)
    clock.turn(timedelta(hours=1))
    walker.press("End")
    walker.press("End")
    walker.counted()
    walker.press("Quiz of each")
    shot(walker, "queue")
    assert walker.counted() == Counted(presses=1)
    for badge in BADGES.values():
        walker.tap(badge)
        walker.type_pin(PIN)
        shot(walker, "queue-quiz")
        walker.press_line("A. True")
        walker.press("Next")
        walker.press_line("A. True")
        walker.press("Hand in")
        walker.press("Hand in")
        shot(walker, "queue-result")
        walker.press("End session")
        assert walker.counted() == Counted(presses=6, fields=1, badges=1)
    assert "Passed: 2 of 2" in walker.said()
    walker.press("Back to the class")
    walker.fill("PIN or password", TRAINER)
    walker.press("Unlock")
    shot(walker, "queue-back")
    assert walker.counted() == Counted(presses=2, fields=1)
    assert walker.can_press("Sign")


def scan_of(walker: Walker, folder: Path) -> Path:
    """Return the sheet as it comes from the scanner: Uma crossed her box, a drop of ink at Sita."""
    sessions, actor = walker.services.sessions, walker.work.actor
    (held,) = sessions.between(actor, TODAY, TODAY)
    (page,) = pages_of(sessions.papers.sheet(actor, held.id, "Plant").content)
    lines = sorted(NAMES.values())
    cross(page, lines.index("Uma Rao"))
    dot(page, lines.index("Sita Patil"))
    scan = folder / "sheet.jpg"
    scan.write_bytes(as_jpeg(page))
    return scan


def look(lesson: PlayerScreen, clock: TurnedClock, seconds: int) -> None:
    """Let the class look on for a while: the player's own clock beats as it does each second."""
    for _beat in range(0, seconds, 5):
        clock.turn(timedelta(seconds=5))
        lesson.attention._timer.timeout.emit()
