"""`course` on the command line: what it prints, and what scripts can rely on."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from app.cli import courses as command
from app.cli.frame import Frame
from app.core.base.actor import system_actor
from app.core.base.errors import UserFacingError
from app.core.content import AssetStore, Conversions
from app.core.content.conversion import find_ffmpeg
from app.core.content.conversion.ffmpeg import CHOSEN_FFMPEG
from app.core.courses import LESSON_SOURCES, Courses, NotConfirmed, Recordings
from app.core.journal import Journal
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.packages import SMALLEST, scorm12, scorm_manifest
from tests.support.sites import DATA_KEY, STATION, empty_database, open_site

MEDIA = Path(__file__).resolve().parents[1] / "support" / "media"


class Line:
    """The command line of one site, signed in."""

    def __init__(self, folder: Path, clock: TurnedClock) -> None:
        self.site = open_site(empty_database(folder, DATA_KEY), clock)
        assets = AssetStore(folder / "assets", clock)
        self.courses = Courses(self.site, assets, LESSON_SOURCES)
        self.recordings = Recordings(self.site, assets, Conversions(self.site, assets))
        self.courses.publish_warnings.append(self.recordings.warnings_of)

    def run(self, *arguments: object, as_json: bool = True) -> Result:
        services = SimpleNamespace(courses=self.courses, recordings=self.recordings)
        ways: Any = SimpleNamespace(open_services=lambda _folder, _password: services)
        frame = Frame(folder=Path(), login="admin", as_json=as_json, ways=ways)
        frame._actor = system_actor()
        application = typer.Typer()

        @application.callback()
        def options(context: typer.Context) -> None:
            context.obj = frame

        application.add_typer(command.commands)
        return CliRunner().invoke(
            application, ["course", *map(str, arguments)], standalone_mode=False
        )

    def answer(self, *arguments: object) -> dict[str, Any]:
        result = self.run(*arguments)
        assert result.exception is None, result.exception
        answer: dict[str, Any] = json.loads(result.stdout)
        return answer


@pytest.fixture
def line(tmp_path: Path, clock: TurnedClock) -> Any:
    line = Line(tmp_path, clock)
    yield line
    assert Journal(line.site, STATION).verify(system_actor()).ok
    line.site.close()


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


def test_an_import_tells_what_it_made(line: Line, folder: Path) -> None:
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
    line: Line, folder: Path, tmp_path: Path
) -> None:
    result = line.run("import", folder, tmp_path / "gone")

    assert isinstance(result.exception, UserFacingError)
    assert result.exception.exit_code == 2
    assert line.answer("list") == {"courses": []}


def test_a_blocked_file_needs_a_yes(line: Line, broken: Path) -> None:
    refused = line.run("import", broken)
    assert isinstance(refused.exception, UserFacingError)
    assert "3-form.pdf" in str(refused.exception)

    answer = line.answer("import", broken, "--yes")

    assert len(answer["courses"][0]["lessons"]) == 2
    assert answer["problems"][0].startswith("3-form.pdf is not a PDF.")


def test_a_check_writes_nothing_and_tells_by_its_code(line: Line, folder: Path) -> None:
    result = line.run("check", folder)

    report = json.loads(result.stdout)
    assert result.return_value == 0
    assert (report["standard"], report["title"], report["launchable"]) == (
        "folder",
        "Fire safety",
        True,
    )
    assert (report["problems"], report["unused"]) == ([], ["notes.docx"])
    assert line.answer("list") == {"courses": []}


def test_a_check_of_a_package_tells_its_standard(line: Line, tmp_path: Path) -> None:
    result = line.run("check", zip_at(tmp_path / "fire.zip", scorm12(more="1")))

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
    text = line.run("check", tmp_path / "fire.zip", as_json=False).stdout
    assert "1. Fire safety (SCORM 1.2, 1 activity, " in text


def test_a_check_of_a_blocked_package_tells_its_standard_and_fails(
    line: Line, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "fire.zip", {"imsmanifest.xml": scorm_manifest()})
    result = line.run("check", path)

    report = json.loads(result.stdout)
    assert result.return_value == 2
    assert (report["standard"], report["launchable"]) == ("scorm12", False)
    assert report["problems"] == [
        "fire.zip: imsmanifest.xml: What it launches is not in the package: index.html"
    ]


def test_a_check_of_what_is_no_package_tells_why(line: Line, tmp_path: Path) -> None:
    result = line.run("check", zip_at(tmp_path / "fire.zip", {"course.crs": "x"}))

    report = json.loads(result.stdout)
    assert (result.return_value, report["standard"], report["launchable"]) == (2, "", False)
    assert report["problems"] == [
        "fire.zip: AICC is not supported. Export the course again as SCORM or cmi5."
    ]


def test_several_packages_become_several_courses(line: Line, tmp_path: Path) -> None:
    paths = [zip_at(tmp_path / f"{name}.zip", files) for name, files in SMALLEST.items()]
    answer = line.answer("import", *paths)

    assert len(answer["courses"]) == len(SMALLEST)
    assert {one["kind"] for course in answer["courses"] for one in course["lessons"]} == {"package"}


def test_a_check_that_finds_a_problem_fails(line: Line, broken: Path, tmp_path: Path) -> None:
    blocked, gone = line.run("check", broken), line.run("check", tmp_path / "gone")

    assert (blocked.return_value, gone.return_value) == (2, 2)
    assert json.loads(blocked.stdout)["problems"][0].startswith("3-form.pdf is not a PDF.")
    assert json.loads(gone.stdout)["launchable"] is False


def test_a_course_is_published_shown_and_retired_by_id_or_code(line: Line, folder: Path) -> None:
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
def test_a_course_that_is_not_there_is_bad_input(line: Line, name: str) -> None:
    result = line.run("show", name)

    assert isinstance(result.exception, UserFacingError)
    assert result.exception.exit_code == 2


def test_people_get_text(line: Line, broken: Path) -> None:
    assert "no courses yet" in line.run("list", as_json=False).stdout
    checked = line.run("check", broken, as_json=False).stdout
    line.run("import", broken, "--yes", as_json=False)
    shown = line.run("show", "FIRE-SAFETY", as_json=False).stdout

    assert "✗ 3-form.pdf" in checked
    assert "notes.docx is not used" in checked
    assert "2. Clip (video" in shown
    assert "FIRE-SAFETY" in line.run("list", as_json=False).stdout


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A package with a recording that pages do not play."""
    clip = (MEDIA / "clip.mp4").read_bytes()
    return zip_at(tmp_path / "film.zip", scorm12(**{"v/clip.mp4": clip}))


@pytest.mark.skipif(find_ffmpeg() is None, reason="no ffmpeg on this PC")
def test_an_import_converts_recordings_unless_told_not_to(line: Line, film: Path) -> None:
    (left,) = line.answer("import", film, "--no-convert")["courses"]
    assert (left["recordings"]["recordings"], left["recordings"]["playing"]) == (1, 0)
    assert left["recordings"]["not_playing"][0]["file"] == "v/clip.mp4"

    (converted,) = line.answer("import", film)["courses"]

    assert converted["recordings"] == {"recordings": 1, "playing": 1, "not_playing": []}
    again = line.answer("convert", left["code"])
    assert (again["converted"], again["playing"]) == (0, 1)  # the same file, converted already
    assert (
        "1 of 1 recordings in packages play."
        in line.run("convert", left["code"], as_json=False).stdout
    )


def test_without_ffmpeg_publishing_must_be_confirmed(
    line: Line, film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
