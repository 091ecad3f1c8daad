"""Whether a release is installed on a PC: believed, harmless, made for it, and newer than what runs."""

from pathlib import Path

from app.core.base.clock import from_microseconds
from app.core.base.installation import About, is_version, this_platform, version_numbers
from app.core.keys import SiteKeys
from app.core.operations.program.errors import (
    NameRefused,
    NotNewer,
    TooFarApart,
    UpgradeUnreadable,
    WrongPlatform,
)
from app.core.operations.program.names import fault_of, link_fault
from app.core.operations.program.release import Release, believed_releaser
from app.core.operations.program.types import Checked, ReleaseFacts
from app.core.operations.program.upgrade_file import UpgradeFile


def fitting(path: Path, upgrade: UpgradeFile, keys: SiteKeys, here: About) -> Checked:
    """Return what a release is, where nothing speaks against it. Raises an UpgradeRefused."""
    release = upgrade.release
    site = believed_releaser(keys, release, upgrade.key)
    _check_names(release)
    if not (is_version(release.program) and is_version(release.upgrades_from)):
        raise UpgradeUnreadable(path)
    _check_place(release, here)
    return Checked(
        facts=_facts_of(path, upgrade, site),
        running=here.version,
        changes_records=release.schema > here.schema,
    )


def _check_names(release: Release) -> None:
    """Raise NameRefused for what no folder could hold, whoever signed it."""
    files = frozenset(one.path for one in release.files)
    names = [*(one.path for one in release.files), *(one.path for one in release.links)]
    links = ((one.path, one.leads_to) for one in release.links)
    fault = fault_of(names) or link_fault(links, files)
    if fault:
        raise NameRefused(fault)


def _check_place(release: Release, here: About) -> None:
    """Raise WrongPlatform, NotNewer, TooFarApart."""
    if release.platform != this_platform():
        raise WrongPlatform(release.platform, this_platform())
    running = version_numbers(here.version)
    if version_numbers(release.program) <= running or release.schema < here.schema:
        raise NotNewer(release.program, here.version)
    if version_numbers(release.upgrades_from) > running:
        raise TooFarApart(release.program, release.upgrades_from, here.version)


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
