"""`training session | drill`: classes, toolbox talks and drills, with their rolls and signatures."""

import typer

from app.cli import training_drills, training_sessions
from app.core.base.words import _

commands = typer.Typer(name="training", help=_("Sessions and drills: plan, roll, sign."))
commands.add_typer(training_sessions.commands)
commands.add_typer(training_drills.commands)
