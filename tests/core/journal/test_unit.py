"""A transaction is a journal entry."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.ids import new_id
from app.core.journal import Site
from app.core.journal.changes import Edited, Inserted, decode_changes
from app.core.journal.models import EntryRow
from app.core.journal.personal import opened_changes
from app.core.people.account_models import SignInGuardRow, SignInRow
from app.core.people.models import OrgUnitRow, PersonKind, PersonRow
from app.core.storage.faults import WrittenMeanwhile
from tests.support.clock import TurnedClock
from tests.support.logs import LoggedTrouble

ACTOR = system_actor()


def entries(site: Site) -> list[EntryRow]:
    with site.read() as session:
        return list(session.scalars(sa.select(EntryRow).order_by(EntryRow.stamp)))


def a_person(number: str = "E-1", **fields: object) -> PersonRow:
    return PersonRow(number=number, name="Asha Kulkarni", joined_on=date(2026, 1, 5), **fields)


def test_a_transaction_becomes_one_entry_with_its_rows(site: Site) -> None:
    with site.transaction(ACTOR, "person.add", reason="new joiner") as unit:
        unit.add(a_person())
        unit.add(OrgUnitRow(code="PRESS", name="Press shop"))

    (entry,) = entries(site)
    changes = decode_changes(entry.body)
    assert (entry.seq, entry.action, entry.reason) == (1, "person.add", "new joiner")
    assert {change.table for change in changes} == {"person", "org_unit"}


def test_an_insert_keeps_column_defaults(site: Site) -> None:
    with site.transaction(ACTOR, "person.add") as unit:
        unit.add(a_person())

    (change,) = decode_changes(entries(site)[0].body)
    assert isinstance(change, Inserted)
    assert change.values["kind"] == "employee"
    assert change.values["joined_on"] == "2026-01-05"


def test_an_edit_names_what_it_supersedes(site: Site) -> None:
    with site.transaction(ACTOR, "person.add") as unit:
        person = a_person()
        unit.add(person)
        first = unit.version
    with site.transaction(ACTOR, "person.edit") as unit:
        unit.get_one(PersonRow, person.id).name = "Asha Joshi"

    body = entries(site)[1].body
    with site.read() as session:
        (change,) = opened_changes(session.connection(), decode_changes(body))
    assert isinstance(change, Edited)
    assert set(change.edits) == {"name"}
    assert change.edits["name"].superseded == first
    assert (change.edits["name"].old, change.edits["name"].new) == ("Asha Kulkarni", "Asha Joshi")


def test_two_edits_in_one_unit_are_both_kept(site: Site) -> None:
    with site.transaction(ACTOR, "person.add") as unit:
        person = a_person()
        unit.add(person)
        unit.flush()
        person.name = "Second"
        unit.flush()
        person.name = "Third"

    kinds = [type(change) for change in decode_changes(entries(site)[0].body)]
    assert kinds == [Inserted, Edited, Edited]


def test_a_failed_transaction_leaves_nothing(site: Site) -> None:
    def work() -> None:
        with site.transaction(ACTOR, "person.add") as unit:
            unit.add(a_person())
            unit.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()

    assert entries(site) == []
    with site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PersonRow)) == 0


def test_a_transaction_without_changes_writes_no_entry(site: Site) -> None:
    with site.transaction(ACTOR, "nothing"):
        pass

    assert entries(site) == []


def test_stamps_rise_although_the_clock_is_set_back(site: Site, clock: TurnedClock) -> None:
    for number in ("E-1", "E-2", "E-3"):
        with site.transaction(ACTOR, "person.add") as unit:
            unit.add(a_person(number))
        clock.set_wall(clock.now() - timedelta(days=400))

    stamps = [entry.stamp for entry in entries(site)]
    assert stamps == sorted(set(stamps))
    assert site.clock_backstep().days >= 399


def test_bulk_inserts_are_journalled_with_made_ids(site: Site, clock: TurnedClock) -> None:
    with site.transaction(ACTOR, "people.import") as unit:
        count = unit.insert_many(
            PersonRow, [{"number": f"E-{n}", "name": "Ravi"} for n in range(50)]
        )

    assert count == 50
    changes = decode_changes(entries(site)[0].body)
    with site.read() as session:
        keys = set(session.scalars(sa.select(PersonRow.id)))
    assert {change.key for change in changes} == keys


def test_bulk_inserts_need_not_name_the_same_columns_each_time(site: Site) -> None:
    with site.transaction(ACTOR, "people.import") as unit:
        unit.insert_many(PersonRow, [{"number": "E-1", "name": "Ravi"}])
        unit.insert_many(PersonRow, [{"number": "E-2", "name": "Asha", "email": "asha@plant"}])

    with site.read() as session:
        people = session.scalars(sa.select(PersonRow).order_by(PersonRow.number)).all()
    assert [(one.email, one.kind) for one in people] == [
        ("", PersonKind.EMPLOYEE),
        ("asha@plant", PersonKind.EMPLOYEE),
    ]


def test_many_rows_at_once_are_kept_and_told_as_one_after_the_other_is(site: Site) -> None:
    """Most of their values stand in many rows, some in one, and some in none."""
    home, joined = new_id(), [date(2026, 1, 5), date(2026, 2, 9), None]
    rows = [
        {
            "name": f"Ravi {at}",
            "name_local": "" if at % 2 else f"रवि {at}",
            "joined_on": joined[at % 3],
            "left_on": None,
            "kind": (PersonKind.EMPLOYEE, PersonKind.CONTRACTOR)[at % 2],
            "home_site_id": home,
            "shift": "A" if at % 5 else "",
        }
        for at in range(100)
    ]
    with site.transaction(ACTOR, "people.import") as unit:
        unit.insert_many(PersonRow, [{"number": f"A-{at}", **row} for at, row in enumerate(rows)])
    with site.transaction(ACTOR, "people.import") as unit:
        for at, row in enumerate(rows):
            unit.insert_many(PersonRow, [{"number": f"B-{at}", **row}])

    together, alone = (decode_changes(entry.body) for entry in entries(site))
    said = [
        [(one.table, one.values) for one in told if isinstance(one, Inserted)]
        for told in (together, alone)
    ]
    assert said[0] == said[1]
    columns = [
        one for one in PersonRow.__table__.c if one.key not in {"id", "number", "row_versions"}
    ]
    with site.read() as session:
        kept = [
            session.execute(
                sa.select(*columns)
                .where(PersonRow.number.startswith(letter))
                .order_by(PersonRow.id)
            ).all()
            for letter in "AB"
        ]
    assert len(kept[0]) == 100
    assert kept[0] == kept[1]


def test_bulk_inserts_of_this_pc_only_are_heard_of_and_not_journalled(
    site: Site, clock: TurnedClock
) -> None:
    account_id = new_id()
    heard: list[frozenset[str]] = []
    site.listeners.append(heard.append)

    with site.transaction(ACTOR, "account.guard") as unit:
        unit.insert_many(
            SignInGuardRow, [{"account_id": account_id, "failures": 2, "last_at": clock.now()}]
        )

    with site.read() as session:
        row = session.scalars(sa.select(SignInGuardRow)).one()
    assert (row.account_id, row.failures, row.last_at) == (account_id, 2, clock.now())
    assert heard == [frozenset({"sign_in_guard"})]
    assert entries(site) == []


def test_a_refused_bulk_insert_is_told_as_any_other(
    site: Site, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("a key was written twice")

    press = {"site_id": new_id(), "code": "PRESS"}

    def work() -> None:
        with site.transaction(ACTOR, "people.import") as unit:
            unit.insert_many(OrgUnitRow, [{**press, "name": name} for name in "AB"])

    with pytest.raises((sa.exc.IntegrityError, WrittenMeanwhile)) as refused:
        work()

    cause = (
        refused.value.__cause__ if isinstance(refused.value, WrittenMeanwhile) else refused.value
    )
    assert "INSERT INTO org_unit" in str(cause)

    assert entries(site) == []


def test_facts_cannot_be_changed_or_deleted(site: Site, clock: TurnedClock) -> None:
    with site.transaction(ACTOR, "sign-in") as unit:
        unit.add(SignInRow(event="in", at=clock.now()))

    with pytest.raises(TypeError, match="never changed"), site.transaction(ACTOR, "x") as unit:
        unit.scalars(sa.select(SignInRow)).one().event = "out"
    with pytest.raises(TypeError, match="never deleted"), site.transaction(ACTOR, "x") as unit:
        unit.delete(unit.scalars(sa.select(SignInRow)).one())


def test_bulk_changes_behind_the_journal_are_refused(site: Site) -> None:
    with pytest.raises(TypeError, match="escape"), site.transaction(ACTOR, "x") as unit:
        unit.execute(sa.update(PersonRow).values(name="Nobody"))


@pytest.mark.parametrize("statement", ["DELETE FROM sign_in", "UPDATE sign_in SET event = 'out'"])
def test_p11_05_the_database_itself_keeps_facts(
    site: Site, clock: TurnedClock, statement: str
) -> None:
    with site.transaction(ACTOR, "sign-in") as unit:
        unit.add(SignInRow(event="in", at=clock.now()))

    with (
        pytest.raises(sa.exc.DatabaseError, match="never changed"),
        site.database.write() as connection,
    ):
        connection.exec_driver_sql(statement)


def test_listeners_hear_the_changed_tables_after_the_commit(site: Site) -> None:
    heard: list[frozenset[str]] = []
    site.listeners.append(heard.append)

    with site.transaction(ACTOR, "person.add") as unit:
        unit.add(a_person())
        assert heard == []

    assert heard == [frozenset({"person"})]


def add_a_person_and_fail(site: Site) -> None:
    with site.transaction(ACTOR, "person.add") as unit:
        unit.add(a_person())
        raise ZeroDivisionError


def sign_in_and_fail(site: Site) -> None:
    with site.transaction(ACTOR, "account.sign_in") as unit:
        unit.insert_many(SignInRow, [{"event": "in", "at": site.clock.now()}])
        raise ZeroDivisionError


@pytest.mark.parametrize("do_and_fail", [add_a_person_and_fail, sign_in_and_fail])
def test_what_a_failed_transaction_would_have_done_is_not_done_by_the_next(
    site: Site, do_and_fail: Callable[[Site], None]
) -> None:
    with pytest.raises(ZeroDivisionError):
        do_and_fail(site)
    with site.transaction(ACTOR, "unit.add") as unit:
        unit.add(OrgUnitRow(code="PRESS", name="Press shop"))

    (entry,) = entries(site)
    assert [change.table for change in decode_changes(entry.body)] == ["org_unit"]
    with site.read() as session:
        assert session.scalars(sa.select(PersonRow)).all() == []
        assert session.scalars(sa.select(SignInRow)).all() == []


def test_a_row_of_one_transaction_is_read_anew_in_the_next(site: Site) -> None:
    with site.transaction(ACTOR, "person.add") as unit:
        person = a_person()
        unit.add(person)
    with site.transaction(ACTOR, "person.look") as unit:
        assert unit.get_one(PersonRow, person.id) is not person


@pytest.fixture
def move_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Give what puts the PC into another time zone, until the test ends."""
    if sys.platform == "win32":
        pytest.skip("a program on Windows cannot change its time zone")

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def test_an_entry_says_how_far_the_pc_was_from_utc(
    site: Site, move_to: Callable[[str], None]
) -> None:
    for zone in ("IST-5:30", "NST+3:30"):
        move_to(zone)
        with site.transaction(ACTOR, "unit.add") as unit:
            unit.add(OrgUnitRow(code=zone, name=zone))

    assert [entry.offset_minutes for entry in entries(site)] == [330, -210]
