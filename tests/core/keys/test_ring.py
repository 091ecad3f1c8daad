"""Whose key is believed: by the set of papers alone, in whatever order they came."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.clock import to_microseconds
from app.core.keys import (
    KeyCertificate,
    KeyExpired,
    KeyKind,
    KeyRevocation,
    KeyRevoked,
    KeyRing,
    KeyUnknown,
    LogHead,
    SigningKey,
)
from app.core.keys.certificates import ALL_SCOPES, certify, revoke
from app.core.storage.tables import Scope

NOW = datetime(2026, 11, 23, 5, 12, tzinfo=UTC)
PUNE, HQ, NASHIK = UUID(int=1), UUID(int=2), UUID(int=3)
INCARNATION = b"8 random"


def key(name: str) -> SigningKey:
    return SigningKey(name.encode().ljust(32, b"\0"))


ROOT, SITE, STATION, FILE = key("root"), key("site"), key("station"), key("file")
HQ_SITE, NASHIK_SITE, NASHIK_STATION = key("hq"), key("nashik"), key("nashik station")


def paper(
    kind: KeyKind,
    subject: SigningKey,
    issuer: SigningKey,
    *,
    site: UUID = PUNE,
    after: SigningKey | None = None,
    minutes: int = 0,
    stations: int = 0,
    days: int = 365,
    scopes: tuple[str, ...] = ALL_SCOPES,
) -> bytes:
    issued = NOW + timedelta(minutes=minutes)
    return certify(
        KeyCertificate(
            organisation=ROOT.fingerprint,
            kind=kind,
            site_id=site.bytes,
            subject=subject.public_key,
            label=subject.private.rstrip(b"\0").decode(),
            scopes=scopes,
            issued_at=to_microseconds(issued),
            valid_until=to_microseconds(issued + timedelta(days=days)),
            issuer=issuer.fingerprint,
            succeeds=after.fingerprint if after else b"",
            stations=stations,
        ),
        issuer,
    )


def revocation(subject: SigningKey, issuer: SigningKey, *heads: LogHead, minutes: int = 1) -> bytes:
    return revoke(
        KeyRevocation(
            subject=subject.fingerprint,
            up_to=heads,
            reason="lost",
            revoked_at=to_microseconds(NOW + timedelta(minutes=minutes)),
            issuer=issuer.fingerprint,
        ),
        issuer,
    )


def ring(
    papers: Sequence[bytes],
    lists: Sequence[bytes] = (),
    *,
    anchor: SigningKey = SITE,
    site: UUID = PUNE,
    now: datetime = NOW,
) -> KeyRing:
    return KeyRing(papers, lists, anchor.public_key, site, now)


FOUNDED = [
    paper(KeyKind.ORGANISATION, ROOT, SITE),
    paper(KeyKind.SITE, SITE, ROOT),
    paper(KeyKind.STATION, STATION, SITE),
]
NASHIKS = [
    paper(KeyKind.SITE, NASHIK_SITE, ROOT, site=NASHIK),
    paper(KeyKind.STATION, NASHIK_STATION, NASHIK_SITE, site=NASHIK),
]


def believed(one: KeyRing) -> set[bytes]:
    return {certificate.fingerprint for certificate, _lists in one.certificates()}


def test_the_station_of_a_site_is_believed_by_the_sites_key() -> None:
    known = ring(FOUNDED)

    assert known.trusted(STATION.fingerprint).label == "station"
    assert known.may_write(STATION.fingerprint, Scope.RECORDS)
    assert not known.may_write(SITE.fingerprint, Scope.RECORDS)
    assert known.organisation is not None
    assert known.organisation.subject == ROOT.public_key


def test_a_site_of_the_organisation_is_believed_with_its_stations() -> None:
    known = ring([*FOUNDED, *NASHIKS])

    assert known.trusted(NASHIK_STATION.fingerprint).site == NASHIK


def test_a_stranger_is_not_believed_whatever_he_certifies() -> None:
    stranger = key("stranger")
    forged = [
        paper(KeyKind.ORGANISATION, stranger, stranger),
        paper(KeyKind.SITE, stranger, stranger),
        paper(KeyKind.STATION, NASHIK_STATION, stranger),
        paper(KeyKind.SITE, stranger, STATION),
        paper(KeyKind.ENROLMENT, stranger, STATION, stations=9),
        paper(KeyKind.SITE, stranger, stranger, after=SITE),
    ]
    known = ring([*FOUNDED, *forged])

    assert believed(known) == believed(ring(FOUNDED))
    with pytest.raises(KeyUnknown):
        known.trusted(stranger.fingerprint)


def test_a_site_speaks_for_its_own_stations_only() -> None:
    """I13: nobody's log is written by another certificate."""
    taken = paper(KeyKind.STATION, key("taken"), NASHIK_SITE, site=PUNE)
    above = paper(KeyKind.SITE, key("above"), NASHIK_SITE, site=HQ)
    known = ring([*FOUNDED, *NASHIKS, taken, above])

    assert key("taken").fingerprint not in believed(known)
    assert key("above").fingerprint not in believed(known)


def test_no_other_site_takes_a_pc_of_this_one_for_its_own() -> None:
    taken = paper(KeyKind.STATION, STATION, NASHIK_SITE, site=NASHIK, minutes=9, scopes=())

    known = ring([*FOUNDED, *NASHIKS, taken])

    assert known.trusted(STATION.fingerprint).site == PUNE
    assert known.may_write(STATION.fingerprint, Scope.RECORDS)


def test_a_station_writes_in_the_scopes_of_its_certificate() -> None:
    papers = [*FOUNDED[:2], paper(KeyKind.STATION, STATION, SITE, scopes=("records",))]
    known = ring(papers)

    assert known.may_write(STATION.fingerprint, Scope.RECORDS)
    assert not known.may_write(STATION.fingerprint, Scope.IDENTITY)


def test_a_certificate_runs_out_and_what_was_written_stays() -> None:
    known = ring(FOUNDED, now=NOW + timedelta(days=366))
    with pytest.raises(KeyExpired):
        known.trusted(STATION.fingerprint)

    assert known.may_write(STATION.fingerprint, Scope.RECORDS)
    assert known.last_accepted(STATION.fingerprint, INCARNATION, Scope.RECORDS) is None


def test_a_revoked_station_is_taken_up_to_where_it_was_known() -> None:
    head = LogHead(INCARNATION, "records", 12, bytes(32))
    known = ring(FOUNDED, [revocation(STATION, SITE, head)])
    with pytest.raises(KeyRevoked, match="lost"):
        known.trusted(STATION.fingerprint)

    assert known.last_accepted(STATION.fingerprint, INCARNATION, Scope.RECORDS) == 12
    assert known.last_accepted(STATION.fingerprint, INCARNATION, Scope.IDENTITY) == 0
    assert known.last_accepted(STATION.fingerprint, b"another8", Scope.RECORDS) == 0
    assert known.revocation_version == 1


def test_of_two_revocations_the_stricter_holds() -> None:
    """I11: revoked never becomes valid."""
    heads = [LogHead(INCARNATION, "records", seq, bytes(32)) for seq in (12, 7)]
    lists = [revocation(STATION, SITE, head, minutes=seq) for seq, head in enumerate(heads)]

    assert ring(FOUNDED, lists).last_accepted(
        STATION.fingerprint, INCARNATION, Scope.RECORDS
    ) == min(head.seq for head in heads)


def test_nobody_revokes_above_or_beside_himself() -> None:
    lists = [
        revocation(SITE, STATION),
        revocation(STATION, STATION),
        revocation(STATION, NASHIK_SITE),
        revocation(ROOT, NASHIK_SITE),
        revocation(STATION, key("stranger")),
    ]
    known = ring([*FOUNDED, *NASHIKS], lists)

    assert known.revocation_version == 0
    assert known.trusted(STATION.fingerprint).kind is KeyKind.STATION


def test_what_a_revoked_key_certified_is_not_believed() -> None:
    known = ring([*FOUNDED, *NASHIKS], [revocation(NASHIK_SITE, SITE)])

    with pytest.raises(KeyRevoked):
        known.trusted(NASHIK_STATION.fingerprint)
    assert known.last_accepted(NASHIK_STATION.fingerprint, INCARNATION, Scope.RECORDS) == 0


def test_a_key_takes_the_place_of_the_one_that_signed_for_it() -> None:
    after = key("station after")
    known = ring([*FOUNDED, paper(KeyKind.STATION, after, STATION, after=STATION, minutes=5)])

    assert known.trusted(after.fingerprint).label == "station after"
    assert known.trusted(STATION.fingerprint).kind is KeyKind.STATION


def test_a_successor_has_no_more_rights_and_no_other_kind() -> None:
    few = paper(KeyKind.STATION, STATION, SITE, scopes=("records",))
    more = paper(KeyKind.STATION, key("more"), STATION, after=STATION)
    site = paper(KeyKind.SITE, key("other kind"), STATION, after=STATION)
    elsewhere = paper(KeyKind.STATION, key("elsewhere"), STATION, after=STATION, site=NASHIK)
    known = ring([*FOUNDED[:2], few, more, site, elsewhere])

    for name in ("more", "other kind", "elsewhere"):
        assert key(name).fingerprint not in believed(known)


def test_a_thief_who_made_himself_a_successor_falls_with_the_key() -> None:
    thief = paper(KeyKind.STATION, key("thief"), STATION, after=STATION)
    known = ring([*FOUNDED, thief], [revocation(STATION, SITE)])

    with pytest.raises(KeyRevoked):
        known.trusted(key("thief").fingerprint)


def rotated_site() -> list[bytes]:
    """What a site has after its key was rotated."""
    after = key("site after")
    return [
        *FOUNDED,
        *NASHIKS,
        paper(KeyKind.SITE, after, SITE, after=SITE, minutes=5),
        paper(KeyKind.SITE, SITE, after, minutes=5),
        paper(KeyKind.STATION, key("newer station"), after, minutes=6),
    ]


@pytest.mark.parametrize("anchor", [SITE, key("site after")])
def test_the_site_key_before_and_after_a_rotation_believe_the_same(anchor: SigningKey) -> None:
    known = ring(rotated_site(), anchor=anchor)
    wanted = [STATION, key("newer station"), NASHIK_STATION]

    assert known.own_keys == {SITE.fingerprint, key("site after").fingerprint}
    for one in wanted:
        assert known.trusted(one.fingerprint).kind is KeyKind.STATION


def test_a_rotated_site_is_believed_elsewhere() -> None:
    theirs = [
        paper(KeyKind.ORGANISATION, ROOT, NASHIK_SITE, site=NASHIK),
        *rotated_site()[1:],
    ]
    known = ring(theirs, anchor=NASHIK_SITE, site=NASHIK)

    assert known.trusted(key("newer station").fingerprint).site == PUNE


def enrolled(*minutes: int, stations: int, days: int = 1) -> list[bytes]:
    return [
        paper(KeyKind.ENROLMENT, FILE, SITE, stations=stations, days=days),
        *(paper(KeyKind.STATION, key(f"pc {at}"), FILE, minutes=at) for at in minutes),
    ]


def test_a_site_file_lets_in_as_many_as_it_says() -> None:
    known = ring([*FOUNDED, *enrolled(3, 1, 2, stations=2)])

    assert {key("pc 1").fingerprint, key("pc 2").fingerprint} <= believed(known)
    assert [one.label for one in known.refused_by_number()] == ["pc 3"]


def test_a_site_file_counts_those_too_who_claim_to_follow_somebody() -> None:
    claims = [
        paper(KeyKind.STATION, key(f"claim {at}"), FILE, after=STATION, minutes=at)
        for at in range(5)
    ]
    known = ring([*FOUNDED, *enrolled(stations=2), *claims])

    assert len(believed(known)) == len(FOUNDED) + 1 + 2


def test_a_site_file_lets_nobody_in_after_its_day() -> None:
    known = ring([*FOUNDED, *enrolled(10, 60 * 24 + 1, stations=9)])

    assert key("pc 10").fingerprint in believed(known)
    assert key(f"pc {60 * 24 + 1}").fingerprint not in believed(known)


def test_a_site_file_certifies_stations_and_nothing_else() -> None:
    papers = [
        *FOUNDED,
        *enrolled(stations=9),
        paper(KeyKind.SITE, key("site by file"), FILE),
        paper(KeyKind.ENROLMENT, key("file by file"), FILE, stations=9),
        paper(KeyKind.STATION, key("elsewhere"), FILE, site=NASHIK),
    ]

    assert believed(ring(papers)) == believed(ring([*FOUNDED, *enrolled(stations=9)]))


def lost(*kept: bytes, minutes: int = 1, issuer: SigningKey = ROOT) -> bytes:
    """The site's key is revoked, up to these of its certificates."""
    return revoke(
        KeyRevocation(
            subject=SITE.fingerprint,
            keeps=tuple(hashlib.sha256(one).digest() for one in kept),
            reason="burnt",
            revoked_at=to_microseconds(NOW + timedelta(minutes=minutes)),
            issuer=issuer.fingerprint,
        ),
        issuer,
    )


NEW_SITE = key("new site")
BY_ROOT = paper(KeyKind.SITE, NEW_SITE, ROOT, after=SITE)


EVERYTHING = [
    *rotated_site(),
    *enrolled(3, 1, 2, 4, stations=2),
    paper(KeyKind.STATION, key("station after"), STATION, after=STATION, minutes=7),
    paper(KeyKind.STATION, key("after that"), key("station after"), after=key("station after")),
    paper(KeyKind.STATION, STATION, SITE, minutes=9, scopes=("records",)),
    paper(KeyKind.SITE, key("stranger"), key("stranger")),
    BY_ROOT,
    paper(KeyKind.STATION, key("heir"), SITE, after=STATION),
    b"no paper at all",
]
LISTS = [
    revocation(NASHIK_SITE, ROOT),
    revocation(STATION, SITE, LogHead(INCARNATION, "records", 5, bytes(32))),
    revocation(STATION, key("stranger")),
    lost(*FOUNDED),
    lost(FOUNDED[0], minutes=3),
]


@given(
    order=st.permutations(range(len(EVERYTHING))),
    lists_order=st.permutations(range(len(LISTS))),
    again=st.lists(st.sampled_from(range(len(EVERYTHING))), max_size=4),
)
def test_the_order_of_papers_and_learning_one_twice_change_nothing(
    order: list[int], lists_order: list[int], again: list[int]
) -> None:
    """I2, I4: equal sets of papers mean equal rings."""
    papers = [EVERYTHING[place] for place in (*order, *again)]
    lists = [LISTS[place] for place in (*lists_order, *lists_order)]
    one, other = ring(EVERYTHING, LISTS), ring(papers, lists)

    assert list(one.certificates()) == list(other.certificates())
    assert one.own_keys == other.own_keys
    assert one.refused_by_number() == other.refused_by_number()
    for certificate, _lists in one.certificates():
        name = certificate.fingerprint
        assert one.last_accepted(name, INCARNATION, Scope.RECORDS) == other.last_accepted(
            name, INCARNATION, Scope.RECORDS
        )


@given(st.sets(st.sampled_from(range(len(EVERYTHING)))), st.sampled_from(range(len(LISTS))))
def test_a_revocation_takes_away_and_never_adds(chosen: set[int], which: int) -> None:
    """I11: revoked never becomes valid."""
    papers = [EVERYTHING[place] for place in sorted(chosen)]
    before, after = ring(papers), ring(papers, [LISTS[which]])

    assert _trusted(after) <= _trusted(before)


def _trusted(one: KeyRing) -> set[bytes]:
    return {
        certificate.fingerprint
        for certificate, _lists in one.certificates()
        if _is_trusted(one, certificate.fingerprint)
    }


def _is_trusted(one: KeyRing, name: bytes) -> bool:
    try:
        one.trusted(name)
    except KeyRevoked:
        return False
    return True


def test_a_site_says_which_of_its_pcs_goes_on_for_one_that_was_lost() -> None:
    heir = key("heir")
    known = ring([*FOUNDED, paper(KeyKind.STATION, heir, SITE, after=STATION)])

    assert known.took_place_of(heir.fingerprint, STATION.fingerprint)
    assert not known.took_place_of(STATION.fingerprint, heir.fingerprint)


@pytest.mark.parametrize("issuer", [NASHIK_SITE, FILE, key("stranger")])
def test_nobody_else_names_an_heir(issuer: SigningKey) -> None:
    """I13: nobody's log is written by another certificate."""
    heir = key("heir")
    papers = [
        *FOUNDED,
        *NASHIKS,
        paper(KeyKind.ENROLMENT, FILE, SITE, stations=9),
        paper(KeyKind.STATION, heir, SITE),
        paper(KeyKind.STATION, heir, issuer, after=STATION),
        paper(KeyKind.STATION, heir, issuer, site=NASHIK, after=STATION),
    ]

    assert not ring(papers).took_place_of(heir.fingerprint, STATION.fingerprint)


def test_the_root_names_a_key_in_the_place_of_the_sites_lost_one() -> None:
    root, _site, station = FOUNDED
    known = ring([*FOUNDED, BY_ROOT], [lost(root, station)])

    assert NEW_SITE.fingerprint in known.own_keys
    assert known.is_believed(NEW_SITE.fingerprint)
    assert known.is_believed(STATION.fingerprint)
    assert not known.is_believed(SITE.fingerprint)


def test_what_a_revocation_does_not_keep_falls_and_of_several_the_strictest_holds() -> None:
    root, _site, station = FOUNDED
    lists = [lost(root, station), lost(root, minutes=2)]

    assert ring([*FOUNDED, BY_ROOT], lists[:1]).is_believed(STATION.fingerprint)
    assert not ring([*FOUNDED, BY_ROOT], lists).is_believed(STATION.fingerprint)
    assert ring([*FOUNDED, BY_ROOT], lists).is_believed(NEW_SITE.fingerprint)


def test_a_key_that_a_root_names_without_saying_whose_place_is_not_the_sites_own() -> None:
    for one in (
        paper(KeyKind.SITE, NEW_SITE, ROOT),
        paper(KeyKind.SITE, NEW_SITE, ROOT, after=NASHIK_SITE),
        paper(KeyKind.SITE, NEW_SITE, ROOT, site=NASHIK, after=SITE),
        paper(KeyKind.SITE, NEW_SITE, NASHIK_SITE, after=SITE),
    ):
        assert NEW_SITE.fingerprint not in ring([*FOUNDED, *NASHIKS, one]).own_keys
