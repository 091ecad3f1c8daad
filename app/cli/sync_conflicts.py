"""`sync conflicts | decide`: what edits disagree about, and the signed decision."""

from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import Frame, frame_of
from app.cli.signing import undersigned
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.reports import WordedConflict, choice_text, shown_text

commands = typer.Typer()


@commands.command()
def conflicts(context: typer.Context) -> None:
    """List what was changed in two places and waits for a decision."""
    frame = frame_of(context)
    found = _worded(frame)
    frame.tell(
        "\n".join(map(_text, found)) or _("Nothing waits for a decision."),
        {"conflicts": [_data(one) for one in found]},
    )


@commands.command()
def decide(
    context: typer.Context,
    record: Annotated[UUID, typer.Argument(help=_("Id of the record."))],
    column: Annotated[str, typer.Argument(help=_("Name of the column, as `conflicts` gives it."))],
    keep: Annotated[int, typer.Option(help=_("Which value stands: its place, from 1."))],
    reason: Annotated[str, typer.Option(help=_("Why; kept in the records."))],
) -> None:
    """Let one value stand; where rules depend on it, sign with --as and DAKSHA_PASSWORD."""
    frame = frame_of(context)
    conflict = _named(frame, record, column)
    if not 1 <= keep <= len(conflict.values):
        raise NotFound(_("Value {number}").format(number=keep))
    value = conflict.values[keep - 1]
    actor, sync = frame.actor(), frame.services.sync
    signed = None
    if conflict.conflict.needs_signature:
        signed = undersigned(frame, sync.decision_text(actor, conflict.conflict, value.standing))
    decision = sync.decide(actor, conflict.conflict, value.standing, reason, signed)
    frame.tell(_("Decided."), {"decision": str(decision), "signed": signed is not None})


def _worded(frame: Frame) -> tuple[WordedConflict, ...]:
    actor, services = frame.actor(), frame.services
    return services.reports.travel.worded(actor, services.sync.conflicts(actor))


def _named(frame: Frame, record: UUID, column: str) -> WordedConflict:
    for one in _worded(frame):
        if (one.conflict.key, one.conflict.column) == (record, column):
            return one
    raise NotFound(_("The conflict"))


def _text(conflict: WordedConflict) -> str:
    sign = _("needs a signature") if conflict.conflict.needs_signature else ""
    title = f"{conflict.kind} {conflict.record}: {conflict.column}"
    head = "  ".join(
        filter(None, (str(conflict.conflict.key), conflict.conflict.column, title, sign))
    )
    lines = [head]
    for place, value in enumerate(conflict.values, start=1):
        is_owners = value.standing.version == conflict.conflict.proposed
        said = "  ".join(
            filter(
                None,
                (
                    f"  {place}. {shown_text(value)}",
                    f"{value.author}, {value.standing.station}",
                    _("the owner's") if is_owners else "",
                ),
            )
        )
        lines.append(said)
        lines += [f"     {value.then}"] if value.then else []
        lines += [f"     {choice_text(one)}" for one in value.chosen]
    return "\n".join(lines)


def _data(conflict: WordedConflict) -> dict[str, object]:
    return {
        "record": str(conflict.conflict.key),
        "kind": conflict.conflict.table,
        "title": conflict.record,
        "column": conflict.conflict.column,
        "needs_signature": conflict.conflict.needs_signature,
        "values": [
            {
                "text": value.text,
                "then": value.then,
                "is_shown": value.standing.is_shown,
                "is_owners": value.standing.version == conflict.conflict.proposed,
                "by": value.author,
                "station": value.standing.station,
                "at": value.standing.at,
                "reason": value.standing.reason,
                "chosen": [
                    {
                        "by": one.author,
                        "station": one.choice.station,
                        "at": one.choice.at,
                        "reason": one.choice.reason,
                    }
                    for one in value.chosen
                ],
            }
            for value in conflict.values
        ],
    }
