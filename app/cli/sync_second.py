"""`sync two-persons`: whether a second person signs before a sync file is written; and their signature."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.core.base.words import _
from app.core.signatures import Proof, Undersigned
from app.core.sync import ExportOrder, ExportTerms, NotTheSecond

commands = typer.Typer()


@commands.command("two-persons")
def two_persons(
    context: typer.Context,
    asked: Annotated[
        bool | None,
        typer.Option("--on/--off", help=_("Whether a second person signs; without it: show.")),
    ] = None,
    begins: Annotated[str | None, typer.Option("--from", help=_("First day; today."))] = None,
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))] = "",
) -> None:
    """Show or say whether sync files with personal data take two people at this site.

    With --off it is proposed that one person writes: it counts once somebody else has approved it
    (approvals approve), from the day that they say.
    """
    frame = frame_of(context)
    rule, actor = frame.services.sync.rule, frame.actor()
    if asked is not None:
        from_on = day_of(begins) or frame.today()
        rule.say(actor, ExportTerms(from_on=from_on, two_persons=asked), reason)
    told, proposed = rule.all(actor), rule.proposed(actor)
    lines = [_line(one) for one in told] or [_("One person writes sync files.")]
    if proposed is not None:
        words = _("Proposed: one person writes them once somebody else has approved it ({id}).")
        lines.append(words.format(id=proposed.id))
    data = {"terms": [_data(one) for one in told]}
    frame.tell("\n".join(lines), {**data, "proposal": str(proposed.id) if proposed else None})


def confirmed(frame: Frame, orders: Sequence[ExportOrder], login: str) -> None:
    """Let a second person read orders and sign them. Raises NotTheSecond, and what signing does."""
    sync, actor = frame.services.sync, frame.actor()
    wanted = login.strip().casefold()
    named = [
        one
        for one in sync.releasing.seconds(actor)
        if wanted in {one.login.casefold(), one.number.casefold()}
    ]
    if len(named) != 1:
        raise NotTheSecond
    sys.stderr.writelines(f"{order.shown}\n" for order in orders)
    second = frame.services.sign_in.signer_by(named[0].id)
    proof = Proof(name=login, password=frame.second_password(login))
    pen = frame.services.signatures.pen(second, proof)
    sync.releasing.release_each(orders, Undersigned(pen, *(order.shown for order in orders)))


def _line(one: ExportTerms) -> str:
    words = _("Two people") if one.two_persons else _("One person")
    return f"{one.from_on.isoformat()}\t{words}\t{one.reason}"


def _data(one: ExportTerms) -> dict[str, object]:
    return {
        "from": one.from_on.isoformat(),
        "two_persons": one.two_persons,
        "reason": one.reason,
    }
