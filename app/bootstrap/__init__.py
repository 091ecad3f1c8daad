"""The composition root: the only place that knows the window, the command line and the core.

Importing it must stay light: a window is on screen before the database's libraries are loaded.
"""

import sys


def main(arguments: list[str] | None = None) -> int:
    """Start Daksha: the window without arguments, else a command. Return the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if getattr(sys, "frozen", False):
        from app.bootstrap.launcher import hand_over  # only a bundle has versions beside it
        from app.core.base.installation import Installation

        code = hand_over(Installation.of_this_program(), given)
        if code is not None:
            return code
    if not given:
        from app.bootstrap.window import run_window  # Qt, only where there is a window

        return run_window()
    from app.bootstrap.command_line import run_command  # no Qt

    return run_command(given)
