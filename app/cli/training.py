"""`training`: the training matrix, and the rules beside it."""

import typer

from app.cli import matrix, matrix_sets, rules
from app.core.base.words import _

commands = typer.Typer(name="training", help=_("The training matrix, and enrolment rules."))

matrix.commands.add_typer(matrix_sets.curricula)
matrix.commands.add_typer(matrix_sets.audiences)
commands.add_typer(matrix.commands)
commands.add_typer(rules.commands)
