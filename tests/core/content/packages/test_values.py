"""The index of a package: found by name whatever its case, and the same bytes for the same package."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.content import Activity, PackageFile, PackageIndex, PackageManifest, Standard
from app.core.content.packages import PackageUnreadable, index_bytes
from app.core.content.packages.index import index_from


def package(*names: str, root: Activity | None = None) -> PackageIndex:
    manifest = PackageManifest(
        standard=Standard.SCORM12,
        edition="1.2",
        identifier="fire",
        title="Fire",
        root=root or Activity(id="root", title="Fire"),
    )
    files = tuple(
        PackageFile(name=name, sha256=f"{at:064x}", size=at, media_type="text/html")
        for at, name in enumerate(names)
    )
    return PackageIndex(manifest=manifest, files=files, archive_sha256="0" * 64)


def name_at(index: PackageIndex, name: str) -> str | None:
    found = index.file(name)
    return None if found is None else found.name


def test_a_file_is_found_as_it_is_written_before_its_other_cases() -> None:
    index = package("a/Start.html", "a/start.html")

    assert name_at(index, "a/Start.html") == "a/Start.html"
    assert name_at(index, "a/start.html") == "a/start.html"
    assert name_at(index, "A/START.html") == "a/Start.html"
    assert name_at(index, "b/start.html") is None


def test_a_file_is_found_however_its_letters_are_composed() -> None:
    assert name_at(package("Caf\u00e9.html"), "Cafe\u0301.html") == "Caf\u00e9.html"


def test_an_address_opens_the_file_without_its_query() -> None:
    found = package("fire safety/index.html").file_at("fire%20safety/index.html?lang=hi#top")

    assert found is not None
    assert found.name == "fire safety/index.html"


def test_what_is_launched_is_found_in_the_order_of_the_contents() -> None:
    leaves = [Activity(id=name, title=name, launch=f"{name}.html") for name in "abc"]
    tree = Activity(
        id="root",
        title="",
        children=(leaves[0], Activity(id="box", title="", children=(leaves[1],)), leaves[2]),
    )
    manifest = package(root=tree).manifest

    assert [activity.id for activity in manifest.launchable] == ["a", "b", "c"]
    assert [activity.id for activity in tree.walk() if activity.children] == ["root", "box"]


TEXT = st.text(string.printable + "ताला", max_size=20)
ACTIVITIES = st.recursive(
    st.builds(Activity, id=TEXT, title=TEXT, launch=TEXT, is_visible=st.booleans()),
    lambda inner: st.builds(
        Activity,
        id=TEXT,
        title=TEXT,
        children=st.lists(inner, max_size=3).map(tuple),
        data=st.dictionaries(TEXT, st.none() | st.booleans() | st.integers(-9, 9) | TEXT),
    ),
    max_leaves=8,
)


@given(st.lists(TEXT, max_size=5), ACTIVITIES)
def test_what_is_stored_is_read_back_and_stored_the_same(names: list[str], root: Activity) -> None:
    index = package(*names, root=root)
    stored = index_bytes(index)
    index.file("used before it is stored again")

    assert index_from(stored) == index
    assert index_bytes(index_from(stored)) == stored == index_bytes(index)


@given(st.binary(max_size=60))
def test_bytes_that_are_no_index_are_refused(content: bytes) -> None:
    with pytest.raises(PackageUnreadable):
        index_from(content)


def test_json_that_is_no_index_is_refused() -> None:
    with pytest.raises(PackageUnreadable):
        index_from(b'{"files": 3}')
