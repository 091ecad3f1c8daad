"""`training`: what people do beside courses, and who watches them."""

import typer

from app.cli import practicals
from app.core.base.words import _

commands = typer.Typer(name="training", help=_("Practicals: forms, assessors, results."))
commands.add_typer(practicals.commands)
