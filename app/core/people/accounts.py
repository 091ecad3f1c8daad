"""Accounts: who may sign in, with what, and as what."""

from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people.account_models import (
    AccountRow,
    CredentialKind,
    RoleGrantRow,
    SignInEvent,
    SignInGuardRow,
    SignInRow,
)
from app.core.people.account_queries import (
    account_detail,
    account_row,
    number_of,
)
from app.core.people.credentials import revoke_credential, set_credential
from app.core.people.erasing import require_not_erased
from app.core.people.errors import (
    HasAccount,
    WindowRefused,
)
from app.core.people.guard import Guard
from app.core.people.homes import Homes, home_in
from app.core.people.last_administrator import administrators_kept
from app.core.people.models import PersonRow
from app.core.people.organisation import org_unit
from app.core.people.organisation_queries import org_unit_tree
from app.core.people.own_passwords import Keepers
from app.core.people.ownership import FieldOwners, OwnedField
from app.core.people.powers import (
    has_power_over,
    held_roles,
    may_give,
    place_of_owner,
    require_power_over,
    require_power_to_give,
)
from app.core.people.queries import place_of
from app.core.people.roles import ROLES, Role, RoleName
from app.core.people.rules import (
    check_badge,
    check_password,
    check_pin,
    clean_login,
    clean_name,
    today,
)
from app.core.people.secrets import SecretHasher, badge_hash
from app.core.people.sign_in_names import (
    require_free_badge,
    require_free_login,
    take_naming_turn,
)
from app.core.people.types import AccountDetail, AccountId, OrgUnit, OrgUnitId, PersonId, RoleOffer


class Accounts:
    """Manages accounts. Who may: holders of MANAGE_ACCOUNTS where the person belongs, who also
    hold every capability the account has, so that nobody rises by taking over another's account.
    """

    def __init__(
        self, site: Site, hasher: SecretHasher, guard: Guard, keepers: Keepers | None = None
    ) -> None:
        self._site = site
        self._hasher = hasher
        self._guard = guard
        self._keepers = keepers if keepers is not None else []
        self._homes = Homes(site)
        self.owners = FieldOwners(site)

    def account(self, actor: Actor, account_id: AccountId) -> AccountDetail:
        """Return one account. Raises NotFound."""
        with self._site.read() as session:
            row = account_row(session, account_id)
            actor.require(Capability.MANAGE_ACCOUNTS, place_of_owner(session, row))
            return account_detail(session, row, actor, self._site.clock.now())

    def require_power(self, actor: Actor, account_id: AccountId) -> str:
        """Return whose an account is, to whom may manage it. Raises NotAllowed, NotFound."""
        with self._site.read() as session:
            row = account_row(session, account_id)
            require_power_over(actor, session, row)
            return account_detail(session, row, actor, self._site.clock.now()).name

    def give_account(
        self,
        actor: Actor,
        person_id: PersonId,
        *,
        login: str = "",
        roles: tuple[RoleName, ...] = (RoleName.LEARNER,),
    ) -> AccountId:
        """Let a person sign in, with their number or `login`. Raises HasAccount, LoginTaken."""
        with self._site.read() as session:
            told = self._homes.told_of_new_account(session, person_id)
        with self._site.transaction(actor, "account.give", for_site=told) as unit:
            actor.require(Capability.MANAGE_ACCOUNTS, place_of(unit, person_id))
            take_naming_turn(unit)
            person = unit.get_one(PersonRow, person_id)
            require_not_erased(unit, person_id)
            if unit.scalar(sa.select(AccountRow.id).where(AccountRow.person_id == person_id)):
                raise HasAccount(person.name)
            for role in roles:
                require_power_to_give(actor, role, None)
            now = self._site.clock.now()
            home = told or self._site.site_id
            login = login or person.number
            return add_account(unit, login, roles, now=now, person=person, home=home)

    def give_auditor_account(
        self, actor: Actor, *, login: str, name: str, opens_at: datetime, closes_at: datetime
    ) -> AccountId:
        """Let an auditor from outside look at everything for a while. Raises WindowRefused."""
        actor.require(Capability.MANAGE_ACCOUNTS)
        require_power_to_give(actor, RoleName.AUDITOR, None)
        now = self._site.clock.now()
        if closes_at <= max(opens_at, now):
            raise WindowRefused
        with self._site.transaction(actor, "account.give") as unit:
            return add_account(
                unit,
                login,
                (RoleName.AUDITOR,),
                now=now,
                name=clean_name(name),
                window=(opens_at, closes_at),
                home=self._site.site_id,
            )

    def set_pin(
        self, actor: Actor, account_id: AccountId, pin: str, *, must_change: bool = True
    ) -> None:
        """Give an account a PIN, which its owner is to change at first use. Raises WeakSecret."""
        with self._site.read() as session:
            number = number_of(session, account_row(session, account_id))
        check_pin(pin, number)
        self._set(actor, account_id, CredentialKind.PIN, self._hasher.hashed(pin), must_change)

    def set_password(
        self, actor: Actor, account_id: AccountId, password: str, *, must_change: bool = True
    ) -> None:
        """Give an account a password, which its owner is to change. Raises WeakSecret."""
        with self._site.read() as session:
            row = account_row(session, account_id)
            check_password(password, (row.login, number_of(session, row)))
        secret = self._hasher.hashed(password)
        self._set(actor, account_id, CredentialKind.PASSWORD, secret, must_change)

    def set_badge(self, actor: Actor, account_id: AccountId, untrusted_code: str) -> None:
        """Let a badge name the account, in the place of its number. Raises BadgeTaken."""
        check_badge(untrusted_code)
        with self._telling(actor, "account.set-badge", account_id) as unit:
            self._require_badge(unit, self._managed(actor, unit, account_id))
            require_free_badge(actor, unit, account_id, untrusted_code)
            secret, now = badge_hash(untrusted_code), self._site.clock.now()
            set_credential(unit, account_id, CredentialKind.BADGE, secret, now=now)

    def take_away(self, actor: Actor, account_id: AccountId, kind: CredentialKind) -> None:
        """Let the PIN, password or badge of an account hold no longer. Raises LastAdministrator."""
        with self._telling(actor, "account.take-away", account_id) as unit:
            row = self._managed(actor, unit, account_id)
            if kind is CredentialKind.BADGE:
                self._require_badge(unit, row)
            with self._administrators_kept(unit):
                revoke_credential(unit, account_id, kind, now=self._site.clock.now())
            self._reset(actor, unit, account_id, kind)

    def disable(self, actor: Actor, account_id: AccountId, reason: str = "") -> None:
        """Let nobody sign in with an account. Raises LastAdministrator."""
        with self._telling(actor, "account.disable", account_id, reason) as unit:
            row = self._managed(actor, unit, account_id)
            with self._administrators_kept(unit):
                row.disabled_at = row.disabled_at or self._site.clock.now()

    def enable(self, actor: Actor, account_id: AccountId, reason: str = "") -> None:
        """Let an account that was disabled sign in again."""
        with self._telling(actor, "account.enable", account_id, reason) as unit:
            self._managed(actor, unit, account_id).disabled_at = None

    def unlock(self, actor: Actor, account_id: AccountId, reason: str) -> None:
        """Forget the wrong tries at an account on this PC, and sign the alert off with what was found out.

        Raises ReasonMissing.
        """
        reason = explained(reason, _("Say in a few words who tried, as far as you found out."))
        with self._site.transaction(actor, "account.unlock", reason=reason) as unit:
            self._managed(actor, unit, account_id)
            self._guard.forget(account_id)
            guard = unit.get(SignInGuardRow, account_id)
            if guard is not None:
                unit.delete(guard)
                now = self._site.clock.now()
                unit.add(SignInRow(account_id=account_id, event=SignInEvent.UNLOCKED, at=now))

    def role_offers(self, actor: Actor, account_id: AccountId) -> tuple[RoleOffer, ...]:
        """Return the roles that the actor may give an account, and where, without those it has."""
        with self._site.read() as session:
            row = account_row(session, account_id)
            if not has_power_over(actor, session, row):
                return ()
            held = {(one.role, one.org_unit_id) for one in held_roles(session, account_id)}
            units = org_unit_tree(session, None, today(self._site.clock))
        offers = (_offer(actor, role, units, held) for role in ROLES)
        return tuple(offer for offer in offers if offer.for_site or offer.org_units)

    def grant_role(
        self,
        actor: Actor,
        account_id: AccountId,
        role: RoleName,
        org_unit_id: OrgUnitId | None = None,
    ) -> None:
        """Give a role, for the site or for a unit and all below; giving it twice changes nothing.

        Of the account's own site, which is told. Raises PlaceOfAnother.
        """
        require_power_to_give(actor, role, org_unit_id)
        with self._telling(actor, "role.grant", account_id) as unit:
            row = self._managed(actor, unit, account_id)
            if org_unit_id is not None:
                org_unit(unit, org_unit_id)
                self._homes.require_unit_of(unit, self._homes.told_of_account(row.id), org_unit_id)
            if not _held(unit, account_id, role, org_unit_id):
                now = self._site.clock.now()
                unit.add(_grant(account_id, role, now, org_unit_id))

    def revoke_role(
        self,
        actor: Actor,
        account_id: AccountId,
        role: RoleName,
        org_unit_id: OrgUnitId | None = None,
    ) -> None:
        """Take a role away. Raises LastAdministrator."""
        with self._telling(actor, "role.revoke", account_id) as unit:
            self._managed(actor, unit, account_id)
            with self._administrators_kept(unit):
                for held in _held(
                    unit, account_id, role, org_unit_id
                ):  # two, where two PCs gave it
                    held.revoked_at = self._site.clock.now()

    def _administrators_kept(self, unit: Unit) -> AbstractContextManager[None]:
        return administrators_kept(unit, self._site.site_id, today(self._site.clock))

    def _telling(
        self, actor: Actor, action: str, account_id: UUID, reason: str = ""
    ) -> AbstractContextManager[Unit]:
        """Give a unit of work whose changes reach the site that the account is of."""
        told = self._homes.told_of_account(account_id)
        return self._site.transaction(actor, action, reason=reason, for_site=told)

    def _require_badge(self, unit: Unit, account: AccountRow) -> None:
        """Raise FieldOwned where the badge of an account's owner belongs to others."""
        person = unit.get(PersonRow, account.person_id) if account.person_id else None
        if person is not None:
            self.owners.require(unit, home_in(unit, person), {OwnedField.BADGE})

    def _managed(self, actor: Actor, unit: Unit, account_id: UUID) -> AccountRow:
        row = account_row(unit, account_id)
        require_power_over(actor, unit, row)
        return row

    def _set(
        self, actor: Actor, account_id: AccountId, kind: CredentialKind, secret: str, must: bool
    ) -> None:
        told = self._homes.told_of_account(account_id)
        with self._site.transaction(actor, f"account.set-{kind.value}", for_site=told) as unit:
            self._managed(actor, unit, account_id)
            now = self._site.clock.now()
            set_credential(unit, account_id, kind, secret, now=now, must_change=must)
            self._reset(actor, unit, account_id, kind)

    def _reset(self, actor: Actor, unit: Unit, account_id: UUID, kind: CredentialKind) -> None:
        """Lock for good what lay under a password that its owner did not change themselves."""
        if kind is CredentialKind.PASSWORD:
            for keeper in self._keepers:
                keeper.reset(unit, account_id, actor.account_id)


def add_account(
    unit: Unit,
    login: str,
    roles: tuple[RoleName, ...],
    *,
    now: datetime,
    person: PersonRow | None = None,
    name: str = "",
    window: tuple[datetime | None, datetime | None] = (None, None),
    home: UUID | None = None,
) -> AccountId:
    """Add an account of a site with site-wide roles, open in a `window`. Raises LoginTaken."""
    login = clean_login(login)
    require_free_login(unit, login, person.id if person else None)
    opens_at, closes_at = window
    row = AccountRow(
        login=login,
        name=name,
        person_id=person.id if person else None,
        home_site_id=home,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    unit.add(row)
    unit.flush()
    unit.add_all(_grant(row.id, role, now) for role in roles)
    return AccountId(row.id)


def _offer(
    actor: Actor, role: Role, units: tuple[OrgUnit, ...], held: set[tuple[str, UUID | None]]
) -> RoleOffer:
    def is_open(place: UUID | None) -> bool:
        return (role.name.value, place) not in held and may_give(actor, role.name, place)

    places = units if role.heeds_place else ()
    return RoleOffer(
        role=role.name,
        for_site=is_open(None),
        org_units=tuple(one for one in places if is_open(one.id)),
    )


def _grant(
    account_id: UUID, role: RoleName, now: datetime, org_unit_id: UUID | None = None
) -> RoleGrantRow:
    return RoleGrantRow(
        account_id=account_id, role=role.value, org_unit_id=org_unit_id, granted_at=now
    )


def _held(
    unit: Unit, account_id: UUID, role: RoleName, org_unit_id: UUID | None
) -> list[RoleGrantRow]:
    return [
        held
        for held in held_roles(unit, account_id)
        if held.role == role and held.org_unit_id == org_unit_id
    ]
