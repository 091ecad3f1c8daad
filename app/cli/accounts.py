"""`people account`, `badge`, `pin`, `role`, `unlock`: how somebody signs in, and as what."""

from datetime import datetime
from typing import Annotated

import typer

from app.cli.frame import Frame, frame_of
from app.cli.organisation import coded_org_unit
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.figures import moment
from app.core.base.words import _, mark
from app.core.people import (
    AccountDetail,
    AccountId,
    CredentialKind,
    HeldRole,
    OrgUnitId,
    PersonDetail,
    RoleName,
    check_pin,
    title_of,
)

commands = typer.Typer()
role_commands = typer.Typer(name="role", help=_("Roles, for the site or for one org unit."))
commands.add_typer(role_commands)

Number = Annotated[str, typer.Argument(help=_("Employee number, or a login."))]
RoleWord = Annotated[RoleName, typer.Argument(help=_("Which role."))]
UnitCode = Annotated[
    str | None, typer.Option("--unit", help=_("Code of an org unit; units below count in."))
]

_PROOFS = {
    CredentialKind.PIN: mark("PIN"),
    CredentialKind.PASSWORD: mark("Password"),
    CredentialKind.BADGE: mark("Badge"),
}


class NoAccount(UserFacingError):
    """The person cannot sign in at all."""

    def __init__(self, person: PersonDetail) -> None:
        super().__init__(
            _("{name} has no account.").format(name=person.name),
            safe=_("Nothing was changed."),
            remedy=_("Give one with a first PIN: people pin {number}").format(number=person.number),
        )


@commands.command()
def account(
    context: typer.Context,
    number: Number,
    login: Annotated[
        str | None, typer.Option(help=_("Another login for them; the one before opens nothing."))
    ] = None,
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))] = "",
) -> None:
    """Show how somebody signs in, and their roles; or give them another login."""
    frame = frame_of(context)
    account_id = _account_id(frame, number)
    if login is not None:
        frame.services.sign_in.logins.rename(frame.actor(), account_id, login, reason)
    _tell_account(frame, account_id)


@commands.command()
def badge(
    context: typer.Context,
    number: Number,
    code: Annotated[str, typer.Argument(help=_("What the badge reader types."))],
) -> None:
    """Let a badge name somebody at sign-in, in the place of their number."""
    frame = frame_of(context)
    accounts, actor = frame.services.sign_in.accounts, frame.actor()
    accounts.set_badge(actor, _account_id(frame, number), code)
    _tell(frame, number)


@commands.command()
def pin(context: typer.Context, number: Number) -> None:
    """Give somebody a new PIN, from DAKSHA_PIN or asked for; who has no account gets one.

    They change it at their next sign-in.
    """
    frame = frame_of(context)
    accounts, actor = frame.services.sign_in.accounts, frame.actor()
    person = frame.services.people.find(actor, number)
    secret = frame.new_pin()
    check_pin(secret, person.number)  # before an account is given that nobody could open
    account_id = person.account_id or accounts.give_account(actor, person.id)
    accounts.set_pin(actor, account_id, secret)
    _tell(frame, number)


@commands.command()
def unlock(
    context: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help=_("What you found out about the wrong tries."))] = "",
) -> None:
    """Forget somebody's wrong tries at this PC, and sign the alert off."""
    frame = frame_of(context)
    accounts, actor = frame.services.sign_in.accounts, frame.actor()
    accounts.unlock(actor, _account_id(frame, number), reason)
    _tell(frame, number)


@role_commands.command()
def grant(context: typer.Context, number: Number, role: RoleWord, unit: UnitCode = None) -> None:
    """Give a role."""
    frame = frame_of(context)
    accounts, actor = frame.services.sign_in.accounts, frame.actor()
    accounts.grant_role(actor, _account_id(frame, number), role, _place(frame, unit))
    _tell(frame, number)


@role_commands.command()
def revoke(context: typer.Context, number: Number, role: RoleWord, unit: UnitCode = None) -> None:
    """Take a role away."""
    frame = frame_of(context)
    accounts, actor = frame.services.sign_in.accounts, frame.actor()
    accounts.revoke_role(actor, _account_id(frame, number), role, _place(frame, unit))
    _tell(frame, number)


def _place(frame: Frame, unit: str | None) -> OrgUnitId | None:
    return None if unit is None else coded_org_unit(frame, unit).id


def _account_id(frame: Frame, number: str) -> AccountId:
    """Return the account of who has a number, else of who has a login: a founder has no number."""
    actor = frame.actor()
    try:
        person = frame.services.people.find(actor, number)
    except NotFound:
        return frame.services.sign_in.logins.called(actor, number).id
    if person.account_id is None:
        raise NoAccount(person)
    return person.account_id


def _tell(frame: Frame, number: str) -> None:
    _tell_account(frame, _account_id(frame, number))


def _tell_account(frame: Frame, account_id: AccountId) -> None:
    detail = frame.services.sign_in.accounts.account(frame.actor(), account_id)
    frame.tell("\n".join(_lines(detail)), _data(detail))


def _lines(detail: AccountDetail) -> list[str]:
    proofs = [_(words) for kind, words in _PROOFS.items() if kind in detail.proofs]
    last = _("never") if detail.last_in_at is None else moment(detail.last_in_at)
    lines = [
        f"{detail.login}  {detail.name}",
        _("Signs in with: {proofs}").format(proofs=", ".join(proofs) or _("nothing yet")),
        _("Roles: {roles}").format(roles=", ".join(map(_role_words, detail.roles)) or "–"),
        _("Last sign-in: {when}").format(when=last),
    ]
    if detail.must_change:
        lines.append(_("Must choose their own at the next sign-in."))
    if detail.locked:
        lines.append(_locked_words(detail.locked_until))
    if detail.disabled_at is not None:
        lines.append(_("Closed on {moment}").format(moment=moment(detail.disabled_at)))
    return lines


def _locked_words(until: datetime | None) -> str:
    if until is None:
        return _("Locked after wrong tries until it is unlocked.")
    return _("Locked after wrong tries until {moment}.").format(moment=moment(until))


def _role_words(held: HeldRole) -> str:
    title = _(title_of(held.role))
    return f"{title} ({held.org_unit})" if held.org_unit else title


def _data(detail: AccountDetail) -> dict[str, object]:
    return {
        "login": detail.login,
        "name": detail.name,
        "proofs": sorted(kind.value for kind in detail.proofs),
        "roles": [{"role": held.role, "org_unit": held.org_unit or None} for held in detail.roles],
        "must_change": detail.must_change,
        "locked": detail.locked,
        "locked_until": _told(detail.locked_until),
        "closed_at": _told(detail.disabled_at),
        "last_in_at": _told(detail.last_in_at),
    }


def _told(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
