"""Photos on screen: a person's page, a folder of them, and who is signed in."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.core.people import PersonId
from app.services import Services
from app.ui.kit.chips import Avatar
from app.ui.kit.jobs import JobRunner
from app.ui.people.import_screen import PeopleImportScreen
from app.ui.people.person_screen import PersonScreen
from app.ui.people.photo_folder import PhotosSheet, look_at
from tests.support.faces import draw_face
from tests.ui.people.conftest import SYSTEM
from tests.ui.people.test_person_screen import said
from tests.ui.reports.opened import Desk, auditor, check_usable, put, settle

Three = tuple[PersonId, ...]


@pytest.fixture
def screen(three: Three, desk: Desk, window: QWidget, jobs: JobRunner) -> PersonScreen:
    made = PersonScreen(desk)
    put(made, window, jobs, person_id=three[0])
    return made


def test_a_photo_is_chosen_shown_and_taken_away(
    screen: PersonScreen, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    assert not screen.photo.face.has_photo
    assert screen.photo.choose_button.text() == "Choose a photo"
    screen.photo.give(draw_face(tmp_path / "asha.png"))
    settle(jobs)
    assert screen.photo.face.has_photo
    assert screen.photo.face.accessibleName() == "Photo of Asha Kulkarni"
    assert screen.photo.choose_button.text() == "Another photo"
    screen.photo.remove_button.click()
    settle(jobs)
    assert "sealed" in desk.questions[-1].text
    assert not screen.photo.face.has_photo
    check_usable(screen)


def test_a_file_that_is_no_picture_is_told(
    screen: PersonScreen, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    (tmp_path / "asha.png").write_text("?")
    screen.photo.give(tmp_path / "asha.png")
    settle(jobs)
    assert "asha.png is not a picture" in desk.errors[-1].happened
    assert not screen.photo.face.has_photo


def test_who_keeps_no_people_sees_the_photo_and_changes_nothing(
    three: Three,
    services: Services,
    desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    tmp_path: Path,
) -> None:
    services.people.photos.give(SYSTEM, three[0], draw_face(tmp_path / "a.png"))
    desk.actor = auditor()
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=three[0])
    assert screen.photo.face.has_photo
    assert not screen.photo.choose_button.isVisibleTo(screen)
    assert not screen.photo.remove_button.isVisibleTo(screen)


def test_a_folder_is_looked_at_and_then_taken(
    three: Three,
    services: Services,
    desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    tmp_path: Path,
) -> None:
    for at, name in enumerate(("P-101", "p-102", "E-404")):
        draw_face(tmp_path / f"{name}.png", at)
    (tmp_path / "P-103.jpg").write_text("?")
    screen = PeopleImportScreen(desk)
    put(screen, window, jobs)
    look_at(screen, tmp_path)
    settle(jobs)
    (sheet,) = screen.findChildren(PhotosSheet)
    assert sheet.told.text() == "2 people get a photo. 2 files are not taken."
    assert sum(one.has_photo for one in sheet.findChildren(Avatar)) == 2
    assert {"Nobody here has this number: 1", "Not a picture that can be read: 1"} <= set(
        said(sheet)
    )
    check_usable(sheet)
    sheet.take_button.click()
    settle(jobs)
    assert desk.toasts[-1] == "2 photos taken."
    assert set(services.people.photos.of_many(SYSTEM, three)) == set(three[:2])
