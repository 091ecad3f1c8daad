"""Joining: a PC without a site makes its keys, asks, and has what answers it checked.

The keys wait in a key folder that is named after the data folder; when the PC has joined they lie
under the site's id and the station's.
"""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from app.core.base.clock import Clock, to_microseconds
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys.certificates import (
    ALL_SCOPES,
    KeyCertificate,
    KeyKind,
    certify,
    end_of,
    read_certificate,
)
from app.core.keys.errors import WordsDiffer
from app.core.keys.folder import KeyFolder, StationKey
from app.core.keys.introductions import Introduction
from app.core.keys.known_keys import ANCHOR
from app.core.keys.pairing import (
    ANSWER,
    SITE_FILE,
    NotForThisPc,
    PairRequest,
    SiteTold,
    ask,
    joined,
    read_answer,
    read_register,
)
from app.core.keys.ring import KeyRing
from app.core.keys.sealing import STATION_SEALING, SealingKeys
from app.core.keys.signed import WrongPaper, label_of
from app.core.keys.site_file import open_enrolment, read_enrolment
from app.core.keys.words import fingerprint_code, fingerprint_words, same_words


class AnswerUsed(UserFacingError):
    """This PC has joined with the answer before."""

    def __init__(self, site: str) -> None:
        super().__init__(
            _("This PC has joined {site} with this answer already.").format(site=site),
            safe=_("Nothing was changed."),
            remedy=_("Open the data folder that it joined with, or make a new request here."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What an answer or a site file lets a PC join, as people see it before they say yes."""

    site: str
    words: str
    """Of the site's key: the other screen shows the same."""
    asks_passphrase: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a PC joins with: checked, and its keys where they wait."""

    told: SiteTold
    register: bytes = field(repr=False)
    papers: tuple[bytes, ...] = field(repr=False)
    keys: KeyFolder
    name: str
    """Of the key folder, once the PC has joined."""
    pc: str
    """What the PC is called, by its certificate."""


class Joining:
    """A data folder without a site, and the keys that it asks to join with."""

    def __init__(self, data_folder: Path, keys_root: Path, clock: Clock, pc: str) -> None:
        self._root = keys_root
        self._keys = KeyFolder.waiting(keys_root, data_folder)
        self._clock = clock
        self._pc = pc

    def request(self) -> Introduction:
        """Return this PC's request; its keys are made the first time, and wait for the answer."""
        station = self._keys.station()
        now = self._clock.now()
        request = PairRequest(
            kind=KeyKind.STATION,
            subject=station.public_key,
            sealing=SealingKeys(self._keys, STATION_SEALING).recipient(now),
            label=self._pc,
            made_at=to_microseconds(now),
        )
        return Introduction(
            document=ask(request, station),
            words=fingerprint_words(station.public_key),
            code=fingerprint_code(station.public_key),
            kind=KeyKind.STATION,
            label=self._pc,
            site_id=None,
        )

    def read(self, untrusted: bytes) -> Invitation:
        """Return what a file lets this PC join. Raises a PaperRefused, SiteFileExpired."""
        is_file = label_of(untrusted) == SITE_FILE
        told = read_enrolment(untrusted, self._clock.now())[1] if is_file else None
        if told is None:
            _answer, told = read_answer(untrusted)
        return Invitation(site=told.name, words=told.words, asks_passphrase=is_file)

    def accept(
        self,
        untrusted: bytes,
        *,
        passphrase: str = "",
        typed_words: str | None = None,
        began: bool = False,
    ) -> Ticket:
        """Return what to join with. `began`: a joining of this data folder was cut short before.

        Raises a PaperRefused, WordsDiffer where words were typed, NotForThisPc, AnswerUsed,
        SiteFileExpired, WrongPassphrase, a KeyNotTrusted.
        """
        label = label_of(untrusted)
        if label == SITE_FILE:
            return self._with_site_file(untrusted, passphrase, typed_words)
        if label != ANSWER:
            raise WrongPaper(label, ANSWER)
        return self._with_answer(untrusted, typed_words, began=began)

    def _with_answer(self, untrusted: bytes, typed_words: str | None, *, began: bool) -> Ticket:
        answer, told = read_answer(untrusted)
        _compare(typed_words, told)
        keys = self._keys_of(answer.subject, told, began=began)
        papers = joined([answer.certificates, told.certificates])
        return self._ticket(told, answer.register, papers, keys)

    def _with_site_file(self, untrusted: bytes, passphrase: str, typed_words: str | None) -> Ticket:
        now = self._clock.now()
        paper, told = read_enrolment(untrusted, now)
        _compare(typed_words, told)
        enrolment, says = open_enrolment(paper, passphrase), read_certificate(paper.enrolment).says
        station = self._keys.station()
        certificate = KeyCertificate(
            organisation=says.organisation,
            kind=KeyKind.STATION,
            site_id=says.site_id,
            subject=station.public_key,
            sealing=SealingKeys(self._keys, STATION_SEALING).recipient(now),
            label=self._pc,
            scopes=ALL_SCOPES,
            issued_at=to_microseconds(now),
            valid_until=end_of(KeyKind.STATION, now),
            issuer=enrolment.fingerprint,
        )
        papers = joined([[certify(certificate, enrolment)], told.certificates])
        return self._ticket(told, paper.register, papers, self._keys)

    def _ticket(
        self, told: SiteTold, register: bytes, papers: tuple[bytes, ...], keys: KeyFolder
    ) -> Ticket:
        now, station = self._clock.now(), keys.station()
        ring = KeyRing(papers, told.revocations, told.token_key, told.site_id, now)
        certificate = ring.trusted(station.fingerprint)
        return Ticket(
            told=told,
            register=register,
            papers=joined([papers, told.revocations]),
            keys=keys,
            name=_folder_name(told.site_id, station.fingerprint),
            pc=certificate.label,
        )

    def _keys_of(self, station: bytes, told: SiteTold, *, began: bool) -> KeyFolder:
        """Return where the keys lie that an answer is for."""
        if self._keys.has_station and self._keys.station().fingerprint == station:
            return self._keys
        after = KeyFolder(self._root, _folder_name(told.site_id, station))
        if not after.has_station:
            raise NotForThisPc(told.name)
        if not began:
            raise AnswerUsed(told.name)
        return after


def begin_at(ticket: Ticket) -> tuple[KeyFolder, StationKey]:
    """Make a ticket's keys those of its site; return where they lie, and the station's.

    The logs begin anew: what an attempt before this one wrote has left no trace.
    """
    keys = ticket.keys
    if keys.name != ticket.name:
        keys = keys.move_to(ticket.name)
    keys.new_incarnation()
    keys.write_private(ANCHOR, ticket.told.token_key)
    return keys, keys.station()


def read_kept_register(untrusted: bytes, keys: KeyFolder) -> SiteTold:
    """Return what the answer said of the site, checked anew by the key that was believed then.

    Raises a PaperRefused.
    """
    return read_register(untrusted, keys.read_private(ANCHOR))


def key_folder_of(root: Path, site_id: UUID, station: bytes) -> KeyFolder:
    """Return the keys of a station, as its records name it, or those of its site where they are not here."""
    joined_as = KeyFolder(root, _folder_name(site_id, station))
    return joined_as if joined_as.has_station else KeyFolder(root, site_id)


def _folder_name(site_id: UUID, station: bytes) -> str:
    return f"{site_id.hex}-{station.hex()[:16]}"


def _compare(typed_words: str | None, told: SiteTold) -> None:
    if typed_words is not None and not same_words(typed_words, told.words):
        raise WordsDiffer
