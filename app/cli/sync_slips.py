"""`sync slip`, `sync compare`: the paper that goes with a stick, and the stick beside its paper."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import Frame, frame_of
from app.core.base.errors import UserFacingError
from app.core.base.figures import size
from app.core.base.words import _, plural
from app.core.sync import (
    BUNDLE,
    NoSuchSentFile,
    Slip,
    SlipComparison,
    SlipsRead,
    StickComparison,
    read_prologue,
    read_slips,
    slips_in_file,
    stick_in_words,
    uncompared_in_words,
    verdict_in_words,
)

commands = typer.Typer()


class SlipNeeded(UserFacingError):
    """Nobody said which slip."""

    def __init__(self) -> None:
        super().__init__(
            _("No courier slip was given."),
            safe=_("Nothing was compared."),
            remedy=_(
                "Give --code with what the square code says, or --picture with a photo of it."
            ),
        )


@commands.command()
def slip(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help=_("The sync file, or its id by `sync status`."))],
    out: Annotated[Path, typer.Option(help=_("Where to write the slip, as PDF."))],
) -> None:
    """Write the courier slip of a sync file that left: what lies on the stick, by size and hash."""
    frame = frame_of(context)
    bundle_id = _named(file)
    told = write_slip(frame, bundle_id, out)
    found = frame.services.sync.slips.of(frame.actor(), bundle_id)
    frame.tell(told, {"slip": str(out), **_figures(found)})


@commands.command()
def compare(
    context: typer.Context,
    place: Annotated[Path, typer.Argument(help=_("The stick's folder, or a sync file on it."))],
    code: Annotated[str, typer.Option(help=_("What the square code on the slip says."))] = "",
    picture: Annotated[
        Path | None, typer.Option(help=_("A photo, a scan or the PDF of the slip."))
    ] = None,
) -> int:
    """Compare what lies on a stick with its courier slips, before anything is taken in.

    All slips on the paper are compared, those of other sites and of parcels too. If a file of any of
    them is missing or wrong, the exit code is 2.
    """
    frame = frame_of(context)
    wanted = _given(code, picture)
    found = frame.services.sync.slips.compare(frame.actor(), wanted, place, frame.progress())
    frame.tell(_compared(found), _comparison(found))
    return 0 if found.is_same else 2


def write_slip(frame: Frame, bundle_id: UUID, out: Path) -> str:
    """Write the slip of a file that left; return what is said of it."""
    frame.save(out, frame.services.sync.slips.document(frame.actor(), bundle_id))
    return _("The courier slip is in {file}.").format(file=out)


def write_slips(frame: Frame, bundle_ids: Sequence[UUID], out: Path) -> str:
    """Write the slips of files that left as one PDF; return what is said of it."""
    frame.save(out, frame.services.sync.slips.document(frame.actor(), *bundle_ids))
    return _("The courier slips are in {file}.").format(file=out)


def _named(name: str) -> UUID:
    path = Path(name)
    if path.is_file():
        with path.open("rb") as file:
            return UUID(bytes=read_prologue(file, BUNDLE).bundle_id)
    try:
        return UUID(name)
    except ValueError as error:
        raise NoSuchSentFile from error


def _given(code: str, picture: Path | None) -> SlipsRead:
    if code:
        return SlipsRead(codes=read_slips([code]))
    if picture is None:
        raise SlipNeeded
    return slips_in_file(picture)


def _compared(found: StickComparison) -> str:
    lines = [stick_in_words(found), *uncompared_in_words(found)]
    for slip in found.worst_first:
        if len(found.slips) > 1:
            told = _("Sync file {number}: {verdict}")
            verdict = verdict_in_words(slip.verdict)
            lines.append(told.format(number=slip.code.number, verdict=verdict))
        lines += _files(slip)
    return "\n".join(lines)


def _files(slip: SlipComparison) -> Iterator[str]:
    for file in slip.files:
        yield "  ".join(filter(None, (file.name, size(file.size), file.trouble)))
    if slip.missing:
        yield plural("{count} file missing", "{count} files missing", len(slip.missing))


def _figures(slip: Slip) -> dict[str, object]:
    return {
        "id": str(slip.bundle_id),
        "number": slip.number,
        "sender": slip.sender,
        "sender_site": slip.sender_site,
        "recipients": list(slip.recipients),
        "made_at": slip.made_at.isoformat(),
        "files": [
            {"name": file.name, "size": file.size, "sha256": file.sha256} for file in slip.files
        ],
        "code": slip.code.text,
    }


def _comparison(found: StickComparison) -> dict[str, object]:
    return {
        "verdict": found.verdict.value,
        "slips": [_slip(one) for one in found.slips],
        "others": list(found.others),
        "altered": list(found.altered),
        "pages_unread": found.pages_unread,
    }


def _slip(found: SlipComparison) -> dict[str, object]:
    return {
        "id": str(found.code.bundle_id),
        "number": found.code.number,
        "verdict": found.verdict.value,
        "files": [
            {
                "name": file.name,
                "part": file.part,
                "size": file.size,
                "sha256": file.sha256,
                "trouble": file.trouble,
            }
            for file in found.files
        ],
        "missing": list(found.missing),
    }
