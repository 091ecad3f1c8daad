"""`people import`, `mappings`, `runs`, `undo`, `watch`: HR files, looked at, applied and taken back."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.hr_words import (
    mapping_data,
    plan_data,
    plan_text,
    run_data,
    run_line,
    taken_back_data,
    watched_data,
    watched_text,
)
from app.core.base.errors import NotAllowed, NotFound, UserFacingError
from app.core.base.words import _
from app.core.people.imports import (
    PRESETS,
    Coverage,
    DayOrder,
    HrFolderChoice,
    HrMapping,
    HrSet,
    ImportWish,
    PeoplePlan,
    Preset,
)
from app.core.spreadsheets import given_file
from app.core.training.matrix import GapCount

_Files = Annotated[list[Path], typer.Argument(help=_("CSV, XLSX or XLS files of one set."))]
_Preset = Annotated[str, typer.Option(help=_("auto, or the HR system that wrote the file."))]
_Mapping = Annotated[
    str | None, typer.Option(help=_("A saved mapping; else one that is like the file."))
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Only say what it would do."))]
_SkipErrors = Annotated[bool, typer.Option("--skip-errors", help=_("Leave out rows with errors."))]
_Days = Annotated[DayOrder | None, typer.Option(help=_("What stands first in 03/04/2026."))]
_Whole = Annotated[
    Coverage | None, typer.Option(help=_("Whom the file would name if they were still here."))
]
_Leave = Annotated[
    str,
    typer.Option(help=_("Who of those that are missing has left: all, or numbers with commas.")),
]
_LeftOn = Annotated[
    str | None, typer.Option(help=_("First day without them, YYYY-MM-DD; else today."))
]
_Back = Annotated[str, typer.Option(help=_("Which leavers are taken back: numbers with commas."))]
_Confirm = Annotated[
    int | None, typer.Option(help=_("How many people may change, where it asks for that."))
]
_NewPlaces = Annotated[bool, typer.Option(help=_("Create departments and job roles that are new."))]
_Accounts = Annotated[bool, typer.Option("--accounts", help=_("Give everybody new an account."))]
_WatchFolder = Annotated[Path | None, typer.Option(help=_("Watch this folder from now on."))]
_WatchNone = Annotated[bool, typer.Option("--off", help=_("Watch no folder."))]
_Additions = Annotated[
    bool | None, typer.Option(help=_("Apply files at once that only add a few people."))
]
_Dismiss = Annotated[
    str | None, typer.Option(help=_("Let the file of this SHA-256 wait no longer."))
]
_SaveMapping = Annotated[str, typer.Option(help=_("Keep how the file was read, under this name."))]


class UnknownPreset(UserFacingError):
    """`--preset` names no HR system that is known."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("No preset is called “{name}”.").format(name=name),
            safe=_("Nothing was imported."),
            remedy=_("Give one of: {names}.").format(names=", ".join(one.name for one in PRESETS)),
        )


def add_commands(commands: typer.Typer) -> None:
    """Let `people` know them."""
    commands.command("import")(import_people)
    commands.command("mappings")(mappings)
    commands.command("runs")(runs)
    commands.command("undo")(undo)
    commands.command("watch")(watch)


def import_people(
    context: typer.Context,
    files: _Files,
    preset: _Preset = "auto",
    mapping: _Mapping = None,
    dry_run: _DryRun = False,
    skip_errors: _SkipErrors = False,
    days: _Days = None,
    whole: _Whole = None,
    leave: _Leave = "",
    left_on: _LeftOn = None,
    back: _Back = "",
    confirm: _Confirm = None,
    new_places: _NewPlaces = True,
    accounts: _Accounts = False,
    save_mapping: _SaveMapping = "",
) -> None:
    """Take over people from HR files: add who is new, change what changed, delete nobody."""
    frame = frame_of(context)
    imports, actor = frame.services.people.imports, frame.actor()
    chosen = _preset(preset)
    hr_set = imports.read(actor, [given_file(path) for path in files])
    wish = ImportWish(
        preset=chosen,
        mapping=imports.mappings.named(actor, mapping) if mapping else None,
        coverage=whole,
        leavers={},
        returning=frozenset(_numbers(back)),
        new_places=new_places,
        accounts=accounts,
    )
    plan, wish = _look(frame, hr_set, wish, days)
    if leave:
        plan = imports.look(actor, hr_set, _with_leavers(plan, wish, leave, day_of(left_on)))
    if save_mapping:
        imports.mappings.keep(actor, _kept(plan, save_mapping))
    gaps = _gaps(frame, plan) if dry_run else {}
    if not dry_run:
        progress = frame.progress()
        imports.apply(actor, plan, skip_errors=skip_errors, typed=confirm, progress=progress)
    frame.tell(plan_text(plan, gaps), {"applied": not dry_run, **plan_data(plan, gaps)})


def mappings(
    context: typer.Context,
    forget: Annotated[str | None, typer.Option(help=_("Use this one no longer."))] = None,
) -> None:
    """List the saved mappings of HR files."""
    frame = frame_of(context)
    kept, actor = frame.services.people.imports.mappings, frame.actor()
    if forget is not None:
        kept.forget(actor, forget)
    found = kept.all(actor)
    lines = [f"{one.name}\t{len(one.columns)}\t{one.coverage.value}" for one in found]
    words = "\n".join(lines) or _("No mapping is saved yet.")
    frame.tell(words, {"mappings": [mapping_data(one) for one in found]})


def runs(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help=_("How many at most."))] = 20,
) -> None:
    """List the imports that were applied, newest first."""
    frame = frame_of(context)
    found = frame.services.people.imports.past(frame.actor(), limit)
    words = "\n".join(map(run_line, found)) or _("Nothing was imported yet.")
    frame.tell(words, {"runs": [run_data(one) for one in found]})


def undo(
    context: typer.Context,
    run: Annotated[
        str,
        typer.Argument(
            help=_("Position of an import, as `people runs` tells it; else the newest.")
        ),
    ] = "",
    dry_run: _DryRun = False,
) -> None:
    """Take an import back, as far as nobody changed it since. Nobody is deleted."""
    frame = frame_of(context)
    imports, actor = frame.services.people.imports, frame.actor()
    past = imports.past(actor, 1000)
    chosen = next((one for one in past if not run or one.deed.position == run), None)
    if chosen is None:
        raise NotFound(run or _("An import"))
    plan = imports.plan_take_back(actor, chosen.deed.id)
    if not dry_run:
        imports.take_back(actor, plan)
    words = _("{gone} who came with it, {restored} as before, {kept} changed again since").format(
        gone=len(plan.leaving), restored=len(plan.restored), kept=len(plan.kept)
    )
    frame.tell(words, {"taken_back": not dry_run, **taken_back_data(plan)})


def watch(
    context: typer.Context,
    folder: _WatchFolder = None,
    off: _WatchNone = False,
    additions: _Additions = None,
    dismiss: _Dismiss = None,
) -> None:
    """Look into the folder that HR drops files into, and list what waits."""
    frame = frame_of(context)
    watched, actor = frame.services.hr_folder, frame.actor()
    if folder is not None or off or additions is not None:
        watched.choose(actor, _chosen(watched.choice, folder, additions, off=off))
    if dismiss is not None:
        watched.dismiss(actor, dismiss)
    looked_at = watched.look(actor)
    waiting, passed_over = watched.waiting(actor), watched.not_taken(actor)
    now = watched.choice
    frame.tell(
        watched_text(waiting, passed_over),
        {
            "folder": str(now.folder) if now.folder else None,
            "applies_additions": now.applies_additions,
            "looked_at": looked_at,
            "files": [watched_data(one) for one in watched.files(actor)],
            "not_taken": [{"path": str(one.path), "words": one.words} for one in passed_over],
        },
    )


def _chosen(
    before: HrFolderChoice, folder: Path | None, additions: bool | None, *, off: bool
) -> HrFolderChoice:
    """Return which folder is watched from now on, and how; what is not given stays."""
    return replace(
        before,
        folder=None if off else (folder or before.folder),
        applies_additions=before.applies_additions if additions is None else additions,
    )


def _look(
    frame: Frame, hr_set: HrSet, wish: ImportWish, days: DayOrder | None
) -> tuple[PeoplePlan, ImportWish]:
    """Look at a set, with what somebody said of its days added to its mapping."""
    imports, actor = frame.services.people.imports, frame.actor()
    plan = imports.look(actor, hr_set, wish)
    if days is None:
        return plan, wish
    wish = replace(wish, mapping=replace(plan.mapping, order=days))
    return imports.look(actor, hr_set, wish), wish


def _gaps(frame: Frame, plan: PeoplePlan) -> dict[UUID, GapCount]:
    """Return what other job roles make new, keep and end, for whoever assigns; nothing for others."""
    moves = plan.role_moves
    try:
        return frame.services.training.matrix.gap_counts(frame.actor(), moves) if moves else {}
    except NotAllowed:
        return {}


def _with_leavers(plan: PeoplePlan, wish: ImportWish, leave: str, on: date | None) -> ImportWish:
    wanted = None if leave.strip().casefold() == "all" else set(_numbers(leave))
    missing = {one.number for one in plan.gone}
    unknown = sorted((wanted or set()) - missing)
    if unknown:
        raise NotFound(_("Among those that are missing, {number}").format(number=unknown[0]))
    leavers = {
        number: on or plan.terms.today for number in missing if wanted is None or number in wanted
    }
    return replace(wish, mapping=plan.mapping, leavers=leavers)


def _kept(plan: PeoplePlan, name: str) -> HrMapping:
    """Return how a file was read, as a mapping: what was guessed is told from now on."""
    return replace(
        plan.mapping,
        name=name,
        columns=tuple((one.normal, one.field) for one in plan.columns if one.field is not None),
        coverage=plan.terms.coverage,
        headings=tuple(sorted(one.normal for one in plan.columns)),
    )


def _numbers(text: str) -> list[str]:
    return [part.strip().upper() for part in text.split(",") if part.strip()]


def _preset(name: str) -> Preset:
    for preset in PRESETS:
        if preset.name == name.casefold():
            return preset
    raise UnknownPreset(name)
