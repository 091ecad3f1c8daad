"""`requirements offer` and `offers`: what people find in the catalogue and may have of themselves."""

from enum import StrEnum
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.words import _
from app.core.training import Offering


class _How(StrEnum):
    """How it is offered, as the command line says it."""

    OPEN = "open"
    APPROVAL = "approval"
    NOT = "not"

    @property
    def offering(self) -> Offering:
        """Return what it means."""
        return Offering.NOT_OFFERED if self is _How.NOT else Offering(self.value)


def offer(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help=_("Its code."))],
    how: Annotated[
        _How,
        typer.Option(
            "--how", help=_("open: who takes it has it; approval: somebody approves; not: no more.")
        ),
    ] = _How.OPEN,
    audience: Annotated[
        str, typer.Option(help=_("Code of the audience that finds it; everybody without."))
    ] = "",
    reason: Annotated[str, typer.Option(help=_("Why."))] = "",
) -> None:
    """Let people find a requirement in the catalogue, and take it or ask for it."""
    frame = frame_of(context)
    training, actor = frame.services.training, frame.actor()
    found = training.catalogue.coded(actor, code).summary
    among = training.matrix.audiences.coded(actor, audience).id if audience else None
    training.offers.say(actor, found.id, how.offering, among, reason)
    told = {"requirement": found.code, "how": how.value, "audience": audience.upper() or None}
    frame.tell(f"{found.code}\t{how.value}\t{found.title}", told)


def offers(context: typer.Context) -> None:
    """List what is offered, by title: code, how, audience, title."""
    frame = frame_of(context)
    found = frame.services.training.offers.all(frame.actor())
    lines = [f"{one.code}\t{one.offering.value}\t{one.audience_code}\t{one.title}" for one in found]
    frame.tell(
        "\n".join(lines) or _("Nothing is offered."),
        {
            "offers": [
                {
                    "requirement": one.code,
                    "title": one.title,
                    "how": one.offering.value,
                    "audience": one.audience_code or None,
                }
                for one in found
            ]
        },
    )
