"""The eight roles: fixed sets of capabilities, given to accounts for the site or a part of it."""

from dataclasses import dataclass
from enum import StrEnum

from app.core.base.actor import Capability
from app.core.base.words import mark

_PLACELESS = frozenset(
    {Capability.LEARN, Capability.VIEW_COURSES, Capability.AUTHOR_COURSES, Capability.APPROVE}
)


class RoleName(StrEnum):
    """What a role is called in the records."""

    LEARNER = "learner"
    SUPERVISOR = "supervisor"
    ASSESSOR = "assessor"
    TRAINER = "trainer"
    AUTHOR = "author"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A set of capabilities under a name; the title is worded where it is shown."""

    name: RoleName
    title: str
    capabilities: frozenset[Capability]

    @property
    def heeds_place(self) -> bool:
        """Tell whether it lets do less where it is given for one org unit.

        Courses belong to none: who learns or writes somewhere does so everywhere.
        """
        return bool(self.capabilities - _PLACELESS)


LEARNER = Role(
    name=RoleName.LEARNER,
    title=mark("Learner"),
    capabilities=frozenset({Capability.LEARN}),
)
SUPERVISOR = Role(
    name=RoleName.SUPERVISOR,
    title=mark("Supervisor"),
    capabilities=frozenset(
        {
            Capability.VIEW_PEOPLE,
            Capability.SUPERVISE_QUIZZES,
            Capability.VIEW_RECORDS,
            Capability.VIEW_REPORTS,
        }
    ),
)
"""Answers for a team: sees who lacks what, and lets somebody who is stuck try again."""
ASSESSOR = Role(
    name=RoleName.ASSESSOR,
    title=mark("Assessor"),
    capabilities=frozenset({Capability.VIEW_PEOPLE, Capability.ASSESS}),
)
"""Watches practicals and, where appointed for one, signs them; sees nobody's record."""
TRAINER = Role(
    name=RoleName.TRAINER,
    title=mark("Trainer"),
    capabilities=frozenset(
        {
            Capability.VIEW_PEOPLE,
            Capability.VIEW_COURSES,
            Capability.ASSIGN,
            Capability.GIVE_TRAINING,
            Capability.ASSESS,
            Capability.SUPERVISE_QUIZZES,
            Capability.VIEW_RECORDS,
            Capability.VIEW_REPORTS,
        }
    ),
)
AUTHOR = Role(
    name=RoleName.AUTHOR,
    title=mark("Author"),
    capabilities=frozenset({Capability.VIEW_COURSES, Capability.AUTHOR_COURSES}),
)
APPROVER = Role(
    name=RoleName.APPROVER,
    title=mark("Approver"),
    capabilities=frozenset({Capability.VIEW_COURSES, Capability.APPROVE}),
)
"""Reviews what others wrote, and signs that it may be used."""
ADMINISTRATOR = Role(
    name=RoleName.ADMINISTRATOR,
    title=mark("Administrator"),
    capabilities=frozenset(Capability) - {Capability.LEARN},
)
AUDITOR = Role(
    name=RoleName.AUDITOR,
    title=mark("Auditor"),
    capabilities=frozenset(
        {
            Capability.VIEW_PEOPLE,
            Capability.VIEW_COURSES,
            Capability.VIEW_RECORDS,
            Capability.VIEW_REPORTS,
            Capability.VIEW_JOURNAL,
        }
    ),
)
"""Sees everything that proves something, and changes nothing."""

ROLES = (LEARNER, SUPERVISOR, ASSESSOR, TRAINER, AUTHOR, APPROVER, ADMINISTRATOR, AUDITOR)
_BY_NAME = {role.name.value: role for role in ROLES}


def title_of(name: str) -> str:
    """Return a role's title, still to be worded; the name of one that a newer program wrote."""
    role = _BY_NAME.get(name)
    return role.title if role is not None else name


def capabilities_of(name: str) -> frozenset[Capability]:
    """Return what a role lets do; nothing for one that a newer program wrote."""
    role = _BY_NAME.get(name)
    return role.capabilities if role is not None else frozenset()
