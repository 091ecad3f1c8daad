"""Runs a command: hands the command line its ways into the product."""

from collections.abc import Sequence

from app.bootstrap.assembly import (
    found_services,
    join_services,
    locked_records,
    move_services,
    open_services,
    prove_any_backup,
    recover_services,
    rekey_services,
    restoring_into,
    site_folder,
)
from app.bootstrap.places import data_folder
from app.bootstrap.versions import try_this_version
from app.cli.frame import WantedDemo, Ways
from app.cli.main import run
from app.core.base.measuring import Bench
from app.core.base.progress import Progress


def run_command(arguments: list[str]) -> int:
    """Run one command; return its exit code (architecture, Command line)."""
    ways = Ways(
        open_services=open_services,
        found_services=found_services,
        join_services=join_services,
        recover_services=recover_services,
        rekey_services=rekey_services,
        move_services=move_services,
        site_folder=site_folder,
        locked_records=locked_records,
        benches=_benches,
        demo=_demo,
        restoring=restoring_into,
        prove_backup=prove_any_backup,
        try_version=try_this_version,
    )
    return run(arguments, data_folder(), ways)


def _benches() -> Sequence[Bench]:
    from app.bootstrap.benches import BENCHES  # Qt and ReportLab, for those who measure

    return BENCHES


def _demo(wanted: WantedDemo, progress: Progress) -> int:
    from app.bootstrap.demo_tour import show_demo, tour  # Qt

    if wanted.headless:
        return tour(wanted.out, wanted.people)
    return show_demo(wanted.people, progress)
