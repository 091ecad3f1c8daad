"""The demo plant fills in for itself what the samples leave open."""

import pytest

from app.bootstrap.demo_places import demo_course
from app.core.base.progress import NoProgress
from app.core.base.resources import resource
from app.core.courses import LESSON_SOURCES, Limits, places_left
from app.core.courses.folder_check import check_folder

SLUGS = sorted(one.name for one in resource("demo", "courses").iterdir())


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_left_open_in_a_course_of_the_demo_plant(slug: str) -> None:
    with demo_course(slug) as folder:
        files = [one for one in folder.rglob("*") if one.suffix in {".md", ".gift", ".toml"}]
        texts = {one.name: one.read_text("utf-8") for one in files}
        report = check_folder(folder, LESSON_SOURCES, Limits(), NoProgress())
    assert {name: places_left(text) for name, text in texts.items() if places_left(text)} == {}
    papers = [text for name, text in texts.items() if ".paper." in name]
    assert len(papers) == 2
    assert any("Sahyadri Precision Works" in text for text in papers)
    assert any("सह्याद्री प्रिसिज़न वर्क्स" in text for text in papers)
    assert report.problems == ()
