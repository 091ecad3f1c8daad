"""The command line: global options, the list of commands, and how a run ends."""

import itertools
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from typer._click.exceptions import ClickException  # typer carries a click of its own

from app import VERSION
from app.cli import (
    approvals,
    assign,
    assignments,
    backup,
    banks,
    bench,
    certificates,
    corrections,
    courses,
    demo,
    doctor,
    incidents,
    journal,
    legacy,
    lrs,
    outbox,
    people,
    program,
    quizzes,
    reminders,
    reports,
    requirements,
    reviews,
    rules,
    signatures,
    signing_terms,
    site,
    sync,
    training,
    waive,
)
from app.cli.frame import Frame, Ways
from app.core.base.errors import UserFacingError
from app.core.base.words import _

COMMANDS = (
    site,
    people,
    courses,
    banks,
    approvals,
    requirements,
    rules,
    training,
    assign,
    assignments,
    reminders,
    outbox,
    corrections,
    legacy,
    quizzes,
    reports,
    certificates,
    journal,
    signatures,
    signing_terms,
    reviews,
    incidents,
    sync,
    backup,
    program,
    waive,
    lrs,
    doctor,
    bench,
    demo,
)
"""Each module gives `commands`, a Typer application: a named one is a group, else one command."""


_FLAGS = frozenset({"--json"})
_WITH_A_VALUE = frozenset({"--data", "--as"})


def global_first(arguments: list[str]) -> list[str]:
    """Return the arguments with the global options, wherever they stand, before the command.

    People and scripts write `course check PATH --json`; the parser takes it at the front only.
    What follows `--` stays as it is.
    """
    ahead: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    for one in left:
        if one == "--":
            rest += [one, *left]
        elif one in _FLAGS or (one.partition("=")[0] in _WITH_A_VALUE and "=" in one):
            ahead.append(one)
        elif one in _WITH_A_VALUE:
            ahead += [one, *itertools.islice(left, 1)]
        else:
            rest.append(one)
    return [*ahead, *rest]


def modules_of(arguments: list[str]) -> tuple[ModuleType, ...]:
    """Return the one module that has the command, or all: for help, and for a word that is none.

    Building all commands takes as long as opening a site. `arguments` are `global_first`.
    """
    word = _command_in(arguments)
    return tuple(module for module in COMMANDS if word in _names(module.commands)) or COMMANDS


def _command_in(arguments: list[str]) -> str:
    left = iter(arguments)
    for one in left:
        if one in _WITH_A_VALUE:
            next(left, None)
        elif not one.startswith("-"):
            return one
    return ""


def _names(commands: typer.Typer) -> set[str]:
    if isinstance(commands.info.name, str):
        return {commands.info.name}
    called = (one.callback for one in commands.registered_commands)
    return {one.__name__ for one in called if one is not None}


def run(arguments: list[str], folder: Path, ways: Ways) -> int:
    """Run one command and return its exit code: 0 done, 2 bad input, 3 not allowed, 1 a bug."""
    frame = Frame(folder=folder, login=None, as_json=False, ways=ways)
    words = global_first(arguments)
    try:
        outcome = typer.main.get_command(_application(frame, modules_of(words))).main(
            words, prog_name="daksha", standalone_mode=False
        )
    except UserFacingError as error:
        sys.stderr.write(error.sentence + "\n")
        return error.exit_code
    except ClickException as error:
        sys.stderr.write(error.format_message() + "\n")
        return 2
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write(_("Stopped.") + "\n")
        return 2
    finally:
        frame.close()
    return outcome if isinstance(outcome, int) else 0


def _application(frame: Frame, modules: Iterable[ModuleType]) -> typer.Typer:
    application = typer.Typer(
        help=_("Daksha: training records you can prove, on machines that never see the internet."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @application.callback()
    def options(
        context: typer.Context,
        data: Annotated[
            Path | None, typer.Option(envvar="DAKSHA_DATA", help=_("The data folder."))
        ] = None,
        login: Annotated[
            str | None,
            typer.Option(
                "--as", envvar="DAKSHA_LOGIN", help=_("Who acts; password in DAKSHA_PASSWORD.")
            ),
        ] = None,
        as_json: Annotated[
            bool, typer.Option("--json", help=_("Print exactly one JSON object."))
        ] = False,
    ) -> None:
        context.obj = frame
        frame.folder = data or frame.folder
        frame.login = login
        frame.as_json = frame.as_json or as_json

    @application.command()
    def version() -> None:
        """Print the version."""
        frame.tell(f"Daksha {VERSION}", {"version": VERSION})

    for module in modules:
        application.add_typer(module.commands)
    return application
