"""Every package format keeps the contract, and no manifest, however broken, is anything but refused."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.base.progress import NoProgress
from app.core.content import PACKAGE_FORMATS, LookedOver, PackageFormat, Standard, look_over
from app.core.content.packages import Archive, PackageIndex, index_bytes
from app.core.content.packages.index import index_from
from tests.support.archives import zip_at
from tests.support.packages import SMALLEST

MANIFESTS = {
    "scorm12": "imsmanifest.xml",
    "scorm2004": "imsmanifest.xml",
    "cmi5": "cmi5.xml",
    "xapi": "tincan.xml",
    "h5p": "h5p.json",
    "html": "site/index.html",
}
FORMATS = pytest.mark.parametrize(
    "package_format", PACKAGE_FORMATS, ids=lambda one: type(one).__name__
)


def looked(folder: Path, files: dict[str, str | bytes]) -> LookedOver:
    return look_over(zip_at(folder / "package.zip", files), NoProgress())


def test_every_standard_has_one_format() -> None:
    claimed = [standard for one in PACKAGE_FORMATS for standard in one.standards]

    assert sorted(claimed) == sorted(Standard)
    assert set(SMALLEST) == set(Standard)


@FORMATS
def test_a_format_reads_the_smallest_of_its_packages(
    package_format: PackageFormat, tmp_path: Path
) -> None:
    for standard in package_format.standards:
        path = zip_at(tmp_path / f"{standard}.zip", SMALLEST[standard])
        with Archive(path) as archive:
            name = package_format.manifest_in(archive)
            assert name == MANIFESTS[standard]
            read = package_format.read(archive, name)
        manifest = read.manifest
        assert manifest.standard is standard
        assert manifest.title == "Fire safety"
        assert [one for one in read.remarks if one.blocks] == []
        ids = [activity.id for activity in manifest.root.walk()]
        assert len(set(ids)) == len(ids)
        assert manifest.root.launch == ""
        assert len(manifest.launchable) == 1
        index = PackageIndex(manifest=manifest, files=(), archive_sha256="0" * 64)
        assert index_from(index_bytes(index)) == index


@FORMATS
def test_a_format_does_not_claim_what_is_not_its_own(
    package_format: PackageFormat, tmp_path: Path
) -> None:
    path = zip_at(tmp_path / "other.zip", {"a.txt": "1", "b.json": "{}"})
    with Archive(path) as archive:
        assert package_format.manifest_in(archive) is None


@pytest.mark.parametrize("standard", SMALLEST)
def test_the_right_format_is_chosen(standard: str, tmp_path: Path) -> None:
    seen = looked(tmp_path, SMALLEST[standard])

    assert not seen.is_blocked, seen.remarks
    assert seen.manifest is not None
    assert seen.manifest.standard.value == standard
    assert (seen.files, seen.size > 0) == (len(SMALLEST[standard]), True)


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004", "cmi5", "xapi"])
def test_a_package_that_was_zipped_with_its_folder_is_read(standard: str, tmp_path: Path) -> None:
    inside = {f"Fire safety/{name}": content for name, content in SMALLEST[standard].items()}
    seen = looked(tmp_path, inside)

    assert not seen.is_blocked, seen.remarks
    assert seen.manifest is not None
    (activity,) = seen.manifest.launchable
    assert activity.launch.startswith("Fire%20safety/index.html")


@pytest.mark.parametrize("standard", SMALLEST)
def test_a_missing_launch_file_blocks(standard: str, tmp_path: Path) -> None:
    gone = ("index.html", "content/content.json", "site/index.html")
    files = {name: text for name, text in SMALLEST[standard].items() if name not in gone}

    assert looked(tmp_path, files).is_blocked


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("standard", SMALLEST)
@given(data=st.data())
def test_a_damaged_manifest_is_read_or_refused(
    standard: str, tmp_path: Path, data: st.DataObject
) -> None:
    name = MANIFESTS[standard]
    whole = SMALLEST[standard][name]
    content = bytearray(whole.encode() if isinstance(whole, str) else whole)
    for at, change in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=4)
    ):
        content[at] = change
    cut = data.draw(st.integers(0, len(content)))
    seen = looked(tmp_path, {**SMALLEST[standard], name: bytes(content[:cut])})

    assert seen.manifest is not None or seen.is_blocked
    assert all(remark.text for remark in seen.remarks)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("standard", ["h5p", "xapi", "cmi5", "scorm12"])
@given(content=st.text(max_size=80) | st.sampled_from(["[]", "0", "null", '{"mainLibrary": 3}']))
def test_any_text_for_a_manifest_is_refused(standard: str, tmp_path: Path, content: str) -> None:
    text = content.encode("utf-8", "replace")
    seen = looked(tmp_path, {**SMALLEST[standard], MANIFESTS[standard]: text})

    assert seen.is_blocked


def test_xml_entities_are_refused_in_every_manifest(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    for name in ("imsmanifest.xml", "cmi5.xml", "tincan.xml"):
        seen = looked(tmp_path, {name: bomb, "index.html": "x"})
        assert "entities" in seen.remarks[0].text


@pytest.mark.parametrize("inside", ["a.au", "course.crs", "x/des.cst"])
def test_aicc_is_refused_by_name(inside: str, tmp_path: Path) -> None:
    (remark,) = looked(tmp_path, {inside: "x", "index.html": "<p>1</p>"}).remarks

    assert remark.blocks
    assert "AICC" in remark.text


def test_an_archive_without_a_course_is_refused(tmp_path: Path) -> None:
    (remark,) = looked(tmp_path, {"a.txt": "1"}).remarks

    assert "no course in it" in remark.text
