"""`doctor`: how the site is."""

import typer

from app.cli.frame import frame_of
from app.core.operations import Health, check_health

commands = typer.Typer()


@commands.command()
def doctor(context: typer.Context) -> int:
    """Look at disk, encryption, database, clock and keys; exit 2 when something is bad."""
    frame = frame_of(context)
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
