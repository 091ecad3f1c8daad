"""`training effectiveness`: what is checked at work after training, whose check is due, and the checks."""

from typing import Annotated, Any

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.cli.signing import undersigned
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.training.effectiveness import (
    DueCheck,
    EffectivenessRule,
    NewCheck,
    not_effective_in_words,
    waiver_in_words,
)

commands = typer.Typer(name="effectiveness", help=_("Whether training took hold, seen at work."))


@commands.command()
def rules(context: typer.Context) -> None:
    """List what is checked after training."""
    frame = frame_of(context)
    found = frame.services.training.effectiveness.rules(frame.actor())
    lines = [
        f"{one.code}\t{one.rule.after_days}\t{one.title}\t{' / '.join(one.rule.questions)}"
        for one in found
    ]
    frame.tell(
        "\n".join(lines) or _("Nothing is checked after training."),
        {
            "rules": [
                {
                    "code": one.code,
                    "days": one.rule.after_days,
                    "from": one.rule.from_on.isoformat(),
                    "questions": list(one.rule.questions),
                }
                for one in found
            ]
        },
    )


@commands.command()
def rule(
    context: typer.Context,
    requirement: Annotated[str, typer.Argument(help=_("Code of the requirement."))],
    days: Annotated[int, typer.Option(help=_("Days after the training; 0: nothing is checked."))],
    question: Annotated[
        list[str] | None, typer.Option(help=_("Answered with yes or no; may be given again."))
    ] = None,
    from_on: Annotated[
        str | None, typer.Option("--from", help=_("From which day of training on; today if none."))
    ] = None,
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))] = "",
) -> None:
    """Say what is checked of who is trained from a day on."""
    frame = frame_of(context)
    said = EffectivenessRule(
        from_on=day_of(from_on) or frame.today(), after_days=days, questions=tuple(question or ())
    )
    frame.services.training.effectiveness.say(frame.actor(), requirement.upper(), said, reason)
    frame.tell(_("It holds for who is trained from that day on."), {"days": days})


@commands.command()
def due(context: typer.Context) -> None:
    """List whom to look at, the longest due first."""
    frame = frame_of(context)
    found = frame.services.training.effectiveness.due(frame.actor())
    lines = [f"{one.number}\t{one.name}\t{one.code}\t{one.due_on}" for one in found.first]
    frame.tell(
        "\n".join(lines) or _("Nobody is to be looked at."),
        {"total": found.total, "due": [_data(one) for one in found.first]},
    )


@commands.command()
def check(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help=_("Number of the person."))],
    requirement: Annotated[str, typer.Argument(help=_("Code of the requirement."))],
    answer: Annotated[
        list[str] | None,
        typer.Option(help=_("yes or no, once for each question, in their order.")),
    ] = None,
    seen: Annotated[bool, typer.Option("--seen", help=_("They were seen doing it."))] = False,
    remark: Annotated[str, typer.Option(help=_("What was seen; asked for if it failed."))] = "",
    by: Annotated[
        str | None, typer.Option(help=_("When the training is due again if it failed."))
    ] = None,
    despite_waiver: Annotated[
        str, typer.Option(help=_("Why who is let off learns it again all the same, if it failed."))
    ] = "",
) -> None:
    """Sign what was seen of somebody, with --as and DAKSHA_PASSWORD."""
    frame = frame_of(context)
    checks, actor = frame.services.training.effectiveness, frame.actor()
    wanted = (person.strip().upper(), requirement.strip().upper())
    found = [one for one in checks.due(actor).first if (one.number, one.code) == wanted]
    if not found:
        raise NotFound(_("A check of them that is due"))
    new = NewCheck(
        due=found[0],
        answers=tuple(one.strip().casefold() == "yes" for one in answer or ()),
        is_observed=seen,
        remark=remark,
        retrain_by=day_of(by),
        despite_waiver=despite_waiver,
    )
    kept = checks.sign(actor, new, undersigned(frame, checks.shown(actor, new)))
    told = _("It took hold.") if kept.is_effective else not_effective_in_words(new)
    frame.tell(
        told,
        {"check": str(kept.id), "effective": kept.is_effective, "again": kept.is_asked_again},
    )


def _data(one: DueCheck) -> dict[str, Any]:
    return {
        "person": one.number,
        "requirement": one.code,
        "trained": one.trained_at.isoformat(),
        "due": one.due_on.isoformat(),
        "questions": list(one.questions),
        "let_off": bool(waiver_in_words(one)),
    }
