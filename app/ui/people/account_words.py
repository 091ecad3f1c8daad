"""How roles, proofs and states of accounts are said on screen."""

from datetime import datetime

from app.core.base.words import _, mark
from app.core.people import AccountDetail, CredentialKind, HeldRole, RoleName, title_of
from app.ui.kit.theme import Tone

PROOFS = (
    (CredentialKind.PIN, mark("PIN"), "hash"),
    (CredentialKind.PASSWORD, mark("Password"), "key-round"),
    (CredentialKind.BADGE, mark("Badge"), "id-card"),
)
"""What an account can have, as word and icon."""
_USES = {
    RoleName.LEARNER: mark("Learns what is assigned, and sees their own record."),
    RoleName.TRAINER: mark("Assigns training, helps with quizzes, and sees records and reports."),
    RoleName.AUTHOR: mark("Writes courses and questions; somebody else publishes them."),
    RoleName.ADMINISTRATOR: mark("Does everything, and gives roles to others."),
    RoleName.AUDITOR: mark("Sees everything that proves something, and changes nothing."),
}


def role_words(role: str) -> str:
    """Return a role as it is shown; one of a newer program as it is kept."""
    return _(title_of(role))


def role_use(role: RoleName) -> str:
    """Return what somebody with a role does."""
    return _(_USES[role])


def place_of_role(held: HeldRole) -> str:
    """Return where a role holds."""
    if held.org_unit_id is None:
        return _("The whole site")
    return _("{unit} and all below it").format(unit=held.org_unit)


def account_state(account: AccountDetail, now: datetime) -> tuple[str, Tone]:
    """Return whether somebody gets in with an account now, as word and tone."""
    if account.disabled_at is not None:
        return _("Closed"), Tone.DANGER
    if account.closes_at is not None and account.closes_at <= now:
        return _("Over"), Tone.NEUTRAL
    if account.locked:
        return _("Locked after wrong tries"), Tone.WARNING
    if account.opens_at is not None and account.opens_at > now:
        return _("To come"), Tone.INFO
    return _("Can be used"), Tone.SUCCESS
