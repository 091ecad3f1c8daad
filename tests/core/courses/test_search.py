"""Words are found where they stand, in every script, and only what is published."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from app.core.base.actor import system_actor
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.content import AssetStore
from app.core.courses import LESSON_SOURCES, CourseHits, Courses, TextSource
from app.core.courses.finding import cut, find_by_likeness
from app.core.courses.models import SearchTextRow
from app.core.courses.search_schema import words_in
from app.core.journal import Journal, Site
from tests.core.courses.conftest import VTT, FolderOf
from tests.support.clock import TurnedClock
from tests.support.postgres import postgres_database, postgres_server
from tests.support.sites import STATION, open_site

ACTOR = system_actor()
PAGE = """# ताला क्यों लगाते हैं

पहले **सुरक्षा**, फिर काम। Café rules: press the red button, "twice" & never <alone>.
दर्\u200dया के पास न जाएँ।
"""


@pytest.fixture
def course_id(courses: Courses, folder_of: FolderOf) -> UUID:
    folder = folder_of(
        {
            "1-rules.md": "# Rules\n\nIn English.",
            "1-rules.hi.md": PAGE,
            "2-clip.mp4": "=clip.mp4",
            "2-clip.vtt": VTT + "\n01:30.000 --> 01:32.000\nVerify zero energy\n",
            "3-form.pdf": "=three_pages.pdf",
        }
    )
    return courses.import_folder(ACTOR, folder, NoProgress())


@pytest.fixture
def published(courses: Courses, course_id: UUID) -> UUID:
    courses.publish(ACTOR, course_id)
    return course_id


def found(courses: Courses, text: str) -> list[tuple[str, str]]:
    return [
        (hit.source, hit.lesson_title)
        for course in courses.search(ACTOR, text)
        for hit in course.hits
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("सुरक्षा", TextSource.PAGE),
        ("सुर", TextSource.PAGE),
        ("cafe", TextSource.PAGE),
        ("CAFÉ", TextSource.PAGE),
        ("red butt", TextSource.PAGE),
        ('"red" (button*', TextSource.PAGE),
        ("दर्या", TextSource.PAGE),
        ("zero ener", TextSource.CAPTIONS),
        ("fire saf", TextSource.TITLE),
        ("क्यों", TextSource.TITLE),
    ],
)
def test_words_are_found_as_they_are_typed(
    courses: Courses, published: UUID, text: str, source: TextSource
) -> None:
    assert found(courses, text)[0][0] is source


@pytest.mark.parametrize(
    "text", ["सेरक", "सरक", "button red twice nothing", "", " ", "s", "%", "*", "-", '"', "( OR )"]
)
def test_other_words_are_not_found(courses: Courses, published: UUID, text: str) -> None:
    assert found(courses, text) == []


def test_a_hit_says_where(courses: Courses, published: UUID) -> None:
    (course,) = courses.search(ACTOR, "verify zero")

    assert (course.course_id, course.code, course.title) == (
        published,
        "FIRE-SAFETY",
        "Fire safety",
    )
    (hit,) = course.hits
    assert (hit.lesson_title, hit.position, hit.place, hit.language) == ("Clip", 2, 60, "en")
    assert hit.snippet == "Verify zero energy"


def test_a_pdf_is_found_by_page(courses: Courses, folder_of: FolderOf) -> None:
    folder = folder_of({"1.md": "# A"})
    paper = Canvas(str(folder / "2-sop.pdf"))
    for words in ("Isolate the pump", "Bleed the accumulator"):
        paper.drawString(72, 700, words)
        paper.showPage()
    paper.save()
    courses.publish(ACTOR, courses.import_folder(ACTOR, folder, NoProgress()))

    (course,) = courses.search(ACTOR, "bleed accum")

    (hit,) = course.hits
    assert (hit.source, hit.place, hit.lesson_title) == (TextSource.DOCUMENT, 2, "Sop")


def test_snippets_are_plain_text(courses: Courses, published: UUID) -> None:
    (course,) = courses.search(ACTOR, "never alone")

    assert 'the red button, "twice" & never <alone>' in course.hits[0].snippet


def test_drafts_are_not_found(courses: Courses, course_id: UUID) -> None:
    assert found(courses, "सुरक्षा") == []


def test_only_the_newest_version_is_found(courses: Courses, published: UUID) -> None:
    outline = courses.draft_of(ACTOR, published)
    courses.save_draft(
        ACTOR, published, replace(outline, title="Smoke", titles={}, lessons=outline.lessons[1:])
    )
    assert found(courses, "सुरक्षा")
    courses.publish(ACTOR, published)

    assert found(courses, "सुरक्षा") == []
    assert found(courses, "fire safety") == []
    assert found(courses, "smoke")


def test_a_retired_course_is_not_found(courses: Courses, published: UUID) -> None:
    courses.retire(ACTOR, published)

    assert found(courses, "सुरक्षा") == []


def test_the_index_is_rebuilt_from_what_is_published(courses: Courses, published: UUID) -> None:
    before = courses.search(ACTOR, "सुरक्षा"), courses.search(ACTOR, "zero")

    courses.index.rebuild(NoProgress())

    assert (courses.search(ACTOR, "सुरक्षा"), courses.search(ACTOR, "zero")) == before


def test_the_index_is_made_again_when_it_is_gone(
    courses: Courses, site: Site, published: UUID, assets: object
) -> None:
    with site.database.write() as connection:
        for name in ("index_search_text", "unindex_search_text"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("DROP TABLE course_search")

    again = Courses(site, assets, ())  # type: ignore[arg-type]  # a fixture

    assert found(again, "सुरक्षा")
    again.retire(ACTOR, published)
    assert found(again, "सुरक्षा") == []


def test_files_are_read_once(courses: Courses, site: Site, published: UUID) -> None:
    def texts() -> list[int]:
        with site.read() as session:
            of_files = sa.select(SearchTextRow.id).where(SearchTextRow.asset.is_not(None))
            return list(session.scalars(of_files.order_by(SearchTextRow.id)))

    before = texts()
    courses.publish(ACTOR, courses.duplicate(ACTOR, published))

    assert texts() == before
    assert len(courses.search(ACTOR, "सुरक्षा")) == 2


def test_without_fts_the_same_words_are_found(
    courses: Courses, site: Site, published: UUID
) -> None:
    def by_likeness(text: str) -> tuple[CourseHits, ...]:
        with site.read() as session:
            return find_by_likeness(session, words_in(text))

    (course,) = by_likeness("सुरक्षा")
    assert course.hits[0].source is TextSource.PAGE
    assert "सुरक्षा" in course.hits[0].snippet
    assert by_likeness("zero_energy") == by_likeness("zero energy") != ()
    assert by_likeness("सेरक") == ()


@given(st.text(max_size=80))
def test_any_text_is_cut_to_words(text: str) -> None:
    words = words_in(text)

    assert all(word and '"' not in word and "*" not in word for word in words)
    assert len(words) <= 8


@given(st.text(max_size=300), st.text(min_size=1, max_size=5))
def test_a_cut_is_short(body: str, word: str) -> None:
    assert len(cut(body, word)) <= 92


def test_a_course_full_of_a_word_leaves_room_for_others(
    courses: Courses, folder_of: FolderOf, published: UUID
) -> None:
    many = folder_of({f"{n}.md": "# Page\n\nसुरक्षा सुरक्षा सुरक्षा" for n in range(200, 330)})
    courses.publish(ACTOR, courses.import_folder(ACTOR, many, NoProgress()))

    found = courses.search(ACTOR, "सुरक्षा")

    assert {one.course_id for one in found} >= {published}
    assert all(0 < len(one.hits) <= 5 for one in found)


@pytest.mark.postgresql
def test_on_postgresql_the_same_words_are_found(
    tmp_path: Path, clock: TurnedClock, assets: AssetStore, folder_of: FolderOf
) -> None:
    with postgres_server() as url, postgres_database(url) as database:
        site = open_site(database, clock)
        courses = Courses(site, assets, LESSON_SOURCES)
        folder = folder_of({"1-rules.hi.md": PAGE})
        course_id = courses.import_folder(ACTOR, folder, NoProgress())
        courses.publish(ACTOR, course_id)

        (hit,) = courses.search(ACTOR, "सुरक्षा")[0].hits
        assert "सुरक्षा" in hit.snippet
        assert courses.search(ACTOR, "सेरक") == ()
        page = PageRequest(text="FIRE", sort="published_at", filters=(("state", "published"),))
        assert courses.list(ACTOR, page).total == 1
        assert Journal(site, STATION).verify(ACTOR).ok
