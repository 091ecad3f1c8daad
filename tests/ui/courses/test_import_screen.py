"""The import: looked over, shown, confirmed; nothing is written before or when it is stopped."""

import threading

import pytest

from app.core.base.errors import Cancelled
from app.core.base.paging import PageRequest
from app.core.courses import Courses
from app.ui.courses.import_screen import ImportScreen
from app.ui.courses.places_sheet import PlacesSheet
from app.ui.kit.chips import StatusChip
from app.ui.kit.jobs import JobState
from app.ui.kit.labels import PlainLabel
from tests.support.accessibility import nameless
from tests.support.archives import zip_at
from tests.support.packages import scorm12, scorm_manifest
from tests.ui.courses.conftest import ACTOR, INFOSEC, number_of_courses


@pytest.fixture
def screen(desk) -> ImportScreen:
    return ImportScreen(desk)


def words(screen) -> str:
    labels = screen.findChildren(PlainLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_the_report_stands_before_anything_is_written(screen, shown, courses, tmp_path):
    shown(screen, path=INFOSEC)
    said = words(screen)
    for expected in (
        "USB and information security",
        "IT-401 · 6 lessons",
        "You found a USB stick",
        "Video · 1 min · English · captions: English, हिन्दी",
        "90-quiz.gift",
    ):
        assert expected in said
    assert "Ready to import" in [chip.text() for chip in screen.findChildren(StatusChip)]
    assert screen.import_button.text() == "Import"
    assert number_of_courses(courses) == 0
    assert not any((tmp_path / "assets").rglob("*.*"))


def test_a_package_says_what_it_is(screen, shown, courses, tmp_path):
    items = (
        '<item identifier="a"><title>Part one</title>'
        '<item identifier="b" identifierref="r1"><title>Rules</title></item></item>'
    )
    manifest = scorm_manifest(items, version="2004 4th Edition")
    files = scorm12(**{"imsmanifest.xml": manifest, "a.html": '<img src="//cdn.host.in/a.png">'})
    shown(screen, path=zip_at(tmp_path / "fire.zip", files))
    said = words(screen)
    for expected in (
        "Fire safety",
        "Package · SCORM 2004 4th Edition · 1 activity",
        "Part one",
        "Rules",
        "index.html",
        "cdn.host.in (1)",
        "fire",
    ):
        assert expected in said
    chips = [chip.text() for chip in screen.findChildren(StatusChip)]
    assert {"Ready to import", "SCORM 2004 4th Edition", "1 activity"} <= set(chips)
    assert nameless(screen) == []
    assert number_of_courses(courses) == 0


def test_a_blocked_package_says_what_it_is_and_cannot_be_imported(screen, shown, tmp_path):
    name = "a-very-long-file-name_without-a-blank.zip"
    shown(screen, path=zip_at(tmp_path / name, {"imsmanifest.xml": scorm_manifest()}))
    said = words(screen)
    assert "What it launches is not in the package: index.html" in said
    assert "imsmanifest.xml" in said
    assert "SCORM 1.2" in [chip.text() for chip in screen.findChildren(StatusChip)]
    assert not screen.import_button.isEnabled()
    assert screen.import_button.text() == "Import"


def test_importing_opens_the_editor(screen, shown, desk, courses, jobs):
    shown(screen, path=INFOSEC)
    screen.import_button.click()
    assert jobs.wait_idle(30_000)
    (made,) = courses.list(ACTOR, PageRequest()).rows
    assert made.lessons == 6
    assert desk.opened == [("course_editor", {"course_id": made.id})]
    assert desk.toasts == ["USB and information security is imported as a draft."]
    assert [job.title for job in jobs.jobs()] == [
        "Checking infosec",
        "Importing USB and information security",
    ]


def test_what_would_not_play_is_left_out_only_when_confirmed(
    screen, shown, desk, courses, jobs, broken_folder
):
    shown(screen, path=broken_folder)
    said = words(screen)
    assert "Cannot be imported" in said
    assert "02-how.mp4" in said
    assert "notes.xyz" in said
    assert screen.import_button.text() == "Import without them"
    assert desk.questions == []
    screen.import_button.click()
    assert [question.danger for question in desk.questions] == [True]
    assert jobs.wait_idle(30_000)
    (made,) = courses.list(ACTOR, PageRequest()).rows
    assert (made.title, made.lessons) == ("Fire drill", 1)


def test_in_a_narrow_window_what_stays_out_stands_before_the_lessons(
    screen, shown, window, broken_folder
):
    window.resize(1093, 614)
    shown(screen, path=broken_folder)
    tops = {
        title: next(
            label.mapTo(screen, label.rect().topLeft()).y()
            for label in screen.findChildren(PlainLabel)
            if label.text() == title
        )
        for title in ("Fire drill", "Cannot be imported", "Lessons it would make")
    }
    assert sorted(tops, key=lambda title: tops[title]) == list(tops)


def test_without_the_confirmation_nothing_is_imported(
    screen, shown, desk, courses, jobs, broken_folder, monkeypatch
):
    shown(screen, path=broken_folder)
    monkeypatch.setattr(type(desk), "confirm", lambda _desk, _question, _then: None)
    screen.import_button.click()
    assert jobs.is_idle()
    assert number_of_courses(courses) == 0


class HeldCourses(Courses):
    """Real courses whose import waits at the gate until the test lets it go on."""

    gate: threading.Event

    def import_folder(self, actor, folder, progress):
        self.gate.wait(10)
        return super().import_folder(actor, folder, progress)


def test_an_import_that_is_stopped_writes_nothing(screen, shown, desk, courses, jobs):
    shown(screen, path=INFOSEC)
    courses.__class__ = HeldCourses
    courses.gate = threading.Event()
    screen.import_button.click()
    job = screen.job
    assert job is not None
    screen._work_lines.itemAt(0).widget().stop_button.click()
    courses.gate.set()
    assert jobs.wait_idle(30_000)
    assert job.state is JobState.CANCELLED
    assert number_of_courses(courses) == 0
    assert [type(error) for error in desk.errors] == [Cancelled]
    assert screen.import_button.isVisible()
    assert desk.opened == []


def test_a_folder_that_is_gone_is_told_in_one_sentence(screen, shown, tmp_path):
    shown(screen, path=tmp_path / "nowhere")
    assert screen.trouble.isVisible()
    assert screen.trouble.text().startswith("nowhere is not there. Nothing was imported.")
    assert screen.picker.isVisible()


def test_a_folder_with_no_lesson_cannot_be_imported(screen, shown, tmp_path):
    folder = tmp_path / "Only notes"
    folder.mkdir()
    (folder / "notes.docx").write_bytes(b"x")
    shown(screen, path=folder)
    assert not screen.import_button.isEnabled()
    assert "No file in it can become a lesson." in words(screen)


def test_a_picked_folder_is_checked_and_another_can_be_chosen(screen, shown, jobs):
    shown(screen)
    assert screen.picker.isVisible()
    screen.picker.offer([INFOSEC])
    assert jobs.wait_idle()
    assert screen.report is not None
    screen.again_button.click()
    assert screen.report is None
    assert screen.picker.isVisible()


def test_it_fits_a_small_window_and_every_control_has_a_name(screen, shown, window, broken_folder):
    window.resize(1025, 550)
    shown(screen)
    assert nameless(screen) == []
    screen.picker.offer([broken_folder])
    screen.desk.jobs.wait_idle()
    assert nameless(screen) == []
    assert window.width() == 1025
    assert screen.minimumSizeHint().height() <= 550


def looked_over(screen, jobs, key):
    screen.samples.by_key[key].click()
    assert jobs.wait_idle()
    screen.import_button.click()


def test_a_sample_asks_for_what_only_the_plant_knows_and_is_imported(
    screen, shown, courses, desk, jobs
):
    shown(screen)
    looked_over(screen, jobs, "induction-visitor")
    assert "Visitor: five minutes at the gate" in words(screen)
    (sheet,) = screen.findChildren(PlacesSheet)
    assert nameless(sheet) == []
    assert set(sheet.fields) == {
        "emergency_number", "assembly_point", "assembly_point_hi", "eating_places", "eating_places_hi",
    }  # fmt: skip
    assert (number_of_courses(courses), desk.opened) == (0, [])
    sheet.fields["emergency_number"].line.setText("333")
    sheet.fields["assembly_point"].line.setText("Gate 4")
    sheet.save_button.click()
    assert jobs.wait_idle()
    ((key, args),) = desk.opened
    assert key == "course_editor"
    outline = courses.draft_of(ACTOR, args["course_id"])
    assert outline.description.startswith("Sample of 28 Nov 2026: adapt it to your plant")
    left = [one.why for one in courses.warnings(ACTOR, args["course_id"])]
    assert left == [
        "Still to be filled in: places for eating and smoking.",
        "Still to be filled in: खाने और धूम्रपान की जगह.",
    ]


def test_the_name_of_the_plant_and_what_is_usual_stand_there_already(screen, shown, jobs):
    shown(screen)
    looked_over(screen, jobs, "induction-employee")
    (sheet,) = screen.findChildren(PlacesSheet)
    values = sheet.values()
    assert values["organisation"] == values["organisation_hi"] == "Deepa Polymers"
    assert (values["weight"], values["weight_hi"]) == ("25 kg", "25 किलो")
    assert "emergency_number" not in values


def test_a_sample_that_leaves_nothing_open_asks_nothing(screen, shown, desk, jobs):
    shown(screen)
    looked_over(screen, jobs, "posh-committee")
    assert jobs.wait_idle()
    assert screen.findChildren(PlacesSheet) == []
    assert [key for key, _args in desk.opened] == ["course_editor"]
