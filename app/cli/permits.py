"""`training may | young | pass | checks | gate`: may somebody do something; day passes, who is under 18."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.days import AsOf, KnownAt, day_of, end_of
from app.cli.frame import frame_of
from app.core.base.words import _
from app.core.people import ProvedPresent
from app.core.training.permits import (
    PROVED,
    DayPass,
    GateRules,
    Permit,
    reasons_of,
    verdict_in_words,
)


def may(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help=_("Badge or employee number."))],
    task: Annotated[str, typer.Argument(help=_("Code on the machine's label."))],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    supervisor: Annotated[
        str,
        typer.Option(
            help=_("Badge of who stands beside them; or number, with their own PIN. It is kept.")
        ),
    ] = "",
) -> None:
    """Tell whether somebody may do something, and why."""
    frame = frame_of(context)
    on, known = day_of(as_of), end_of(known_at)

    def ask(beside: str | ProvedPresent) -> Permit:
        permits, actor = frame.services.training.permits, frame.actor()
        return permits.may(actor, person, task, supervisor=beside, on=on, known_at=known)

    permit = ask(supervisor)
    if permit.asks_secret and frame.can_ask_second():
        secret = frame.second_password(supervisor)
        permit = ask(frame.services.sign_in.prove_present(supervisor, secret))
    name = "" if permit.standing is None else permit.standing.name
    lines = (f"{name or person}\t{permit.task.title}", verdict_in_words(permit))
    frame.tell("\n".join((*lines, *reasons_of(permit))), _permit(permit))


def young(
    context: typer.Context,
    number: Annotated[str | None, typer.Argument(help=_("Whose day is noted."))] = None,
    adult_on: Annotated[str | None, typer.Option(help=_("Day on which they turn 18."))] = None,
    by_mistake: Annotated[bool, typer.Option(help=_("Take a note back."))] = False,
) -> None:
    """List who is under 18, or note on which day somebody turns 18."""
    frame = frame_of(context)
    passes, actor = frame.services.training.permits.passes, frame.actor()
    if number is not None and (adult_on is not None or by_mistake):
        passes.note_age(actor, number, None if by_mistake else day_of(adult_on))
    found = passes.young(actor)
    frame.tell(
        "\n".join(f"{one.number}\t{one.name}\t{one.adult_on}" for one in found)
        or _("Nobody is noted as under 18."),
        {
            "young": [
                {"number": one.number, "name": one.name, "adult_on": one.adult_on.isoformat()}
                for one in found
            ]
        },
    )


def day_pass(
    context: typer.Context,
    visitor: Annotated[
        str | None, typer.Argument(help=_("Number of the visitor, or of who is of another site."))
    ] = None,
    escort: Annotated[
        str | None, typer.Option(help=_("Number of the escort, or of whom they come to."))
    ] = None,
    day: Annotated[str | None, typer.Option(help=_("As 2026-12-31; today."))] = None,
    purpose: Annotated[str, typer.Option(help=_("Why they are here."))] = "",
    take_back: Annotated[
        bool, typer.Option("--take-back", help=_("Let the visitor's pass stand no longer."))
    ] = False,
    out: Annotated[Path | None, typer.Option(help=_("Where to write it as PDF."))] = None,
) -> None:
    """List the day passes, or give one to a visitor or somebody of another site."""
    frame = frame_of(context)
    passes, actor = frame.services.training.permits.passes, frame.actor()
    if visitor is not None and take_back:
        passes.take_back(actor, visitor, day_of(day), purpose)
        visitor = None
    if visitor is None or escort is None:
        found = passes.on(actor, day_of(day))
        frame.tell(
            "\n".join(
                f"{one.number}\t{one.name}\t{one.escort}\t{one.from_site}".rstrip() for one in found
            )
            or _("There are no day passes."),
            {"passes": [pass_data(one) for one in found]},
        )
        return
    given = passes.give(actor, visitor, escort, day_of(day), purpose)
    if out is not None:
        frame.save(out, passes.paper(given, frame.services.open_site.name))
    frame.tell(f"{given.number}\t{given.name}\t{given.escort}", pass_data(given))


def checks(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Whose answers."))],
) -> None:
    """List the answers that were kept of somebody, the newest first."""
    frame = frame_of(context)
    found = frame.services.training.permits.kept(frame.actor(), number)
    frame.tell(
        "\n".join(
            f"{one.at:%Y-%m-%d %H:%M}\t{one.task}\t{one.verdict.value}\t{one.supervisor}"
            f"\t{_(PROVED[one.supervisor_proved]) if one.supervisor_proved else ''}".rstrip()
            for one in found
        )
        or _("Nothing was kept."),
        {
            "checks": [
                {
                    "at": one.at.isoformat(),
                    "task": one.task,
                    "verdict": one.verdict.value,
                    "supervisor": one.supervisor,
                    "supervisor_proved": one.supervisor_proved,
                    "at_gate": one.at_gate,
                    "by": one.by_name,
                }
                for one in found
            ]
        },
    )


def gate(
    context: typer.Context,
    is_open: Annotated[
        bool | None, typer.Option("--open/--shut", help=_("Whether without sign-in."))
    ] = None,
    keeps: Annotated[
        bool | None, typer.Option("--keep/--forget", help=_("Whether answers are kept."))
    ] = None,
    soon: Annotated[int | None, typer.Option(help=_("Days before expiry that are told."))] = None,
    seconds: Annotated[int | None, typer.Option(help=_("How long an answer is shown."))] = None,
    reason: Annotated[str, typer.Option(help=_("Why."))] = "",
) -> None:
    """Show or say how this site answers: at the gate without sign-in, and whether it is kept."""
    frame = frame_of(context)
    permits = frame.services.training.permits
    before = permits.rules()
    rules = GateRules(
        is_open=before.is_open if is_open is None else is_open,
        keeps_checks=before.keeps_checks if keeps is None else keeps,
        soon_days=before.soon_days if soon is None else soon,
        shown_seconds=before.shown_seconds if seconds is None else seconds,
    )
    if rules != before:
        permits.set_rules(frame.actor(), rules, reason)
    frame.tell(
        _("Open without sign-in") if rules.is_open else _("Asked by who is signed in"),
        {
            "open": rules.is_open,
            "keeps": rules.keeps_checks,
            "soon_days": rules.soon_days,
            "shown_seconds": rules.shown_seconds,
        },
    )


def _permit(permit: Permit) -> dict[str, Any]:
    said, someone = permit.answer, permit.standing
    return {
        "verdict": said.verdict.value,
        "words": verdict_in_words(permit),
        "may": permit.is_free,
        "person": None if someone is None else {"number": someone.number, "name": someone.name},
        "task": {"code": permit.task.code, "title": permit.task.title},
        "day": permit.day.isoformat(),
        "until": None if said.until is None else said.until.isoformat(),
        "days_left": said.days_left,
        "supervisor": permit.supervisor,
        "asks_secret": permit.asks_secret,
        "reasons": list(reasons_of(permit)),
        "stops": [one.value for one in said.stops],
        "watches": [one.value for one in said.watches],
        "requirements": [
            {
                "code": one.asked.code,
                "title": one.asked.title,
                "one_of": one.asked.one_of,
                "holds": one.holds.value,
                "until": None if one.until is None else one.until.isoformat(),
            }
            for one in said.grounds
        ],
    }


def pass_data(one: DayPass) -> dict[str, Any]:
    """Return a day pass as scripts read it."""
    return {
        "number": one.number,
        "name": one.name,
        "day": one.day.isoformat(),
        "escort": one.escort,
        "purpose": one.purpose,
        "by": one.by_name,
        "from_site": one.from_site,
        "company": one.company,
        "contact": one.contact,
        "induction": one.induction,
    }
