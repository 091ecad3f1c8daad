"""Versions of the program: released at headquarters, installed at plants, left again (ADR 64)."""

from contextlib import suppress
from pathlib import Path

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import from_microseconds
from app.core.base.installation import (
    About,
    Installation,
    Pointer,
    is_version,
    this_platform,
    version_numbers,
)
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.operations.backups import Backup, Backups, Soundness
from app.core.operations.health import Check, Health
from app.core.operations.notices import SiteNotice
from app.core.operations.open_site import OpenSite
from app.core.operations.program import laying
from app.core.operations.program.errors import (
    NameRefused,
    NoRecordsOfBefore,
    NothingBefore,
    NotInstalled,
    NotNewer,
    TooFarApart,
    UpgradeRefused,
    UpgradeUnreadable,
    WaitsForStart,
    WrongPlatform,
)
from app.core.operations.program.names import fault_of, link_fault
from app.core.operations.program.packing import Releasing, explained
from app.core.operations.program.record import ProgramRecord
from app.core.operations.program.release import believed_releaser
from app.core.operations.program.trying import Trial, prove
from app.core.operations.program.types import (
    Checked,
    Installed,
    ProgramEvent,
    ProgramStanding,
    ReleaseFacts,
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
            SiteNotice(words=check.says, is_program=True)
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
        why, step, installation = explained(reason), progress or NoProgress(), self._installed()
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
                    what=f"{checked.facts.site}: {checked.facts.released_by}",
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
        why, installation = explained(reason), self._installed()
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
                    why=f"{actor.name}: {why}",
                    by_hand=True,
                    bring_back=str(way.backup.path) if way.backup else "",
                ),
            )
        return way

    def settle(self) -> None:
        """Note what the start of this version means: it is in use, or another one was left for it."""
        installation = self._installation
        if installation is None or self._opened.waits:
            return
        pointer = installation.pointer()
        if installation.is_on_trial:
            self._note_in_use(installation, pointer)
            with suppress(OSError):  # whoever may write there confirms it
                installation.confirm()
            with suppress(UpgradeRefused), laying.alone(installation):
                laying.clear(installation)
        elif pointer.left is not None and pointer.current == installation.running:
            self._note_left(pointer)
            with suppress(OSError):
                installation.settled()

    def _note_in_use(self, installation: Installation, pointer: Pointer) -> None:
        former = installation.about(pointer.before or "")
        self._note_once(
            ProgramEvent.IN_USE, self._here.version, former=former.version if former else ""
        )

    def _note_left(self, pointer: Pointer) -> None:
        self._note_once(
            ProgramEvent.LEFT,
            version_of(pointer.left or ""),
            former=self._here.version,
            what=pointer.why,
            is_by_hand=pointer.by_hand,
        )

    def _note_once(
        self,
        event: ProgramEvent,
        version: str,
        *,
        former: str,
        what: str = "",
        is_by_hand: bool = False,
    ) -> None:
        """Put on record what the program found out by itself, unless that is the last thing on record."""
        last = self._record.last()
        if last is None or (last.event, last.version) != (event, version):
            self._record.note(
                system_actor(), event, version, former=former, what=what, is_by_hand=is_by_hand
            )

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
        """Return what a release is, where nothing speaks against installing it here."""
        release, here = upgrade.release, self._here
        site = believed_releaser(self._opened.keys, release, upgrade.key)
        names = [*(one.path for one in release.files), *(one.path for one in release.links)]
        links = ((one.path, one.leads_to) for one in release.links)
        fault = fault_of(names) or link_fault(links, frozenset(one.path for one in release.files))
        if fault:
            raise NameRefused(fault)
        if not (is_version(release.program) and is_version(release.upgrades_from)):
            raise UpgradeUnreadable(path)
        if release.platform != this_platform():
            raise WrongPlatform(release.platform, this_platform())
        numbers = version_numbers(release.program)
        if numbers <= version_numbers(here.version) or release.schema < here.schema:
            raise NotNewer(release.program, here.version)
        if version_numbers(release.upgrades_from) > version_numbers(here.version):
            raise TooFarApart(release.program, release.upgrades_from, here.version)
        if self._installation is not None:
            laying.check_room(self._installation, release.size)
        return Checked(
            facts=_facts_of(path, upgrade, site),
            running=here.version,
            changes_records=release.schema > here.schema,
        )

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


def _facts_of(path: Path, upgrade: UpgradeFile, site: str) -> ReleaseFacts:
    release = upgrade.release
    return ReleaseFacts(
        path=path,
        version=release.program,
        schema=release.schema,
        upgrades_from=release.upgrades_from,
        platform=release.platform,
        released_by=release.released_by,
        site=site,
        reason=release.reason,
        released_at=from_microseconds(release.released_at),
        changes=release.changes,
        files=len(release.files),
        size=release.size,
        digest=upgrade.digest,
    )
