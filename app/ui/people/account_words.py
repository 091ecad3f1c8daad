"""How roles, proofs and states of accounts are said on screen."""

from app.core.base.words import _, mark
from app.core.people import (
    AccountDetail,
    CredentialKind,
    HeldRole,
    RoleName,
    SignInState,
    title_of,
)
from app.ui.kit.theme import Tone
from app.ui.people.words import STATES

PROOFS = (
    (CredentialKind.PIN, mark("PIN"), "hash"),
    (CredentialKind.PASSWORD, mark("Password"), "key-round"),
    (CredentialKind.BADGE, mark("Badge"), "id-card"),
)
"""What an account can have, as word and icon."""
_USES = {
    RoleName.LEARNER: mark("Learns what is assigned, and sees their own record."),
    RoleName.SUPERVISOR: mark(
        "Answers for a team: sees its records and reports, and lets who is stuck try again."
    ),
    RoleName.ASSESSOR: mark("Watches practicals, and signs those they were appointed for."),
    RoleName.TRAINER: mark("Assigns training, helps with quizzes, and sees records and reports."),
    RoleName.AUTHOR: mark("Writes courses and questions; somebody else publishes them."),
    RoleName.APPROVER: mark("Reviews what others wrote, and signs that it may be used."),
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


_STATES = {
    **STATES,
    SignInState.LOCKED: (mark("Locked after wrong tries"), Tone.WARNING),
    SignInState.NO_PIN: (mark("No PIN or password yet"), Tone.WARNING),
    SignInState.OPEN: (mark("Can be used"), Tone.SUCCESS),
}
"""The words of the list, with more room."""


def account_state(account: AccountDetail) -> tuple[str, Tone]:
    """Return whether somebody gets in with an account, as word and tone."""
    words, tone = _STATES[account.state]
    return _(words), tone
