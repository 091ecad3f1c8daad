"""Signing in and out: who is at this PC, proved by PIN or password."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, system_actor
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.words import _
from app.core.journal import Site
from app.core.keys import KeptTries, SlotCost
from app.core.people.account_models import AccountRow, CredentialKind, CredentialRow, SignInEvent
from app.core.people.accounts import Accounts
from app.core.people.at_the_reader import ProvedPresent
from app.core.people.closed import why_closed
from app.core.people.comers import actor_of, has_lost
from app.core.people.credentials import credential_of, set_credential
from app.core.people.errors import (
    AccountClosed,
    BecameAnother,
    ChangeNeeded,
    HasPassword,
    MayLess,
    NobodyYet,
    PinSignsNothing,
    WeakSecret,
    WrongSecret,
    WrongSignIn,
)
from app.core.people.guard import Guard
from app.core.people.homes import Homes
from app.core.people.learner_mode import LEARNER_MODE, in_learner_mode
from app.core.people.logins import Logins
from app.core.people.models import PersonRow
from app.core.people.own_passwords import ChosenPassword, Keepers, prepare_all
from app.core.people.password_rules import PasswordRules, has_grown_old, remembered_passwords
from app.core.people.pin_slips import PinSlipMaker
from app.core.people.proving import Named, Proving, named_by, own_account
from app.core.people.rules import (
    check_password,
    check_pin,
    normal_secret,
    secret_kind,
)
from app.core.people.secrets import SIGN_IN_COST, SecretHasher
from app.core.people.types import SignedIn
from app.core.people.visits import Visits


class SignIn:
    """Lets people in, with number, login or badge and a PIN or password.

    A try is counted on disk before the secret is checked: five are free, then each wait is twice
    the last, and after ten an administrator has to unlock. What was wrong is never said.
    """

    def __init__(
        self, site: Site, cost: SlotCost = SIGN_IN_COST, kept: KeptTries | None = None
    ) -> None:
        self._site = site
        self._hasher = SecretHasher(cost)
        self._guard = Guard(site, kept)
        self._proving = Proving(site, self._hasher, self._guard)
        self.keepers: Keepers = []
        """Lock what is somebody's own under the password they choose."""
        self.is_enrolled: Callable[[], bool] = lambda: True
        """Tells whether the site has enrolled this PC: otherwise it is for learning alone (`learner_mode`)."""
        self.on_turn: list[Callable[[], object]] = []
        """Called when somebody comes, goes, or comes back to a PC that was locked."""
        self.accounts = Accounts(site, self._hasher, self._guard, self.keepers)
        self.visits = Visits(site)
        self.logins = Logins(site)
        self.password_rules = PasswordRules(site)
        self.pin_slips = PinSlipMaker(site, self._hasher)

    def sign_in(self, untrusted_name: str, untrusted_secret: str) -> SignedIn:
        """Let somebody in. Raises WrongSignIn, NameIsDouble, NameOfSeveralSites, AccountLocked, AccountClosed,
        NobodyYet.

        Takes 0.2 s by design.

        While `needs_change` is set the actor may do nothing but change the secret.
        """
        kind = secret_kind(normal_secret(untrusted_secret))
        with self._site.read() as session:
            named = named_by(session, untrusted_name, kind, self._site.site_id)
            if named.account_id is None and not _has_accounts(session):
                raise NobodyYet
        account_id = self._proving.prove(named, kind, untrusted_secret)
        return self._admit(account_id, named, kind, untrusted_secret)

    def with_password(self, login: str, untrusted_password: str) -> Actor:
        """Let a program act for somebody. Raises what `sign_in` does, and ChangeNeeded."""
        signed_in = self.sign_in(login, untrusted_password)
        if signed_in.needs_change is not None:
            raise ChangeNeeded
        return signed_in.actor

    def why_over(self, actor: Actor) -> UserFacingError | None:
        """Return why the actor has to sign in anew; None while they are who they were and may do what they could.

        By it what was decided elsewhere reaches a window that is open: a merge (BecameAnother), an account
        that was closed or ran out (AccountClosed), a power that was taken away (MayLess).
        """
        with self._site.read() as session:
            account = session.get(AccountRow, actor.account_id) if actor.account_id else None
            is_gone = actor.person_id and session.get(PersonRow, actor.person_id) is None
            if is_gone or (account is None and actor.account_id is not None):
                return BecameAnother()
            if account is None:
                return None
            if closed := why_closed(session, account, self._site.clock.now()):
                return AccountClosed(closed)
            return MayLess() if has_lost(actor, self._actor(session, account)) else None

    def sign_out(self, actor: Actor) -> None:
        """Note that somebody left the PC."""
        self._tell_turn()
        self._proving.note(actor, actor.account_id, SignInEvent.OUT)

    def verify_again(self, actor: Actor, untrusted_secret: str) -> CredentialKind:
        """Prove that the actor still sits here, to unlock; return what proved it.

        Wrong tries count as at sign-in. Raises WrongSecret, AccountLocked.
        """
        self._tell_turn()
        kind = self._proving.prove_self(actor, untrusted_secret)
        self._proving.note(actor, actor.account_id, SignInEvent.CONFIRMED, kind.value)
        return kind

    def signer(self, person_id: UUID) -> Actor:
        """Return somebody as who signs at a PC at which another is signed in: they may do nothing else.

        Nothing is proved by it: whatever they sign asks for their number and password. The series of
        who sits here ends. Raises NotFound for a person without an account.
        """
        with self._site.read() as session:
            whose = sa.select(AccountRow.id).where(AccountRow.person_id == person_id)
            account_id = session.scalars(whose).first()
        if account_id is None:
            raise NotFound(_("An account of this person"))
        return self.signer_by(account_id)

    def signer_by(self, account_id: UUID) -> Actor:
        """Return the owner of an account as `signer` does. Raises NotFound."""
        self._tell_turn()
        with self._site.read() as session:
            account = session.get(AccountRow, account_id)
            if account is None:
                raise NotFound(_("An account of this person"))
            actor = self._actor(session, account)
        return replace(actor, roles=frozenset(), grants=frozenset())

    def prove_present(self, untrusted_name: str, untrusted_secret: str) -> ProvedPresent:
        """Let somebody prove that they are here, while somebody else stays signed in.

        Wrong tries count as at sign-in. Raises what `sign_in` does, WrongSignIn for an account of nobody
        here, and ChangeNeeded: who gave a PIN knows it, too, until its owner has chosen another.
        """
        kind = secret_kind(normal_secret(untrusted_secret))
        with self._site.read() as session:
            named = named_by(session, untrusted_name, kind, self._site.site_id)
        account_id = self._proving.prove(named, kind, untrusted_secret)
        with self._site.transaction(system_actor(), "sign-in.again") as unit:
            self._guard.clear(unit, account_id)
            account = unit.get_one(AccountRow, account_id)
            closed = why_closed(unit, account, self._site.clock.now())
            person_id = account.person_id
            proved = credential_of(unit, account_id, kind)
        if closed:
            raise AccountClosed(closed)
        if proved is None or proved.must_change:
            raise ChangeNeeded
        if person_id is None:
            raise WrongSignIn
        return ProvedPresent(person_id)

    def prove_signer(
        self, actor: Actor, untrusted_password: str, untrusted_name: str | None = None
    ) -> UUID:
        """Prove that the actor signs, by password and, where given, by what names them.

        Return the credential that proved it. Wrong tries count as at sign-in, a name of somebody
        else too. Raises PinSignsNothing, WrongSecret, WrongSignIn, AccountLocked, AccountClosed.
        """
        password = normal_secret(untrusted_password)
        if secret_kind(password) is CredentialKind.PIN:
            raise PinSignsNothing
        if untrusted_name is not None:
            self._proving.prove_name(actor, untrusted_name)
        self._proving.prove_self(actor, password)
        with self._site.read() as session:
            proved = credential_of(session, own_account(actor), CredentialKind.PASSWORD)
        if proved is None:
            raise WrongSecret  # taken away while it was checked
        return proved.id

    def change_secret(self, actor: Actor, untrusted_old: str, new: str) -> SignedIn:
        """Change one's own PIN or password for another; return the actor with all its powers.

        Raises WrongSecret, AccountLocked, WeakSecret.
        """
        kind = secret_kind(normal_secret(untrusted_old))
        if normal_secret(new) == normal_secret(untrusted_old):
            raise WeakSecret(_("This is the one you have now."))
        self._check_new(actor, kind, new)
        account_id = own_account(actor)
        self._proving.prove_self(actor, untrusted_old)
        if kind is CredentialKind.PASSWORD:
            self._require_unused(account_id, new)
        with self._site.read() as session:
            before = credential_of(session, account_id, kind)
        chosen = ChosenPassword(
            account_id=account_id,
            name=actor.name,
            new=normal_secret(new),
            former=normal_secret(untrusted_old),
            former_id=before.id if before else None,
        )
        return self._set_own(actor, kind, chosen)

    def choose_password(self, actor: Actor, untrusted_pin: str, new: str) -> SignedIn:
        """Give oneself a first password beside one's PIN, to sign with.

        Raises HasPassword, WrongSecret, AccountLocked, WeakSecret.
        """
        account_id = own_account(actor)
        with self._site.read() as session:
            if credential_of(session, account_id, CredentialKind.PASSWORD) is not None:
                raise HasPassword
        self._check_new(actor, CredentialKind.PASSWORD, new)
        self._proving.prove_self(actor, untrusted_pin)
        self._require_unused(account_id, new)
        chosen = ChosenPassword(account_id=account_id, name=actor.name, new=normal_secret(new))
        return self._set_own(actor, CredentialKind.PASSWORD, chosen)

    def _check_new(self, actor: Actor, kind: CredentialKind, new: str) -> None:
        with self._site.read() as session:
            account = session.get(AccountRow, actor.account_id) if actor.account_id else None
        if kind is CredentialKind.PIN:
            check_pin(new, actor.number)
        else:
            check_password(new, (actor.number, account.login if account else ""))

    def _require_unused(self, account_id: UUID, new: str) -> None:
        """Refuse a password that its owner had before, as far back as the site remembers."""
        with self._site.read() as session:
            former = remembered_passwords(session, self._site.site_id, account_id)
        if any(self._hasher.fits(one, new) for one in former):
            raise WeakSecret(_("You had this password before."))

    def _set_own(self, actor: Actor, kind: CredentialKind, chosen: ChosenPassword) -> SignedIn:
        account_id = own_account(actor)
        secret = self._hasher.hashed(chosen.new)
        is_password = kind is CredentialKind.PASSWORD
        keep = prepare_all(self.keepers if is_password else [], chosen)
        told = Homes(self._site).told_of_account(account_id)
        with self._site.transaction(actor, "account.change-own", for_site=told) as unit:
            credential_id = set_credential(
                unit, account_id, kind, secret, now=self._site.clock.now()
            )
            keep(unit, account_id, credential_id)
            unit.flush()
            return SignedIn(
                actor=self._actor(unit, unit.get_one(AccountRow, account_id)),
                method=kind.value,
            )

    def _actor(self, session: Session, account: AccountRow) -> Actor:
        actor = actor_of(session, account, self._site.site_id, self._site.clock.now())
        return actor if self.is_enrolled() else in_learner_mode(actor)

    def _tell_turn(self) -> None:
        for act in self.on_turn:
            act()

    def _admit(self, account_id: UUID, named: Named, kind: CredentialKind, secret: str) -> SignedIn:
        self._tell_turn()
        method = f"{named.method}+{kind.value}"
        if not self.is_enrolled():
            method += f"+{LEARNER_MODE}"
        fresh = self._rehashed(named, secret)
        with self._site.read() as session:
            actor = self._actor(session, session.get_one(AccountRow, account_id))
        with self._site.transaction(actor, "sign-in") as unit:
            self._guard.clear(unit, account_id)
            account = unit.get_one(AccountRow, account_id)
            closed = why_closed(unit, account, self._site.clock.now())
            event = SignInEvent.REFUSED if closed else SignInEvent.IN
            unit.add(self._proving.fact(account_id, event, method))
            credential = credential_of(unit, account_id, kind)
            if fresh is not None and credential is not None:
                credential.secret = fresh
            is_old = credential is not None and self._is_old(unit, credential)
            needs_change = credential is not None and (credential.must_change or is_old)
        if closed:
            raise AccountClosed(closed)
        if needs_change:
            powerless = replace(actor, roles=frozenset(), grants=frozenset())
            return SignedIn(actor=powerless, method=method, needs_change=kind, is_old=is_old)
        return SignedIn(actor=actor, method=method)

    def _is_old(self, session: Session, credential: CredentialRow) -> bool:
        return has_grown_old(session, self._site.site_id, credential, self._site.clock.now())

    def _rehashed(self, named: Named, secret: str) -> str | None:
        is_dated = named.secret is not None and self._hasher.is_dated(named.secret)
        return self._hasher.hashed(secret) if is_dated else None


def _has_accounts(session: Session) -> bool:
    return session.scalars(sa.select(AccountRow.id).limit(1)).first() is not None
