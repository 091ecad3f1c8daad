"""What a check says of a folder, good or bad, and that it writes nothing."""

import os
from pathlib import Path

import pytest

from app.core.base.actor import Actor, system_actor
from app.core.base.errors import Cancelled, NotAllowed
from app.core.base.progress import NoProgress
from app.core.base.words import _, worded_in
from app.core.content import AssetStore
from app.core.courses import (
    LESSON_SOURCES,
    Courses,
    Finding,
    FolderRefused,
    ImportReport,
    LessonDraft,
    LessonPlan,
    Limits,
    SourceFile,
)
from app.core.journal import Site
from tests.core.courses.conftest import VTT, FolderOf
from tests.support.progress import Stopper

ACTOR = system_actor()
NOBODY = Actor(account_id=None, person_id=None, name="Nobody")


def check(courses: Courses, path: Path) -> ImportReport:
    return courses.check_folder(ACTOR, path, NoProgress())


def lessons(report: ImportReport) -> list[tuple[str, str]]:
    return [(lesson.kind, lesson.title) for lesson in report.lessons]


def told(report: ImportReport) -> list[tuple[str, bool]]:
    return [(finding.file, finding.blocks) for finding in report.findings]


def test_a_folder_of_files_is_a_course_in_the_order_of_names(
    courses: Courses, folder_of: FolderOf
) -> None:
    folder = folder_of(
        {
            "10-quiz-notes.txt": "Read this.",
            "2-clip.mp4": "=clip.mp4",
            "2-clip.hi.vtt": VTT,
            "3-talk.mp3": "=clip.mp3",
            "4-form.pdf": "=three_pages.pdf",
            "5-poster.svg": "=picture.svg",
            "1-rules.md": "# The rules\n\n![](pictures/p.png)",
            "1-rules.hi.md": "# नियम",
            "pictures/p.png": "=picture.png",
            "pictures/spare.png": "=picture.png",
            ".DS_Store": "x",
            "~$form.docx": "x",
        }
    )

    report = check(courses, folder)

    assert (report.title, report.code) == ("Fire safety", "FIRE-SAFETY")
    assert lessons(report) == [
        ("page", "The rules"),
        ("video", "Clip"),
        ("audio", "Talk"),
        ("document", "Form"),
        ("image", "Poster"),
        ("page", "Quiz notes"),
    ]
    assert report.lessons[0].languages == ("en", "hi")
    assert report.lessons[1].caption_languages == ("hi",)
    assert report.lessons[3].seconds == 180
    assert (report.findings, report.unused) == ((), ("pictures/spare.png",))
    assert report.size == sum(
        p.stat().st_size for p in folder.rglob("*") if p.name[0] not in ".~" and p.is_file()
    )


def test_a_check_writes_nothing(
    courses: Courses, site: Site, folder_of: FolderOf, assets_folder: Path
) -> None:
    before = [(p, p.stat().st_mtime_ns) for p in sorted(folder_of({"a.md": "# A"}).rglob("*"))]

    check(courses, before[0][0].parent)

    assert not assets_folder.exists()
    assert [(p, p.stat().st_mtime_ns) for p, _time in before] == before


def test_only_authors_check(courses: Courses, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        courses.check_folder(NOBODY, tmp_path, NoProgress())


def test_a_single_file_is_a_course_of_one_lesson(courses: Courses, folder_of: FolderOf) -> None:
    folder = folder_of({"01-clip.mp4": "=clip.mp4", "other.md": "# Other"})

    report = check(courses, folder / "01-clip.mp4")

    assert report.title == "Clip"
    assert lessons(report) == [("video", "Clip")]


def test_damaged_files_are_blocked_and_the_rest_is_planned(
    courses: Courses, folder_of: FolderOf
) -> None:
    folder = folder_of({"1.md": "# Good", "2.mp4": "=clip.mp4", "3.pdf": "=three_pages.pdf"})
    for name in ("2.mp4", "3.pdf"):
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])
    folder_of({"4.pdf": "no PDF at all", "5.png": b"", "6.svg": "<svg onload='x()'/>"})

    report = check(courses, folder)

    assert lessons(report) == [("page", "Good")]
    assert told(report) == [(name, True) for name in ("2.mp4", "3.pdf", "4.pdf", "5.png", "6.svg")]
    assert report.can_import


def test_what_becomes_no_lesson_is_named(courses: Courses, folder_of: FolderOf) -> None:
    folder = folder_of(
        {"a.md": "# A", "b.docx": "x", "c.exe": "MZ", "d.vtt": VTT, "e.vtt": "no captions"}
    )

    report = check(courses, folder)

    assert sorted(report.unused) == ["b.docx", "c.exe", "d.vtt", "e.vtt"]
    assert sorted(told(report)) == [("b.docx", False), ("d.vtt", False), ("e.vtt", False)]


def test_a_recording_of_an_old_kind_says_that_it_does_not_play(
    courses: Courses, folder_of: FolderOf
) -> None:
    report = check(courses, folder_of({"a.md": "# A", "Old film.AVI": b"RIFF", "b.wmv": b"0"}))

    assert lessons(report) == [("page", "A")]
    assert [problem.told for problem in report.problems] == [
        f"{name}: Recordings of this kind do not play. Convert it to MP4, WebM or MP3."
        for name in ("b.wmv", "Old film.AVI")
    ]


def test_a_bad_caption_is_told_with_its_line(courses: Courses, folder_of: FolderOf) -> None:
    bad = VTT + "\n00:09.000 --> 00:08.000\nbackwards\n"
    report = check(courses, folder_of({"a.mp4": "=clip.mp4", "a.vtt": bad}))

    (finding,) = report.findings
    assert (finding.file, finding.line, finding.blocks) == ("a.vtt", 6, False)
    assert report.lessons[0].caption_languages == ("en",)


def test_the_same_file_twice_is_told(courses: Courses, folder_of: FolderOf) -> None:
    report = check(courses, folder_of({"1.pdf": "=three_pages.pdf", "2.pdf": "=three_pages.pdf"}))

    (finding,) = report.findings
    assert finding.file == "2.pdf"
    assert "1.pdf" in finding.text
    assert len(report.lessons) == 2


def test_an_empty_folder_is_refused_in_one_sentence(courses: Courses, tmp_path: Path) -> None:
    (tmp_path / "empty" / "inner").mkdir(parents=True)

    with pytest.raises(FolderRefused, match="empty is empty"):
        check(courses, tmp_path / "empty")


def test_a_folder_that_is_not_there_is_refused(courses: Courses, tmp_path: Path) -> None:
    with pytest.raises(FolderRefused, match="gone is not there"):
        check(courses, tmp_path / "gone")


def test_a_folder_without_anything_usable_cannot_be_imported(
    courses: Courses, folder_of: FolderOf
) -> None:
    report = check(courses, folder_of({"a.exe": "MZ"}))

    assert not report.can_import
    assert told(report) == [("", True)]


def test_ten_thousand_files_are_refused_in_one_sentence(courses: Courses, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number}.md").touch()

    with pytest.raises(FolderRefused, match="more than 2,000 files"):
        check(courses, folder)


def test_limits_of_size_and_depth(
    site: Site, assets: AssetStore, folder_of: FolderOf, tmp_path: Path
) -> None:
    folder = folder_of(
        {"big.md": "# Big" + "x" * 100, "a/b/c/deep.md": "# Deep", "small.md": "# S"}
    )
    strict = Courses(site, assets, LESSON_SOURCES, Limits(file_bytes=100, depth=3))

    report = check(strict, folder)

    assert lessons(report) == [("page", "S")]
    assert told(report) == [("big.md", True), ("a/b/c", False)]
    with pytest.raises(FolderRefused, match="a course may have"):
        check(Courses(site, assets, LESSON_SOURCES, Limits(total_bytes=50)), folder)
    with pytest.raises(FolderRefused, match="more than 1 lessons"):
        check(Courses(site, assets, LESSON_SOURCES, Limits(lessons=1)), folder)


@pytest.mark.skipif(os.name == "nt", reason="needs the right to make links")
def test_links_and_things_that_are_no_files_are_not_followed(
    courses: Courses, folder_of: FolderOf, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text("# Secret")
    folder = folder_of({"a.md": "# A"})
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.mp4")

    report = check(courses, folder)

    assert lessons(report) == [("page", "A")]
    assert sorted(told(report)) == [("link.md", False), ("loop", False), ("pipe.mp4", False)]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_blocked(courses: Courses, folder_of: FolderOf) -> None:
    folder = folder_of({"a.md": "# A", "b.md": "# B"})
    (folder / "b.md").chmod(0)

    assert told(check(courses, folder)) == [("b.md", True)]


@pytest.mark.parametrize(
    "name",
    ["CON.md", "aux.md", "सुरक्षा नियम.md", "規則.md", "a;rm -rf.md", "<b>.md", "x" * 240 + ".md"],
)
def test_names_in_any_script_are_shown_and_never_used(
    courses: Courses, folder_of: FolderOf, name: str
) -> None:
    report = check(courses, folder_of({name: "no heading"}))

    assert report.lessons[0].files == (name,)
    assert report.findings == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_that_is_no_text_is_blocked(courses: Courses, folder_of: FolderOf) -> None:
    folder = folder_of({"a.md": "# A"})
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).write_text("# B")

    assert told(check(courses, folder)) == [("caf?.md", True)]


def test_the_course_file_is_obeyed(courses: Courses, folder_of: FolderOf) -> None:
    report = check(
        courses,
        folder_of(
            {
                "course.toml": 'title = "आग"\ncode = "F-1"\nlanguage = "hi"\ncolour = "red"\n'
                '[lessons."1-a"]\ntitle = "पहला"\n[lessons."9"]\nminutes = 1\n'
                '[acknowledgement]\nstatement = "मैंने पढ़ा।"',
                "1-a.md": "# Heading",
                "1-a.en.md": "# English heading",
            }
        ),
    )

    assert (report.title, report.code) == ("आग", "F-1")
    with worded_in("hi"):
        usual = _("Read and understood")
    assert lessons(report) == [("page", "पहला"), ("acknowledgement", usual)]
    assert report.lessons[0].languages == ("hi", "en")
    assert [finding.file for finding in report.warnings] == ["course.toml", "course.toml"]


def test_a_check_can_be_stopped(courses: Courses, folder_of: FolderOf) -> None:
    with pytest.raises(Cancelled):
        courses.check_folder(ACTOR, folder_of({"a.md": "# A"}), Stopper())


class ListSource:
    """Reads lists, and anything else with a complaint: a second reader of text files."""

    kind = "quiz"
    suffixes = frozenset({".txt"})

    def read(self, file: SourceFile, progress: object) -> LessonDraft:
        text = file.path.read_text(encoding="utf-8")
        complaint = Finding(file=file.untrusted_name, text="No list.", blocks="?" not in text)
        findings = () if text.startswith("-") else (complaint,)
        return LessonDraft(plan=LessonPlan(kind="quiz", title=file.title), findings=findings)

    def store(self, unit: object, assets: object, file: object, draft: LessonDraft) -> LessonPlan:
        return draft.plan


@pytest.mark.parametrize(
    ("text", "kind"), [("- a\n- b", "quiz"), ("Words.", "page"), ("Words?", "page")]
)
def test_a_file_with_two_readers_goes_to_the_one_without_complaints(
    site: Site, assets: AssetStore, folder_of: FolderOf, text: str, kind: str
) -> None:
    courses = Courses(site, assets, (*LESSON_SOURCES, ListSource()))

    report = check(courses, folder_of({"a.txt": text}))

    assert [lesson.kind for lesson in report.lessons] == [kind]
    assert report.findings == ()


class FailingSource(ListSource):
    """A reader that refuses, or is stopped."""

    suffixes = frozenset({".list", ".stop"})

    def read(self, file: SourceFile, progress: object) -> LessonDraft:
        raise Cancelled if file.path.suffix == ".stop" else FolderRefused("It is not for me.")


def test_what_a_reader_refuses_is_blocked_and_a_stop_is_a_stop(
    site: Site, assets: AssetStore, folder_of: FolderOf
) -> None:
    courses = Courses(site, assets, (*LESSON_SOURCES, FailingSource()))

    report = check(courses, folder_of({"a.list": "x", "b.md": "# B"}))
    assert (lessons(report), told(report)) == ([("page", "B")], [("a.list", True)])

    with pytest.raises(Cancelled):
        check(courses, folder_of({"c.stop": "x"}))
