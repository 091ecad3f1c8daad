"""`training tasks`: machines and operations, what each asks for, and their labels."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.core.base.words import _
from app.core.training import TrainingRefused
from app.core.training.permits import Task, TaskWords

commands = typer.Typer(name="tasks", help=_("Machines and operations: list, add, labels."))

_Code = Annotated[str, typer.Argument(help=_("Its code, as on the label."))]
_Reason = Annotated[str, typer.Option(help=_("Why."))]
_Unit = Annotated[str | None, typer.Option(help=_("Code of the department."))]
_Location = Annotated[str | None, typer.Option(help=_("Where it stands."))]
_Needs = Annotated[
    list[str] | None, typer.Option("--needs", help=_("Code of a requirement; all of them."))
]
_OneOf = Annotated[
    list[str] | None,
    typer.Option(help=_("SET=CODE+CODE: one of these is enough; all sets.")),
]
_Danger = Annotated[
    bool | None,
    typer.Option("--dangerous/--not-dangerous", help=_("Nobody under 18 without a supervisor.")),
]
_Beside = Annotated[
    bool | None,
    typer.Option("--supervised/--not-supervised", help=_("In training under a supervisor.")),
]


@commands.command("list")
def list_all(
    context: typer.Context,
    text: Annotated[str, typer.Option(help=_("Only those that have these words."))] = "",
) -> None:
    """List the tasks by title: code, title, what they ask for."""
    frame = frame_of(context)
    found = frame.services.training.permits.tasks.all(frame.actor(), text)
    frame.tell(
        "\n".join(map(_line, found)) or _("There are no tasks yet."),
        {"tasks": [_task(one) for one in found]},
    )


@commands.command()
def show(context: typer.Context, code: _Code) -> None:
    """Show one with what it asks for."""
    frame = frame_of(context)
    _tell(frame, code)


@commands.command()
def add(
    context: typer.Context,
    code: _Code,
    title: Annotated[str, typer.Argument(help=_("Its title."))],
    unit: _Unit = None,
    location: _Location = None,
    needs: _Needs = None,
    one_of: _OneOf = None,
    dangerous: _Danger = None,
    supervised: _Beside = None,
) -> None:
    """Add a machine or an operation."""
    frame = frame_of(context)
    new = TaskWords(
        code=code,
        title=title,
        org_unit=unit or "",
        location=location or "",
        is_dangerous=bool(dangerous),
        allows_supervision=bool(supervised),
        needs=tuple(needs or ()),
        one_of=_sets(one_of or ()),
    )
    frame.services.training.permits.tasks.add(frame.actor(), new)
    _tell(frame, code)


@commands.command()
def change(
    context: typer.Context,
    code: _Code,
    title: Annotated[str | None, typer.Option(help=_("Another title."))] = None,
    unit: _Unit = None,
    location: _Location = None,
    needs: _Needs = None,
    one_of: _OneOf = None,
    dangerous: _Danger = None,
    supervised: _Beside = None,
    no_needs: Annotated[
        bool, typer.Option("--no-needs", help=_("Ask for no code itself."))
    ] = False,
    reason: _Reason = "",
) -> None:
    """Say something else of one, from today on."""
    frame = frame_of(context)
    tasks, actor = frame.services.training.permits.tasks, frame.actor()
    found = tasks.coded(actor, code)
    before = tasks.words_of(found)
    words = TaskWords(
        code=found.code,
        title=title or before.title,
        org_unit=before.org_unit if unit is None else unit,
        location=before.location if location is None else location,
        is_dangerous=before.is_dangerous if dangerous is None else dangerous,
        allows_supervision=before.allows_supervision if supervised is None else supervised,
        needs=tuple(needs) if needs else () if no_needs else before.needs,
        one_of=before.one_of if one_of is None else _sets(one_of),
    )
    tasks.change(actor, found.id, words, reason)
    _tell(frame, code)


@commands.command()
def retire(
    context: typer.Context,
    code: _Code,
    on: Annotated[str | None, typer.Option(help=_("First day; today."))] = None,
    reason: _Reason = "",
) -> None:
    """Let nobody do it any more."""
    frame = frame_of(context)
    tasks, actor = frame.services.training.permits.tasks, frame.actor()
    day = day_of(on) or frame.today()
    tasks.retire(actor, tasks.coded(actor, code).id, day, reason)
    _tell(frame, code)


@commands.command("bring-back")
def bring_back(context: typer.Context, code: _Code, reason: _Reason = "") -> None:
    """Let a retired one be done again by who may."""
    frame = frame_of(context)
    tasks, actor = frame.services.training.permits.tasks, frame.actor()
    tasks.bring_back(actor, tasks.coded(actor, code).id, reason)
    _tell(frame, code)


@commands.command()
def labels(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("Where to write them as PDF."))],
    codes: Annotated[list[str] | None, typer.Argument(help=_("Of these; else of all."))] = None,
) -> None:
    """Write labels to stick on machines, ten on a page."""
    frame = frame_of(context)
    tasks = frame.services.training.permits.tasks
    document = tasks.labels(frame.actor(), codes or (), frame.services.open_site.name)
    frame.save(out, document)
    frame.tell(str(out), {"out": str(out), "labels": document.leaving.records})


@commands.command("import")
def import_file(
    context: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            help=_("CSV: code, title, unit, location, needs, dangerous, supervised."),
            exists=True,
            dir_okay=False,
        ),
    ],
    reason: _Reason = "",
) -> None:
    """Add the tasks of a file, and change those that are there; all of them, or none is taken."""
    frame = frame_of(context)
    done = frame.services.training.permits.tasks.take_in(frame.actor(), _rows(path), reason)
    frame.tell(
        _("{added} added, {changed} changed").format(added=done.added, changed=done.changed),
        {"added": done.added, "changed": done.changed},
    )


def _rows(path: Path) -> list[TaskWords]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise TrainingRefused(
            _("{file} is no CSV file in UTF-8.").format(file=path.name),
            _("Save it from the spreadsheet as “CSV UTF-8”."),
        ) from error
    return [_row(one) for one in rows]


def _row(row: dict[str, Any]) -> TaskWords:  # Any: a line that is too long has a list
    cells = {str(key).strip().casefold(): str(value or "").strip() for key, value in row.items()}
    return TaskWords(
        code=cells.get("code", ""),
        title=cells.get("title", ""),
        org_unit=cells.get("unit", ""),
        location=cells.get("location", ""),
        is_dangerous=cells.get("dangerous", "").casefold() in _YES,
        allows_supervision=cells.get("supervised", "").casefold() in _YES,
        needs=tuple(part.strip() for part in cells.get("needs", "").split("+") if part.strip()),
    )


_YES = frozenset({"yes", "y", "1", "true", "x"})


def _sets(texts: list[str] | tuple[()]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        name, sign, codes = text.partition("=")
        if not name.strip() or not sign:
            raise TrainingRefused(
                _("“{text}” names no set.").format(text=text), _("Write it as SET=CODE+CODE.")
            )
        found[name.strip()] = tuple(one.strip() for one in codes.split("+") if one.strip())
    return found


def _tell(frame: Frame, code: str) -> None:
    found = frame.services.training.permits.tasks.coded(frame.actor(), code)
    frame.tell(_line(found), _task(found))


def _line(one: Task) -> str:
    needed = ", ".join(asked.code for asked in one.asks)
    return f"{one.code}\t{one.title}\t" + (needed or _("Nothing is set up: nobody is let do it."))


def _task(one: Task) -> dict[str, Any]:
    sets: dict[str, list[str]] = defaultdict(list)
    for asked in one.asks:
        sets[asked.one_of].append(asked.code)
    return {
        "id": str(one.id),
        "code": one.code,
        "title": one.title,
        "unit": one.org_unit,
        "location": one.location,
        "dangerous": one.is_dangerous,
        "supervised": one.allows_supervision,
        "retired_on": None if one.retired_on is None else one.retired_on.isoformat(),
        "needs": sets.pop("", []),
        "one_of": dict(sets),
    }
