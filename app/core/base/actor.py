"""Who acts: an account with capabilities, each within a scope. Services take it first, and ask it."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from operator import attrgetter
from uuid import UUID

from app.core.base.errors import LentOnly, NotAllowed, NotFound
from app.core.base.words import _, mark


class Capability(StrEnum):
    """What an actor may do. Roles (people) are sets of these."""

    LEARN = "learn"
    VIEW_PEOPLE = "people.view"
    MANAGE_PEOPLE = "people.manage"
    ERASE_PEOPLE = "people.erase"
    MANAGE_ACCOUNTS = "accounts.manage"
    VIEW_COURSES = "courses.view"
    AUTHOR_COURSES = "courses.author"
    PUBLISH_COURSES = "courses.publish"
    APPROVE = "approvals.approve"
    ASSIGN = "training.assign"
    """Keep training: who needs what, by which rules, and who has it."""
    GIVE_TRAINING = "training.give"
    """Give people training by hand: held by all who assign, and by those whom one of them lets (ADR 72)."""
    ASSESS = "practicals.assess"
    SUPERVISE_QUIZZES = "quizzes.supervise"
    VIEW_RECORDS = "records.view"
    VIEW_REPORTS = "reports.view"
    REVOKE_CERTIFICATES = "certificates.revoke"
    VIEW_JOURNAL = "journal.view"
    MANAGE_SITE = "site.manage"

    @property
    def named(self) -> str:
        """Return what one may do, as a refusal says it to whom it is refused."""
        return _(_NAMES[self])


_NAMES = {
    Capability.LEARN: mark("learning"),
    Capability.VIEW_PEOPLE: mark("looking at people"),
    Capability.MANAGE_PEOPLE: mark("looking after people"),
    Capability.ERASE_PEOPLE: mark("erasing people"),
    Capability.MANAGE_ACCOUNTS: mark("looking after accounts"),
    Capability.VIEW_COURSES: mark("looking at courses"),
    Capability.AUTHOR_COURSES: mark("writing courses"),
    Capability.PUBLISH_COURSES: mark("publishing courses"),
    Capability.APPROVE: mark("approving"),
    Capability.ASSIGN: mark("looking after training"),
    Capability.GIVE_TRAINING: mark("assigning training"),
    Capability.ASSESS: mark("assessing practicals"),
    Capability.SUPERVISE_QUIZZES: mark("supervising quizzes"),
    Capability.VIEW_RECORDS: mark("looking at training records"),
    Capability.VIEW_REPORTS: mark("looking at reports"),
    Capability.REVOKE_CERTIFICATES: mark("revoking certificates"),
    Capability.VIEW_JOURNAL: mark("looking at the audit trail"),
    Capability.MANAGE_SITE: mark("looking after the site"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsFor:
    """Somebody lets the actor do something for them until a day, that one included."""

    delegation_id: UUID
    name: str
    """Who lets them."""
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A capability within a scope: the whole site, or org units (the one granted and all below)."""

    capability: Capability
    org_units: frozenset[UUID] | None = None
    """None means the whole site; otherwise every unit the grant reaches, already spread downward."""
    acts_for: ActsFor | None = None
    """Whose capability it is; None where it is the actor's own, by a role."""


_CAPABILITY = attrgetter("capability")
_NOT_LENT = frozenset({Capability.ASSIGN, Capability.ASSESS, Capability.SUPERVISE_QUIZZES})
"""What trainers do, and let nobody do for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts now. Made by sign-in, or by `system_actor` for what the program does of itself."""

    account_id: UUID | None
    person_id: UUID | None
    name: str
    number: str = ""
    language: str = "en"
    roles: frozenset[str] = frozenset()
    grants: frozenset[Grant] = field(default_factory=frozenset)

    def may(self, capability: Capability) -> bool:
        """Tell whether the actor holds `capability` anywhere. Screens use it to hide or grey."""
        return capability in map(_CAPABILITY, self.grants)

    def scope_of(self, capability: Capability) -> frozenset[UUID] | None:
        """Return the org units within which the actor holds `capability`; None is the whole site.

        Raises NotAllowed when the actor does not hold it at all.
        """
        held = [grant for grant in self.grants if grant.capability is capability]
        if not held:
            raise self._refused(capability)
        if any(grant.org_units is None for grant in held):
            return None
        return frozenset().union(*(grant.org_units or frozenset() for grant in held))

    def require_person(self) -> UUID:
        """Return who acts, as a person. Raises NotFound for an account that is nobody's."""
        if self.person_id is None:
            raise NotFound(_("The person"))
        return self.person_id

    def require_anywhere(self, capability: Capability) -> None:
        """Raise NotAllowed unless the actor holds `capability` at least somewhere."""
        if not self.may(capability):
            raise self._refused(capability)

    def require(self, capability: Capability, org_unit: UUID | None = None) -> None:
        """Raise NotAllowed unless the actor holds `capability` for `org_unit` (None: for the site)."""
        scope = self.scope_of(capability)
        if scope is not None and org_unit not in scope:
            raise self._refused(capability)

    def by_own_roles(self) -> "Actor":
        """Return the actor with what they may do by roles of their own, without what is lent to them."""
        own = frozenset(grant for grant in self.grants if grant.acts_for is None)
        return replace(self, grants=own)

    def lenders(self) -> tuple[ActsFor, ...]:
        """Return who lets the actor give training for them, the one who does so longest last."""
        found = {grant.acts_for for grant in self.grants if grant.acts_for is not None}
        return tuple(sorted(found, key=lambda one: (one.until_on, one.name, one.delegation_id)))

    def _refused(self, capability: Capability) -> NotAllowed:
        lenders = self.lenders() if capability in _NOT_LENT else ()
        if not lenders:
            return NotAllowed(capability.named)
        names = dict.fromkeys(one.name for one in lenders)
        return LentOnly(capability.named, ", ".join(names))


def system_actor(name: str = "Daksha") -> Actor:
    """Return the actor for what the program does of itself: it may do everything."""
    return Actor(
        account_id=None,
        person_id=None,
        name=name,
        grants=frozenset(Grant(capability=capability) for capability in Capability),
    )
