"""Making an upgrade file of the folder that a build left, signed by headquarters."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from app.core.base.actor import Actor, Capability
from app.core.base.clock import to_microseconds
from app.core.base.installation import (
    VERSIONS,
    About,
    NotAVersion,
    about,
    is_version,
)
from app.core.base.progress import NoProgress, Progress
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.egress import Egress, FileKind, Leaving
from app.core.operations.open_site import OpenSite
from app.core.operations.program.changes import changes_since
from app.core.operations.program.errors import NotAProgram
from app.core.operations.program.names import fault_of, link_fault
from app.core.operations.program.record import ProgramRecord
from app.core.operations.program.release import (
    LONGEST_LINE,
    LONGEST_WORDS,
    MOST_CHANGES,
    Release,
    ReleasedFile,
    ReleasedLink,
    check_may_release,
    sign_release,
)
from app.core.operations.program.types import Packed, ProgramEvent
from app.core.operations.program.upgrade_file import write_upgrade

_BLOCK = 1 << 20
_PROGRAMS = ("daksha", "daksha.exe")
_RUNS = 0o100
_HISTORY = Path("_internal", "CHANGELOG.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRelease:
    """What headquarters release, and why."""

    folder: Path
    """As a build left it."""
    reason: str
    upgrades_from: str = "0.0"
    """The oldest version that it takes the place of."""


class Releasing:
    """Makes upgrade files, where this site is headquarters and its key lies on this PC."""

    def __init__(self, opened: OpenSite, egress: Egress) -> None:
        self._opened = opened
        self._egress = egress

    def pack(
        self,
        actor: Actor,
        new: NewRelease,
        out: Path,
        progress: Progress | None = None,
        *,
        overwrite: bool = False,
    ) -> Packed:
        """Make an upgrade file, and put on record that it left.

        Raises ReasonMissing, NotHeadquarters, NotTheSitesPc, NotAProgram, and as `Egress.writing`.
        """
        actor.require(Capability.MANAGE_SITE)
        step, why = progress or NoProgress(), explained(new.reason)[:LONGEST_WORDS]
        check_may_release(self._opened.keys)
        signer = self._opened.keys.site_key()
        release = self._release(actor, new, why, step)
        leaving = Leaving(
            kind=FileKind.PROGRAM, title=f"Daksha {release.program}", records=len(release.files)
        )
        paper = sign_release(release, signer)
        with self._egress.writing(actor, out, leaving, overwrite=overwrite) as outgoing:
            if not write_upgrade(outgoing.file, paper, new.folder, release, step):
                raise NotAProgram(new.folder, _("it was changed meanwhile."))
        self._note(actor, release.program, paper, why)
        return Packed(
            path=out,
            version=release.program,
            platform=release.platform,
            files=len(release.files),
            size=release.size,
        )

    def _release(self, actor: Actor, new: NewRelease, why: str, progress: Progress) -> Release:
        said, oldest = said_of(new.folder), new.upgrades_from
        if not is_version(oldest):
            raise NotAProgram(new.folder, _("{version} is no version.").format(version=oldest))
        files, links = listed(new.folder, progress)
        certificates, revocations = self._opened.keys.papers()
        return Release(
            program=said.version,
            schema=said.schema,
            upgrades_from=oldest,
            platform=said.platform,
            released_by=actor.name[:LONGEST_WORDS],
            reason=why,
            released_at=to_microseconds(self._opened.site.clock.now()),
            changes=_changes(new.folder, oldest),
            files=files,
            links=links,
            certificates=certificates,
            revocations=revocations,
        )

    def _note(self, actor: Actor, version: str, paper: bytes, why: str) -> None:
        ProgramRecord(self._opened.site).note(
            actor,
            ProgramEvent.RELEASED,
            version,
            digest=hashlib.sha256(paper).digest(),
            reason=why,
        )


def _changes(folder: Path, oldest: str) -> tuple[str, ...]:
    """Return what the history of a build says of versions after the oldest that it takes the place of."""
    try:
        history = (folder / _HISTORY).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    return changes_since(history, oldest, most=MOST_CHANGES, longest=LONGEST_LINE)


def said_of(folder: Path) -> About:
    """Return what a build says of itself. Raises NotAProgram."""
    try:
        said = about(folder)
    except NotAVersion as trouble:
        raise NotAProgram(folder, _("it does not say which version it is.")) from trouble
    if not is_version(said.version):
        raise NotAProgram(folder, _("{version} is no version.").format(version=said.version))
    name = _PROGRAMS[said.platform.startswith("windows")]
    if not (folder / name).is_file():
        raise NotAProgram(folder, _("{name} is missing.").format(name=name))
    return said


def listed(
    folder: Path, progress: Progress
) -> tuple[tuple[ReleasedFile, ...], tuple[ReleasedLink, ...]]:
    """Return the files and links of a version; versions that lie beside it are none of it.

    Raises NotAProgram for a list that would be refused where it is installed.
    """
    files: list[ReleasedFile] = []
    links: list[ReleasedLink] = []
    paths = sorted(_within(folder))
    for done, path in enumerate(paths):
        name = path.relative_to(folder).as_posix()
        progress.step(done, len(paths), name)
        if path.is_symlink():
            links.append(ReleasedLink(name, path.readlink().as_posix()))
        else:
            files.append(_file(path, name))
    names = [*(file.path for file in files), *(link.path for link in links)]
    fault = fault_of(names) or link_fault(
        ((link.path, link.leads_to) for link in links), frozenset(file.path for file in files)
    )
    if fault:
        raise NotAProgram(folder, fault)
    return tuple(files), tuple(links)


def _within(folder: Path) -> list[Path]:
    found = []
    for here, folders, files in os.walk(folder):
        place = Path(here)
        if place == folder:
            folders[:] = [name for name in folders if name != VERSIONS]
        found += [place / name for name in files]
        found += [place / name for name in folders if (place / name).is_symlink()]
    return found


def _file(path: Path, name: str) -> ReleasedFile:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        runs = bool(os.fstat(file.fileno()).st_mode & _RUNS)
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return ReleasedFile(name, size, digest.digest(), runs)
