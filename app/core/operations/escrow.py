"""Headquarters as a last way to a plant's records: given while they are open, asked for when they are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.base.actor import Actor, Capability
from app.core.base.clock import Clock
from app.core.base.computer import this_pc
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys import (
    ESCROW_SEALING,
    SLOT_FILE,
    AskedForKey,
    KeyCertificate,
    KeyFolder,
    KeyKind,
    KeySlots,
    NotSealedForHere,
    SealingKeys,
    WordsDiffer,
    answer_request,
    fingerprint_words,
    key_in_answer,
    make_request,
    read_escrow_request,
    same_words,
    seal_key,
    unseal_key,
)
from app.core.operations.folder_errors import NoSite
from app.core.operations.marker import Marker
from app.core.operations.open_site import OpenSite
from app.core.people import note_confirmed


class NoHeadquarters(UserFacingError):
    """This site was not paired with its headquarters, or it is them."""

    def __init__(self) -> None:
        super().__init__(
            _("No headquarters are known here."),
            safe=_("Nothing was changed."),
            remedy=_("Pair this site with headquarters first, under “Peers and keys”."),
        )


class NoEscrow(UserFacingError):
    """Nobody gave headquarters the key of these records."""

    def __init__(self) -> None:
        super().__init__(
            _("Headquarters were not given the key of these records."),
            safe=_("Nothing was changed."),
            remedy=_("Use a password or the recovery kit."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldByHq:
    """How it stands with headquarters."""

    name: str
    """Of headquarters; empty where none are known."""
    is_this_site: bool
    is_given: bool
    is_current: bool
    """Whether it is sealed to the key that headquarters have now; they keep an older one for a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAsked:
    """A request that is ready to be carried, and the words that prove it."""

    document: bytes
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSeen:
    """A plant's request as headquarters sees it before anybody answers."""

    asked: AskedForKey
    site: str
    """The plant's name; empty for one that is not known here."""
    is_known_pc: bool
    """Whether a PC signed it that this site knows to be the plant's."""


class Escrow:
    """Gives the key of open records to headquarters, and answers plants where this site is them."""

    def __init__(self, opened: OpenSite) -> None:
        self._opened = opened

    def standing(self, actor: Actor) -> HeldByHq:
        """Return how it stands. Raises NoDataKey for a server's records."""
        actor.require(Capability.MANAGE_SITE)
        paper, slots = self._headquarters(), self._opened.data_key_file.slots
        self._opened.data_key  # noqa: B018  raises where there is none
        given = slots.read().escrow
        return HeldByHq(
            name="" if paper is None else paper.label,
            is_this_site=paper is not None and paper.site == self._opened.site_id,
            is_given=given is not None,
            is_current=given is not None and paper is not None and given.sealed_to == paper.sealing,
        )

    def give(self, actor: Actor) -> None:
        """Seal the data key to headquarters. Raises NoHeadquarters, SlotsAltered."""
        actor.require(Capability.MANAGE_SITE)
        opened, paper = self._opened, self._headquarters()
        if paper is None or paper.site == opened.site_id or not paper.sealing:
            raise NoHeadquarters
        sealed = seal_key(opened.site_id, opened.data_key, [paper.sealing])
        slots = opened.data_key_file.slots
        slots.set_escrow(paper.label, sealed, paper.sealing, opened.data_key)
        opened.data_key_file.note()
        self._told(actor, "data-key.escrow", paper.label)

    def look_at(self, actor: Actor, untrusted_request: bytes) -> RequestSeen:
        """Return what a plant asks. Raises a PaperRefused."""
        actor.require(Capability.MANAGE_SITE)
        asked = read_escrow_request(untrusted_request)
        papers = [paper for paper, _lists in self._opened.keys.ring().certificates()]
        return RequestSeen(
            asked=asked,
            site=next(
                (p.label for p in papers if p.kind is KeyKind.SITE and p.site == asked.site_id), ""
            ),
            is_known_pc=any(
                p.kind is KeyKind.STATION
                and p.fingerprint == asked.station
                and p.site == asked.site_id
                for p in papers
            ),
        )

    def answer(self, actor: Actor, untrusted_request: bytes, typed_words: str) -> bytes:
        """Return the answer to a plant's request, for the PC that asked alone, and put it on record.

        `typed_words` are those that its screen shows. Raises a PaperRefused, WordsDiffer, NotTheSitesPc.
        """
        seen = self.look_at(actor, untrusted_request)
        asked, opened = seen.asked, self._opened
        if not same_words(typed_words, asked.words):
            raise WordsDiffer
        signer = opened.keys.site_key()
        key = unseal_key(asked.site_id, asked.request.sealed, opened.keys.identities())
        answer = answer_request(untrusted_request, key, opened.site.clock.now(), signer)
        about = f"{seen.site or asked.site_id}: {asked.people}: {asked.reason}"
        self._told(actor, "data-key.escrow-answer", about)
        return answer

    def _headquarters(self) -> KeyCertificate | None:
        """Return the certificate of the site that holds the organisation's root.

        None for a site that knows no other one: its root is its own, and it is headquarters of nobody.
        """
        ring = self._opened.keys.ring()
        root = ring.organisation
        sites = [
            paper
            for paper, revoked in ring.certificates()
            if paper.kind is KeyKind.SITE and not revoked
        ]
        if root is None or all(paper.site == self._opened.site_id for paper in sites):
            return None
        of_root = [paper for paper in sites if paper.site == root.site]
        return max(of_root, key=lambda paper: paper.issued_at, default=None)

    def _told(self, actor: Actor, action: str, reason: str) -> None:
        site = self._opened.site
        with site.transaction(actor, action, reason=reason) as unit:
            note_confirmed(unit, actor, "data key", site.clock.now())


class LockedRecords:
    """A data folder whose records nobody here can open, and this PC's keys: what asking takes."""

    def __init__(self, folder: Path, keys_root: Path, clock: Clock) -> None:
        """Raises NoSite, SiteFileDamaged."""
        marked = Marker.read(folder)
        if marked is None:
            raise NoSite(folder)
        self._site_id = marked.site_id
        self._keys = KeyFolder(keys_root, marked.keys)
        self._slots = KeySlots(marked.records_in(folder) / SLOT_FILE, clock)
        self._clock = clock

    def ask(self, people: Sequence[str], reason: str) -> KeyAsked:
        """Return the request to carry to headquarters. Raises NoEscrow, NobodyNamed, SiteFileDamaged."""
        given = self._slots.read().escrow
        if given is None:
            raise NoEscrow
        now = self._clock.now()
        document = make_request(
            site_id=self._site_id,
            pc=this_pc(),
            sealed=given.wrapped,
            answer_to=SealingKeys(self._keys, ESCROW_SEALING).recipient(now),
            people=list(people),
            reason=reason,
            now=now,
            signer=self._keys.station(),
        )
        return KeyAsked(document=document, words=fingerprint_words(document))

    def forget(self) -> None:
        """Let an answer open nothing any more: it has done what it was for."""
        self._keys.forget_private(ESCROW_SEALING)

    def key_in(self, untrusted_answer: bytes) -> bytes:
        """Return the data key in headquarters' answer to this PC. Raises a PaperRefused."""
        identities = SealingKeys(self._keys, ESCROW_SEALING).identities()
        if not identities:
            raise NotSealedForHere  # nobody asked on this PC
        return key_in_answer(self._site_id, untrusted_answer, identities)
