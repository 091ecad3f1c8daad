"""Addresses of a package find its files as its author meant them, and nothing else."""

from pathlib import Path

import pytest

from app.core.content import AssetStore, read_package_index
from app.core.journal import Site
from app.ui.learning.web.calls import Call, PageQuestion
from app.ui.learning.web.course_files import CourseFiles
from tests.support.archives import zip_at
from tests.support.package_lessons import store_package
from tests.ui.learning.conftest import Services

FILES: dict[str, str | bytes] = {
    "index.html": "<p>home</p>",
    "Media/Café plan.PNG": b"\x89PNG",
    "parts/index.html": "<p>parts</p>",
    "100%.txt": "all",
}


@pytest.fixture
def files(site: Site, services: Services, tmp_path: Path) -> CourseFiles:
    assets: AssetStore = services.assets
    sha256 = store_package(site, assets, zip_at(tmp_path / "package.zip", FILES))
    return CourseFiles(index=read_package_index(assets, sha256), assets=assets)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/index.html", b"<p>home</p>"),
        ("/", b"<p>home</p>"),
        ("/parts/", b"<p>parts</p>"),
        ("/parts", b"<p>parts</p>"),
        ("/Media/Caf%C3%A9%20plan.PNG", b"\x89PNG"),
        ("/media/cafe%CC%81%20PLAN.png", b"\x89PNG"),
        ("/100%25.txt", b"all"),
    ],
)
def test_an_address_finds_its_file(files: CourseFiles, path: str, content: bytes) -> None:
    found = files.find(path)

    assert found is not None
    assert found.path.read_bytes() == content


@pytest.mark.parametrize(
    "path",
    [
        "/none.html",
        "/../index.html",
        "/%2e%2e/site.db",
        "/etc/passwd",
        "/parts/%00",
        "//index.html/x",
    ],
)
def test_an_address_of_nothing_finds_nothing(files: CourseFiles, path: str) -> None:
    assert files.find(path) is None


def test_a_file_that_is_gone_from_the_disk_is_not_served(files: CourseFiles) -> None:
    found = files.find("/index.html")
    assert found is not None
    found.path.unlink()

    assert files.find("/index.html") is None


def test_a_converted_recording_is_served_under_the_originals_name(files: CourseFiles) -> None:
    original = files.index.file("Media/Café plan.PNG")
    converted = files.index.file("100%.txt")
    assert original is not None
    assert converted is not None

    swapped = CourseFiles(
        index=files.index, assets=files.assets, substitutes={original.name: converted}
    )

    found = swapped.find("/Media/Caf%C3%A9%20plan.PNG")
    assert found is not None
    assert (found.path.read_bytes(), found.media_type) == (b"all", converted.media_type)


@pytest.mark.parametrize(
    "untrusted",
    [
        None,
        [],
        {},
        "Commit",
        [1, "Commit"],
        ["1", "Commit", [], []],
        [1, "Commit", [1], []],
        [1, "x" * 41, [], []],
        [1, "SetValue", ["a", "b", "c", "d"], []],
        [1, 2, [], []],
        [1, "Commit", []],
        [1, "Commit", [], [["cmi.location"]]],
        [1, "Commit", [], [["cmi.location", 1]]],
        [1, "Commit", [], [["cmi.location", "a"]] * 17],
    ],
)
def test_what_is_no_call_is_refused(untrusted: object) -> None:
    assert Call.of(untrusted) is None


def test_halves_of_characters_in_a_call_become_question_marks() -> None:
    call = Call.of([7, "SetValue", ["cmi.location", "a\ud800b"], [["cmi.suspend_data", "\ud800"]]])

    assert call is not None
    assert call.values == ("cmi.location", "a?b")
    assert call.earlier == (("cmi.suspend_data", "?"),)


def test_a_dialogs_words_are_cut_to_what_can_be_shown() -> None:
    question = PageQuestion.of(["alert", "x" * 10_000, ""])

    assert question is not None
    assert len(question.text) == 2_000
    assert PageQuestion.of(["confess", "x", ""]) is None
