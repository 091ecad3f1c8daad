"""Waivers, evidence and corrections in the window, plainly or signed, as the site asks."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import Capability
from app.core.people import Audience, NewPerson
from app.core.signatures import Meaning, Proof, Undersigned
from app.core.training import CheckedBy, EvidenceRule, RequirementType, Terms, Validity
from app.core.training.assignments import AssignmentSummary, EnteredEvidence, State
from app.core.training.corrections import RecordKind, ToCorrect
from app.core.training.requirements import NewRequirement
from app.core.training.signing import SigningRule, SigningTerms
from app.ui.kit.buttons import Button
from app.ui.kit.forms.certificate import CertificateForm
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignDialog
from app.ui.people.my_signature_screen import MySignatureScreen
from app.ui.reports.dossier_screen import DossierScreen
from app.ui.training.assignment_acts import AssignmentActs
from app.ui.training.assignments_screen import AssignmentsScreen
from app.ui.training.correcting import CorrectionForm
from app.ui.training.evidence_sheet import WaitingSheet
from app.ui.training.requirements_screen import RequirementsScreen
from app.ui.training.signing_form import SigningForm
from tests.core.training.conftest import SYSTEM, somebody
from tests.core.training.paper.conftest import PDF
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import said

TODAY = date(2026, 11, 23)
RAVI = somebody("Ravi Das", Capability.ASSIGN)
ITI = EnteredEvidence(issuer="ITI Pune", number="B-77", obtained_on=date(2026, 6, 1))


class Plant:
    """A founder who can sign, Asha, and a licence that somebody else confirms."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.services = desk.services
        self.services.signatures.accept_statement(desk.actor, Proof(name=LOGIN, password=PASSWORD))
        self.asha: UUID = self.services.people.add(SYSTEM, NewPerson(number="E-2", name="Asha"))
        terms = Terms(
            from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.CONFIRMED
        )
        new = NewRequirement(
            code="FORK", title="Forklift licence", type=RequirementType.EXTERNAL, terms=terms
        )
        self.fork = self.services.training.catalogue.add(SYSTEM, new)
        self.services.training.assign(
            SYSTEM, "FORK", Audience(numbers=("E-2",)), due_on=None, origin="The law"
        )

    @property
    def mine(self) -> AssignmentSummary:
        return self.services.training.assignments.of_person(SYSTEM, self.asha)[0]

    def say(self, rule: SigningRule) -> None:
        terms = SigningTerms(from_on=TODAY, waivers=rule)
        if rule is SigningRule.SIGNED:
            terms = replace(terms, corrections=rule, evidence=rule)
        self.services.training.signing.say(self.desk.actor, terms, "The customer asks for it")

    def evidence(self) -> UUID:
        proving = self.services.training.assignments.evidence
        return proving.enter(RAVI, self.asha, self.fork, ITI)


@pytest.fixture
def plant(founder_desk: Desk) -> Plant:
    made = Plant(founder_desk)
    founder_desk.services.open_site.site.listeners.append(founder_desk.changes.announce)
    return made


@pytest.fixture
def screen(plant: Plant, window: QWidget, jobs: JobRunner) -> AssignmentsScreen:
    made = AssignmentsScreen(plant.desk)
    put(made, window, jobs)
    return made


def act(
    screen: AssignmentsScreen, one: AssignmentSummary, words: str, jobs: JobRunner
) -> FormSheet:
    """Choose an action of a row; return the sheet that opens."""
    actions = {each.words: each for each in AssignmentActs(screen).for_row(one)}
    actions[words].act()
    settle(jobs)
    return screen.window().findChildren(FormSheet)[-1]


def fill(sheet: FormSheet, label: str, text: str) -> None:
    fields = [one for one in sheet.form.fields() if one.label == label]
    fields[0].set_value(text)


def sign(window: QWidget, jobs: JobRunner, qtbot: QtBot) -> None:
    settle(jobs)
    dialog = window.findChildren(SignDialog)[-1]
    settle(jobs)
    assert dialog.password is not None
    qtbot.keyClicks(dialog.password.line, PASSWORD)
    dialog.sign()
    settle(jobs)


def test_d11_a_waiver_is_read_and_signed(
    screen: AssignmentsScreen, plant: Plant, jobs: JobRunner, window: QWidget, qtbot: QtBot
) -> None:
    plant.say(SigningRule.SIGNED)
    sheet = act(screen, plant.mine, "Waive", jobs)
    assert "asks for your signature" in said(sheet)
    fill(sheet, "Why", "In the office")
    sheet.save_button.click()
    sign(window, jobs, qtbot)

    assert plant.mine.stands.state is State.WAIVED
    acts = plant.services.training.assignments.detail(SYSTEM, plant.mine.id).acts
    (line,) = plant.services.signatures.under(acts[-1].id)
    assert line.meaning == Meaning.WAIVED
    screen.open_detail(plant.mine)
    settle(jobs)
    words = said(window)
    assert "Meera Joshi (E-1)" in words
    assert "UTC+05:30" in words


def test_a_waiver_is_asked_for_and_approved_by_somebody_else(
    screen: AssignmentsScreen, plant: Plant, jobs: JobRunner, window: QWidget, qtbot: QtBot
) -> None:
    plant.say(SigningRule.TWO_PERSONS)
    sheet = act(screen, plant.mine, "Waive", jobs)
    assert "somebody else signs" in said(sheet)
    sheet.dismiss()
    waivers = plant.services.training.assignments.waivers
    waivers.ask(RAVI, plant.mine.id, until_on=None, reason="In the office")
    settle(jobs)
    assert screen.waiting_button.text() == "1 to confirm"
    screen.waiting_button.click()
    settle(jobs)
    waiting = window.findChildren(WaitingSheet)[-1]

    waiting.approve_buttons[0].click()
    sign(window, jobs, qtbot)

    assert plant.mine.stands.state is State.WAIVED


def test_evidence_is_confirmed_with_how_it_was_checked(
    screen: AssignmentsScreen, plant: Plant, jobs: JobRunner, window: QWidget
) -> None:
    plant.evidence()
    settle(jobs)
    screen.waiting_button.click()
    settle(jobs)
    sheet = window.findChildren(WaitingSheet)[-1]
    sheet.how[0].set_value(CheckedBy.REGISTER)

    sheet.confirm_buttons[0].click()
    settle(jobs)

    (found,) = plant.services.training.assignments.detail(SYSTEM, plant.mine.id).evidence
    assert (found.is_accepted, found.how) == (True, CheckedBy.REGISTER)


def test_a_certificate_is_entered_with_a_scan(
    screen: AssignmentsScreen, plant: Plant, jobs: JobRunner, window: QWidget, tmp_path: Path
) -> None:
    scan = tmp_path / "iti.pdf"
    scan.write_bytes(PDF)
    sheet = act(screen, plant.mine, "Enter evidence", jobs)
    form = sheet.form
    assert isinstance(form, CertificateForm)
    form.issuer.set_value("ITI Pune")
    form.picker.offer([scan])
    sheet.save_button.click()
    settle(jobs)

    (found,) = plant.services.training.assignments.evidence.waiting(plant.desk.actor)
    assert (found.issuer, found.scans) == ("ITI Pune", 1)


def test_a_number_that_somebody_else_has_is_told_before_it_is_kept_and_to_who_confirms(
    screen: AssignmentsScreen, plant: Plant, jobs: JobRunner, window: QWidget
) -> None:
    people, proving = plant.services.people, plant.services.training.assignments.evidence
    vikram = people.add(SYSTEM, NewPerson(number="E-7", name="Vikram Rao"))
    proving.enter(RAVI, vikram, plant.fork, ITI)
    sheet = act(screen, plant.mine, "Enter evidence", jobs)
    form = sheet.form
    assert isinstance(form, CertificateForm)
    form.issuer.set_value("ITI Pune")
    form.number.set_value("b-77")
    plant.desk.says_yes = False
    sheet.save_button.click()
    settle(jobs)
    question = plant.desk.questions[-1]
    assert "b-77 is on record for Vikram Rao (E-7) too" in question.text
    assert "Look at both papers" in question.text
    assert [one.person_id for one in proving.waiting(plant.desk.actor)] == [vikram]

    plant.desk.says_yes = True
    sheet.save_button.click()
    settle(jobs)
    assert len(proving.waiting(plant.desk.actor)) == 2  # told, never refused
    screen.refresh()
    settle(jobs)
    screen.waiting_button.click()
    settle(jobs)
    waits = window.findChildren(WaitingSheet)[-1]
    assert "on record for Vikram Rao (E-7) too" in said(waits)
    seen(window, "same-number")


def seen(widget: QWidget, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("DAKSHA_PICTURES"):
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def test_i22_a_correction_is_signed_and_a_second_person_agrees(
    screen: AssignmentsScreen, plant: Plant, jobs: JobRunner, window: QWidget, qtbot: QtBot
) -> None:
    evidence = plant.evidence()
    plant.services.training.assignments.evidence.confirm(plant.desk.actor, evidence)
    plant.say(SigningRule.SIGNED)
    sheet = act(screen, plant.mine, "Correct a record", jobs)
    form = sheet.form
    assert isinstance(form, CorrectionForm)
    form.what.set_value(f"{evidence}/number")
    form.new.set_value("B-78")
    form.reason.set_value("Misread")
    sheet.save_button.click()
    sign(window, jobs, qtbot)

    (one,) = plant.services.training.corrections.of_person(SYSTEM, plant.asha)
    assert (one.old, one.new, one.is_accepted) == ("B-77", "B-78", True)
    (line,) = plant.services.signatures.under(one.id)
    assert line.meaning == Meaning.CORRECTED


def test_a_correction_waits_among_what_is_to_be_confirmed(
    screen: AssignmentsScreen, plant: Plant, jobs: JobRunner, window: QWidget
) -> None:
    evidence = plant.evidence()
    plant.services.training.assignments.evidence.confirm(plant.desk.actor, evidence)
    wanted = ToCorrect(
        kind=RecordKind.EVIDENCE,
        record_id=evidence,
        field="obtained_on",
        new="2026-05-01",
        reason="Misread",
    )
    plant.services.training.corrections.correct(RAVI, wanted)
    settle(jobs)
    screen.waiting_button.click()
    settle(jobs)
    sheet = window.findChildren(WaitingSheet)[-1]
    assert "1 Jun 2026 → 1 May 2026" in said(sheet)

    sheet.agree_buttons[0].click()
    settle(jobs)

    assert plant.services.training.corrections.waiting(plant.desk.actor) == ()


def test_what_is_signed_is_said_from_the_list_of_requirements(
    plant: Plant, jobs: JobRunner, window: QWidget
) -> None:
    screen = RequirementsScreen(plant.desk)
    put(screen, window, jobs)
    screen.signed_button.click()
    settle(jobs)
    sheet = window.findChildren(FormSheet)[-1]
    form = sheet.form
    assert isinstance(form, SigningForm)
    form.waivers.set_value(SigningRule.TWO_PERSONS)
    form.first.set_value("FORK")
    form.reason.set_value("The customer asks for it")

    sheet.save_button.click()
    settle(jobs)

    now = plant.services.training.signing.now()
    assert (now.waivers, now.first) == (SigningRule.TWO_PERSONS, "FORK")
    assert "Forklift licence" in plant.services.signatures.now(plant.desk.actor).trouble


def test_p11_13_the_record_shows_signatures_and_hands_in_certificates(
    plant: Plant, jobs: JobRunner, window: QWidget, tmp_path: Path
) -> None:
    waivers, actor = plant.services.training.assignments.waivers, plant.desk.actor
    plant.say(SigningRule.SIGNED)
    pen = plant.services.signatures.pen(actor, Proof(name=LOGIN, password=PASSWORD))
    text = waivers.text(actor, plant.mine.id, None, "In the office")
    waivers.waive(
        actor, plant.mine.id, until_on=None, reason="In the office", signed=Undersigned(pen, text)
    )
    screen = DossierScreen(plant.desk)
    put(screen, window, jobs, person_id=plant.asha)
    words = said(screen)
    assert "Meera Joshi (E-1)" in words
    assert "Waived" in words
    assert not screen.hand_in_button.isVisible()
    look = [one for one in screen.findChildren(Button) if one.text() == "Look"]
    look[0].click()
    assert plant.desk.opened[-1][0] == "signatures"
    out = tmp_path / "record.pdf"
    screen.write(out)
    settle(jobs)
    assert out.read_bytes().startswith(b"%PDF")
    check_usable(screen)


def test_p11_10_the_statement_is_saved_as_a_page(
    plant: Plant, jobs: JobRunner, window: QWidget, tmp_path: Path
) -> None:
    screen = MySignatureScreen(plant.desk)
    put(screen, window, jobs)

    screen.save_statement(tmp_path / "statement.pdf")
    settle(jobs)

    assert (tmp_path / "statement.pdf").read_bytes().startswith(b"%PDF")
    check_usable(screen)
