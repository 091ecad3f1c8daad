"""What the people feature takes and gives: ids and frozen values, never rows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.words import mark
from app.core.people.account_models import CredentialKind
from app.core.people.models import WITH_GATE_PASS, PersonKind, Reads
from app.core.people.roles import RoleName

PersonId = NewType("PersonId", UUID)
OrgUnitId = NewType("OrgUnitId", UUID)
JobRoleId = NewType("JobRoleId", UUID)
AccountId = NewType("AccountId", UUID)


class SignInState(StrEnum):
    """Whether somebody gets in with their account at this PC at a moment; the first that is true."""

    CLOSED = "closed"
    """An administrator closed it."""
    OVER = "over"
    """Its time is over."""
    LOCKED = "locked"
    """It was tried with wrong secrets, and waits, or has to be unlocked."""
    TO_COME = "to-come"
    """Its time has not begun."""
    NO_PIN = "no-pin"
    """It has neither PIN nor password; a badge only names it."""
    OPEN = "open"
    NO_ACCOUNT = "no-account"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgUnit:
    """A place in the organisation's tree."""

    id: OrgUnitId
    code: str
    """What means it here: PRESS, or PUN/PRESS where records of several sites lie together."""
    name: str
    site: str
    """The site's name where there are several, else ""."""
    parent_id: OrgUnitId | None
    parent: str
    """The name of the unit it lies under; "" at the top."""
    depth: int
    """0 at the top."""
    people: int
    """How many are there now, places below not counted."""
    people_within: int
    """How many are there now or anywhere below."""

    @property
    def called(self) -> str:
        """Return what it is called among those of other sites."""
        return f"{self.name} · {self.site}" if self.site else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRole:
    """What somebody does."""

    id: JobRoleId
    code: str
    """What means it here: FIT, or PUN/FIT where records of several sites lie together."""
    title: str
    site: str
    """The site's name where there are several, else ""."""
    people: int

    @property
    def called(self) -> str:
        """Return what it is called among those of other sites."""
        return f"{self.title} · {self.site}" if self.site else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePass:
    """What lets a contractor, an apprentice or a visitor in at the gate."""

    number: str = ""
    """"" where none is noted."""
    until: date | None = None
    """Last day on which it is valid; None where none was said."""

    def is_over(self, day: date) -> bool:
        """Tell whether it is no longer valid on a day."""
        return self.until is not None and self.until < day


NO_GATE_PASS = GatePass()
GATE_PASS_DAYS = 30
"""How many days before its last one a gate pass is said to end soon."""


class PassState(StrEnum):
    """What the list of people is narrowed by: the filter `gate_pass`."""

    OVER = "over"
    ENDS = "ends"
    """Valid, and for `GATE_PASS_DAYS` at most."""


READS = {Reads.ALONE: mark("Reads alone"), Reads.ALONG: mark("Needs somebody to read along")}
"""Marked words for each."""


def gate_pass_that_counts(kind: PersonKind, noted: GatePass) -> GatePass:
    """Return the gate pass that is looked at: none for somebody who has become an employee."""
    return noted if kind in WITH_GATE_PASS else NO_GATE_PASS


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSite:
    """A site that has people here."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSummary:
    """One row of the list of people."""

    id: PersonId
    number: str
    name: str
    name_local: str
    org_unit: str
    job_role: str
    kind: PersonKind
    language: str
    active: bool
    sign_in: SignInState
    gate_pass: GatePass = NO_GATE_PASS
    """As it counts: none for employees."""
    reads: Reads = Reads.ALONE
    site: str = ""
    """The name of their site where records of several lie together, else ""."""

    @property
    def has_account(self) -> bool:
        """Tell whether there is an account, whether or not it opens now."""
        return self.sign_in is not SignInState.NO_ACCOUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where somebody belonged from a day up to, but not on, a day; open when it lasts."""

    org_unit_id: OrgUnitId
    org_unit: str
    job_role_id: JobRoleId | None
    job_role: str
    manager_id: PersonId | None
    manager: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherRole:
    """A job role that somebody has beside theirs, from a day up to, but not on, a day; open when it lasts."""

    job_role_id: JobRoleId
    job_role: str
    from_on: date
    to_on: date | None

    def lasts(self, day: date) -> bool:
        """Tell whether it is not over on a day; it may be to come."""
        return self.to_on is None or self.to_on > day


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetail:
    """Everything that is kept about a person here."""

    id: PersonId
    number: str
    name: str
    name_local: str
    kind: PersonKind
    language: str
    email: str
    joined_on: date | None
    left_on: date | None
    active: bool
    placements: tuple[Placement, ...]
    """Newest first."""
    account_id: AccountId | None
    location: str = ""
    shift: str = ""
    agency: str = ""
    gate_pass: GatePass = NO_GATE_PASS
    """As it is noted, whatever their kind."""
    reads: Reads = Reads.ALONE
    former_numbers: tuple[str, ...] = ()
    """Numbers they had before, newest first: they go on meaning them."""
    further_roles: tuple[FurtherRole, ...] = ()
    """Newest first; without those that were ended on the day on which they began."""

    @property
    def placement(self) -> Placement | None:
        """Return where the person belongs, or did when they left."""
        return next((place for place in self.placements if place.to_on is None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where somebody comes to belong."""

    org_unit_id: OrgUnitId
    job_role_id: JobRoleId | None = None
    manager_id: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody to be added; without `joined_on` they join today."""

    number: str
    name: str
    name_local: str = ""
    kind: PersonKind = PersonKind.EMPLOYEE
    language: str = "en"
    email: str = ""
    joined_on: date | None = None
    location: str = ""
    shift: str = ""
    agency: str = ""
    """The firm that sends a contractor."""
    gate_pass: GatePass = NO_GATE_PASS
    reads: Reads = Reads.ALONE
    place: Destination | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What is to be corrected about a person; None leaves a field as it is."""

    number: str | None = None
    name: str | None = None
    name_local: str | None = None
    kind: PersonKind | None = None
    language: str | None = None
    email: str | None = None
    joined_on: date | None = None
    location: str | None = None
    shift: str | None = None
    agency: str | None = None
    gate_pass: GatePass | None = None
    """Number and last day together, so that either can be taken away."""
    reads: Reads | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A role that an account holds, for the site or for an org unit and all below it."""

    role: str
    org_unit_id: OrgUnitId | None
    org_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetail:
    """How somebody signs in, and what they may do."""

    id: AccountId
    login: str
    name: str
    person_id: PersonId | None
    disabled_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    roles: tuple[HeldRole, ...]
    proofs: frozenset[CredentialKind]
    """The kinds of secret and badge it has now."""
    must_change: bool
    locked: bool
    """Nobody gets in with it at this moment, on this PC."""
    locked_until: datetime | None
    """None while locked: until an administrator unlocks it."""
    last_in_at: datetime | None
    may_be_changed: bool
    """Whether whoever asked holds all that this account holds, and so may change it."""
    state: SignInState
    """How it stood when it was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedOut:
    """Somebody whose account was tried so often that it stays locked on this PC."""

    name: str
    person_id: PersonId | None
    """None for an auditor or another who is no person here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleOffer:
    """A role that may be given, and where."""

    role: RoleName
    for_site: bool
    org_units: tuple[OrgUnit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody got in."""

    actor: Actor
    """May do nothing while `needs_change` says that a secret must be changed first."""
    method: str
    needs_change: CredentialKind | None = None
    is_old: bool = False
    """Whether it must be changed because it was used for as long as the site lets it be."""
