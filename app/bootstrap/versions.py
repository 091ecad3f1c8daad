"""This version of the program at its start: taken into use, gone back from, and tried before either (ADR 64)."""

import logging
from collections.abc import Callable
from pathlib import Path

from app import VERSION
from app.core.assurance import altered_program_files
from app.core.base.errors import UserFacingError
from app.core.base.installation import About, Installation, this_platform
from app.core.base.parts import missing_parts
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Egress
from app.core.operations import (
    Backups,
    OpenSite,
    Programs,
    Releasing,
    Restoring,
    Tried,
    UpgradeTakenBack,
    backup_of_before,
    prove_with_key,
)
from app.core.schema import HEAD, DatabaseTooNew, bring_up_to_date
from app.core.storage.database import Database
from app.core.storage.faults import DatabaseBusy

_log = logging.getLogger(__name__)
_MOST_NAMED = 5
Bring = Callable[[Database], None]


def this_version() -> About:
    """Return what this program is."""
    return About(version=VERSION, schema=HEAD, platform=this_platform())


def programs_of(opened: OpenSite, backups: Backups, egress: Egress) -> Programs:
    """Return the service of versions, for the program that runs."""
    releasing = Releasing(opened, egress)
    here = Installation.of_this_program()
    return Programs(opened, backups, releasing, this_version(), here)


def watched(bring: Bring, installation: Installation | None) -> Bring:
    """Return what brings records to this version's form, and gives way to the version before where it fails.

    The records are as they were then: that is one transaction.
    """

    def work(database: Database) -> None:
        try:
            bring(database)
        except (DatabaseTooNew, DatabaseBusy):
            raise  # neither is this version's doing
        except (
            Exception
        ) as trouble:  # whatever a version on trial meets here, the one before takes over
            if installation is None or not installation.is_on_trial:
                raise
            why = type(trouble).__name__
            if isinstance(trouble, UserFacingError):
                why = trouble.happened
            _log.warning("%s could not take the records over", VERSION, exc_info=trouble)
            installation.give_way(why)
            raise UpgradeTakenBack(VERSION, why) from trouble

    return work


def opened_with_way_back(
    open_site: Callable[[], OpenSite],
    restoring: Restoring,
    folder: Path,
    password: str | None,
    installation: Installation | None,
) -> OpenSite:
    """Open a site; where a version that was left has changed its records, with those of before.

    Raises what opening does, and what restoring does.
    """
    try:
        return open_site()
    except DatabaseTooNew:
        backup = _to_bring_back(folder, installation)
        if backup is None:
            raise
        restoring.restore(backup, password)
        return open_site()


def try_this_version(folder: Path, backup: Path | None, key: bytes, progress: Progress) -> Tried:
    """Look at this version's own files and parts, and bring the records of a backup to its form, on trial."""
    troubles, entries = [*_faults_of_files()], 0
    if backup is not None and not troubles:
        try:
            proof = prove_with_key(backup, folder, key, bring_up_to_date, progress)
        except UserFacingError as refusal:
            troubles.append(refusal.happened)
        else:
            troubles += proof.troubles
            entries = proof.entries
    return Tried(version=VERSION, troubles=tuple(troubles), entries=entries)


def _faults_of_files() -> list[str]:
    from app.core.documents import unusable_typefaces  # fonts and ReportLab, only here

    altered, missing, unusable = altered_program_files(), missing_parts(), unusable_typefaces()
    found = []
    if altered:
        found.append(_("Not as built: {names}").format(names=", ".join(altered[:_MOST_NAMED])))
    if missing:
        found.append(_("Missing: {names}").format(names=", ".join(missing[:_MOST_NAMED])))
    if unusable:
        found.append(_("Not usable: {names}").format(names=", ".join(unusable[:_MOST_NAMED])))
    return found


def _to_bring_back(folder: Path, installation: Installation | None) -> Path | None:
    """Return the backup that this version reads; None where no newer one was left for it."""
    if installation is None:
        return None
    pointer = installation.pointer()
    if pointer.left is None or pointer.current != installation.running:
        return None
    if pointer.by_hand:
        return Path(pointer.bring_back) if pointer.bring_back else None
    return backup_of_before(folder, HEAD)
