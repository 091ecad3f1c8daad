"""`sync plan`, and the files of courses in `sync export`."""

from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import frame_of
from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.figures import number, size
from app.core.base.words import _, plural
from app.core.sync import ExportPlan, Loaded, Peer, Sync, sticks_needed

commands = typer.Typer()

ALL_COURSES, NO_COURSES = "all", "none"
_GB = 10**9


class NoSuchCourse(UserFacingError):
    """A course that was named has no files to send."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is no course “{name}” with files that are lacking there.").format(name=name),
            safe=_("Nothing was written."),
            remedy=_("See with `sync plan` which courses have some."),
        )


@commands.command()
def plan(
    context: typer.Context,
    to: Annotated[str, typer.Option(help=_("A site or PC, as `sync status` names it."))],
    stick: Annotated[int, typer.Option(help=_("Room on a stick, in GB."), min=1)] = 16,
) -> None:
    """Say what a sync file would carry, and course by course which files could go along."""
    frame = frame_of(context)
    actor, sync = frame.actor(), frame.services.sync
    found = sync.plan(actor, sync.peer(actor, to))
    frame.tell(_planned(found, stick), _plan_figures(found, stick))


def courses_named(
    sync: Sync, actor: Actor, peers: list[Peer], wanted: str
) -> frozenset[UUID] | None:
    """Return the courses of codes or ids; None for all. Raises NoSuchCourse."""
    if wanted == ALL_COURSES:
        return None
    if wanted == NO_COURSES:
        return frozenset()
    known: dict[str, UUID] = {}
    for peer in peers:
        lacking = sync.plan(actor, peer).lacking
        for one in (*lacking.fresh, *lacking.on_the_way):
            if one.course_id is not None:
                known |= {one.code.casefold(): one.course_id, str(one.course_id): one.course_id}
    found = set()
    for name in filter(None, (part.strip().casefold() for part in wanted.split(","))):
        if name not in known:
            raise NoSuchCourse(name)
        found.add(known[name])
    return frozenset(found)


def told_of_files(loaded: Loaded) -> list[str]:
    lines = []
    if loaded.files:
        went = plural("{count} file of courses", "{count} files of courses", loaded.files)
        lines.append(f"{went}, {size(loaded.size)}")
    if loaded.files_left:
        left = plural("{count} file of courses", "{count} files of courses", loaded.files_left)
        lines.append(
            _("{files}, {size}: did not fit, and can go with the next export.").format(
                files=left, size=size(loaded.size_left)
            )
        )
    damaged = [_("{name} is damaged on this PC and did not go.").format(name=name)
               for name in loaded.damaged]  # fmt: skip
    return [*lines, *damaged, *filter(None, [loaded.trouble])]


def _planned(found: ExportPlan, stick: int) -> str:
    lines = [plural("{count} entry", "{count} entries", found.entries)]
    for state, materials in (
        ("", found.lacking.fresh),
        (_("on the way"), found.lacking.on_the_way),
    ):
        lines += [
            "  ".join(
                filter(None, (one.code, one.title or _("Other files"), size(one.size), state))
            )
            for one in materials
        ]
    sticks = sticks_needed(sum(one.size for one in found.lacking.fresh), stick * _GB)
    if sticks:
        lines.append(
            _("{sticks} with {room} GB of room").format(
                sticks=plural("{count} stick", "{count} sticks", sticks), room=number(stick)
            )
        )
    return "\n".join(lines)


def _plan_figures(found: ExportPlan, stick: int) -> dict[str, object]:
    return {
        "entries": found.entries,
        "courses": [
            {
                "id": str(one.course_id) if one.course_id else None,
                "code": one.code,
                "title": one.title,
                "files": len(one.files),
                "size": one.size,
                "on_the_way": is_on_the_way,
            }
            for is_on_the_way, materials in (
                (False, found.lacking.fresh),
                (True, found.lacking.on_the_way),
            )
            for one in materials
        ],
        "sticks": sticks_needed(sum(one.size for one in found.lacking.fresh), stick * _GB),
    }
