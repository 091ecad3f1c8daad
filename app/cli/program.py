"""`program`: versions of the program, released at headquarters and installed from a stick."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.errors import UserFacingError
from app.core.base.figures import day, moment, number, size
from app.core.base.words import _
from app.core.operations import UPGRADE_ENDING, Checked, NewRelease, way_back_in_words

commands = typer.Typer(
    name="program", help=_("Versions of the program, and upgrades from a stick.")
)

_File = Annotated[Path, typer.Argument(help=_("The upgrade file."))]
_Reason = Annotated[str, typer.Option(help=_("Why; it is kept."))]


class WayBackNotConfirmed(UserFacingError):
    """Nobody said that the version before may come back."""

    def __init__(self, words: str) -> None:
        super().__init__(
            words,
            safe=_("Nothing was changed."),
            remedy=_("Say --yes to go back all the same."),
        )


@commands.command()
def show(context: typer.Context) -> None:
    """Say which version runs on this PC, and which one can be gone back to."""
    frame = frame_of(context)
    found = frame.services.programs.standing(frame.actor())
    lines = [f"Daksha {found.version}"]
    if found.since is not None:
        lines.append(_("In use since {day}.").format(day=moment(found.since)))
    if found.waiting:
        words = _("Daksha {version} is installed and starts next time.")
        lines.append(words.format(version=found.waiting))
    if found.before:
        lines.append(_("The version before is {version}.").format(version=found.before))
    if found.trouble:
        lines.append(_("A newer version was left: {why}.").format(why=found.trouble))
    if not found.is_installed:
        lines.append(_("It was started from its sources, and is brought up to date with them."))
    frame.tell(
        "\n".join(lines),
        {
            "version": found.version,
            "installed": found.is_installed,
            "since": found.since.isoformat() if found.since else None,
            "waiting": found.waiting,
            "before": found.before,
            "trouble": found.trouble,
        },
    )


@commands.command()
def pack(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help=_("The program as it was built: dist/daksha."))],
    out: Annotated[Path, typer.Option("--out", help=_("Where the upgrade file goes."))],
    reason: _Reason = "",
    upgrades_from: Annotated[
        str, typer.Option(help=_("The oldest version that it takes the place of."))
    ] = "0.0",
) -> None:
    """Release a version: make an upgrade file that is signed by headquarters."""
    frame = frame_of(context)
    path = out if out.suffix else out.with_suffix(UPGRADE_ENDING)
    new = NewRelease(folder=folder.absolute(), reason=reason, upgrades_from=upgrades_from)
    packed = frame.services.programs.releasing.pack(
        frame.actor(), new, path.absolute(), frame.progress(), overwrite=True
    )
    words = _(
        "Daksha {version} for {platform} is released: {file}, {count} files, {size} unpacked."
    )
    frame.tell(
        words.format(
            version=packed.version,
            platform=packed.platform,
            file=packed.path,
            count=number(packed.files),
            size=size(packed.size),
        ),
        {
            "file": str(packed.path),
            "version": packed.version,
            "platform": packed.platform,
            "files": packed.files,
            "size": packed.size,
        },
    )


@commands.command()
def check(context: typer.Context, file: _File) -> None:
    """Prove an upgrade file to its last byte, and say what it would change here."""
    frame = frame_of(context)
    found = frame.services.programs.check(frame.actor(), file.absolute(), frame.progress())
    frame.tell(_checked_in_words(found), _checked_data(found))


@commands.command()
def install(context: typer.Context, file: _File, reason: _Reason = "") -> None:
    """Install an upgrade beside this version; it is in force from the next start on.

    A backup is made and proved first, and the new version proves itself with it.
    """
    frame = frame_of(context)
    done = frame.services.programs.install(frame.actor(), file.absolute(), reason, frame.progress())
    lines = [
        _("Daksha {version} is installed beside {former}, and starts next time.").format(
            version=done.version, former=done.former
        )
    ]
    if done.backup is not None:
        words = _(
            "The backup before it is {file}; the new version has proved {count} entries of it."
        )
        lines.append(words.format(file=done.backup.name, count=number(done.entries)))
    else:
        lines.append(_("The records lie on a server, whose administrator makes the backups."))
    frame.tell(
        "\n".join(lines),
        {
            "version": done.version,
            "former": done.former,
            "backup": str(done.backup) if done.backup else None,
            "entries": done.entries,
        },
    )


@commands.command()
def rollback(
    context: typer.Context,
    reason: _Reason = "",
    yes: Annotated[bool, typer.Option("--yes", help=_("Go back, whatever is lost by it."))] = False,
) -> None:
    """Go back to the version before; says first what would be lost."""
    frame = frame_of(context)
    programs, actor = frame.services.programs, frame.actor()
    way = programs.way_back(actor)
    words = way_back_in_words(way)
    if not yes:
        if not sys.stdin.isatty():
            raise WayBackNotConfirmed(words)
        typer.echo(words, err=True)
        typer.confirm(_("Go back?"), abort=True, err=True)
    programs.roll_back(actor, reason)
    told = _("Daksha {version} starts next time.").format(version=way.version)
    frame.tell(
        f"{told}\n{words}",
        {
            "version": way.version,
            "backup": str(way.backup.path) if way.backup else None,
            "lost_entries": way.loss.entries if way.loss else 0,
        },
    )


@commands.command("try", hidden=True)
def try_(
    context: typer.Context,
    backup: Annotated[Path | None, typer.Option(help=_("A backup to try it with."))] = None,
) -> int:
    """Let this version prove itself, as an installation asks of it; the key of the backup comes in a pipe."""
    frame = frame_of(context)
    key = b"" if sys.stdin.isatty() else bytes.fromhex(sys.stdin.readline().strip())
    tried = frame.ways.try_version(frame.folder, backup, key, frame.progress())
    frame.tell(
        "\n".join(tried.troubles) or _("It works on this PC."),
        {
            "ok": not tried.troubles,
            "version": tried.version,
            "entries": tried.entries,
            "troubles": list(tried.troubles),
        },
    )
    return 2 if tried.troubles else 0


def _checked_in_words(found: Checked) -> str:
    facts = found.facts
    lines = [
        _("From Daksha {running} to {version}, for {platform}.").format(
            running=found.running, version=facts.version, platform=facts.platform
        ),
        _("Released by {name}, {site}, on {day}: {reason}").format(
            name=facts.released_by,
            site=facts.site,
            day=day(facts.released_at.astimezone().date()),
            reason=facts.reason,
        ),
        _("{count} files, {size} on the disk; every byte is as it was signed.").format(
            count=number(facts.files), size=size(facts.size)
        ),
        _(
            "It brings the records to a form that {running} cannot read; a backup is made first."
        ).format(running=found.running)
        if found.changes_records
        else _("The records keep their form."),
    ]
    return "\n".join([*lines, *(f"- {line}" for line in facts.changes)])


def _checked_data(found: Checked) -> dict[str, object]:
    facts = found.facts
    return {
        "ok": True,
        "running": found.running,
        "version": facts.version,
        "platform": facts.platform,
        "schema": facts.schema,
        "upgrades_from": facts.upgrades_from,
        "changes_records": found.changes_records,
        "released_by": facts.released_by,
        "site": facts.site,
        "reason": facts.reason,
        "released_at": facts.released_at.isoformat(),
        "files": facts.files,
        "size": facts.size,
        "sha256": facts.digest.hex(),
        "changes": list(facts.changes),
    }
