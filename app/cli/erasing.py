"""`people erase …`: ask, confirm, withdraw, hold, lift, list: erasing somebody takes two people."""

from typing import Annotated
from uuid import UUID

import typer

from app.cli.frame import Frame, frame_of
from app.cli.person_called import PersonCalled, person_called
from app.core.base.errors import NotFound
from app.core.base.figures import moment
from app.core.base.ids import parse_id
from app.core.base.words import _, plural
from app.core.operations import BackupOfBefore
from app.core.people.erasing import (
    ErasedPerson,
    ErasurePlan,
    ErasureRequest,
    Hindrance,
    Hold,
    hindrance_in_words,
    open_entries_in_words,
    signed_texts_in_words,
)

commands = typer.Typer(name="erase", help=_("Erase people for good: one asks, another confirms."))

_Reason = Annotated[str, typer.Option(help=_("Why; kept in the records, so leave names out."))]
_Id = Annotated[str, typer.Argument(help=_("As `people erase list` shows it."))]


@commands.command("plan")
def plan(context: typer.Context, who: PersonCalled) -> None:
    """Say what erasing somebody would do. Nothing is changed."""
    frame = frame_of(context)
    _tell_plan(frame, frame.services.people.erasures.plan(frame.actor(), person_called(frame, who)))


@commands.command("request")
def request(
    context: typer.Context,
    who: PersonCalled,
    reason: _Reason,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say what it would do."))
    ] = False,
) -> None:
    """Ask that somebody be erased. Another person confirms it."""
    frame = frame_of(context)
    erasures, actor = frame.services.people.erasures, frame.actor()
    person_id = person_called(frame, who)
    if dry_run:
        _tell_plan(frame, erasures.plan(actor, person_id))
        return
    asked = erasures.request(actor, person_id, reason)
    frame.tell(
        _("Asked for. Another administrator confirms it: people erase confirm {id}").format(
            id=asked
        ),
        {"request": str(asked), "person": str(person_id)},
    )


@commands.command("confirm")
def confirm(context: typer.Context, request_id: _Id) -> None:
    """Erase somebody for good, as another asked. Nothing can undo it."""
    frame = frame_of(context)
    erasures, actor = frame.services.people.erasures, frame.actor()
    asked = _asked(frame, request_id)
    erasures.confirm(actor, asked.id)
    before = frame.services.backups.of_before(actor, frame.services.open_site.site.clock.now())
    lines = [_("Erased. Here it is gone; other PCs and sites do so when the next sync file comes.")]
    frame.tell(
        "\n".join([*lines, *_backup_lines(before)]),
        {"erased": str(asked.person_id), "backups": [_backup_data(one) for one in before]},
    )


@commands.command("withdraw")
def withdraw(context: typer.Context, request_id: _Id, reason: _Reason) -> None:
    """Let a request hold no longer."""
    frame = frame_of(context)
    asked = _asked(frame, request_id)
    frame.services.people.erasures.withdraw(frame.actor(), asked.id, reason)
    frame.tell(_("Withdrawn."), {"withdrawn": str(asked.id)})


@commands.command("hold")
def hold(context: typer.Context, who: PersonCalled, reason: _Reason) -> None:
    """Keep somebody from being erased until the hold is lifted."""
    frame = frame_of(context)
    person_id = person_called(frame, who)
    held = frame.services.people.erasures.hold(frame.actor(), person_id, reason)
    frame.tell(_("Held back: {id}").format(id=held), {"hold": str(held), "person": str(person_id)})


@commands.command("lift")
def lift(context: typer.Context, hold_id: _Id, reason: _Reason) -> None:
    """Let a hold be over."""
    frame = frame_of(context)
    key = _id(hold_id, _("The hold"))
    frame.services.people.erasures.lift(frame.actor(), key, reason)
    frame.tell(_("Lifted."), {"lifted": str(key)})


@commands.command("retention")
def retention(
    context: typer.Context,
    years: Annotated[int, typer.Argument(help=_("Years after somebody left."))],
    reason: _Reason,
) -> None:
    """Say for how long personal data is kept after somebody left; until then nobody is erased."""
    frame = frame_of(context)
    frame.services.people.erasures.set_retention(frame.actor(), years, reason)
    frame.tell(
        plural("Kept for {count} year.", "Kept for {count} years.", years),
        {"retention_years": years},
    )


@commands.command("list")
def list_all(context: typer.Context) -> None:
    """List what is asked for, what is held back, and who is erased."""
    frame = frame_of(context)
    actor = frame.actor()
    desk = frame.services.people.erasures.desk(actor)
    last = max((one.at for one in desk.erased), default=None)
    before = () if last is None else frame.services.backups.of_before(actor, last)
    lines = [
        *(_request_text(one) for one in desk.requests),
        *(_hold_text(one) for one in desk.holds),
        *(_erased_text(one) for one in desk.erased),
        plural(
            "Personal data is kept for {count} year after somebody left.",
            "Personal data is kept for {count} years after somebody left.",
            desk.retention_years,
        ),
        *_backup_lines(before),
    ]
    frame.tell(
        "\n".join(lines),
        {
            "requests": [_request_data(one) for one in desk.requests],
            "holds": [_hold_data(one) for one in desk.holds],
            "erased": [_erased_data(one) for one in desk.erased],
            "retention_years": desk.retention_years,
            "backups": [_backup_data(one) for one in before],
        },
    )


def _id(text: str, what: str) -> UUID:
    key = parse_id(text)
    if key is None:
        raise NotFound(what)
    return key


def _asked(frame: Frame, text: str) -> ErasureRequest:
    """Return the request with an id, or for the person of a number. Raises NotFound."""
    desk = frame.services.people.erasures.desk(frame.actor())
    for one in desk.requests:
        if text.lower() in {str(one.id), str(one.person_id)} or text.upper() == one.number:
            return one
    raise NotFound(_("The request"))


def _tell_plan(frame: Frame, plan: ErasurePlan) -> None:
    actor = frame.actor()
    before = frame.services.backups.of_before(actor, frame.services.open_site.site.clock.now())
    lines = [
        f"{plan.number}\t{plan.name} → {plan.pseudonym}",
        *(f"    {_(one.title)}: {one.count}" for one in plan.goes),
        _("Records of learning and work that stay under the pseudonym: {count}").format(
            count=plan.stays
        ),
    ]
    if plan.signed_texts:
        lines.append(signed_texts_in_words(plan.signed_texts))
    if plan.open_entries:
        lines.append(open_entries_in_words(plan.open_entries))
    lines += [hindrance_in_words(one) for one in plan.hindrances]
    frame.tell(
        "\n".join([*lines, *_backup_lines(before)]),
        {
            "person": str(plan.person_id),
            "number": plan.number,
            "name": plan.name,
            "pseudonym": plan.pseudonym,
            "goes": {one.key: one.count for one in plan.goes},
            "stays": plan.stays,
            "open_entries": plan.open_entries,
            "signed_texts": plan.signed_texts,
            "hindrances": [_hindrance_data(one) for one in plan.hindrances],
            "request": None if plan.request is None else str(plan.request.id),
            "retention_years": plan.retention_years,
            "backups": [_backup_data(one) for one in before],
        },
    )


def _backup_lines(backups: tuple[BackupOfBefore, ...]) -> list[str]:
    if not backups:
        return []
    words = _("These backups hold it still, until they are let go:")
    return [words, *(f"    {moment(one.made_at)}\t{one.path}" for one in backups)]


def _request_text(one: ErasureRequest) -> str:
    why = " ".join(map(hindrance_in_words, one.hindrances)) or _("Nothing stands in the way.")
    return f"{one.id}\t{one.number}\t{one.name}\t{one.by_name}\t{one.reason}\n    {why}"


def _hold_text(one: Hold) -> str:
    return f"{one.id}\t{one.number}\t{one.name}\t{_('Legal hold')}\t{one.reason}"


def _erased_text(one: ErasedPerson) -> str:
    return f"{one.person_id}\t{one.name}\t{_('Erased')} {moment(one.at)}\t{one.reason}"


def _request_data(one: ErasureRequest) -> dict[str, object]:
    return {
        "request": str(one.id),
        "person": str(one.person_id),
        "number": one.number,
        "name": one.name,
        "reason": one.reason,
        "at": one.at.isoformat(),
        "by": one.by_name,
        "hindrances": [_hindrance_data(each) for each in one.hindrances],
    }


def _hindrance_data(one: Hindrance) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "until": None if one.until is None else one.until.isoformat(),
        "hold": None if one.hold_id is None else str(one.hold_id),
        "words": hindrance_in_words(one),
    }


def _hold_data(one: Hold) -> dict[str, object]:
    return {
        "hold": str(one.id),
        "person": str(one.person_id),
        "number": one.number,
        "name": one.name,
        "reason": one.reason,
        "at": one.at.isoformat(),
        "by": one.by_name,
    }


def _erased_data(one: ErasedPerson) -> dict[str, object]:
    return {
        "person": str(one.person_id),
        "name": one.name,
        "at": one.at.isoformat(),
        "reason": one.reason,
        "asked_by": one.asked_by,
        "confirmed_by": one.confirmed_by,
    }


def _backup_data(one: BackupOfBefore) -> dict[str, object]:
    return {"path": str(one.path), "made_at": one.made_at.isoformat()}
