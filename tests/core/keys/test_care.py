"""Looking after keys: the list of them, revoking, rotating, and what becomes of what was signed."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from pyrage import decrypt, encrypt, x25519

from app.core.base.actor import Actor
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.base.reasons import ReasonMissing
from app.core.journal import Journal
from app.core.keys import (
    CannotRevoke,
    KeyFolder,
    KeyKind,
    KeyRevoked,
    KeyState,
    KeyUnknown,
    NoSuchKey,
    SealingKeys,
    SigningKey,
    SiteAuthority,
    SiteKeys,
    SiteRegister,
    TrustedSite,
)
from app.core.keys.certificates import certify
from app.core.keys.papers import heads_of
from app.core.operations import OpenSite, SiteFolder
from app.core.storage.tables import Scope
from tests.support.clock import TurnedClock
from tests.support.sites import DATA_KEY, STATION, empty_database, open_site
from tests.support.two_pcs import BOSS, PASSPHRASE, QUICK, answered, found, join, opened, pc

NOBODY = Actor(account_id=None, person_id=None, name="nobody")


@pytest.fixture
def place(tmp_path: Path, clock: TurnedClock) -> SiteFolder:
    return pc(tmp_path, "first", clock)


@pytest.fixture
def site(place: SiteFolder) -> Iterator[OpenSite]:
    made = found(place)
    yield made
    assert Journal(made.site, made.station).verify(BOSS).ok
    made.site.close()


@pytest.fixture
def new_pc(tmp_path: Path, clock: TurnedClock) -> SiteFolder:
    return pc(tmp_path, "second", clock)


def _key(site: OpenSite) -> SigningKey:
    held = site.authority.folder.signing_key("site.key")
    assert held is not None
    return held


def states(site: OpenSite, kind: KeyKind) -> list[KeyState]:
    return [one.state for one in site.keys.care.inventory(BOSS) if one.kind is kind]


def test_a_founded_site_has_its_keys_certified(site: OpenSite) -> None:
    lines = site.keys.care.inventory(BOSS)

    assert [one.kind for one in lines] == [KeyKind.ORGANISATION, KeyKind.SITE, KeyKind.STATION]
    assert {one.state for one in lines} == {KeyState.IN_USE}
    assert [one.is_this_pc for one in lines] == [False, False, True]
    assert all(one.is_own_site for one in lines)


def test_a_site_from_before_is_certified_at_first_need(tmp_path: Path, clock: TurnedClock) -> None:
    site = open_site(empty_database(tmp_path, DATA_KEY), clock)
    keys = KeyFolder(tmp_path / "keys", site_id := new_id())
    founding = SiteAuthority(keys, site_id, "Old plant")
    founding.create(clock.now())
    register = SiteRegister(site, site_id)
    register.found(BOSS, "Old plant", "OLD", "en", founding.trusted())
    authority = SiteAuthority(keys, site_id, "Old plant", register.trusted())
    known = SiteKeys(site, register, authority, STATION, "the first PC")
    with pytest.raises(KeyUnknown):
        known.ring().trusted(STATION.fingerprint)
    introduced = known.pairing.introduce()

    assert introduced.kind is KeyKind.SITE
    assert known.ring().trusted(STATION.fingerprint).label == "the first PC"
    assert known.pairing.introduce().words == introduced.words
    assert len(known.papers()[0]) == 5  # two of these its keys say of themselves
    site.close()


def test_only_who_manages_the_site_looks_after_its_keys(site: OpenSite) -> None:
    care, pairing = site.keys.care, site.keys.pairing
    for act in (
        lambda: care.inventory(NOBODY),
        lambda: care.revoke(NOBODY, bytes(32), "reason"),
        lambda: care.rotate(NOBODY, KeyKind.STATION),
        lambda: care.site_file(NOBODY, PASSPHRASE, days=1, stations=1),
        lambda: pairing.pair(NOBODY, b"", ""),
        lambda: pairing.take(NOBODY, b"", ""),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_key_is_named_by_how_it_begins(site: OpenSite) -> None:
    line = site.keys.care.inventory(BOSS)[0]

    assert site.keys.care.named(BOSS, line.key.hex()[:16].upper()) == line
    for start, words in (
        ("", "More than one key"),
        (line.key.hex()[:7], "is too little of a key"),
        ("0" * 16, "No key begins with 0"),
    ):
        with pytest.raises(NoSuchKey, match=words):
            site.keys.care.named(BOSS, start)


def test_a_key_grows_old_in_a_year(site: OpenSite, clock: TurnedClock) -> None:
    clock.turn(timedelta(days=366))

    assert states(site, KeyKind.STATION) == [KeyState.OLD]
    assert states(site, KeyKind.ORGANISATION) == [KeyState.IN_USE]


def test_a_revoked_pc_is_believed_no_longer(site: OpenSite, new_pc: SiteFolder) -> None:
    joined = join(new_pc, answered(site, new_pc))
    joined.site.close()
    key = joined.station.fingerprint
    with pytest.raises(ReasonMissing):
        site.keys.care.revoke(BOSS, key, "  ")
    site.keys.care.revoke(BOSS, key, "stolen from the gate")

    with pytest.raises(KeyRevoked, match="stolen from the gate"):
        site.keys.ring().trusted(key)
    line = site.keys.care.named(BOSS, key.hex())
    assert (line.state, line.reason) == (KeyState.REVOKED, "stolen from the gate")


def test_a_pc_that_rotated_its_keys_is_revoked_with_those_of_before(
    site: OpenSite, new_pc: SiteFolder
) -> None:
    joined = join(new_pc, answered(site, new_pc))
    first = joined.station.fingerprint
    joined.keys.care.rotate(BOSS, KeyKind.STATION)
    papers = joined.keys.papers()
    joined.site.close()
    site.keys.learn(*papers)
    with opened(new_pc) as again:
        second = again.station.fingerprint
    assert second != first
    assert site.keys.ring().trusted(second).site == site.site_id

    site.keys.care.revoke(BOSS, second, "stolen from the gate")

    for key in (first, second):
        with pytest.raises(KeyRevoked, match="stolen from the gate"):
            site.keys.ring().trusted(key)
    assert site.keys.ring().trusted(site.station.fingerprint)


def test_what_a_site_stands_on_is_not_revoked(site: OpenSite) -> None:
    for line in site.keys.care.inventory(BOSS):
        with pytest.raises(CannotRevoke):
            site.keys.care.revoke(BOSS, line.key, "because")
    with pytest.raises(KeyUnknown):
        site.keys.care.revoke(BOSS, bytes(32), "because")


def test_a_revocation_says_how_far_a_log_is_known(site: OpenSite) -> None:
    with site.site.read() as session:
        heads = heads_of(session, site.station.fingerprint)

    # founding, this station and the first certificates are the entries there are
    assert [(head.scope, head.seq) for head in heads] == [(Scope.IDENTITY.value, 3)]
    assert heads[0].incarnation == site.station.incarnation


def test_a_lost_site_file_is_revoked_without_the_pcs_that_joined(
    site: OpenSite, tmp_path: Path, clock: TurnedClock
) -> None:
    paper = site.keys.care.site_file(BOSS, PASSPHRASE, days=30, stations=40, cost=QUICK)
    before, after = (
        join(pc(tmp_path, name, clock), paper, passphrase=PASSPHRASE) for name in ("a", "b")
    )
    assert site.keys.learn(*before.keys.papers()) > 0
    enrolment = next(one for one in site.keys.care.inventory(BOSS) if one.kind is KeyKind.ENROLMENT)
    site.keys.care.revoke(BOSS, enrolment.key, "stick lost")
    site.keys.learn(*after.keys.papers())

    assert site.keys.ring().trusted(before.station.fingerprint).site == site.site_id
    with pytest.raises(KeyRevoked):
        site.keys.ring().trusted(after.station.fingerprint)
    before.site.close()
    after.site.close()


def test_papers_are_learnt_once_and_only_those_that_hold(
    site: OpenSite, new_pc: SiteFolder, tmp_path: Path, clock: TurnedClock
) -> None:
    joined = join(new_pc, answered(site, new_pc))
    stranger = found(pc(tmp_path, "other", clock), "Other plant")

    assert site.keys.learn(*joined.keys.papers()) == 0
    assert site.keys.learn(*stranger.keys.papers()) == 0
    forged = msgspec.structs.replace(
        stranger.keys.ring().trusted(stranger.station.fingerprint),
        subject=joined.station.public_key,
    )
    by_stranger = certify(forged, _key(stranger))
    assert site.keys.learn([by_stranger], []) == 0
    stranger.site.close()
    joined.site.close()


def test_a_pc_takes_new_keys_and_is_believed_by_the_old_ones(
    site: OpenSite, new_pc: SiteFolder
) -> None:
    joined = join(new_pc, answered(site, new_pc))
    old = joined.station.fingerprint
    recipient = joined.keys.ring().trusted(old).sealing
    joined.keys.care.rotate(BOSS, KeyKind.STATION)
    joined.site.close()

    with opened(new_pc) as again:
        fresh = again.station.fingerprint
        assert fresh != old
        assert again.keys.ring().trusted(fresh).succeeds == old
        site.keys.learn(*again.keys.papers())
        sealed = encrypt(b"late stick", [x25519.Recipient.from_str(recipient)])
        assert decrypt(sealed, again.keys.identities()) == b"late stick"
        assert again.keys.ring().trusted(fresh).sealing != recipient
        assert Journal(again.site, again.station).verify(BOSS).ok
    assert site.keys.ring().trusted(fresh).site == site.site_id
    assert KeyState.REPLACED in states(site, KeyKind.STATION)


def rotated(site: OpenSite) -> TrustedSite:
    """Rotate the site's key; return the public halves from before."""
    before = site.authority.trusted()
    site.keys.care.rotate(BOSS, KeyKind.SITE)
    return before


def test_a_key_is_no_younger_for_the_paper_of_the_key_that_took_its_place(
    site: OpenSite, clock: TurnedClock
) -> None:
    before = {line.key: line.issued_at for line in site.keys.care.inventory(BOSS)}
    clock.set_wall(clock.now() + timedelta(days=100))
    rotated(site)

    after = {line.key: line.issued_at for line in site.keys.care.inventory(BOSS)}
    assert len(after) == len(before) + 1
    assert before == {key: after[key] for key in before}


def test_a_site_takes_a_new_key_and_what_the_old_one_signed_stays_genuine(
    place: SiteFolder, site: OpenSite
) -> None:
    before = rotated(site)
    with opened(place) as again:
        trusted = again.authority.trusted()

        assert again.authority.can_sign
        assert trusted.token_key != before.token_key
        assert trusted.token_keys == (trusted.token_key, before.token_key)
        assert trusted.pdf_certificate == before.pdf_certificate
        assert TrustedSite.from_json(trusted.to_json()) == trusted
        assert again.keys.ring().trusted(again.station.fingerprint).site == site.site_id


def test_a_new_site_key_is_in_use_at_once(site: OpenSite, new_pc: SiteFolder) -> None:
    before = rotated(site)
    joined = join(new_pc, answered(site, new_pc))

    assert site.authority.can_sign
    assert site.authority.public_key == joined.keys.anchor != before.token_key
    assert joined.keys.ring().trusted(site.station.fingerprint).site == site.site_id
    rotated(site)
    assert len(site.authority.trusted().former_keys) == 2
    joined.site.close()


def test_a_clock_that_was_set_back_brings_no_old_key_back(
    place: SiteFolder, site: OpenSite, clock: TurnedClock
) -> None:
    clock.set_wall(clock.now() - timedelta(days=400))
    before = rotated(site)
    with opened(place) as again:
        assert again.authority.can_sign
        assert again.authority.public_key != before.token_key


def test_pcs_from_before_and_after_a_rotation_believe_each_other(
    place: SiteFolder, site: OpenSite, tmp_path: Path, clock: TurnedClock
) -> None:
    early = join(pc(tmp_path, "early", clock), answered(site, pc(tmp_path, "early", clock)))
    clock.turn(timedelta(days=1))
    rotated(site)
    with opened(place) as again:
        place_late = pc(tmp_path, "late", clock)
        late = join(place_late, answered(again, place_late))
        early.keys.learn(*again.keys.papers())

        for one in (early, late, again):
            for station in (early.station, late.station, site.station):
                assert one.keys.ring().trusted(station.fingerprint).site == site.site_id
    early.site.close()
    late.site.close()


def test_a_rotation_of_the_site_that_was_cut_short_is_finished_at_the_next_opening(
    place: SiteFolder, site: OpenSite, tmp_path: Path
) -> None:
    keys = site.authority.folder.path
    shutil.copytree(keys, tmp_path / "before")
    rotated(site)
    for name in ("site.key", "site.age"):  # as if the power went before they were put in place
        (keys / name).rename(keys / f"{name}.next")
        shutil.copy(tmp_path / "before" / name, keys / name)

    with opened(place) as again:
        assert again.authority.can_sign
        assert again.authority.public_key == again.keys.register.trusted().token_key


def test_sealing_keys_open_late_sticks_for_a_year(tmp_path: Path, clock: TurnedClock) -> None:
    keys = SealingKeys(KeyFolder(tmp_path, "keys"), "station.age")
    first = keys.recipient(clock.now())
    assert keys.recipient(clock.now()) == first
    sealed = encrypt(b"late", [x25519.Recipient.from_str(first)])
    clock.turn(timedelta(days=800))
    keys.renew(clock.now())
    assert decrypt(sealed, keys.identities()) == b"late"
    clock.turn(timedelta(days=364))
    keys.renew(clock.now())
    assert decrypt(sealed, keys.identities()) == b"late"
    clock.turn(timedelta(days=2))
    keys.renew(clock.now())

    recipients = [str(one.to_public()) for one in keys.identities()]
    assert first not in recipients
    assert len(recipients) == 3
