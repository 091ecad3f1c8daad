"""The office's part of the tour: a question written, an import taken back, a further attempt given."""

from PySide6.QtWidgets import QWidget

from app.bootstrap.demo_tour.driver import Driver, NotSeen
from app.core.base.paging import PageRequest
from app.services import Services
from app.ui.assessments.authoring.editors.true_false import TrueFalseEditor
from app.ui.assessments.authoring.question_editor import QuestionEditor
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.people.import_screen import PeopleImportScreen
from app.ui.people.past_imports import TakeBackSheet
from app.ui.people.people_screen import PeopleScreen
from app.ui.people.person_screen import PersonScreen

_QUESTION = "A lock may be lent to somebody who has forgotten theirs."
_HR_FILE = "number,name\nE-20001,Wrong Plant\nE-20002,Wrong Plant Too\n"


def write_question(driver: Driver, services: Services) -> None:
    """Write a question into the bank of the course, and see it as learners will."""
    actor = driver.work.actor
    bank = services.banks.list(actor, PageRequest()).rows[0]
    driver.work.open("question_editor", bank_id=bank.id, type=TrueFalseEditor.key)
    editor = driver.screen(QuestionEditor)
    driver.rest()
    editor.form.stem.area.setPlainText(_QUESTION)
    body = editor.form.editor
    if not isinstance(body, TrueFalseEditor):
        raise NotSeen("the editor of a true or false question")
    body.answer.set_value(False)
    body.answer.edited.emit()
    driver.rest()
    editor.save_button.click()
    driver.rest()
    driver.press("Start over", editor)  # the preview, at once rather than when typing rests
    found = services.banks.questions(actor, bank.id, PageRequest(text="may be lent"))
    if found.total != 1:
        raise NotSeen("the question in its bank")


def take_import_back(driver: Driver, services: Services) -> None:
    """Import the wrong file, see what taking it back would change, and take it back."""
    path = driver.out / "wrong-plant.csv"
    path.write_text(_HR_FILE, encoding="utf-8")
    driver.work.open("people_import")
    screen = driver.screen(PeopleImportScreen)
    screen.picker.offer([path])
    driver.until(screen.report.isVisible, "the plan")
    view = screen.shown_plan
    if view.creates is not None:
        view.creates.set_value(True)
    view.apply_button.click()
    driver.screen(PeopleScreen)
    driver.work.open("people_import", take_back=True)
    screen = driver.screen(PeopleImportScreen)
    sheet = driver.until(lambda: _shown(screen, TakeBackSheet), "what would change")
    driver.shot("take-back")
    sheet.take_button.click()
    driver.rest()
    path.unlink()
    here = PageRequest(text="Wrong Plant").filtered_by([("active", "yes")])
    if services.people.list_people(driver.work.actor, here).total:
        raise NotSeen("the import taken back")


def give_further_attempt(driver: Driver, services: Services, number: str) -> None:
    """Give somebody whose attempts are used up another one, for a reason that is kept."""
    person = services.people.find(driver.work.actor, number)
    driver.work.open("person", person_id=person.id)
    screen = driver.screen(PersonScreen)
    driver.press("Further attempt", screen)
    sheet = driver.until(lambda: screen.quizzes.sheet, "the reason to be asked")
    (reason,) = sheet.findChildren(TextAreaField)
    reason.set_value("Trained again at the press")
    reason.edited.emit()
    driver.shot("further-attempt-reason")
    sheet.save_button.click()
    driver.rest()
    quizzes = services.quizzes.supervision.of(driver.work.actor, person.id).quizzes
    if not any(quiz.gifts for quiz in quizzes):
        raise NotSeen("the further attempt on record")


def _shown(place: QWidget, kind: type[TakeBackSheet]) -> TakeBackSheet | None:
    found = place.findChildren(kind)
    return found[0] if found else None
