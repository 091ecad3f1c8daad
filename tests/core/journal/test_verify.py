"""Proving the journal: every change made behind its back is found and named."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.models import AttemptRow
from app.core.base.actor import system_actor
from app.core.journal import Journal, Site
from app.core.journal.merkle import MerkleTree
from app.core.people.account_models import SignInRow
from app.core.people.models import PersonRow
from tests.support.clock import TurnedClock
from tests.support.plant import build_plant
from tests.support.sites import STATION

ACTOR = system_actor()


@pytest.fixture
def journal(site: Site, clock: TurnedClock) -> Journal:
    """A journal of thirty entries, sealed after the twentieth."""
    journal = Journal(site, STATION)
    for number in range(30):
        with site.transaction(ACTOR, "person.add") as unit:
            person = PersonRow(number=f"E-{number}", name="Asha", joined_on=date(2026, 1, 5))
            unit.add(person)
            unit.add(SignInRow(event="in", at=clock.now()))
        with site.transaction(ACTOR, "person.edit", reason="typing mistake") as unit:
            unit.get_one(PersonRow, person.id).name = f"Asha {number}"
        clock.turn(timedelta(minutes=5))
        if number == 9:
            journal.seal(ACTOR)
    return journal


def behind_the_back(site: Site, *statements: str) -> None:
    """Do what an administrator with the key and another program could do."""
    if not site.database.is_sqlite:
        pytest.skip("written in SQLite's dialect; the walk it tests is the same on PostgreSQL")
    with site.database.write() as connection:
        for trigger in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).scalars():
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount >= 1, statement


def test_an_untouched_journal_is_sound(journal: Journal) -> None:
    verdict = journal.verify(ACTOR)

    assert verdict.first_bad is None
    assert (verdict.entries, verdict.seals) == (61, 1)  # one of them keeps the seal


@pytest.mark.parametrize(
    "change",
    [
        "body = zeroblob(length(body))",
        "actor = x'00112233445566778899aabbccddeeff'",
        "reason = 'none'",
        "wall = wall - 1",
        "stamp = stamp + 1",
        "action = 'person.add'",
        "hash = zeroblob(32)",
        "offset_minutes = 0",
    ],
)
def test_a_changed_entry_is_named(journal: Journal, site: Site, change: str) -> None:
    behind_the_back(site, f"UPDATE journal_entry SET {change} WHERE place & 0xffffffffff = 41")

    bad = journal.verify(ACTOR).first_bad

    assert bad is not None
    assert (bad.seq, bad.last_good_seal) == (41, 20)


def test_a_removed_entry_is_named(journal: Journal, site: Site) -> None:
    behind_the_back(site, "DELETE FROM journal_entry WHERE place & 0xffffffffff = 17")

    bad = journal.verify(ACTOR).first_bad

    assert bad is not None
    assert (bad.seq, bad.last_good_seal) == (17, None)


def test_a_log_cut_below_its_seal_is_found(journal: Journal, site: Site) -> None:
    behind_the_back(site, "DELETE FROM journal_entry WHERE place & 0xffffffffff > 15")

    bad = journal.verify(ACTOR).first_bad

    assert bad is not None
    assert bad.seq == 20


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET name = 'Somebody else' WHERE number = 'E-7'",
        "UPDATE sign_in SET event = 'out' WHERE rowid = 3",
        "DELETE FROM sign_in WHERE rowid = 3",
        "INSERT INTO sign_in (id, event, method, at) VALUES (x'00112233445566778899aabbccddeeff', 'in', '', 1)",
    ],
)
def test_a_record_changed_without_the_journal_is_found(
    journal: Journal, site: Site, statement: str
) -> None:
    behind_the_back(site, statement)

    bad = journal.verify(ACTOR).first_bad

    assert bad is not None
    assert bad.log in {"person", "sign_in"}


def test_p11_01_an_attempt_that_was_altered_is_named_by_its_id(site: Site) -> None:
    build_plant(site, people=3, courses=1, units=1)
    with site.read() as session:
        key = session.scalars(sa.select(AttemptRow.id).order_by(AttemptRow.id).offset(1)).first()
    assert key is not None
    behind_the_back(site, f"UPDATE attempt SET number = 9 WHERE id = x'{key.hex}'")

    bad = Journal(site, STATION).verify(ACTOR).first_bad

    assert bad is not None
    assert bad.log == "attempt"
    assert str(key) in bad.what


def test_a_forged_seal_is_found(journal: Journal, site: Site) -> None:
    behind_the_back(site, "UPDATE journal_seal SET signature = zeroblob(64)")

    bad = journal.verify(ACTOR).first_bad

    assert bad is not None
    assert bad.seq == 20


def test_an_entry_in_no_log_is_found(journal: Journal, site: Site) -> None:
    names = "stamp, wall, offset_minutes, action, reason, hash, body"
    behind_the_back(
        site,
        f"INSERT INTO journal_entry (place, {names}) SELECT place * 32, {names} "
        "FROM journal_entry LIMIT 1",
    )

    bad = journal.verify(ACTOR).first_bad

    assert bad is not None
    assert "no log" in bad.what


def test_a_seal_reads_as_twelve_words(journal: Journal) -> None:
    (seal,) = journal.seal(ACTOR)

    assert len(seal.words.split()) == 12
    assert journal.seal(ACTOR) == ()


def test_the_day_is_sealed_once(journal: Journal, site: Site, clock: TurnedClock) -> None:
    assert journal.seal_if_due() == ()  # sealed today already, by hand
    clock.turn(timedelta(days=1))
    assert len(journal.seal_if_due()) == 1
    assert journal.seal_if_due() == ()


def test_everything_about_a_record_newest_first(journal: Journal, site: Site) -> None:
    with site.read() as session:
        key = session.scalar(sa.select(PersonRow.id).where(PersonRow.number == "E-4"))
    assert key is not None

    edit, birth = journal.entries(ACTOR, about=key)

    assert (edit.action, edit.reason) == ("person.edit", "typing mistake")
    assert [(c.column, c.old, c.new) for c in edit.changes[0].columns] == [
        ("name", "Asha", "Asha 4")
    ]
    assert birth.changes[0].is_new
    assert edit.seq > birth.seq


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_the_merkle_tree_is_that_of_rfc_6962(leaves: list[bytes]) -> None:
    import hashlib

    def tree_hash(nodes: list[bytes]) -> bytes:
        if not nodes:
            return hashlib.sha256().digest()
        if len(nodes) == 1:
            return hashlib.sha256(b"\0" + nodes[0]).digest()
        split = 1 << ((len(nodes) - 1).bit_length() - 1)
        halves = tree_hash(nodes[:split]) + tree_hash(nodes[split:])
        return hashlib.sha256(b"\1" + halves).digest()

    tree = MerkleTree()
    for leaf in leaves:
        tree.append(leaf)
    assert tree.root() == tree_hash(leaves)


def test_a_deleted_seal_is_found(journal: Journal, site: Site) -> None:
    behind_the_back(site, "DELETE FROM journal_seal")

    bad = journal.verify(ACTOR).first_bad

    assert bad is not None
    assert (bad.seq, bad.what) == (20, "a seal that was made is gone")


def test_one_deleted_seal_of_several_is_found(journal: Journal, site: Site) -> None:
    journal.seal(ACTOR)
    behind_the_back(site, "DELETE FROM journal_seal WHERE seq = 20")

    bad = journal.verify(ACTOR).first_bad

    assert bad is not None
    assert (bad.seq, bad.what) == (20, "a seal that was made is gone")


def test_a_seal_deleted_with_its_record_is_found(journal: Journal, site: Site) -> None:
    behind_the_back(site, "DELETE FROM journal_seal", "DELETE FROM kept_seal")

    bad = journal.verify(ACTOR).first_bad

    assert bad is not None
    assert bad.log == "kept_seal"


def test_a_log_that_grew_by_its_seal_alone_is_not_sealed_again(
    journal: Journal, site: Site
) -> None:
    assert len(journal.seal(ACTOR)) == 1
    assert journal.seal(ACTOR) == ()
    before = journal.verify(ACTOR).entries
    assert journal.seal(ACTOR) == ()
    assert journal.verify(ACTOR).entries == before
