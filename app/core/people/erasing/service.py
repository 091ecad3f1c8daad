"""Erasing people: one asks, another confirms; law and retention may stand in the way (ADR 25)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.errors import NotFound
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.journal import (
    Site,
    Unit,
    code_of,
    count_open_entries,
    count_references,
    index_mentions,
    personal_rows,
    shown_for,
)
from app.core.people.account_models import CredentialRow
from app.core.people.account_queries import account_of
from app.core.people.derived import refresh_listing
from app.core.people.erasing import queries
from app.core.people.erasing.errors import (
    AlreadyAsked,
    ErasureHindered,
    NobodyMadeSure,
    NothingAsked,
    PersonErased,
    RetentionRefused,
    SecondPersonNeeded,
)
from app.core.people.erasing.models import (
    ErasureRequestRow,
    ErasureWithdrawnRow,
    LegalHoldLiftedRow,
    LegalHoldRow,
    PersonErasureRow,
    RetentionRuleRow,
)
from app.core.people.erasing.outside import ErasedOutside
from app.core.people.erasing.types import (
    Counted,
    ErasureDesk,
    ErasurePlan,
    ErasureRequest,
    NamedAs,
)
from app.core.people.erasing.words import GOES
from app.core.people.homes import Homes
from app.core.people.models import PersonRow
from app.core.people.naming_accounts import is_own
from app.core.people.rules import today
from app.core.people.types import PersonId

_LEAST_YEARS, _MOST_YEARS = 1, 100


class Erasures:
    """Asks, confirms, holds back. Who may: holders of ERASE_PEOPLE for the site."""

    def __init__(self, site: Site, homes: Homes, outside: ErasedOutside | None = None) -> None:
        """Keep who is erased `outside` of the records too, where that is given."""
        self._site = site
        self._homes = homes
        self._outside = outside
        self.signed_texts: list[Callable[[Session, NamedAs], int]] = []
        """Whoever keeps signatures says how many name somebody."""
        self.is_own_person: Callable[[Session, UUID], bool] = lambda _session, _account: True
        """Whoever keeps signing keys says whether somebody has made sure that an account is a person's own."""
        self.on_erased: list[Callable[[frozenset[UUID]], object]] = []
        """Who keeps files of people hears who is erased: at each erasure, after what came, and at each
        opening; it is to do nothing where nothing is left to do."""

    def desk(self, actor: Actor) -> ErasureDesk:
        """Return what is asked for, what is held back, and who is erased."""
        actor.require(Capability.ERASE_PEOPLE)
        with self._site.read() as session:
            return ErasureDesk(
                requests=tuple(queries.requests(session, self._here())),
                holds=tuple(queries.holds(session)),
                erased=tuple(queries.erased_people_listed(session)),
                retention_years=queries.retention_years(session, self._site.site_id),
            )

    def plan(self, actor: Actor, person_id: PersonId) -> ErasurePlan:
        """Return what erasing somebody would do. Raises NotFound, PersonErased."""
        actor.require(Capability.ERASE_PEOPLE)
        index_mentions(self._site)
        with self._site.read() as session:
            person = _person(session, person_id)
            everybody = {one.bytes for one in queries.all_of(session, person.id)}
            rows = personal_rows(session.connection(), everybody)
            stays = count_references(session, PersonRow, person.id)
            return ErasurePlan(
                person_id=PersonId(person.id),
                number=person.number,
                name=person.name,
                pseudonym=f"Person {code_of(person.id.bytes)}",
                goes=tuple(
                    Counted(key=table, title=GOES[table], count=len(keys))
                    for table, keys in rows.items()
                ),
                stays=stays,
                open_entries=count_open_entries(session.connection(), rows),
                signed_texts=sum(
                    count(session, queries.named(session, person)) for count in self.signed_texts
                ),
                hindrances=queries.hindrances(session, person, self._here()),
                request=queries.request_for(session, self._here(), person.id),
                retention_years=queries.years_kept(session, person, self._here()),
            )

    def request(self, actor: Actor, person_id: PersonId, reason: str) -> UUID:
        """Ask that somebody be erased; return the request's id.

        It may be asked while something stands in the way, but is not confirmed until nothing does.
        Raises ReasonMissing, AlreadyAsked, SecondPersonNeeded, PersonErased, NotFound.
        """
        actor.require(Capability.ERASE_PEOPLE)
        reason = _explained(reason)
        with self._site.transaction(actor, "person.ask-erasure", reason=reason) as unit:
            person = _person(unit, person_id)
            _require_another(unit, actor, person.id, None)
            if queries.request_for(unit, self._here(), person.id) is not None:
                raise AlreadyAsked
            row = ErasureRequestRow(person_id=person.id, reason=reason, **self._who(actor))
            unit.add(row)
            unit.flush()
        return row.id

    def withdraw(self, actor: Actor, request_id: UUID, reason: str) -> None:
        """Let a request hold no longer. Raises ReasonMissing, NothingAsked."""
        actor.require(Capability.ERASE_PEOPLE)
        reason = _explained(reason)
        with self._site.transaction(actor, "person.withdraw-erasure", reason=reason) as unit:
            self._asked(unit, request_id)
            unit.add(ErasureWithdrawnRow(request_id=request_id, reason=reason, **self._who(actor)))

    def confirm(self, actor: Actor, request_id: UUID) -> None:
        """Erase somebody for good, as another had asked.

        Raises NothingAsked, SecondPersonNeeded, NobodyMadeSure, ErasureHindered.
        """
        actor.require(Capability.ERASE_PEOPLE)
        index_mentions(self._site)
        with self._site.read() as session:
            request = self._asked(session, request_id)
        told = self._homes.told_of(request.person_id)
        with self._site.transaction(
            actor, "person.erase", reason=request.reason, for_site=told
        ) as unit:
            request = self._asked(unit, request_id)
            _require_another(unit, actor, request.person_id, request.by)
            self._require_two(unit, actor, request)
            if request.hindrances:
                raise ErasureHindered(request.hindrances)
            everybody = queries.all_of(unit, request.person_id)
            if told is None:  # the other site may not have the account; it opens by nothing there
                _close_account(unit, request.person_id, self._site.clock.now())
            for person_id in everybody:
                unit.erase(
                    PersonErasureRow(person_id=person_id, request_id=request_id, **self._who(actor))
                )
            refresh_listing(unit, everybody)
        self.finish()

    def hold(self, actor: Actor, person_id: PersonId, reason: str) -> UUID:
        """Keep somebody from being erased; return the hold's id.

        Raises ReasonMissing, PersonErased, NotFound.
        """
        actor.require(Capability.ERASE_PEOPLE)
        reason = _explained(reason)
        with self._site.transaction(actor, "person.hold", reason=reason) as unit:
            person = _person(unit, person_id)
            row = LegalHoldRow(person_id=person.id, reason=reason, **self._who(actor))
            unit.add(row)
            unit.flush()
        return row.id

    def lift(self, actor: Actor, hold_id: UUID, reason: str) -> None:
        """Let a hold be over. Raises ReasonMissing, NothingAsked."""
        actor.require(Capability.ERASE_PEOPLE)
        reason = _explained(reason)
        with self._site.transaction(actor, "person.lift-hold", reason=reason) as unit:
            if hold_id not in {one.id for one in queries.holds(unit)}:
                raise NothingAsked(_("The hold"))
            unit.add(LegalHoldLiftedRow(hold_id=hold_id, reason=reason, **self._who(actor)))

    def set_retention(self, actor: Actor, years: int, reason: str) -> None:
        """Keep what is personal for so many years after somebody left. Raises RetentionRefused."""
        actor.require(Capability.ERASE_PEOPLE)
        reason = _explained(reason)
        if not _LEAST_YEARS <= years <= _MOST_YEARS:
            raise RetentionRefused(_LEAST_YEARS, _MOST_YEARS)
        with self._site.transaction(actor, "site.retention", reason=reason) as unit:
            site_id = self._site.site_id
            rule = unit.scalar(
                sa.select(RetentionRuleRow).where(RetentionRuleRow.site_id == site_id)
            )
            if rule is None:
                unit.add(RetentionRuleRow(site_id=site_id, years=years))
            else:
                rule.years = years

    def attend(self) -> None:
        """Erase again whom this PC knows to be erased and its records do not: they were restored."""
        if self._outside is not None:
            known = self._outside.read()
            with self._site.read() as session:
                forgotten = sorted(known - queries.everybody_erased(session))
            if forgotten:
                self._erase_again(forgotten)
        self.finish()

    def finish(self) -> None:
        """See to what an erasure leaves to do: files, and the list outside the records.

        Repeats nothing that is done, and so is called again after a crash.
        """
        with self._site.read() as session:
            erased = queries.everybody_erased(session)
            listed = queries.still_listed(session)
        if not erased:
            return
        if listed:  # the program was stopped between taking the erasure in and the list
            with self._site.transaction(system_actor(), "derived.settle") as unit:
                refresh_listing(unit, listed)
        if self._outside is not None:
            self._outside.add(erased)
        for act in self.on_erased:
            act(erased)
        self._site.database.fold_log()

    def _erase_again(self, people: list[UUID]) -> None:
        actor = system_actor()
        reason = _("Erased before the records were restored.")
        with self._site.transaction(actor, "person.erase", reason=reason) as unit:
            for person_id in people:
                unit.erase(
                    PersonErasureRow(person_id=person_id, request_id=None, **self._who(actor))
                )
            refresh_listing(unit, people)

    def _require_two(self, session: Session, actor: Actor, request: ErasureRequest) -> None:
        """Raise NobodyMadeSure unless both accounts are of people: one who invents an account is one."""
        for account_id, name in ((request.by, request.by_name), (actor.account_id, actor.name)):
            if account_id is not None and not self.is_own_person(session, account_id):
                raise NobodyMadeSure(name)

    def _asked(self, session: Session, request_id: UUID) -> ErasureRequest:
        asked = queries.request(session, self._here(), request_id)
        if asked is None:
            raise NothingAsked(_("The request"))
        return asked

    def _here(self) -> queries.Here:
        return queries.Here(today(self._site.clock), self._site.site_id)

    def _who(self, actor: Actor) -> "_Who":
        return {"at": self._site.clock.now(), "by": actor.account_id, "by_name": actor.name}


_Who = dict[str, datetime | UUID | str | None]


def require_not_erased(session: Session, person_id: UUID) -> None:
    """Raise PersonErased for somebody who is."""
    if queries.is_erased(session, person_id):
        raise PersonErased


def _person(session: Session, person_id: UUID) -> PersonRow:
    row = session.get(PersonRow, shown_for(session, PersonRow, person_id))
    if row is None:
        raise NotFound(_("The person"))
    require_not_erased(session, row.id)
    return row


def _require_another(
    session: Session, actor: Actor, person_id: UUID, asked_by: UUID | None
) -> None:
    """Raise unless somebody with an account acts, who is neither whoever asked nor whoever goes."""
    if (
        actor.account_id is None
        or actor.person_id == person_id
        or is_own(session, actor, [asked_by])
    ):
        raise SecondPersonNeeded


def _close_account(unit: Unit, person_id: UUID, now: datetime) -> None:
    account = account_of(unit, person_id)
    if account is None:
        return
    account.disabled_at = account.disabled_at or now
    given = sa.select(CredentialRow).where(
        CredentialRow.account_id == account.id, CredentialRow.revoked_at.is_(None)
    )
    for credential in unit.scalars(given):
        credential.revoked_at = now


def _explained(reason: str) -> str:
    words = _("Say in a few words why; it stays in the records, so leave names out of it.")
    return explained(reason, words)
