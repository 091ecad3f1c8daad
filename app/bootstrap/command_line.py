"""Runs a command: hands the command line its way into a site, and tells errors in one line."""

from app.bootstrap.assembly import found_services, open_services
from app.bootstrap.places import data_folder
from app.cli.main import run


def run_command(arguments: list[str]) -> int:
    """Run one command; return its exit code (architecture, Command line)."""
    return run(arguments, data_folder(), open_services, found_services)
