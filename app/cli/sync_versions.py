"""`sync versions`: who has which version of which course, and what is on its way."""

from collections.abc import Iterator
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.sync import CourseVersions, SiteVersion, have_in_words, stands_in_words

commands = typer.Typer()


@commands.command()
def versions(
    context: typer.Context,
    course: Annotated[str, typer.Option(help=_("One course alone, by its code or title."))] = "",
    every: Annotated[
        bool, typer.Option("--all", help=_("Name those, too, who have the newest version."))
    ] = False,
) -> None:
    """Say of every course how many have its newest version, and how it stands with the others.

    By what each said itself: what was written for it counts once it was acknowledged.
    """
    frame = frame_of(context)
    found = frame.services.sync.versions(frame.actor())
    if course:
        wanted = course.casefold()
        found = tuple(one for one in found if wanted in {one.code.casefold(), one.title.casefold()})
        if not found:
            raise NotFound(course)
    lines = [line for one in found for line in _lines(one, every=every)]
    frame.tell(
        "\n".join(lines) or _("No course has a version yet."), {"courses": [*map(_data, found)]}
    )


def _lines(course: CourseVersions, *, every: bool) -> Iterator[str]:
    yield f"{course.code}  {course.title}: {have_in_words(course)}"
    for site in course.sites if every else course.behind:
        yield f"  {site.peer.label}: {stands_in_words(site)}"


def _data(course: CourseVersions) -> dict[str, object]:
    return {
        "id": str(course.course_id),
        "code": course.code,
        "title": course.title,
        "newest": course.newest,
        "published_at": course.published_at.isoformat(),
        "have": course.have,
        "sites": [*map(_site, course.sites)],
    }


def _site(site: SiteVersion) -> dict[str, object]:
    way = site.on_its_way
    return {
        "label": site.peer.label,
        "key": site.peer.key,
        "version": site.number,
        "has_newest": site.has_newest,
        "files_missing": site.files,
        "size_missing": site.size,
        "on_the_way": (
            {"id": str(way.id), "number": way.number, "made_at": way.made_at.isoformat()}
            if way is not None
            else None
        ),
    }
