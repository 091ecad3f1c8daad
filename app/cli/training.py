"""`training`: the training matrix."""

import typer

from app.cli import matrix, matrix_sets
from app.core.base.words import _

commands = typer.Typer(name="training", help=_("The training matrix."))

matrix.commands.add_typer(matrix_sets.curricula)
matrix.commands.add_typer(matrix_sets.audiences)
commands.add_typer(matrix.commands)
