"""A page named `….paper.md` is set on sheets: a document, in each language it is written in."""

from pathlib import Path

import pytest

from app.core.base.actor import system_actor
from app.core.base.progress import NoProgress
from app.core.content import AssetStore, probe_pdf
from app.core.courses import LESSON_SOURCES, Courses
from app.core.journal import Site

ACTOR = system_actor()


@pytest.fixture
def courses(site: Site, assets: AssetStore) -> Courses:
    return Courses(site, assets, LESSON_SOURCES)


def folder_of(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name.replace('__', '.')}.md").write_text(text, "utf-8")
    return folder


def test_a_paper_becomes_a_document_and_a_page_stays_one(
    courses: Courses, assets: AssetStore, tmp_path: Path
) -> None:
    folder = folder_of(
        tmp_path,
        a__paper="# Check\n\n**[number]** of **[number]**",
        a__paper__hi="# जाँच\n\nठीक (3)।",
        b="# Page\n\nWords.",
    )
    report = courses.check_folder(ACTOR, folder, NoProgress())
    assert report.findings == ()
    outline = courses.draft_of(ACTOR, courses.import_folder(ACTOR, report, NoProgress()))
    assert [(one.kind, one.title) for one in outline.lessons] == [
        ("document", "Check"), ("page", "Page"),
    ]  # fmt: skip
    english, hindi = outline.lessons[0].variants
    assert (english.language, hindi.language, hindi.title) == ("en", "hi", "जाँच")
    facts = probe_pdf(assets.path(english.asset))
    assert (facts.pages, facts.title, facts.places) == (1, "Check", ("number",))
    assert probe_pdf(assets.path(hindi.asset)).places == ()


def test_a_paper_whose_picture_is_missing_says_so(courses: Courses, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a__paper="# Check\n\n![map](nowhere.png)")
    report = courses.check_folder(ACTOR, folder, NoProgress())
    assert any("nowhere.png" in finding.text for finding in report.findings)
