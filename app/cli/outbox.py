"""`outbox`: messages that wait, sending them by a relay of the plant, writing them to a stick."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.frame import frame_of
from app.core.base.paging import PageRequest
from app.core.base.words import _
from app.core.links import MailPlan, MailState, Message, Security

commands = typer.Typer(name="outbox", help=_("Messages that wait: list, send, write, settings."))

_MOST = 10_000


@commands.command("list")
def list_all(
    context: typer.Context,
    state: Annotated[MailState | None, typer.Option(help=_("Only those of a state."))] = None,
) -> None:
    """List the messages, the oldest first."""
    frame = frame_of(context)
    filters = () if state is None else (("state", state.value),)
    request = PageRequest(limit=_MOST, filters=filters)
    found = frame.services.outbox.page(frame.actor(), request)
    frame.tell(
        "\n".join(map(_line, found.rows)) or _("The outbox is empty."),
        {"total": found.total, "messages": [_message(one) for one in found.rows]},
    )


@commands.command()
def send(context: typer.Context) -> None:
    """Hand everything that waits to the relay now."""
    frame = frame_of(context)
    done = frame.services.outbox.send(frame.actor(), frame.progress(), at_once=True)
    words = _("{sent} sent, {waiting} waiting").format(sent=done.sent, waiting=done.waiting)
    frame.tell(
        "\n".join(filter(None, (words, done.trouble or done.refusal))),
        {
            "sent": done.sent,
            "put_off": done.put_off,
            "given_up": done.given_up,
            "waiting": done.waiting,
            "trouble": done.trouble,
            "refusal": done.refusal,
        },
    )


@commands.command()
def write(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help=_("A new folder, as on a stick."))],
) -> None:
    """Write everything that waits as .eml files into a new folder."""
    frame = frame_of(context)
    count = frame.services.outbox.write(frame.actor(), folder)
    frame.tell(
        _("{count} messages written").format(count=count),
        {"written": count, "folder": str(folder)},
    )


@commands.command("give-up")
def give_up(
    context: typer.Context, message: Annotated[UUID, typer.Argument(help=_("Its id."))]
) -> None:
    """Send a message no more."""
    frame = frame_of(context)
    frame.services.outbox.give_up(frame.actor(), message)
    frame.tell(_("Given up."), {"id": str(message), "state": MailState.GIVEN_UP.value})


@commands.command("try-again")
def try_again(
    context: typer.Context,
    message: Annotated[UUID | None, typer.Argument(help=_("Its id."))] = None,
    every: Annotated[bool, typer.Option("--all", help=_("All that the relay refused."))] = False,
) -> None:
    """Let a message wait again that was given up, or all that the relay refused."""
    frame = frame_of(context)
    if every == (message is not None):
        raise typer.BadParameter(_("Give the id of a message, or --all."))
    if message is None:
        count = frame.services.outbox.try_all_again(frame.actor())
        frame.tell(_("{count} wait again.").format(count=count), {"again": count})
        return
    frame.services.outbox.try_again(frame.actor(), message)
    frame.tell(_("It waits again."), {"id": str(message), "state": MailState.QUEUED.value})


@commands.command("send-again")
def send_again(
    context: typer.Context,
    message: Annotated[UUID, typer.Argument(help=_("Its id."))],
    reason: Annotated[str, typer.Option(help=_("Why; kept with the message."))],
    stick: Annotated[
        bool, typer.Option("--stick", help=_("All that were written with it, too."))
    ] = False,
) -> None:
    """Put a message that has left into the outbox once more: a stick was lost, an address was wrong."""
    frame = frame_of(context)
    count = frame.services.outbox.send_again(frame.actor(), message, reason, whole_stick=stick)
    frame.tell(_("{count} wait again.").format(count=count), {"again": count})


@commands.command("certificate")
def certificate(
    context: typer.Context,
    numbers: Annotated[list[str], typer.Argument(help=_("Numbers of certificates."))],
) -> None:
    """Put certificates into the outbox, to those whom they are of."""
    frame = frame_of(context)
    certificates, actor = frame.services.certificates, frame.actor()
    ids = [certificates.numbered(actor, number).summary.id for number in numbers]
    count = frame.services.outbox.mail_certificates(actor, ids)
    told, before = [_("{count} messages written").format(count=count)], len(set(ids)) - count
    if before:
        told.append(
            _("{count} have a message already; outbox send-again sends one once more").format(
                count=before
            )
        )
    frame.tell("\n".join(told), {"written": count, "before": before})


@commands.command()
def settings(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help=_("Relay; empty for none."))] = None,
    port: Annotated[int | None, typer.Option(help=_("Mostly 25 or 587."))] = None,
    security: Annotated[Security | None, typer.Option(help=_("How it is spoken to."))] = None,
    login: Annotated[
        str | None, typer.Option(help=_("Login; password in DAKSHA_MAIL_PASSWORD."))
    ] = None,
    sender: Annotated[str | None, typer.Option(help=_("Address that messages come from."))] = None,
    here: Annotated[
        bool | None, typer.Option("--here/--not-here", help=_("Whether this PC sends."))
    ] = None,
    reminders: Annotated[
        bool | None, typer.Option("--reminders/--no-reminders", help=_("By e-mail."))
    ] = None,
    certificates: Annotated[
        bool | None, typer.Option("--certificates/--no-certificates", help=_("On issue."))
    ] = None,
    reason: Annotated[str, typer.Option(help=_("Why."))] = "",
) -> None:
    """Show or say how this site sends mail, and which PC does."""
    frame = frame_of(context)
    plans = frame.services.outbox.plans
    actor, before = frame.actor(), plans.plan()
    said = {
        "host": host,
        "port": port,
        "security": security,
        "login": login,
        "sender": sender,
        "sends_here": here,
        "reminds": reminders,
        "mails_certificates": certificates,
    }
    changes: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    password = os.environ.get("DAKSHA_MAIL_PASSWORD")
    if changes or password is not None:
        plans.keep(actor, replace(before, **changes), password, reason)
    now = plans.plan()
    frame.tell(f"{now.host or '-'}\t{now.port}\t{now.security.value}\t{now.sender}", _plan(now))


def _line(one: Message) -> str:
    return "\t".join((str(one.id), one.state.value, one.address, one.subject, one.why))


def _message(one: Message) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "kind": one.kind.value,
        "state": one.state.value,
        "address": one.address,
        "name": one.name,
        "subject": one.subject,
        "made_at": one.made_at.isoformat(),
        "left_at": None if one.left_at is None else one.left_at.isoformat(),
        "tries": one.tries,
        "why": one.why,
    }


def _plan(plan: MailPlan) -> dict[str, Any]:
    return {
        "host": plan.host,
        "port": plan.port,
        "security": plan.security.value,
        "login": plan.login,
        "sender": plan.sender,
        "here": plan.sends_here,
        "elsewhere": plan.sends_elsewhere,
        "reminders": plan.reminds,
        "certificates": plan.mails_certificates,
    }
