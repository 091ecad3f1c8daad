"""Packages as lessons: alone, several in a folder, among videos; kept out when blocked."""

from pathlib import Path

import pytest

from app.core.base.actor import system_actor
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import NoProgress
from app.core.content import AssetStore, read_package_index
from app.core.courses import (
    Courses,
    FolderChanged,
    ImportBlocked,
    LessonPlan,
    NotPublishable,
    PackageSettings,
    PackageWindow,
    package_settings,
    with_package_settings,
)
from tests.core.courses.conftest import FolderOf
from tests.support.archives import zip_at, zip_bytes
from tests.support.packages import (
    PAGE,
    SMALLEST,
    cmi5_structure,
    h5p,
    scorm12,
    scorm_manifest,
    unit,
)

ACTOR = system_actor()


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def lessons_of(courses: Courses, path: Path) -> tuple[LessonPlan, ...]:
    course_id = courses.import_folder(ACTOR, path, NoProgress())
    return courses.detail(ACTOR, course_id).outline.lessons


@pytest.mark.parametrize("standard", SMALLEST)
def test_a_package_becomes_a_course_that_can_be_published(
    courses: Courses, assets: AssetStore, tmp_path: Path, standard: str
) -> None:
    path = zip_at(tmp_path / "01-some_file.zip", SMALLEST[standard])
    course_id = courses.import_folder(ACTOR, path, NoProgress())
    courses.publish(ACTOR, course_id)
    outline = courses.detail(ACTOR, course_id).outline
    (lesson,) = outline.lessons
    (variant,) = lesson.variants

    assert (outline.title, lesson.title, lesson.kind) == ("Fire safety", "Fire safety", "package")
    assert lesson.rule.share == 1
    index = read_package_index(assets, variant.asset)
    assert index.manifest.standard.value == standard
    assert {file.name for file in index.files} == set(SMALLEST[standard])
    (activity,) = index.manifest.launchable
    assert index.file_at(activity.launch) is not None


def test_a_package_gives_its_course_language_titles_and_description(
    courses: Courses, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "a.zip", SMALLEST["cmi5"])
    outline = courses.detail(ACTOR, courses.import_folder(ACTOR, path, NoProgress())).outline

    assert (outline.language, outline.description) == ("en", "What to do")
    assert outline.titles == {"hi": "आग"}
    assert outline.lessons[0].variants[0].language == "en"


def test_packages_stand_among_other_lessons(courses: Courses, folder_of: FolderOf) -> None:
    folder = folder_of(
        {
            "1-first.zip": zip_bytes(scorm12()),
            "2-read.md": "# Read this",
            "3-card.h5p": zip_bytes(h5p()),
            "4-card.hi.h5p": zip_bytes(h5p()),
            "data.xml": "<quiz/>",
        }
    )
    report = courses.check_folder(ACTOR, folder, NoProgress())

    assert report.unused == ("data.xml",)
    assert report.package is None
    assert [lesson.kind for lesson in lessons_of(courses, folder)] == [
        "package",
        "page",
        "package",
        "package",
    ]


def test_a_package_in_two_languages_is_one_lesson(courses: Courses, folder_of: FolderOf) -> None:
    folder = folder_of({"1-a.en.zip": zip_bytes(scorm12()), "1-a.hi.zip": zip_bytes(h5p())})
    (lesson,) = lessons_of(courses, folder)

    assert [variant.language for variant in lesson.variants] == ["en", "hi"]
    assert len({variant.asset for variant in lesson.variants}) == 2


def test_a_blocked_package_is_left_out_when_that_is_confirmed(
    courses: Courses, assets_folder: Path, folder_of: FolderOf
) -> None:
    broken = {"imsmanifest.xml": scorm_manifest()}
    folder = folder_of({"1-read.md": "# Read this", "2-broken.zip": zip_bytes(broken)})
    report = courses.check_folder(ACTOR, folder, NoProgress())
    (problem,) = report.problems

    assert problem.file == "2-broken.zip: imsmanifest.xml"
    assert "index.html" in problem.text
    with pytest.raises(ImportBlocked):
        courses.import_folder(ACTOR, folder, NoProgress())
    assert kept(assets_folder) == []
    course_id = courses.import_folder(ACTOR, report, NoProgress())
    assert [one.kind for one in courses.detail(ACTOR, course_id).outline.lessons] == ["page"]


def test_a_blocked_package_alone_still_says_what_it_is(courses: Courses, tmp_path: Path) -> None:
    path = zip_at(tmp_path / "x.zip", {"imsmanifest.xml": scorm_manifest()})
    report = courses.check_folder(ACTOR, path, NoProgress())

    assert not report.can_import
    assert len(report.problems) == 1
    assert report.title == "Fire safety"
    assert report.package is not None
    assert report.package.manifest is not None


def test_damage_that_shows_only_while_unpacking_leaves_nothing(
    courses: Courses, assets_folder: Path, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "x.zip", scorm12(**{"film.webm": bytes(range(256)) * 400}))
    content = bytearray(path.read_bytes())
    content[content.index(b"film.webm") + 30] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(UserFacingError, match=r"x\.zip cannot be opened"):
        courses.import_folder(ACTOR, path, NoProgress())
    assert kept(assets_folder) == []


def test_a_package_that_was_changed_after_the_check_is_not_imported(
    courses: Courses, assets_folder: Path, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "x.zip", scorm12())
    report = courses.check_folder(ACTOR, path, NoProgress())
    zip_at(path, scorm12(more="1"))

    with pytest.raises(FolderChanged):
        courses.import_folder(ACTOR, report, NoProgress())
    assert kept(assets_folder) == []


class Stopper:
    """Stops after so many bytes were copied."""

    def __init__(self, at: int) -> None:
        self.at = at

    def step(self, done: int, total: int, note: str = "") -> None:
        if total > 1000 and done >= self.at:
            raise Cancelled


@pytest.mark.parametrize("at", [0, 100_000])
def test_stopping_an_import_leaves_nothing(
    courses: Courses, assets_folder: Path, tmp_path: Path, at: int
) -> None:
    path = zip_at(tmp_path / "x.zip", scorm12(**{"film.webm": b"x" * 3_000_000}))
    report = courses.check_folder(ACTOR, path, NoProgress())

    with pytest.raises(Cancelled):
        courses.import_folder(ACTOR, report, Stopper(at))
    assert kept(assets_folder) == []


def test_a_missing_file_of_a_package_keeps_its_course_from_being_published(
    courses: Courses, assets: AssetStore, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "x.zip", scorm12(**{"a.css": "b {}"}))
    course_id = courses.import_folder(ACTOR, path, NoProgress())
    (lesson,) = courses.detail(ACTOR, course_id).outline.lessons
    style = read_package_index(assets, lesson.variants[0].asset).file("a.css")
    assert style is not None
    assets.path(style.sha256).unlink()

    assert any("missing or damaged" in one for one in courses.problems(ACTOR, course_id))
    with pytest.raises(NotPublishable):
        courses.publish(ACTOR, course_id)


def test_the_words_of_a_package_are_found(courses: Courses, tmp_path: Path) -> None:
    for name, files in (("a", scorm12()), ("b", h5p())):
        path = zip_at(tmp_path / f"{name}.zip", files)
        courses.publish(ACTOR, courses.import_folder(ACTOR, path, NoProgress()))

    assert len(courses.search(ACTOR, "बुझाना")) == 1
    assert len(courses.search(ACTOR, "stairs")) == 1
    assert len(courses.search(ACTOR, "Rules")) == 1


def test_a_manifest_that_comes_alone_is_kept_as_a_package(
    courses: Courses, assets: AssetStore, tmp_path: Path
) -> None:
    path = tmp_path / "cmi5.xml"
    path.write_text(cmi5_structure(unit(url="https://lms.example.net/a.html")), encoding="utf-8")
    (lesson,) = lessons_of(courses, path)
    index = read_package_index(assets, lesson.variants[0].asset)

    assert [file.name for file in index.files] == ["cmi5.xml"]
    assert index.manifest.launchable[0].is_remote


def test_settings_are_kept_in_the_body_and_only_when_set() -> None:
    plan = LessonPlan(kind="package", title="x", body={"other": 1})
    settings = PackageSettings(window=PackageWindow.OWN, required_score=80)
    changed = with_package_settings(plan, settings)

    assert package_settings(plan) == PackageSettings()
    assert package_settings(changed) == settings
    assert with_package_settings(changed, PackageSettings()) == plan


@pytest.mark.parametrize("body", [{"window": "moon"}, {"required_score": 200}, {"window": [1]}])
def test_settings_that_are_none_count_as_not_set(body: dict[str, object]) -> None:
    plan = LessonPlan(kind="package", title="x", body=body)

    assert package_settings(plan) == PackageSettings()


def test_a_package_keeps_the_name_of_its_page_when_its_manifest_has_none(
    courses: Courses, tmp_path: Path
) -> None:
    page = PAGE.replace("<title>Fire safety</title>", "")
    path = zip_at(tmp_path / "02-leave_quickly.zip", {"index.html": page})
    (lesson,) = lessons_of(courses, path)

    assert lesson.title == "Leave quickly"


def test_an_unpacked_package_is_told_as_such(courses: Courses, folder_of: FolderOf) -> None:
    report = courses.check_folder(ACTOR, folder_of(scorm12()), NoProgress())

    assert [(one.file, "unpacked" in one.text) for one in report.problems] == [
        ("imsmanifest.xml", True)
    ]
