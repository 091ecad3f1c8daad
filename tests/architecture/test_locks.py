"""The lock files pin everything, by hash, alike, and say nothing of the machine they were made on."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

INSTALLER = Path(__file__).resolve().parents[2] / "installer"
PRODUCT, EVERYTHING = INSTALLER / "requirements.lock", INSTALLER / "requirements-dev.lock"
LOCKS = pytest.mark.parametrize("lock", [PRODUCT, EVERYTHING], ids=lambda lock: lock.name)

_PIN = re.compile(
    r"^([A-Za-z0-9][\w.-]*)==(\S+)(?: ; [^\\]+)? \\((?:\n    --hash=sha256:\S+(?: \\)?)+)",
    re.MULTILINE,
)


def pins_of(lock: Path) -> set[tuple[str, str]]:
    """Return name and version of every requirement that carries hashes."""
    return {
        (canonicalize_name(name), version)
        for name, version, _hashes in _PIN.findall(lock.read_text("utf-8"))
    }


def asked_for(file: Path) -> set[str]:
    """Return the names that an .in file asks for."""
    lines = [line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines()]
    return {
        canonicalize_name(Requirement(line).name)
        for line in lines
        if line and not line.startswith("-")
    }


@LOCKS
def test_every_requirement_is_pinned_with_hashes(lock: Path) -> None:
    requirements = re.findall(r"^[A-Za-z0-9].*$", lock.read_text("utf-8"), re.MULTILINE)

    assert len(requirements) == len(_PIN.findall(lock.read_text("utf-8"))) > 0


@LOCKS
def test_pyside_is_one_that_keeps_its_references_to_none(lock: Path) -> None:
    versions = {version for name, version in pins_of(lock) if name.startswith("pyside6")}

    assert {version.rpartition(".")[0] for version in versions} == {"6.11"}


@LOCKS
def test_a_lock_names_no_host_and_no_path(lock: Path) -> None:
    lines = lock.read_text("utf-8").splitlines()

    assert [
        line for line in lines if re.search(r"://|--(extra-)?index|--find-links|@ |\s/|~/", line)
    ] == []


def test_both_locks_agree() -> None:
    assert pins_of(PRODUCT) <= pins_of(EVERYTHING)


@pytest.mark.parametrize(
    ("asking", "lock"), [("requirements.in", PRODUCT), ("requirements-dev.in", EVERYTHING)]
)
def test_what_is_asked_for_is_locked(asking: str, lock: Path) -> None:
    assert asked_for(INSTALLER / asking) - {name for name, _version in pins_of(lock)} == set()
