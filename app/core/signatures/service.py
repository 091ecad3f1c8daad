"""Signatures as people and programs use them: sign, look, prove; who may sign, and why not."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotAllowed, UserFacingError
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import NoProgress, Progress
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.journal import Site, index_mentions
from app.core.keys import KnownKeys
from app.core.people import AccountId, SignIn, account_names, password_of
from app.core.signatures.accountability import has_accepted, statement_signature, statement_text
from app.core.signatures.canonical import PayloadUnreadable, read_payload
from app.core.signatures.checks import check_signer, is_checked
from app.core.signatures.clocks import clock_state, confirm_clock
from app.core.signatures.errors import (
    CannotSign,
    ClockSetBack,
    IdNeeded,
    NoSigningKey,
    NotChecked,
    NothingToCheck,
    StatementMissing,
    WordsMissing,
)
from app.core.signatures.keeping import SigningKeys, live_key
from app.core.signatures.letters_sent import LettersSent
from app.core.signatures.meanings import Meaning
from app.core.signatures.models import AccountabilityRow, SignatureRow
from app.core.signatures.pens import Pen, Undersigned
from app.core.signatures.person_key import key_id
from app.core.signatures.queries import (
    chosen,
    keys_in_use,
    line_of,
    lines_under,
    page_of_signatures,
    signature_row,
    signers_among,
)
from app.core.signatures.series import Series
from app.core.signatures.types import (
    CheckedSignature,
    KeysInUse,
    Proof,
    SignatureDetail,
    SignatureLine,
    SignerLine,
    SigningNow,
)
from app.core.signatures.verification import Proved, prove
from app.core.signatures.vouching import Vouching

AsksFirst = Callable[[Session, Actor], CannotSign | None]


class Signatures:
    """Electronic signatures by a key that only its owner's password opens (21 CFR 11, subpart C)."""

    def __init__(
        self, site: Site, keys: KnownKeys, sign_in: SignIn, own: SigningKeys | None = None
    ) -> None:
        """Take the open site, whose keys are believed, the door; `own` where keys cost otherwise."""
        self._site = site
        self._keys = keys
        self._sign_in = sign_in
        self._own = own or SigningKeys(site, keys)
        self._series = Series(site.clock)
        self.letters = LettersSent(site)
        self.asks_first: list[AsksFirst] = []
        """Say why somebody does not sign yet for want of something that features above know of."""
        sign_in.keepers.append(self._own)
        sign_in.on_turn.append(self._series.end)

    def now(self, actor: Actor) -> SigningNow:
        """Return what signing asks of the actor at this moment. Raises NotAllowed for the program."""
        account_id = _account_of(actor)
        with self._site.read() as session:
            password = password_of(session, account_id)
            accepted = has_accepted(session, account_id)
        return SigningNow(
            asks_id=not self._series.runs_for(account_id),
            statement="" if accepted else statement_text(actor.name),
            trouble=self._trouble(actor, account_id),
            has_password=password is not None,
        )

    def pen(self, actor: Actor, proof: Proof) -> Pen:
        """Return what the actor signs one act with. Takes half a second by design.

        Raises StatementMissing, IdNeeded, NoSigningKey, NotChecked, TrainingFirst, ClockSetBack, and
        what proving oneself does: PinSignsNothing, WrongSecret, WrongSignIn, AccountLocked, AccountClosed.
        """
        with self._site.read() as session:
            if not has_accepted(session, _account_of(actor)):
                raise StatementMissing
        return self._pen(actor, proof)

    def accept_statement(self, actor: Actor, proof: Proof) -> None:
        """Sign, once, that one's electronic signature binds as one by hand does. Raises as `pen` does.

        The series begins with it: what is signed next asks for the password alone.
        """
        account_id = _account_of(actor)
        with self._site.read() as session:
            if has_accepted(session, account_id):
                return
        pen, text = self._pen(actor, proof), statement_text(actor.name)
        with self._site.transaction(actor, "signature.accept-statement") as unit:
            row = AccountabilityRow(account_id=account_id, text=text, at=self._site.clock.now())
            unit.add(row)
            Undersigned(pen, text).sign(unit, row, Meaning.ACKNOWLEDGED, text)

    def own_statement(self, actor: Actor) -> SignatureDetail:
        """Return the signature under the statement that the actor signed, proved. Raises NotFound."""
        account_id = _account_of(actor)
        index_mentions(self._site)
        ring = self._keys.ring()
        with self._site.read() as session:
            row = signature_row(session, statement_signature(session, account_id))
            return _detail(row, prove(session, row, ring))

    def end_series(self) -> None:
        """Ask for id and password at the next signature: the PC was locked, or left."""
        self._series.end()

    def clock_trouble(self) -> ClockSetBack | None:
        """Return why the clock of this PC keeps people from signing; None where it does not."""
        try:
            clock_state(self._site)
        except ClockSetBack as trouble:
            return trouble
        return None

    def confirm_clock(self, actor: Actor, reason: str) -> None:
        """Say that the clock of this PC is right. Raises NotAllowed, ClockIsSound, WordsMissing."""
        confirm_clock(self._site, actor, reason)

    def check_signer(self, actor: Actor, account_id: AccountId, document: str) -> None:
        """Say that one has seen who somebody is, by a kind of paper (never its number).

        Raises NotAllowed, MayNotCheck, NotMadeSureOf, NothingToCheck, WordsMissing.
        """
        check_signer(self._site, self._sign_in.accounts, actor, account_id, document)

    def end_key(
        self,
        actor: Actor,
        account_id: AccountId,
        reason: str,
        doubted_from: date | None = None,
    ) -> None:
        """End somebody's key, or one's own, because another may know the password.

        What it signed stays valid; from the day on which another may have known it, it is shown as
        doubted. Raises NotAllowed, ReasonMissing, WordsMissing for a day to come, NothingToCheck.
        """
        reason = explained(reason)
        if doubted_from is not None and doubted_from > local_day(self._site.clock):
            raise WordsMissing(_("A day that is not to come"))
        name = actor.name
        if account_id != actor.account_id:
            name = self._sign_in.accounts.require_power(actor, account_id)
        with self._site.transaction(actor, "signature.end-key", reason=reason) as unit:
            if not self._own.end(unit, account_id, actor.account_id, reason, doubted_from):
                raise NothingToCheck(name)

    def signers(self, actor: Actor) -> tuple[SignerLine, ...]:
        """Return who has an account and whether they can sign, accepted the statement, were checked."""
        actor.require(Capability.VIEW_JOURNAL)
        index_mentions(self._site)
        with self._site.read() as session:
            day = local_day(self._site.clock)
            return signers_among(
                session, [one for one in account_names(session) if one.is_open(day)]
            )

    def keys_in_use(self, actor: Actor) -> KeysInUse:
        """Return how many signing keys there are, and of what age."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            return keys_in_use(session)

    def signer(self, actor: Actor, account_id: AccountId) -> SignerLine:
        """Return how it stands with somebody's signing; everybody may see their own."""
        if account_id != actor.account_id:
            self._sign_in.accounts.account(actor, account_id)
        index_mentions(self._site)
        with self._site.read() as session:
            named = [one for one in account_names(session) if one.id == account_id]
            (line,) = signers_among(session, named)
        return line

    def page(self, actor: Actor, request: PageRequest) -> Page[SignatureLine]:
        """Return one stretch of all signatures, newest first (filters: queries.chosen)."""
        actor.require(Capability.VIEW_JOURNAL)
        with self._site.read() as session:
            return page_of_signatures(session, request)

    def under(self, *record_ids: UUID) -> tuple[SignatureLine, ...]:
        """Return the signatures under records, for whoever may see those: oldest first."""
        with self._site.read() as session:
            return lines_under(session, record_ids)

    def signature(self, actor: Actor, signature_id: UUID) -> SignatureDetail:
        """Return one signature in full, proved. Raises NotFound."""
        actor.require(Capability.VIEW_JOURNAL)
        index_mentions(self._site)
        ring = self._keys.ring()
        with self._site.read() as session:
            row = signature_row(session, signature_id)
            return _detail(row, prove(session, row, ring))

    def check(
        self, actor: Actor, request: PageRequest, progress: Progress | None = None
    ) -> tuple[CheckedSignature, ...]:
        """Prove all signatures that a request asks for, whatever stretch it names."""
        actor.require(Capability.VIEW_JOURNAL)
        index_mentions(self._site)
        told, ring = progress or NoProgress(), self._keys.ring()
        with self._site.read() as session:
            rows = session.scalars(chosen(request)).all()
            checked, vouching = [], Vouching(session)
            for count, row in enumerate(rows):
                told.step(count, len(rows))
                found = prove(session, row, ring, vouching)
                checked.append(
                    CheckedSignature(line=line_of(row), state=found.state, changed=found.changed)
                )
        told.step(len(rows), len(rows))
        return tuple(checked)

    def _pen(self, actor: Actor, proof: Proof) -> Pen:
        account_id = _account_of(actor)
        asks_id = not self._series.runs_for(account_id)
        if asks_id and not (proof.name or "").strip():
            raise IdNeeded
        clock = clock_state(self._site)
        name = proof.name if asks_id else None
        credential_id = self._sign_in.prove_signer(actor, proof.password, name)
        key = self._own.opened_by(credential_id, proof.password)
        if key is None:
            raise NoSigningKey
        with self._site.read() as session:
            if not is_checked(session, key_id(key.public_key)):
                raise NotChecked
            self._require_first(session, actor)
        self._series.go_on(account_id)
        return Pen(
            site=self._site,
            site_id=self._keys.site_id,
            actor=actor,
            key=key,
            components=("id", "password") if asks_id else ("password",),
            clock=clock,
        )

    def _require_first(self, session: Session, actor: Actor) -> None:
        for asks in self.asks_first:
            trouble = asks(session, actor)
            if trouble is not None:
                raise trouble

    def _trouble(self, actor: Actor, account_id: UUID) -> str:
        """Return why somebody cannot sign whatever they type, as far as one can tell without it."""
        try:
            clock_state(self._site)
            with self._site.read() as session:
                password = password_of(session, account_id)
                key = live_key(session, account_id, password)
                if key is None:
                    raise NoSigningKey
                if not is_checked(session, key):
                    raise NotChecked
                self._require_first(session, actor)
        except UserFacingError as trouble:
            return trouble.sentence
        return ""


def _account_of(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise NotAllowed(_("without an account"))
    return actor.account_id


def _detail(row: SignatureRow, found: Proved) -> SignatureDetail:
    try:
        says = read_payload(row.payload)
    except PayloadUnreadable:
        says = None
    return SignatureDetail(
        line=line_of(row),
        payload=row.payload,
        record=row.record,
        shown=row.shown,
        public_key=row.public_key,
        signature=row.signature,
        paper=row.paper,
        components=says.components if says else (),
        clock=says.clock if says else "",
        state=found.state,
        changed=found.changed,
        certified_by=found.certified.station_label if found.certified else "",
    )
