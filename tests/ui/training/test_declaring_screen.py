"""Declaring in the window: written in the requirement's form, found on Home, read on a page, and declared."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from shiboken6 import isValid

from app.core.people import Audience, NewPerson, PersonChange, PersonId, Reads
from app.core.training import RequirementType
from app.core.training.requirements import RequirementChange
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignDialog
from app.ui.learning.home_screen import HomeScreen
from app.ui.training.declaring_screen import DeclaringScreen
from app.ui.training.requirement_forms import NewRequirementForm, RequirementForm
from app.ui.training.requirements_screen import RequirementsScreen
from tests.support.documents import AUTHOR
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, check_usable, put, settle

TODAY = date(2026, 11, 23)
WORDS = "I have no interest in any supplier of this plant."
HINDI = "मेरा इस संयंत्र के किसी आपूर्तिकर्ता में कोई हित नहीं है।"


@pytest.fixture
def desk(founder_desk: Desk) -> Iterator[Desk]:
    site = founder_desk.services.open_site.site
    site.listeners.append(founder_desk.changes.announce)
    yield founder_desk
    site.listeners.remove(founder_desk.changes.announce)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def sheet_of(window: QWidget, jobs: JobRunner) -> FormSheet:
    settle(jobs)
    return window.findChildren(FormSheet)[-1]


def written(desk: Desk, window: QWidget, jobs: JobRunner, *, signed: bool) -> UUID:
    """Add a declaration in the window, say it in Hindi, too, and assign it to everybody."""
    screen = RequirementsScreen(desk)
    put(screen, window, jobs)
    screen.begin_adding()
    sheet = sheet_of(window, jobs)
    form = sheet.findChild(NewRequirementForm)
    assert form is not None
    assert form.wording.isHidden()
    form.title.set_value("No interest")
    form.code.set_value("COI")
    form.kind.set_value(RequirementType.DECLARATION)
    form.kind.edited.emit()  # as choosing it by hand does
    assert not form.wording.isHidden()
    assert not form.terms.signed.isHidden()
    form.wording.set_value(WORDS)
    form.terms.signed.set_value(signed)
    sheet.save_asked.emit()
    settle(jobs)
    catalogue = desk.services.training.catalogue
    screen._open(catalogue.coded(AUTHOR, "COI").summary)  # what a row opens
    sheet = sheet_of(window, jobs)
    changed = sheet.findChild(RequirementForm)
    assert changed is not None
    assert changed.wording.value() == WORDS
    changed.wordings["hi"].set_value(HINDI)
    sheet.save_asked.emit()
    settle(jobs)
    found = catalogue.coded(AUTHOR, "COI")
    assert (found.wording, found.wordings, found.summary.terms.signed) == (
        WORDS, {"hi": HINDI}, signed
    )  # fmt: skip
    desk.services.training.assign(AUTHOR, "COI", Audience(), due_on=TODAY, origin="Works there")
    screen.hide()
    screen.deleteLater()
    return found.summary.id


def test_a_declaration_is_written_found_on_home_read_and_signed(
    desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    written(desk, window, jobs, signed=True)
    home = HomeScreen(desk)
    put(home, window, jobs)
    assert "1 declaration to make." in home.header_line()
    assert "No interest" in texts(home.declarations)
    assert "No interest" in texts(home.due)
    assert home.hero.button is not None
    assert home.hero.button.text() == "Declare"
    check_usable(home)
    home.hero.button.click()
    ((key, args),) = desk.opened
    assert key == "declaring"
    home.hide()

    screen = DeclaringScreen(desk)
    put(screen, window, jobs, **args)
    assert WORDS in texts(screen)
    check_usable(screen)
    screen.declare_button.click()
    settle(jobs)
    dialog = window.findChildren(SignDialog)[-1]
    shown = []
    for _time in range(2):  # the statement of what a signature means comes first, once
        settle(jobs)
        if not isValid(dialog) or dialog.password is None:
            break
        shown.append(texts(dialog))
        if dialog.name is not None:
            QTest.keyClicks(dialog.name.line, LOGIN)
        QTest.keyClicks(dialog.password.line, PASSWORD)
        dialog.sign()
    settle(jobs)
    assert WORDS in shown[-1]
    assert desk.errors == []
    assert desk.toasts[-1] == "Declared. It stands in your training record."
    assert desk.steps_back == 1
    assert desk.services.training.declarations.mine(desk.actor)[0].is_done

    home = HomeScreen(desk)
    put(home, window, jobs)
    assert "On record · valid to 23 Nov 2027" in texts(home.declarations)
    again = DeclaringScreen(desk)
    put(again, window, jobs, **args)
    assert not again.declare_button.isVisible()
    assert "There is nothing to declare now" in texts(again)


def test_another_wording_asks_what_the_other_languages_say(
    desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    written(desk, window, jobs, signed=False)
    catalogue = desk.services.training.catalogue
    screen = RequirementsScreen(desk)
    put(screen, window, jobs)
    screen._open(catalogue.coded(AUTHOR, "COI").summary)  # what a row opens
    sheet = sheet_of(window, jobs)
    form = sheet.findChild(RequirementForm)
    assert form is not None
    form.wording.set_value(f"{WORDS} I say so if that changes.")
    sheet.save_asked.emit()
    settle(jobs)
    assert "would go on declaring what it was" in texts(sheet)
    assert catalogue.coded(AUTHOR, "COI").wording == WORDS
    assert not form.wordings_hold.isHidden()
    form.wordings_hold.set_value(True)
    sheet.save_asked.emit()
    settle(jobs)
    assert catalogue.coded(AUTHOR, "COI").wording != WORDS


def test_in_ones_own_language_with_who_read_it_and_not_what_was_changed_meanwhile(
    desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    made = written(desk, window, jobs, signed=False)
    services, reader = desk.services, desk.actor.person_id
    assert reader is not None
    services.people.edit(AUTHOR, PersonId(reader), PersonChange(reads=Reads.ALONG))
    other = services.people.add(AUTHOR, NewPerson(number="E-77", name="Lata Pawar"))
    account = services.sign_in.accounts.give_account(AUTHOR, other)
    services.sign_in.accounts.set_pin(AUTHOR, account, "739246", must_change=False)
    reading = replace(desk, actor=replace(desk.actor, language="hi"))
    screen = DeclaringScreen(reading)
    put(screen, window, jobs, requirement_id=str(made))
    assert HINDI in texts(screen)

    def declare() -> None:
        screen.declare_button.click()
        sheet = sheet_of(window, jobs)
        name, pin = sheet.findChild(TextField), sheet.findChild(PasswordField)
        assert name is not None
        assert pin is not None
        name.set_value("E-77")
        pin.set_value("739246")
        sheet.save_asked.emit()
        settle(jobs)

    elsewhere = RequirementChange(wordings={"hi": f"{HINDI} मैं यह मानता हूँ।"})
    services.training.catalogue.change(AUTHOR, made, elsewhere)
    declare()
    assert "changed after you read it" in str(desk.errors[-1])
    assert not services.training.declarations.mine(desk.actor)[0].is_done

    screen.refresh()
    settle(jobs)
    declare()
    assert services.training.declarations.mine(desk.actor)[0].is_done
    (one,) = services.reports.dossiers.of(AUTHOR, reader).evidence
    assert (one.kind, one.second) == ("declared", "Lata Pawar")
