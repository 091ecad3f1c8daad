"""Old training in the window: a list is looked at, mended, brought in, and signed by somebody else."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import Capability
from app.core.egress.models import SavedFileRow
from app.core.people import NewPerson
from app.core.signatures import Meaning, Proof
from app.core.spreadsheets import GivenFile
from app.core.training import RequirementType, Terms, Validity
from app.core.training.legacy import BatchState
from app.core.training.requirements import NewRequirement
from app.ui.kit.buttons import Button
from app.ui.kit.jobs import JobRunner
from app.ui.kit.signing import SignDialog
from app.ui.training.batch_sheet import BatchSheet
from app.ui.training.legacy_columns import LegacyColumnsSheet
from app.ui.training.legacy_screen import LegacyScreen
from tests.core.training.conftest import SYSTEM, somebody
from tests.core.training.paper.conftest import LIST, PDF
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import said


@pytest.fixture
def plant(founder_desk: Desk) -> Desk:
    """A founder who has signed the statement, two people, two requirements."""
    services = founder_desk.services
    services.signatures.accept_statement(founder_desk.actor, Proof(name=LOGIN, password=PASSWORD))
    for number in ("E-2", "E-3"):
        services.people.add(SYSTEM, NewPerson(number=number, name=f"Person {number}"))
    for code, title in (("FORK", "Forklift licence"), ("FIRST-AID", "First aid")):
        terms = Terms(from_on=date(2026, 11, 23), validity=Validity.MONTHS, valid_count=36)
        new = NewRequirement(code=code, title=title, type=RequirementType.EXTERNAL, terms=terms)
        services.training.catalogue.add(SYSTEM, new)
    services.open_site.site.listeners.append(founder_desk.changes.announce)
    return founder_desk


@pytest.fixture
def screen(plant: Desk, window: QWidget, jobs: JobRunner) -> LegacyScreen:
    made = LegacyScreen(plant)
    put(made, window, jobs)
    return made


def brought(plant: Desk) -> UUID:
    """Let somebody else bring the list in."""
    ravi = somebody("Ravi Das", Capability.ASSIGN)
    legacy = plant.services.legacy
    plan = legacy.look(ravi, GivenFile(name="register 4.csv", content=LIST.encode()))
    scans = [GivenFile(name="E-2 FORK.pdf", content=PDF)]
    return legacy.bring_in(ravi, plan, scans=scans).batch_id


def pressed(within: QWidget, words: str) -> None:
    next(one for one in within.findChildren(Button) if one.text() == words).click()


def test_a_list_is_looked_at_and_brought_in(
    screen: LegacyScreen, plant: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    check_usable(screen)
    path, scan = tmp_path / "register.csv", tmp_path / "E-2 FORK.pdf"
    path.write_text(LIST + "E-99,FORK,01-01-2024,,,,\n")
    scan.write_bytes(PDF)

    screen.picker.offer([path])
    settle(jobs)

    card = screen.plan_card
    assert card is not None
    words = said(card)
    assert "3 taken + 1 rejected = 4 read" in words
    assert "Nobody has the number E-99." in words
    check_usable(screen)
    assert plant.services.legacy.batches(plant.actor) == ()
    card.scan_picker.offer([scan])
    card.bring_button.click()
    settle(jobs)

    (batch,) = plant.services.legacy.batches(plant.actor)
    assert (batch.title, batch.rows_taken, batch.scans) == ("register", 3, 1)
    assert [one.accessibleName().split(",")[0] for one in screen.batch_rows] == ["register"]
    assert screen.picker.isVisible()


def test_columns_are_named_where_their_headings_say_nothing(
    screen: LegacyScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    path = tmp_path / "strange.csv"
    path.write_text("Worker,What,When it was\nE-2,FORK,2024-01-01\n")
    screen.picker.offer([path])
    settle(jobs)
    assert screen.plan_card is None
    assert screen.columns_button is not None

    screen.columns_button.click()
    (sheet,) = screen.findChildren(LegacyColumnsSheet) or screen.window().findChildren(
        LegacyColumnsSheet
    )
    for heading, field in (
        ("worker", "number"),
        ("what", "requirement"),
        ("when it was", "trained_on"),
    ):
        sheet.fields[heading].set_value(field)
    sheet.save_button.click()
    settle(jobs)

    assert screen.plan_card is not None
    assert "1 taken + 0 rejected = 1 read" in said(screen.plan_card)


def test_days_in_two_ways_are_asked_about(
    screen: LegacyScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    path = tmp_path / "days.csv"
    path.write_text("Emp No,Code,Date\nE-2,FORK,03/04/2024\n")
    screen.read(path)
    settle(jobs)
    card = screen.plan_card
    assert card is not None
    assert not card.bring_button.isEnabled()

    card.day_buttons[0].click()
    settle(jobs)

    assert screen.plan_card is not None
    assert screen.plan_card.bring_button.isEnabled()


def test_p11_13_somebody_else_signs_a_batch_and_its_block_is_shown(
    screen: LegacyScreen, plant: Desk, jobs: JobRunner, window: QWidget, qtbot: QtBot
) -> None:
    batch_id = brought(plant)
    settle(jobs)
    screen.batch_rows[0].click()
    settle(jobs)
    (sheet,) = window.findChildren(BatchSheet)
    assert "It counts for nothing yet" in said(sheet)
    assert "E-2 FORK.pdf" in said(sheet)
    assert sheet.sign_button is not None

    sheet.sign_button.click()
    settle(jobs)
    (dialog,) = window.findChildren(SignDialog)
    assert dialog.password is not None
    qtbot.keyClicks(dialog.password.line, PASSWORD)
    dialog.sign()
    settle(jobs)

    assert plant.services.legacy.batches(plant.actor)[0].state is BatchState.SIGNED
    (line,) = plant.services.signatures.under(batch_id)
    assert line.meaning == Meaning.CONFIRMED
    screen.batch_rows[0].click()
    settle(jobs)
    words = said(window.findChildren(BatchSheet)[-1])
    assert "Meera Joshi (E-1)" in words
    assert "Confirmed" in words
    assert "UTC+05:30" in words


def test_whoever_brought_it_in_is_told_that_somebody_else_signs(
    screen: LegacyScreen, plant: Desk, jobs: JobRunner, window: QWidget, tmp_path: Path
) -> None:
    path = tmp_path / "register.csv"
    path.write_text(LIST)
    screen.read(path)
    settle(jobs)
    assert screen.plan_card is not None
    screen.plan_card.bring_button.click()
    settle(jobs)

    screen.batch_rows[0].click()
    settle(jobs)

    (sheet,) = window.findChildren(BatchSheet)
    assert sheet.sign_button is None
    assert "somebody else signs it" in said(sheet)
    assert sheet.back_button is not None


def test_rejected_rows_are_saved_and_noted(
    screen: LegacyScreen, plant: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    path, out = tmp_path / "register.csv", tmp_path / "mend.csv"
    path.write_text(LIST + "E-99,FORK,01-01-2024,,,,\n")
    screen.read(path)
    settle(jobs)
    assert screen.plan_card is not None
    plan = plant.services.legacy.look(
        plant.actor, GivenFile(name="r.csv", content=path.read_bytes())
    )

    plant.services.egress.save(plant.actor, out, plant.services.legacy.rejected(plant.actor, plan))

    assert "E-99" in out.read_text("utf-8-sig")
    with plant.services.open_site.site.read() as session:
        assert session.query(SavedFileRow).count() == 1
