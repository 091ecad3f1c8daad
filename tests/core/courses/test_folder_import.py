"""A folder becomes a course whole, or nothing happens."""

import os
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, system_actor
from app.core.base.errors import Cancelled, NotAllowed
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.content import AssetStore
from app.core.courses import (
    LESSON_SOURCES,
    CodeTaken,
    Courses,
    FolderChanged,
    ImportBlocked,
    Limits,
    NotEnoughRoom,
    Outline,
    assets_of,
    insert,
)
from app.core.journal import Journal, Site
from app.core.journal.models import EntryRow
from app.core.storage.faults import DiskFull
from tests.core.courses.conftest import VTT, FolderOf
from tests.support.sites import STATION

ACTOR = system_actor()
EVERYTHING: dict[str, str | bytes] = {
    "course.toml": 'title = "Fire"\ntitle_hi = "आग"\ncode = "F-1"\ntopic = "flame"\n'
    "valid_months = 12\n[completion]\nvideo_watched_percent = 90\n"
    '[acknowledgement]\nstatement = "I know."\nstatement_hi = "मुझे पता है।"\nsignature = true\n',
    "1-rules.md": "# Rules\n\n![the pump](pictures/p.png)",
    "1-rules.hi.md": "# नियम\n\nपहले सुरक्षा।",
    "2-clip.mp4": "=clip.mp4",
    "2-clip.en.vtt": VTT,
    "2-clip.hi.vtt": VTT + "\n",
    "3-form.pdf": "=three_pages.pdf",
    "4-talk.mp3": "=clip.mp3",
    "5-poster.png": "=picture.png",
    "pictures/p.png": "=picture.png",
}


class Watcher:
    """A progress that remembers, and stops at a note when told to."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.steps: list[tuple[int, int]] = []
        self.stop_at = stop_at

    def step(self, done: int, total: int, note: str = "") -> None:
        self.steps.append((done, total))
        if self.stop_at is not None and len(self.steps) > self.stop_at:
            raise Cancelled


def the_import(courses: Courses, folder: Path) -> Outline:
    course_id = courses.import_folder(ACTOR, folder, NoProgress())
    return courses.draft_of(ACTOR, course_id)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def is_untouched(courses: Courses, site: Site, assets_folder: Path) -> bool:
    with site.read() as session:
        entries = session.scalar(sa.select(sa.func.count()).select_from(EntryRow))
    no_course = courses.list(ACTOR, PageRequest()).total == 0
    return entries == 0 and no_course and files_in(assets_folder) == []


def test_everything_in_a_folder_becomes_one_draft(
    courses: Courses, assets: AssetStore, site: Site, folder_of: FolderOf
) -> None:
    outline = the_import(courses, folder_of(EVERYTHING))

    assert (outline.title, outline.titles, outline.topic) == ("Fire", {"hi": "आग"}, "flame")
    assert [lesson.kind for lesson in outline.lessons] == [
        "page", "video", "document", "audio", "image", "acknowledgement",
    ]  # fmt: skip
    page, video, document, _audio, _image, statement = outline.lessons
    assert [variant.language for variant in page.variants] == ["en", "hi"]
    assert page.titles == {"hi": "नियम"}
    assert [caption.language for caption in video.variants[0].captions] == ["en", "hi"]
    assert video.rule.share == Fraction(9, 10)
    assert document.seconds == 180
    assert statement.body["statements"]["hi"] == "मुझे पता है।"
    assert statement.body["signature"] is True
    with site.read() as session:
        assert assets.stored(session, assets_of(outline)).keys() == assets_of(outline)
    assert Journal(site, STATION).verify(ACTOR).ok


def test_a_page_is_stored_clean_with_its_picture(
    courses: Courses, assets: AssetStore, folder_of: FolderOf
) -> None:
    page = the_import(courses, folder_of(EVERYTHING)).lessons[0]

    (picture,) = page.variants[0].parts
    html = assets.read(page.variants[0].asset).decode()
    assert f'<img src="asset:{picture}" alt="the pump">' in html
    assert assets.path(picture).is_file()


def test_an_import_is_one_entry_of_the_journal(
    courses: Courses, site: Site, folder_of: FolderOf
) -> None:
    the_import(courses, folder_of(EVERYTHING))

    with site.read() as session:
        assert session.scalars(sa.select(EntryRow.action)).all() == ["course.import"]


def test_a_blocked_file_stops_the_import_until_the_report_is_handed_in(
    courses: Courses, site: Site, assets_folder: Path, folder_of: FolderOf
) -> None:
    folder = folder_of({"1.md": "# Good", "2.pdf": "no PDF"})

    with pytest.raises(ImportBlocked, match=r"2\.pdf"):
        courses.import_folder(ACTOR, folder, NoProgress())
    assert is_untouched(courses, site, assets_folder)

    report = courses.check_folder(ACTOR, folder, NoProgress())
    course_id = courses.import_folder(ACTOR, report, NoProgress())
    assert [lesson.title for lesson in courses.draft_of(ACTOR, course_id).lessons] == ["Good"]


def test_a_folder_without_a_lesson_is_not_imported(courses: Courses, folder_of: FolderOf) -> None:
    report = courses.check_folder(ACTOR, folder_of({"a.exe": "MZ"}), NoProgress())

    with pytest.raises(ImportBlocked):
        courses.import_folder(ACTOR, report, NoProgress())


def test_only_authors_import(courses: Courses, folder_of: FolderOf) -> None:
    nobody = Actor(account_id=None, person_id=None, name="Nobody")

    with pytest.raises(NotAllowed):
        courses.import_folder(nobody, folder_of({"a.md": "# A"}), NoProgress())


@pytest.mark.parametrize("change", ["longer", "gone", "same length"])
def test_a_file_that_changed_after_the_check_stops_the_import(
    courses: Courses, site: Site, assets_folder: Path, folder_of: FolderOf, change: str
) -> None:
    folder = folder_of({"1.pdf": "=three_pages.pdf", "2.md": "# B"})
    report = courses.check_folder(ACTOR, folder, NoProgress())
    if change == "gone":
        (folder / "1.pdf").unlink()
    else:
        content = (folder / "1.pdf").read_bytes()
        (folder / "1.pdf").write_bytes(content + b"x" * (change == "longer"))

    with pytest.raises(FolderChanged, match=r"1\.pdf"):
        courses.import_folder(ACTOR, report, NoProgress())
    assert is_untouched(courses, site, assets_folder)


@pytest.mark.parametrize("stop_at", [0, 3, 8, 12])
def test_a_stopped_import_leaves_nothing(
    courses: Courses, site: Site, assets_folder: Path, folder_of: FolderOf, stop_at: int
) -> None:
    with pytest.raises(Cancelled):
        courses.import_folder(ACTOR, folder_of(EVERYTHING), Watcher(stop_at))

    assert is_untouched(courses, site, assets_folder)


def test_stopping_when_the_course_is_in_the_records_changes_nothing(
    courses: Courses, folder_of: FolderOf
) -> None:
    class LateStopper:
        is_copied = False

        def step(self, done: int, total: int, note: str = "") -> None:
            if self.is_copied:
                raise Cancelled
            self.is_copied = total > 1000 and done == total

    report = courses.check_folder(ACTOR, folder_of({"a.pdf": "=three_pages.pdf"}), NoProgress())

    course_id = courses.import_folder(ACTOR, report, LateStopper())

    assert courses.detail(ACTOR, course_id).outline.title == "Fire safety"


def test_the_progress_counts_bytes_up_to_the_whole(courses: Courses, folder_of: FolderOf) -> None:
    report = courses.check_folder(ACTOR, folder_of(EVERYTHING), NoProgress())
    watcher = Watcher()

    courses.import_folder(ACTOR, report, watcher)

    copying = [step for step in watcher.steps if step[1] > 1000]
    assert copying == sorted(copying)
    assert copying[-1][0] == copying[-1][1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of a file")
def test_a_disk_that_fills_up_leaves_nothing(
    courses: Courses, site: Site, assets_folder: Path, folder_of: FolderOf
) -> None:
    import resource

    big = (Path(__file__).resolve().parents[2] / "support" / "media" / "clip.mp3").read_bytes()
    folder = folder_of({"1.md": "# A", "2.mp3": big + bytes(16 << 20)})
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8 << 20, before[1]))
    try:
        with pytest.raises(DiskFull):
            courses.import_folder(ACTOR, folder, NoProgress())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert is_untouched(courses, site, assets_folder)


def test_too_little_room_is_told_before_anything_is_copied(
    site: Site, assets: AssetStore, assets_folder: Path, folder_of: FolderOf
) -> None:
    courses = Courses(site, assets, LESSON_SOURCES, Limits(room_left=1 << 60))

    with pytest.raises(NotEnoughRoom):
        courses.import_folder(ACTOR, folder_of({"a.pdf": "=three_pages.pdf"}), NoProgress())
    assert is_untouched(courses, site, assets_folder)


def test_a_code_that_is_given_must_be_free(
    courses: Courses, site: Site, folder_of: FolderOf
) -> None:
    the_import(courses, folder_of(EVERYTHING))

    with pytest.raises(CodeTaken, match="F-1"):
        the_import(courses, folder_of(EVERYTHING))
    assert courses.list(ACTOR, PageRequest()).total == 1


def test_a_code_that_is_made_gets_a_number(courses: Courses, folder_of: FolderOf) -> None:
    for _turn in range(3):
        the_import(courses, folder_of({"a.md": "# A"}))

    codes = [row.code for row in courses.list(ACTOR, PageRequest(sort="code")).rows]
    assert codes == ["FIRE-SAFETY", "FIRE-SAFETY-2", "FIRE-SAFETY-3"]


def test_the_same_report_twice_makes_two_courses_with_keys_of_their_own(
    courses: Courses, assets_folder: Path, folder_of: FolderOf
) -> None:
    report = courses.check_folder(ACTOR, folder_of({"a.pdf": "=three_pages.pdf"}), NoProgress())

    first, second = (
        courses.draft_of(ACTOR, courses.import_folder(ACTOR, report, NoProgress()))
        for _turn in range(2)
    )

    assert first.lessons[0].key != second.lessons[0].key
    assert first.lessons[0].variants == second.lessons[0].variants
    assert len(files_in(assets_folder)) == 1


def test_a_file_can_be_added_to_a_course(courses: Courses, folder_of: FolderOf) -> None:
    folder = folder_of({"a.md": "# A", "b.pdf": "=three_pages.pdf"})
    course_id = courses.import_folder(ACTOR, folder / "a.md", NoProgress())

    (lesson,) = courses.lessons_from_file(ACTOR, folder / "b.pdf", NoProgress())
    courses.save_draft(ACTOR, course_id, insert(courses.draft_of(ACTOR, course_id), lesson, 0))

    assert [one.title for one in courses.draft_of(ACTOR, course_id).lessons] == ["B", "A"]


def test_a_quiz_of_the_course_file_gets_its_settings(
    site: Site, assets: AssetStore, folder_of: FolderOf
) -> None:
    from app.core.courses import LessonDraft, LessonPlan, SourceFile

    class Quizzes:
        kind = "quiz"
        suffixes = frozenset({".gift", ".txt"})
        seen: ClassVar[list[SourceFile]] = []

        def read(self, file: SourceFile, progress: object) -> LessonDraft:
            self.seen.append(file)
            return LessonDraft(plan=LessonPlan(kind="quiz", title=file.title))

        def store(
            self, unit: object, assets: object, file: object, draft: LessonDraft
        ) -> LessonPlan:
            return draft.plan

    source = Quizzes()
    courses = Courses(site, assets, (*LESSON_SOURCES, source))
    folder = folder_of(
        {
            "course.toml": 'pass_mark = 70\n[quiz]\nfile = "9-quiz.gift"\nattempts = 3\n',
            "5-check.gift": "?",
            "9-quiz.gift": "?",
            "9-quiz.hi.gift": "?",
        }
    )

    report = courses.check_folder(ACTOR, folder, NoProgress())

    assert [lesson.files for lesson in report.lessons] == [("5-check.gift",), ("9-quiz.gift",)]
    assert report.unused == ("9-quiz.hi.gift",)
    assert [dict(file.settings) for file in source.seen[:2]] == [
        {"pass_mark": 70},
        {"pass_mark": 70, "file": "9-quiz.gift", "attempts": 3},
    ]
