"""One's own signature: from a PIN to a password, a check by somebody else, and the statement."""

import pytest
from PySide6.QtWidgets import QWidget

from app.core.base.clock import local_day
from app.core.base.paging import PageRequest
from app.core.people import AccountId, NewPerson, RoleName
from app.core.signatures import Proof, SignatureState
from app.ui.kit.buttons import Button
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.own_password_sheet import OwnPasswordSheet
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import StatementDialog
from app.ui.people.my_signature_screen import MySignatureScreen
from app.ui.people.person_screen import PersonScreen
from app.ui.people.signer_card import CheckSheet
from tests.support.signers import PASSWORD
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import said

OWN = "quiet brass kettle"


@pytest.fixture
def asha(founder_desk: Desk) -> AccountId:
    """Somebody who signs in with a PIN."""
    services, actor = founder_desk.services, founder_desk.actor
    person = services.people.add(actor, NewPerson(number="E-2", name="Asha Rao"))
    account = services.sign_in.accounts.give_account(actor, person, roles=(RoleName.LEARNER,))
    services.sign_in.accounts.set_pin(actor, account, "739201", must_change=False)
    return account


def test_p11_10_p11_17_from_a_pin_to_a_signature(
    founder_desk: Desk, asha: AccountId, window: QWidget, jobs: JobRunner
) -> None:
    """P11-10, P11-17: password, check by an administrator, statement; in this order."""
    services, meera = founder_desk.services, founder_desk.actor
    founder_desk.actor = services.sign_in.sign_in("E-2", "739201").actor
    screen = MySignatureScreen(founder_desk)
    put(screen, window, jobs)
    assert "You have no signing key yet" in said(screen)
    check_usable(screen)

    screen.choose_password()
    settle(jobs)
    (sheet,) = [one for one in screen.findChildren(OwnPasswordSheet) if one.isVisible()]
    check_usable(sheet)
    for field, words in ((sheet.old, "739201"), (sheet.new, OWN), (sheet.again, OWN)):
        field.set_value(words)
    sheet.save_button.click()
    settle(jobs)
    screen.refresh()
    settle(jobs)
    assert "Nobody has checked yet who you are" in said(screen)

    services.signatures.check_signer(meera, asha, "Company badge")
    screen.refresh()
    settle(jobs)
    assert "Company badge, seen by Meera Joshi" in said(screen)
    screen.accept()
    settle(jobs)
    (dialog,) = [one for one in window.findChildren(StatementDialog) if one.isVisible()]
    assert dialog.name is not None
    assert dialog.password is not None
    dialog.name.set_value("E-2")
    dialog.password.set_value(OWN)
    dialog.sign_button.setEnabled(True)
    dialog.sign()
    settle(jobs)
    screen.refresh()
    settle(jobs)

    assert "You can sign." in said(screen)
    assert services.signatures.now(founder_desk.actor).trouble == ""


def test_the_two_new_passwords_must_be_the_same(
    founder_desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    screen = MySignatureScreen(founder_desk)
    put(screen, window, jobs)
    screen.choose_password()
    settle(jobs)
    (sheet,) = [one for one in screen.findChildren(OwnPasswordSheet) if one.isVisible()]
    for field, words in ((sheet.old, PASSWORD), (sheet.new, OWN), (sheet.again, "another one")):
        field.set_value(words)
    sheet.save_button.click()
    settle(jobs)

    assert sheet.isVisible()
    assert "The two differ." in said(sheet)
    founder_desk.services.sign_in.sign_in("E-1", PASSWORD)
    sheet.form.mark_saved()
    sheet.dismiss()


def test_an_administrator_notes_on_the_persons_page_whom_they_saw(
    founder_desk: Desk, asha: AccountId, window: QWidget, jobs: JobRunner
) -> None:
    services, meera = founder_desk.services, founder_desk.actor
    actor = services.sign_in.sign_in("E-2", "739201").actor
    services.sign_in.choose_password(actor, "739201", OWN)
    screen = PersonScreen(founder_desk)
    put(screen, window, jobs, person_id=actor.person_id)
    settle(jobs)
    assert "Identity not checked" in said(screen.signer)
    check_usable(screen)

    assert screen.signer.check_button is not None
    screen.signer.check_button.click()
    (sheet,) = [one for one in screen.findChildren(CheckSheet) if one.isVisible()]
    sheet.document.set_value("Company badge with photo")
    sheet.save_button.click()
    settle(jobs)

    line = services.signatures.signer(meera, asha)
    assert (line.is_checked, line.document) == (True, "Company badge with photo")
    services.signatures.accept_statement(actor, Proof(name="E-2", password=OWN))


def test_a_key_is_ended_with_the_day_from_which_its_password_may_have_been_known(
    founder_desk: Desk, asha: AccountId, window: QWidget, jobs: JobRunner
) -> None:
    services, meera = founder_desk.services, founder_desk.actor
    actor = services.sign_in.sign_in("E-2", "739201").actor
    services.sign_in.choose_password(actor, "739201", OWN)
    services.signatures.check_signer(meera, asha, "Company badge")
    services.signatures.accept_statement(actor, Proof(name="E-2", password=OWN))
    screen = PersonScreen(founder_desk)
    put(screen, window, jobs, person_id=actor.person_id)
    settle(jobs)
    (end,) = [one for one in screen.signer.findChildren(Button) if one.text() == "End"]

    end.click()
    (sheet,) = [one for one in screen.findChildren(FormSheet) if one.isVisible()]
    check_usable(sheet)
    reason, since = sheet.form.findChildren(TextField)[0], sheet.form.findChildren(DateField)[0]
    reason.set_value("Seen by a colleague")
    since.set_value(local_day(services.open_site.site.clock))
    sheet.save_button.click()
    settle(jobs)

    assert services.signatures.signer(meera, asha).key_ended is not None
    (found,) = [
        one
        for one in services.signatures.check(meera, PageRequest())
        if one.line.account_id == asha
    ]
    assert found.state is SignatureState.DOUBTED
