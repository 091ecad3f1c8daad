"""`sync plan`, and the files of courses in `sync export`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import frame_of
from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.figures import number, size
from app.core.base.words import _, plural
from app.core.sync import ExportPlan, Lacking, Peer, Sync, sticks_needed

commands = typer.Typer()

ALL_COURSES, NO_COURSES = "all", "none"
ALL_PCS = "pcs"
_GB = 10**9


class NoSuchCourse(UserFacingError):
    """A course that was named has no files to send."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is no course “{name}” with files that are lacking there.").format(name=name),
            safe=_("Nothing was written."),
            remedy=_("See with `sync plan` which courses have some."),
        )


class NobodyThere(UserFacingError):
    """There is nobody to write a file for."""

    def __init__(self) -> None:
        super().__init__(
            _("This site has no other PC."),
            safe=_("Nothing was written."),
            remedy=_("Let another PC join first, or name another site."),
        )


class NothingFits(UserFacingError):
    """No course that is lacking there is in that language or for that job role."""

    def __init__(self) -> None:
        super().__init__(
            _("No course that is lacking there is in that language or for that job role."),
            safe=_("Nothing was written."),
            remedy=_("See with `sync plan` which courses have some."),
        )


Languages = Annotated[
    list[str] | None,
    typer.Option("--language", help=_("Only courses in this language, as hi; may be repeated.")),
]
Roles = Annotated[
    list[str] | None,
    typer.Option(
        "--role", help=_("Only courses of those with this job role, by code; may be repeated.")
    ),
]


@commands.command()
def plan(
    context: typer.Context,
    to: Annotated[str, typer.Option(help=_("A site or PC, as `sync status` names it."))],
    stick: Annotated[int, typer.Option(help=_("Room on a stick, in GB."), min=1)] = 16,
    language: Languages = None,
    role: Roles = None,
) -> None:
    """Say what a sync file would carry, and course by course which files could go along."""
    frame = frame_of(context)
    actor, sync = frame.actor(), frame.services.sync
    found = sync.plan(actor, *peers_named(sync, actor, to))
    found = replace(found, lacking=found.lacking.narrowed(language or (), role or ()))
    frame.tell(_planned(found, stick), _plan_figures(found, stick))


def peers_named(sync: Sync, actor: Actor, name: str) -> list[Peer]:
    """Return whom a name means: a site, a PC, or every other PC of this site. Raises NobodyThere."""
    if name != ALL_PCS:
        return [sync.peer(actor, name)]
    peers = [peer for peer in sync.peers(actor) if peer.is_own_site]
    if not peers:
        raise NobodyThere
    return peers


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which courses' files are asked for on the command line."""

    courses: str
    """ALL_COURSES, NO_COURSES, or codes and ids with commas between."""
    languages: Sequence[str] = ()
    roles: Sequence[str] = ()

    @property
    def narrows(self) -> bool:
        """Tell whether languages or job roles are named."""
        return bool(self.languages or self.roles)


def courses_wanted(
    sync: Sync, actor: Actor, peers: list[Peer], wanted: Wanted
) -> frozenset[UUID] | None:
    """Return the courses that are asked for; None for all. Raises NoSuchCourse, NothingFits."""
    if wanted.courses in {ALL_COURSES, NO_COURSES} and not wanted.narrows:
        return None if wanted.courses == ALL_COURSES else frozenset()
    lacking = sync.plan(actor, *peers).lacking.narrowed(wanted.languages, wanted.roles)
    if wanted.courses not in {ALL_COURSES, NO_COURSES}:
        return _named(lacking, wanted.courses)
    ids = frozenset(one.course_id for one in lacking.fresh if one.course_id is not None)
    if not ids:
        raise NothingFits
    return ids


def _named(lacking: Lacking, names: str) -> frozenset[UUID]:
    known: dict[str, UUID] = {}
    for one in (*lacking.fresh, *lacking.on_the_way):
        if one.course_id is not None:
            known |= {one.code.casefold(): one.course_id, str(one.course_id): one.course_id}
    found = set()
    for name in filter(None, (part.strip().casefold() for part in names.split(","))):
        if name not in known:
            raise NoSuchCourse(name)
        found.add(known[name])
    return frozenset(found)


def _planned(found: ExportPlan, stick: int) -> str:
    lines = [plural("{count} entry", "{count} entries", found.entries)]
    for state, materials in (
        ("", found.lacking.fresh),
        (_("on the way"), found.lacking.on_the_way),
    ):
        lines += [
            "  ".join(
                filter(
                    None,
                    (
                        one.code,
                        one.title or _("Other files"),
                        " ".join(one.languages),
                        size(one.size),
                        state,
                    ),
                )
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
                "languages": list(one.languages),
                "roles": [{"code": role.code, "title": role.title} for role in one.roles],
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
