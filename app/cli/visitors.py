"""`training visitor`: somebody at the gate whom nobody has on record gets a pass for today."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.frame import frame_of
from app.cli.permits import pass_data
from app.core.base.words import _
from app.core.training.permits import KnownVisitor, NewVisitor


def visitor(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=_("What the visitor is called."))],
    company: Annotated[str, typer.Option(help=_("Who sends them."))] = "",
    escort: Annotated[
        str | None, typer.Option(help=_("Number of who goes with them; without: who is known."))
    ] = None,
    contact: Annotated[str, typer.Option(help=_("Phone, or the ID that was shown."))] = "",
    purpose: Annotated[str, typer.Option(help=_("Why they are here."))] = "",
    induction: Annotated[
        str, typer.Option(help=_("Code of what they read at the gate; it is credited to them."))
    ] = "",
    acknowledged: Annotated[
        bool, typer.Option("--acknowledged", help=_("They read it, and say that they keep to it."))
    ] = False,
    new: Annotated[
        bool, typer.Option("--new", help=_("It is somebody else than who is called so on record."))
    ] = False,
    out: Annotated[Path | None, typer.Option(help=_("Where to write it as PDF."))] = None,
) -> None:
    """Give a visitor a pass for today: who was here before is the same person, others come on record."""
    frame = frame_of(context)
    permits, actor = frame.services.training.permits, frame.actor()
    if escort is None:
        known = permits.visiting.known(actor, name, company)
        frame.tell(
            "\n".join(f"{one.number}\t{one.name}\t{one.company}\t{one.last_on}" for one in known)
            or _("No visitor on record is called so."),
            {"known": [_known(one) for one in known]},
        )
        return
    before = {one.number for one in permits.visiting.known(actor, name, company)}
    given = permits.visiting.welcome(
        actor,
        NewVisitor(name=name, company=company, contact=contact),
        escort,
        purpose=purpose,
        induction=induction.strip().upper(),
        acknowledged=acknowledged,
        somebody_else=new,
    )
    if out is not None:
        frame.save(out, permits.passes.paper(given, frame.services.open_site.name))
    is_known = given.number in before
    told = [f"{given.number}\t{given.name}\t{given.company}\t{given.escort}"]
    told += [_("This visitor was on record already.")] if is_known else []
    frame.tell("\n".join(told), {**pass_data(given), "was_on_record": is_known})


def _known(one: KnownVisitor) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "company": one.company,
        "last": None if one.last_on is None else one.last_on.isoformat(),
        "contact": one.contact,
    }
