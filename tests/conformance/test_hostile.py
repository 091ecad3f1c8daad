"""Archives and XML that were made to do harm: refused with a sentence, and nothing is left of them."""

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet  # what pytest.param returns has no public name

from app.core.assessments.formats import recognised_format
from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress
from tests.conformance.importing import Importer
from tests.support.archives import zip_at
from tests.support.conformance import case
from tests.support.corpora import rows_of

Happened = Callable[[str], None]

pytestmark = pytest.mark.corpus
MEMORY = 50_000_000
"""Bytes that no hostile file may make the product take."""
MANIFESTS = ("imsmanifest.xml", "cmi5.xml", "tincan.xml")


@pytest.fixture
def memory() -> Iterator[None]:
    """Fail the test in which more memory is taken than a hostile file may."""
    tracemalloc.start()
    yield
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEMORY


def archives() -> list[ParameterSet]:
    return [
        case("hostile", row.name, row.path, expected=row.expected)
        for row in rows_of("hostile")
        if row.path.suffix == ".zip"
    ]


def texts(*names: str) -> list[ParameterSet]:
    return [
        case("hostile", f"{row.name} as {name}", row.path, name, expected="refused at once")
        for row in rows_of("hostile")
        if row.path.suffix == ".xml"
        for name in names
    ]


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("path", archives())
def test_an_archive_is_refused(path: Path, importer: Importer, happened: Happened) -> None:
    happened(importer.refused(path).words)


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(("path", "manifest"), texts(*MANIFESTS))
def test_a_manifest_is_refused(
    path: Path, manifest: str, importer: Importer, tmp_path: Path, happened: Happened
) -> None:
    package = zip_at(tmp_path / "package.zip", {manifest: path.read_bytes()})

    refused = importer.refused(package)

    happened(refused.words)
    assert any("entities" in reason or "well-formed" in reason for reason in refused.reasons)


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(("path", "name"), texts("question bank"))
def test_a_question_bank_is_refused(path: Path, name: str, happened: Happened) -> None:
    untrusted = path.read_bytes()
    format_ = recognised_format(untrusted, path.name)
    if format_ is None:
        happened("refused: no format of question banks is like this")
        return
    with pytest.raises(UserFacingError) as caught:
        format_.read(untrusted, NoProgress())
    happened(f"refused: {caught.value}")
