"""A person as they are named on the command line: by their id or their number."""

from typing import Annotated

import typer

from app.cli.frame import Frame
from app.core.base.ids import parse_id
from app.core.base.words import _
from app.core.people import PersonId

PersonCalled = Annotated[
    str, typer.Argument(help=_("Id of a person, or a number that is theirs alone."))
]


def person_called(frame: Frame, given: str) -> PersonId:
    """Return whom an id or a number means. Raises NotFound, NotOne."""
    known = parse_id(given)
    if known is not None:
        return frame.services.people.person(frame.actor(), PersonId(known)).id
    return frame.services.people.find(frame.actor(), given).id
