"""Proving who somebody is by what they know: each try is counted before the secret is checked."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, system_actor
from app.core.base.errors import NotAllowed
from app.core.base.words import _
from app.core.journal import Site, kept_by_reserve, shown_for
from app.core.people.account_models import AccountRow, CredentialKind, SignInEvent, SignInRow
from app.core.people.closed import why_closed
from app.core.people.credentials import credential_of
from app.core.people.errors import AccountClosed, WrongSecret, WrongSignIn
from app.core.people.guard import Guard, strangers_key
from app.core.people.rules import LOCKING_TRY, normal_secret, secret_kind
from app.core.people.secrets import SecretHasher
from app.core.people.whom import account_meant
from app.core.spreadsheets import clean


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody typed or held to the reader, and the account it names, if any."""

    key: UUID
    account_id: UUID | None
    method: str
    secret: str | None
    """The hash that is kept of the kind of secret that was typed."""


class Proving:
    """Checks secrets, counts tries, and puts on record what came of them."""

    def __init__(self, site: Site, hasher: SecretHasher, guard: Guard) -> None:
        self._site = site
        self._hasher = hasher
        self._guard = guard

    def prove(self, named: Named, kind: CredentialKind, untrusted_secret: str) -> UUID:
        """Return the account that a secret opens; the try is counted first. Raises WrongSignIn, AccountLocked."""
        with self._guard.turn():
            tries = self._guard.count_try(named.key)
            if self._hasher.fits(named.secret, untrusted_secret) and named.account_id is not None:
                self._guard.take_back(named.key)
                return named.account_id
        event = SignInEvent.LOCKED if tries == LOCKING_TRY else SignInEvent.REFUSED
        self.note(system_actor(), named.account_id, event, f"{named.method}+{kind.value}")
        raise WrongSignIn

    def prove_self(self, actor: Actor, untrusted_secret: str) -> CredentialKind:
        """Prove that the actor still sits here; return by what. Raises WrongSecret, AccountLocked, AccountClosed."""
        account_id = own_account(actor)
        kind = secret_kind(normal_secret(untrusted_secret))
        with self._site.read() as session:
            named = _of_account(session, account_id, "", kind)
        try:
            self.prove(named, kind, untrusted_secret)
        except WrongSignIn as error:
            raise WrongSecret from error
        with self._site.transaction(actor, "sign-in.again") as unit:
            self._guard.clear(unit, account_id)
            account = unit.get_one(AccountRow, account_id)
            closed = why_closed(unit, account, self._site.clock.now())
        if closed:
            raise AccountClosed(closed)
        return kind

    def prove_name(self, actor: Actor, untrusted_name: str) -> None:
        """Take a name only from whom it names. A wrong one counts as a wrong try of the actor's."""
        account_id = own_account(actor)
        with self._site.read() as session:
            named = named_by(session, untrusted_name, CredentialKind.PASSWORD, self._site.site_id)
        if named.account_id != account_id:
            self._guard.count_try(account_id)
            self.note(system_actor(), account_id, SignInEvent.REFUSED, f"{named.method}+sign")
            raise WrongSignIn

    @kept_by_reserve
    def note(
        self, actor: Actor, account_id: UUID | None, event: SignInEvent, method: str = ""
    ) -> None:
        """Put on record what came of it."""
        with self._site.transaction(actor, f"sign-in.{event.value}") as unit:
            if account_id is not None:  # who was merged meanwhile signs out, too
                account_id = shown_for(unit, AccountRow, account_id)
            unit.add(self.fact(account_id, event, method))

    def fact(self, account_id: UUID | None, event: SignInEvent, method: str) -> SignInRow:
        """Return what is put on record of now."""
        return SignInRow(
            account_id=account_id, event=event, method=method, at=self._site.clock.now()
        )


def named_by(
    session: Session, untrusted_name: str, kind: CredentialKind, here: UUID | None
) -> Named:
    """Find the account that a name means at a site. Raises NameIsDouble, NameOfSeveralSites."""
    account_id, method = account_meant(session, untrusted_name, here)
    if account_id is not None:
        return _of_account(session, account_id, method, kind)
    key = strangers_key(clean(untrusted_name).casefold())
    return Named(key=key, account_id=None, method="unknown", secret=None)


def own_account(actor: Actor) -> UUID:
    """Return the actor's account. Raises NotAllowed."""
    if actor.account_id is None:
        raise NotAllowed(_("without an account"))
    return actor.account_id


def _of_account(session: Session, account_id: UUID, method: str, kind: CredentialKind) -> Named:
    credential = credential_of(session, account_id, kind)
    secret = None if credential is None else credential.secret
    return Named(key=account_id, account_id=account_id, method=method, secret=secret)
