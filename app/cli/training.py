"""`training`: the matrix and its rules, documents, practicals, sessions and drills, and who may do what."""

import typer

from app.cli import (
    assignments,
    committees,
    declarations,
    documents,
    effectiveness,
    matrix,
    matrix_sets,
    permits,
    practicals,
    rules,
    tasks,
    training_catalogue,
    training_drills,
    training_plan,
    training_requests,
    training_sessions,
    visitors,
)
from app.core.base.words import _

commands = typer.Typer(
    name="training",
    help=_("The matrix, rules, documents, practicals, sessions, drills, and who may do what."),
)

matrix.commands.add_typer(matrix_sets.curricula)
matrix.commands.add_typer(matrix_sets.audiences)
for group in (
    matrix.commands,
    rules.commands,
    documents.commands,
    practicals.commands,
    training_sessions.commands,
    training_drills.commands,
    training_catalogue.commands,
    training_requests.commands,
    committees.commands,
    training_plan.commands,
    effectiveness.commands,
    tasks.commands,
):
    commands.add_typer(group)
commands.command()(assignments.status)
commands.command()(declarations.declarations)
commands.command()(declarations.declare)
commands.command()(permits.may)
commands.command()(permits.young)
commands.command("pass")(permits.day_pass)
commands.command()(visitors.visitor)
commands.command()(permits.gate)
commands.command()(permits.checks)
