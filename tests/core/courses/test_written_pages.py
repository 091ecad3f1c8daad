"""Pages that are written in the program: safe, in several languages, with pictures of the store."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.core.base.actor import Actor, system_actor
from app.core.base.errors import NotAllowed
from app.core.content import AssetStore
from app.core.courses import (
    Courses,
    NewCourse,
    Outline,
    PageRefused,
    PlacesLeft,
    WrittenPages,
    insert,
)
from app.core.journal import Site
from tests.core.courses.conftest import MEDIA

ACTOR = system_actor()


@pytest.fixture
def pages(site: Site, assets: AssetStore) -> WrittenPages:
    return WrittenPages(site, assets)


def test_a_new_page_is_a_lesson_called_by_its_heading(pages: WrittenPages) -> None:
    lesson = pages.begin(ACTOR, "en", "<h2>Before you begin</h2>\n<p>Read the label.</p>")
    assert (lesson.kind, lesson.title, lesson.seconds) == ("page", "Before you begin", 30)
    assert pages.text(ACTOR, lesson, "en") == "<h2>Before you begin</h2>\n<p>Read the label.</p>"
    assert pages.text(ACTOR, lesson, "hi") == ""


def test_a_new_page_is_published_like_one_of_a_file(pages: WrittenPages, courses: Courses) -> None:
    course_id = courses.create(ACTOR, NewCourse(title="Gas", code="GAS-1"))
    lesson = pages.begin(ACTOR, "en", "<p>Shut the valve.</p>")
    courses.save_draft(ACTOR, course_id, insert(courses.draft_of(ACTOR, course_id), lesson))
    published = courses.publish(ACTOR, course_id)
    (kept,) = courses.version(published.version_id).outline.lessons
    assert pages.text(ACTOR, kept, "en") == "<p>Shut the valve.</p>"


def test_another_text_leaves_the_version_before_as_it_was(pages: WrittenPages) -> None:
    before = pages.begin(ACTOR, "en", "<h2>Gas</h2>")
    called = replace(before, title="Called by hand")
    after = pages.rewrite(ACTOR, called, "en", "<h2>Gas and steam</h2>")
    assert (after.title, after.key) == ("Called by hand", before.key)
    assert pages.text(ACTOR, before, "en") == "<h2>Gas</h2>"
    assert pages.text(ACTOR, after, "en") == "<h2>Gas and steam</h2>"


def test_a_further_language_comes_behind_and_names_itself(pages: WrittenPages) -> None:
    lesson = pages.begin(ACTOR, "en", "<h2>Gas</h2>")
    both = pages.rewrite(ACTOR, lesson, "hi", "<h2>गैस</h2>")
    assert [one.language for one in both.variants] == ["en", "hi"]
    assert both.titles == {"hi": "गैस"}
    first = pages.rewrite(ACTOR, both, "en", "<h2>Gases</h2>")
    assert [one.language for one in first.variants] == ["en", "hi"]
    assert pages.text(ACTOR, first, "hi") == "<h2>गैस</h2>"


def test_what_is_written_can_do_nothing_but_be_read(pages: WrittenPages) -> None:
    lesson = pages.begin(
        ACTOR,
        "en",
        "<p onclick='x()'>a<script>alert(1)</script><a href='http://x'>b</a>"
        "<img src='http://x/y.png' alt='gone'><img src='asset:" + "0" * 64 + "' alt='unknown'></p>",
    )
    assert pages.text(ACTOR, lesson, "en") == "<p>abgoneunknown</p>"
    assert lesson.variants[0].parts == ()


def test_a_picture_is_kept_and_goes_with_the_page(pages: WrittenPages) -> None:
    sha256 = pages.keep_picture(ACTOR, MEDIA / "picture.png")
    lesson = pages.begin(ACTOR, "en", f'<p><img src="asset:{sha256}" alt="guard"></p>')
    assert lesson.variants[0].parts == (sha256,)
    assert f'src="asset:{sha256}"' in pages.text(ACTOR, lesson, "en")


def test_what_is_no_picture_is_refused(pages: WrittenPages, tmp_path: Path) -> None:
    path = tmp_path / "not.png"
    path.write_bytes(b"MZ")
    with pytest.raises(PageRefused, match="nothing was changed"):
        pages.keep_picture(ACTOR, path)


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<script>x</script>", "empty"),
        ("<p>" + "x" * 1_000_001 + "</p>", "too long"),
        ("<b>" * 15_001, "too long"),
    ],
)
def test_what_cannot_be_a_page_is_refused_with_a_sentence(
    pages: WrittenPages, html: str, told: str
) -> None:
    with pytest.raises(PageRefused, match=told):
        pages.begin(ACTOR, "en", html)


def test_only_authors_write(pages: WrittenPages) -> None:
    nobody = Actor(account_id=None, person_id=None, name="Nobody")
    with pytest.raises(NotAllowed):
        pages.begin(nobody, "en", "<p>x</p>")


def test_places_to_be_filled_in_are_told_once_each(
    pages: WrittenPages, site: Site, assets: AssetStore
) -> None:
    text = "<p><strong>[extension]</strong> or <strong>[extension]</strong>, [not bold]</p>"
    lesson = pages.begin(ACTOR, "en", text)
    with site.read() as session:
        (warning,) = PlacesLeft(assets).warnings_of(session, insert(Outline(title="x"), lesson))
    assert warning.why == "Still to be filled in: extension."
