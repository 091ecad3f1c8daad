"""`training`: what people do beside courses."""

import typer

from app.cli import documents
from app.core.base.words import _

commands = typer.Typer(name="training", help=_("Documents that are read and acknowledged."))
commands.add_typer(documents.commands)
