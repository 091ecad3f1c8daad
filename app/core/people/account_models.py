"""Tables of accounts: how somebody signs in, what they may do, and for whom they act."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant, Word
from app.core.storage.tables import NAMES, PERSONAL, Fact, Local, Personal, Record, Scope, Spoken


class CredentialKind(StrEnum):
    """What an account can prove itself with."""

    PASSWORD = "password"  # noqa: S105  a kind, not a secret
    PIN = "pin"
    BADGE = "badge"


class SignInEvent(StrEnum):
    """What happened at the door."""

    IN = "in"
    OUT = "out"
    CONFIRMED = "confirmed"
    """The person at the PC proved again who they are."""
    REFUSED = "refused"
    LOCKED = "locked"
    """Refused so often that an administrator has to unlock."""
    UNLOCKED = "unlocked"


class AccountRow(Record):
    """How somebody signs in. An auditor from outside has one without being a person here."""

    __tablename__ = "account"
    table_scope = Scope.IDENTITY
    spoken = Spoken({"person_id": "person"}, home="home_site_id")

    login: Mapped[str] = mapped_column(
        index=True, info={PERSONAL: Personal("person_id", "P-{code}", folded=True)}
    )
    """Case-folded. Two accounts that another PC named alike stay two, and neither opens by it."""
    name: Mapped[str] = mapped_column(default="", info={PERSONAL: Personal("person_id", "")})
    """Shown when there is no person."""
    person_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"), unique=True)
    home_site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    """The site that it is of: its roles hold there alone. None: that of the PC which wrote it (ADR 74)."""
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)


class CredentialRow(Record):
    """One secret or badge of an account. A new one revokes the one before of its kind."""

    __tablename__ = "credential"
    table_scope = Scope.IDENTITY
    spoken = Spoken({"account_id": "account"}, void=("revoked_at", "set_at"))

    account_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("account.id"), index=True)
    kind: Mapped[CredentialKind] = mapped_column(Word(CredentialKind))
    secret: Mapped[str] = mapped_column(
        index=True, info={PERSONAL: Personal("account_id", "erased", through="account")}
    )
    """Argon2id hash; for a badge SHA-256 of its code, which is looked up, not proved."""
    must_change: Mapped[bool] = mapped_column(default=False)
    set_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class PasswordRuleRow(Record):
    """How long passwords may be used at a site, and how many may not come again."""

    __tablename__ = "password_rule"
    __table_args__ = (sa.UniqueConstraint("site_id"),)
    table_scope = Scope.IDENTITY
    spoken = Spoken({}, home="site_id")
    regulated = frozenset({"days", "remembered"})

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    days: Mapped[int]
    """0: they do not grow old."""
    remembered: Mapped[int]


class RoleGrantRow(Record):
    """A role given to an account, for the site or for one org unit and all below it."""

    __tablename__ = "role_grant"
    table_scope = Scope.IDENTITY
    spoken = Spoken(
        {"account_id": "account", "org_unit_id": "org_unit"}, void=("revoked_at", "granted_at")
    )

    account_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("account.id"), index=True)
    role: Mapped[str]
    org_unit_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("org_unit.id"))
    granted_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class DelegationRow(Record):
    """Somebody who assigns lets another give training for them, from a day to a day, both included.

    It says what was meant. Whether it holds is asked anew each time: of the giver's own roles (ADR 72).
    """

    __tablename__ = "delegation"
    table_scope = Scope.IDENTITY
    spoken = Spoken(
        {"account_id": "account", "giver_id": "account", "org_unit_id": "org_unit"},
        void=("ended_at", ""),
    )

    account_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("account.id"), index=True)
    """Who gives training."""
    giver_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("account.id"), index=True)
    """For whom: whose capability it is."""
    org_unit_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("org_unit.id"))
    """With all below it; None: wherever the giver may."""
    from_on: Mapped[date] = mapped_column(Day)
    until_on: Mapped[date] = mapped_column(Day)
    """The last day."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """When somebody ended it before that."""


class SignInRow(Fact):
    """Somebody signed in, out, or was refused."""

    __tablename__ = "sign_in"
    table_scope = Scope.IDENTITY

    account_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("account.id"), index=True)
    event: Mapped[SignInEvent] = mapped_column(Word(SignInEvent))
    method: Mapped[str] = mapped_column(default="")
    """How the account was named and proved: `number+pin`, `badge+pin`, `login+password`."""
    at: Mapped[datetime] = mapped_column(Instant)


class SignInGuardRow(Local):
    """Failed tries at an account on this PC, counted before each secret is checked.

    A name that no account answers to is counted too, under an id derived from it.
    """

    __tablename__ = "sign_in_guard"

    account_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(Instant)
