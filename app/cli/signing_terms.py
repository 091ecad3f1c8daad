"""What this site lets be signed in training: shown, and said from a day on."""

from typing import Annotated, Any

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.core.base.words import _
from app.core.training.signing import SigningRule, SigningTerms

commands = typer.Typer(name="signing", help=_("What this site lets be signed in training."))


@commands.command()
def show(context: typer.Context) -> None:
    """Show what is signed, from which day on, and what has to be held to sign."""
    frame = frame_of(context)
    found = frame.services.training.signing.all(frame.actor())
    words = "\n".join(map(_line, found)) or _("Nothing is signed in training.")
    frame.tell(words, {"terms": [_data(one) for one in found]})


@commands.command()
def say(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))],
    waivers: Annotated[SigningRule | None, typer.Option(help=_("Letting somebody off."))] = None,
    corrections: Annotated[SigningRule | None, typer.Option(help=_("Correcting a record."))] = None,
    evidence: Annotated[SigningRule | None, typer.Option(help=_("Confirming evidence."))] = None,
    first: Annotated[
        str | None, typer.Option(help=_("Code of what must be held to sign; empty for nothing."))
    ] = None,
    begins: Annotated[str | None, typer.Option("--from", help=_("First day; today."))] = None,
) -> None:
    """Let acts be signed from a day on. What is not given stays as it is."""
    frame = frame_of(context)
    signing, actor = frame.services.training.signing, frame.actor()
    now = signing.now()
    today = frame.today()
    said = SigningTerms(
        from_on=day_of(begins) or today,
        waivers=waivers or now.waivers,
        corrections=corrections or now.corrections,
        evidence=evidence or now.evidence,
        first=now.first if first is None else first,
    )
    signing.say(actor, said, reason)
    frame.tell(_line(said), {"terms": _data(said)})


def _line(one: SigningTerms) -> str:
    parts = (one.from_on, one.waivers, one.corrections, one.evidence, one.first or "–")
    return "\t".join(map(str, parts))


def _data(one: SigningTerms) -> dict[str, Any]:
    return {
        "from": one.from_on.isoformat(),
        "waivers": one.waivers.value,
        "corrections": one.corrections.value,
        "evidence": one.evidence.value,
        "first": one.first,
        "reason": one.reason,
    }
