"""`assignments`: where people stand and why, and what is done about it."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.absences import absences, away, back, take_back
from app.cli.days import AsOf, KnownAt, day_of, end_of
from app.cli.evidence import confirm, evidence, evidence_data, hand_in, refuse, waiting
from app.cli.frame import Frame, frame_of
from app.cli.signing import undersigned
from app.core.base.errors import NotFound
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, plural
from app.core.training import not_come_yet
from app.core.training.assignments import AssignmentSummary, Waivers, let_off_in_words
from app.core.training.signing import NothingWaits, SigningRule

commands = typer.Typer(name="assignments", help=_("Where people stand, and why."))

_Person = Annotated[str, typer.Argument(help=_("Number of the person."))]
_Code = Annotated[str, typer.Argument(help=_("Code of the requirement."))]
_Reason = Annotated[str, typer.Option(help=_("Why."))]
for _command, _name in (
    (evidence, None), (hand_in, "hand-in"), (waiting, None), (confirm, None), (refuse, None),
    (away, None), (back, None), (absences, None), (take_back, "take-back"),
):  # fmt: skip
    commands.command(_name)(_command)


_Until = Annotated[str | None, typer.Option(help=_("Last day; for good without."))]


@commands.command("list")
def list_some(
    context: typer.Context,
    text: Annotated[str, typer.Option(help=_("Words of people or requirements."))] = "",
    state: Annotated[list[str] | None, typer.Option(help=_("Only in these states."))] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help=_("Only what is overdue."))] = False,
    limit: Annotated[int, typer.Option(help=_("How many at most."))] = 100,
    offset: Annotated[int, typer.Option(help=_("How many to leave out first."))] = 0,
) -> None:
    """List assignments by due date: person, requirement, cycle, state, due."""
    frame = frame_of(context)
    filters = [("state", one) for one in state or []]
    if overdue:
        filters.append(("overdue", "yes"))
    request = PageRequest(text=text, filters=tuple(filters), limit=limit, offset=offset)
    _tell_page(frame, frame.services.training.assignments.page(frame.actor(), request))


@commands.command("of")
def of_person(
    context: typer.Context,
    person: _Person,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> None:
    """List everything that somebody has or had, as it stands or stood."""
    frame = frame_of(context)
    acts, actor = frame.services.training.assignments, frame.actor()
    found = acts.of_person(actor, _person_id(frame, person), day_of(as_of), end_of(known_at))
    told = _ahead(frame, as_of)
    frame.tell(
        "\n".join((*map(_line, found), *told)) or _("Nothing was found."),
        {"assignments": [_data(one) for one in found], "told_as_of_now": list(told)},
    )


def status(
    context: typer.Context,
    person: Annotated[str | None, typer.Option(help=_("Number of the person; everybody."))] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Annotated[int, typer.Option(help=_("How many at most."))] = 100,
    offset: Annotated[int, typer.Option(help=_("How many to leave out first."))] = 0,
) -> None:
    """Say where people stand with what is asked of them, or where they stood at the end of a day."""
    if person is not None:
        of_person(context, person, as_of, known_at)
    elif as_of is None and known_at is None:
        list_some(context, limit=limit, offset=offset)
    else:
        frame, request = frame_of(context), PageRequest(limit=limit, offset=offset)
        acts, on = frame.services.training.assignments, day_of(as_of)
        page = acts.page_then(frame.actor(), request, on, end_of(known_at))
        _tell_page(frame, page, _ahead(frame, as_of))


@commands.command()
def why(context: typer.Context, person: _Person, requirement: _Code) -> None:
    """Say why somebody has a requirement, and everything that happened to it."""
    frame = frame_of(context)
    one = _newest(frame, person, requirement)
    found = frame.services.training.assignments.detail(frame.actor(), one.id)
    frame.tell(
        "\n".join(filter(None, (found.why.origin, found.why.given))),
        {
            **_data(one),
            "given": found.why.given,
            "rule": found.why.rule,
            "laws": list(found.why.laws),
            "missing_first": list(found.why.prerequisites),
            "acts": [
                {
                    "event": act.event.value,
                    "at": act.at.isoformat(),
                    "until": _text(act.until_on),
                    "reason": act.reason,
                    "by": act.by_name,
                }
                for act in found.acts
            ],
            "evidence": [evidence_data(each) for each in found.evidence],
        },
    )


@commands.command()
def waive(
    context: typer.Context,
    person: _Person,
    requirement: _Code,
    reason: _Reason,
    until: _Until = None,
) -> None:
    """Let somebody off, until a day or for good. Where the site asks for it, sign with --as."""
    frame = frame_of(context)
    one = _newest(frame, person, requirement)
    waivers, actor, last = _waivers(frame), frame.actor(), day_of(until)
    signed = None
    if waivers.rule() is SigningRule.SIGNED:
        signed = undersigned(frame, waivers.text(actor, one.id, last, reason))
    waivers.waive(actor, one.id, until_on=last, reason=reason, signed=signed)
    _tell(frame, person, requirement)


@commands.command("ask-waiver")
def ask_waiver(
    context: typer.Context,
    person: _Person,
    requirement: _Code,
    reason: _Reason,
    until: _Until = None,
) -> None:
    """Ask that somebody be let off: somebody else approves it."""
    frame = frame_of(context)
    one = _newest(frame, person, requirement)
    _waivers(frame).ask(frame.actor(), one.id, until_on=day_of(until), reason=reason)
    frame.tell(_("It waits for somebody else."), {"assignment": str(one.id), "waits": True})


@commands.command("approve-waiver")
def approve_waiver(context: typer.Context, person: _Person, requirement: _Code) -> None:
    """Let somebody off as somebody else asked. Where the site asks for it, sign with --as."""
    frame = frame_of(context)
    one = _newest(frame, person, requirement)
    waivers, actor = _waivers(frame), frame.actor()
    signed = None
    if waivers.rule() is not SigningRule.PLAIN:
        asked = [each for each in waivers.waiting(actor) if each.assignment_id == one.id]
        if not asked:
            raise NothingWaits
        signed = undersigned(frame, asked[0].text)
    waivers.approve(actor, one.id, signed)
    _tell(frame, person, requirement)


@commands.command("refuse-waiver")
def refuse_waiver(
    context: typer.Context, person: _Person, requirement: _Code, reason: _Reason
) -> None:
    """Let nobody off, and say why."""
    frame = frame_of(context)
    one = _newest(frame, person, requirement)
    _waivers(frame).refuse(frame.actor(), one.id, reason)
    _tell(frame, person, requirement)


@commands.command("end-waiver")
def end_waiver(
    context: typer.Context, person: _Person, requirement: _Code, reason: _Reason
) -> None:
    """Ask for something again from which somebody was let off."""
    frame = frame_of(context)
    one = _newest(frame, person, requirement)
    frame.services.training.assignments.waivers.end(frame.actor(), one.id, reason)
    _tell(frame, person, requirement)


@commands.command()
def cancel(context: typer.Context, person: _Person, requirement: _Code, reason: _Reason) -> None:
    """End an assignment that is no longer asked for."""
    frame = frame_of(context)
    one = _newest(frame, person, requirement)
    frame.services.training.assignments.cancel(frame.actor(), one.id, reason)
    _tell(frame, person, requirement)


@commands.command()
def due(
    context: typer.Context,
    person: _Person,
    requirement: _Code,
    on: Annotated[str, typer.Option(help=_("Last day from now on."))],
    reason: _Reason,
) -> None:
    """Let something open be due on another day, sooner or later."""
    frame = frame_of(context)
    one, day = _newest(frame, person, requirement), day_of(on)
    if day is not None:
        frame.services.training.assignments.move_due(frame.actor(), one.id, day, reason)
    _tell(frame, person, requirement)


@commands.command("ask-again")
def ask_again(
    context: typer.Context,
    person: _Person,
    requirement: _Code,
    reason: _Reason,
    due: Annotated[str | None, typer.Option(help=_("Last day; else as the terms say."))] = None,
) -> None:
    """Open the next cycle, for which only evidence from now on counts."""
    frame = frame_of(context)
    one = _newest(frame, person, requirement)
    acts = frame.services.training.assignments
    acts.ask_again(frame.actor(), one.id, reason=reason, due_on=day_of(due))
    _tell(frame, person, requirement)


@commands.command()
def retrain(
    context: typer.Context,
    requirement: _Code,
    person: Annotated[list[str], typer.Argument(help=_("Numbers of people who are yours."))],
    reason: _Reason,
    due: Annotated[str | None, typer.Option(help=_("Last day; else as the terms say."))] = None,
    about: Annotated[
        str, typer.Option(help=_("Number of the incident, deviation or CAPA that asks for it."))
    ] = "",
    despite_waiver: Annotated[
        str, typer.Option(help=_("Why those who are let off learn it, too; their waivers end."))
    ] = "",
) -> None:
    """Order that people learn something again, whether they hold it, have it open, or never had it.

    Who is let off is told and left out.
    """
    frame = frame_of(context)
    retraining, actor = frame.services.training.assignments.retraining, frame.actor()
    code, numbers = requirement.strip().upper(), [one.strip().upper() for one in person]
    let_off = retraining.preview(actor, code, numbers).let_off
    ordered = retraining.order(
        actor,
        code,
        numbers,
        reason=reason,
        due_on=day_of(due),
        about=about,
        despite_waiver=despite_waiver,
    )
    told = [plural("Ordered for {count} person.", "Ordered for {count} people.", ordered)]
    if let_off and not despite_waiver.strip():
        told.append(let_off_in_words(let_off))
    frame.tell(
        " ".join(told),
        {
            "ordered": ordered,
            "let_off": [{"person": one.number, "until": _text(one.until)} for one in let_off],
        },
    )


@commands.command("begin-day")
def begin_day(context: typer.Context) -> None:
    """Bring assignments to today: rules, renewals, leavers, who is back. The window does it by itself."""
    frame = frame_of(context)
    done = frame.services.training.begin_day(frame.actor())
    frame.tell(
        plural("{count} renewal opened.", "{count} renewals opened.", done.opened),
        {"opened": done.opened, "cancelled": done.cancelled, "moved": done.moved},
    )


def _tell_page(frame: Frame, page: Page[AssignmentSummary], told: tuple[str, ...] = ()) -> None:
    data = {"assignments": [_data(one) for one in page.rows], "total": page.total}
    frame.tell(
        "\n".join((*map(_line, page.rows), *told)) or _("Nothing was found."),
        {**data, "told_as_of_now": list(told)},
    )


def _ahead(frame: Frame, as_of: str | None) -> tuple[str, ...]:
    """Return that the day asked for has not come yet, as a line."""
    on = day_of(as_of)
    return () if on is None else not_come_yet(on, frame.today())


def _person_id(frame: Frame, number: str) -> UUID:
    return frame.services.people.find(frame.actor(), number).id


def _newest(frame: Frame, number: str, code: str) -> AssignmentSummary:
    """Return somebody's newest cycle of a requirement. Raises NotFound."""
    training, actor = frame.services.training, frame.actor()
    wanted = training.catalogue.coded(actor, code).summary.id
    mine = training.assignments.of_person(actor, _person_id(frame, number))
    cycles = [one for one in mine if one.requirement_id == wanted]
    if not cycles:
        raise NotFound(_("The assignment"))
    return max(cycles, key=lambda one: one.cycle)


def _tell(frame: Frame, number: str, code: str) -> None:
    one = _newest(frame, number, code)
    frame.tell(_line(one), _data(one))


def _line(one: AssignmentSummary) -> str:
    due = "" if one.due_on is None else one.due_on.isoformat()
    state = one.stands.state.value
    if one.is_due_of_now:
        due = _("{day} (as it stands today)").format(day=due)
    return "\t".join((one.number, one.name, one.code, str(one.cycle), state, due))


def _data(one: AssignmentSummary) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "person": one.number,
        "name": one.name,
        "requirement": one.code,
        "cycle": one.cycle,
        "state": one.stands.state.value,
        "overdue": one.stands.is_overdue,
        "due_soon": one.stands.is_due_soon,
        "lapsed": one.stands.is_lapsed,
        "due": _text(one.due_on),
        "due_is_of_now": one.is_due_of_now,
        "late_after": _text(one.late_after),
        "waived_until": _text(one.waived_until),
        "valid_until": _text(one.valid_until),
        "source": one.source.value,
        "origin": one.origin,
    }


def _waivers(frame: Frame) -> Waivers:
    return frame.services.training.assignments.waivers


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
