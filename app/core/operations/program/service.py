"""Versions of the program: released at headquarters, installed at plants, left again (ADR 64)."""

from pathlib import Path

from app.core.base.actor import Actor, Capability
from app.core.base.installation import (
    About,
    Installation,
    Pointer,
)
from app.core.base.progress import NoProgress, Progress
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.operations.backups import Backup, Backups, Soundness
from app.core.operations.health import Check, Health
from app.core.operations.notices import SiteNotice
from app.core.operations.open_site import OpenSite
from app.core.operations.program import laying
from app.core.operations.program.errors import (
    NoRecordsOfBefore,
    NothingBefore,
    NotInstalled,
    WaitsForStart,
)
from app.core.operations.program.fitting import fitting
from app.core.operations.program.packing import Releasing
from app.core.operations.program.record import ProgramRecord
from app.core.operations.program.release import LONGEST_WORDS
from app.core.operations.program.starting import settle
from app.core.operations.program.trying import Trial, prove
from app.core.operations.program.types import (
    Checked,
    Installed,
    ProgramEvent,
    ProgramStanding,
    WayBack,
)
from app.core.operations.program.upgrade_file import UpgradeFile, opened_upgrade
from app.core.operations.program.words import version_of, why_left
from app.core.storage.faults import told_plainly


class Programs:
    """What an administrator does with versions of the program."""

    def __init__(
        self,
        opened: OpenSite,
        backups: Backups,
        releasing: Releasing,
        here: About,
        installation: Installation | None,
    ) -> None:
        """Take what runs here, and where it is installed; None for its sources."""
        self.releasing = releasing
        self._opened = opened
        self._backups = backups
        self._here = here
        self._installation = installation
        self._record = ProgramRecord(opened.site)

    def standing(self, actor: Actor) -> ProgramStanding:
        """Return which program this PC runs, and what can be done about it."""
        actor.require(Capability.MANAGE_SITE)
        installation, here = self._installation, self._here
        pointer = installation.pointer() if installation else Pointer()
        last = self._record.last()
        is_taken_back = last is not None and last.event is ProgramEvent.LEFT and not last.is_by_hand
        return ProgramStanding(
            version=here.version,
            is_installed=installation is not None,
            since=self._record.since(here.version),
            waiting=self._waiting(pointer),
            before=self._version_before(pointer),
            trouble=why_left(last.what) if last is not None and is_taken_back else "",
        )

    def notices(self, actor: Actor) -> tuple[SiteNotice, ...]:
        """Return what an administrator is told above every screen until another version is installed."""
        return tuple(
            SiteNotice(words=check.says, on_system_page=True)
            for check in self.checks(actor)
            if check.health is not Health.GOOD
        )

    def checks(self, actor: Actor) -> tuple[Check, ...]:
        """Return the line of the health page; nothing where the program was started from its sources."""
        found = self.standing(actor)
        if not found.is_installed:
            return ()
        health, says = Health.GOOD, f"Daksha {found.version}"
        if found.waiting:
            words = _("Daksha {version} is installed. Close Daksha on this PC and start it again.")
            health, says = Health.WATCH, words.format(version=found.waiting)
        elif found.trouble:
            words = _(
                "A newer version was installed and left again: {why}. Daksha {version} goes on, and the "
                "records are whole."
            )
            health = Health.WATCH
            says = words.format(why=found.trouble.rstrip("."), version=found.version)
        title = _("Version of the program")
        return (Check(key="version", title=title, health=health, says=says),)

    def check(self, actor: Actor, path: Path, progress: Progress | None = None) -> Checked:
        """Return what an upgrade file is, every byte of it proved, and that it would be installed here.

        Raises an UpgradeRefused. Works from sources, too, but for the room on the disk.
        """
        actor.require(Capability.MANAGE_SITE)
        with opened_upgrade(path) as upgrade:
            checked = self._checked(path, upgrade)
            for _file, blocks in upgrade.files(progress or NoProgress()):
                for _block in blocks:
                    pass
        return checked

    def install(
        self, actor: Actor, path: Path, reason: str, progress: Progress | None = None
    ) -> Installed:
        """Lay a version beside this one and let it be in force from the next start on.

        Before that a backup is made and proved, and the new version proves itself and brings the records
        of that backup to its form. Raises an UpgradeRefused, DiskFull, and what making a backup does;
        whatever is raised, the version of now and the records are as they were.
        """
        actor.require(Capability.MANAGE_SITE)
        why, step = explained(reason)[:LONGEST_WORDS], progress or NoProgress()
        installation = self._installed()
        with laying.alone(installation), opened_upgrade(path) as upgrade:
            checked = self._checked(path, upgrade)
            name = f"{checked.facts.version}-{checked.facts.digest.hex()[:12]}"
            if installation.pointer().current == name:
                raise WaitsForStart(checked.facts.version)
            laying.clear(installation)
            laying.lay(installation, name, upgrade, step)
            try:
                backup, entries = self._proved(installation, name, checked, actor, step)
                self._record.note(
                    actor,
                    ProgramEvent.INSTALLED,
                    checked.facts.version,
                    former=self._here.version,
                    digest=checked.facts.digest,
                    what=checked.facts.site,
                    reason=why,
                )
                self._point(
                    installation,
                    Pointer(current=name, before=installation.running, trial=True),
                )
            except BaseException:
                laying.take_away(installation, name)
                raise
        return Installed(
            version=checked.facts.version,
            former=self._here.version,
            backup=backup.path if backup else None,
            entries=entries,
        )

    def way_back(self, actor: Actor) -> WayBack:
        """Return what going back to the version before would mean, and lose.

        Raises NotInstalled, NothingBefore, NoRecordsOfBefore.
        """
        actor.require(Capability.MANAGE_SITE)
        installation = self._installed()
        before = installation.pointer().before
        said = installation.about(before) if before is not None else None
        if said is None:
            raise NothingBefore
        if said.schema >= self._here.schema:
            return WayBack(version=said.version, backup=None, loss=None)
        backup = self._backup_for(actor, said)
        return WayBack(
            version=said.version, backup=backup, loss=self._backups.loss(actor, backup.path)
        )

    def roll_back(self, actor: Actor, reason: str) -> WayBack:
        """Let the version before be in force from the next start on, with records that it can read.

        Those are put in the place of the records of now when it opens them. Raises what `way_back` does.
        """
        actor.require(Capability.MANAGE_SITE)
        why, installation = explained(reason)[:LONGEST_WORDS], self._installed()
        with laying.alone(installation):
            way, pointer = self.way_back(actor), installation.pointer()
            self._record.note(
                actor,
                ProgramEvent.LEFT,
                self._here.version,
                former=way.version,
                what=why,
                reason=why,
            )
            self._point(
                installation,
                Pointer(
                    current=pointer.before or "",
                    left=installation.running,
                    why=why,
                    by_hand=True,
                    bring_back=str(way.backup.path) if way.backup else "",
                ),
            )
        return way

    def settle(self) -> None:
        """Note what the start of this version means; of sources nothing."""
        if self._installation is not None:
            settle(self._opened, self._here, self._installation)

    def _installed(self) -> Installation:
        if self._installation is None:
            raise NotInstalled
        return self._installation

    def _waiting(self, pointer: Pointer) -> str:
        is_next = self._installation and pointer.current != self._installation.running
        return version_of(pointer.current) if is_next and pointer.trial else ""

    def _version_before(self, pointer: Pointer) -> str:
        if self._installation is None or pointer.before is None:
            return ""
        if pointer.current != self._installation.running:  # what goes back is the one in force
            return ""
        said = self._installation.about(pointer.before)
        return said.version if said else ""

    def _point(self, installation: Installation, pointer: Pointer) -> None:
        with told_plainly():
            installation.point(pointer)

    def _checked(self, path: Path, upgrade: UpgradeFile) -> Checked:
        checked = fitting(path, upgrade, self._opened.keys, self._here)
        if self._installation is not None:
            laying.check_room(self._installation, checked.facts.size)
        return checked

    def _proved(
        self,
        installation: Installation,
        name: str,
        checked: Checked,
        actor: Actor,
        progress: Progress,
    ) -> tuple[Backup | None, int]:
        """Make the backup and let the new version prove itself with it; return it, and its entries."""
        opened, backup = self._opened, None
        if self._backups.are_made_here:
            backup = self._backups.make_before_upgrade(actor, progress).backup
        trial = Trial(
            data_folder=opened.folder,
            backup=backup.path if backup else None,
            key=opened.data_key if backup else None,
        )
        return backup, prove(installation, name, checked.facts.version, trial, progress)

    def _backup_for(self, actor: Actor, said: About) -> Backup:
        """Return the newest backup that a version can read. Raises NoRecordsOfBefore."""
        if not self._backups.are_made_here:
            raise NoRecordsOfBefore(said.version)
        found = self._backups.listed(actor)
        for one in found:
            if one.backup.schema <= said.schema and one.soundness is not Soundness.BAD:
                return one.backup
        raise NoRecordsOfBefore(said.version)
