"""A site that says a key of another one is its own: a PC's, a site's, or the organisation's root (ADR 81)."""

from collections.abc import Callable, Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.keys import KeyKind, KeyRing, SigningKey
from app.core.storage.tables import Scope
from tests.core.keys.test_ring import (
    FOUNDED,
    HQ,
    HQ_SITE,
    INCARNATION,
    NASHIK,
    NASHIK_SITE,
    NASHIK_STATION,
    PUNE,
    ROOT,
    SITE,
    STATION,
    key,
    paper,
    revocation,
    ring,
)

NAGPUR, NAGPUR_SITE, NAGPUR_STATION = UUID(int=4), key("nagpur"), key("nagpur station")
THIEF, THIEF_SITE, THIEF_STATION = UUID(int=5), key("thief"), key("thief station")

HQS = [
    paper(KeyKind.ORGANISATION, ROOT, HQ_SITE, site=HQ),
    paper(KeyKind.SITE, HQ_SITE, ROOT, site=HQ),
]
NAGPURS = [
    paper(KeyKind.SITE, NAGPUR_SITE, ROOT, site=NAGPUR),
    paper(KeyKind.STATION, NAGPUR_STATION, NAGPUR_SITE, site=NAGPUR, minutes=5),
]
THIEFS = [
    paper(KeyKind.SITE, THIEF_SITE, ROOT, site=THIEF),
    paper(KeyKind.STATION, THIEF_STATION, THIEF_SITE, site=THIEF),
]
OWN_WORDS = [
    paper(KeyKind.SITE, NAGPUR_SITE, NAGPUR_SITE, site=NAGPUR, minutes=20),
    paper(KeyKind.STATION, NAGPUR_STATION, NAGPUR_STATION, site=NAGPUR, minutes=20),
]
EARLY, LATE = -60, 60

View = Callable[[Sequence[bytes]], KeyRing]
Forge = Callable[[KeyKind, SigningKey, int], bytes]


def at_headquarters(papers: Sequence[bytes], lists: Sequence[bytes] = ()) -> KeyRing:
    return ring([*HQS, *NAGPURS, *THIEFS, *papers], lists, anchor=HQ_SITE, site=HQ)


def at_nashik(papers: Sequence[bytes], lists: Sequence[bytes] = ()) -> KeyRing:
    """A third plant, which knows headquarters and the other plants."""
    own = [
        paper(KeyKind.SITE, NASHIK_SITE, ROOT, site=NASHIK),
        paper(KeyKind.STATION, NASHIK_STATION, NASHIK_SITE, site=NASHIK),
        paper(KeyKind.ORGANISATION, ROOT, NASHIK_SITE, site=HQ),
        *HQS[1:],
    ]
    return ring([*own, *NAGPURS, *THIEFS, *papers], lists, anchor=NASHIK_SITE, site=NASHIK)


def by_site(kind: KeyKind, subject: SigningKey, minutes: int) -> bytes:
    """The thief's site names a key as one of its own, whatever the kind asks for."""
    after = THIEF_SITE if kind is KeyKind.SITE else None
    stations = 9 if kind is KeyKind.ENROLMENT else 0
    return paper(
        kind, subject, THIEF_SITE, site=THIEF, after=after, minutes=minutes, stations=stations
    )


def by_station(kind: KeyKind, subject: SigningKey, minutes: int) -> bytes:
    """A PC of the thief's names a key as the one that takes its place."""
    return paper(kind, subject, THIEF_STATION, site=THIEF, after=THIEF_STATION, minutes=minutes)


@pytest.mark.parametrize("minutes", [EARLY, LATE])
@pytest.mark.parametrize("view", [at_headquarters, at_nashik])
def test_a_sites_key_in_the_succession_of_another_site_stays_its_own(
    view: View, minutes: int
) -> None:
    """The attack: everybody else would believe that site, and its PCs, no longer."""
    claim = paper(
        KeyKind.SITE, NAGPUR_SITE, THIEF_SITE, site=THIEF, after=THIEF_SITE, minutes=minutes
    )
    known = view([claim])

    assert known.trusted(NAGPUR_SITE.fingerprint).site == NAGPUR
    assert known.trusted(NAGPUR_STATION.fingerprint).site == NAGPUR
    assert not known.took_place_of(NAGPUR_SITE.fingerprint, THIEF_SITE.fingerprint)


@pytest.mark.parametrize("view", [at_headquarters, at_nashik])
@pytest.mark.parametrize("claim", [by_site, by_station])
@pytest.mark.parametrize("kind", [KeyKind.STATION, KeyKind.SITE, KeyKind.ENROLMENT])
def test_a_pc_that_its_site_certified_first_is_not_taken_by_a_later_claim(
    view: View, claim: Forge, kind: KeyKind
) -> None:
    known = view([claim(kind, NAGPUR_STATION, LATE)])

    certificate = known.trusted(NAGPUR_STATION.fingerprint)
    assert (certificate.kind, certificate.site) == (KeyKind.STATION, NAGPUR)


@pytest.mark.parametrize("view", [at_headquarters, at_nashik])
@pytest.mark.parametrize("claim", [by_site, by_station])
@pytest.mark.parametrize("kind", [KeyKind.STATION, KeyKind.SITE, KeyKind.ENROLMENT])
@pytest.mark.parametrize("minutes", [EARLY, LATE])
def test_a_pc_that_says_itself_whose_it_is_is_not_taken_by_a_claim_of_any_day(
    view: View, claim: Forge, kind: KeyKind, minutes: int
) -> None:
    known = view([claim(kind, NAGPUR_STATION, minutes), *OWN_WORDS])

    certificate = known.trusted(NAGPUR_STATION.fingerprint)
    assert (certificate.kind, certificate.site) == (KeyKind.STATION, NAGPUR)
    assert known.may_write(NAGPUR_STATION.fingerprint, Scope.RECORDS)


def test_who_claims_a_pc_cannot_revoke_it() -> None:
    claim = paper(KeyKind.STATION, NAGPUR_STATION, THIEF_SITE, site=THIEF, minutes=LATE)
    known = at_headquarters([claim], [revocation(NAGPUR_STATION, THIEF_SITE, minutes=90)])

    assert known.trusted(NAGPUR_STATION.fingerprint).site == NAGPUR
    assert known.last_accepted(NAGPUR_STATION.fingerprint, INCARNATION, Scope.RECORDS) is None


@pytest.mark.parametrize("view", [at_headquarters, at_nashik])
@pytest.mark.parametrize("minutes", [EARLY, LATE])
def test_nobody_becomes_headquarters_by_a_paper_about_their_root(view: View, minutes: int) -> None:
    """The attack: a root that is a PC of a plant makes that plant headquarters elsewhere."""
    known = view([paper(KeyKind.STATION, ROOT, THIEF_SITE, site=THIEF, minutes=minutes)])

    assert known.organisation is not None
    assert known.organisation.site == HQ
    assert known.headquarters == {HQ}


def test_a_pc_that_two_sites_let_in_is_of_the_one_that_it_says() -> None:
    """An honest move: its request went to one site, and it joined another one."""
    other = paper(KeyKind.STATION, NAGPUR_STATION, THIEF_SITE, site=THIEF, minutes=9)
    says = paper(KeyKind.STATION, NAGPUR_STATION, NAGPUR_STATION, site=THIEF, minutes=10)

    assert at_headquarters([other]).trusted(NAGPUR_STATION.fingerprint).site == NAGPUR
    assert at_headquarters([other, says]).trusted(NAGPUR_STATION.fingerprint).site == THIEF


def test_what_a_key_says_of_itself_opens_nothing_that_nobody_certified() -> None:
    stranger = key("stranger")
    papers = [
        paper(KeyKind.STATION, stranger, stranger),
        paper(KeyKind.SITE, stranger, stranger),
        paper(KeyKind.STATION, STATION, STATION, site=NASHIK),
        paper(KeyKind.SITE, STATION, STATION),
    ]
    known = ring([*FOUNDED, *papers])

    assert known.find(stranger.fingerprint) is None
    assert known.trusted(STATION.fingerprint).site == PUNE
    assert known.trusted(STATION.fingerprint).kind is KeyKind.STATION
    assert known.trusted(SITE.fingerprint).site == PUNE


CLAIMS = [
    *OWN_WORDS,
    *(
        by(kind, subject, minutes)
        for by in (by_site, by_station)
        for kind in (KeyKind.STATION, KeyKind.SITE)
        for subject in (NAGPUR_STATION, NAGPUR_SITE)
        for minutes in (EARLY, LATE)
    ),
    paper(KeyKind.STATION, ROOT, THIEF_SITE, site=THIEF, minutes=LATE),
]


@given(st.permutations(range(len(CLAIMS))))
def test_claims_mean_the_same_in_any_order(order: list[int]) -> None:
    """I2, I4: and all of them together change nothing of whose a key is."""
    known = at_headquarters([CLAIMS[place] for place in order])

    assert list(known.certificates()) == list(at_headquarters(CLAIMS).certificates())
    assert known.trusted(NAGPUR_SITE.fingerprint).site == NAGPUR
    assert known.trusted(NAGPUR_STATION.fingerprint).site == NAGPUR


def test_a_claim_does_not_stand_in_for_a_certificate_that_fell() -> None:
    """I11: the attack: a plant takes over the PCs of one whose key was revoked."""
    claim = paper(KeyKind.STATION, NAGPUR_STATION, THIEF_SITE, site=THIEF, minutes=LATE)
    known = at_headquarters([claim], [revocation(NAGPUR_SITE, ROOT)])

    assert not known.is_believed(NAGPUR_STATION.fingerprint)
    assert known.last_accepted(NAGPUR_STATION.fingerprint, INCARNATION, Scope.RECORDS) == 0


def test_a_stolen_pc_that_names_another_site_is_revoked_by_the_one_it_named_before() -> None:
    stolen = [
        paper(KeyKind.STATION, NAGPUR_STATION, THIEF_SITE, site=THIEF, minutes=EARLY),
        paper(KeyKind.STATION, NAGPUR_STATION, NAGPUR_STATION, site=THIEF, minutes=EARLY),
    ]
    known = at_headquarters([*stolen, *OWN_WORDS], [revocation(NAGPUR_STATION, NAGPUR_SITE)])

    assert not known.is_believed(NAGPUR_STATION.fingerprint)
