"""How people's kinds and states are said on screen."""

from collections.abc import Collection

from app.core.base.words import _, mark
from app.core.people import PersonKind, PersonSummary, RoleName
from app.ui.kit.theme import Tone

KINDS = {
    PersonKind.EMPLOYEE: mark("Employee"),
    PersonKind.CONTRACTOR: mark("Contractor"),
    PersonKind.APPRENTICE: mark("Apprentice"),
    PersonKind.VISITOR: mark("Visitor"),
}

ROLES = {
    RoleName.LEARNER: mark("Learner"),
    RoleName.TRAINER: mark("Trainer"),
    RoleName.AUTHOR: mark("Author"),
    RoleName.ADMINISTRATOR: mark("Administrator"),
    RoleName.AUDITOR: mark("Auditor"),
}


def roles_words(held: Collection[str]) -> str:
    """Return the roles that somebody holds, in one order everywhere; "" for none."""
    return ", ".join(_(words) for role, words in ROLES.items() if role in held)


def kind_words(kind: PersonKind) -> str:
    """Return a kind of person as it is shown."""
    return _(KINDS[kind])


def state_of(person: PersonSummary) -> tuple[str, Tone]:
    """Return whether somebody is here and may sign in, as word and tone."""
    if not person.active:
        return _("Left"), Tone.NEUTRAL
    if person.has_account:
        return _("Signs in"), Tone.SUCCESS
    return _("No account"), Tone.WARNING
