"""`site`: found one, join one, and say what it is."""

import os
from pathlib import Path
from typing import Annotated

import typer

from app.cli import site_key
from app.cli.frame import MAKES_KNOWN, SignInNeeded, frame_of
from app.core.base.actor import system_actor
from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.words import _
from app.core.egress import key_paper
from app.core.keys import Invitation, read_file
from app.core.operations import Founding, Join, OpenSite
from app.core.people import PasswordRule, password_rule_in_words

commands = typer.Typer(name="site", help=_("Set up a site, and say what it is."))
site_key.add_to(commands)


class NamedInRequest(UserFacingError):
    """A name is given to a PC whose request has said another, which the site has certified."""

    def __init__(self) -> None:
        super().__init__(
            _("With an answer a PC is called as its request said."),
            safe=_("Nothing was changed."),
            remedy=_(
                "Join without --pc-name. Name it in the request (sync identity --pc-name), or "
                "afterwards on the PC where the site was set up: sync name PC NAME."
            ),
        )


@commands.command()
def init(
    context: typer.Context,
    name: Annotated[str, typer.Option(help=_("What the site is called."))],
    admin: Annotated[str, typer.Option(help=_("Login of the first administrator."))],
    code: Annotated[str, typer.Option(help=_("Starts every certificate number."))] = "",
    database: Annotated[str | None, typer.Option(help=_("A PostgreSQL URL."))] = None,
    language: Annotated[str, typer.Option(help=_("Language of the site."))] = "en",
    pc_name: Annotated[
        str, typer.Option(help=_("What people call this PC; else as the computer is called."))
    ] = "",
) -> None:
    """Found a site in the data folder; the administrator's password is in DAKSHA_PASSWORD."""
    frame = frame_of(context)
    password = os.environ.get("DAKSHA_PASSWORD")
    if password is None:
        raise SignInNeeded
    founding = Founding(
        name=name,
        code=code or site_code(name),
        password=password,
        language=language,
        database_url=database,
        pc_name=pc_name,
    )
    opened = frame.found(founding, admin)
    frame.tell(
        _("{name} is set up in {folder}. Sign in as {login}.").format(
            name=name, folder=opened.folder, login=admin
        ),
        {
            "site": str(opened.site_id),
            "name": name,
            "code": opened.code,
            "folder": str(opened.folder),
        },
    )


@commands.command()
def join(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=_("The answer to this PC, or a site file."))],
    confirm: Annotated[
        str | None, typer.Option(help=_("The words that the site's own screen shows."))
    ] = None,
    pc_name: Annotated[
        str,
        typer.Option(help=_("With a site file: what people call this PC; else as the computer.")),
    ] = "",
) -> None:
    """Join a site that exists, in a data folder of its own; its password is in DAKSHA_PASSWORD."""
    frame = frame_of(context)
    paper = read_file(file)
    invitation = frame.ways.site_folder(frame.folder).read_invitation(paper)
    if pc_name and not invitation.asks_passphrase:
        raise NamedInRequest
    opened = frame.join(
        Join(
            paper=paper,
            password=frame.password(),
            passphrase=frame.passphrase() if invitation.asks_passphrase else "",
            words=confirm,
            pc_name=pc_name,
        )
    )
    joined = _(
        "This PC has joined {name}, in {folder}. It waits for its first sync file. "
        "The site's own screen shows these words too:"
    ).format(name=opened.name, folder=opened.folder)
    unknown = _(
        "No other PC knows this one yet. Exchange with them through a shared folder (sync folder), "
        "or take a file from here to one of them: sync export --to pcs --out STICK."
    )
    lines = [joined, invitation.words, *([unknown] if invitation.asks_passphrase else [])]
    frame.tell("\n".join(lines), _joined_data(opened, invitation))


def _joined_data(opened: OpenSite, invitation: Invitation) -> dict[str, object]:
    return {
        "site": str(opened.site_id),
        "name": opened.name,
        "code": opened.code,
        "folder": str(opened.folder),
        "station": opened.station.fingerprint.hex(),
        "words": invitation.words,
        "waiting": opened.waits,
        "makes_itself_known_by": MAKES_KNOWN if invitation.asks_passphrase else None,
    }


@commands.command(name="file")
def site_file(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("Where to write the site file."))],
    days: Annotated[int, typer.Option(help=_("For how many days."), min=1, max=366)] = 30,
    pcs: Annotated[int, typer.Option(help=_("For how many PCs."), min=1, max=1000)] = 40,
) -> None:
    """Write a file with which many PCs may join; its passphrase is in DAKSHA_PASSPHRASE."""
    frame = frame_of(context)
    care, actor = frame.services.open_site.keys.care, frame.actor()
    made = care.site_file(actor, frame.passphrase(), days=days, stations=pcs)
    frame.save(out, key_paper(made, _("Site file")))
    frame.tell(
        _("With {file} and the passphrase {pcs} PCs may join within {days} days.").format(
            file=out, pcs=pcs, days=days
        ),
        {"file": str(out), "days": days, "pcs": pcs},
    )


@commands.command()
def info(context: typer.Context) -> None:
    """Say which site this is."""
    frame = frame_of(context)
    opened = frame.services.open_site
    lines, peers = [f"{opened.name} ({opened.code}) · {opened.folder}"], list[str]()
    if opened.waits:  # whoever cannot sign in cannot ask for the list of peers
        peers = [one.label for one in frame.services.sync.peers(system_actor())]
        lines += [
            _("This PC waits for its first sync file."),
            _(
                "It knows {names}. If none of them knows it, it makes itself known: {command}"
            ).format(names=", ".join(peers), command=MAKES_KNOWN),
        ]
    frame.tell(
        "\n".join(lines),
        {
            "site": str(opened.site_id),
            "name": opened.name,
            "code": opened.code,
            "folder": str(opened.folder),
            "station": opened.station.fingerprint.hex()[:16],
            "waiting": opened.waits,
            "makes_itself_known_by": MAKES_KNOWN if opened.waits else None,
            "peers": peers,
        },
    )


@commands.command()
def move(
    context: typer.Context,
    url: Annotated[
        str, typer.Argument(help=_("An empty database: postgresql://name:password@server/database"))
    ],
) -> None:
    """Move the records to a PostgreSQL server, compared row by row; the files stay in the data folder."""
    frame = frame_of(context)
    moved = frame.move(frame.actor(), url)
    frame.tell(
        _(
            "The records are on the server: {rows} rows, each compared. {file} stays as it was before; "
            "nobody writes there any more."
        ).format(rows=number(moved.rows), file=moved.left),
        {"tables": moved.tables, "rows": moved.rows, "left": str(moved.left)},
    )


@commands.command()
def passwords(
    context: typer.Context,
    days: Annotated[
        int | None, typer.Option(help=_("After how many days another is asked for; 0: never."))
    ] = None,
    remember: Annotated[
        int | None, typer.Option(help=_("How many of somebody's last do not come again."))
    ] = None,
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))] = "",
) -> None:
    """Say what this site asks of passwords, or change it with a reason."""
    frame = frame_of(context)
    rules = frame.services.sign_in.password_rules
    rule = rules.now()
    if days is not None or remember is not None:
        rule = PasswordRule(
            days=rule.days if days is None else days,
            remembered=rule.remembered if remember is None else remember,
        )
        rules.say(frame.actor(), rule, reason)
    frame.tell(password_rule_in_words(rule), {"days": rule.days, "remembered": rule.remembered})


@commands.command()
def trust(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("Where to write the trust file."))],
) -> None:
    """Write the public keys that verify this site's certificates anywhere."""
    frame = frame_of(context)
    trusted = frame.services.open_site.keys.register.trusted()
    frame.save(out, key_paper(trusted.to_json().encode(), _("Trust file")))
    frame.tell(
        _("Anybody with {file} can verify certificates of {name}.").format(
            file=out, name=trusted.name
        ),
        {"file": str(out), "site": str(trusted.site_id)},
    )


def site_code(name: str) -> str:
    """Return a short code made of a site's name: the first letters of its words."""
    firsts = (word[0] for word in name.split())
    letters = "".join(one for one in firsts if one.isascii() and one.isalnum()).upper()
    return letters[:4] or "SITE"
