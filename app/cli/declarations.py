"""`training declarations` and `training declare`: what one has to declare, and declaring it, for oneself."""

from typing import Annotated, Any

import typer

from app.cli.frame import Frame, frame_of
from app.cli.signing import undersigned
from app.core.base.words import _
from app.core.people import ProvedPresent
from app.core.training.declaring import MyDeclaration


def declarations(context: typer.Context) -> None:
    """List what you have to declare and have declared, word for word, with --as."""
    frame = frame_of(context)
    found = frame.services.training.declarations.mine(frame.actor())
    lines = [f"{one.code}\t{one.title}\t{_stands(one)}\n{one.statement}" for one in found]
    frame.tell(
        "\n".join(lines) or _("You have nothing to declare."),
        {"declarations": [_data(one) for one in found]},
    )


def declare(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help=_("Code of what you declare."))],
    witness: Annotated[
        str, typer.Option(help=_("Badge or number of who read it to you, with their own PIN."))
    ] = "",
) -> None:
    """Declare for yourself what `training declarations` shows, with --as; signed where that is asked."""
    frame = frame_of(context)
    made, actor = frame.services.training.declarations, frame.actor()
    read = made.coded(actor, code)
    signed = undersigned(frame, read.text) if read.needs_signature and not read.is_done else None
    fact = made.declare(actor, read, signed, witness=_witness(frame, witness))
    now = made.coded(actor, code)
    frame.tell(
        f"{_('Declared')}: {read.code}\t{read.title}\n{read.statement}",
        {**_data(now), "declaration": str(fact)},
    )


def _witness(frame: Frame, name: str) -> ProvedPresent | None:
    if not name:
        return None
    return frame.services.sign_in.prove_present(name, frame.second_password(name))


def _stands(one: MyDeclaration) -> str:
    return _("On record") if one.is_done else _("To be declared")


def _data(one: MyDeclaration) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "statement": one.statement,
        "language": one.language,
        "signed": one.needs_signature,
        "witness": one.needs_witness,
        "due_on": None if one.due_on is None else one.due_on.isoformat(),
        "done": one.is_done,
        "valid_until": None if one.valid_until is None else one.valid_until.isoformat(),
        "after": list(one.comes_first),
    }
