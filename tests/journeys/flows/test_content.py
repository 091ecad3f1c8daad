"""Content at headquarters: a folder becomes a course, somebody else approves it, and it goes to two plants."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.base.paging import PageRequest
from app.core.courses import VERSION, CourseState
from app.core.people import NewPerson, RoleName
from app.services import Services
from tests.journeys.flows.looks import shot
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, first_pc, know_each_other
from tests.support.practicals import SYSTEM, let_sign
from tests.support.signers import LOGIN, PASSWORD, Door
from tests.support.walking import Counted, Walker

SAFETY = "five slow rivers"


@pytest.mark.journey
def test_a_folder_becomes_a_course_that_is_approved_and_sent_to_two_plants(
    walk: Callable[..., Walker], clock: TurnedClock, tmp_path: Path
) -> None:
    folder, stick = tmp_path / "Lockout", tmp_path / "stick"
    folder.mkdir()
    stick.mkdir()
    (folder / "01-why-we-lock.md").write_text("# Why we lock\n\nA machine that starts kills.\n")
    (folder / "02-six-steps.md").write_text("# Six steps\n\nTell, stop, lock, tag, try, work.\n")

    def furnish(services: Services, pc: Pc) -> None:
        door = Door(pc, services.sign_in, services.signatures)
        kavita = services.people.add(SYSTEM, NewPerson(number="E-5", name="Kavita Shah"))
        let_sign(door, kavita, "E-5", SAFETY, RoleName.APPROVER, None)
        services.approvals.ask(SYSTEM, VERSION, is_asked=True, reason="QA asks for it")
        for code in ("GOA", "HSR"):
            plants.append(first_pc(tmp_path / code, clock, code=code))
            know_each_other(pc, plants[-1])

    plants: list[Pc] = []
    walker = walk(furnish)
    walker.sign_in(LOGIN, PASSWORD)
    make_course(walker, folder)
    walker.leave()
    walker.sign_in("E-5", SAFETY)
    approve(walker)
    walker.leave()
    walker.sign_in(LOGIN, PASSWORD)
    send(walker, stick)

    (course,) = walker.services.courses.list(SYSTEM, PageRequest()).rows
    assert course.state is CourseState.PUBLISHED
    assert sorted(one.suffix for one in stick.iterdir()) == [".dksb"] * 3 + [".dksv"]
    for plant in plants:
        assert plant.take(stick).troubles == []
        assert plant.courses.without_files(SYSTEM) == {}
    walker.services.sync.take(SYSTEM, stick)
    see_who_has_it(walker)


def make_course(walker: Walker, folder: Path) -> None:
    """Import, set what holds for it, look at it as a learner, submit."""
    walker.counted()
    walker.go("Courses")
    shot(walker, "courses")
    walker.press("Import a folder")
    walker.press("Choose a folder")
    walker.choose_file(folder)
    shot(walker, "report")
    walker.press("Import")
    assert walker.counted() == Counted(presses=5, fields=1)
    shot(walker, "editor")
    walker.press("Course settings")
    walker.fill("Valid for", "12")
    shot(walker, "settings")
    walker.press("Save")
    walker.fill("and seconds", "5")
    assert walker.counted() == Counted(presses=2, fields=2)
    walker.press("Preview")
    shot(walker, "preview")
    walker.press("Back")
    assert walker.counted() == Counted(presses=2)
    walker.press("Submit for approval")
    walker.fill("What is new", "First version")
    shot(walker, "submit")
    walker.press("Submit for approval")
    assert walker.counted() == Counted(presses=2, fields=1)


def approve(walker: Walker) -> None:
    """Read what was submitted, and sign it."""
    walker.counted()
    walker.press_line("Lockout, version 1")
    shot(walker, "course-review")
    walker.press("Approve and sign")
    shot(walker, "approve-sheet")
    walker.press("Read and sign")
    walker.sign(SAFETY, name="E-5")
    assert walker.counted() == Counted(presses=4, fields=2)
    shot(walker, "approved")


def send(walker: Walker, stick: Path) -> None:
    """Write for both plants what they lack."""
    walker.counted()
    walker.go("Courses")
    shot(walker, "courses-after")
    walker.go("Sync")
    shot(walker, "sync")
    walker.press("Write a sync file")
    walker.press("All other sites")
    walker.press("Choose a folder")
    walker.choose_file(stick)
    shot(walker, "write")
    walker.press("Write")
    shot(walker, "written")
    assert walker.counted() == Counted(presses=7, fields=1)
    assert "Every byte was read back from there and is right." in walker.said()


def see_who_has_it(walker: Walker) -> None:
    """Look at the board of versions when the receipts are back."""
    walker.counted()
    walker.go("Sync")
    walker.press("Versions of courses")
    shot(walker, "versions")
    walker.open_row("Lockout")
    assert "2 of 2 have version 1" in walker.said()
    assert walker.counted() == Counted(presses=3)
