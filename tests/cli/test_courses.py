"""`course` on the command line: what it prints, and what scripts can rely on."""

import json
from pathlib import Path

import pytest

from app.cli.courses import commands
from app.core.base.errors import UserFacingError
from app.core.content import AssetStore, Conversions
from app.core.content.conversion import find_ffmpeg
from app.core.content.conversion.ffmpeg import CHOSEN_FFMPEG
from app.core.courses import LESSON_SOURCES, Courses, NotConfirmed, Recordings
from app.core.journal import Site
from tests.support.archives import zip_at
from tests.support.command_line import CommandLine
from tests.support.packages import SMALLEST, scorm12, scorm_manifest

MEDIA = Path(__file__).resolve().parents[1] / "support" / "media"


@pytest.fixture
def line(site: Site, tmp_path: Path) -> CommandLine:
    assets = AssetStore(tmp_path / "assets", site.clock)
    courses = Courses(site, assets, LESSON_SOURCES)
    recordings = Recordings(site, assets, Conversions(site, assets))
    courses.publish_warnings.append(recordings.warnings_of)
    return CommandLine("course", commands, courses=courses, recordings=recordings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Fire safety"
    folder.mkdir()
    (folder / "1-rules.md").write_text("# Rules")
    (folder / "2-clip.mp4").write_bytes((MEDIA / "clip.mp4").read_bytes())
    (folder / "notes.docx").write_bytes(b"x")
    return folder


@pytest.fixture
def broken(folder: Path) -> Path:
    (folder / "3-form.pdf").write_bytes(b"no PDF")
    return folder


def test_an_import_tells_what_it_made(line: CommandLine, folder: Path) -> None:
    answer = line.answer("import", folder)

    (course,) = answer["courses"]
    assert (course["title"], course["version"], course["code"]) == (
        "Fire safety",
        None,
        "FIRE-SAFETY",
    )
    assert [(one["kind"], one["title"]) for one in course["lessons"]] == [
        ("page", "Rules"),
        ("video", "Clip"),
    ]
    assert (len(answer["warnings"]), answer["problems"]) == (1, [])


def test_several_folders_become_several_courses_or_none(
    line: CommandLine, folder: Path, tmp_path: Path
) -> None:
    result = line.run("import", folder, tmp_path / "gone")

    assert isinstance(result.exception, UserFacingError)
    assert result.exception.exit_code == 2
    assert line.answer("list") == {"courses": []}


def test_a_blocked_file_needs_a_yes(line: CommandLine, broken: Path) -> None:
    refused = line.run("import", broken)
    assert isinstance(refused.exception, UserFacingError)
    assert "3-form.pdf" in str(refused.exception)

    answer = line.answer("import", broken, "--yes")

    assert len(answer["courses"][0]["lessons"]) == 2
    assert answer["problems"][0].startswith("3-form.pdf is not a PDF.")


def test_a_check_writes_nothing_and_tells_by_its_code(line: CommandLine, folder: Path) -> None:
    result = line.run("check", folder, as_json=True)

    report = json.loads(result.stdout)
    assert result.return_value == 0
    assert (report["standard"], report["title"], report["launchable"]) == (
        "folder",
        "Fire safety",
        True,
    )
    assert (report["problems"], report["unused"]) == ([], ["notes.docx"])
    assert line.answer("list") == {"courses": []}


def test_a_check_of_a_package_tells_its_standard(line: CommandLine, tmp_path: Path) -> None:
    result = line.run("check", zip_at(tmp_path / "fire.zip", scorm12(more="1")), as_json=True)

    report = json.loads(result.stdout)
    assert result.return_value == 0
    assert (report["standard"], report["edition"]) == ("scorm12", "1.2")
    assert (report["title"], report["launchable"], report["problems"]) == ("Fire safety", True, [])
    assert report["warnings"] == [
        "fire.zip: 1 file is in the package and not listed: more",
    ]
    assert report["activities"] == [
        {"id": "o1", "title": "Fire safety", "launch": ""},
        {"id": "i1", "title": "Rules", "launch": "index.html"},
    ]
    text = line.told("check", tmp_path / "fire.zip")
    assert "1. Fire safety (SCORM 1.2, 1 activity, " in text


def test_a_check_of_a_blocked_package_tells_its_standard_and_fails(
    line: CommandLine, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "fire.zip", {"imsmanifest.xml": scorm_manifest()})
    result = line.run("check", path, as_json=True)

    report = json.loads(result.stdout)
    assert result.return_value == 2
    assert (report["standard"], report["launchable"]) == ("scorm12", False)
    assert report["problems"] == [
        "fire.zip: imsmanifest.xml: What it launches is not in the package: index.html"
    ]


def test_a_check_of_what_is_no_package_tells_why(line: CommandLine, tmp_path: Path) -> None:
    result = line.run("check", zip_at(tmp_path / "fire.zip", {"course.crs": "x"}), as_json=True)

    report = json.loads(result.stdout)
    assert (result.return_value, report["standard"], report["launchable"]) == (2, "", False)
    assert report["problems"] == [
        "fire.zip: AICC is not supported. Export the course again as SCORM or cmi5."
    ]


def test_several_packages_become_several_courses(line: CommandLine, tmp_path: Path) -> None:
    paths = [zip_at(tmp_path / f"{name}.zip", files) for name, files in SMALLEST.items()]
    answer = line.answer("import", *paths)

    assert len(answer["courses"]) == len(SMALLEST)
    assert {one["kind"] for course in answer["courses"] for one in course["lessons"]} == {"package"}


def test_a_check_that_finds_a_problem_fails(
    line: CommandLine, broken: Path, tmp_path: Path
) -> None:
    blocked = line.run("check", broken, as_json=True)
    gone = line.run("check", tmp_path / "gone", as_json=True)

    assert (blocked.return_value, gone.return_value) == (2, 2)
    assert json.loads(blocked.stdout)["problems"][0].startswith("3-form.pdf is not a PDF.")
    assert json.loads(gone.stdout)["launchable"] is False


def test_a_course_is_published_shown_and_retired_by_id_or_code(
    line: CommandLine, folder: Path
) -> None:
    course_id = line.answer("import", folder)["courses"][0]["id"]

    published = line.answer("publish", "fire-safety", "--note", "first")
    shown = line.answer("show", course_id)
    listed = line.answer("list")["courses"]
    line.answer("retire", course_id, "--reason", "old")

    assert (published["id"], published["version"]) == (course_id, 1)
    assert (shown["state"], shown["versions"][0]["note"]) == ("published", "first")
    assert [(one["id"], one["version"], one["state"]) for one in listed] == [
        (course_id, 1, "published")
    ]
    assert line.answer("list")["courses"][0]["state"] == "retired"


@pytest.mark.parametrize("name", ["no-such-code", "00000000-0000-7000-8000-000000000000"])
def test_a_course_that_is_not_there_is_bad_input(line: CommandLine, name: str) -> None:
    result = line.run("show", name)

    assert isinstance(result.exception, UserFacingError)
    assert result.exception.exit_code == 2


def test_people_get_text(line: CommandLine, broken: Path) -> None:
    assert "no courses yet" in line.told("list")
    checked = line.told("check", broken)
    line.told("import", broken, "--yes")
    shown = line.told("show", "FIRE-SAFETY")

    assert "✗ 3-form.pdf" in checked
    assert "notes.docx is not used" in checked
    assert "2. Clip (video" in shown
    assert "FIRE-SAFETY" in line.told("list")


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A package with a recording that pages do not play."""
    clip = (MEDIA / "clip.mp4").read_bytes()
    return zip_at(tmp_path / "film.zip", scorm12(**{"v/clip.mp4": clip}))


@pytest.mark.skipif(find_ffmpeg() is None, reason="no ffmpeg on this PC")
def test_an_import_converts_recordings_unless_told_not_to(line: CommandLine, film: Path) -> None:
    (left,) = line.answer("import", film, "--no-convert")["courses"]
    assert (left["recordings"]["recordings"], left["recordings"]["playing"]) == (1, 0)
    assert left["recordings"]["not_playing"][0]["file"] == "v/clip.mp4"

    (converted,) = line.answer("import", film)["courses"]

    assert converted["recordings"] == {"recordings": 1, "playing": 1, "not_playing": []}
    again = line.answer("convert", left["code"])
    assert (again["converted"], again["playing"]) == (0, 1)  # the same file, converted already
    assert "1 of 1 recordings in packages play." in line.told("convert", left["code"])


def test_without_ffmpeg_publishing_must_be_confirmed(
    line: CommandLine, film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CHOSEN_FFMPEG, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = line.answer("import", film)
    assert any("not on this PC: v/clip.mp4" in one for one in answer["warnings"])
    code = answer["courses"][0]["code"]

    refused = line.run("convert", code)
    assert isinstance(refused.exception, UserFacingError)
    assert "no ffmpeg" in str(refused.exception)
    unconfirmed = line.run("publish", code)
    assert isinstance(unconfirmed.exception, NotConfirmed)
    assert "v/clip.mp4" in str(unconfirmed.exception)

    published = line.answer("publish", code, "--yes")

    assert published["confirmed"] == line.answer("show", code)["versions"][0]["confirmed"]
    assert "v/clip.mp4" in published["confirmed"][0]


def test_a_sample_is_filled_in_on_the_command_line(line: CommandLine, tmp_path: Path) -> None:
    (told,) = line.answer("samples", "induction-visitor")["samples"]
    assert [one["key"] for one in told["places"]] == [
        "emergency_number", "assembly_point", "eating_places",
    ]  # fmt: skip
    assert "assembly_point" in line.told("samples", "induction-visitor")
    values = tmp_path / "values.json"
    values.write_text('{"assembly_point": "Gate 4", "assembly_point_hi": "द्वार 4"}', "utf-8")
    options = ("--values", str(values), "--fill", "emergency_number=333")
    made = line.answer("begin", "induction-visitor", *options)
    assert made["left"] == ["eating_places"]
    assert made["warnings"][-1] == "Still to be filled in: Places for eating and smoking."
    assert line.answer("begin", "loto", "--suggested")["left"] == [
        "organisation", "document_number", "effective_from", "removal_form",
    ]  # fmt: skip
    for wrong, why in (("gate", "gives no value"), ("gate=4", "No sample leaves “gate” open")):
        assert why in str(line.run("begin", "loto", "--fill", wrong).exception)
    values.write_text("[1]")
    assert "holds no values" in str(line.run("begin", "loto", "--values", str(values)).exception)


def test_a_course_is_begun_from_a_sample(line: CommandLine) -> None:
    keys = [one["key"] for one in line.answer("samples")["samples"]]
    assert {"posh", "gst", "dpdp"} <= set(keys)
    assert "FIN-101" in line.told("samples")
    assert "+ A drill, planned" in line.told("begin", "fire")
    (made,) = line.answer("begin", "gst")["courses"]
    assert (made["code"], made["state"]) == ("FIN-101", "draft")
    assert (made["code"], line.answer("begin", "gst")["left"]) == ("FIN-101", ["tax_contact"])
    unknown = line.run("begin", "nothing")
    assert "The sample course nothing was not found" in str(unknown.exception)
