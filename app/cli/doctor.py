"""`doctor`: how the site is, and whether the program is installed and works as it was released."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import Frame, frame_of
from app.core.assurance import (
    RESULTS,
    Qualification,
    QualificationPart,
    StepResult,
    outcome_in_words,
)
from app.core.base.actor import system_actor
from app.core.base.words import _, plural
from app.core.operations import Check, Health, Rebuilt, check_backups, check_health, looked

commands = typer.Typer()

_Rebuild = Annotated[
    bool,
    typer.Option(
        "--rebuild",
        help=_("Make lists, sums and indexes anew, and say what was wrong in them."),
    ),
]
_Pages = Annotated[
    bool, typer.Option("--pages", help=_("Look at every page of the records' file first."))
]
_Installation = Annotated[
    bool,
    typer.Option(
        "--iq", help=_("Qualify the installation: files, parts, typefaces, keys, disk, clock.")
    ),
]
_Operation = Annotated[
    bool,
    typer.Option(
        "--oq", help=_("Qualify the operation: try everything on a site that is thrown away.")
    ),
]
_Out = Annotated[
    Path | None, typer.Option("--out", help=_("Where the report of a qualification goes."))
]


@commands.command()
def doctor(
    context: typer.Context,
    rebuild: _Rebuild = False,
    pages: _Pages = False,
    installation: _Installation = False,
    operation: _Operation = False,
    out: _Out = None,
) -> int:
    """Look at disk, encryption, database, clock, keys and backups; exit 2 when something is bad."""
    frame = frame_of(context)
    if rebuild:
        return _rebuild(frame)
    wanted = {
        QualificationPart.INSTALLATION: installation,
        QualificationPart.OPERATION: operation,
    }
    parts = [part for part, is_wanted in wanted.items() if is_wanted]
    if out is not None and not parts:
        raise typer.BadParameter(_("A report is made of --iq, --oq or both."), param_hint="--out")
    if pages:
        frame.services.disk.check(frame.actor(), frame.progress())
    return _qualify(frame, parts, out) if parts else _look(frame)


def _look(frame: Frame) -> int:
    services = frame.services
    opened, boss = services.open_site, system_actor()
    checks = looked(
        lambda: check_health(opened),
        lambda: check_backups(opened, services.backups.last_good(boss)),
        lambda: services.programs.checks(boss),
        services.oversight.checks,
    )
    worst_is_bad = any(check.health is Health.BAD for check in checks)
    frame.tell(
        "\n".join(map(_line, checks)),
        {
            "ok": not worst_is_bad,
            "checks": [
                {
                    "key": one.key,
                    "title": one.title,
                    "health": one.health.value,
                    "says": one.says,
                    "command": one.command,
                }
                for one in checks
            ],
        },
    )
    return 2 if worst_is_bad else 0


def _line(check: Check) -> str:
    mends = f" ({check.command})" if check.command else ""
    return f"{check.health.value:6} {check.title}: {check.says}{mends}"


def _qualify(frame: Frame, parts: list[QualificationPart], out: Path | None) -> int:
    """Qualify, keep what came of it, and write the report where one is asked for; exit 2 when a step failed."""
    actor = system_actor() if frame.login is None else frame.actor()
    qualifications = frame.services.qualifications
    done = qualifications.run(actor, parts, frame.progress())
    if out is not None:
        frame.save(out, qualifications.report(actor, done.id))
    frame.tell(_done_in_words(done), _done_in_json(done, out))
    return 0 if done.is_passed else 2


def _done_in_words(done: Qualification) -> str:
    lines = [f"{_(RESULTS[step.result]):14} {step.title}: {step.actual}" for step in done.steps]
    lines += [
        _("Expected of “{title}”: {expected}").format(title=step.title, expected=step.expected)
        for step in done.failed
    ]
    return "\n".join([*lines, outcome_in_words(done)])


def _done_in_json(done: Qualification, out: Path | None) -> dict[str, object]:
    return {
        "ok": done.is_passed,
        "id": str(done.id),
        "parts": [part.value for part in done.parts],
        "version": done.version,
        "pc": done.pc,
        "signed": done.is_signed,
        "sha256": done.sha256,
        "out": None if out is None else str(out),
        "passed": sum(step.result is StepResult.PASSED for step in done.steps),
        "failed": len(done.failed),
        "steps": [
            {
                "key": step.key,
                "part": step.part.value,
                "title": step.title,
                "expected": step.expected,
                "actual": step.actual,
                "result": step.result.value,
            }
            for step in done.steps
        ],
    }


def _rebuild(frame: Frame) -> int:
    """Make what is derived anew; what was wrong is mended by the time it is told."""
    lines = frame.services.derivations.rebuild(frame.actor(), frame.progress())
    frame.tell(
        "\n".join(_said(line) for line in lines),
        {
            "ok": True,
            "was_right": all(line.was_right for line in lines),
            "tables": [
                {
                    "key": line.key,
                    "tables": list(line.tables),
                    "rows": line.rows,
                    "wrong": line.wrong,
                    "missing": line.missing,
                }
                for line in lines
            ],
        },
    )
    return 0


def _said(line: Rebuilt) -> str:
    rows = plural("{count} row", "{count} rows", line.rows)
    if line.was_right:
        return _("{title}: right ({rows})").format(title=line.title, rows=rows)
    return _("{title}: mended; {wrong} wrong, {missing} missing ({rows})").format(
        title=line.title, wrong=line.wrong, missing=line.missing, rows=rows
    )
