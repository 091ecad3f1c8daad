"""`site key …`, `site recovery-kit`, `site recover`, `site rekey`: who can open the records where."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli import site_escrow
from app.cli.frame import Frame, frame_of
from app.core.base.words import _, mark, plural
from app.core.keys import SHARES, SlotKind, SlotState, read_file
from app.core.operations import KitInHand, Protection, Recovery, RecoveryKits

keys = typer.Typer(name="key", help=_("Ways to the records: passwords, a PIN, this PC."))


def add_to(commands: typer.Typer) -> None:
    """Put the commands into the group of the site's."""
    commands.add_typer(keys)
    commands.command(name="recovery-kit")(recovery_kit)
    commands.command(name="recover")(recover_site)
    commands.command(name="rekey")(rekey)
    site_escrow.add_to(commands, keys)


@keys.command(name="list")
def list_ways(context: typer.Context) -> None:
    """List the ways to the records, and say whether their file is as this program left it."""
    frame = frame_of(context)
    ways = _protection(frame).ways(frame.actor())
    lines = [f"{way.id}  {_(_KINDS[way.kind])}  {way.label}".rstrip() for way in ways.ways]
    if ways.state is not SlotState.WHOLE:
        lines.append(_("Another hand has changed this list, or an older one was put back."))
    frame.tell(
        "\n".join(lines),
        {
            "state": ways.state.value,
            "kit": ways.kit.number if ways.kit else None,
            "ways": [
                {"id": way.id, "kind": way.kind.value, "label": way.label, "made": way.made_at}
                for way in ways.ways
            ],
        },
    )


@keys.command()
def password(
    context: typer.Context,
    label: Annotated[str, typer.Argument(help=_("Whose password it is."))] = "",
) -> None:
    """Set a password that opens the records on any PC; it is in DAKSHA_NEW_PASSWORD."""
    frame = frame_of(context)
    actor = frame.actor()
    _protection(frame).set_password(actor, label, frame.new_password())
    frame.tell(_("The password opens the records from now on."), {"label": label})


@keys.command()
def remove(
    context: typer.Context,
    way: Annotated[str, typer.Argument(help=_("Its name in the list."))],
) -> None:
    """Take a way to the records away."""
    frame = frame_of(context)
    _protection(frame).remove(frame.actor(), way)
    frame.tell(_("It opens the records no more."), {"removed": way})


@keys.command()
def ask(
    context: typer.Context,
    off: Annotated[bool, typer.Option("--off", help=_("Open them without asking."))] = False,
) -> None:
    """Ask for a password or PIN at each start, or with --off let this PC open the records by itself."""
    frame = frame_of(context)
    _protection(frame).ask_at_start(frame.actor(), asks=not off)
    told = (
        _("This PC opens the records by itself.")
        if off
        else _("This PC asks before it opens the records.")
    )
    frame.tell(told, {"asks": not off})


@keys.command()
def pin(context: typer.Context) -> None:
    """Set a PIN that opens the records on this PC alone; it is in DAKSHA_PIN."""
    frame = frame_of(context)
    actor = frame.actor()
    _protection(frame).set_pin(actor, frame.new_pin())
    frame.tell(_("The PIN opens the records on this PC."), {"pin": True})


@keys.command()
def accept(context: typer.Context) -> None:
    """Take the list of the ways as it is, after you have looked at it."""
    frame = frame_of(context)
    _protection(frame).accept(frame.actor())
    frame.tell(_("The list of the ways to the records stands."), {"accepted": True})


def recovery_kit(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("Folder for the papers, until they are printed."))],
    keeper: Annotated[list[str], typer.Option(help=_("Who keeps a share; give it three times."))],
) -> None:
    """Print three papers of which two open the records, should the password be lost."""
    frame = frame_of(context)
    actor, kits = frame.actor(), RecoveryKits(frame.services.open_site)
    kit = kits.make(actor, keeper)
    papers = out / f"recovery-kit-{kit.number}.pdf"
    frame.save(papers, kits.document(kit))
    try:
        typer.echo(
            _("Print {file} now, then type words of each page.").format(file=papers), err=True
        )
        kits.confirm(actor, kit, [_typed_words(kit, share) for share in range(SHARES)])
    finally:
        papers.unlink(missing_ok=True)  # the shares are on paper, or there is no kit
    frame.tell(
        _(
            "The kit {number} is complete. Its file was deleted; the papers open the records."
        ).format(number=kit.number),
        {"kit": kit.number, "keepers": kit.keepers},
    )


def recover_site(
    context: typer.Context,
    login: Annotated[str, typer.Option(help=_("The administrator who gets a new password."))],
    person: Annotated[list[str], typer.Option(help=_("Who is here; give it twice."))],
    answer: Annotated[
        Path | None, typer.Option(help=_("What headquarters sent, instead of the kit."))
    ] = None,
) -> None:
    """Open the records with two shares, which are asked for; the new password is in DAKSHA_NEW_PASSWORD."""
    frame = frame_of(context)
    opened = frame.recover(
        Recovery(
            shares=() if answer else asked_shares(),
            people=person,
            login=login,
            password=frame.new_password(),
            answer=read_file(answer) if answer else b"",
        )
    )
    frame.tell(
        _("The records of {name} are open. Sign in as {login} with the new password.").format(
            name=opened.name, login=login
        ),
        {"site": str(opened.site_id), "login": login},
    )


def rekey(context: typer.Context) -> None:
    """Give the records another data key; the password that opens them is in DAKSHA_PASSWORD."""
    frame = frame_of(context)
    protection, actor = _protection(frame), frame.actor()
    before = protection.ways(actor)
    dropped = [way.label or way.id for way in before.ways if way.kind is SlotKind.PASSWORD]
    protection.begin_key_change(actor)
    opened = frame.change_key(frame.password())
    lines = [_("The records of {name} have another data key.").format(name=opened.name)]
    lines.append(
        plural(
            "{count} password for them has ended: only yours opens them now.",
            "{count} passwords for them have ended: only yours opens them now.",
            len(dropped),
        )
    )
    lines.append(_("Papers of earlier recovery kits open nothing; print a new kit."))
    frame.tell("\n".join(lines), {"site": str(opened.site_id), "ended": dropped})


def asked_shares() -> list[str]:
    """Ask for the words of two papers of a recovery kit."""
    ask_share = _("Words of share {number}")
    return [str(typer.prompt(ask_share.format(number=one), err=True)) for one in (1, 2)]


def _typed_words(kit: KitInHand, share: int) -> list[str]:
    """Ask for the words of one paper, each by its number."""
    return [
        str(
            typer.prompt(
                _("Share {share}, word {number}").format(share=share + 1, number=number), err=True
            )
        )
        for number in kit.asked[share]
    ]


def _protection(frame: Frame) -> Protection:
    return Protection(frame.services.open_site)


_KINDS = {
    SlotKind.MACHINE: mark("this PC"),
    SlotKind.PASSWORD: mark("password"),
    SlotKind.PIN: mark("PIN on this PC"),
    SlotKind.ESCROW: mark("headquarters"),
}
