"""`backup`: make one, prove one, list them, say where they go, restore one."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import Frame, frame_of
from app.cli.site_key import asked_shares
from app.core.base.errors import UserFacingError
from app.core.base.figures import moment, number, size
from app.core.base.words import _
from app.core.operations import (
    SUFFIX,
    Backup,
    Listed,
    Loss,
    LossSource,
    LostPeople,
    Plan,
    Proof,
    Recovery,
    Restored,
    SetAside,
    SetAsides,
    Soundness,
    loss_in_detail,
    loss_told,
    missing_in_words,
    restored_in_words,
    set_aside_in_words,
)
from app.core.reports import action_in_words

commands = typer.Typer(name="backup", help=_("Backups of the records."))

_File = Annotated[Path, typer.Argument(help=_("The backup's file."))]


class RestoreNotConfirmed(UserFacingError):
    """Nobody said that the records may be replaced."""

    def __init__(self, loss: str) -> None:
        super().__init__(
            loss, safe=_("Nothing was changed."), remedy=_("Say --yes to restore it all the same.")
        )


@commands.command()
def create(
    context: typer.Context,
    file: _File,
    records_only: Annotated[
        bool, typer.Option("--records-only", help=_("Leave stored files out."))
    ] = False,
    overwrite: Annotated[bool, typer.Option(help=_("Replace the file if there is one."))] = False,
) -> int:
    """Make a backup, and prove it by a trial restore; stored files go into a folder beside it."""
    frame = frame_of(context)
    backups, actor = frame.services.backups, frame.actor()
    path = file if file.suffix else file.with_suffix(SUFFIX)
    made = backups.make_at(
        actor,
        path.absolute(),
        with_assets=not records_only,
        overwrite=overwrite,
        progress=frame.progress(),
    )
    proof = backups.verify(actor, made.backup.path, progress=frame.progress())
    return _tell_proof(frame, proof)


@commands.command()
def verify(context: typer.Context, file: _File) -> int:
    """Restore a backup on trial and prove what is in it; with --as it is put on record.

    A backup of another PC needs the administrator's password in DAKSHA_PASSWORD.
    """
    frame = frame_of(context)
    path, password = file.absolute(), os.environ.get("DAKSHA_PASSWORD")
    if frame.login is None:
        proof = frame.ways.prove_backup(path, password, frame.progress())
    else:
        proof = frame.services.backups.verify(frame.actor(), path, password, frame.progress())
    return _tell_proof(frame, proof)


@commands.command("list")
def list_(context: typer.Context) -> None:
    """List the backups where they are made, the newest first."""
    frame = frame_of(context)
    backups, actor = frame.services.backups, frame.actor()
    plan, listed = backups.plan(actor), backups.listed(actor)
    lines = [_line(one) for one in listed]
    frame.tell(
        "\n".join(lines) or _("There are no backups in {folder}.").format(folder=plan.place),
        {
            **_plan_data(plan),
            "backups": [{**_data(one.backup), "soundness": one.soundness.value} for one in listed],
        },
    )


@commands.command()
def plan(
    context: typer.Context,
    place: Annotated[
        Path | None, typer.Option(help=_("The folder that backups go to; it must be there."))
    ] = None,
    daily: Annotated[
        bool, typer.Option("--daily/--not-daily", help=_("Make one a day, of itself."))
    ] = True,
) -> None:
    """Say where backups go from now on; without a place, into the data folder."""
    frame = frame_of(context)
    chosen = frame.services.backups.change_plan(
        frame.actor(), place.absolute() if place else None, daily=daily
    )
    words = (
        _("One backup a day is made in {folder}.")
        if chosen.daily
        else _("Backups are made in {folder} when somebody asks for one.")
    )
    frame.tell(words.format(folder=chosen.place), _plan_data(chosen))


@commands.command()
def restore(
    context: typer.Context,
    file: _File,
    yes: Annotated[
        bool, typer.Option("--yes", help=_("Replace the records that are there."))
    ] = False,
    recovery_kit: Annotated[
        bool,
        typer.Option("--recovery-kit", help=_("Open it with two papers; no password is known.")),
    ] = False,
    administrator: Annotated[
        str, typer.Option(help=_("The administrator who gets a new password."))
    ] = "",
    person: Annotated[list[str] | None, typer.Option(help=_("Who is here; give it twice."))] = None,
) -> None:
    """Put a backup in the place of the records; says first what will be lost.

    Where the records can be opened, somebody who manages the site signs in with --as. With
    --recovery-kit the words of two papers are asked for; the new password is in DAKSHA_NEW_PASSWORD.
    """
    frame = frame_of(context)
    path = file.absolute()
    restoring = frame.ways.restoring(frame.folder)
    if not recovery_kit:
        loss = _loss_seen(frame, path) or restoring.loss(path)
        _agree(frame, loss, yes=yes)
        done = restoring.restore(path, os.environ.get("DAKSHA_PASSWORD"), frame.progress())
    else:
        recovery = Recovery(
            shares=asked_shares(),
            people=person or (),
            login=administrator,
            password=frame.new_password(),
        )
        restoring.check_kit(path, recovery)
        loss = restoring.loss(path)
        _agree(frame, loss, yes=yes)
        done = restoring.restore_with_kit(path, recovery, frame.progress())
    _tell_restored(frame, done, loss)


def _agree(frame: Frame, loss: Loss, *, yes: bool) -> None:
    """Say what will be lost, and ask. Raises RestoreNotConfirmed where nobody can answer."""
    if loss.source is not LossSource.NOTHING and not yes:
        _ask(frame, loss)


def _tell_restored(frame: Frame, done: Restored, loss: Loss) -> None:
    frame.tell(
        restored_in_words(done),
        {
            **_data(done.backup),
            "folder": str(done.folder),
            "set_aside": str(done.set_aside) if done.set_aside else None,
            "lost_entries": loss.entries,
            "loss": _loss_data(loss),
            "missing_assets": done.missing_assets,
            "troubles": list(done.troubles),
        },
    )


@commands.command("set-aside")
def set_aside(context: typer.Context) -> None:
    """List the records that restores have set aside in the data folder, the oldest first."""
    frame = frame_of(context)
    found = SetAsides(frame.services.open_site).listed(frame.actor())
    lines = [
        f"{one.name}  {moment(one.at)}  {size(one.size):>9}  {set_aside_in_words(one)}"
        + (" " + _("It may go.") if one.may_go else "")
        for one in found
    ]
    frame.tell(
        "\n".join(lines) or _("Nothing is set aside."),
        {"set_aside": [_aside_data(one) for one in found], "size": sum(one.size for one in found)},
    )


@commands.command()
def clear(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=_("Its name in the list of set-aside."))],
    reason: Annotated[str, typer.Option(help=_("Why nobody needs them any more."))] = "",
) -> None:
    """Delete records that a restore has set aside; the reason is kept."""
    frame = frame_of(context)
    gone = SetAsides(frame.services.open_site).clear(frame.actor(), name, reason)
    words = _("{name} is deleted; {size} are free again.")
    frame.tell(words.format(name=gone.name, size=size(gone.size)), _aside_data(gone))


def _loss_seen(frame: Frame, path: Path) -> Loss | None:
    """Let somebody sign in where there are records to sign in to, and close them.

    Return what they would lose, with whose it is.
    """
    try:
        backups = frame.services.backups
    except UserFacingError:
        return None  # there is no site, or none that can be opened: that is what backups are for
    loss = backups.loss(frame.actor(), path)
    frame.close()
    return loss


def _ask(frame: Frame, loss: Loss) -> None:
    words = " ".join(loss_told(loss))
    if not sys.stdin.isatty():
        if frame.as_json:
            frame.tell(words, {"restored": False, "loss": _loss_data(loss)})
        raise RestoreNotConfirmed(words)
    typer.echo("\n".join((words, *loss_in_detail(loss))), err=True)
    typer.confirm(_("Restore it?"), abort=True, err=True)


def _loss_data(loss: Loss) -> dict[str, object]:
    return {
        "source": loss.source.value,
        "entries": loss.entries,
        "since": loss.since.isoformat() if loss.since else None,
        "until": loss.until.isoformat() if loss.until else None,
        "done": [
            {"action": deed.action, "title": action_in_words(deed.action), "entries": deed.entries}
            for deed in loss.deeds
        ],
        "people": _people_data(loss.people),
        "elsewhere": loss.elsewhere
        and {"entries": loss.elsewhere.entries, "by": list(loss.elsewhere.by)},
    }


def _people_data(people: LostPeople | None) -> dict[str, object] | None:
    if people is None:
        return None
    return {
        "total": people.total,
        "looked_at": people.looked_at,
        "named": [
            {"number": one.number, "name": one.name, "entries": one.entries} for one in people.named
        ],
    }


def _tell_proof(frame: Frame, proof: Proof) -> int:
    is_whole = proof.ok and not proof.missing_assets
    words = _("All {count} entries hold; {seals} seals, {files} stored files.").format(
        count=number(proof.entries), seals=number(proof.seals), files=number(proof.assets)
    )
    lines = [*proof.troubles] or [words]
    if proof.missing_assets:
        lines.append(missing_in_words(proof.missing_assets))
    frame.tell(
        "\n".join([f"{proof.backup.path} · {size(proof.backup.size)}", *lines]),
        {
            "ok": is_whole,
            **_data(proof.backup),
            "seals": proof.seals,
            "assets": proof.assets,
            "missing_assets": proof.missing_assets,
            "troubles": list(proof.troubles),
        },
    )
    return 0 if is_whole else 2


def _line(listed: Listed) -> str:
    words = {
        Soundness.SOUND: _("verified"),
        Soundness.BAD: _("damaged"),
        Soundness.UNCHECKED: _("not verified"),
    }
    backup = listed.backup
    return (
        f"{moment(backup.made_at)}  {size(backup.size):>9}  {words[listed.soundness]:12}  "
        f"{backup.path.name}"
    )


def _plan_data(plan: Plan) -> dict[str, object]:
    return {"place": str(plan.place), "daily": plan.daily, "chosen": plan.is_chosen}


def _aside_data(one: SetAside) -> dict[str, object]:
    return {
        "name": one.name,
        "at": one.at.isoformat(),
        "size": one.size,
        "only_here": one.only_here,
        "may_go": one.may_go,
    }


def _data(backup: Backup) -> dict[str, object]:
    return {
        "file": str(backup.path),
        "site": str(backup.site_id),
        "name": backup.site_name,
        "number": backup.number,
        "made_at": backup.made_at.isoformat(),
        "occasion": backup.occasion.value,
        "schema": backup.schema,
        "entries": backup.entries,
        "size": backup.size,
    }
