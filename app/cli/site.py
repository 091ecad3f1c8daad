"""`site`: found one, and say what it is."""

import os
from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import SignInNeeded, frame_of
from app.core.base.words import _
from app.core.operations import Founding

commands = typer.Typer(name="site", help=_("Set up a site, and say what it is."))


@commands.command()
def init(
    context: typer.Context,
    name: Annotated[str, typer.Option(help=_("What the site is called."))],
    admin: Annotated[str, typer.Option(help=_("Login of the first administrator."))],
    code: Annotated[str, typer.Option(help=_("Starts every certificate number."))] = "",
    database: Annotated[str | None, typer.Option(help=_("A PostgreSQL URL."))] = None,
    language: Annotated[str, typer.Option(help=_("Language of the site."))] = "en",
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
def info(context: typer.Context) -> None:
    """Say which site this is."""
    frame = frame_of(context)
    opened = frame.services.open_site
    frame.tell(
        f"{opened.name} ({opened.code}) · {opened.folder}",
        {
            "site": str(opened.site_id),
            "name": opened.name,
            "code": opened.code,
            "folder": str(opened.folder),
            "station": opened.station.fingerprint.hex()[:16],
        },
    )


@commands.command()
def trust(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("Where to write the trust file."))],
) -> None:
    """Write the public keys that verify this site's certificates anywhere."""
    frame = frame_of(context)
    trusted = frame.services.open_site.authority.trusted()
    out.write_text(trusted.to_json(), encoding="utf-8")
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
