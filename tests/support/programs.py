"""Small folders that stand for a program: what starts answers as the real one does, and no more."""

import hashlib
import random
import stat
from pathlib import Path

import msgspec

from app.core.base.actor import system_actor
from app.core.base.installation import About, Installation, this_platform, write_about
from app.core.base.progress import NoProgress
from app.core.egress import Egress
from app.core.operations import NewRelease, Programs, Releasing, backups_of
from app.core.operations.program.release import Release, ReleasedFile, ReleasedLink, sign_release
from app.core.operations.program.upgrade_file import write_upgrade
from app.core.schema.upgrade import HEAD, bring_up_to_date
from tests.support.in_touch import Pc

ACTOR = system_actor()
OLD, NEW = "0.1.0", "0.2.0"
LATER_SCHEMA = "9999"
WORKS = '{{"ok": true, "version": "{version}", "entries": 7, "troubles": []}}'
HISTORY = "# Changelog\n\n## 0.2.0\n- **Upgrades** come\n  on a stick.\n\n## 0.1.0\n- All else.\n"


def stand_in(
    folder: Path,
    version: str,
    *,
    schema: str = HEAD,
    platform: str = "",
    says: str = WORKS,
    ends_with: int = 0,
) -> Path:
    """Make a program that says one thing, notes that it was asked, and ends."""
    inside = folder / "_internal"
    (inside / "lib").mkdir(parents=True)
    program = folder / "daksha"
    answer = says.format(version=version)
    program.write_text(
        f'#!/bin/sh\necho "$@" >>"$0.asked"\ncat >/dev/null </dev/null\necho \'{answer}\'\nexit {ends_with}\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (inside / "CHANGELOG.md").write_text(HISTORY)
    (inside / "lib" / "big.bin").write_bytes(random.Random(7).randbytes(900_000))
    (inside / "empty").touch()
    (inside / "big").symlink_to("lib/big.bin")
    write_about(folder, About(version=version, schema=schema, platform=platform or this_platform()))
    return folder


def asked_of(program: Path) -> list[str]:
    """Return what a stand-in was asked, in order."""
    noted = program.with_name(f"{program.name}.asked")
    return noted.read_text().splitlines() if noted.exists() else []


def programs_of(pc: Pc, installation: Installation | None, *, schema: str = HEAD) -> Programs:
    """Return the service of a PC that runs the old version."""
    here = About(version=OLD, schema=schema, platform=this_platform())
    opened = pc.opened
    releasing = Releasing(opened, Egress(opened.site))
    return Programs(opened, backups_of(opened, bring_up_to_date), releasing, here, installation)


def packed(pc: Pc, folder: Path, out: Path, **options: str) -> Path:
    """Let a site release a program; return the upgrade file."""
    new = NewRelease(folder=folder, reason="new forms", **options)
    Releasing(pc.opened, Egress(pc.opened.site)).pack(ACTOR, new, out, overwrite=True)
    return out


def hostile(pc: Pc, out: Path, paths: list[str], links: dict[str, str] | None = None) -> Path:
    """Let headquarters themselves sign a list of names that no build makes."""
    digest = hashlib.sha256(b"").digest()
    release = Release(
        program=NEW,
        schema=HEAD,
        upgrades_from="0.0",
        platform=this_platform(),
        released_by="Asha",
        reason="a trial",
        released_at=0,
        changes=(),
        files=tuple(ReleasedFile(path, 0, digest, False) for path in paths),
        links=tuple(ReleasedLink(path, to) for path, to in (links or {}).items()),
    )
    paper = sign_release(release, pc.opened.keys.site_key())
    with out.open("wb") as file:
        nothing = msgspec.structs.replace(release, files=())  # each of them is empty
        write_upgrade(file, paper, out.parent, nothing, NoProgress())
    return out
