"""H5P: `h5p.json`, its libraries and `content/content.json` (h5p.org, specification 1.x)."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.base.figures import number
from app.core.base.words import _
from app.core.content.decoding import decode_text
from app.core.content.formats.base import ManifestFault, ReadPackage, Remarks, named
from app.core.content.formats.xml import one_line
from app.core.content.packages import (
    Activity,
    Archive,
    ArchiveRefused,
    PackageManifest,
    Standard,
    as_data,
)

MANIFEST = "h5p.json"
CONTENT = "content/content.json"
MAX_JSON_BYTES = 20_000_000
MAX_FAULTS = 20
CORE = (1, 28)
"""The newest core interface that the player knows."""
_MACHINE_NAME = re.compile(r"[A-Za-z][\w.-]{0,254}")
_FOLDER = re.compile(r"([A-Za-z][\w.-]*)-(\d+)\.(\d+)(?:\.\d+)?")
_LANGUAGE_FILE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]+)*\.json")
_VERSION = ("majorVersion", "minorVersion", "patchVersion")


@dataclass(frozen=True, slots=True, kw_only=True)
class H5pContent:
    """What only H5P knows of a package."""

    main_library: str
    """With its version: H5P.MultiChoice 1.16."""
    license: str = ""


class H5pFormat:
    """Reads packages of H5P that bring their libraries along."""

    standards = frozenset({Standard.H5P})

    def manifest_in(self, archive: Archive) -> str | None:
        """Return the name of the manifest; it lies at the top alone."""
        entry = archive.find(MANIFEST)
        return None if entry is None else entry.name

    def read(self, archive: Archive, manifest_name: str) -> ReadPackage:
        """Read what is shown, and check every library that comes with it. Raises ManifestFault."""
        about = read_json(archive, manifest_name)
        remarks = Remarks()
        libraries = _Libraries(archive, remarks)
        main = _text(about, "mainLibrary")
        if not _MACHINE_NAME.fullmatch(main):
            raise ManifestFault(_("It does not say which library shows it."), manifest_name)
        title = one_line(_text(about, "title"))
        needed = tuple(_needed(about, manifest_name))
        version = next((f"{major}.{minor}" for name, major, minor in needed if name == main), "")
        if not version:
            text = _("It does not say in which version {library} shows it.")
            remarks.block(text.format(library=main), manifest_name)
        libraries.check(needed)
        _check_content(archive, remarks)
        language = _text(about, "language") or _text(about, "defaultLanguage")
        core = libraries.core
        data = H5pContent(main_library=f"{main} {version}", license=_text(about, "license"))
        manifest = PackageManifest(
            standard=Standard.H5P,
            edition=f"{core[0]}.{core[1]}",
            identifier=main,
            title=title or main,
            language="" if language == "und" else language.casefold(),
            root=Activity(
                id="package",
                title=title,
                children=(Activity(id="content", title=title or main, launch=MANIFEST),),
            ),
            data=as_data(data),
        )
        return ReadPackage(manifest=manifest, remarks=tuple(remarks.found))


def read_json(archive: Archive, name: str) -> Mapping[str, Any]:
    """Return a JSON object of the archive. Raises ManifestFault."""
    entry = archive.entries[name]
    if entry.size > MAX_JSON_BYTES:
        raise ManifestFault(_("It is too large."), name)
    try:
        decoded = decode_text(archive.read(entry, MAX_JSON_BYTES))
        document = None if decoded is None else json.loads(decoded.text)
    except (ValueError, RecursionError) as damage:
        raise ManifestFault(_damage(damage), name) from damage
    if not isinstance(document, dict):
        raise ManifestFault(_("It is not valid JSON: an object is missing."), name)
    return document


def _damage(damage: Exception) -> str:
    if isinstance(damage, json.JSONDecodeError):
        text = _("It is damaged at line {line}: it is not valid JSON. Export the package again.")
        return text.format(line=number(damage.lineno))
    return _("It is damaged: it is not valid JSON. Export the package again.")


class _Libraries:
    """The libraries in an archive, each in a folder at the top."""

    def __init__(self, archive: Archive, remarks: Remarks) -> None:
        self._archive = archive
        self._remarks = remarks
        self.core = (1, 0)
        """The newest core interface that one of them asks for."""

    def check(self, needed: tuple[tuple[str, int, int], ...]) -> None:
        """Note what is wrong with any library, and which are not there."""
        folders = {
            name.partition("/")[0]
            for name in self._archive.entries
            if "/" in name and _FOLDER.fullmatch(name.partition("/")[0])
        }
        there = set()
        for folder in sorted(folders):
            there |= self._check_folder(folder)
        absent = [
            f"{name} {major}.{minor}"
            for name, major, minor in needed
            if (name, major, minor) not in there
        ]
        if absent:
            text = _("It needs libraries that it does not bring along: {names}")
            self._remarks.block(text.format(names=named(absent)), MANIFEST)

    def _check_folder(self, folder: str) -> set[tuple[str, int, int]]:
        """Note what is wrong with a library; return its name and version."""
        name = f"{folder}/library.json"
        if name not in self._archive.entries:
            self._remarks.block(_("A library without its description."), name)
            return set()
        try:
            about = read_json(self._archive, name)
            library = (
                _text(about, "machineName"),
                _whole(about, "majorVersion"),
                _whole(about, "minorVersion"),
            )
            faults = list(self._faults(folder, about, library))
        except ManifestFault as fault:
            self._remarks.block(fault.reason, fault.file)
            return set()
        for text in faults[:MAX_FAULTS]:
            self._remarks.block(text, name)
        self._check_languages(folder)
        return {library}

    def _faults(
        self, folder: str, about: Mapping[str, Any], library: tuple[str, int, int]
    ) -> Iterator[str]:
        for field in _missing(about):
            yield _("{field} is missing.").format(field=field)
        if folder.split("-", maxsplit=1)[0] != library[0].split("-")[0]:
            yield _("It describes another library ({name}).").format(name=library[0][:80] or "–")
        core = about.get("coreApi")
        asked = (_whole(core, "majorVersion"), _whole(core, "minorVersion")) if core else (1, 0)
        self.core = max(self.core, asked)
        if asked > CORE:
            yield _("It needs a newer H5P ({version}).").format(version=f"{asked[0]}.{asked[1]}")
        if absent := self._absent(folder, about):
            yield _("What it loads is not in the package: {names}").format(names=named(absent))

    def _absent(self, folder: str, about: Mapping[str, Any]) -> list[str]:
        return [
            path
            for field in ("preloadedJs", "preloadedCss")
            for path in _paths(about, field)
            if self._archive.find(f"{folder}/{path}") is None
        ]

    def _check_languages(self, folder: str) -> None:
        inside = f"{folder}/language/"
        for name in self._archive.entries:
            if not name.startswith(inside):
                continue
            if not _LANGUAGE_FILE.fullmatch(name.removeprefix(inside)):
                self._remarks.block(_("It is not named after a language."), name)
                continue
            try:
                read_json(self._archive, name)
            except ManifestFault as fault:
                self._remarks.block(fault.reason, fault.file)


def _missing(about: Mapping[str, Any]) -> list[str]:
    """Return what the description of a library leaves out."""
    missing = [field for field in ("title", "machineName") if not _text(about, field)]
    return [*missing, *(field for field in _VERSION if _whole(about, field) < 0)]


def _check_content(archive: Archive, remarks: Remarks) -> None:
    entry = archive.find(CONTENT)
    if entry is None:
        remarks.block(_("Its content is missing ({name}).").format(name=CONTENT))
        return
    try:
        read_json(archive, entry.name)
    except (ManifestFault, ArchiveRefused) as fault:
        remarks.block(fault.reason, entry.name)


def _needed(about: Mapping[str, Any], manifest_name: str) -> Iterator[tuple[str, int, int]]:
    listed = about.get("preloadedDependencies")
    if not isinstance(listed, list):
        raise ManifestFault(_("It does not say which libraries it needs."), manifest_name)
    for one in listed:
        yield _text(one, "machineName"), _whole(one, "majorVersion"), _whole(one, "minorVersion")


def _paths(about: Mapping[str, Any], field: str) -> list[str]:
    listed = about.get(field)
    return [_text(one, "path") for one in listed] if isinstance(listed, list) else []


def _text(untrusted: object, field: str) -> str:
    value = untrusted.get(field) if isinstance(untrusted, Mapping) else None
    return value.strip() if isinstance(value, str) else ""


def _whole(untrusted: object, field: str) -> int:
    """Return a whole number, as a number or as text; -1 for anything else."""
    value = untrusted.get(field) if isinstance(untrusted, Mapping) else None
    text = str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1  # noqa: PLR2004
