"""`waive`: a unit of a cmi5 course that somebody need not do."""

from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.learning import WaiveReason

commands = typer.Typer()
_REASONS = {
    "tested-out": WaiveReason.TESTED_OUT,
    "equivalent-unit": WaiveReason.EQUIVALENT_UNIT,
    "equivalent-outside": WaiveReason.EQUIVALENT_OUTSIDE,
    "administrative": WaiveReason.ADMINISTRATIVE,
}


class UnknownReason(UserFacingError):
    """The reason is none that cmi5 has."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is no reason to waive.").format(text=text),
            safe=_("Nothing was waived."),
            remedy=_("Give one of: {reasons}.").format(reasons=", ".join(_REASONS)),
        )


@commands.command()
def waive(
    context: typer.Context,
    person: Annotated[str, typer.Option(help=_("Number of who need not do it."))],
    unit: Annotated[str, typer.Option(help=_("The unit's id in its course structure (cmi5.xml)."))],
    reason: Annotated[str, typer.Option(help=_("Why."))] = "administrative",
) -> None:
    """Let a unit of a cmi5 course count as done, in the course that the person began last with it."""
    if reason not in _REASONS:
        raise UnknownReason(reason)
    frame = frame_of(context)
    frame.services.waiving.waive_for(frame.actor(), person, unit, _REASONS[reason])
    frame.tell(
        _("{unit} is waived for {person}.").format(unit=unit, person=person),
        {"unit": unit, "person": person, "reason": _REASONS[reason].value},
    )
