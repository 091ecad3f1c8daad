"""`people owners`: which field of people belongs to whom."""

from collections.abc import Sequence
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.people.ownership import FIELD_OWNERS, OWNED_FIELDS, FieldOwner, OwnedField, Owners

commands = typer.Typer()


@commands.command("owners")
def owners(
    context: typer.Context,
    said: Annotated[
        list[str] | None,
        typer.Argument(help=_("FIELD=OWNER, as shift=plant; without it: show who owns what.")),
    ] = None,
    reason: Annotated[str, typer.Option(help=_("Why; kept in the records."))] = "",
) -> None:
    """Show, or say at headquarters, who changes a field: hr_file, headquarters, plant or anybody."""
    frame = frame_of(context)
    kept, actor = frame.services.people.owners, frame.actor()
    if said:
        kept.say(actor, _read(said), reason)
    found = kept.all(actor)
    told = {one: found.get(one, FieldOwner.ANYBODY) for one in OwnedField}
    lines = [f"{one.value}\t{_(OWNED_FIELDS[one])}\t{_(FIELD_OWNERS[told[one]])}" for one in told]
    frame.tell(
        "\n".join(lines),
        {
            "owners": {one.value: owner.value for one, owner in told.items()},
            "said_here": kept.is_said_here,
        },
    )


def _read(said: Sequence[str]) -> Owners:
    found: dict[OwnedField, FieldOwner] = {}
    for one in said:
        field, _equals, owner = one.partition("=")
        try:
            found[OwnedField(field.strip())] = FieldOwner(owner.strip())
        except ValueError as error:
            raise NotFound(one) from error
    return found
