"""A course as it is named on the command line: by its id or its code."""

from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import Frame
from app.core.base.errors import NotFound
from app.core.base.ids import parse_id
from app.core.base.paging import PageRequest
from app.core.base.words import _

_EVERYTHING = 1_000_000
CourseCalled = Annotated[str, typer.Argument(help=_("Id or code of the course."))]


def course_called(frame: Frame, given: str) -> UUID:
    """Return the id written on the command line, or the id of the course with that code. Raises NotFound."""
    known = parse_id(given)
    if known is not None:
        return known
    request = PageRequest(text=given, limit=_EVERYTHING)
    for row in frame.services.courses.list(frame.actor(), request).rows:
        if row.code.casefold() == given.casefold():
            return row.id
    raise NotFound(_("The course {code}").format(code=given))
