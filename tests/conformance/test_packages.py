"""Every package of the corpora, with the outcome its index promises: taken, or refused with a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet  # what pytest.param returns has no public name

from app.core.content import Standard
from tests.conformance.importing import ACTOR, Importer, Refused, Taken
from tests.support.conformance import case
from tests.support.corpora import CORPORA, Probed, rows_of

pytestmark = pytest.mark.corpus
Happened = Callable[[str], None]

REFUSING = ("refuse", "INVALID", "not in scope")
"""How the index begins what it expects of a package that must not be taken."""
DECIDED_REFUSED = {
    "ComplexNestedOrganization_SCORM12.zip": "not in the package",
    "AdlAttributes_SCORM20043rdEdition.zip": "not in the package",
    "MinimalValid_SCORM20043rdEdition.zip": "not in the package",
    "statement-configs-v1_0_3.zip": "no course in it",
    "statement-templates-v1_0_3.zip": "no course in it",
}
"""Where the index leaves it open: these are refused, for this."""
STATEMENTS = dict.fromkeys(
    ("statement-configs-v1_0_3.zip", "statement-templates-v1_0_3.zip"),
    "no course, so refused: it holds statements of ADL's suite for endpoints",
)
"""What is expected of what is in the corpora for another use."""
DECIDED_TAKEN = {"bad-exelearning-website-nomanifest.zip": Standard.HTML}
"""Where the index leaves it open: these are taken, as this."""
NAMED = {
    "lts-201-1-iris-course-id.xml": "not a full identifier",
    "lts-201-2-iris-block-id.xml": "not a full identifier",
    "lts-201-3-iris-au-id.xml": "not a full identifier",
    "lts-201-4-iris-objective-id.xml": "not a full identifier",
    "lts-202-1-relative-url-no-zip.xml": "without files",
    "lts-202-2-relative-url-no-zip.xml": "without files",
    "lts-202-3-relative-url-no-zip.xml": "without files",
    "lts-202-4-relative-url-no-zip.xml": "without files",
    "lts-202-5-relative-url-no-zip.xml": "without files",
    "lts-203-1-relative-url-no-reference.zip": "not-found.html",
    "lts-204-query-string-conflict-endpoint.xml": "endpoint in its query",
    "lts-205-1-duplicated-block.xml": "twice",
    "lts-205-2-duplicated-objective.xml": "twice",
    "lts-205-3-duplicated-au.xml": "twice",
    "lts-206-1-invalid-au-url.xml": "is not an address",
    "lts-207-1-invalid-courseStructure.xml": "not where it belongs",
    "lts-208-1-invalid-package.md": "not a zip",
    "lts-209-1-not-a-zip.zip": "not a zip",
    "lts-210-1-no-cmi5-xml.zip": "no manifest",
    "bad-lumi-2-invalid-libraries.h5p": "H5P.GreetingCard2-1.0/library.json",
    "bad-lumi-broken-h5p-json.h5p": "h5p.json",
    "bad-lumi-invalid-h5p-json-schema.h5p": "h5p.json",
    "bad-lumi-invalid-language-file-json.h5p": "H5P.GreetingCard-1.0/language/fr.json",
    "bad-lumi-invalid-library-json.h5p": "H5P.GreetingCard-1.0/library.json",
    "bad-lumi-missing-preloaded-js.h5p": "greetingcard.js",
    "aicc-multiline-description.zip": "AICC is not supported",
    "aicc-package.zip": "AICC is not supported",
    "bad-moodle-validaicc.zip": "AICC is not supported",
    **DECIDED_REFUSED,
}
"""What a refusal must name."""


def suite_rows() -> list[Probed]:
    """Return what there is of CATAPULT's suite; the whole of it is more than the index lists."""
    listed = {row.path: row for row in rows_of("cmi5-lts")}
    files = sorted((CORPORA / "cmi5-lts").glob("lts-*.*"))
    return [listed.get(path) or Probed(path, _by_number(path)) for path in files]


def _by_number(path: Path) -> str:
    """Return what the suite's procedure expects: from 201 on nothing may be taken."""
    is_wrong = int(path.name.split("-")[1]) > 200
    return "INVALID: must be refused" if is_wrong else "valid: import ok"


def cases(suite: str, *rows: Probed) -> list[ParameterSet]:
    """Return the packages of a suite."""
    return [
        case(suite, row.name, row, expected=STATEMENTS.get(row.name, row.expected)) for row in rows
    ]


def is_to_be_refused(row: Probed) -> bool:
    if row.name in DECIDED_TAKEN:
        return False
    return row.name in DECIDED_REFUSED or row.expected.startswith(REFUSING)


def seen_apart(row: Probed, standard: Standard) -> dict[str, int]:
    """Return what an independent program counted, of what a standard has."""
    known = ("AUs", "blocks") if standard is Standard.CMI5 else ("items", "launchable")
    counted = {name: row.counts[name] for name in known if name in row.counts}
    if not counted.get("launchable", 1):
        del counted[
            "launchable"
        ]  # it kept the blanks around an identifier, and found nothing under it
    return counted


@pytest.mark.parametrize(
    "row",
    [
        *cases("scorm12", *rows_of("scorm12")),
        *cases("scorm2004", *rows_of("scorm2004")),
        *cases("adl-packages", *rows_of("adl-cts")),
        *cases("cmi5", *rows_of("cmi5")),
        *cases("cmi5-lts", *suite_rows()),
        *cases("xapi", *rows_of("xapi")),
        *cases("h5p", *rows_of("h5p")),
        *cases("aicc", *rows_of("aicc")),
    ],
)
def test_a_package_comes_out_as_expected(
    row: Probed, importer: Importer, happened: Happened
) -> None:
    outcome = importer.outcome(row.path)
    happened(outcome.words)

    if is_to_be_refused(row):
        assert isinstance(outcome, Refused)
        assert outcome.left_nothing
        said = NAMED.get(row.name, "")
        assert any(said in reason for reason in outcome.reasons), outcome.reasons
        return
    assert isinstance(outcome, Taken), outcome.words
    standard = DECIDED_TAKEN.get(row.name, standard_of(row.path.parent.name))
    assert outcome.manifest.standard is standard
    counted = seen_apart(row, standard)
    assert {name: outcome.counts[name] for name in counted} == counted


def standard_of(section: str) -> Standard:
    """Return what the packages of a folder are."""
    names = {"adl-cts": "scorm2004", "cmi5-lts": "cmi5"}
    return Standard(names.get(section, section))


def test_the_editions_of_scorm_2004_are_told_apart(corpora: Path, importer: Importer) -> None:
    files = corpora.glob("scorm2004/golf-*.zip")
    editions = {path.name: importer.taken(path).manifest.edition for path in files}

    assert editions.pop("golf-ContentPackagingSingleSCO_SCORM20042ndEdition.zip") == "2nd"
    assert set(editions.values()) == {"3rd"}


def test_words_of_a_package_are_found(corpora: Path, importer: Importer) -> None:
    importer.taken(corpora / "scorm12" / "golf-RuntimeMinimumCalls-12.zip")

    found = importer.courses.search(ACTOR, "handicap")

    assert "Golf Explained - Minimum Run-time Calls" in {one.title for one in found}
