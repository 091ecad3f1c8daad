"""A site whose key was lost with its PC: headquarters name a new one, or the site begins anew alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.errors import NotAllowed
from app.core.base.reasons import ReasonMissing
from app.core.journal import deeds_done
from app.core.keys import (
    HasHeadquarters,
    KeyKind,
    KeyRevoked,
    LostKeyUnknown,
    NotForThisPc,
    NotTheSitesPc,
    OfAnotherOrganisation,
    PaperRefused,
    SigningKey,
    SiteKeyHere,
    WordsDiffer,
    fingerprint,
    read_answer,
    sign_document,
)
from app.core.keys.notary import Named
from app.core.keys.pairing import ANSWER, PairAnswer, read_request
from app.core.operations import Restoring, backups_of
from app.core.people.models import OrgUnitRow
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc, know_each_other, pc_of
from tests.support.two_pcs import BOSS, PASSWORD, pc

WHY = "the PC burnt"


def restored(lost: Pc, tmp: Path, clock: TurnedClock) -> Pc:
    """Make a backup of a PC, lose the PC, and restore the backup on other hardware."""
    path = tmp / "backup.dkbk"
    backups_of(lost.opened, bring_up_to_date).make_at(BOSS, path)
    lost.close()
    shutil.rmtree(lost.folder.path)
    place = pc(tmp, "new", clock)
    Restoring(tmp / "new", tmp / "new keys", clock, bring_up_to_date).restore(path, PASSWORD)
    return pc_of(place, place.open(bring_up_to_date))


@pytest.fixture
def hq(tmp_path: Path, clock: TurnedClock) -> Iterator[Pc]:
    made = first_pc(tmp_path / "hq", clock, "HQ")
    yield made
    made.close()


@pytest.fixture
def plant(tmp_path: Path, clock: TurnedClock, hq: Pc) -> Iterator[Pc]:
    """A plant that belongs to headquarters."""
    made = first_pc(tmp_path / "plant", clock)
    know_each_other(hq, made)
    yield made
    made.close()


@pytest.fixture
def second(tmp_path: Path, clock: TurnedClock, plant: Pc) -> Iterator[Pc]:
    """Another PC of the plant, which goes on while the first is lost."""
    made = another_pc(plant, tmp_path / "second", clock)
    yield made
    made.close()


@pytest.fixture
def new(tmp_path: Path, clock: TurnedClock, second: Pc, plant: Pc) -> Iterator[Pc]:
    """The PC that takes over: the plant's records, and no key of the plant."""
    made = restored(plant, tmp_path, clock)
    yield made
    made.close()


def named_anew(hq: Pc, new: Pc, reason: str = WHY) -> None:
    asked = new.opened.keys.pairing.introduce_successor(BOSS)
    paired = hq.opened.keys.pairing.pair(BOSS, asked.document, asked.words, reason)
    assert paired.answer is not None
    new.opened.keys.pairing.take(BOSS, paired.answer, paired.words)


def site_key(one: Pc) -> bytes:
    return one.opened.keys.register.trusted().token_key


def test_a_pc_that_takes_over_cannot_sign_for_its_site(new: Pc) -> None:
    assert not new.opened.authority.can_sign
    standing = new.opened.keys.succession.standing()
    assert (standing.is_here, standing.headquarters) == (False, "Plant HQ")
    with pytest.raises(NotTheSitesPc):
        new.opened.keys.site_key()


def test_headquarters_name_a_new_key_and_the_site_signs_again(hq: Pc, new: Pc) -> None:
    before, pdf = site_key(new), new.opened.keys.register.trusted().pdf_certificate

    named_anew(hq, new)

    assert new.opened.authority.can_sign
    trusted = new.opened.keys.register.trusted()
    assert trusted.token_key != before
    assert trusted.pdf_certificate != pdf
    assert trusted.former_keys == (before,)  # what it signed stays genuine
    ring = new.opened.keys.ring()
    assert ring.trusted(new.opened.station.fingerprint).kind is KeyKind.STATION
    assert ring.organisation is not None
    assert ring.organisation.label == "Plant HQ"
    new.reopen()
    assert new.opened.authority.can_sign
    key, certificate = new.opened.authority.pdf_signing_material()
    assert b"PRIVATE KEY" in key
    assert certificate == trusted.pdf_certificate


def test_the_lost_key_is_revoked_up_to_what_is_known_of_it(hq: Pc, new: Pc, second: Pc) -> None:
    lost = fingerprint(site_key(new))
    named_anew(hq, new)

    for one in (hq, new):
        ring = one.opened.keys.ring()
        with pytest.raises(KeyRevoked, match=WHY):
            ring.trusted(lost)
        # the PC that it had certified is believed on
        assert ring.trusted(second.opened.station.fingerprint).kind is KeyKind.STATION


def test_what_a_finder_of_the_lost_key_signs_later_is_believed_nowhere(
    tmp_path: Path, clock: TurnedClock, hq: Pc, plant: Pc, second: Pc
) -> None:
    stolen = plant.opened.keys.site_key()
    new = restored(plant, tmp_path, clock)
    named_anew(hq, new)
    thief, root = SigningKey.make(), SigningKey.make()
    notary, now = new.opened.keys.notary, clock.now()

    def says(
        kind: KeyKind, subject: SigningKey, signer: SigningKey, succeeds: bytes = b""
    ) -> bytes:
        named = Named(
            kind=kind,
            subject=subject.public_key,
            label="thief",
            site_id=new.opened.site_id,
        )
        return notary.certificate(named, signer, root.public_key, now, succeeds=succeeds)

    forged = [
        says(KeyKind.STATION, thief, stolen),
        says(KeyKind.SITE, thief, stolen, stolen.fingerprint),
        says(KeyKind.ORGANISATION, root, stolen),
        says(KeyKind.SITE, thief, root, stolen.fingerprint),
    ]
    for one in (hq, new):
        ring = one.opened.keys.ring(forged)
        assert not ring.is_believed(thief.fingerprint)
        assert not ring.is_believed(root.fingerprint)
    new.close()


def test_the_other_pcs_of_the_site_learn_of_it_by_an_ordinary_file(
    hq: Pc, new: Pc, second: Pc, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    named_anew(hq, new)

    second.take(new.send(stick, second))

    assert site_key(second) == site_key(new)
    ring = second.opened.keys.ring()
    assert ring.is_believed(new.opened.station.fingerprint)
    assert ring.is_believed(second.opened.station.fingerprint)
    new.take(second.send(stick, new))  # and what it writes is taken on


def test_a_pc_that_joins_after_believes_and_is_believed(
    hq: Pc, new: Pc, second: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    named_anew(hq, new)

    third = another_pc(new, tmp_path / "third", clock)
    third.take(new.send(stick, third))
    second.take(new.send(stick, second))

    assert third.opened.keys.ring().is_believed(second.opened.station.fingerprint)
    assert second.opened.keys.ring().is_believed(third.opened.station.fingerprint)
    assert third.opened.keys.ring().is_believed(fingerprint(site_key(hq)))
    third.close()


def test_headquarters_and_the_site_exchange_files_as_before(
    hq: Pc, new: Pc, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    named_anew(hq, new)

    to_plant = next(p for p in hq.sync.peers(BOSS) if p.label == "Plant PUN")
    new.take(hq.sync.export(BOSS, [to_plant], stick).path)
    to_hq = next(p for p in new.sync.peers(BOSS) if p.label == "Plant HQ")
    hq.take(new.sync.export(BOSS, [to_hq], stick).path)


def department(one: Pc, code: str) -> None:
    with one.opened.site.transaction(BOSS, "org-unit.add") as unit:
        unit.add(OrgUnitRow(code=code, name=code))


def departments(one: Pc) -> set[str]:
    with one.opened.site.read() as session:
        return set(session.scalars(sa.select(OrgUnitRow.code)))


def test_what_only_the_lost_pc_had_written_reaches_the_others_from_the_backup(
    hq: Pc, plant: Pc, second: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    """I6: the lost station signs for nothing any more; its site says who goes on for it."""
    stick = tmp_path / "stick"
    stick.mkdir()
    second.take(plant.send(stick, second))
    department(plant, "PRESS")
    new = restored(plant, tmp_path, clock)
    before = new.sync.export(BOSS, [new.sync.peer(BOSS, second.key)], stick)
    assert before.unsigned

    named_anew(hq, new)
    second.take(new.send(stick, second))

    assert departments(second) == {"PRESS"}
    new.close()


def test_a_pc_that_joined_and_was_lost_is_taken_over_with_what_only_it_had(
    plant: Pc, second: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    second.take(plant.send(stick, second))
    plant.take(second.send(stick, plant))
    department(second, "DIES")
    new = restored(second, tmp_path, clock)

    asked = new.opened.keys.pairing.introduce()
    paired = plant.opened.keys.pairing.pair(BOSS, asked.document, asked.words)
    assert paired.answer is not None
    new.opened.keys.pairing.take(BOSS, paired.answer, paired.words)
    plant.take(new.send(stick, plant))

    assert departments(plant) == {"DIES"}
    new.close()


def test_asking_twice_is_asking_with_one_key(hq: Pc, new: Pc) -> None:
    first = new.opened.keys.pairing.introduce_successor(BOSS)
    new.reopen()
    again = new.opened.keys.pairing.introduce_successor(BOSS)
    assert first.words == again.words
    paired = hq.opened.keys.pairing.pair(BOSS, first.document, first.words, WHY)
    assert paired.answer is not None
    new.opened.keys.pairing.take(BOSS, paired.answer, paired.words)
    assert new.opened.authority.can_sign


def test_it_stands_on_record_at_both_ends_why(hq: Pc, new: Pc) -> None:
    named_anew(hq, new, "  the PC\nburnt ")
    for one, words in ((hq, f"Plant PUN: {WHY}"), (new, "Plant HQ")):
        with one.opened.site.read() as session:
            (told,) = deeds_done(session, ("key.replace",), 5)
        assert told.reason == words


def test_nothing_is_named_without_words_a_reason_or_the_right(hq: Pc, new: Pc) -> None:
    asked = new.opened.keys.pairing.introduce_successor(BOSS)
    pairing = hq.opened.keys.pairing
    with pytest.raises(WordsDiffer):
        pairing.pair(BOSS, asked.document, hq.opened.keys.pairing.introduce().words, WHY)
    for reason in ("", "  "):
        with pytest.raises(ReasonMissing):
            pairing.pair(BOSS, asked.document, asked.words, reason)
    nobody = Actor(account_id=None, person_id=None, name="A learner")
    with pytest.raises(NotAllowed):
        pairing.pair(nobody, asked.document, asked.words, WHY)
    with pytest.raises(NotAllowed):
        new.opened.keys.pairing.introduce_successor(nobody)
    with pytest.raises(NotAllowed):
        new.opened.keys.succession.begin_alone(nobody, WHY)
    paired = pairing.pair(BOSS, asked.document, asked.words, WHY)
    assert paired.answer is not None
    with pytest.raises(WordsDiffer):
        new.opened.keys.pairing.take(BOSS, paired.answer, asked.words)
    assert not new.opened.authority.can_sign


def test_a_site_that_has_its_key_asks_for_none(hq: Pc, plant: Pc) -> None:
    with pytest.raises(SiteKeyHere):
        plant.opened.keys.pairing.introduce_successor(BOSS)
    with pytest.raises(SiteKeyHere):
        plant.opened.keys.succession.begin_alone(BOSS, WHY)


def test_only_the_headquarters_of_the_site_name_its_key(
    hq: Pc, new: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    stranger = first_pc(tmp_path / "stranger", clock, "STR")
    asked = new.opened.keys.pairing.introduce_successor(BOSS)
    with pytest.raises(OfAnotherOrganisation):
        stranger.opened.keys.pairing.pair(BOSS, asked.document, asked.words, WHY)
    with pytest.raises(NotTheSitesPc):
        new.opened.keys.pairing.pair(BOSS, asked.document, asked.words, WHY)
    with pytest.raises(HasHeadquarters):
        new.opened.keys.succession.begin_alone(BOSS, WHY)
    stranger.close()


def test_an_answer_is_for_the_request_that_waits_alone(
    hq: Pc, new: Pc, second: Pc, tmp_path: Path
) -> None:
    asked = new.opened.keys.pairing.introduce_successor(BOSS)
    paired = hq.opened.keys.pairing.pair(BOSS, asked.document, asked.words, WHY)
    assert paired.answer is not None
    with pytest.raises(NotTheSitesPc):  # a PC that did not ask
        second.opened.keys.pairing.take(BOSS, paired.answer, paired.words)
    for at in range(0, len(paired.answer), 97):
        changed = bytearray(paired.answer)
        changed[at] ^= 1
        with pytest.raises((PaperRefused, WordsDiffer, NotForThisPc, NotTheSitesPc)):
            new.opened.keys.pairing.take(BOSS, bytes(changed), paired.words)
    assert not new.opened.authority.can_sign


def test_a_forger_who_speaks_as_headquarters_names_nothing(
    new: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    """Somebody with another root answers, and reads out his own words."""
    forger = first_pc(tmp_path / "forger", clock, "FRG")
    asked = new.opened.keys.pairing.introduce_successor(BOSS)
    request = read_request(asked.document)
    keys = forger.opened.keys
    named = Named(
        kind=KeyKind.SITE,
        subject=request.request.subject,
        label="Plant PUN",
        site_id=new.opened.site_id,
    )
    root = keys.notary.organisation(keys.ring())
    assert root is not None
    paper = keys.notary.certificate(
        named, root, root.public_key, clock.now(), succeeds=request.request.succeeds
    )
    answer = PairAnswer(
        subject=fingerprint(request.request.subject),
        certificates=(paper,),
        register=keys.register_paper(),
        made_at=0,
    )
    document = sign_document(ANSWER, answer, keys.site_key())
    with pytest.raises(LostKeyUnknown):
        new.opened.keys.pairing.take(BOSS, document, read_answer(document)[1].words)
    assert not new.opened.authority.can_sign
    forger.close()


def test_a_crash_before_the_key_is_in_place_is_finished_at_the_next_opening(
    hq: Pc, new: Pc, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stop(Exception):
        pass

    def stop(*_args: object) -> None:
        raise Stop

    monkeypatch.setattr(new.opened.keys.notary, "put_in_place", stop)
    with pytest.raises(Stop):
        named_anew(hq, new)
    monkeypatch.undo()
    new.reopen()
    assert new.opened.authority.can_sign


@pytest.fixture
def alone(tmp_path: Path, clock: TurnedClock) -> Iterator[tuple[Pc, Pc]]:
    """A site without headquarters, taken over by a new PC, and its other PC."""
    lost = first_pc(tmp_path / "lost", clock, "SOL")
    other = another_pc(lost, tmp_path / "other", clock)
    stick = tmp_path / "first stick"
    stick.mkdir()
    other.take(lost.send(stick, other))  # so that it can tell a new key from a stranger's
    made = restored(lost, tmp_path, clock)
    yield made, other
    made.close()
    other.close()


def test_a_site_without_headquarters_begins_a_new_key_alone(
    alone: tuple[Pc, Pc], tmp_path: Path, clock: TurnedClock
) -> None:
    new, _other = alone
    before = site_key(new)
    assert new.opened.keys.succession.standing().headquarters == ""
    with pytest.raises(ReasonMissing):
        new.opened.keys.succession.begin_alone(BOSS, " ")

    new.opened.keys.succession.begin_alone(BOSS, WHY)

    assert new.opened.authority.can_sign
    assert new.opened.keys.register.trusted().former_keys == (before,)
    new.reopen()
    assert new.opened.authority.can_sign
    ring = new.opened.keys.ring()
    assert ring.is_believed(new.opened.station.fingerprint)
    assert ring.organisation is not None
    assert new.opened.keys.notary.organisation(ring) is not None
    with pytest.raises(KeyRevoked):
        ring.trusted(fingerprint(before))
    third = another_pc(new, tmp_path / "third", clock)
    third.close()


def test_the_other_pcs_of_such_a_site_take_the_key_by_eight_words(
    alone: tuple[Pc, Pc], tmp_path: Path
) -> None:
    new, other = alone
    stick = tmp_path / "stick"
    stick.mkdir()
    new.opened.keys.succession.begin_alone(BOSS, WHY)
    assert not other.opened.keys.ring().is_believed(fingerprint(site_key(new)))

    asked = other.opened.keys.pairing.introduce()
    paired = new.opened.keys.pairing.pair(BOSS, asked.document, asked.words)
    assert paired.answer is not None
    with pytest.raises(WordsDiffer):
        other.opened.keys.pairing.take(BOSS, paired.answer, asked.words)
    other.opened.keys.pairing.take(BOSS, paired.answer, paired.words)

    assert other.opened.keys.ring().is_believed(new.opened.station.fingerprint)
    other.take(new.send(stick, other))
    new.take(other.send(stick, new))
    other.reopen()
    assert other.opened.keys.ring().is_believed(new.opened.station.fingerprint)
