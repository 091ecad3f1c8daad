"""`sync plan`, and the files of courses in `sync export`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import frame_of
from app.cli.sync_several import planned_data, planned_for_several
from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.figures import number, size
from app.core.base.words import _, plural
from app.core.sync import Lacking, Peer, Sync, sticks_needed

commands = typer.Typer()

ALL_COURSES, NO_COURSES = "all", "none"
ALL_PCS, ALL_SITES = "pcs", "sites"
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
            _("There is no other PC or site of that kind to write for."),
            safe=_("Nothing was written."),
            remedy=_("Let another PC join, or pair another site, first."),
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


Whom = Annotated[
    list[str],
    typer.Option(
        "--to",
        help=_(
            "A site or PC, as `sync status` names it; may be repeated, or several with commas between. "
            "“pcs”: all PCs here; “sites”: all other sites."
        ),
    ),
]


@commands.command()
def plan(
    context: typer.Context,
    to: Whom,
    stick: Annotated[int, typer.Option(help=_("Room on a stick, in GB."), min=1)] = 16,
    language: Languages = None,
    role: Roles = None,
) -> None:
    """Say what a sync file would carry, and course by course which files could go along.

    For several, what each lacks; of the courses each file counts once, as it lies on the stick.
    """
    frame = frame_of(context)
    actor, sync = frame.actor(), frame.services.sync
    found = sync.several.plan(actor, peers_named(sync, actor, to))
    lacking = found.lacking.narrowed(language or (), role or ())
    (first, *others) = found.readers
    lines = [
        planned_for_several(found)
        if others
        else plural("{count} entry", "{count} entries", first.entries),
        *_planned(lacking, stick),
    ]
    figures = {
        "entries": sum(one.entries for one in found.readers),
        **_plan_figures(lacking, stick),
        "recipients": planned_data(found),
    }
    frame.tell("\n".join(lines), figures)


def peers_named(sync: Sync, actor: Actor, names: Sequence[str]) -> list[Peer]:
    """Return whom names mean: sites and PCs, all PCs here, all other sites. Raises NobodyThere."""
    known = sync.peers(actor)
    whole = {one.casefold() for peer in known for one in (peer.label, peer.name)}
    parts = [
        part
        for name in names
        for part in ([name] if name.strip().casefold() in whole else name.split(","))
        if part.strip()
    ]
    found: dict[Peer, None] = {}
    for part in parts:
        found.update(dict.fromkeys(_peers_called(sync, actor, part.strip())))
    if not found:
        raise NobodyThere
    return list(found)


def _peers_called(sync: Sync, actor: Actor, name: str) -> list[Peer]:
    if name not in {ALL_PCS, ALL_SITES}:
        return [sync.peer(actor, name)]
    is_own = name == ALL_PCS
    peers = [peer for peer in sync.writable_peers(actor) if peer.is_own_site is is_own]
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
    lacking = sync.several.plan(actor, peers).lacking.narrowed(wanted.languages, wanted.roles)
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


def _planned(lacking: Lacking, stick: int) -> list[str]:
    lines: list[str] = []
    for state, materials in (
        ("", lacking.fresh),
        (_("on the way"), lacking.on_the_way),
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
    sticks = sticks_needed(sum(one.size for one in lacking.fresh), stick * _GB)
    if sticks:
        lines.append(
            _("{sticks} with {room} GB of room").format(
                sticks=plural("{count} stick", "{count} sticks", sticks), room=number(stick)
            )
        )
    return lines


def _plan_figures(lacking: Lacking, stick: int) -> dict[str, object]:
    return {
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
                (False, lacking.fresh),
                (True, lacking.on_the_way),
            )
            for one in materials
        ],
        "sticks": sticks_needed(sum(one.size for one in lacking.fresh), stick * _GB),
    }
