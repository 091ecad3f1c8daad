"""`people photo`: somebody's photo given, saved, taken away; `people photos`: a folder of them."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.figures import size
from app.core.base.words import _, plural
from app.core.people.photos import PHOTO_TROUBLES, PhotoFile, PhotoPlan

_Number = Annotated[str, typer.Argument(help=_("Employee number."))]


def add_commands(commands: typer.Typer) -> None:
    """Let `people` have them."""
    commands.command("photo")(photo)
    commands.command("photos")(photos)


def photo(
    context: typer.Context,
    number: _Number,
    file: Annotated[
        Path | None, typer.Argument(help=_("A picture that becomes their photo."))
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help=_("Take it away."))] = False,
    reason: Annotated[str, typer.Option(help=_("Why; kept in the records."))] = "",
) -> None:
    """Give somebody a photo, take it away, or say whether there is one."""
    frame = frame_of(context)
    if remove and file is not None:
        raise typer.BadParameter(_("Give a picture, or --remove, not both."))
    keeping, actor = frame.services.people.photos, frame.actor()
    person = frame.services.people.find(actor, number)
    if remove:
        keeping.take_away(actor, person.id, reason)
    elif file is not None:
        keeping.give(actor, person.id, file)
    found = keeping.of(actor, person.id)
    words = _("a photo of {size}").format(size=size(len(found))) if found else _("no photo")
    frame.tell(
        f"{person.number}  {person.name}: {words}",
        {"number": person.number, "has_photo": bool(found), "bytes": len(found)},
    )


def photos(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help=_("Pictures, each named by an employee number."))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say what it would do."))
    ] = False,
) -> None:
    """Take the photos of a folder; what cannot be taken is named with the reason."""
    frame = frame_of(context)
    keeping, actor = frame.services.people.photos, frame.actor()
    plan = keeping.look_at(actor, folder, frame.progress())
    taken = 0 if dry_run else keeping.take(actor, plan, frame.progress())
    told = plan.matched if dry_run else ()
    lines = [
        *(f"{one.name}\t{one.person}" for one in told),
        *(f"{one.name}\t{_why(one)}" for one in plan.troubled),
        plural("{count} photo would come.", "{count} photos would come.", len(plan.matched))
        if dry_run
        else plural("{count} photo taken.", "{count} photos taken.", taken),
    ]
    frame.tell("\n".join(lines), _data(plan, taken))


def _why(one: PhotoFile) -> str:
    return "" if one.trouble is None else _(PHOTO_TROUBLES[one.trouble])


def _data(plan: PhotoPlan, taken: int) -> dict[str, object]:
    return {
        "taken": taken,
        "matched": [{"file": one.name, "number": one.number} for one in plan.matched],
        "same": [one.number for one in plan.same],
        "not_taken": [
            {"file": one.name, "why": None if one.trouble is None else one.trouble.value}
            for one in plan.troubled
        ],
    }
