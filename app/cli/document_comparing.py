"""`training document compare`: which words differ between two revisions."""

from typing import Annotated

import typer

from app.cli.approvals import comparison_data
from app.cli.document_called import labelled, revision_called
from app.cli.frame import frame_of
from app.core.approvals import comparison_lines
from app.core.base.words import _


def compare(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Its number, as SOP-123."))],
    before: Annotated[str, typer.Argument(help=_("The earlier revision."))],
    after: Annotated[str, typer.Argument(help=_("The later one."))],
) -> None:
    """Say which words differ between two revisions, page by page. Drawings are not compared."""
    frame = frame_of(context)
    found, earlier = revision_called(frame, number, before)
    later, comparing = labelled(found, after), frame.services.documents.comparing
    compared = comparing.compare(frame.actor(), earlier.id, later.id, frame.progress())
    head = _(
        "{number}: revision {before} → {after}. Words between « and » are in one of them alone."
    )
    frame.tell(
        "\n".join(
            (
                head.format(number=found.summary.number, before=before, after=after),
                *comparison_lines(compared),
            )
        ),
        {
            "number": found.summary.number,
            "before": str(earlier.id),
            "after": str(later.id),
            **comparison_data(compared),
        },
    )
