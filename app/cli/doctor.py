"""`doctor`: how the site is."""

from typing import Annotated

import typer

from app.cli.frame import Frame, frame_of
from app.core.base.words import _, plural
from app.core.operations import Health, Rebuilt, check_health

commands = typer.Typer()


@commands.command()
def doctor(
    context: typer.Context,
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild",
            help=_("Make lists, sums and indexes anew, and say what was wrong in them."),
        ),
    ] = False,
) -> int:
    """Look at disk, encryption, database, clock and keys; exit 2 when something is bad."""
    frame = frame_of(context)
    if rebuild:
        return _rebuild(frame)
    checks = check_health(frame.services.open_site)
    worst_is_bad = any(check.health is Health.BAD for check in checks)
    frame.tell(
        "\n".join(f"{check.health.value:6} {check.title}: {check.says}" for check in checks),
        {
            "ok": not worst_is_bad,
            "checks": [
                {"key": c.key, "title": c.title, "health": c.health.value, "says": c.says}
                for c in checks
            ],
        },
    )
    return 2 if worst_is_bad else 0


def _rebuild(frame: Frame) -> int:
    """Make what is derived anew; what was wrong is mended by the time it is told."""
    lines = frame.services.derivations.rebuild(frame.actor(), frame.progress())
    frame.tell(
        "\n".join(_said(line) for line in lines),
        {
            "ok": True,
            "was_right": all(line.was_right for line in lines),
            "tables": [
                {
                    "key": line.key,
                    "tables": list(line.tables),
                    "rows": line.rows,
                    "wrong": line.wrong,
                    "missing": line.missing,
                }
                for line in lines
            ],
        },
    )
    return 0


def _said(line: Rebuilt) -> str:
    rows = plural("{count} row", "{count} rows", line.rows)
    if line.was_right:
        return _("{title}: right ({rows})").format(title=line.title, rows=rows)
    return _("{title}: mended; {wrong} wrong, {missing} missing ({rows})").format(
        title=line.title, wrong=line.wrong, missing=line.missing, rows=rows
    )
