"""`assign`: give people a requirement, with a due date."""

from collections.abc import Sequence
from typing import Annotated

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.words import _, plural
from app.core.people import Audience
from app.core.training import due_in_words

commands = typer.Typer()


class UnknownTarget(UserFacingError):
    """`--to` does not say who."""

    def __init__(self, target: str) -> None:
        super().__init__(
            _("“{target}” does not say who.").format(target=target),
            safe=_("Nothing was assigned."),
            remedy=_("Give person:NUMBER, unit:CODE, role:CODE or all."),
        )


class NobodyMeant(UserFacingError):
    """`--to` names people or places that are not there."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Nobody here, no org unit and no job role is called {names}.").format(
                names=", ".join(names)
            ),
            safe=_("Nothing was assigned."),
            remedy=_("`people list`, `people units` and `people roles` tell what there is."),
        )


@commands.command()
def assign(
    context: typer.Context,
    to: Annotated[list[str], typer.Option(help=_("person:N, unit:U, role:R or all."))],
    requirement: Annotated[str, typer.Option(help=_("Code of the requirement or course."))],
    due: Annotated[str | None, typer.Option(help=_("Last day, as 2026-12-31."))] = None,
    reason: Annotated[str, typer.Option(help=_("What the learner reads as the reason."))] = "",
    dry_run: Annotated[bool, typer.Option(help=_("Only say whom it would reach."))] = False,
) -> None:
    """Assign a requirement to everybody meant who does not have it yet."""
    frame = frame_of(context)
    training, actor, audience = frame.services.training, frame.actor(), audience_of(to)
    preview = training.preview(actor, requirement, audience)
    if unknown := (*preview.unknown_numbers, *preview.unknown_codes):
        raise NobodyMeant(unknown)
    due_on = day_of(due)
    count = preview.fresh
    if not dry_run:
        origin = reason or _("Assigned by {name}").format(name=actor.name)
        count = training.assign(actor, requirement, audience, due_on=due_on, origin=origin)
    frame.tell(
        plural("{count} person", "{count} people", count)
        + _(" of {audience}; {already} had it already.").format(
            audience=number(preview.audience), already=number(preview.already_assigned)
        )
        + (f" {due_in_words(due_on, frame.today())}" if due_on else ""),
        {
            "assigned": 0 if dry_run else count,
            "would_assign": preview.fresh,
            "audience": preview.audience,
            "already": preview.already_assigned,
            "due": due_on.isoformat() if due_on else None,
        },
    )


def audience_of(targets: list[str]) -> Audience:
    """Return who is meant by `person:N`, `unit:U`, `role:R` and `all`. Raises UnknownTarget."""
    named: dict[str, list[str]] = {"person": [], "unit": [], "role": []}
    for target in targets:
        kind, _colon, name = target.partition(":")
        if target == "all":
            continue
        if kind not in named or not name:
            raise UnknownTarget(target)
        named[kind].append(name)
    return Audience(
        numbers=tuple(named["person"]),
        unit_codes=tuple(named["unit"]),
        role_codes=tuple(named["role"]),
    )
