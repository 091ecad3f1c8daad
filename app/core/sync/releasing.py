"""A second person reads and signs what a sync file is going to carry; only then is it written (ADR 63).

What was signed names the file's id and every run of entries in it, so that nothing else goes out under
it. What a room's PCs lay in their shared folder stays at the site, and is not asked about.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.figures import moment, number, size
from app.core.base.words import _, plural
from app.core.content import AssetStore
from app.core.journal import Site, Stretch, Unit, people_sealed_in, segments_of
from app.core.keys import KnownKeys
from app.core.people import (
    AccountName,
    account_names,
    administrators_of_site,
    is_own,
    may_here,
    person_of,
)
from app.core.signatures import Meaning, SignatureLine, Undersigned, lines_under, meaning_in_words
from app.core.storage.tables import Scope
from app.core.sync.departure import Departure
from app.core.sync.drafts import Draft, all_they_lack, draft_for
from app.core.sync.export_terms import export_terms_on
from app.core.sync.materials import lacked_by
from app.core.sync.models import ExportReleaseRow, SentFileRow
from app.core.sync.peers import Peer
from app.core.sync.relations import Relations
from app.core.sync.scopes import scope_in_words


class SecondSignatureNeeded(UserFacingError):
    """A sync file with personal data was to be written by one person alone."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _(
                "At this site a second person signs before a sync file with personal data is written."
            ),
            safe=_("Nothing was written."),
            remedy=_(
                "Let another administrator confirm it where it is written, or by command with "
                "--confirmed-by."
            ),
        )


class NotTheSecond(UserFacingError):
    """Whoever wanted to confirm a sync file may not."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _(
                "Who prepared a sync file does not confirm it, and who confirms it looks after this site."
            ),
            safe=_("Nothing was written."),
            remedy=_("Let another administrator of this site sign."),
        )


class NobodyToConfirm(UserFacingError):
    """There is nobody else at the site who may confirm."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _(
                "A second person has to sign this sync file, and no other administrator of this site is there."
            ),
            safe=_("Nothing was written."),
            remedy=_("Make somebody else administrator of the whole site first."),
        )


@dataclass(frozen=True)
class ExportOrder:
    """What somebody wants to send: read, signed by somebody else where the site asks for it, written."""

    bundle_id: UUID
    destination: str
    peers: tuple[Peer, ...]
    lacked: tuple[Stretch, ...] = field(repr=False)
    """All that its readers lack."""
    stretches: tuple[Stretch, ...] = field(repr=False)
    """What goes of it: that for which somebody here can sign."""
    people: int
    courses: Collection[UUID] | None
    files: int
    files_size: int
    prepared_by: Actor
    asks_second: bool
    """Whether nobody may write it before a second person signed."""
    pc: str
    labels: dict[bytes, str] = field(repr=False)
    unsealed: str = ""
    """Why the journal was not sealed before it was prepared, in one sentence; empty where it was."""

    @property
    def entries(self) -> int:
        """Return how many entries go."""
        return sum(one.entries for one in self.stretches)

    @property
    def title(self) -> str:
        """Return for whom it is, in words."""
        return _("Sync file for {names}").format(names=", ".join(one.label for one in self.peers))

    @cached_property
    def shown(self) -> str:
        """Return what the second person reads and signs."""
        who = self.prepared_by
        name = f"{who.name} ({who.number})" if who.number else who.name
        lines = [
            self.title,
            _("Prepared by {name} on {pc}").format(name=name, pc=self.pc),
            _("{entries} about {people}").format(
                entries=plural("{count} entry", "{count} entries", self.entries),
                people=plural("{count} person", "{count} people", self.people),
            ),
        ]
        if self.files:
            words = plural("{count} file of courses", "{count} files of courses", self.files)
            lines.append(f"{words}, {size(self.files_size)}")
        lines += [_run_in_words(one, self.labels) for one in self.stretches]
        return "\n".join([*lines, _("Id of the file: {id}").format(id=self.bundle_id)])


class Releasing:
    """Prepares sync files, and takes the second person's signature. Who may: holders of MANAGE_SITE."""

    def __init__(
        self, site: Site, keys: KnownKeys, assets: AssetStore, departure: Departure
    ) -> None:
        self._site = site
        self._keys = keys
        self._assets = assets
        self._departure = departure

    def prepare(
        self, actor: Actor, peers: Sequence[Peer], courses: Collection[UUID] | None = ()
    ) -> ExportOrder:
        """Seal the journal; return what a file for peers would carry, for somebody to sign. Raises SitesApart."""
        actor.require(Capability.MANAGE_SITE)
        unsealed = self._departure.seal()
        return replace(self.order(actor, peers, courses), unsealed=unsealed)

    def order(
        self, actor: Actor, peers: Sequence[Peer], courses: Collection[UUID] | None = ()
    ) -> ExportOrder:
        """Return as `prepare` does, and leave the journal as it is."""
        actor.require(Capability.MANAGE_SITE)
        relations, now = Relations.now(self._keys), self._site.clock.now()
        with self._site.read() as session:
            lacked = all_they_lack(session, relations, peers)
            draft = draft_for(session, self._keys, peers, now, self._assets, lacked)
            people = people_told_of(session, draft)
            stretches, is_asked = draft.stretches, self._is_asked(session)
            lacking = lacked_by(session, relations, peers, stretches, self._assets)
        chosen = () if courses is not None and not courses else lacking.chosen(courses)
        return ExportOrder(
            bundle_id=draft.bundle_id,
            destination=draft.destination,
            peers=tuple(peers),
            lacked=lacked,
            stretches=stretches,
            people=len(people),
            courses=courses,
            files=sum(len(one.files) for one in chosen),
            files_size=sum(one.size for one in chosen),
            prepared_by=actor,
            asks_second=is_asked and is_personal(stretches, people),
            pc=self._keys.shown_pc,
            labels={self._keys.station.fingerprint: self._keys.shown_pc, **relations.labels},
        )

    def seconds(self, actor: Actor) -> tuple[AccountName, ...]:
        """Return who may sign what the actor prepared, by name."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            day = local_day(self._site.clock)
            among = administrators_of_site(session, day)
            return tuple(
                one
                for one in account_names(session)
                if one.id in among and one.is_open(day) and self._may_second(session, one.id, actor)
            )

    def release(self, order: ExportOrder, signed: Undersigned) -> UUID:
        """Confirm an order as the second person; return the confirmation's id.

        Raises NotTheSecond, ReadOtherwise, and what signing does.
        """
        (release,) = self.release_each([order], signed)
        return release

    def release_each(self, orders: Sequence[ExportOrder], signed: Undersigned) -> tuple[UUID, ...]:
        """Confirm orders that one person prepared, all or none; each is signed by itself."""
        with self._site.transaction(signed.actor, "sync.release") as unit:
            return tuple(self._release(unit, order, signed) for order in orders)

    def _release(self, unit: Unit, order: ExportOrder, signed: Undersigned) -> UUID:
        second = signed.actor
        account_id = second.account_id
        if account_id is None or not self._may_second(unit, account_id, order.prepared_by):
            raise NotTheSecond
        row = ExportReleaseRow(
            bundle_id=order.bundle_id,
            destination=order.destination,
            recipients=[{"label": one.label, "key": one.key} for one in order.peers],
            ranges=_ranges(order.stretches),
            entries=order.entries,
            people=order.people,
            files=order.files,
            prepared_by=order.prepared_by.account_id,
            at=self._site.clock.now(),
            by=account_id,
            by_name=second.name,
        )
        unit.add(row)
        signed.sign(unit, row, Meaning.CONFIRMED, order.shown)
        return row.id

    def asks_today(self) -> bool:
        """Tell whether the site asks for two people today."""
        with self._site.read() as session:
            return self._is_asked(session)

    def require_released(self, session: Session, actor: Actor, draft: Draft) -> None:
        """Raise SecondSignatureNeeded where a draft is to be confirmed first, and is not."""
        if not self._is_asked(session):
            return
        if not is_personal(draft.stretches, people_told_of(session, draft)):
            return
        row = _release_of(session, draft.bundle_id)
        is_fresh = session.get(SentFileRow, draft.bundle_id) is None
        if (
            row is None
            or not is_fresh
            or row.ranges != _ranges(draft.stretches)
            or row.destination != draft.destination
            or row.prepared_by != actor.account_id
            or is_own(session, actor, [row.by])
            or not lines_under(session, [row.id])
        ):
            raise SecondSignatureNeeded

    def _is_asked(self, session: Session) -> bool:
        today = local_day(self._site.clock)
        return export_terms_on(session, self._keys.site_id, today).two_persons

    def _may_second(self, session: Session, account_id: UUID, first: Actor) -> bool:
        """Tell whether an account is another person's than who prepared, who may write sync files too."""
        if first.account_id is None or account_id == first.account_id:
            return False
        person = person_of(session, account_id)
        is_same = person is not None and person == first.person_id
        site_id = self._keys.site_id
        return not is_same and may_here(session, account_id, Capability.MANAGE_SITE, site_id)


def release_lines(session: Session, bundles: Collection[UUID]) -> dict[UUID, SignatureLine]:
    """Return the second person's signature by the id of the file that it let go."""
    if not bundles:
        return {}
    row = ExportReleaseRow
    found = session.execute(
        sa.select(row.id, row.bundle_id).where(row.bundle_id.in_(tuple(bundles)))
    ).all()
    bundle_of = {one.id: one.bundle_id for one in found}
    lines = lines_under(session, bundle_of)
    return {bundle_of[one.record_id]: one for one in lines}


def second_in_words(line: SignatureLine) -> str:
    """Return who confirmed a sync file before it was written: name, meaning, time."""
    who = f"{line.name} ({line.number})" if line.number else line.name
    return " · ".join((who, meaning_in_words(line.meaning), moment(line.at)))


def people_told_of(session: Session, draft: Draft) -> set[bytes]:
    """Return of whom a file says something that is sealed under their key, and whose keys go along."""
    people = set(draft.asked)
    for stretch in draft.stretches:
        for _segment, rows in segments_of(session.connection(), stretch):
            people |= people_sealed_in(rows.bodies)
    return people


def is_personal(stretches: Sequence[Stretch], people: Collection[bytes]) -> bool:
    """Tell whether entries hold personal data: all but the catalogue does, and that where it names people."""
    return bool(people) or any(one.log.name.scope is not Scope.CATALOGUE for one in stretches)


def _release_of(session: Session, bundle_id: UUID) -> ExportReleaseRow | None:
    row = ExportReleaseRow
    return session.scalars(sa.select(row).where(row.bundle_id == bundle_id)).first()


def _ranges(stretches: Sequence[Stretch]) -> list[dict[str, Any]]:
    return [
        {
            "station": one.log.name.station.hex(),
            "incarnation": one.log.name.incarnation.hex(),
            "scope": one.log.name.scope.value,
            "first": one.first,
            "last": one.last,
            "head": one.head.hex(),
        }
        for one in stretches
    ]


def _run_in_words(stretch: Stretch, labels: dict[bytes, str]) -> str:
    name = stretch.log.name
    return _("{what}, written on {station}: {first} to {last}").format(
        what=scope_in_words(name.scope.value),
        station=labels.get(name.station, name.station[:4].hex()),
        first=number(stretch.first),
        last=number(stretch.last),
    )
