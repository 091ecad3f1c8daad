"""Installing a version of the program, which may be killed at any moment."""

from collections.abc import Callable
from pathlib import Path

from app.core.base.installation import Installation, Pointer
from app.core.base.progress import NoProgress
from app.core.journal.verify import verify_journal
from app.core.operations.program.errors import WaitsForStart
from app.core.operations.program.packing import listed
from app.core.operations.program.upgrade_file import opened_upgrade
from tests.support.clock import TurnedClock
from tests.support.in_touch import first_pc, opened_again
from tests.support.programs import ACTOR, NEW, OLD, packed, programs_of, stand_in


class Upgrading:
    """An administrator installs an upgrade from a stick."""

    def prepare(self, folder: Path) -> None:
        """Found a site that releases a version for itself, and install the old one."""
        pc = first_pc(folder / "one", TurnedClock())
        packed(pc, stand_in(folder / "built", NEW), folder / "new.daksha-upgrade")
        stand_in(folder / "installed", OLD)
        pc.close()

    def run(self, folder: Path, say: Callable[[], object]) -> None:
        """Install it."""
        pc = opened_again(folder / "one", TurnedClock())
        programs = programs_of(pc, Installation(folder / "installed"))
        programs.install(ACTOR, folder / "new.daksha-upgrade", "a trial")
        say()
        pc.close()

    def check(self, folder: Path, said: int) -> None:
        """The old version is whole, the one that is pointed at too, and an installation goes on from there."""
        installation = Installation(folder / "installed")
        pointer = installation.pointer()
        assert pointer.trial or (pointer == Pointer() and not said)
        assert installation.executable("").is_file()
        pc = opened_again(folder / "one", TurnedClock())
        try:
            programs_of(pc, installation).install(ACTOR, folder / "new.daksha-upgrade", "again")
        except WaitsForStart:
            assert pointer.trial
        with pc.opened.site.read() as session:
            assert verify_journal(session.connection(), NoProgress()).ok
        pc.close()
        laid = installation.folder(installation.pointer().current)
        (laid / "daksha.asked").unlink()
        with opened_upgrade(folder / "new.daksha-upgrade") as upgrade:
            release = upgrade.release
        assert listed(laid, NoProgress()) == (release.files, release.links)
        assert [one.name for one in installation.versions.iterdir() if one.is_dir()] == [laid.name]
