"""Who owns which field: said in a form of the list of people, and kept to by the form of a person."""

from PySide6.QtWidgets import QWidget

from app.core.people import PersonId
from app.core.people.ownership import FieldOwner, OwnedField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.people.import_screen import PeopleImportScreen
from app.ui.people.owners_form import OwnersForm, show_owners
from app.ui.people.person_form import PersonForm
from app.ui.people.person_screen import PersonScreen
from tests.ui.reports.opened import Desk, put, settle


def sheet_of(window: QWidget) -> FormSheet:
    (sheet,) = [one for one in window.findChildren(FormSheet) if one.isVisible()]
    return sheet


def test_what_belongs_to_others_is_shown_to_be_read_with_the_reason(
    desk: Desk, three: tuple[PersonId, ...], window: QWidget, jobs: JobRunner
) -> None:
    opened = desk.services.open_site
    opened.site.site_id = opened.keys.site_id  # as it is where a site was founded
    people = PeopleImportScreen(desk)
    put(people, window, jobs)
    show_owners(people)
    settle(jobs)
    sheet = sheet_of(window)
    assert isinstance(sheet.form, OwnersForm)
    sheet.form.fields_of[OwnedField.NAME].set_value(FieldOwner.HR_FILE)
    sheet.form.reason.set_value("HR is right")
    sheet.save_button.click()
    settle(jobs)

    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=three[0])
    screen._edit()
    settle(jobs)
    edit = sheet_of(window)
    assert isinstance(edit.form, PersonForm)
    form = edit.form
    assert not form.name.control.isEnabled()
    assert "belongs to the HR file" in form.name.control.accessibleDescription()
    assert form.name_local.control.isEnabled()
    form.shift.set_value("B")
    edit.save_button.click()
    settle(jobs)
    assert desk.services.people.person(desk.actor, three[0]).shift == "B"
