"""The packages and banks made here: they run on every PC, with or without the corpora."""

from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet  # what pytest.param returns has no public name

from app.core.assessments.formats import BANK_FORMATS, BankFormat, recognised_format
from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress
from tests.conformance.importing import Importer
from tests.conformance.own_packages import BROKEN, SOUND, Broken, Sound
from tests.core.assessments.test_bank_formats import a_file
from tests.support.archives import zip_at
from tests.support.conformance import bank_words, case

Happened = Callable[[str], None]

_ESSAY = (
    '<quiz><question type="essay"><name><text>Essay</text></name>'
    '<questiontext format="html"><text>Why?</text></questiontext></question></quiz>'
)
BROKEN_BANKS = {
    "GIFT with an open brace": ("bank.gift", b"Who removes it? {=Asha\n\nWhat now? {=Wait ~Go}\n"),
    "GIFT without a right answer": ("bank.gift", b"Who removes it? {~Asha ~Ravi}\n"),
    "Aiken without its answer": (
        "bank.txt",
        b"The lock stays on until\nA) lunch\nB) the end\n\nWho?\nA) I\nB) You\nANSWER: A\n",
    ),
    "Moodle XML of an essay": ("bank.xml", _ESSAY.encode()),
}
"""What is not asked must be named: some of these questions, or the file itself."""


@pytest.mark.parametrize(
    "package",
    [case("own-packages", name, one, expected="taken") for name, one in SOUND.items()],
)
def test_a_sound_package_is_taken(
    package: Sound, importer: Importer, tmp_path: Path, happened: Happened
) -> None:
    taken = importer.taken(zip_at(tmp_path / "package.zip", package.files))

    happened(taken.words)
    manifest = taken.manifest
    assert (manifest.standard, len(manifest.launchable)) == (package.standard, package.parts)
    assert package.edition in {"", manifest.edition}


@pytest.mark.parametrize(
    "package",
    [
        case("own-packages", name, one, expected="refused for what is wrong with it")
        for name, one in BROKEN.items()
    ],
)
def test_a_broken_package_is_refused(
    package: Broken, importer: Importer, tmp_path: Path, happened: Happened
) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(package.untrusted_archive)

    refused = importer.refused(path)

    happened(refused.words)
    assert any(package.named in reason for reason in refused.reasons), refused.reasons


def banks() -> list[ParameterSet]:
    expected = "recognised; every question asked"
    return [case("own-banks", one.key, one, expected=expected) for one in BANK_FORMATS]


@pytest.mark.parametrize("format_", banks())
def test_a_sound_bank_is_read(format_: BankFormat, happened: Happened) -> None:
    untrusted = a_file(format_)
    found = recognised_format(untrusted, f"bank{format_.suffixes[0]}")
    assert found is not None

    bank = found.read(untrusted, NoProgress())

    happened(bank_words(found.key, bank))
    assert (found.key, bank.problems) == (format_.key, ())
    assert bank.questions


@pytest.mark.parametrize(
    ("name", "untrusted"),
    [
        case("own-banks", title, *file, expected="what is not asked is named")
        for title, file in BROKEN_BANKS.items()
    ],
)
def test_a_broken_bank_is_told(name: str, untrusted: bytes, happened: Happened) -> None:
    format_ = recognised_format(untrusted, name)
    assert format_ is not None
    try:
        bank = format_.read(untrusted, NoProgress())
    except UserFacingError as refusal:
        happened(f"refused: {refusal}")
        return
    happened(bank_words(format_.key, bank))
    assert [one for one in bank.problems if one.left_out and one.reason]
