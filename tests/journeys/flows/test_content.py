"""Content at headquarters: a folder becomes a course, somebody else approves it, and it goes to two plants."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
import python_calamine
import sqlalchemy as sa
from xlsxwriter import Workbook

from app.core.assessments import (
    FALSE,
    TRUE,
    Chosen,
    Question,
    Quiz,
    QuizSettings,
    Section,
    TrueFalseBody,
    body_of,
    plain,
)
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.paging import PageRequest
from app.core.courses import VERSION, CourseState, NewCourse, Outline
from app.core.learning.models import CourseCompletionRow
from app.core.people import NewPerson, RoleName
from app.services import Services
from tests.journeys.flows.looks import shot
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, first_pc, know_each_other
from tests.support.packages import scorm12
from tests.support.practicals import SYSTEM, let_sign
from tests.support.signers import LOGIN, PASSWORD, Door
from tests.support.teaching import a_lesson
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


@pytest.mark.journey
def test_a_folder_and_a_package_are_dropped_on_the_window(
    walk: Callable[..., Walker], tmp_path: Path
) -> None:
    folder, package = tmp_path / "Lockout", tmp_path / "Fire.zip"
    folder.mkdir()
    (folder / "01-why-we-lock.md").write_text("# Why we lock\n\nA machine that starts kills.\n")
    zip_at(package, scorm12())
    walker = walk(lambda _services, _pc: None)
    walker.sign_in(LOGIN, PASSWORD)
    for what in (folder, package):
        walker.counted()
        walker.go("Courses")
        walker.drop(what)
        assert "Drop to see what becomes of it" in walker.drop_seen
        shot(walker, f"dropped-{what.suffix or 'folder'}")
        walker.press("Import")
        assert walker.counted() == Counted(presses=3)
        shot(walker, f"dropped-{what.suffix or 'folder'}-editor")
    walker.go("Courses")
    walker.drop(folder, package)
    walker.heard("Drop one folder, or one file, at a time.")
    assert walker.services.courses.list(SYSTEM, PageRequest()).total == 2


@pytest.mark.journey
def test_questions_come_from_a_table_and_what_is_poor_is_mended(
    walk: Callable[..., Walker], tmp_path: Path
) -> None:
    table = tmp_path / "Lockout.xlsx"
    walker = walk(lambda _services, _pc: None)
    walker.sign_in(LOGIN, PASSWORD)
    walker.counted()
    walker.go("Questions")
    walker.press("Import questions")
    walker.press("Save an Excel table to fill in")
    walker.choose_file(table)
    assert walker.counted() == Counted(presses=4, fields=1)
    fill_in(table)
    walker.press("Choose a file")
    walker.choose_file(table)
    shot(walker, "questions-report")
    for words in ("points at other options", "has the tag “safety”"):
        assert words in walker.said()
    walker.press("Import")
    shot(walker, "questions-bank")
    assert walker.counted() == Counted(presses=3, fields=1)

    walker.open_row("What do we lock?")
    assert "points at other options" in walker.said()
    shot(walker, "question-poor")
    walker.fill("Text", "Valve, switch and spring", within=walker.part("Option 3"))
    walker.press("Save")
    assert "points at other options" not in walker.said()
    shot(walker, "question-mended")
    assert walker.counted() == Counted(presses=2, fields=1)


def fill_in(table: Path) -> None:
    """Write two questions into the template, each with something poor in it."""
    heads = python_calamine.load_workbook(table).get_sheet_by_index(0).to_python()[0]
    rows = (
        {"Type": "choice_one", "Question": "What do we lock?", "Option 1": "The valve",
         "Option 2": "The switch", "Option 3": "All of the above", "Correct": "3"},
        {"Type": "true_false", "Question": "A tag alone is enough.", "Correct": "false",
         "Tags": "safety"},
    )  # fmt: skip
    with Workbook(table) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate((dict(zip(heads, heads, strict=True)), *rows)):
            for column, head in enumerate(heads):
                sheet.write_string(line, column, row.get(head, ""))


@pytest.mark.journey
def test_a_question_with_a_wrong_key_is_left_out_of_results_and_who_it_failed_has_passed(
    walk: Callable[..., Walker],
) -> None:
    def furnish(services: Services, pc: Pc) -> None:
        furnish_attempts(services, pc)
        door = Door(pc, services.sign_in, services.signatures)
        kavita = services.people.add(SYSTEM, NewPerson(number="E-5", name="Kavita Shah"))
        let_sign(door, kavita, "E-5", SAFETY, RoleName.APPROVER, None)

    walker = walk(furnish)
    walker.sign_in(LOGIN, PASSWORD)
    walker.counted()
    walker.go("Questions")
    walker.open_row("Bank")
    walker.menu_of_row("A tag is enough", "How it was answered")
    shot(walker, "question-look")
    for words in ("6 people would pass.", "asked 8 times · 25% right"):
        assert words in walker.said()
    walker.press("Leave out of results")
    assert "nobody loses a pass" in walker.said()
    shot(walker, "question-leave-out")
    walker.fill("Reason", "A tag alone is never enough: the key is wrong")
    walker.press("Ask for approval")
    assert walker.counted() == Counted(presses=6, fields=1)
    assert "waits for an approval" in walker.said()
    shot(walker, "question-waits")
    walker.leave()
    walker.sign_in("E-5", SAFETY)
    walker.counted()
    walker.press_line("Bank A tag is enough, to be left out of results")
    assert "6 people pass by it" in walker.said()
    shot(walker, "question-review")
    walker.press("Approve and sign")
    walker.press("Read and sign")
    walker.sign(SAFETY, name="E-5")
    assert walker.counted() == Counted(presses=4, fields=2)
    with walker.services.open_site.site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(CourseCompletionRow)) == 8
    (bank,) = walker.services.banks.list(SYSTEM, PageRequest()).rows
    assert (bank.questions, bank.withdrawn) == (1, 1)


def furnish_attempts(services: Services, _pc: Pc) -> None:
    """Eight people know the first statement; of the second, six say what is true and two what its key says."""
    banks, quizzes = services.banks, services.quizzes
    bank = banks.create(SYSTEM, "Bank")
    pool = tuple(
        banks.question(SYSTEM, banks.add(SYSTEM, bank, question)).version_id
        for question in (
            a_statement("Lock before you reach in", True),
            a_statement("A tag is enough", True),
        )
    )
    settings = QuizSettings(pass_mark=Fraction(1, 1))
    quiz = Quiz(sections=(Section(pool=pool),), settings=settings)
    lesson = a_lesson("quiz", body=body_of(quiz))
    course = services.courses.create(SYSTEM, NewCourse(title="Lockout", code="LOTO"))
    services.courses.save_draft(SYSTEM, course, Outline(title="Lockout", lessons=(lesson,)))
    services.courses.publish(SYSTEM, course)
    said = [FALSE] * 6 + [TRUE] * 2
    for number, of_the_tag in enumerate(said, start=1):
        name = f"Person {number}"
        person = services.people.add(SYSTEM, NewPerson(number=f"P-{number}", name=name))
        learner = Actor(
            account_id=None,
            person_id=person,
            name=name,
            grants=frozenset({Grant(capability=Capability.LEARN)}),
        )
        hand = services.learning.begin(learner, course)
        attempt = quizzes.start(learner, hand.lessons[0].lesson_id)
        for asked in attempt.questions:
            given = of_the_tag if "tag" in asked.question.stem.source else TRUE
            quizzes.answer(learner, attempt.attempt_id, asked.question_id, Chosen(keys=(given,)))
        quizzes.submit(learner, attempt.attempt_id)


def a_statement(text: str, answer: bool) -> Question:
    """Return a statement that is true or false by its key."""
    return Question(type="true_false", stem=plain(text), body=TrueFalseBody(answer=answer))
