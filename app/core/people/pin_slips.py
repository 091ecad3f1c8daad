"""PINs for many people at once, on slips of paper: what is kept of a PIN is its hash alone."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people.account_models import AccountRow, CredentialKind
from app.core.people.accounts import add_account
from app.core.people.credentials import set_credential
from app.core.people.derived import refresh_listing
from app.core.people.errors import WeakSecret
from app.core.people.homes import Homes
from app.core.people.models import PersonRow
from app.core.people.powers import require_power_over
from app.core.people.queries import place_of
from app.core.people.roles import RoleName
from app.core.people.rules import check_pin, is_active, today
from app.core.people.secrets import SecretHasher
from app.core.people.sign_in_names import is_anothers_name, take_naming_turn
from app.core.people.slip_paper import Slip, slips_document
from app.core.people.types import PersonId

_DIGITS = 6
_MOST = 2000
_SOME = 500


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody who got no PIN, and why."""

    number: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinSlips:
    """The slips, as PDF, and who has none. The document is the only place where the PINs stand."""

    count: int
    skipped: tuple[Skipped, ...]
    document: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Given:
    """A person and the PIN that becomes theirs."""

    person_id: UUID
    pin: str = field(repr=False)
    secret: str = field(repr=False)


class PinSlipMaker:
    """Renews PINs in bulk. Who may: as with one PIN (`Accounts`), asked for each person."""

    def __init__(self, site: Site, hasher: SecretHasher) -> None:
        self._site = site
        self._hasher = hasher
        self._homes = Homes(site)

    def renew(
        self,
        actor: Actor,
        people: Sequence[PersonId],
        site_name: str,
        progress: Progress | None = None,
    ) -> PinSlips:
        """Give each of some people a new PIN, which they change at the first sign-in, and print it.

        Whoever has no account gets one as a learner. All of one site are given together, in one entry of
        the journal, after every hash is made (0.2 s each): stopped before, nothing has changed.
        """
        actor.scope_of(Capability.MANAGE_ACCOUNTS)
        progress = progress or NoProgress()
        with self._site.read() as session:
            able, skipped = self._sorted_out(actor, session, people[:_MOST])
            numbers = [(row.id, row.number) for row in able]
            homes = {row.id: self._told(session, row.id) for row in able}
        given: list[_Given] = []
        for done, (person_id, number) in enumerate(numbers):
            progress.step(done, len(numbers), _("Making PINs"))
            pin = new_pin(number)
            given.append(_Given(person_id, pin, self._hasher.hashed(pin)))
        progress.step(len(numbers), len(numbers), _("Making PINs"))
        slips: list[Slip] = []
        for told in sorted(set(homes.values()), key=str):
            of_one = [one for one in given if homes[one.person_id] == told]
            with self._site.transaction(actor, "account.pin-slips", for_site=told) as unit:
                slips += [self._give(actor, unit, one, told) for one in of_one]
                refresh_listing(unit, [one.person_id for one in of_one])
        slips.sort(key=lambda slip: slip.number)
        document = slips_document(slips, site_name, self._site.clock.now()) if slips else b""
        return PinSlips(count=len(slips), skipped=tuple(skipped), document=document)

    def _sorted_out(
        self, actor: Actor, session: Session, people: Sequence[PersonId]
    ) -> tuple[list[PersonRow], list[Skipped]]:
        able: list[PersonRow] = []
        skipped: list[Skipped] = []
        for start in range(0, len(people), _SOME):
            some = PersonRow.id.in_(people[start : start + _SOME])
            for row in session.scalars(sa.select(PersonRow).where(some)):
                reason = self._hindrance(actor, session, row)
                if reason:
                    skipped.append(Skipped(row.number, row.name, reason))
                else:
                    able.append(row)
        able.sort(key=lambda row: row.number)
        return able, sorted(skipped, key=lambda one: one.number)

    def _hindrance(self, actor: Actor, session: Session, row: PersonRow) -> str:
        if not is_active(row.left_on, today(self._site.clock)):
            return _("has left")
        account = _account_of(session, row.id)
        try:
            if account is None:
                actor.require(Capability.MANAGE_ACCOUNTS, place_of(session, row.id))
            else:
                require_power_over(actor, session, account)
        except NotAllowed:
            return _("not yours to manage")
        if account is None:
            is_taken = is_anothers_name(session, row.number, row.id)
            return _("somebody else signs in with this number") if is_taken else ""
        return _("the account is closed") if account.disabled_at is not None else ""

    def _told(self, session: Session, person_id: UUID) -> UUID | None:
        """Return the site that is told of somebody's account, be it new."""
        account = _account_of(session, person_id)
        if account is None:
            return self._homes.told_of_new_account(session, person_id)
        return self._homes.told_of_account(account.id)

    def _give(self, actor: Actor, unit: Unit, given: _Given, told: UUID | None) -> Slip:
        take_naming_turn(unit)
        row, now = unit.get_one(PersonRow, given.person_id), self._site.clock.now()
        account = _account_of(unit, row.id)
        if account is None:
            actor.require(Capability.MANAGE_ACCOUNTS, place_of(unit, row.id))
            learner = (RoleName.LEARNER,)
            home = told or self._site.site_id
            account_id: UUID = add_account(
                unit, row.number, learner, now=now, person=row, home=home
            )
            login = row.number
        else:
            require_power_over(actor, unit, account)
            account_id = account.id
            login = row.number if account.login == row.number.casefold() else account.login
        set_credential(
            unit, account_id, CredentialKind.PIN, given.secret, now=now, must_change=True
        )
        return Slip(
            number=row.number,
            name=row.name,
            name_local=row.name_local,
            login=login,
            pin=given.pin,
        )


def new_pin(number: str, draw: Callable[[int], int] = secrets.randbelow) -> str:
    """Return six digits that nobody guesses first: no run, no year, no part of the number."""
    while True:
        pin = f"{draw(10**_DIGITS):0{_DIGITS}}"
        try:
            check_pin(pin, number)
        except WeakSecret:
            continue
        return pin


def _account_of(session: Session, person_id: UUID) -> AccountRow | None:
    return session.scalar(sa.select(AccountRow).where(AccountRow.person_id == person_id))
