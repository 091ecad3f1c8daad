"""`demo`: the demo plant, shown in the window, or walked through without one."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import WantedDemo, frame_of
from app.core.base.words import _

commands = typer.Typer()


@commands.command()
def demo(
    context: typer.Context,
    headless: Annotated[bool, typer.Option(help=_("Walk through it without a display."))] = False,
    out: Annotated[Path, typer.Option(help=_("Where results are written."))] = Path("demo-results"),
    people: Annotated[
        int, typer.Option(help=_("How many people the plant has."), min=40, max=50_000)
    ] = 40,
) -> int:
    """Show the demo plant; with --headless drive the real windows and write what they show."""
    return frame_of(context).demo(WantedDemo(out=out, headless=headless, people=people))
