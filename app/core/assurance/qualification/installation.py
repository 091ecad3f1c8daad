"""The installational qualification: is all that the program needs here, and as it was released?"""

import hashlib
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from app import VERSION
from app.core.assurance.qualification.files import (
    altered_in_list,
    fingerprint_of_sources,
    list_of_hashes,
)
from app.core.assurance.qualification.types import QualificationPart, Step, StepResult
from app.core.base.parts import altered_files, locked_parts, missing_parts, third_party_parts
from app.core.base.progress import Progress
from app.core.base.resources import program_folder, resource
from app.core.base.words import _, offered_languages, plural
from app.core.operations import Check, Health, OpenSite, check_health

_OTHERS = 0o077
_MOST_NAMED = 5
_PROBE = ".daksha-probe"


@dataclass(frozen=True, slots=True)
class Found:
    """What was seen, and whether it is what was expected; None where it could not be looked at."""

    actual: str
    holds: bool | None = True


Look = Callable[[OpenSite], Found]


def look_at_installation(opened: OpenSite, progress: Progress) -> Iterator[Step]:
    """Yield the steps, one after the other: a minute's work at most, most of it reading the parts' files."""
    yield _step("program", _("Files of the program"), _expected_files(), _program_files())
    yield _parts_are_there()
    for key, title, expected, look in _looks():
        yield _step(key, title, expected, look(opened))
    yield from _health(opened)
    yield _part_files(progress)


def _expected_files() -> str:
    return _("Daksha {version}, every file as it was built.").format(version=VERSION)


def _program_files() -> Found:
    hashes = list_of_hashes(program_folder())
    if hashes is None:
        files, digest = fingerprint_of_sources()
        return Found(
            _(
                "Started from its sources: there is no list of a build. {files}; SHA-256 of all: {digest}"
            ).format(files=_files(files), digest=digest),
            None,
        )
    altered = altered_in_list(hashes, program_folder())
    if altered:
        return Found(_("Not as built: {names}").format(names=_named(altered)), False)
    return Found(_("{files} as built.").format(files=_files(len(hashes))))


def _parts_are_there() -> Step:
    missing = missing_parts()
    other = [one.name for one in third_party_parts() if not one.is_as_locked]
    if missing or other:
        found = Found(
            _("Missing or of another version: {names}").format(names=_named([*missing, *other])),
            False,
        )
    else:
        count = sum(bool(one.locked) for one in third_party_parts())
        found = Found(plural("{count} part as released.", "{count} parts as released.", count))
    return _step(
        "parts", _("Parts by others"), _("Every part in the version it was released with."), found
    )


def _part_files(progress: Progress) -> Step:
    checked = 0
    altered: list[str] = []
    names = [name for name, _version, _must in locked_parts()]
    for done, name in enumerate(names):
        progress.step(done, len(names), name)
        count, those = altered_files(name)
        checked += count
        altered += those
    progress.step(len(names), len(names))
    if not checked:
        found = Found(_("In this bundle they are among the files of the program."), None)
    elif altered:
        found = Found(_("Not as they came: {names}").format(names=_named(altered)), False)
    else:
        found = Found(_("{files} as they came.").format(files=_files(checked)))
    expected = _("Every file of a part has the hash that its maker gave it.")
    return _step("part-files", _("Files of the parts"), expected, found)


def _looks() -> Sequence[tuple[str, str, str, Look]]:
    return (
        (
            "database-engine",
            _("Database engine"),
            _("SQLite 3.51.3 or newer, or a PostgreSQL server."),
            _engine,
        ),
        ("typefaces", _("Typefaces"), _("One for every script that is printed."), _typefaces),
        (
            "words",
            _("Languages and manual"),
            _("The words of every language offered, and the manual, are there."),
            _words_and_manual,
        ),
        (
            "data-folder",
            _("Data folder"),
            _("What is written there can be read back."),
            _data_folder,
        ),
        (
            "key-folder",
            _("Key folder"),
            _("Outside the data folder, and read by this program's user alone."),
            _key_folder,
        ),
        ("system", _("System"), _("A system the program was made for, 64 bits."), _system),
    )


def _engine(opened: OpenSite) -> Found:
    """Tell which engine holds the records; an older SQLite is refused before anything is opened."""
    if not opened.site.database.is_sqlite:
        return Found(f"PostgreSQL {_asked(opened, 'SHOW server_version')}")
    engine = _asked(opened, "SELECT sqlite_version()")
    cipher = _asked(opened, "PRAGMA cipher_version")
    return Found(f"SQLite {engine}, SQLCipher {cipher}")


def _asked(opened: OpenSite, question: str) -> str:
    with opened.site.read() as session:
        return str(session.execute(sa.text(question)).scalar())


def _typefaces(_opened: OpenSite) -> Found:
    from app.core.documents import Script, unusable_typefaces  # fonts and ReportLab, only here

    bad = unusable_typefaces()
    if bad:
        return Found(_("Not usable: {names}").format(names=_named(bad)), False)
    return Found(
        plural("{count} script can be printed.", "{count} scripts can be printed.", len(Script))
    )


def _words_and_manual(_opened: OpenSite) -> Found:
    pages = sorted(resource("manual").glob("*.md"))
    empty = [page.name for page in pages if not page.stat().st_size]
    languages = ", ".join(offered_languages().values())
    says = _("{languages}; {pages} in the manual.").format(
        languages=languages, pages=plural("{count} page", "{count} pages", len(pages))
    )
    return Found(says, bool(pages) and not empty)


def _data_folder(opened: OpenSite) -> Found:
    probe, content = opened.folder / _PROBE, os.urandom(4096)
    try:
        with probe.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        is_same = hashlib.sha256(probe.read_bytes()).digest() == hashlib.sha256(content).digest()
    except OSError as refusal:
        return Found(str(refusal.strerror or refusal), False)
    finally:
        probe.unlink(missing_ok=True)
    return Found(str(opened.folder), is_same)


def _key_folder(opened: OpenSite) -> Found:
    keys = opened.authority.folder.path
    if opened.folder.resolve() in keys.resolve().parents:
        return Found(_("It lies in the data folder: {place}").format(place=keys), False)
    if os.name != "posix":
        return Found(_("{place}; who may read it is said by Windows.").format(place=keys))
    open_to_others = [one.name for one in keys.iterdir() if _is_open(one)] if keys.exists() else []
    if open_to_others:
        names = _named(open_to_others)
        return Found(_("Others can read: {names}").format(names=names), False)
    return Found(str(keys), keys.exists())


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & _OTHERS)


def _system(_opened: OpenSite) -> Found:
    says = f"{platform.system()} {platform.release()}, {platform.machine()}"
    suits = platform.system() in {"Linux", "Windows"} and sys.maxsize > 2**32
    return Found(says, suits)


def _health(opened: OpenSite) -> Iterator[Step]:
    """Yield what the health page looks at, as steps: what it would only have watched fails nothing."""
    for check in check_health(opened):
        expected = _EXPECTED.get(check.key)
        if expected is not None:
            yield _step(check.key, check.title, expected(), Found(check.says, _holds(check)))


def _holds(check: Check) -> bool | None:
    if check.health is Health.WATCH:
        return False if check.key == "disk" else None
    return check.health is Health.GOOD


_EXPECTED: dict[str, Callable[[], str]] = {
    "disk": lambda: _("Enough room for the records and a backup."),
    "encryption": lambda: _("The records are encrypted."),
    "database": lambda: _("The file is sound."),
    "clock": lambda: _("The clock is not behind what was recorded."),
    "keys": lambda: _("This PC can sign for the site, or says that another does."),
    "identity": lambda: _("Other PCs believe this one."),
    "ways": lambda: _("The list of passwords is as this program left it."),
}


def _step(key: str, title: str, expected: str, found: Found) -> Step:
    results = {True: StepResult.PASSED, False: StepResult.FAILED, None: StepResult.NOT_APPLICABLE}
    return Step(
        key=f"iq-{key}",
        part=QualificationPart.INSTALLATION,
        title=title,
        expected=expected,
        actual=found.actual,
        result=results[found.holds],
    )


def _files(count: int) -> str:
    return plural("{count} file", "{count} files", count)


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    first = ", ".join(names[:_MOST_NAMED])
    return f"{first} (+{more})" if more > 0 else first
